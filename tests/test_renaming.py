"""Names in the words of the record: replaced in what a person wrote, in every source, and kept."""

import json

import pytest

from pipeline.judging import carry_to
from pipeline.model.carrying import Excerpt, excerpt_of, with_excerpt, with_names
from pipeline.model.judgment import Event, canonical_json
from pipeline.model.naming import Names
from pipeline.model.study import NamePair, SourceEntry, SourceType, Study
from pipeline.stages import Corpus

NAMES = Names.of([("Ana Pop", "Official A")])
STUDY = Study(
    source_types=(SourceType("talk", is_confidential=True), SourceType("speech")),
    sources=(SourceEntry("talk", "t.txt", type_id="talk"), SourceEntry("open", "o.txt")),
    pseudonyms=(NamePair("Ana Pop", "Official A"),),
)


def event(kind: str = "judged", value: str = "present", source_id: str = "talk", **body) -> Event:
    return Event(
        "e1", "c", kind, source_id, f"{source_id}@0-9", value=value, body=canonical_json(body)
    )


def test_names_go_from_quotations_reasons_and_memos():
    found = with_names(event(quotation="Ana Pop spoke", reason="Ana Pop says so", start=0), NAMES)
    assert json.loads(found.body) == {
        "quotation": "Official A spoke",
        "reason": "Official A says so",
        "start": 0,
    }
    assert with_names(event("memo_written", "Ask Ana Pop"), NAMES).value == "Ask Official A"


def test_a_value_that_is_no_memo_and_a_body_without_names_stay_as_they_are():
    recoded = event("recoded", "Ana Pop")
    assert with_names(recoded, NAMES) == recoded, "the id of a code is no name"
    odd = Event("e1", "c", "judged", "talk", value="present", body='{ "quotation":"They spoke" }')
    assert with_names(odd, NAMES) == odd


@pytest.mark.parametrize(
    ("source_id", "expected"),
    [("talk", "Ask Official A"), ("open", "Ask Ana Pop"), ("gone", "Ask Official A")],
)
def test_names_go_where_a_source_is_read_without_them_or_is_no_longer_there(
    source_id: str, expected: str
):
    memo = event(
        "memo_written", "Ask Ana Pop", source_id, quotation="Ana Pop spoke", start=0, end=9
    )
    carrying = carry_to(STUDY, Corpus((), (), ()), [memo])
    [waiting] = carrying.unplaced
    assert waiting.event.value == carrying.events[0].value == expected
    assert ("Ana Pop" in waiting.event.body) == (source_id == "open")


def test_an_event_on_another_excerpt_keeps_what_else_its_body_holds():
    moved = with_excerpt(
        event(quotation="No.", start=0, end=3, reason="short"), Excerpt(7, 10, "No.")
    )
    assert json.loads(moved.body) == {"quotation": "No.", "start": 7, "end": 10, "reason": "short"}
    assert excerpt_of(moved) == Excerpt(7, 10, "No.")


@pytest.mark.parametrize(
    "body",
    [
        {"start": 0, "end": 3, "quotation": ""},
        {"start": 0, "end": 3},
        {"start": "0", "end": 3, "quotation": "No."},
        {"start": 0, "end": None, "quotation": "No."},
        {"start": 0, "end": 3, "quotation": ["No."]},
    ],
)
def test_a_body_that_does_not_say_where_which_words_stood_says_nothing(body: dict[str, object]):
    assert excerpt_of(event(**body)) is None
