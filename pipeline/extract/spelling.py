"""The words of printed lines out of single characters: blanks by gaps, notes' marks cut. Pure."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.extract.characters import Flags, Floats, Ints

_BLANK = 0.28
_BLANK_IN_ROWS = 0.12
_NO_BLANK = 0.05
_LETTER_SPACED = 0.6
_SMALLER = 0.8
_RAISED = 0.12
_MOST_MARK = 4
_MARKS = frozenset("0123456789*\u2020\u2021\u00a7,")
_UNITS = frozenset({"m", "km", "cm", "mm", "ft", "in", "mi", "CO"})
_DASHES = "-\u2013\u2212"


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


def is_right_to_left(codes: npt.NDArray[np.uint32]) -> bool:
    """Whether most letters are Hebrew or Arabic."""
    if not len(codes) or codes.max() < 0x590:
        return False
    count = ((codes >= 0x590) & (codes <= 0x8FF)) | ((codes >= 0xFB1D) & (codes <= 0xFEFC))
    return bool(count.sum() * 2 > len(codes))


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
    rtl = np.add.reduceat((letters.codes >= 0x590) & (letters.codes <= 0x8FF), starts)
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
            yield _rebuilt(text, letters, shown, marks, (start, end), bool(rtl_count * 2 > length))
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
    places = list(range(*span))
    if right_to_left:
        places = _logical(places, letters)
    for before, place in zip([places[0], *places], places, strict=False):
        char = text[letters.ink[place]]
        if marks[place] and parts:
            goes_on = bool(found) and found[-1][0] == len(parts)
            if goes_on:
                found[-1] = (len(parts), found[-1][1] + char)
                continue
            if char not in _DASHES and not _is_power(parts, char):
                found.append((len(parts), char))
                continue
        if parts and _is_parted(blanks, before, place):
            parts.append(" ")
            indices.append(-1)
        parts.append(char)
        indices.append(int(letters.ink[place]))
    return Spelled("".join(parts), -1, array("i", indices), tuple(found))


def _is_parted(blanks: Flags, before: int, place: int) -> bool:
    """Whether a blank stands between two characters said one after the other.

    ``blanks`` are those left of each character; right to left it is the one read before that
    has the blank at its left, and at a number's edge the one beside the number.
    """
    if place > before:
        return bool(blanks[place])
    return bool(blanks[before] or blanks[place + 1])


def _is_power(parts: Sequence[str], char: str) -> bool:
    """Whether a raised digit is an exponent: after a digit that ends no year, a unit, a
    variable of one letter, or a minus behind one of these."""
    tail = "".join(parts[-6:]).split(" ")[-1].lstrip("(/[")
    if tail[-1:].isdigit():
        return not (len(tail) == 4 and tail.isdigit())
    if tail[-1:] in _DASHES and tail[:-1]:
        return char.isdigit() and (tail[-2].isdigit() or tail[:-1] in _UNITS or len(tail) == 2)
    is_variable = len(tail) == 1 and tail.isalpha() and tail not in "aAI"
    return (tail in _UNITS or is_variable) and char in "23"


def _logical(places: list[int], letters: Letters) -> list[int]:
    """Right to left text in the order it is spoken: x falls as one reads, but within numbers."""
    lefts = letters.boxes[places, 0]
    if len(places) < 2 or (np.diff(lefts) > 0).sum() <= (np.diff(lefts) < 0).sum():
        return places
    reversed_places = places[::-1]
    ordered: list[int] = []
    number: list[int] = []
    for place in reversed_places:
        if 0x30 <= letters.codes[place] <= 0x39:
            number.insert(0, place)
            continue
        ordered += [*number, place]
        number = []
    return ordered + number
