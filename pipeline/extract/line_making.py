"""Characters that make up lines: their words, boxes, type, and how they begin. Pure."""

import numpy as np
import numpy.typing as npt

from pipeline.extract.characters import Characters, Flags, Floats, Ints, is_bold, is_symbol
from pipeline.extract.lines import Lines
from pipeline.extract.spelling import Letters, spelled

_SMALLER = 0.8
_RAISED = 0.12


def lines_of(
    characters: Characters, letters: Letters, starts: npt.NDArray[np.int64] | Ints
) -> Lines:
    """Return the lines that begin at some of a page's letters."""
    ink, boxes = letters.ink, letters.boxes
    if not len(ink):
        nothing = np.zeros((0, 4), np.float32)
        none = np.zeros(0, np.int32)
        no = none.astype(np.bool_)
        few = none.astype(np.float32)
        return Lines((), none, {}, (), nothing, nothing, few, none, no, no, none, no, few)
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
        np.array([one.first for one in spellings], np.int32),
        {number: one.indices for number, one in enumerate(spellings) if one.first < 0},
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
