"""Judgments carried to a changed text: to the same words or to a person, none lost, none moved."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.codebook import Code, Codebook
from pipeline.model.judgment import Event, EventKind, canonical_json
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.review.adjudicate import apply
from pipeline.review.carry import Carrying, carry
from pipeline.review.judgments import fold
from pipeline.review.wording import core

HERE = Path(__file__).parent
SHORT = ("No.", "Yes, of course.", "That is right.", "I do not know.")
LONG = (
    "The joint exercise with the brigade lasts eleven days and eats everything.",
    "They have two people for all of the cases, and one of them is on leave.",
    "We are short of engineers who can write a contract in two languages.",
    "An exercise that is announced a year ahead threatens nobody at all.",
    "Moscow says that every exercise here is a provocation, every spring.",
    "Inter-agency planning took nineteen days before and now takes four.",
    "The well-known shortage of specialists was worse in the third year.",
    "It was done by people from customs, from the railways and the staffs.",
)
HEAD = "Annual Review of Regional Affairs"


@dataclass(frozen=True)
class Sentence:
    """One sentence of a text, with a number that it keeps through every change."""

    number: int
    words: str


Text = tuple[tuple[Sentence, ...], ...]


def read(text: Text) -> tuple[Source, tuple[Segment, ...], tuple[int, ...]]:
    """The source, its segments, and the number of the sentence in each."""
    whole, segments, numbers = "", [], []
    for block, paragraph in enumerate(text):
        whole += "\n" if whole else ""
        for place, one in enumerate(paragraph):
            whole += " " if place else ""
            start = len(whole)
            whole += one.words
            segments.append(Segment("s", start, len(whole), "sentence", block))
            numbers.append(one.number)
    return Source("s", whole), tuple(segments), tuple(numbers)


def an_event(
    event_id: str,
    source: Source,
    segment: Segment,
    kind: EventKind = "judged",
    value: str = "present",
    span: tuple[int, int] = (0, 0),
    coder: str = "ana",
) -> Event:
    start, end = span if span[1] else (segment.start, segment.end)
    body = {"start": start, "end": end, "quotation": source.quote(start, end)}
    return Event(
        event_id,
        coder,
        kind,
        "s",
        segment.segment_id,
        "" if kind == "segment_completed" else "act",
        value=value,
        text_sha256=source.text_sha256,
        body=canonical_json(body),
    )


def runs(text: Text) -> dict[int, int]:
    """The first of those that say the same side by side: nothing tells these apart."""
    first: dict[int, int] = {}
    before = None
    for one in (sentence for paragraph in text for sentence in paragraph):
        same = before is not None and before.words == one.words
        first[one.number] = first[before.number] if same and before else one.number
        before = one
    return first


def brought(events: Sequence[Event], new: Text) -> Carrying:
    source, segments, _ = read(new)
    return carry(events, {"s": source}, {"s": segments})


def text_of(*paragraphs: Sequence[str]) -> Text:
    numbers = count()
    return tuple(tuple(Sentence(next(numbers), one) for one in those) for those in paragraphs)


def judged(text: Text, *kept: int) -> list[Event]:
    """One judgment on each sentence, or on those with some numbers."""
    source, segments, numbers = read(text)
    return [
        an_event(f"e{number}", source, one)
        for one, number in zip(segments, numbers, strict=True)
        if not kept or number in kept
    ]


def quoted(carrying: Carrying) -> dict[str, str]:
    """Id of each event that was carried with the segment it stands on."""
    return {one.event.event_id: one.event.segment_id for one in carrying.carried}


# Texts and what may happen to them.


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """Long sentences once each, short answers again and again between them."""
    words = draw(st.lists(st.sampled_from(LONG), min_size=2, max_size=len(LONG), unique=True))
    paragraphs = []
    for one in words:
        answers = draw(st.lists(st.sampled_from(SHORT), max_size=3))
        at = draw(st.integers(0, len(answers)))
        paragraphs.append([*answers[:at], one, *answers[at:]])
    return text_of(*paragraphs)


def changed(text: Text, where: tuple[int, int], words: str) -> Text:
    block, place = where
    paragraph = list(text[block])
    paragraph[place] = replace(paragraph[place], words=words)
    return (*text[:block], tuple(paragraph), *text[block + 1 :])


def hyphen(text: Text, where: tuple[int, int]) -> Text:
    """A word torn, or a torn one joined."""
    words = text[where[0]][where[1]].words
    torn = words.replace("-", "", 1) if "-" in words else words.replace("er", "e\u00adr-", 1)
    return changed(text, where, torn)


def spaces(text: Text, where: tuple[int, int]) -> Text:
    return changed(text, where, text[where[0]][where[1]].words.replace(" ", " \u00a0", 1))


def marked(text: Text, where: tuple[int, int]) -> Text:
    return changed(text, where, f"(a) {text[where[0]][where[1]].words}")


def reworded(text: Text, where: tuple[int, int]) -> Text:
    """A running head within a sentence: its words are others now."""
    return changed(text, where, f"{HEAD} {text[where[0]][where[1]].words}")


def headed(text: Text, where: tuple[int, int]) -> Text:
    return (*text[: where[0]], (Sentence(-1, HEAD),), *text[where[0] :])


def removed(text: Text, where: tuple[int, int]) -> Text:
    block, place = where
    paragraph = text[block][:place] + text[block][place + 1 :]
    return tuple(one for one in (*text[:block], paragraph, *text[block + 1 :]) if one)


def doubled(text: Text, where: tuple[int, int]) -> Text:
    block, place = where
    paragraph = text[block][: place + 1] + text[block][place:]
    return (*text[:block], paragraph, *text[block + 1 :])


def merged(text: Text, where: tuple[int, int]) -> Text:
    """Two sentences become one segment, which is neither of them."""
    block, place = where
    if place + 1 >= len(text[block]):
        return text
    first, second = text[block][place : place + 2]
    both = Sentence(-2, f"{first.words} {second.words}")
    paragraph = (*text[block][:place], both, *text[block][place + 2 :])
    return (*text[:block], paragraph, *text[block + 1 :])


def moved(text: Text, where: tuple[int, int]) -> Text:
    """A paragraph taken to the end."""
    return (*text[: where[0]], *text[where[0] + 1 :], text[where[0]])


IN_ORDER = (hyphen, spaces, marked, reworded, headed, removed, doubled, merged)


@st.composite
def changes(draw: st.DrawFn, *, with_moves: bool) -> tuple[Text, Text]:
    old = draw(texts())
    new = old
    for _ in range(draw(st.integers(0, 4))):
        change = draw(st.sampled_from((*IN_ORDER, moved) if with_moves else IN_ORDER))
        block = draw(st.integers(0, max(len(new) - 1, 0)))
        if new:
            new = change(new, (block, draw(st.integers(0, len(new[block]) - 1))))
    return old, new


@settings(max_examples=300, deadline=None)
@given(changes(with_moves=True), st.data())
def test_every_judgment_is_carried_to_the_same_words_or_waits(
    change: tuple[Text, Text], data: st.DataObject
):
    old, new = change
    kept = data.draw(st.sets(st.integers(0, sum(map(len, old)) - 1)))
    events = judged(old, *kept, -9)
    source, segments, _ = read(new)
    carrying = carry(events, {"s": source}, {"s": segments})
    by_id = {one.segment_id: one for one in segments}
    ids = [one.event.event_id for one in (*carrying.carried, *carrying.unplaced)]
    still = [e for e in carrying.events if e in events and e.event_id not in ids]
    assert sorted(ids + [one.event_id for one in still]) == sorted(e.event_id for e in events)
    assert all(one.text_sha256 == source.text_sha256 for one in still)
    for one in carrying.carried:
        segment = by_id[one.event.segment_id]
        assert one.event.text_sha256 == source.text_sha256
        words = source.quote(segment.start, segment.end)
        body = canonical_json({"start": segment.start, "end": segment.end, "quotation": words})
        assert one.event.body == body
        origin = next(event for event in events if event.event_id == one.origin.event_id)
        assert one.origin == origin
        assert core(words) == core(read(old)[0].text[slice(*_span(origin))])
    assert len(set(quoted(carrying).values())) == len(carrying.carried)
    assert all(one.reason and one.event in events for one in carrying.unplaced)


def _span(event: Event) -> tuple[int, int]:
    start, _, end = event.segment_id.partition("@")[2].partition("-")
    return int(start), int(end)


@settings(max_examples=400, deadline=None)
@given(changes(with_moves=False))
def test_with_every_sentence_judged_each_stays_itself_and_their_order_holds(
    change: tuple[Text, Text],
):
    old, new = change
    carrying = brought(judged(old), new)
    _, segments, numbers = read(new)
    number_of = {one.segment_id: n for one, n in zip(segments, numbers, strict=True)}
    order = {one.segment_id: place for place, one in enumerate(segments)}
    pairs = [(int(one.event.event_id[1:]), one.event.segment_id) for one in carrying.carried]
    places = [order[segment_id] for _, segment_id in pairs]
    assert places == sorted(places), "those carried keep their order"
    alike = runs(old)
    for number, segment_id in pairs:
        assert alike[number_of[segment_id]] == alike[number], segment_id


@settings(max_examples=200, deadline=None)
@given(changes(with_moves=True))
def test_carrying_what_was_carried_changes_nothing(change: tuple[Text, Text]):
    old, new = change
    once = brought(judged(old), new)
    twice = brought(once.events, new)
    assert twice.events == once.events and twice.carried == ()
    assert [one.event.event_id for one in twice.unplaced] == [
        one.event.event_id for one in once.unplaced
    ]


@settings(max_examples=200, deadline=None)
@given(texts())
def test_on_the_same_text_nothing_is_carried_and_nothing_waits(text: Text):
    events = judged(text)
    assert brought(events, text) == Carrying(tuple(events), (), ())


# What is known of single cases.

ANSWERS = text_of((LONG[0], "No."), (LONG[1], "No."), (LONG[2],))


def reasons(carrying: Carrying) -> dict[str, str]:
    return {one.event.event_id: one.reason for one in carrying.unplaced}


def methods(carrying: Carrying) -> dict[str, str]:
    return {one.event.event_id: one.method for one in carrying.carried}


def test_each_way_of_being_found_is_told():
    new = spaces(hyphen(marked(headed(ANSWERS, (0, 0)), (1, 0)), (2, 0)), (3, 0))
    assert methods(brought(judged(ANSWERS), new)) == {
        "e0": "same words, marks apart",
        "e1": "unique order",
        "e2": "same words",
        "e3": "unique order",
        "e4": "same words, white space and hyphens apart",
    }
    assert methods(brought(judged(ANSWERS, 0, 2), headed(ANSWERS, (0, 0)))) == {
        "e0": "same words",
        "e2": "same words",
    }


def test_an_answer_taken_out_is_not_found_in_another_that_says_the_same():
    new = removed(ANSWERS, (0, 1))
    found = brought(judged(ANSWERS), new)
    assert reasons(found) == {
        "e1": "its words stand once, but away from those around them: s@147-150"
    }
    assert quoted(found)["e3"] == "s@147-150"


def test_an_answer_said_twice_now_waits_for_a_person():
    assert reasons(brought(judged(ANSWERS), doubled(ANSWERS, (0, 1)))) == {
        "e1": "its words stand 3 times"
    }


def test_a_sentence_cut_otherwise_waits_with_the_new_one_named():
    text = text_of((LONG[0], LONG[1]), (LONG[2],))
    [longer, _] = read(merged(text, (0, 0)))[1]
    assert reasons(brought(judged(text), merged(text, (0, 0)))) == dict.fromkeys(
        ("e0", "e1"), f"its sentence is now part of a longer one: {longer.segment_id}"
    )
    first, second, _ = read(text)[1]
    back = brought(judged(merged(text, (0, 0)), -2), text)
    assert reasons(back) == {
        "e-2": f"its sentence is now cut in 2: {first.segment_id}, {second.segment_id}"
    }


def test_words_that_went_and_a_source_that_went_wait_with_their_reasons():
    events = judged(ANSWERS)
    gone = brought(events, reworded(removed(ANSWERS, (0, 0)), (1, 0)))
    assert reasons(gone)["e0"] == "its words are not in the text any more"
    assert reasons(gone)["e2"].startswith("its sentence is now part of a longer one: ")
    without = carry(events, {}, {})
    assert len(without.unplaced) == 5 and not without.carried
    assert {one.reason for one in without.unplaced} == {
        "its source is not in the study any more, or can not be read"
    }


def test_a_moved_paragraph_is_found_by_its_long_sentences_alone():
    found = brought(judged(ANSWERS), moved(ANSWERS, (0, 0)))
    assert quoted(found)["e0"] and "e1" in reasons(found)


def test_the_same_text_cut_anew_is_placed_where_it_stood():
    text = text_of(("(a) We wait.", LONG[0], "We wait."))
    source, segments, _ = read(text)
    bare = replace(segments[0], start=4)
    events = [an_event(f"e{n}", source, one) for n, one in enumerate((bare, *segments[1:]))]
    found = carry(events, {"s": source}, {"s": segments})
    assert quoted(found) == {"e0": segments[0].segment_id}


def test_an_excerpt_goes_with_its_sentence_and_every_kind_is_carried():
    text = text_of((LONG[0],), (LONG[1],))
    source, segments, _ = read(text)
    inside = (4, 18)
    kinds: tuple[EventKind, ...] = ("judged", "recoded", "segment_completed", "memo_written")
    events = [an_event(f"e{n}", source, segments[0], kind) for n, kind in enumerate(kinds)]
    events.append(an_event("e8", source, segments[0], "span_changed", span=inside))
    events.append(an_event("e9", source, segments[1], "span_changed", span=(80, 90)))
    events.append(Event("e10", "ana", "undone", target_id="e0"))
    new = hyphen(headed(text, (0, 0)), (1, 0))
    found = brought(events, new)
    start = read(new)[1][1].start
    assert set(quoted(found)) == {"e1", "e2", "e3", "e8"}, "what is undone is in neither"
    [moved_span] = [one.event for one in found.carried if one.event.event_id == "e8"]
    assert moved_span.body == canonical_json(
        {"start": start + 4, "end": start + 20, "quotation": "joint exe\u00adr-cise"}
    )
    assert reasons(found) == {"e9": "the record does not hold the words of its whole sentence"}
    assert [one.event_id for one in found.events] == [one.event_id for one in events]
    assert found.events[0].segment_id == read(new)[1][1].segment_id, "and can be brought back"


def test_an_excerpt_that_can_not_be_told_in_its_sentence_waits():
    text = text_of(("They know that they know.",), (LONG[0],))
    source, segments, _ = read(text)
    events = [
        an_event("e0", source, segments[0]),
        an_event("e1", source, segments[0], "span_changed", span=(5, 9)),
    ]
    found = brought(events, spaces(text, (0, 0)))
    assert "e0" in quoted(found)
    assert reasons(found)["e1"].startswith("its sentence was found, and its excerpt")


def test_what_is_not_placed_counts_nowhere_even_where_its_old_place_is_taken():
    source, segments, _ = read(text_of((LONG[1],), (LONG[2],)))
    old = replace(source, text="x" * segments[0].end + source.text)
    event = an_event("e0", old, segments[0])
    found = carry([event], {"s": source}, {"s": segments})
    judgments = fold(found.events)
    assert list(judgments.decisions) == [("", "act")]
    book = Codebook("b", "1", codes=(Code("act", "Activity"),))
    by_id = {one.segment_id: one for one in segments}
    reviewed = apply(judgments, [], by_id, {"s": source.text_sha256}, book)
    assert reviewed.codings == () and len(reviewed.unplaced) == 1


def test_a_coder_who_thought_again_on_the_new_text_is_heard_last():
    new = headed(ANSWERS, (0, 0))
    source, segments, _ = read(new)
    again = an_event("e99", source, segments[1], value="absent")
    judgments = fold(brought([*judged(ANSWERS, 0), again], new).events)
    [decision] = judgments.decisions[segments[1].segment_id, "act"]
    assert decision.verdict == "absent"


@pytest.mark.parametrize("body", ["", "[]", "nothing", '{"start":"a","end":9,"quotation":4}'])
def test_a_body_that_says_nothing_waits(body: str):
    event = replace(judged(ANSWERS, 0)[0], body=body)
    assert len(brought([event], headed(ANSWERS, (0, 0))).unplaced) == 1


def test_a_place_that_ends_before_it_begins_waits():
    [event] = judged(ANSWERS, 0)
    start, end = _span(event)
    words = json.loads(event.body)["quotation"]
    body = canonical_json({"start": end, "end": start, "quotation": words})
    turned = replace(event, segment_id=f"s@{end}-{start}", body=body)
    found = brought([turned], headed(ANSWERS, (0, 0)))
    assert reasons(found) == {"e0": "the record does not hold the words of its whole sentence"}


def test_an_excerpt_before_its_sentence_is_looked_for_by_its_words():
    text = text_of((LONG[0],), (LONG[1],))
    source, segments, _ = read(text)
    start = segments[1].start
    assert source.quote(start, segments[1].end)[-9:-1] == "on leave"
    body = canonical_json({"start": start - 9, "end": start - 1, "quotation": "on leave"})
    moved = replace(an_event("e1", source, segments[1], "span_changed"), body=body)
    found = brought([an_event("e0", source, segments[1]), moved], headed(text, (0, 0)))
    [event] = [one.event for one in found.carried if one.event.event_id == "e1"]
    assert json.loads(event.body)["quotation"] == "on leave"


def test_many_events_on_a_long_text_are_carried_in_seconds():
    paragraphs = [
        [f"{one} Case {n} was noted in the file.", "No."] for n in range(700) for one in LONG
    ]
    old = text_of(*paragraphs)
    source, segments, _ = read(old)
    events = [an_event(f"e{n}", source, one) for n, one in enumerate(segments)]
    began = time.monotonic()
    found = brought(events, headed(old, (0, 0)))
    assert len(found.carried) == len(events) == 11_200
    assert time.monotonic() - began < 20
