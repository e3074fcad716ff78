"""Where the sentences of an earlier reading text stand in the one read now.

The earlier text itself is not kept; what is known of it are the places and words of the
sentences that were judged. A sentence is found by its words and held against those around
it: the nearest judged sentences before and after, themselves found without doubt, say where
it should stand. The fewer its words, the less it may stand away from there, so that a short
answer that is said often is never taken for another. What can not be told apart is not placed.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.model.segment import Segment
from pipeline.review.anchors import Anchor, Chain, Old, Reading, chain_of, key_of

_EXACT = 2
_LEAST_ALONE = 40


@dataclass(frozen=True, slots=True)
class _Claim:
    """The segments with a sentence's words, and how often those words were judged.

    Attributes
    ----------
    here, everywhere
        Sentences of the earlier text with its words, itself among them: between the same
        anchors, and in all.
    """

    numbers: tuple[int, ...]
    here: int
    everywhere: int


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a sentence stands now, or why it was not placed.

    Attributes
    ----------
    is_by_order
        Whether its words stand several times and those around it decided.
    """

    segment: Segment | None = None
    is_by_order: bool = False
    reason: str = ""


def place(
    olds: Sequence[Old], reading: Reading, *, is_same_text: bool = False
) -> Mapping[Old, Placement]:
    """Return a placement for each sentence of one earlier text.

    Parameters
    ----------
    is_same_text
        Whether the text is the one read now and only its segments were cut anew: then a
        sentence is sought nowhere but at its own place.
    """
    ordered = sorted(set(olds))
    candidates = {old: _candidates(old, reading, is_same_text) for old in ordered}
    chain = chain_of(ordered, candidates)
    here = _rivals(ordered, lambda old: chain.around(old)[0])
    everywhere = _rivals(ordered, lambda _: None)
    placed = {
        old: _place(old, _Claim(candidates[old], here[old], everywhere[old]), chain, reading)
        for old in ordered
    }
    return placed | _contested(placed)


def _candidates(old: Old, reading: Reading, is_same_text: bool) -> tuple[int, ...]:
    numbers = reading.by_words.get(key_of(old.words), ())
    if not is_same_text:
        return numbers
    spans = ((n, reading.segments[n]) for n in numbers)
    return tuple(n for n, one in spans if one.start < old.end and old.start < one.end)


def _rivals(ordered: Sequence[Old], gap_of: Callable[[Old], Anchor | None]) -> Mapping[Old, int]:
    """How many sentences with its words stood in the same gap as each, with itself."""
    gaps: defaultdict[tuple[str, Anchor | None], list[Old]] = defaultdict(list)
    for old in ordered:
        gaps[key_of(old.words), gap_of(old)].append(old)
    return {
        old: 1 + sum(second.start >= first.end for first, second in pairwise(olds))
        for olds in gaps.values()
        for old in olds
    }


def _place(old: Old, claim: _Claim, chain: Chain, reading: Reading) -> Placement:
    numbers = claim.numbers
    before, after = chain.around(old)
    low = before.number + 1 if before else 0
    high = after.number if after else len(reading.segments)
    if not numbers:
        return Placement(reason=_cut_otherwise(old, low, high, reading))
    pool = [n for n in numbers if low <= n < high]
    if len(numbers) == claim.everywhere == 1 and len(key_of(old.words)) >= _LEAST_ALONE:
        pool = list(numbers)
    if claim.here > len(pool) > 0:
        return Placement(reason=f"its words stood {claim.here} times and stand {len(pool)} times")
    expected = tuple(_expected(old, before, after, reading))
    offs = {n: [_off(old, reading.segments[n], at) for at in expected] for n in pool}
    if len(pool) == 1:
        near = [n for n in pool if min(offs[n]) <= _most_off(old)]
    else:
        near = [n for n in pool if after and max(offs[n]) <= _EXACT]
    if len(near) != 1:
        return Placement(reason=_not_told_apart(numbers, reading))
    [found] = near
    if min(offs[found]) > _EXACT and (elsewhere := _inside_another(old, low, high, found, reading)):
        return Placement(reason=f"its words stand {elsewhere + 1} times")
    return Placement(reading.segments[found], len(numbers) > 1)


def _most_off(old: Old) -> int:
    """How far words may stand from where they are expected: the more of them, the farther."""
    return max(_EXACT, len(key_of(old.words)) ** 3 // 100)


def _expected(
    old: Old, before: Anchor | None, after: Anchor | None, reading: Reading
) -> Iterator[int]:
    """Where a sentence begins if nothing changed between it and an anchor."""
    if before:
        yield reading.segments[before.number].end + old.start - before.old.end
    else:
        yield old.start
    if after:
        yield reading.segments[after.number].start - (after.old.start - old.start)


def _off(old: Old, segment: Segment, at: int) -> int:
    """How far a segment stands from a place, by its beginning or its end: marks may be new."""
    return min(abs(segment.start - at), abs(segment.end - at - (old.end - old.start)))


def _not_told_apart(numbers: Sequence[int], reading: Reading) -> str:
    if len(numbers) > 1:
        return f"its words stand {len(numbers)} times"
    where = reading.segments[numbers[0]].segment_id
    return f"its words stand once, but away from those around them: {where}"


def _inside_another(old: Old, low: int, high: int, found: int, reading: Reading) -> int:
    """How often the words stand between the anchors within segments other than the one found."""
    begins = reading.begins
    hits = _hits(key_of(old.words), begins[low], begins[high], reading)
    return sum(not begins[found] <= hit < begins[found + 1] for hit in hits)


def _hits(words: str, low: int, high: int, reading: Reading) -> Iterator[int]:
    at = reading.stream.find(words, low, high)
    while at >= 0:
        yield at
        at = reading.stream.find(words, at + 1, high)


def _cut_otherwise(old: Old, low: int, high: int, reading: Reading) -> str:
    """Why no segment has the words: part of a longer one, cut into several, or gone."""
    words, begins = key_of(old.words), reading.begins
    hits = list(_hits(words, begins[low], begins[high], reading))
    if not hits:
        hits = list(_hits(words, 0, begins[-1], reading))
    if not hits:
        return "its words are not in the text any more"
    if len(hits) > 1:
        return f"its words stand {len(hits)} times within other sentences"
    first = bisect_right(begins, hits[0]) - 1
    last = bisect_left(begins, hits[0] + len(words)) - 1
    ids = ", ".join(one.segment_id for one in reading.segments[first : last + 1])
    if first == last:
        return f"its sentence is now part of a longer one: {ids}"
    return f"its sentence is now cut in {last - first + 1}: {ids}"


def _contested(placed: Mapping[Old, Placement]) -> dict[Old, Placement]:
    """Placements taken back, because two sentences of the earlier text claim one of the new.

    Places that overlap are one sentence, cut twice.
    """
    claims: defaultdict[str, list[Old]] = defaultdict(list)
    for old, one in placed.items():
        if one.segment:
            claims[one.segment.segment_id].append(old)
    refused: dict[Old, Placement] = {}
    for segment_id, olds in claims.items():
        if any(second.start >= first.end for first, second in pairwise(olds)):
            reason = f"more than one sentence was found in {segment_id}"
            refused |= {old: Placement(reason=reason) for old in olds}
    return refused
