"""Characters of a page to its printed lines. Pure functions on arrays, testable without a PDF.

The page is turned by the angle that most of its text has, not by ``/Rotate``, and unmirrored
where the steps between characters say so. A line ends where heights no longer overlap,
where a gap is wider than a blank can be, or where the engine ended it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.extract.characters import (
    HYPHEN,
    SLANTED,
    Characters,
    Flags,
    Floats,
    Ints,
    turned,
)
from pipeline.extract.form_lines import with_answers
from pipeline.extract.line_making import lines_of
from pipeline.extract.lines import Bounds, Lines, joined
from pipeline.extract.mirrors import unmirrored
from pipeline.extract.overprints import overprinted
from pipeline.extract.right_to_left import FIRST_RIGHT_TO_LEFT, distances
from pipeline.extract.slanted import slanted_lines
from pipeline.extract.spelling import Letters
from pipeline.extract.turning import main_way, upright

_LEAST_OVERLAP = 0.3
_WIDE_GAP = 1.6
_LEVEL = 0.12
_BACK = 1.0
_SAME_LINE_GAP = 0.9
_SMALLER = 0.8


@dataclass(frozen=True, slots=True)
class PageLayout:
    """The lines of a page that run its way, those that do not, and what was left out.

    ``turn`` is how many quarters clockwise its lines run on the page that is shown.
    """

    lines: Lines
    sideways: Lines
    slanted: Lines
    width: float
    height: float
    doubled_count: int = 0
    is_mirrored: bool = False
    turn: int = 0

    def upright(self, bounds: Bounds) -> Bounds:
        """Return where a rectangle of the shown page stands among the lines."""
        return upright(bounds, self.turn, self.width, self.height)


def layout_of(characters: Characters, cells: Sequence[Bounds] = ()) -> PageLayout:
    """Return the lines of a page outside the cells of its tables (x0, top, x1, bottom as shown).

    Characters that run another way than most are lines of their own; a character printed
    twice at one place is taken once.
    """
    codes = characters.codes
    whole, slanted = characters.ink_by_slant
    ink = whole
    for cell in cells:
        ink = ink[~inside(characters, ink, cell)]
    ways = characters.quarters[ink] % SLANTED
    way = main_way(characters, ink if len(ink) else whole)
    lines, doubled, mirrored = _lines(characters, codes, ink[ways == way], way)
    if characters.answers_from is not None:
        lines = with_answers(lines, characters.answers_from)
    sideways = [
        _lines(characters, codes, ink[ways == turn], turn)[0]
        for turn in sorted(set(ways.tolist()) - {way})
    ]
    width, height = characters.shape.size
    turn = (characters.shape.quarters + way) % 4
    if turn % 2:
        width, height = height, width
    aside = joined(sideways, lines)
    over = slanted_lines(characters, slanted)
    return PageLayout(lines, aside, over, width, height, doubled, mirrored, turn)


def inside(characters: Characters, ink: Ints, bounds: Bounds) -> Flags:
    """Return which characters have their middle in a rectangle of the shown page."""
    shown = characters.shape.shown(characters.boxes[ink])
    x, y = (shown[:, 0] + shown[:, 2]) / 2, (shown[:, 1] + shown[:, 3]) / 2
    is_inside = (bounds[0] <= x) & (x < bounds[2]) & (bounds[1] <= y) & (y < bounds[3])
    return is_inside.astype(np.bool_)


def lines_within(characters: Characters, bounds: Bounds) -> Lines:
    """Return the lines whose characters stand in a rectangle of the shown page."""
    codes = characters.codes
    ink, _ = characters.ink_by_slant
    ink = ink[inside(characters, ink, bounds)]
    return _lines(characters, codes, ink, main_way(characters, ink))[0]


def _lines(
    characters: Characters, codes: npt.NDArray[np.uint32], ink: Ints, way: int
) -> tuple[Lines, int, bool]:
    boxes = turned(characters.boxes[ink], -way % 4, characters.shape)
    doubled = overprinted(codes[ink], boxes, is_printed_again=characters.is_printed_again)
    doubled_count = int(doubled.sum())
    if doubled_count:
        ink, boxes = ink[~doubled], boxes[~doubled]
    mirrored = False
    if characters.may_be_mirrored:
        boxes, mirrored = unmirrored(boxes, codes[ink])
    is_in_rows = len(ink) > 0 and (mirrored or way == 2)
    if is_in_rows:
        order = _by_rows(boxes)
        ink, boxes = ink[order], boxes[order]
    ends_line = np.cumsum(codes == 0x0A)
    if characters.confidence is None:
        is_break = breaks(boxes, codes[ink], ends_line[ink])
    else:
        is_break = np.diff(ends_line[ink]) > 0
    starts = np.flatnonzero(np.concatenate([[True], is_break])) if len(ink) else ink
    letters = Letters(characters.text, codes[ink], ink, boxes, is_in_rows, bool(way) or mirrored)
    return lines_of(characters, letters, starts), doubled_count, mirrored


def _by_rows(boxes: Floats) -> Ints:
    """Order characters by rows, then from left to right."""
    middle = (boxes[:, 1] + boxes[:, 3]) / 2
    down = np.argsort(middle, kind="stable")
    height = float(np.median(boxes[:, 3] - boxes[:, 1]))
    rows = np.concatenate([[0], np.cumsum(np.diff(middle[down]) > 0.4 * height)])
    row_of = np.empty(len(boxes), np.int64)
    row_of[down] = rows
    return np.lexsort((boxes[:, 0], row_of)).astype(np.int32)


def breaks(boxes: Floats, codes: npt.NDArray[np.uint32], ends_line: npt.NDArray[np.int64]) -> Flags:
    """Return between which neighbouring characters a line ends, shape (n - 1,).

    Parameters
    ----------
    ends_line
        For each character how many lines the engine had ended before it.
    """
    if len(boxes) < 2:
        return np.zeros(0, np.bool_)
    first, second = boxes[:-1], boxes[1:]
    heights = np.maximum(boxes[:, 3] - boxes[:, 1], 0.1)
    smaller = np.minimum(heights[:-1], heights[1:])
    larger = np.maximum(heights[:-1], heights[1:])
    overlap = np.minimum(first[:, 3], second[:, 3]) - np.maximum(first[:, 1], second[:, 1])
    gap = second[:, 0] - first[:, 2]
    if codes.max() >= FIRST_RIGHT_TO_LEFT:
        gap = distances(codes, boxes, ends_line, _WIDE_GAP)
    base = boxes[:, 3] - 0.2 * heights
    is_level = np.abs(np.diff(base)) < _LEVEL * larger
    is_near = (gap < _SAME_LINE_GAP * smaller) & (gap > -0.3 * smaller)
    is_break = (overlap < _LEAST_OVERLAP * smaller) | (gap > _WIDE_GAP * larger)
    is_break |= gap < -_BACK * larger
    is_raised = (smaller < _SMALLER * larger) & (overlap >= 0.5 * smaller)
    ended = np.diff(ends_line) > 0
    is_break |= ended & ~((is_level | is_raised) & is_near)
    is_one_glyph = (first == second).all(axis=1)
    return np.asarray((is_break & ~is_one_glyph) | (codes[:-1] == HYPHEN), np.bool_)
