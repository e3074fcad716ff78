"""Characters of a page to its printed lines. Pure functions on arrays, testable without a PDF.

The page is turned by the angle that most of its text has, not by ``/Rotate``, and unmirrored
where the steps between characters say so. A line ends where heights no longer overlap,
where a gap is wider than a blank can be, or where the engine ended it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.extract.characters import (
    HYPHEN,
    Characters,
    Flags,
    Floats,
    Ints,
    is_bold,
    is_symbol,
    overprinted,
    turned,
)
from pipeline.extract.spelling import Letters, is_right_to_left, spelled

_LEAST_OVERLAP = 0.3
_WIDE_GAP = 1.6
_LEVEL = 0.12
_BACK = 1.0
_SAME_LINE_GAP = 0.9
_FEW = 0.2
_LEAST_STEPS = 10
_SMALLER = 0.8
_RAISED = 0.12


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


@dataclass(frozen=True, slots=True)
class PageLayout:
    """The lines of a page that run its way, those that do not, and what was left out."""

    lines: Lines
    sideways: Lines
    width: float
    height: float
    doubled_count: int = 0
    is_mirrored: bool = False


def layout_of(characters: Characters, cells: Sequence[Bounds] = ()) -> PageLayout:
    """Return the lines of a page outside the cells of its tables (x0, top, x1, bottom as shown).

    Characters that run another way than most are lines of their own; a character printed
    twice at one place is taken once.
    """
    codes = characters.codes
    ink = characters.ink
    for cell in cells:
        ink = ink[~inside(characters, ink, cell)]
    way = _main_way(characters.quarters[ink])
    is_main = characters.quarters[ink] == way
    main, other = ink[is_main], ink[~is_main]
    lines, doubled, mirrored = _lines(characters, codes, main, way)
    sideways = [
        _lines(characters, codes, other[characters.quarters[other] == turn], turn)[0]
        for turn in sorted(set(characters.quarters[other].tolist()))
    ]
    width, height = characters.shape.size
    if (characters.shape.quarters + way) % 2:
        width, height = height, width
    return PageLayout(lines, _joined(sideways, lines), width, height, doubled, mirrored)


def inside(characters: Characters, ink: Ints, bounds: Bounds) -> Flags:
    """Return which characters have their middle in a rectangle of the shown page."""
    shown = characters.shape.shown(characters.boxes[ink])
    x, y = (shown[:, 0] + shown[:, 2]) / 2, (shown[:, 1] + shown[:, 3]) / 2
    is_inside = (bounds[0] <= x) & (x < bounds[2]) & (bounds[1] <= y) & (y < bounds[3])
    return is_inside.astype(np.bool_)


def lines_within(characters: Characters, bounds: Bounds) -> Lines:
    """Return the lines whose characters stand in a rectangle of the shown page."""
    codes = characters.codes
    ink = characters.ink
    ink = ink[inside(characters, ink, bounds)]
    return _lines(characters, codes, ink, _main_way(characters.quarters[ink]))[0]


def _joined(parts: Sequence[Lines], empty: Lines) -> Lines:
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


def _main_way(quarters: Ints) -> int:
    return int(np.bincount(quarters, minlength=4).argmax()) if len(quarters) else 0


def _lines(
    characters: Characters, codes: npt.NDArray[np.uint32], ink: Ints, way: int
) -> tuple[Lines, int, bool]:
    boxes = turned(characters.boxes[ink], -way % 4, characters.shape)
    doubled = overprinted(codes[ink], boxes)
    doubled_count = int(doubled.sum())
    if doubled_count:
        ink, boxes = ink[~doubled], boxes[~doubled]
    boxes, mirrored = _unmirrored(boxes, codes[ink])
    is_in_rows = mirrored or way == 2
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
    return _gathered(characters, letters, starts), doubled_count, mirrored


def _unmirrored(boxes: Floats, codes: npt.NDArray[np.uint32]) -> tuple[Floats, bool]:
    """Flip a page whose steps go left within lines, or up from line to line."""
    if len(boxes) < _LEAST_STEPS:
        return boxes, False
    if not _looks_mirrored(boxes):
        return boxes, False
    height = np.maximum(boxes[:, 3] - boxes[:, 1], 0.1)
    across, down = np.diff(boxes[:, 0]), np.diff((boxes[:, 1] + boxes[:, 3]) / 2)
    is_step = (np.abs(down) < 0.2 * height[1:]) & (np.abs(across) < 3 * height[1:])
    is_step &= np.abs(across) > 0.01
    right_to_left = is_right_to_left(codes)
    goes_wrong = (across > 0) if right_to_left else (across < 0)
    flips = False
    if is_step.sum() >= _LEAST_STEPS and (~goes_wrong[is_step]).mean() < _FEW and not right_to_left:
        boxes = _flipped(boxes, 0)
        flips = True
    is_new_row = (np.abs(down) > 0.5 * height[1:]) & (np.abs(down) < 3 * height[1:])
    if is_new_row.sum() >= 3 and (down[is_new_row] > 0).mean() < _FEW:
        boxes = _flipped(boxes, 1)
        flips = True
    return boxes, flips


def _looks_mirrored(boxes: Floats) -> bool:
    """A first look: whether most steps go left, or the page is read upwards."""
    steps = boxes[1:, 0] > boxes[:-1, 0]
    half = len(boxes) // 2
    goes_up = boxes[half:, 1].mean() < boxes[:half, 1].mean()
    return bool(steps.mean() < 0.7 or goes_up)


def _flipped(boxes: Floats, axis: int) -> Floats:
    flipped = boxes.copy()
    edge = boxes[:, axis + 2].max() + boxes[:, axis].min()
    flipped[:, axis], flipped[:, axis + 2] = edge - boxes[:, axis + 2], edge - boxes[:, axis]
    return flipped


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
    base = boxes[:, 3] - 0.2 * heights
    is_level = np.abs(np.diff(base)) < _LEVEL * larger
    is_near = (gap < _SAME_LINE_GAP * smaller) & (gap > -0.3 * smaller)
    is_break = (overlap < _LEAST_OVERLAP * smaller) | (gap > _WIDE_GAP * larger)
    if is_right_to_left(codes):
        is_break |= gap < -(_WIDE_GAP + 1) * larger
    else:
        is_break |= gap < -_BACK * larger
    is_raised = (smaller < _SMALLER * larger) & (overlap >= 0.5 * smaller)
    ended = np.diff(ends_line) > 0
    is_break |= ended & ~((is_level | is_raised) & is_near)
    is_one_glyph = (first == second).all(axis=1)
    return np.asarray((is_break & ~is_one_glyph) | (codes[:-1] == HYPHEN), np.bool_)


def _gathered(
    characters: Characters, letters: Letters, starts: npt.NDArray[np.int64] | Ints
) -> Lines:
    ink, boxes = letters.ink, letters.boxes
    if not len(ink):
        nothing = np.zeros((0, 4), np.float32)
        none = np.zeros(0, np.int32)
        no = none.astype(np.bool_)
        few = none.astype(np.float32)
        return Lines((), (), (), nothing, nothing, few, none, no, no, none, no, few)
    spellings = tuple(spelled(letters, starts, characters.sizes[ink]))
    ends = np.append(starts[1:], len(ink))
    middles = ink[(starts + ends) // 2]
    bold = np.array([is_bold(name) for name in characters.font_names] or [False])
    is_bold_ink = bold[characters.fonts[ink]]
    bold_ends = _bold_ends(is_bold_ink, ink, starts)
    is_as_shown = characters.shape.quarters == 0 and not letters.is_turned
    around = _around(boxes, starts)
    shown = characters.shape.shown(characters.boxes[ink]) if not is_as_shown else boxes
    return Lines(
        tuple(one.text for one in spellings),
        tuple(one.indices for one in spellings),
        tuple(one.marks for one in spellings),
        around,
        around if is_as_shown else _around(shown, starts),
        characters.sizes[middles],
        characters.fonts[middles],
        bold[characters.fonts[middles]] & is_bold_ink[starts] & (bold_ends == 0),
        begins_raised(boxes, starts),
        bold_ends,
        _has_glyph(characters, letters, starts),
        _confidence(characters, ink, starts),
    )


def _confidence(characters: Characters, ink: Ints, starts: npt.NDArray[np.int64] | Ints) -> Floats:
    if characters.confidence is None:
        return np.ones(len(starts), np.float32)
    lengths = np.diff(np.append(starts, len(ink)))
    sums = np.add.reduceat(characters.confidence[ink], starts)
    return (sums / lengths).astype(np.float32)


def _has_glyph(
    characters: Characters, letters: Letters, starts: npt.NDArray[np.int64] | Ints
) -> Flags:
    """Which lines begin with one sign of another font, parted by a blank: a bullet.

    Symbol fonts give a letter or a point for it.
    """
    found = np.zeros(len(starts), np.bool_)
    ends = np.append(starts[1:], len(letters.ink))
    fonts = characters.fonts[letters.ink]
    symbols = np.array([is_symbol(name) for name in characters.font_names] or [False])
    second = np.minimum(starts + 1, len(fonts) - 1)
    is_other = (fonts[starts] != fonts[second]) & (ends - starts > 2)
    is_apart = letters.ink[second] - letters.ink[starts] > 1
    for number in np.flatnonzero(is_other & is_apart).tolist():
        sign = chr(int(letters.codes[starts[number]]))
        found[number] = not sign.isalnum() or bool(symbols[fonts[starts[number]]])
    return found


def begins_raised(boxes: Floats, starts: npt.NDArray[np.int64] | Ints) -> Flags:
    """Return which lines begin with a sign smaller and higher than what follows it."""
    heights = boxes[:, 3] - boxes[:, 1]
    tallest = np.maximum.reduceat(heights, starts)
    lowest = np.maximum.reduceat(boxes[:, 3], starts)
    is_small = heights[starts] < _SMALLER * tallest
    is_raised: Flags = is_small & (boxes[starts, 3] < lowest - _RAISED * tallest)
    return is_raised


def _bold_ends(is_bold_ink: Flags, ink: Ints, starts: npt.NDArray[np.int64] | Ints) -> Ints:
    """How far each line is bold from its beginning, where it does not stay so."""
    ends = np.zeros(len(starts), np.int32)
    if not is_bold_ink.any():
        return ends
    stops = np.append(starts[1:], len(ink))
    plain = np.flatnonzero(~is_bold_ink)
    following = np.searchsorted(plain, starts)
    if not len(plain):
        return ends
    has_plain = following < len(plain)
    first = np.where(has_plain, plain[np.minimum(following, len(plain) - 1)], 0)
    is_run_in = has_plain & is_bold_ink[starts] & (first < stops)
    ends[is_run_in] = ink[first[is_run_in]] - ink[starts[is_run_in]]
    return ends


def _around(boxes: Floats, starts: npt.NDArray[np.int64] | Ints) -> Floats:
    low = np.minimum.reduceat(boxes[:, :2], starts, axis=0)
    high = np.maximum.reduceat(boxes[:, 2:], starts, axis=0)
    return np.concatenate([low, high], axis=1)


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
