"""`backing verify` on outputs whose hashes agree: each quotation is held against its source.

Where a file is changed here, its hash in the manifest is changed too, so that only the check
that is meant can find it.
"""

import csv
import hashlib
import io
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.commands import Decision, VerifyReport, open_desk, run, verify
from pipeline.newstudy import init

WORDS = "The joint exercise deterred nobody on the coast."
MORE = "Too few people were trained to go on with the exercises."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of one listed source, with a proposal accepted and its outputs written."""
    folder = tmp_path_factory.mktemp("made") / "study"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BACKING_DEVICE", "test")
        init(folder)
        (folder / "corpus" / "talk.txt").write_text(f"{WORDS}\n\n{MORE}\n", encoding="utf-8")
        listed = (folder / "study.yaml").read_text(encoding="utf-8")
        entry = "sources:\n- {id: talk, path: corpus/talk.txt}"
        listed = listed.replace("sources: []", entry)
        (folder / "study.yaml").write_text(listed, encoding="utf-8")
        desk = open_desk(folder, "ana")
        card = desk.view("", "")
        assert card is not None
        words = {"start": card.start, "end": card.end, "quotation": card.quotation}
        here = {"segment_id": card.segment_id, "code_id": card.code_id}
        desk.judge(Decision(desk.new_event_id(), verdict="present", **here, **words))
        run(folder)
    return folder


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "study")


def sealed(study: Path, name: str, content: bytes) -> None:
    """Write a file of the outputs, and its hash into the manifest."""
    (study / "outputs" / name).write_bytes(content)
    path = study / "outputs" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["outputs"][name] = hashlib.sha256(content).hexdigest()
    path.write_text(json.dumps(manifest), encoding="utf-8")


def replaced(study: Path, name: str, old: str, new: str) -> bytes:
    text = (study / "outputs" / name).read_bytes().decode()
    assert old in text, name
    return text.replace(old, new).encode()


def told(report: VerifyReport) -> list[tuple[str, str]]:
    return [(fault.where, fault.what) for fault in report.faults]


def test_outputs_as_they_were_written_hold(study: Path):
    report = verify(study)
    assert (report.faults, report.record_faults, report.exit_status) == ((), (), 0)
    assert report.source_count == 1 and report.event_count == 1 and report.quotation_count > 3
    assert report.summary.endswith("All of it holds.")


def test_a_quotation_of_the_table_is_held_against_the_source_though_its_hash_agrees(study: Path):
    altered = WORDS.replace("deterred", "feared")
    sealed(study, "codings.csv", replaced(study, "codings.csv", WORDS, altered))
    report = verify(study)
    assert report.exit_status == 4 and report.faults
    for where, what in told(report):
        assert where.startswith("codings.csv:")
        assert what == f"talk[0:{len(WORDS)}] is {WORDS!r}, not {altered!r}"


def test_a_quotation_of_a_page_is_held_against_the_source_though_its_hash_agrees(study: Path):
    out = study / "outputs"
    pages = [path.relative_to(out).as_posix() for path in sorted(out.glob("findings/*.html"))]
    for page in pages:
        content = (out / page).read_bytes()
        sealed(study, page, content.replace(b"nobody", b"noboby").replace(b"people", b"poeple"))
    report = verify(study)
    assert report.exit_status == 4 and report.faults
    for where, what in told(report):
        assert where.partition(":")[0] in pages and what.startswith("talk[")


def test_offsets_that_point_elsewhere_are_named(study: Path):
    text = (study / "outputs" / "codings.csv").read_bytes().decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    first = rows[0]
    moved = text.replace(
        f",{first['start']},{first['end']},", f",{int(first['start']) + 1},{first['end']},"
    )
    assert moved != text
    sealed(study, "codings.csv", moved.encode())
    assert all(where.startswith("codings.csv:") for where, _ in told(verify(study)))
    assert verify(study).exit_status == 4


def test_words_of_the_workbook_are_held_against_the_source(study: Path):
    path = study / "outputs" / "evidence_matrix.xlsx"
    altered = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(altered, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/sharedStrings.xml":
                assert WORDS.encode() in content or MORE.encode() in content
                content = content.replace(b"deterred nobody", b"deterred everybody")
                content = content.replace(b"Too few people", b"Too many people")
            new.writestr(name, content)
    sealed(study, "evidence_matrix.xlsx", altered.getvalue())
    report = verify(study)
    assert report.exit_status == 4 and report.faults
    assert all(where.startswith("evidence_matrix.xlsx, ") for where, _ in told(report))


def test_a_reading_text_that_is_not_what_is_read_is_named(study: Path):
    sealed(study, "text/talk.txt", replaced(study, "text/talk.txt", "coast", "coasts"))
    assert told(verify(study)) == [("text/talk.txt", "is not the reading text of corpus/talk.txt")]


def test_an_output_that_is_gone_changed_or_put_in_is_named(study: Path):
    out = study / "outputs"
    (out / "sources.csv").unlink()
    (out / "report.html").write_bytes((out / "report.html").read_bytes() + b"\n")
    (out / "notes.txt").write_text("put in")
    assert told(verify(study)) == [
        ("notes.txt", "is not what the last run wrote"),
        ("report.html", "is not what the last run wrote"),
        ("sources.csv", "is missing"),
    ]


def test_a_source_that_changed_without_its_words_is_named(study: Path):
    path = study / "corpus" / "talk.txt"
    path.write_bytes(path.read_bytes() + b"\n\n\n")
    assert told(verify(study)) == [("corpus/talk.txt", "is not the file the last run read")]


def test_a_source_that_is_gone_is_named_and_its_quotations_too(study: Path):
    (study / "corpus" / "talk.txt").unlink()
    report = verify(study)
    assert report.exit_status == 4 and report.source_count == 0
    gone = [what for where, what in told(report) if where == "corpus/talk.txt"]
    assert any("can not be read any more" in what for what in gone)
    assert any("is nothing that can be read, not" in what for _, what in told(report))


def test_a_record_that_lost_what_the_run_saw_is_named(study: Path):
    (study / "record.db").unlink()
    missing = verify(study)
    assert missing.exit_status == 5 and missing.event_count == 0
    assert [str(fault) for fault in missing.record_faults] == ["record.db: is missing"]
    desk = open_desk(study, "ben")
    card = desk.view("", "")
    assert card is not None
    decision = Decision(desk.new_event_id(), card.segment_id, card.code_id, "absent")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BACKING_DEVICE", "test")
        desk.complete(
            Decision(
                decision.event_id,
                card.segment_id,
                start=card.start,
                end=card.end,
                quotation=card.quotation,
            )
        )
    another = verify(study)
    assert another.exit_status == 5 and another.event_count == 1
    [fault] = another.record_faults
    assert "no longer holds event" in fault.what and "'ana/test'" in fault.what


def test_a_record_that_was_rewritten_is_named(study: Path):
    connection = sqlite3.connect(study / "record.db")
    connection.execute("DROP TRIGGER event_is_never_changed")
    connection.execute("UPDATE event SET value = 'absent'")
    connection.commit()
    connection.close()
    report = verify(study)
    assert report.exit_status == 5 and report.faults == () and report.record_faults


def test_what_is_stale_quotes_nothing(study: Path):
    count = verify(study).quotation_count
    codings = (study / "outputs" / "codings.csv").read_bytes()
    accepted = codings.count(b",accepted,")
    sealed(study, "codings.csv", codings.replace(b",accepted,", b",stale,"))
    checked = verify(study)
    assert checked.faults == () and checked.quotation_count == count - accepted < count


def test_a_fault_of_a_quotation_comes_before_one_of_the_record(study: Path):
    (study / "record.db").unlink()
    (study / "outputs" / "sources.csv").unlink()
    assert verify(study).exit_status == 4


@pytest.mark.parametrize(
    ("spoil", "line"),
    [
        (lambda table: table + b"\0x" + b"y" * 140_000 + b"\n", 0),
        (lambda table: table.replace(b"coding_id", b"coding\0id").replace(b"state", b"sta"), 2),
        (lambda table: table + b"only,three,cells\n", 0),
        (lambda table: table.decode().encode("utf-16"), 2),
        (lambda table: table + b"a\xff" + b"," * 40 + b"\n", 0),
    ],
    ids=["too long", "another head", "too few cells", "utf-16", "no number"],
)
def test_a_table_that_is_none_is_a_fault_with_its_line(
    study: Path, spoil: Callable[[bytes], bytes], line: int
):
    whole = (study / "outputs" / "codings.csv").read_bytes()
    line = line or whole.count(b"\n") + 1
    sealed(study, "codings.csv", spoil(whole))
    report = verify(study)
    told = [str(fault) for fault in report.faults if fault.where == f"codings.csv:{line}"]
    assert told and "is no row of the table that was exported" in told[0], report.text
