"""A study with a table of pseudonyms: what a run writes, what is told."""

import csv
import hashlib
import io
import json
import re
import unicodedata
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import commands
from pipeline.cli import app
from pipeline.errors import StudyError
from pipeline.judging import record_of
from pipeline.limits import limits_of
from pipeline.manifest import read_manifest
from pipeline.model.judgment import Event, canonical_json
from pipeline.model.source import Source
from pipeline.model.study import SourceEntry
from pipeline.plans import key_parts, names_sha256, plan_of
from pipeline.reading import ReadingRequest, read_all
from pipeline.study import load_study

ROOT = Path(__file__).parent.parent
STUDY = """\
schema: backing-study/1
study: {id: demo, title: Demonstration}
codebook: codebook.yaml
pseudonyms: names.csv
cases:
- {id: all, default: true}
source_types:
- {id: interview, confidential: true}
- {id: speech}
sources:
- {id: talk, path: corpus/talk.vtt, type: interview}
- {id: pages, path: corpus/pages.pdf, type: interview}
- {id: address, path: corpus/address.txt, type: speech}
speaker_roles: [interviewer, official]
zones: {context_roles: [interviewer]}
"""


TALK = """\
WEBVTT

NOTE made by Mihaela Quintrell

00:00:01.000 --> 00:00:03.000
<v Interviewer>Does Zoltan Brzak fear them?

00:00:03.000 --> 00:00:07.000
<v Mihaela Quintrell>Zoltan Brzak and QUINTRELL fear the crossing, and fear Brzak's own men.

00:00:08.000 --> 00:00:09.000
<v Interviewer>Do you fear it, Mihaela Quintrell?

00:00:10.000 --> 00:00:14.000
<v Mihaela Quintrell>We fear it more than Brzak, Zoltan ever did, and for longer.
"""


NAMES = """\
name,pseudonym,source_id
Mihaela Quintrell,Official A,
Quintrell,Official A,
Zoltan Brzak,Officer B,
Brzak,Officer B,talk
"""


SECRETS = re.compile(rb"quintrell|brzak|mihaela|zoltan", re.IGNORECASE)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    (folder / "corpus").mkdir(parents=True)
    for name, content in (
        ("study.yaml", STUDY),
        ("names.csv", NAMES),
        ("corpus/talk.vtt", TALK),
        ("corpus/address.txt", "Minister Delphine spoke. They fear the winter."),
    ):
        (folder / name).write_text(content, encoding="utf-8")
    book = ROOT / "codebooks" / "deterrence.yaml"
    (folder / "codebook.yaml").write_bytes(book.read_bytes())
    pdf = ROOT / "corpus" / "report-littoral.pdf"
    (folder / "corpus" / "pages.pdf").write_bytes(pdf.read_bytes())
    return folder


def everything(out: Path) -> list[tuple[str, bytes]]:
    """Every file of the outputs, the cache among them, and what stands in packed ones."""
    found = []
    for path in sorted(path for path in out.rglob("*") if path.is_file()):
        found.append((path.as_posix(), path.name.encode() + path.read_bytes()))
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as package:
                found += [(f"{path.name}/{n}", package.read(n)) for n in package.namelist()]
    return found


def test_names_stand_nowhere_in_what_a_run_writes(study: Path, capfd: pytest.CaptureFixture[str]):
    report = commands.run(study)
    files = everything(study / "outputs")
    assert any("/.cache/source/" in name for name, _ in files), "the cache is searched too"
    assert [name for name, content in files if SECRETS.search(content)] == []
    assert not SECRETS.search(report.summary.encode())
    assert not SECRETS.search("".join(capfd.readouterr()).encode())
    text = (study / "outputs" / "text" / "talk.txt").read_text(encoding="utf-8")
    assert "Officer B and Official A fear the crossing, and fear Officer B's own men." in text
    manifest = read_manifest(study / "outputs")
    assert manifest is not None and manifest.counts.pseudonymised_source_count == 2
    assert commands.verify(study).faults == ()


