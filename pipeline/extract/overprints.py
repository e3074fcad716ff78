"""Characters printed twice: shadows, bold by a second stroke, pages in two passes. Pure."""

import numpy as np
import numpy.typing as npt

from pipeline.extract.characters import Flags, Floats
from pipeline.extract.repeats import printed_again

_HALF = 0.5
_STEPS = (1, 2, 3)


def overprinted(
    codes: npt.NDArray[np.uint32], boxes: Floats, *, is_printed_again: bool = False
) -> Flags:
    """Return which characters stand where the same ones stood before.

    One alone counts within half its width, four in a row within half their height; the letters
    of a ligature, which share its box, do not.

    Parameters
    ----------
    is_printed_again
        Whether the page says some of it in two passes; if not, no runs are looked for.
    """
    doubled = np.zeros(len(codes), np.bool_)
    if _has_collision(codes, boxes):
        for shift in (0.0, _HALF):
            doubled |= _singles(codes, boxes, shift)
    if is_printed_again:
        doubled |= printed_again(codes, boxes)
    return doubled


def _singles(codes: npt.NDArray[np.uint32], boxes: Floats, shift: float) -> Flags:
    """Characters beside the same one in a band across the page as high as its type."""
    doubled = np.zeros(len(codes), np.bool_)
    tall = max(float(np.median(boxes[:, 3] - boxes[:, 1])), _HALF)
    band = np.floor(boxes[:, 1] / tall + shift)
    order = np.lexsort((boxes[:, 0], band, codes))
    width = np.maximum(boxes[order, 2] - boxes[order, 0], 0.5)
    height = np.maximum(boxes[order, 3] - boxes[order, 1], 0.5)
    for step in _STEPS:
        first, second = order[:-step], order[step:]
        is_same = codes[first] == codes[second]
        is_same &= np.abs(boxes[first, 0] - boxes[second, 0]) < _HALF * width[step:]
        is_same &= np.abs(boxes[first, 1] - boxes[second, 1]) < _HALF * height[step:]
        is_one_glyph = (np.abs(first - second) < 3) & (boxes[first] == boxes[second]).all(axis=1)
        is_same &= ~is_one_glyph
        doubled[np.maximum(first[is_same], second[is_same])] = True
    return doubled


def _has_collision(codes: npt.NDArray[np.uint32], boxes: Floats) -> bool:
    """Whether two equal characters stand in one field of two points: a quick first look."""
    is_own = np.ones(len(codes), np.bool_)
    is_own[1:] = (boxes[1:] != boxes[:-1]).any(axis=1)
    codes, boxes = codes[is_own], boxes[is_own]
    keys = codes.astype(np.int64) << 32
    keys += (boxes[:, 0] * _HALF).astype(np.int64) << 16
    keys += (boxes[:, 1] * _HALF).astype(np.int64)
    keys.sort()
    return bool((keys[1:] == keys[:-1]).any())
