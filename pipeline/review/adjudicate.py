"""What coders decided, brought to the proposals: the state of every coding.

Nothing here is stored: every state is computed from the judgments that stand.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.model.carrying import Unplaced
from pipeline.model.codebook import Codebook
from pipeline.model.coding import Coding, State
from pipeline.model.judgment import Event, Verdict
from pipeline.model.segment import Segment
from pipeline.review.judgments import Decision, Judgments, Place

_OTHER_TEXT = "it was made on another text or segment"


@dataclass(frozen=True)
class Reviewed:
    """Codings with their states, and the events that could not be brought to any words."""

    codings: tuple[Coding, ...]
    unplaced: tuple[Unplaced, ...]
    read: frozenset[tuple[str, str]]


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
    fresh = _fresh(judgments, segments, texts, book)
    proposed = {(coding.segment_id, coding.code_id) for coding in proposals}
    added = [
        coding
        for place, decisions in fresh.decisions.items()
        if place not in proposed
        for coding in _added(decisions, place, segments[place[0]])
    ]
    read: dict[str, list[Event]] = defaultdict(list)
    for event in fresh.completed.values():
        read[event.segment_id].append(event)
    codings = [
        _moved(_decided(coding, _verdicts(place, fresh.decisions, read)), fresh.spans.get(place))
        for coding in [*proposals, *added]
        for place in [(coding.segment_id, coding.code_id)]
    ]
    unplaced = dict.fromkeys(_unplaced(judgments, fresh, book))
    return Reviewed(tuple(codings), tuple(unplaced), frozenset(fresh.completed))


def _fresh(
    judgments: Judgments,
    segments: Mapping[str, Segment],
    texts: Mapping[str, str],
    book: Codebook,
) -> Judgments:
    """The judgments made on the segments, texts and codes that are there now."""

    def is_here(event: Event, segment_id: str) -> bool:
        return segment_id in segments and texts.get(event.source_id) == event.text_sha256

    def stands(event: Event, place: Place) -> bool:
        return is_here(event, place[0]) and place[1] in book.by_id

    kept = {
        place: tuple(one for one in decisions if stands(one.event, place))
        for place, decisions in judgments.decisions.items()
    }
    return replace(
        judgments,
        decisions={place: decisions for place, decisions in kept.items() if decisions},
        spans={place: event for place, event in judgments.spans.items() if stands(event, place)},
        completed={
            key: event
            for key, event in judgments.completed.items()
            if is_here(event, event.segment_id)
        },
    )


def _unplaced(judgments: Judgments, fresh: Judgments, book: Codebook) -> Iterator[Unplaced]:
    for place, decisions in judgments.decisions.items():
        reason = _reason(place[1], book)
        kept = fresh.decisions.get(place, ())
        yield from (Unplaced(one.event, reason) for one in decisions if one not in kept)
    left = (event for key, event in judgments.completed.items() if key not in fresh.completed)
    yield from (Unplaced(event, _OTHER_TEXT) for event in left)
    moved = (event for place, event in judgments.spans.items() if place not in fresh.spans)
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
