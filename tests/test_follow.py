"""Judgments follow their codes: a rename and a merge carry, a split waits, nothing moves unseen."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judged_study import OLD, accept_all, was
from small_study import code, content_of, write_book, write_study

from pipeline.commands import open_desk, run, verify
from pipeline.judging import record_of
from pipeline.model.codebook import Code, Codebook
from pipeline.model.judgment import Event
from pipeline.review.carry import Carrying
from pipeline.review.follow import follow
from pipeline.review.judgments import fold
from pipeline.review.lineage import lineage_of

SENTENCE = "talk@0-10"


def event(number: int, kind: str, code_id: str, value: str = "", **more) -> Event:
    given_ = {"codebook_version": "book@1.0.0", "coder_id": "ana", "segment_id": SENTENCE} | more
    return Event(f"e{number}", kind=kind, source_id="talk", code_id=code_id, value=value, **given_)


def book(*codes: tuple[str, ...]) -> Codebook:
    return Codebook(
        "book", "2.0.0", codes=tuple(Code(one[0], one[0], was=one[1:]) for one in codes)
    )


def followed(codes: Codebook, *events: Event) -> Carrying:
    return follow(Carrying(events, (), ()), lineage_of(codes))


def verdicts(carrying: Carrying) -> dict[str, str]:
    decisions = fold(carrying.events).decisions
    return {
        code_id: one.verdict
        for (segment_id, code_id), those in decisions.items()
        if segment_id
        for one in those
    }


def test_a_judgment_on_the_old_id_holds_for_the_new():
    made = event(1, "judged", "old", "present")
    found = followed(book(("new", "old")), made)
    assert verdicts(found) == {"new": "present"}
    [carried] = found.carried
    assert (carried.origin, carried.event.code_id, carried.note) == (made, "new", "")
    assert found.unplaced == ()


def test_a_recoding_and_a_moved_excerpt_follow_too():
    found = followed(
        book(("new", "old"), ("other", "before")),
        event(1, "recoded", "old", "before"),
        event(2, "span_changed", "old"),
        event(3, "memo_written", "old", "A thought."),
    )
    assert verdicts(found) == {"new": "absent", "other": "present"}
    assert [one.code_id for one in found.events] == ["new", "new", "new"]


def test_what_has_not_changed_is_left_alone():
    events = (event(1, "judged", "a", "present"), event(2, "judged", "gone", "absent"))
    found = followed(book(("a",)), *events)
    assert found.events == events
    assert found.carried == found.unplaced == ()


@pytest.mark.parametrize(
    ("first", "second", "expected", "differs"),
    [
        ("present", "present", "present", False),
        ("present", "absent", "present", True),
        ("absent", "present", "present", True),
        ("absent", "absent", "absent", False),
        ("unsure", "absent", "unsure", True),
        ("present", "unsure", "present", True),
        ("absent", "", "absent", False),
    ],
)
def test_present_on_either_of_merged_codes_is_present(first, second, expected, differs):
    events = [event(1, "judged", "a", first)]
    events += [event(2, "judged", "b", second)] if second else []
    found = followed(book(("c", "a", "b")), *events)
    assert verdicts(found) == {"c": expected}
    assert all(bool(one.note) == differs for one in found.carried)
    if differs:
        assert f"{first} on 'a', {second} on 'b'; counts as {expected}" in found.carried[0].note


def test_a_merge_into_a_code_that_stays_weighs_its_own_judgments_too():
    codes = book(("a", "b"))
    events = (event(1, "judged", "b", "present"), event(2, "judged", "a", "absent"))
    assert verdicts(followed(codes, *events)) == {"a": "present"}
    later = event(3, "judged", "a", "absent", codebook_version="book@2.0.0")
    found = followed(codes, *events, later)
    assert verdicts(found) == {"a": "absent"}, "decided again under the merged code"
    assert all(one.note == "" for one in found.carried)


def test_a_newer_verdict_on_one_part_replaces_the_older_one_on_it():
    events = [
        event(1, "judged", "a", "present"),
        event(2, "judged", "b", "absent"),
        event(3, "judged", "a", "absent"),
    ]
    assert verdicts(followed(book(("c", "a", "b")), *events)) == {"c": "absent"}


def test_a_recoding_within_a_merge_is_present():
    found = followed(book(("c", "a", "b")), event(1, "recoded", "a", "b"))
    assert verdicts(found) == {"c": "present"}


def test_two_coders_who_differ_on_a_merge_are_no_conflict_of_one():
    events = (
        event(1, "judged", "a", "present"),
        event(2, "judged", "b", "absent", coder_id="ben"),
    )
    found = followed(book(("c", "a", "b")), *events)
    decided = fold(found.events).decisions[SENTENCE, "c"]
    assert {one.coder_id: one.verdict for one in decided} == {"ana": "present", "ben": "absent"}
    assert not any(one.note for one in found.carried)


def test_a_split_moves_nothing_and_lists_what_is_to_be_decided():
    made = event(1, "judged", "whole", "present")
    completed = event(2, "segment_completed", "")
    other = event(3, "segment_completed", "", coder_id="ben")
    found = followed(book(("left", "whole"), ("right", "whole")), made, completed, other)
    assert verdicts(found) == {}
    assert [one.event for one in found.unplaced] == [made, completed]
    assert found.unplaced[0].reason == "code 'whole' was split in left, right: decide which"
    assert "read it again" in found.unplaced[1].reason
    assert set(fold(found.events).completed) == {("", "ana"), (SENTENCE, "ben")}
    assert found.carried == ()


def test_the_half_of_a_recoding_that_was_not_split_stands():
    codes = book(("left", "whole"), ("right", "whole"), ("a",))
    found = followed(codes, event(1, "recoded", "whole", "a"))
    assert verdicts(found) == {"a": "present"}
    assert len(found.unplaced) == 1
    found = followed(codes, event(1, "recoded", "a", "whole"))
    assert verdicts(found) == {"a": "absent"}


def test_what_was_undone_is_neither_carried_nor_listed():
    made = event(1, "judged", "old", "present")
    undone = event(2, "undone", "", segment_id="", target_id="e1")
    found = followed(book(("new", "old")), made, undone)
    assert verdicts(found) == {} and found.carried == ()


IDS = st.sampled_from(["a", "b", "c", "gone"])
EVENTS = st.lists(
    st.builds(
        lambda kind, code_id, verdict, other, coder: event(
            0, kind, code_id, other if kind == "recoded" else verdict, coder_id=coder
        ),
        st.sampled_from(["judged", "recoded", "span_changed"]),
        IDS,
        st.sampled_from(["present", "absent", "unsure"]),
        IDS,
        st.sampled_from(["ana", "ben"]),
    ),
    max_size=8,
)
BOOKS = st.sampled_from(
    [
        book(("a", "b"), ("c",)),
        book(("d", "a", "b"), ("c",)),
        book(("d", "a"), ("e", "a", "c"), ("b",)),
    ]
)


@given(EVENTS, BOOKS)
def test_nothing_moves_unseen(events, codes):
    events = tuple(replace(one, event_id=f"e{n}") for n, one in enumerate(events))
    found = followed(codes, *events)
    assert [one.event_id for one in found.events] == [one.event_id for one in events]
    told = {one.event.event_id for one in (*found.carried, *found.unplaced)}
    for before, after in zip(events, found.events, strict=True):
        assert before == after or before.event_id in told
    assert all(one.origin in events for one in found.carried)
    split = {old for old in ("a", "b", "c") if len(lineage_of(codes).heirs(old)) > 1}
    for before, after in zip(events, found.events, strict=True):
        if before.kind == "judged" and before.code_id in split:
            assert after.segment_id == ""


@pytest.fixture
def judged_study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BACKING_DEVICE", "test")
    write_study(tmp_path, *OLD)
    accept_all(tmp_path, "ana")
    return tmp_path


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    text = (folder / "outputs" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_run_after_a_rename_keeps_every_coding_and_names_its_version(judged_study: Path):
    run(judged_study)
    before = rows_of(judged_study, "codings.csv")
    assert {row["state"] for row in before} == {"accepted"}
    people = was(code("people", ("staff.word", "staff")), "staff")
    write_book(judged_study / "codebooks" / "small.yaml", people, OLD[1], version="1.1.0")
    report = run(judged_study)
    after = rows_of(judged_study, "codings.csv")
    assert [row["state"] for row in after] == [row["state"] for row in before]
    assert {row["code_id"] for row in after} == {"people", "deny"}
    assert {row["codebook_version"] for row in after} == {"small@1.1.0"}
    assert report.counts.carried_count == 4 and report.counts.unplaced_count == 0
    carried = rows_of(judged_study, "carried.csv")
    assert {(row["code_id"], row["new_code_id"]) for row in carried} == {("staff", "people")}
    assert verify(judged_study).exit_status == 0
    with record_of(judged_study) as record:
        events = [link.event for link in record.events()]
    assert {one.codebook_version for one in events} == {"small@1.0.0"}
    assert {one.code_id for one in events} == {"staff", "deny"}, "the record is as it was"


def test_a_run_after_a_split_lists_judgments_and_decides_none(judged_study: Path):
    parts = (
        was(code("many", ("staff.word", "staff")), "staff"),
        was(code("few", ("staff.few", "staff .. small")), "staff"),
    )
    write_book(judged_study / "codebooks" / "small.yaml", *parts, OLD[1], version="2.0.0")
    report = run(judged_study)
    assert report.counts.unplaced_count == 4
    rows = rows_of(judged_study, "codings.csv")
    assert {row["state"] for row in rows if row["code_id"] in ("many", "few")} == {"proposed"}
    listed = rows_of(judged_study, "carried.csv")
    assert {row["reason"] for row in listed} == {
        "code 'staff' was split in many, few: decide which"
    }
    assert verify(judged_study).exit_status == 0


def test_every_event_of_the_shipped_record_names_its_codebook():
    lines = (Path(__file__).parent.parent / "record.jsonl").read_text(encoding="utf-8").splitlines()
    events = [json.loads(line) for line in lines]
    assert all("@" in one["codebook_version"] for one in events if "event_id" in one)


def test_a_desk_shows_what_a_rename_carried_as_decided(judged_study: Path):
    people = was(code("people", ("staff.word", "staff")), "staff")
    write_book(judged_study / "codebooks" / "small.yaml", people, OLD[1], version="1.1.0")
    assert open_desk(judged_study, "ana").view("", "") is None
    assert open_desk(judged_study, "ben").view("", "") is not None
    assert content_of(judged_study / "codebooks")