def test_quotations_hold_the_pseudonyms_and_the_pages_tell_one_text(study: Path):
    answer = "Mihaela Quintrell says that deterrence by denial failed, as Brzak saw."
    talk = TALK + f"\n00:00:15.000 --> 00:00:19.000\n<v Mihaela Quintrell>{answer}\n"
    (study / "corpus" / "talk.vtt").write_text(talk, encoding="utf-8")
    commands.run(study)
    table = (study / "outputs" / "codings.csv").read_text(encoding="utf-8")
    rows = [r for r in csv.DictReader(io.StringIO(table)) if r["source_id"] == "talk"]
    wanted = "Official A says that deterrence by denial failed, as Officer B saw."
    assert wanted in {row["quotation"] for row in rows}
    checked = commands.verify(study)
    assert checked.faults == () and checked.quotation_count > 0


def test_a_changed_map_is_a_changed_run(study: Path):
    commands.run(study)
    assert commands.run(study).is_unchanged
    (study / "names.csv").write_text(NAMES.replace("Officer B", "Officer C"), encoding="utf-8")
    assert commands.verify(study).faults != (), "the outputs hold the pseudonyms of the old map"
    report = commands.run(study)
    assert not report.is_unchanged
    assert "Officer C" in (study / "outputs" / "text" / "talk.txt").read_text(encoding="utf-8")
    assert commands.verify(study).faults == ()


def test_a_source_called_by_a_name_is_told(study: Path):
    (study / "corpus" / "talk.vtt").rename(study / "corpus" / "talk-quintrell.vtt")
    words = STUDY.replace("corpus/talk.vtt", "corpus/talk-quintrell.vtt")
    (study / "study.yaml").write_text(words, encoding="utf-8")
    assert any(
        "path or title of talk holds part of a name" in n for n in commands.run(study).notices
    )


def test_the_map_goes_to_confidential_sources_and_to_those_it_names(study: Path):
    loaded = load_study(study)
    plans = {entry.source_id: plan_of(loaded, entry, {}) for entry in loaded.sources}
    assert len(plans["talk"].pseudonyms) == 4 and len(plans["pages"].pseudonyms) == 3
    assert plans["address"].pseudonyms == ()
    assert plan_of(loaded, SourceEntry("new", "corpus/new.txt"), {}).pseudonyms == ()
    assert "Quintrell" not in repr(loaded) + repr(plans)
    talk = study / "corpus" / "talk.vtt"
    assert key_parts(plans["talk"], talk) != key_parts(plans["pages"], talk)


def test_every_fault_of_the_map_is_told_at_once_by_its_line(study: Path):
    (study / "names.csv").write_text(
        "name;pseudonym;source_id\n"
        "Mihaela Quintrell;Official A;\n"
        "Mihaela Quintrell;Official B;\n"
        ";Official C;\n"
        "Zoltan;;\n"
        "Brzak;The Brzak man;\n"
        "Ion;Officer D;talks\n"
        "Ion;Officer D;talk;more\n",
        encoding="utf-8",
    )
    with pytest.raises(StudyError) as caught:
        load_study(study)
    told = {fault.where: fault.what for fault in caught.value.faults}
    assert set(told) == {f"names.csv:{line}" for line in range(3, 9)}
    assert "line 2" in told["names.csv:3"] and "another pseudonym" in told["names.csv:3"]
    assert told["names.csv:4"] == "the name is empty"
    assert told["names.csv:5"] == "the pseudonym is empty"
    assert told["names.csv:6"] == "the pseudonym holds its own name"
    assert "'talks' is no source" in told["names.csv:7"]
    assert told["names.csv:8"] == "has more cells than the first row"
    assert not SECRETS.search(str(caught.value).encode())


@pytest.mark.parametrize("name", ["absent.csv", "../names.csv", "/names.csv"])
def test_a_map_that_is_not_in_the_study_is_a_fault_with_its_line(study: Path, name: str):
    words = STUDY.replace("names.csv", name)
    (study / "study.yaml").write_text(words, encoding="utf-8")
    with pytest.raises(StudyError, match=r"study\.yaml:4"):
        load_study(study)


