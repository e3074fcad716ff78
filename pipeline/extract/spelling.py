"""The words of printed lines out of single characters: blanks by gaps, notes' marks cut. Pure."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.extract.characters import Flags, Floats, Ints
from pipeline.extract.note_marks import DASHES, is_power, marks_in
from pipeline.extract.right_to_left import are_right_to_left, speaks_right_to_left, spoken

_BLANK = 0.28
_BLANK_IN_ROWS = 0.12
_NO_BLANK = 0.05
_LETTER_SPACED = 0.6
_SMALLER = 0.8
_RAISED = 0.12


@dataclass(frozen=True, slots=True)
class Letters:
    """The ink of a page in order: its text, codes, numbers on the page, boxes turned upright.

    ``is_in_rows`` where the engine's order did not hold and characters were put in rows;
    ``is_turned`` where the boxes are not those of the page's own space turned over.
    """

    text: str
    codes: npt.NDArray[np.uint32]
    ink: Ints
    boxes: Floats
    is_in_rows: bool = False
    is_turned: bool = False


@dataclass(frozen=True, slots=True)
class Spelled:
    """One line's text, where its characters stand on the page, and the notes' marks in it.

    ``first`` is the number of its first character if those of the others follow, else -1.
    """

    text: str
    first: int
    indices: Sequence[int] = ()
    marks: tuple[tuple[int, str], ...] = ()


def spelled(
    letters: Letters, starts: npt.NDArray[np.int64] | Ints, sizes: Floats
) -> Iterator[Spelled]:
    """Yield the text of each line that begins at one of ``starts``.

    The engine's blanks hold unless a line is set letter by letter or the page was put in rows
    anew; a gap as wide as a blank without one gets one, one without a gap after
    an apostrophe is left out.
    """
    count = len(letters.ink)
    ends = np.append(starts[1:], count)
    step = np.diff(letters.ink)
    size = np.maximum(sizes, 1)
    gap = np.zeros(count, np.float32)
    gap[1:] = letters.boxes[1:, 0] - letters.boxes[:-1, 2]
    has_blank = np.zeros(count, np.bool_)
    if letters.is_in_rows:
        has_blank = gap > _BLANK_IN_ROWS * (letters.boxes[:, 3] - letters.boxes[:, 1])
    else:
        has_blank[1:] = step > 1
    lacks = ~has_blank & ((gap > _BLANK * size) | _after_small(letters.boxes, gap, size))
    needless = has_blank & (np.abs(gap) < _NO_BLANK * size) & _after_apostrophe(letters.codes)
    marks = _raised(letters, starts)
    is_odd = lacks | marks | needless
    is_odd[1:] |= step < 1
    inside = np.ones(count, np.bool_)
    inside[starts] = False
    odd = np.add.reduceat((is_odd & inside).astype(np.int32), starts)
    blanks = np.add.reduceat((has_blank & inside).astype(np.int32), starts)
    rtl = np.add.reduceat(are_right_to_left(letters.codes), starts)
    text = letters.text.replace("\ufffe", "-").replace("\x02", "-")
    first, last = letters.ink[starts].tolist(), letters.ink[ends - 1].tolist()
    rows = zip(starts.tolist(), ends.tolist(), odd.tolist(), blanks.tolist(), rtl, strict=True)
    for number, (start, end, odd_count, blank_count, rtl_count) in enumerate(rows):
        length = end - start
        is_spaced = length > 5 and blank_count > _LETTER_SPACED * (length - 1)
        is_spaced = is_spaced and _are_letters(letters.codes[start:end])
        if odd_count or is_spaced or rtl_count:
            shown = (has_blank & ~needless) | lacks
            if is_spaced:
                shown = gap > _between_letters(gap[start + 1 : end], sizes[start])
            is_rtl = bool(rtl_count) and speaks_right_to_left(letters.codes[start:end])
            yield _rebuilt(text, letters, shown, marks, (start, end), is_rtl)
        else:
            begin, stop = first[number], last[number] + 1
            yield Spelled(text[begin:stop], begin)


def _after_small(boxes: Floats, gap: Floats, size: Floats) -> Flags:
    """Whether a character follows a raised mark with a thin space."""
    heights = boxes[:, 3] - boxes[:, 1]
    found = np.zeros(len(boxes), np.bool_)
    found[1:] = (heights[:-1] < _SMALLER * heights[1:]) & (boxes[:-1, 3] < boxes[1:, 3])
    return found & (gap > _NO_BLANK * size)


def _after_apostrophe(codes: npt.NDArray[np.uint32]) -> Flags:
    found = np.zeros(len(codes), np.bool_)
    found[1:] = (codes[:-1] == 0x2019) | (codes[:-1] == 0x27)
    return found


def _are_letters(codes: npt.NDArray[np.uint32]) -> bool:
    """Whether most of a line are letters, not the dashes of a frame or the steps of a scale."""
    return sum(chr(code).isalpha() for code in codes.tolist()) * 2 > len(codes)


def _between_letters(gaps: Floats, size: float) -> float:
    """The gap above which two letters of a letter-spaced line belong to two words."""
    return float(np.median(gaps)) + 0.2 * max(float(size), 1.0)


def _raised(letters: Letters, starts: npt.NDArray[np.int64] | Ints) -> Flags:
    """Which characters are small and raised as marks of notes are."""
    boxes = letters.boxes
    heights = boxes[:, 3] - boxes[:, 1]
    if heights.min() > _SMALLER * heights.max():
        return np.zeros(len(boxes), np.bool_)
    lengths = np.diff(np.append(starts, len(boxes)))
    tallest = np.repeat(np.maximum.reduceat(heights, starts), lengths)
    lowest = np.repeat(np.maximum.reduceat(boxes[:, 3], starts), lengths)
    is_mark = (heights < _SMALLER * tallest) & (boxes[:, 3] < lowest - _RAISED * tallest)
    if is_mark.any():
        codes = letters.codes
        is_sign = ((codes >= 0x30) & (codes <= 0x39)) | (codes == 0x2A) | (codes == 0x2C)
        is_sign |= (codes == 0x2D) | (codes == 0x2013) | (codes == 0x2212)
        is_mark &= is_sign | ((codes >= 0x2020) & (codes <= 0x2021)) | (codes == 0xA7)
    is_mark[starts] = False
    for line in np.unique(np.searchsorted(starts, np.flatnonzero(is_mark), "right") - 1).tolist():
        own = slice(starts[line], starts[line] + lengths[line])
        is_mark[own] &= _is_above(boxes[own], is_mark[own])
    return is_mark


def _is_above(boxes: Floats, is_mark: Flags) -> Flags:
    """Whether the characters of a line are small and raised by most of those that are no marks:
    beside an initial of two lines all type is."""
    heights = boxes[:, 3] - boxes[:, 1]
    usual, base = np.median(heights[~is_mark]), np.median(boxes[~is_mark, 3])
    found: Flags = (heights < _SMALLER * usual) & (boxes[:, 3] < base - _RAISED * usual)
    return found


def _rebuilt(
    text: str,
    letters: Letters,
    blanks: Flags,
    marks: Flags,
    span: tuple[int, int],
    right_to_left: bool,
) -> Spelled:
    """A line put together character by character."""
    parts: list[str] = []
    indices: list[int] = []
    found: list[tuple[int, str]] = []
    order: Iterable[tuple[int, bool]] = ((n, bool(blanks[n])) for n in range(*span))
    if right_to_left:
        order = spoken(range(*span), letters.codes, letters.boxes, blanks)
    for place, is_parted in order:
        char = text[letters.ink[place]]
        if marks[place] and parts:
            goes_on = bool(found) and found[-1][0] == len(parts)
            if goes_on:
                blank = " " if is_parted else ""
                found[-1] = (len(parts), found[-1][1] + blank + char)
                continue
            if char not in DASHES and not is_power(parts, char):
                found.append((len(parts), char))
                continue
        if parts and is_parted:
            parts.append(" ")
            indices.append(-1)
        parts.append(char)
        indices.append(int(letters.ink[place]))
    marks_apart = tuple((at, mark) for at, several in found for mark in marks_in(several))
    return Spelled("".join(parts), -1, array("i", indices), marks_apart)
