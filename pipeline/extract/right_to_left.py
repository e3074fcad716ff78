"""Hebrew and Arabic lines that a file holds as they look: put in the order they are spoken. Pure.

Words and numbers of the other direction keep theirs, as the Unicode Bidirectional Algorithm
(UAX 9) shows them within such a line; brackets are not changed for their mirror images.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from pipeline.extract.characters import Flags, Floats

FIRST_RIGHT_TO_LEFT = 0x590
_LAM, _ALEFS = "\u0644", "\u0622\u0623\u0625\u0627"
_IN_NUMBER = frozenset(".,:/-+")
_WITH_NUMBER = frozenset("%$\u20ac\u00a3\u00b0#")


def are_right_to_left(codes: npt.NDArray[np.uint32]) -> Flags:
    """Return which characters are Hebrew or Arabic."""
    found: Flags = ((codes >= 0x590) & (codes <= 0x8FF)) | ((codes >= 0xFB1D) & (codes <= 0xFEFC))
    return found


def is_right_to_left(codes: npt.NDArray[np.uint32]) -> bool:
    """Whether most letters are Hebrew or Arabic."""
    if not len(codes) or codes.max() < FIRST_RIGHT_TO_LEFT:
        return False
    return bool(are_right_to_left(codes).sum() * 2 > len(codes))


def speaks_right_to_left(codes: npt.NDArray[np.uint32]) -> bool:
    """Whether more letters of a line are Hebrew or Arabic than others, numbers apart."""
    own = int(are_right_to_left(codes).sum())
    return own > sum(_way(code) == "L" for code in codes.tolist())


def spoken(
    places: Sequence[int], codes: npt.NDArray[np.uint32], boxes: Floats, blanks: Flags
) -> Iterator[tuple[int, bool]]:
    """Yield the characters of a right to left line as spoken, and whether a blank comes before.

    Parameters
    ----------
    places
        Where they stand in the other arrays, in the file's order.
    boxes
        Where each stands on the page; where a line's letters mostly go to the left, it stands
        as spoken already.
    blanks
        Whether a blank stands left of each.
    """
    letters = [n for n in places if _way(int(codes[n])) == "R" and chr(int(codes[n])).isalpha()]
    steps = np.diff(boxes[letters, 0])
    glyphs = [tuple(boxes[place].tolist()) for place in places]
    if (steps > 0).sum() <= (steps < 0).sum():
        yield from _as_given(places, codes, glyphs, blanks)
        return
    units = list(_units(places, codes, blanks))
    is_parted = False
    for _, pieces in groupby(reversed(units), key=lambda unit: glyphs[unit[0] - places[0]]):
        said = [place for unit in reversed(list(pieces)) for place in unit]
        yield said[0], is_parted
        yield from ((place, bool(blanks[place])) for place in said[1:])
        is_parted = bool(blanks[said[0]])


def _as_given(
    places: Sequence[int],
    codes: npt.NDArray[np.uint32],
    glyphs: Sequence[tuple[float, ...]],
    blanks: Flags,
) -> Iterator[tuple[int, bool]]:
    """The file's own order, but within glyphs of several letters."""
    for _, glyph in groupby(zip(glyphs, places, strict=True), key=itemgetter(0)):
        said = [place for _, place in glyph]
        signs = "".join(chr(int(codes[place])) for place in said)
        order = reversed(said) if _stands_turned(signs) else said
        yield from ((place, bool(blanks[said[0]]) and not n) for n, place in enumerate(order))


def _stands_turned(glyph: str) -> bool:
    """Whether the letters of one glyph are given from its left, as PDFium turns its line round.

    >>> _stands_turned("\u0627\u0644"), _stands_turned("\u0644\u0627")
    (True, False)
    """
    if len(glyph) < 2 or _way(ord(glyph[0])) != "R":
        return False
    return len(glyph) > 2 or (glyph[0] in _ALEFS and glyph[1] == _LAM)


def distances(
    codes: npt.NDArray[np.uint32], boxes: Floats, ends_line: npt.NDArray[np.int64], wide: float
) -> Floats:
    """Return how far each character stands from the one before it, shape (n - 1,).

    In lines with Hebrew or Arabic on either side of it; what runs to the right there counts as
    one piece, for the line goes on at its other end.

    Parameters
    ----------
    wide
        The gap that ends such a piece, as a share of the type's height.
    """
    gaps: Floats = boxes[1:, 0] - boxes[:-1, 2]
    if not are_right_to_left(codes).any():
        return gaps
    cuts = np.flatnonzero(np.diff(ends_line)) + 1
    for line in np.split(np.arange(len(codes)), cuts):
        if not are_right_to_left(codes[line]).any():
            continue
        own = gaps[line[:-1]]
        height = boxes[line[1:], 3] - boxes[line[1:], 1]
        blanks = np.concatenate([[False], (own > wide * height) | (own < -height)])
        units = list(_units(range(len(line)), codes[line], blanks))
        pieces = [boxes[line[unit]] for unit in units]
        apart = [_apart(first, second) for first, second in pairwise(pieces)]
        gaps[line[[unit[0] for unit in units[1:]]] - 1] = apart
    return gaps


def _apart(first: Floats, second: Floats) -> float:
    """The gap between two pieces, on whichever side; one printed over a word stands far off."""
    left, right = first[:, 0].min(), first[:, 2].max()
    other_left, other_right = second[:, 0].min(), second[:, 2].max()
    gap = max(other_left - right, left - other_right)
    is_over = -gap > 0.9 * min(right - left, other_right - other_left)
    return -np.inf if is_over and max(len(first), len(second)) > 1 else float(gap)


def _units(
    places: Sequence[int], codes: npt.NDArray[np.uint32], blanks: Flags
) -> Iterator[Sequence[int]]:
    """Stretches of a line from left to right that are said as they stand; single letters else."""
    ways = [_way(int(codes[place])) for place in places]
    parted = [bool(blanks[place]) for place in places]
    signs = [chr(int(codes[place])) for place in places]
    start = 0
    while start < len(places):
        end = start + 1
        if ways[start] in "LD":
            while following := _following(ways, parted, signs, end):
                end = following
        elif _leads(ways, parted, signs, start):
            end = start + 2
            while following := _following(ways, parted, signs, end):
                end = following
        if end < len(places) and ways[end - 1] == "D" and not parted[end]:
            end += signs[end] in _WITH_NUMBER
        yield places[start:end]
        start = end


def _leads(ways: Sequence[str], parted: Sequence[bool], signs: Sequence[str], at: int) -> bool:
    """Whether a sign stands before a number that it belongs to."""
    is_before = at + 1 < len(ways) and ways[at + 1] == "D" and not parted[at + 1]
    return signs[at] in _WITH_NUMBER and is_before


def _following(ways: Sequence[str], parted: Sequence[bool], signs: Sequence[str], end: int) -> int:
    """Where a stretch that ends before ``end`` ends if it goes on behind signs; 0 if not."""
    found = end
    while found < len(ways) and ways[found] == "N":
        found += 1
    if found == len(ways) or ways[found] == "R":
        return 0
    if ways[end - 1] == "D" == ways[found]:
        is_one = found - end < 2 and not any(parted[end : found + 1])
        return found + 1 if is_one and _IN_NUMBER.issuperset(signs[end:found]) else 0
    return found + 1


def _way(code: int) -> str:
    """Left to right, digit, right to left, or neither."""
    letter = chr(code)
    if letter.isdigit():
        return "D"
    if 0x590 <= code <= 0x8FF or 0xFB1D <= code <= 0xFEFC:
        return "R"
    return "L" if letter.isalpha() else "N"
