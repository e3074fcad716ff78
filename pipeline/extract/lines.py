"""Printed lines of one page, as arrays beside their words. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from pipeline.extract.characters import Flags, Floats, Ints

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Lines:
    """Printed lines of one page, in the engine's order.

    Attributes
    ----------
    texts
        As the engine gives them; marks of notes are cut out.
    firsts
        The number on the page of each line's first character; -1 where what follows is not
        numbered one by one.
    others
        For those lines the numbers of all their characters; -1 for a blank put in.
    marks
        For each line the marks of notes cut out: (where in the text, what).
    boxes
        Shape (n, 4): x0, top, x1, bottom in points on the page turned upright.
    shown
        The same on the page as it is shown.
    begins_raised
        Whether it begins with a small raised sign, as a note does.
    has_glyph
        Whether it begins with a bullet of a symbol font.
    confidence
        How sure text recognition is of it, 0 to 1; 1 where none was needed.
    bold_ends
        How many characters are bold before others follow that are not; 0 for none or all.
    """

    texts: tuple[str, ...]
    firsts: Ints
    others: Mapping[int, Sequence[int]]
    marks: tuple[tuple[tuple[int, str], ...], ...]
    boxes: Floats
    shown: Floats
    sizes: Floats
    fonts: Ints
    is_bold: Flags
    begins_raised: Flags
    bold_ends: Ints
    has_glyph: Flags
    confidence: Floats

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def indices(self) -> tuple[Sequence[int], ...]:
        """For each line the number on the page of each of its characters."""
        return numbers_of(self.texts, self.firsts, self.others)

    def take(self, numbers: Sequence[int] | Ints) -> "Lines":
        """Return some of the lines, in the order given."""
        rows = np.asarray(numbers, np.int64)
        boxes, others = self.boxes[rows], self.others
        if others:
            others = {at: others[i] for at, i in enumerate(rows.tolist()) if i in others}
        return Lines(
            tuple(self.texts[i] for i in numbers),
            self.firsts[rows],
            others,
            tuple(self.marks[i] for i in numbers),
            boxes,
            boxes if self.shown is self.boxes else self.shown[rows],
            self.sizes[rows],
            self.fonts[rows],
            self.is_bold[rows],
            self.begins_raised[rows],
            self.bold_ends[rows],
            self.has_glyph[rows],
            self.confidence[rows],
        )


def numbers_of(
    texts: Sequence[str], firsts: Ints, others: Mapping[int, Sequence[int]]
) -> tuple[Sequence[int], ...]:
    """Return for each line the number on its page of each of its characters."""
    return tuple(
        range(first, first + len(text)) if first >= 0 else others[number]
        for number, (text, first) in enumerate(zip(texts, firsts.tolist(), strict=True))
    )


def joined(parts: Sequence[Lines], empty: Lines) -> Lines:
    """Return the lines of several parts of a page as one; none are like ``empty``."""
    if not parts:
        return empty.take([])
    begins = list(zip(accumulate(map(len, parts), initial=0), parts, strict=False))
    return Lines(
        tuple(text for part in parts for text in part.texts),
        np.concatenate([part.firsts for part in parts]),
        {at + begin: one for begin, part in begins for at, one in part.others.items()},
        tuple(one for part in parts for one in part.marks),
        np.concatenate([part.boxes for part in parts]),
        np.concatenate([part.shown for part in parts]),
        np.concatenate([part.sizes for part in parts]),
        np.concatenate([part.fonts for part in parts]),
        np.concatenate([part.is_bold for part in parts]),
        np.concatenate([part.begins_raised for part in parts]),
        np.concatenate([part.bold_ends for part in parts]),
        np.concatenate([part.has_glyph for part in parts]),
        np.concatenate([part.confidence for part in parts]),
    )


def rows_of(boxes: Floats) -> Iterator[list[int]]:
    """Yield the numbers of boxes that stand on one height, from the top down, left to right."""
    middle = (boxes[:, 1] + boxes[:, 3]) / 2
    row: list[int] = []
    for number in np.argsort(middle, kind="stable").tolist():
        if row and middle[number] > boxes[row[0], 3]:
            yield sorted(row, key=lambda one: float(boxes[one, 0]))
            row = []
        row.append(number)
    if row:
        yield sorted(row, key=lambda one: float(boxes[one, 0]))