def test_a_title_and_the_speakers_of_a_source_are_called_by_pseudonyms(study: Path):
    words = STUDY.replace(
        "{id: talk, path: corpus/talk.vtt, type: interview}",
        "{id: talk, path: corpus/talk.vtt, type: interview, title: Talk with Mihaela Quintrell, "
        "interest: a friend of Brzak, "
        'speakers: {"Quintrell, Mihaela": official, Interviewer: interviewer}}',
    )
    (study / "study.yaml").write_text(words, encoding="utf-8")
    report = commands.run(study)
    assert [n for n, content in everything(study / "outputs") if SECRETS.search(content)] == []
    assert not any("no role" in notice or "holds part" in notice for notice in report.notices)
    table = (study / "outputs" / "sources.csv").read_text(encoding="utf-8")
    assert "Talk with Official A" in table
    assert load_study(study).entry("talk").role_of("Official A") == "official"


def test_what_was_judged_before_there_were_pseudonyms_is_carried_and_shows_no_name(study: Path):
    answer = "Zoltan Brzak says that deterrence by denial failed near Brzak's town."
    talk = TALK + f"\n00:00:15.000 --> 00:00:19.000\n<v Mihaela Quintrell>{answer}\n"
    talk += "\n00:00:20.000 --> 00:00:22.000\n<v Interviewer>And so on?\n"
    (study / "corpus" / "talk.vtt").write_text(talk, encoding="utf-8")
    (study / "study.yaml").write_text(STUDY.replace("pseudonyms: names.csv\n", ""))
    commands.run(study)
    text = (study / "outputs" / "text" / "talk.txt").read_text(encoding="utf-8")
    start = text.index(answer)
    gone = text.index("Zoltan Brzak and QUINTRELL")
    with record_of(study) as record:
        for number, (begin, words) in enumerate(((start, answer), (gone, text[gone : gone + 26]))):
            event = Event(
                f"e{number}",
                "ana",
                "judged",
                "talk",
                f"talk@{begin}-{begin + len(words)}",
                "mech.denial",
                value="present",
                text_sha256=Source("talk", text).text_sha256,
                body=canonical_json(
                    {
                        "start": begin,
                        "end": begin + len(words),
                        "quotation": words,
                        "reason": "Brzak saw it",
                    }
                ),
            )
            record.append([event])
    (study / "study.yaml").write_text(STUDY, encoding="utf-8")
    commands.run(study)
    assert [n for n, content in everything(study / "outputs") if SECRETS.search(content)] == []
    table = (study / "outputs" / "carried.csv").read_text(encoding="utf-8")
    rows = {row["event_id"]: row for row in csv.DictReader(io.StringIO(table))}
    assert rows["e0"]["quotation_new"] == rows["e0"]["quotation_old"]
    assert rows["e0"]["quotation_new"].startswith("Officer B says that deterrence")
    assert rows["e1"]["reason"] and "Officer B and Official A" in rows["e1"]["quotation_old"]
    assert commands.verify(study).faults == ()


def test_no_hash_is_kept_that_a_map_could_be_guessed_by(study: Path):
    plan = plan_of(load_study(study), load_study(study).entry("talk"), {})
    talk, other = study / "corpus" / "talk.vtt", study / "corpus" / "address.txt"
    assert names_sha256(plan, talk) != names_sha256(plan, other), "only the file's bytes tell"
    commands.run(study)
    kept = b"".join(content for _, content in everything(study / "outputs"))
    for data in ((study / "names.csv").read_bytes(), json.dumps(plan.pseudonyms).encode()):
        assert hashlib.sha256(data).hexdigest().encode() not in kept


def test_a_refusal_and_the_trace_of_a_fault_hold_no_name(
    study: Path, caplog: pytest.LogCaptureFixture
):
    with zipfile.ZipFile(study / "corpus" / "talk.odt", "w") as package:
        package.writestr("content.xml", "<a/>")
        package.writestr("../Mihaela Quintrell.xml", "<a/>")
    words = STUDY.replace("talk.vtt", "talk.odt")
    (study / "study.yaml").write_text(words, encoding="utf-8")
    (study / "corpus" / "talk.vtt").unlink()
    report = commands.run(study)
    [told] = report.unread
    assert "'../Official A.xml', outside of itself" in told
    assert [n for n, content in everything(study / "outputs") if SECRETS.search(content)] == []
    plan = plan_of(load_study(study), load_study(study).entry("talk"), {})
    path = study / "corpus" / "talk.txt"
    path.write_text("fault of Mihaela Quintrell")
    with caplog.at_level("DEBUG", "pipeline"):
        [fault] = read_all([ReadingRequest(path, "x", plan)], limits_of({}), "odd_worker")
    assert "fault of this program" in str(fault)
    assert "Official A" in caplog.text and not SECRETS.search(caplog.text.encode())


