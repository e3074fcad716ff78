"""Searching placed codings: by code and assertion, and for the nearest within a scope."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.evidence.places import Placed
from pipeline.model.finding import Asserted, Layer, Scope

ADVERSARY = "adversary"


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a coding must be like; a dimension that is not named may have any value."""

    values: Asserted = ()
    roles: tuple[str, ...] = ()
    without_adversary: bool = False
    only_counted: bool = True

    def admits(self, placed: Placed) -> bool:
        """Whether a coding is so."""
        role, assertion = placed.coding.speaker_role, placed.coding.assertion
        if self.only_counted and not placed.is_counted:
            return False
        if self.roles and role not in self.roles:
            return False
        if self.without_adversary and role == ADVERSARY and assertion.voice == "reported":
            return False
        return all(getattr(assertion, dimension) in values for dimension, values in self.values)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Codings by place, with the range that each covers in one scope.

    Attributes
    ----------
    outer
        For each, the nearest before it whose range ends later; -1 where there is none.
        If one ends too early, so do those up to its ``outer``.
    """

    codings: Sequence[Placed]
    starts: Sequence[int]
    lows: Sequence[int]
    highs: Sequence[int]
    outer: Sequence[int]

    def nearest(self, anchor: Placed, low: int, high: int) -> Placed | None:
        """Return, of those that touch ``low`` to ``high``, one that begins nearest the anchor.

        The range is the anchor's own in this scope, or wider.
        """
        start = anchor.characters[0]
        after = bisect_right(self.starts, start)
        before = after - 1
        while before >= 0 and self.highs[before] < low:
            before = self.outer[before]
        is_after = after < len(self.starts) and self.lows[after] <= high
        if before < 0:
            return self.codings[after] if is_after else None
        if is_after and self.starts[after] - start < start - self.starts[before]:
            return self.codings[after]
        return self.codings[before]


@dataclass(frozen=True)
class Index:
    """The codings by code; what several queries ask for is found once."""

    by_code: Mapping[str, Sequence[Placed]]
    _fitting: dict[object, tuple[Placed, ...]] = field(default_factory=dict)
    _neighbours: dict[object, Neighbours] = field(default_factory=dict)

    def fitting(self, code_ids: frozenset[str], asked: Requirement) -> tuple[Placed, ...]:
        """Return the codings of some codes that are as asked, in reading order."""
        key = (code_ids, asked)
        if key not in self._fitting:
            found = [
                placed
                for code_id in code_ids
                for placed in self.by_code.get(code_id, ())
                if asked.admits(placed)
            ]
            found.sort(key=lambda placed: placed.rank)
            self._fitting[key] = tuple(found)
        return self._fitting[key]

    def neighbours(
        self, code_ids: frozenset[str], asked: Requirement, layer: Layer, within: Scope | int
    ) -> Neighbours:
        """Return those of one layer, ready to be searched within a scope."""
        key = (code_ids, asked, layer, within)
        if key not in self._neighbours:
            found = (
                placed
                for placed in self.fitting(code_ids, asked)
                if placed.coding.is_confirmed == (layer == "confirmed")
            )
            self._neighbours[key] = _neighbours(found, within)
        return self._neighbours[key]


def indexed(codings: Iterable[Placed]) -> Index:
    """Return the codings ready to be searched."""
    by_code: dict[str, list[Placed]] = {}
    for placed in codings:
        by_code.setdefault(placed.coding.code_id, []).append(placed)
    return Index(by_code)


def _neighbours(codings: Iterable[Placed], within: Scope | int) -> Neighbours:
    ranges = ((placed, placed.range_of(within)) for placed in codings)
    reachable = [(placed, found) for placed, found in ranges if found is not None]
    highs = [high for _, (_, high) in reachable]
    return Neighbours(
        codings=[placed for placed, _ in reachable],
        starts=[placed.characters[0] for placed, _ in reachable],
        lows=[low for _, (low, _) in reachable],
        highs=highs,
        outer=_outer(highs),
    )


def _outer(highs: Sequence[int]) -> list[int]:
    outer: list[int] = []
    for number, high in enumerate(highs):
        before = number - 1
        while before >= 0 and highs[before] <= high:
            before = outer[before]
        outer.append(before)
    return outer
