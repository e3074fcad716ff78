"""What coders decided, folded from events, and brought to the proposals.

Nothing here is stored: every state is computed from the events that are not undone.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.model.carrying import Unplaced
from pipeline.model.codebook import Codebook
from pipeline.model.coding import Coding, State
from pipeline.model.judgment import VERDICTS, Event, Verdict
from pipeline.model.segment import Segment

Place = tuple[str, str]
_OTHER_TEXT = "it was made on another text or segment"


@dataclass(frozen=True, slots=True)
class Decision:
    """One coder's newest verdict on (segment, code)."""

    coder_id: str
    verdict: Verdict
    event: Event
    start: int = -1
    end: int = -1


@dataclass(frozen=True)
class Judgments:
    """Every decision that stands.

    Attributes
    ----------
    decisions
        For each (segment id, code id), each coder's newest.
    spans
        For each (segment id, code id), the excerpt a coder moved it to, the newest.
    completed
        Pairs of segment id and coder: read to its end, nothing more in it.
    """

    decisions: Mapping[Place, tuple[Decision, ...]]
    spans: Mapping[Place, Event]
    completed: Mapping[tuple[str, str], Event]
    memos: tuple[Event, ...]


@dataclass(frozen=True)
class Reviewed:
    """Codings with their states, and the events that could not be brought to any words."""

    codings: tuple[Coding, ...]
    unplaced: tuple[Unplaced, ...]
    read: frozenset[tuple[str, str]]