def test_no_hash_of_a_file_is_kept_that_names_could_be_put_into_until_it_is_met(study: Path):
    (study / "corpus" / "talk.vtt").unlink()
    path = study / "corpus" / "talk.txt"
    path.write_bytes(b"So Mihaela Quintrell came. Deterrence by denial failed.")
    (study / "study.yaml").write_text(STUDY.replace("talk.vtt", "talk.txt"), encoding="utf-8")
    commands.run(study)
    out = study / "outputs"
    text = (out / "text" / "talk.txt").read_text(encoding="utf-8")
    guessed = hashlib.sha256(text.replace("Official A", "Mihaela Quintrell").encode()).hexdigest()
    assert hashlib.sha256(path.read_bytes()).hexdigest() == guessed, "a guess that can be checked"
    assert [name for name, content in everything(out) if guessed.encode() in content] == []
    assert commands.verify(study).faults == ()
    path.write_bytes(b"So Mihaela Quintrell came. Deterrence by denial succeeded.")
    assert commands.verify(study).faults != ()
    assert not commands.run(study).is_unchanged


@pytest.mark.parametrize("name", ["corpus/names.csv", "outputs/names.csv"])
def test_a_map_among_what_is_read_or_exported_is_a_fault(study: Path, name: str):
    (study / name).parent.mkdir(exist_ok=True)
    (study / "names.csv").rename(study / name)
    (study / "study.yaml").write_text(STUDY.replace("names.csv", name), encoding="utf-8")
    with pytest.raises(StudyError, match=r"study\.yaml:4.*among what is read or exported"):
        load_study(study)


def test_the_reason_of_an_override_and_a_title_of_decomposed_letters_hold_no_name(study: Path):
    (study / "names.csv").write_text(NAMES + "Zo\u00eb S\u00e1ndor,Guest,\n", encoding="utf-8")
    title = unicodedata.normalize("NFD", "Zo\u00eb S\u00e1ndor speaks")
    more = f", title: {title}, marking_override: {{by: Lead, reason: Brzak drew the marks}}"
    words = STUDY.replace("talk.vtt, type: interview", f"talk.vtt, type: interview{more}")
    (study / "study.yaml").write_text(words, encoding="utf-8")
    entry = load_study(study).entry("talk")
    assert entry.title == "Guest speaks"
    assert entry.marking_override == ("Lead", "Officer B drew the marks")


def test_a_file_that_is_not_listed_is_told_to_be_read_without_pseudonyms(study: Path):
    (study / "corpus" / "extra.txt").write_text("They fear the winter.", encoding="utf-8")
    assert any(
        "extra: not listed" in notice and "without pseudonyms" in notice
        for notice in commands.run(study).notices
    )


def test_a_record_that_holds_names_is_exported_with_a_warning(study: Path):
    with record_of(study) as record:
        for number, words in enumerate(("Brzak fears it.", "Officer B fears it.")):
            body = canonical_json({"start": 0, "end": len(words), "quotation": words})
            event = Event(f"e{number}", "ana", "judged", "talk", f"talk@0-{len(words)}", "x")
            record.append([replace(event, value="present", body=body)])
    done = CliRunner().invoke(app, ["record", "export", "--study", str(study)])
    assert len(done.stdout.splitlines()) == 2, "the record is sent as it was made"
    assert "1 events" in done.stderr and "names may be seen" in done.stderr
    (study / "study.yaml").write_text(STUDY.replace("pseudonyms: names.csv\n", ""))
    assert not CliRunner().invoke(app, ["record", "export", "--study", str(study)]).stderr
