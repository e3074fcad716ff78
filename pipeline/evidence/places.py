"""Where codings stand: all sources laid end to end, so that every scope is a range of numbers.

Two codings meet within a scope exactly if their ranges share a number. Characters count
through all sources, and so do sentences, paragraphs, speaker turns and *runs* (stretches
of one turn or, where nobody speaks, of one kind of zone): no two sources ever meet.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from pipeline.model.coding import Coding, State
from pipeline.model.finding import Scope
from pipeline.model.segment import Segment
from pipeline.model.study import UNKNOWN_TYPE, Study

Range = tuple[int, int]
OUT: frozenset[State] = frozenset({"rejected", "stale"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A coding and the ranges it covers, both ends inside; None where there is no such unit.

    Attributes
    ----------
    rank
        Its number among all codings in reading order.
    case_id
        The excerpt's own, not rolled up, else its source's, else the study's default.
    source_type
        As the study says.
    is_counted
        False in questions, headings and zones that are only read as context.
    """

    coding: Coding
    coding_id: str
    rank: int
    case_id: str
    source_type: str
    is_counted: bool
    characters: Range
    sentences: Range | None
    paragraphs: Range | None
    turns: Range | None
    runs: Range | None

    def range_of(self, within: Scope | int) -> Range | None:
        """Return the range that must be shared; a number leaves that much room after a run."""
        match within:
            case "excerpt":
                return self.characters
            case "sentence":
                return self.sentences
            case "paragraph":
                return self.paragraphs
            case "turn":
                return self.turns
            case distance:
                return self._spread(distance)

    def _spread(self, distance: int) -> Range | None:
        if self.sentences is None or self.runs is None:
            return None
        (first, last), (run, last_run) = self.sentences, self.runs
        return first + run * (distance + 1), last + last_run * (distance + 1)


@dataclass(frozen=True, slots=True)
class _Line:
    """The sentences of all sources, each with the numbers of the units it belongs to.

    Attributes
    ----------
    turns_before, turns_after
        The turn of the sentence; between turns the one before and the one after.
    counted_before
        How many sentences before each are counted as evidence, and before the end.
    """

    starts: list[int]
    ends: list[int]
    paragraphs: list[int]
    turns_before: list[int]
    turns_after: list[int]
    runs: list[int]
    counted_before: list[int]


def lay_out(
    codings: Iterable[Coding], segments: Iterable[Segment], study: Study
) -> tuple[Placed, ...]:
    """Return the codings that stand, placed, in the study's order of sources and by place.

    Rejected and stale codings are left out, and inherited ones that nobody has confirmed. Of
    the segments only sentences are read.
    """
    standing = [one for one in codings if one.state not in OUT and not one.is_only_offered]
    sentences = [segment for segment in segments if segment.kind == "sentence"]
    order = source_order(study, {c.source_id for c in standing} | {s.source_id for s in sentences})
    sentences.sort(key=lambda s: (order[s.source_id], s.start, s.end))
    numbered = [(order[c.source_id], c.start, c.end, c.code_id, c.coding_id, c) for c in standing]
    numbered.sort(key=lambda numbers: numbers[:5])
    bases = _bases(order, standing, sentences)
    line = _line(sentences, bases)
    return tuple(
        _placed(coding, coding_id, rank, bases[coding.source_id], line, study)
        for rank, (_, _, _, _, coding_id, coding) in enumerate(numbered)
    )


def source_order(study: Study, source_ids: Iterable[str] = ()) -> dict[str, int]:
    """Return the number of each source: the study's order, then the others by id."""
    order = {entry.source_id: number for number, entry in enumerate(study.sources)}
    for source_id in sorted(set(source_ids) - order.keys()):
        order[source_id] = len(order)
    return order


def asked_case(case_id: str, study: Study) -> str:
    """Return what a case in a query stands for: a member for itself, all else rolled up."""
    is_member = any(case_id in case.members for case in study.cases)
    return case_id if is_member else study.roll_up(case_id)


def _bases(
    order: dict[str, int], codings: Sequence[Coding], segments: Sequence[Segment]
) -> dict[str, int]:
    lengths = dict.fromkeys(order, 0)
    ends = chain(((c.source_id, c.end) for c in codings), ((s.source_id, s.end) for s in segments))
    for source_id, end in ends:
        lengths[source_id] = max(lengths[source_id], end)
    bases, base = {}, 0
    for source_id in sorted(order, key=lambda source_id: order[source_id]):
        bases[source_id] = base
        base += lengths[source_id]
    return bases


def _line(sentences: Sequence[Segment], bases: dict[str, int]) -> _Line:
    turns_before = _numbers((s.source_id, s.turn) if s.turn >= 0 else None for s in sentences)
    return _Line(
        starts=[bases[s.source_id] + s.start for s in sentences],
        ends=[bases[s.source_id] + s.end for s in sentences],
        paragraphs=_numbers((s.source_id, s.block) for s in sentences),
        turns_before=turns_before,
        turns_after=[
            turn + (sentence.turn < 0)
            for turn, sentence in zip(turns_before, sentences, strict=True)
        ],
        runs=_numbers((s.source_id, s.turn, s.zone if s.turn < 0 else "") for s in sentences),
        counted_before=[0, *accumulate(s.standing == "counted" for s in sentences)],
    )


def _numbers(units: Iterable[object]) -> list[int]:
    """Number the units as they come; a None belongs to none and keeps the last number."""
    numbers, number, last = [], -1, None
    for unit in units:
        if unit is not None and unit != last:
            number += 1
            last = unit
        numbers.append(number)
    return numbers


def _placed(
    coding: Coding, coding_id: str, rank: int, base: int, line: _Line, study: Study
) -> Placed:
    entry = study.by_id.get(coding.source_id)
    case_id = coding.case_id or (entry.case_id if entry else "") or study.default_case
    # The study's word, not the coding's: one source has one type in every row.
    source_type = entry.type_id if entry else UNKNOWN_TYPE
    characters = (base + coding.start, base + coding.end - 1)
    first = bisect_right(line.ends, characters[0])
    last = bisect_left(line.starts, characters[1] + 1) - 1
    head = (coding, coding_id, rank, case_id, source_type)
    if first > last:
        return Placed(*head, not coding.is_context, characters, None, None, None, None)
    counted_count = line.counted_before[last + 1] - line.counted_before[first]
    turns = (line.turns_after[first], line.turns_before[last])
    return Placed(
        *head,
        not coding.is_context and counted_count > 0,
        characters,
        (first, last),
        (line.paragraphs[first], line.paragraphs[last]),
        turns if turns[0] <= turns[1] else None,
        (line.runs[first], line.runs[last]),
    )
