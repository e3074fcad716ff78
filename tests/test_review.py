"""Events folded into states: undo and redo, disputes, what is not placed, who read what."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.codebook import Code, Codebook
from pipeline.model.coding import Coding
from pipeline.model.judgment import Event, EventKind
from pipeline.model.segment import Segment
from pipeline.review.adjudicate import apply
from pipeline.review.judgments import fold, standing
from pipeline.review.protocol import refusal
from pipeline.review.queue import newest_undoable, queue, ranked_codes, words_of

TEXT = "We hold an exercise. It deters nobody."
SEGMENT = Segment("s", 0, 20, "sentence")
OTHER = Segment("s", 21, 38, "sentence")
SEGMENTS = {one.segment_id: one for one in (SEGMENT, OTHER)}
BOOK = Codebook(
    "b",
    "1.0.0",
    codes=(
        Code("act", "Activity", kind="group"),
        Code("act.exercises", "Combined exercises"),
        Code("act.visits", "Visits"),
        Code("bar.info-sharing", "Information sharing"),
    ),
)


def event(  # noqa: PLR0917
    number: int,
    kind: EventKind = "judged",
    value: str = "present",
    coder: str = "ana",
    code: str = "act.exercises",
    segment: Segment = SEGMENT,
    target: int = -1,
    body: str = "{}",
    text: str = "hash",
) -> Event:
    return Event(
        f"e{number}",
        coder,
        kind,
        "s",
        segment.segment_id,
        code,
        f"e{target}" if target >= 0 else "",
        value,
        text_sha256=text,
        happened_at=f"2024-11-04T09:00:{number:02d}.000Z",
        body=body,
    )


def proposal(segment: Segment = SEGMENT, code: str = "act.exercises", **more: object) -> Coding:
    return Coding(
        "s",
        segment.segment_id,
        segment.start,
        segment.end,
        code,
        "rules",
        "rule",
        "r1",
        text_sha256="hash",
        **more,
    )


def states(events: Sequence[Event], *proposals: Coding) -> dict[tuple[str, str], str]:
    reviewed = apply(fold(events), proposals, SEGMENTS, {"s": "hash"}, BOOK)
    return {(c.segment_id, c.code_id): c.state for c in reviewed.codings}


PLACE = (SEGMENT.segment_id, "act.exercises")


@pytest.mark.parametrize(
    ("verdicts", "state"),
    [
        (["present"], "accepted"),
        (["absent"], "rejected"),
        (["unsure"], "waiting"),
        (["present", "present"], "accepted"),
        (["absent", "absent"], "rejected"),
        (["present", "absent"], "disputed"),
        (["present", "unsure"], "disputed"),
    ],
)
def test_the_newest_verdicts_make_the_state(verdicts: list[str], state: str):
    events = [event(n, value=v, coder=f"c{n}") for n, v in enumerate(verdicts)]
    assert states(events, proposal())[PLACE] == state


def test_what_nobody_judged_stays_proposed():
    assert states([], proposal()) == {PLACE: "proposed"}


def test_a_coder_may_think_again():
    assert states([event(0), event(1, value="absent")], proposal())[PLACE] == "rejected"


def test_a_segment_read_to_its_end_is_absent_for_what_was_proposed_and_nothing_else():
    done = event(1, "segment_completed", "", code="")
    assert states([done], proposal(), proposal(OTHER))[PLACE] == "rejected"
    assert states([done], proposal(), proposal(OTHER))[OTHER.segment_id, "act.exercises"] == (
        "proposed"
    )
    assert states([event(0), done], proposal())[PLACE] == "accepted"


def test_found_by_one_and_read_past_by_another_is_a_dispute():
    events = [event(0, code="act.visits"), event(1, "segment_completed", "", "ben", code="")]
    assert states(events)[SEGMENT.segment_id, "act.visits"] == "disputed"


def test_a_code_no_machine_proposed_is_a_persons_coding():
    reviewed = apply(
        fold([event(0, code="act.visits")]), [proposal()], SEGMENTS, {"s": "hash"}, BOOK
    )
    [mine] = [coding for coding in reviewed.codings if coding.coder_kind == "person"]
    assert (mine.coder, mine.code_id, mine.state, mine.decided_by) == (
        "ana",
        "act.visits",
        "accepted",
        ("ana",),
    )


def test_recoding_rejects_one_and_gives_the_other():
    found = states([event(0, "recoded", "act.visits")], proposal())
    assert found == {PLACE: "rejected", (SEGMENT.segment_id, "act.visits"): "accepted"}


def test_a_moved_span_moves_the_excerpt_and_not_the_segment():
    moved = event(1, "span_changed", "", body='{"start":3,"end":19,"quotation":"hold an exercise"}')
    reviewed = apply(fold([event(0), moved]), [proposal()], SEGMENTS, {"s": "hash"}, BOOK)
    [coding] = reviewed.codings
    assert (coding.start, coding.end, coding.segment_id) == (3, 19, SEGMENT.segment_id)


def test_judgments_on_another_text_or_on_what_is_gone_touch_nothing():
    gone = Segment("s", 0, 5, "sentence")
    events = [
        event(0, text="older"),
        event(1, segment=gone),
        event(2, code="no.such"),
        event(3, "segment_completed", "", code="", text="older"),
    ]
    reviewed = apply(fold(events), [proposal()], SEGMENTS, {"s": "hash"}, BOOK)
    assert [coding.state for coding in reviewed.codings] == ["proposed"]
    assert {one.event.event_id for one in reviewed.unplaced} == {"e0", "e1", "e2", "e3"}
    assert reviewed.read == frozenset()


def test_undo_takes_a_decision_away_and_undoing_that_brings_it_back():
    judged, undone = event(0), event(1, "undone", "", target=0)
    assert states([judged, undone], proposal())[PLACE] == "proposed"
    assert states([judged, undone, event(2, "undone", "", target=1)], proposal())[PLACE] == (
        "accepted"
    )


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.booleans(), st.integers(0, 30), st.sampled_from(["present", "absent"])),
        max_size=20,
    )
)
def test_an_event_stands_unless_an_event_that_stands_undoes_it(
    history: list[tuple[bool, int, str]],
):
    events: list[Event] = []
    for undoes, target, value in history:
        number = len(events)
        if undoes and events:
            events.append(event(number, "undone", "", target=target % number))
        else:
            events.append(event(number, value=value))

    def stands(number: int) -> bool:
        return not any(
            stands(later)
            for later in range(number + 1, len(events))
            if events[later].kind == "undone" and events[later].target_id == f"e{number}"
        )

    kept = [e for n, e in enumerate(events) if e.kind == "judged" and stands(n)]
    assert list(standing(events)) == kept
    assert states(events, proposal()) == states(kept, proposal())


@pytest.mark.parametrize(
    ("new", "seen", "what"),
    [
        (event(9, value="maybe"), "e0", "is no verdict"),
        (event(9, "recoded", "act.exercises"), "e0", "has the code"),
        (event(9, value="absent"), "", "decided elsewhere as present"),
        (event(9, "undone", "", target=77), "", "no such decision"),
        (event(9, "undone", "", coder="ben", target=0), "", "decided by ana"),
        (event(9, body='{"start":0,"end":5,"quotation":"We ha"}'), "e0", "not those quoted"),
        (event(9, body='{"start":0,"end":999,"quotation":"We"}'), "e0", "not those quoted"),
    ],
)
def test_what_the_protocol_forbids_is_refused(new: Event, seen: str, what: str):
    found = refusal([event(0)], new, seen, TEXT)
    assert found is not None and what in str(found)


def test_what_the_protocol_allows_is_not_refused():
    quoted = event(9, value="absent", body='{"start":0,"end":7,"quotation":"We hold"}')
    assert refusal([event(0)], quoted, "e0", TEXT) is None
    assert refusal([event(0)], event(9, coder="ben"), "", TEXT) is None
    twice = [event(0), event(1, "undone", "", target=0)]
    assert "undone already" in str(refusal(twice, event(9, "undone", "", target=0), "", TEXT))
    assert refusal(twice, event(9, "undone", "", target=1), "", TEXT) is None


def test_the_queue_holds_what_the_coder_has_not_judged_in_reading_order():
    codings = [
        proposal(OTHER),
        proposal(),
        proposal(origin_sha256="x"),
        proposal(SEGMENT, "act.visits", is_context=True),
    ]
    cards = queue(codings, fold([]), "ana")
    assert [(card.segment_id, len(card.proposals)) for card in cards] == [
        (SEGMENT.segment_id, 2),
        (OTHER.segment_id, 1),
    ]
    assert len(queue(codings, fold([event(0)]), "ana")) == 1
    assert len(queue(codings, fold([event(0)]), "ben")) == 2
    done = fold([event(0, "segment_completed", "", code="")])
    assert [card.segment_id for card in queue(codings, done, "ana")] == [OTHER.segment_id]


def test_codes_are_ranked_by_use_and_carry_the_words_they_are_found_by():
    assert words_of(BOOK.by_id["act.visits"], BOOK) == ("visits", "act", "activity")
    events = [event(0, code="act.visits"), event(1, code="bar.info-sharing")]
    assert [code.code_id for code in ranked_codes(BOOK, events, "ana")][:2] == [
        "bar.info-sharing",
        "act.visits",
    ]
    newest = newest_undoable([*events, event(2, "undone", "", target=1)], "ana")
    assert newest is not None and newest.event_id == "e0", "undoing twice goes back twice"
