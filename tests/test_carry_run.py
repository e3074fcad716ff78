"""Judgments carried in a study: by a run, at a coder's desk, and from an old record."""

import csv
import io
import re
import shutil
import textwrap
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from make_pictures import copy_study
from test_carry import an_event

from pipeline.cache import Cache
from pipeline.commands import Decision, Desk, open_desk, run, verify
from pipeline.judging import record_of
from pipeline.model.judgment import Event
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.review.carry import carry
from pipeline.review.judgments import standing
from pipeline.stages import Corpus, quiet, read_corpus, read_inputs


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BACKING_DEVICE", "test")
    return copy_study(tmp_path)


@pytest.fixture
def altered(study: Path) -> Path:
    """Run once; then one speech wrapped anew, a sentence added, one reworded, one taken out."""
    run(study)
    path = study / "corpus" / "speech-vilnius.txt"
    paragraphs = path.read_text(encoding="utf-8").split("\n\n")
    text = "\n\n".join(textwrap.fill(" ".join(one.split()), 50) for one in paragraphs)
    for old, new in {
        r"threatens\s+nobody\.": "threatens nobody at all.",
        r"We\s+are\s+short\s+of\s+engineers\.\s+": "",
        r"When\s+this\s+building": "One sentence more. When this building",
    }.items():
        text, count = re.subn(old, new, text)
        assert count == 1
    path.write_text(text, encoding="utf-8", newline="\n")
    return study


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def stored(study: Path) -> list[Event]:
    with record_of(study) as record:
        return [link.event for link in record.events()]


def test_a_run_carries_what_it_finds_and_lists_the_rest(altered: Path):
    before = stored(altered)
    report = run(altered)
    assert (report.counts.carried_count, report.counts.unplaced_count) == (18, 2)
    assert "18 judgments carried to a changed text or code, 2 wait for a person" in report.summary
    assert run(altered).is_unchanged and run(altered).counts == report.counts
    rows = rows_of(altered / "outputs" / "carried.csv")
    made = {e.event_id for e in standing(before) if e.source_id == "speech-vilnius"}
    assert {row["event_id"] for row in rows} == made and len(rows) == len(made) == 20
    text = (altered / "outputs" / "text" / "speech-vilnius.txt").read_text(encoding="utf-8")
    for row in rows:
        if row["reason"]:
            assert row["method"] == row["new_start"] == row["quotation_new"] == ""
            assert row["quotation_old"].endswith(("threatens nobody.", "short of engineers."))
        else:
            assert text[int(row["new_start"]) : int(row["new_end"])] == row["quotation_new"]
            assert row["quotation_new"] == row["quotation_old"]
    page = (altered / "outputs" / "report.html").read_text(encoding="utf-8")
    assert "Judgments not placed" in page and "We are short of engineers." in page
    assert stored(altered) == before, "the record is as it was"
    verified = verify(altered)
    assert verified.exit_status == 0, verified.summary


def test_a_carried_judgment_still_confirms_what_it_confirmed(altered: Path):
    def confirmed() -> set[tuple[str, str]]:
        return {
            (row["quotation"], row["code_id"])
            for row in rows_of(altered / "outputs" / "codings.csv")
            if row["state"] == "accepted" and row["source_id"] == "speech-vilnius"
        }

    before = confirmed()
    run(altered)
    lost = {words for words, _ in before - confirmed()}
    assert len(before) >= 10 and len(lost) == 2 and confirmed() < before


def test_verify_sees_a_carried_quotation_that_was_altered(altered: Path):
    run(altered)
    path = altered / "outputs" / "carried.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("That is a lasting", "That was a lasting"), encoding="utf-8")
    report = verify(altered)
    assert report.exit_status == 4
    assert any(one.where.startswith("carried.csv:") for one in report.faults)


def cards(desk: Desk) -> set[str]:
    """Every card the desk would show, one after the other."""
    seen: list[str] = []
    view = desk.view("", "")
    while view and view.key not in seen:
        seen.append(view.key)
        view = desk.view("", view.key)
    return set(seen)