def standing(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return the events that are not undone; undoing an undoing brings the first one back."""
    undone: set[str] = set()
    for event in reversed(events):
        if event.kind == "undone" and event.event_id not in undone:
            undone.add(event.target_id)
    return tuple(e for e in events if e.kind != "undone" and e.event_id not in undone)


def fold(events: Sequence[Event]) -> Judgments:
    """Return what stands after all events, taken in the order in which they are given."""
    decisions: dict[Place, dict[str, Decision]] = defaultdict(dict)
    spans: dict[Place, Event] = {}
    completed: dict[tuple[str, str], Event] = {}
    memos: list[Event] = []
    for event in standing(events):
        place = (event.segment_id, event.code_id)
        if event.kind == "judged":
            decisions[place][event.coder_id] = _decision(event, event.value)
        elif event.kind == "recoded":
            decisions[place][event.coder_id] = _decision(event, "absent")
            other = (event.segment_id, event.value)
            decisions[other][event.coder_id] = _decision(event, "present")
        elif event.kind == "span_changed":
            spans[place] = event
        elif event.kind == "segment_completed":
            completed[event.segment_id, event.coder_id] = event
        else:
            memos.append(event)
    return Judgments(
        {place: tuple(by_coder.values()) for place, by_coder in decisions.items()},
        spans,
        completed,
        tuple(memos),
    )


def _decision(event: Event, value: str) -> Decision:
    verdict = next(one for one in VERDICTS if one == value)
    return Decision(event.coder_id, verdict, event)


def apply(
    judgments: Judgments,
    proposals: Sequence[Coding],
    segments: Mapping[str, Segment],
    texts: Mapping[str, str],
    book: Codebook,
) -> Reviewed:
    """Return the proposals with their states, and what coders added themselves.

    Parameters
    ----------
    segments
        By their ids.
    texts
        For each source the hash of its reading text: an event made on another text, or on
        a segment or code that is gone, is not placed and touches nothing.
    """
    fresh = {
        place: kept
        for place, decisions in judgments.decisions.items()
        if (kept := tuple(d for d in decisions if _is_fresh(d.event, place, segments, texts, book)))
    }
    completed = {
        key: event
        for key, event in judgments.completed.items()
        if event.segment_id in segments and texts.get(event.source_id) == event.text_sha256
    }
    spans = {
        place: event
        for place, event in judgments.spans.items()
        if _is_fresh(event, place, segments, texts, book)
    }
    read: dict[str, list[Event]] = defaultdict(list)
    for event in completed.values():
        read[event.segment_id].append(event)
    proposed = {(coding.segment_id, coding.code_id) for coding in proposals}
    added = [
        coding
        for place, decisions in fresh.items()
        if place not in proposed
        for coding in _added(decisions, place, segments[place[0]])
    ]
    codings = [
        _moved(_decided(coding, _verdicts(place, fresh, read)), spans.get(place))
        for coding in [*proposals, *added]
        for place in [(coding.segment_id, coding.code_id)]
    ]
    unplaced = dict.fromkeys(_unplaced(judgments, fresh, completed, spans, book))
    return Reviewed(tuple(codings), tuple(unplaced), frozenset(completed))


def _is_fresh(
    event: Event,
    place: Place,
    segments: Mapping[str, Segment],
    texts: Mapping[str, str],
    book: Codebook,
) -> bool:
    return (
        place[0] in segments
        and place[1] in book.by_id
        and texts.get(event.source_id) == event.text_sha256
    )


def _unplaced(
    judgments: Judgments,
    fresh: Mapping[Place, Sequence[Decision]],
    completed: Mapping[tuple[str, str], Event],
    spans: Mapping[Place, Event],
    book: Codebook,
) -> Iterator[Unplaced]:
    for place, decisions in judgments.decisions.items():
        reason = _reason(place[1], book)
        yield from (Unplaced(d.event, reason) for d in decisions if d not in fresh.get(place, ()))
    left = (e for key, e in judgments.completed.items() if key not in completed)
    yield from (Unplaced(event, _OTHER_TEXT) for event in left)
    moved = (e for place, e in judgments.spans.items() if place not in spans)
    yield from (Unplaced(event, _reason(event.code_id, book)) for event in moved)


def _reason(code_id: str, book: Codebook) -> str:
    return _OTHER_TEXT if code_id in book.by_id else f"the codebook has no code {code_id!r}"


def _verdicts(
    place: Place,
    decisions: Mapping[Place, Sequence[Decision]],
    completed: Mapping[str, Sequence[Event]],
) -> dict[str, tuple[Verdict, str]]:
    """Each coder's verdict and its time; who completed the segment judged the rest absent."""
    found: dict[str, tuple[Verdict, str]] = {
        event.coder_id: ("absent", event.happened_at) for event in completed.get(place[0], ())
    }
    for one in decisions.get(place, ()):
        found[one.coder_id] = (one.verdict, one.event.happened_at)
    return found


def _decided(coding: Coding, verdicts: Mapping[str, tuple[Verdict, str]]) -> Coding:
    if not verdicts:
        return coding
    return replace(
        coding,
        state=state_of([verdict for verdict, _ in verdicts.values()]),
        decided_by=tuple(sorted(verdicts)),
        decided_at=max(time for _, time in verdicts.values()),
    )


def _moved(coding: Coding, span: Event | None) -> Coding:
    if span is None:
        return coding
    body = json.loads(span.body)
    return replace(coding, start=int(body["start"]), end=int(body["end"]))


def state_of(verdicts: Sequence[Verdict]) -> State:
    """Return the state that the coders' newest verdicts make.

    >>> state_of(["present", "present"]), state_of(["present", "absent"]), state_of(["unsure"])
    ('accepted', 'disputed', 'waiting')
    """
    kinds = set(verdicts)
    if len(kinds) > 1:
        return "disputed"
    if kinds == {"present"}:
        return "accepted"
    return "rejected" if kinds == {"absent"} else "waiting"


def _added(decisions: Sequence[Decision], place: Place, segment: Segment) -> Iterator[Coding]:
    """Codings for a code that no machine proposed: one for each coder who found it there."""
    for decision in decisions:
        if decision.verdict == "absent":
            continue
        yield Coding(
            source_id=segment.source_id,
            segment_id=segment.segment_id,
            start=segment.start,
            end=segment.end,
            code_id=place[1],
            coder=decision.coder_id,
            coder_kind="person",
            is_context=segment.standing != "counted",
            speaker=segment.speaker,
            speaker_role=segment.speaker_role,
            zone=segment.zone,
            codebook_version=decision.event.codebook_version,
            text_sha256=decision.event.text_sha256,
        )
