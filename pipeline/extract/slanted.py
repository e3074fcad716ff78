"""Text that runs slanted over a page: watermarks, and labels at the axes of charts. Pure."""

import numpy as np

from pipeline.extract.characters import SLANTED, Characters, Floats, Ints
from pipeline.extract.line_making import lines_of
from pipeline.extract.lines import Lines
from pipeline.extract.spelling import Letters

_LEAST_SLANT = 0.17
_FARTHEST = 3


def ways_of(axes: Floats) -> Ints:
    """Return the quarter turns clockwise of the ways that type runs, ``SLANTED`` added where both
    its axes lie between two of them; of type drawn oblique one does.

    Parameters
    ----------
    axes
        The first four numbers of the matrices of characters, shape (n, 4).
    """
    angles = np.arctan2(axes[:, 2], axes[:, 0])
    quarters = (np.rint(np.nan_to_num(angles) / (np.pi / 2)) % 4).astype(np.int32)
    size = np.abs(axes)
    is_off = np.ones(len(axes), np.bool_)
    for x, y in ((0, 1), (2, 3)):
        longest = np.maximum(size[:, x], size[:, y])
        is_off &= np.minimum(size[:, x], size[:, y]) > _LEAST_SLANT * longest
    return (quarters + SLANTED * is_off).astype(np.int32)


def slanted_lines(characters: Characters, ink: Ints) -> Lines:
    """Return slanted ink in the engine's own lines and with its blanks: its boxes overlap."""
    ended = np.cumsum(characters.codes == 0x0A)[ink]
    is_break = (np.diff(ended) > 0) | (np.diff(ink) > _FARTHEST)
    starts = np.flatnonzero(np.concatenate([[True], is_break])) if len(ink) else ink
    left = np.arange(len(ink), dtype=np.float32)
    boxes = np.stack((left, np.zeros_like(left), left + 1, np.ones_like(left)), axis=1)
    letters = Letters(characters.text, characters.codes[ink], ink, boxes, is_turned=True)
    return lines_of(characters, letters, starts)