def test_the_desk_does_not_ask_again_what_was_carried_and_undoes_it(altered: Path):
    run(altered)
    mine = [
        row
        for row in rows_of(altered / "outputs" / "carried.csv")
        if row["coder"] == "ana" and row["kind"] == "judged" and not row["reason"]
    ]
    keys = {
        f"speech-vilnius@{row['new_start']}-{row['new_end']}|{row['code_id']}": row["event_id"]
        for row in mine
    }
    desk = open_desk(altered, "ana")
    before = cards(desk)
    assert len(keys) == 7 and before and not before & keys.keys()
    proposed = {
        f"{row['segment_id']}|{row['code_id']}"
        for row in rows_of(altered / "outputs" / "codings.csv")
        if row["coder_kind"] == "rule"
    }
    key = min(keys.keys() & proposed)
    desk.undo(Decision(desk.new_event_id(), target_id=keys[key]))
    assert cards(desk) == before | {key}
    assert [e.kind for e in stored(altered)].count("undone") == 2


def read_corpus_of(study: Path) -> Corpus:
    return read_corpus(read_inputs(study), Cache(study / "outputs" / ".cache"), quiet)


def test_a_source_that_went_leaves_its_judgments_to_a_person(study: Path):
    (study / "corpus" / "notes-romania.md").unlink()
    report = run(study)
    rows = rows_of(study / "outputs" / "carried.csv")
    assert report.counts.unplaced_count == len(rows) > 5 and report.counts.carried_count == 0
    assert {row["source_id"] for row in rows} == {"notes-romania"}
    assert all("not in the study any more" in row["reason"] for row in rows)


def test_a_code_that_went_leaves_its_judgments_to_a_person(study: Path):
    path = study / "record.jsonl"
    path.unlink()
    run(study)
    inputs = read_inputs(study)
    corpus = read_corpus_of(study)
    source = corpus.by_id["notes-romania"]
    event = an_event(
        "0192f667-0680-7d79-9169-d2a44e14f990", source, corpus.segments_of["notes-romania"][0]
    )
    gone = replace(event, source_id="notes-romania", code_id="no.such")
    other = {"event_id": f"{event.event_id[:-1]}1", "coder_id": "ben"}
    elsewhere = replace(gone, **other, text_sha256="00" * 32)
    with record_of(study) as record:
        record.append([gone, elsewhere])
    report = run(study)
    rows = rows_of(study / "outputs" / "carried.csv")
    assert [row["reason"] for row in rows] == ["the codebook has no code 'no.such'"] * 2
    assert {row["event_id"] for row in rows} == {gone.event_id, elsewhere.event_id}
    assert (report.counts.carried_count, report.counts.unplaced_count) == (0, 2)
    assert inputs.book.by_id.get("no.such") is None


@pytest.mark.parametrize("words", ["Un mot de c\u00f4t\u00e9, \U0001f600.", "Another word."])
def test_a_record_of_the_first_version_opens_and_is_carried_or_waits(tmp_path: Path, words: str):
    shutil.copy(Path(__file__).parent / "records" / "v1.db", tmp_path / "record.db")
    with record_of(tmp_path) as record:
        events = [link.event for link in record.events()]
        text = Source("talk", f"Before it.\n{words}")
        first, second = (
            Segment("talk", 0, 10, "sentence"),
            Segment("talk", 11, len(text.text), "sentence"),
        )
        found = carry(events, {"talk": text}, {"talk": (first, second)})
        assert record.verify() == () and len(record.events()) == len(events)
    kinds = Counter(one.event.kind for one in (*found.carried, *found.unplaced))
    assert kinds == dict.fromkeys(
        ("recoded", "span_changed", "segment_completed", "memo_written"), 2
    )
    if words.startswith("Un"):
        assert not found.unplaced
        assert {one.event.segment_id for one in found.carried} == {second.segment_id}
        assert all(f'"quotation":"{words}"' in one.event.body for one in found.carried)
    else:
        assert not found.carried
