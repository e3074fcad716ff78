"""Printed lines of one page, as arrays beside their words. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
    indices
        For each line the number on the page of each of its characters; -1 for a blank put in.
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
    indices: tuple[Sequence[int], ...]
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

    def take(self, numbers: Sequence[int] | Ints) -> "Lines":
        """Return some of the lines, in the order given."""
        rows = np.asarray(numbers, np.int64)
        return Lines(
            tuple(self.texts[i] for i in numbers),
            tuple(self.indices[i] for i in numbers),
            tuple(self.marks[i] for i in numbers),
            self.boxes[rows],
            self.shown[rows],
            self.sizes[rows],
            self.fonts[rows],
            self.is_bold[rows],
            self.begins_raised[rows],
            self.bold_ends[rows],
            self.has_glyph[rows],
            self.confidence[rows],
        )


def joined(parts: Sequence[Lines], empty: Lines) -> Lines:
    """Return the lines of several parts of a page as one; none are like ``empty``."""
    if not parts:
        return empty.take([])
    return Lines(
        tuple(text for part in parts for text in part.texts),
        tuple(one for part in parts for one in part.indices),
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
