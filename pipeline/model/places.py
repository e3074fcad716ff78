"""The places and runs of a whole source: columns of numbers that read as tuples of objects.

A printed page has some sixty of each, and as objects they take seven times the memory of its
words. So a source holds numbers, and each place or run is made when it is asked for.

    >>> places = Places.of([Place(0, 4, 1, box=Box(72, 90, 140, 102)), Place(5, 9, 1)])
    >>> places[1], len(places)
    (Place(start=5, end=9, page=1, page_label='', box=None, seconds=None, line_label='', \
confidence=1.0), 2)
    >>> [place.start for place in places.touching(4, 6)]
    [5]
"""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Protocol, TypeVar, overload

from pipeline.model.place import Box, Place, Run

Setting = tuple[int, str, tuple[float, float] | None, str, float]
RunRow = tuple[int, int, int, int, int, int]
_TOO_LARGE = "an offset is larger than any text is long"
_NO_BOX = (0.0, 0.0, 0.0, 0.0)


class _Span(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_One = TypeVar("_One", bound=_Span)


class Packed(Sequence[_One]):
    """Spans of the reading text in their order, equal to a tuple of the same."""

    __slots__ = ()
    made_of: type[Any]

    @classmethod
    def of(cls, ones: Iterable[_One]) -> "Packed[_One]":
        """Return the same ones, packed."""
        raise NotImplementedError

    @classmethod
    def __get_pydantic_core_schema__(cls, _: object, handler: Callable[[Any], Any]) -> Any:  # noqa: ANN401
        """Say how pydantic reads them, as a tuple, and writes them, one by one."""
        one = handler(cls.made_of)
        written = {"type": "generator", "items_schema": one}
        return {
            "type": "function-after",
            "function": {"type": "no-info", "function": cls.of},
            "schema": {"type": "tuple", "items_schema": [one], "variadic_item_index": 0},
            "serialization": {"type": "function-plain", "function": iter, "return_schema": written},
        }

    def _start(self, number: int) -> int:
        raise NotImplementedError

    def _one(self, number: int) -> _One:
        raise NotImplementedError

    @overload
    def __getitem__(self, at: int) -> _One: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[_One, ...]: ...
    def __getitem__(self, at: int | slice) -> _One | tuple[_One, ...]:
        """Return one of them, or a tuple of some."""
        found = range(len(self))[at]
        return self._one(found) if isinstance(found, int) else tuple(map(self._one, found))

    def __iter__(self) -> Iterator[_One]:
        """Yield them in the order of the text."""
        return map(self._one, range(len(self)))

    def __eq__(self, other: object) -> bool:
        """Whether the other holds the same."""
        return isinstance(other, (Packed, tuple)) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        """Return the hash that a tuple of the same has."""
        return hash(tuple(self))

    def __repr__(self) -> str:
        """Return how a tuple of the same is shown."""
        return repr(tuple(self))

    def touching(self, start: int, end: int) -> Iterator[_One]:
        """Yield those that share a character with ``[start, end)``."""
        first = max(bisect_right(range(len(self)), start, key=self._start) - 1, 0)
        for number in range(first, len(self)):
            one = self._one(number)
            if one.start >= end:
                return
            if one.end > start:
                yield one


class Places(Packed[Place]):
    """Places in reading order, as ``PlaceRows`` puts them together."""

    __slots__ = ("_boxes", "_firsts", "_settings", "_spans")
    made_of = Place

    def __init__(
        self,
        spans: "array[int]",
        boxes: "array[float]",
        firsts: "array[int]",
        settings: Sequence[tuple[Setting, bool]],
    ) -> None:
        self._spans, self._boxes = spans, boxes
        self._firsts, self._settings = firsts, settings

    @classmethod
    def of(cls, places: Iterable[Place]) -> "Places":
        """Return the same places, packed.

        Raises
        ------
        ValueError
            If an offset is larger than any text is long.
        """
        if isinstance(places, cls):
            return places
        rows = PlaceRows()
        for one in places:
            setting = (one.page, one.page_label, one.seconds, one.line_label, one.confidence)
            rows.add(one.start, one.end, one.box, setting)
        return rows.packed()

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._spans) // 2

    def _start(self, number: int) -> int:
        return self._spans[2 * number]

    def _one(self, number: int) -> Place:
        setting, has_box = self._settings[bisect_right(self._firsts, number) - 1]
        page, label, seconds, line_label, confidence = setting
        box = Box(*self._boxes[4 * number : 4 * number + 4]) if has_box else None
        start, end = self._spans[2 * number : 2 * number + 2]
        return Place(start, end, page, label, box, seconds, line_label, confidence)


class PlaceRows:
    """Places as they are found one after the other; what neighbours share is held once."""

    def __init__(self) -> None:
        self._spans = array("i")
        self._boxes = array("d")
        self._firsts = array("i")
        self._settings: list[tuple[Setting, bool]] = []

    def add(self, start: int, end: int, box: Box | None, setting: Setting) -> None:
        """Put a place behind the others: page, label, times, line's label and confidence.

        Raises
        ------
        ValueError
            If an offset is larger than any text is long.
        """
        own = (setting, box is not None)
        if not self._settings or self._settings[-1] != own:
            self._firsts.append(len(self._spans) // 2)
            self._settings.append(own)
        try:
            self._spans.extend((start, end))
        except OverflowError as reason:
            raise ValueError(_TOO_LARGE) from reason
        self._boxes.extend((box.x0, box.top, box.x1, box.bottom) if box else _NO_BOX)

    def packed(self) -> Places:
        """Return them; boxes in single precision where that loses nothing."""
        narrow = array("f", self._boxes)
        boxes = narrow if array("d", narrow) == self._boxes else self._boxes
        return Places(self._spans, boxes, self._firsts, self._settings)


class Runs(Packed[Run]):
    """Runs in the order of the text: six numbers of each, one after the other."""

    __slots__ = ("_numbers",)
    made_of = Run

    def __init__(self, numbers: "array[int]") -> None:
        self._numbers = numbers

    @classmethod
    def of(cls, runs: Iterable[Run]) -> "Runs":
        """Return the same runs, packed.

        Raises
        ------
        ValueError
            If a number is larger than any file is long.
        """
        if isinstance(runs, cls):
            return runs
        rows = RunRows()
        rows.add((r.start, r.end, r.raw_start, r.raw_end, r.page, r.index) for r in runs)
        return rows.packed()

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._numbers) // 6

    def _start(self, number: int) -> int:
        return self._numbers[6 * number]

    def _one(self, number: int) -> Run:
        return Run(*self._numbers[6 * number : 6 * number + 6])


class RunRows:
    """Runs as they are found one after the other."""

    def __init__(self) -> None:
        self._numbers = array("i")

    def add(self, rows: Iterable[RunRow]) -> None:
        """Put runs behind the others, each as the numbers that make a ``Run``.

        Raises
        ------
        ValueError
            If a number is larger than any file is long.
        """
        try:
            self._numbers.extend(chain.from_iterable(rows))
        except OverflowError as reason:
            raise ValueError(_TOO_LARGE) from reason

    def packed(self) -> Runs:
        """Return them."""
        return Runs(self._numbers)


NO_PLACES = Places.of(())
NO_RUNS = Runs.of(())
