"""Rows of a page in which heads, feet and line numbers can stand. Pure."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipeline.extract.cleaning import clean
from pipeline.extract.lines import Lines

DIGITS = re.compile(r"\d+")
_OUTERMOST = 3
_LEAST_NUMBERS = 5
_APART = 0.5
_FAR = 2.0
_LIKE = 0.92
_LONG_LINE = 40
_LEAST_LONG = 5


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """A row at the edge of a page, or beside its text; ``page`` counts from 0."""

    page: int
    numbers: tuple[int, ...]
    text: str
    top: float
    is_head: bool
    is_apart: bool = True
    is_far: bool = False
    size: float = 0.0

    @property
    def mask(self) -> tuple[str, bool]:
        """Return its words without the numbers, and whether it is a head."""
        return DIGITS.sub("#", self.text), self.is_head


def outermost(page: int, lines: Lines, numbered: frozenset[int]) -> Iterator[EdgeRow]:
    """The three uppermost and the three lowest rows of a page, from the edge inwards."""
    boxes, sizes = lines.boxes.tolist(), lines.sizes.tolist()
    downwards = np.argsort(lines.boxes[:, 1], kind="stable").tolist()
    if numbered:
        downwards = [i for i in downwards if i not in numbered]
    heads = _rows(downwards, boxes, 1)
    feet = [row for row in _rows(downwards[::-1], boxes, -1) if row not in heads[:_OUTERMOST]]
    for rows, is_head in ((heads, True), (feet, False)):
        for place, row in enumerate(rows[:_OUTERMOST]):
            inner = rows[place + 1] if place + 1 < len(rows) else None
            size = max(sizes[i] for i in row)
            top, bottom = min(boxes[i][1] for i in row), max(boxes[i][3] for i in row)
            is_apart, is_far = True, False
            if inner is not None:
                gap = max(
                    min(boxes[i][1] for i in inner) - bottom, top - max(boxes[i][3] for i in inner)
                )
                ratio = size / max(*(sizes[i] for i in inner), 0.1)
                is_apart = gap > _APART * (bottom - top) or not _LIKE < ratio < 1 / _LIKE
                is_far = gap > _FAR * (bottom - top)
            text = clean(" ".join(lines.texts[i] for i in row))
            yield EdgeRow(page, row, text, boxes[row[0]][1], is_head, is_apart, is_far, size)


def _rows(
    order: Sequence[int], boxes: Sequence[Sequence[float]], way: int
) -> list[tuple[int, ...]]:
    """The four outermost rows in an order from the edge inwards, each from left to right."""
    rows: list[list[int]] = []
    at = 0.0
    for number in order:
        top = boxes[number][1]
        if not rows or (top - at) * way > 2:
            if len(rows) > _OUTERMOST:
                break
            rows.append([])
            at = top
        rows[-1].append(number)
    return [tuple(sorted(row, key=lambda i: boxes[i][0])) for row in rows]


def beside(page: int, lines: Lines, numbered: frozenset[int]) -> Iterator[EdgeRow]:
    """Lines left or right of the text: in some journals the head stands there."""
    boxes = lines.boxes
    long = [i for i, text in enumerate(lines.texts) if len(text) >= _LONG_LINE]
    if len(long) < _LEAST_LONG:
        return
    left, right = boxes[long, 0].min(), boxes[long, 2].max()
    outside = (boxes[:, 2] < left) | (boxes[:, 0] > right)
    for number in (i for i in np.flatnonzero(outside).tolist() if i not in numbered):
        text = clean(lines.texts[number])
        yield EdgeRow(page, (number,), text, float(boxes[number, 1]), is_head=True)


def edge_line(lines: Lines, margins: Set[int], place: int) -> int:
    """Return the uppermost (0) or lowest (-1) line that is no margin; -1 if there is none."""
    order = [n for n in np.argsort(lines.boxes[:, 1], kind="stable").tolist() if n not in margins]
    return order[place] if order else -1


def line_numbers(lines: Lines) -> tuple[int, ...]:
    """Return the lines that only number the lines or paragraphs beside them.

    Five or more numbers left of all other text, or right of it, that rise downwards, at most
    six apart and half of them by one.
    """
    digits = [i for i, text in enumerate(lines.texts) if text.isascii() and text.isdigit()]
    rest = [i for i, text in enumerate(lines.texts) if not text.isdigit()]
    if len(digits) < _LEAST_NUMBERS or not rest:
        return ()
    boxes = lines.boxes
    left, right = boxes[rest, 0].min() + 1, np.percentile(boxes[rest, 2], 95) - 1
    for column in (
        [i for i in digits if boxes[i, 2] <= left],
        [i for i in digits if boxes[i, 0] >= right],
    ):
        column.sort(key=lambda i: float(boxes[i, 1]))
        if len(column) >= _LEAST_NUMBERS and _rises([int(lines.texts[i]) for i in column]):
            return tuple(column)
    return ()


def _rises(values: Sequence[int]) -> bool:
    steps = [b - a for a, b in pairwise(values)]
    is_rising = sum(1 <= step <= 6 for step in steps) >= 0.9 * len(steps)
    return is_rising and steps.count(1) * 2 >= len(steps)
