"""What coders decided, folded from events: every decision that is not undone.

Nothing here is stored: it is computed from the events whenever they are read.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.model.judgment import VERDICTS, Event, Verdict

Place = tuple[str, str]


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
