"""What two readings of a source have in common: the sentences found in both without doubt.

They are the fixed points by which all others are placed.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.review.wording import core, loose

key_of = lru_cache(maxsize=1 << 16)(core)
_LEAST_ANCHOR = 12


@dataclass(frozen=True, slots=True, order=True)
class Old:
    """A sentence of an earlier reading text: code points there, ``end`` not inside."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Reading:
    """A source as it is read now, its segments found by their words."""

    source: Source
    segments: tuple[Segment, ...]

    @cached_property
    def by_words(self) -> Mapping[str, tuple[int, ...]]:
        """Numbers of the segments with the same words, marks and white space apart."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self.segments):
            found[key_of(self.source.text[one.start : one.end])].append(number)
        return {words: tuple(numbers) for words, numbers in found.items()}

    @cached_property
    def stream(self) -> str:
        """All segments one after the other without white space: for words cut otherwise."""
        return "".join(self._loose)

    @cached_property
    def begins(self) -> tuple[int, ...]:
        """Where each segment begins in the stream, and where the stream ends."""
        begins = [0]
        for words in self._loose:
            begins.append(begins[-1] + len(words))
        return tuple(begins)

    @cached_property
    def _loose(self) -> tuple[str, ...]:
        return tuple(loose(self.source.text[one.start : one.end]) for one in self.segments)


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """A sentence found without doubt: its earlier place and the number of its segment."""

    old: Old
    number: int


@dataclass(frozen=True)
class Chain:
    """Anchors in the order of both texts, none overlapping another."""

    anchors: tuple[Anchor, ...]

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(one.old.start for one in self.anchors)

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        return tuple(one.old.end for one in self.anchors)

    def around(self, old: Old) -> tuple[Anchor | None, Anchor | None]:
        """Return the anchors that stand nearest before and after a sentence, not on it."""
        before, after = bisect_right(self._ends, old.start) - 1, bisect_left(self._starts, old.end)
        return (
            self.anchors[before] if before >= 0 else None,
            self.anchors[after] if after < len(self.anchors) else None,
        )


def chain_of(ordered: Sequence[Old], candidates: Mapping[Old, tuple[int, ...]]) -> Chain:
    """The longest run of anchors that keeps the order of both texts."""
    claims: defaultdict[int, list[Old]] = defaultdict(list)
    for old in ordered:
        if len(candidates[old]) == 1 and len(key_of(old.words)) >= _LEAST_ANCHOR:
            claims[candidates[old][0]].append(old)
    sole = sorted(Anchor(olds[0], n) for n, olds in claims.items() if len(olds) == 1)
    apart: list[Anchor] = []
    for one in sole:
        if not apart or apart[-1].old.end <= one.old.start:
            apart.append(one)
    return Chain(tuple(_rising(apart)))


def _rising(anchors: Sequence[Anchor]) -> list[Anchor]:
    """The longest part of a row whose numbers rise (Fredman's patience, n log n)."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, one in enumerate(anchors):
        length = bisect_left(tails, one.number)
        before.append(last[length - 1] if length else -1)
        tails[length : length + 1] = [one.number]
        last[length : length + 1] = [index]
    kept = []
    index = last[-1] if last else -1
    while index >= 0:
        kept.append(anchors[index])
        index = before[index]
    return kept[::-1]
