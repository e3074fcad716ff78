"""Rectangles of a page that is shown, on the page turned so that its text stands upright. Pure."""

from collections.abc import Sequence

import numpy as np

from pipeline.extract.characters import SLANTED, Characters, Ints
from pipeline.extract.lines import Bounds


def main_way(characters: Characters, ink: Ints) -> int:
    """Return the quarter turns clockwise that most of some characters run, in the page's space."""
    ways = characters.quarters[ink] % SLANTED
    return int(np.bincount(ways, minlength=4).argmax()) if len(ways) else 0


def upright(bounds: Bounds, turn: int, width: float = 0.0, height: float = 0.0) -> Bounds:
    """Return where a rectangle of the shown page stands when its text is upright.

    Parameters
    ----------
    turn
        Quarter turns clockwise that text runs on the shown page.
    width, height
        Of the page with its text upright; without them only the order of places tells.

    >>> upright((10, 20, 30, 60), 1, 800, 600), upright((10, 20, 30, 60), 3, 800, 600)
    ((20, 570, 60, 590), (740, 10, 780, 30))
    """
    x0, top, x1, bottom = bounds
    if turn == 1:
        return top, height - x1, bottom, height - x0
    if turn == 2:
        return width - x1, height - bottom, width - x0, height - top
    if turn == 3:
        return width - bottom, x0, width - top, x1
    return bounds


def upright_grid(
    grid: Sequence[Sequence[Bounds | None]], turn: int
) -> Sequence[Sequence[Bounds | None]]:
    """Return the cells of a grid in rows and columns as its text runs, placed as shown."""
    if not turn:
        return grid
    cells = [cell for row in grid for cell in row if cell]
    places = {upright(cell, turn)[:2]: cell for cell in cells}
    lefts = sorted({left for left, _ in places})
    tops = sorted({top for _, top in places})
    return [[places.get((left, top)) for left in lefts] for top in tops]
