"""Header cells that stand so close together that they were taken for one. Pure."""

from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.lines import Bounds
from pipeline.extract.tables import Cell

_LEAST_ROWS = 2


def parted_heads(
    head: Sequence[Cell], boxes: Sequence[Bounds], body: Sequence[Sequence[Bounds]]
) -> tuple[Cell, ...]:
    """Return a header with as many cells as the rows below have, where its words allow that.

    A cell that stands over two columns is parted at the blank nearest to what parts them, of
    those before a capital or a digit.

    Parameters
    ----------
    boxes
        Where the cells of the header stand.
    body
        Where the cells of the rows below stand.
    """
    count = max(map(len, body), default=0)
    full = [row for row in body if len(row) == count]
    if len(head) >= count or len(full) < _LEAST_ROWS:
        return tuple(head)
    lefts = [min(row[n][0] for row in full) for n in range(count)]
    rights = [max(row[n][2] for row in full) for n in range(count)]
    seams = [(right + left) / 2 for right, left in zip(rights, lefts[1:], strict=False)]
    found: list[Cell] = []
    for cell, box in zip(head, boxes, strict=True):
        own = [n for n in range(count) if lefts[n] < box[2] and rights[n] > box[0]]
        found += _parted(cell, box, [seams[n] for n in own[:-1]])
    return tuple(found) if len(found) == count else tuple(head)


def _parted(cell: Cell, box: Bounds, seams: Sequence[float]) -> list[Cell]:
    """A cell cut at a blank for each seam; its letters are taken to be of one width."""
    letter = (box[2] - box[0]) / max(len(cell.text), 1)
    names = [one.isupper() or one.isdigit() for one in cell.text]
    blanks = [n for n, sign in enumerate(cell.text[:-1]) if sign == " " and names[n + 1]]
    if len(blanks) < len(seams):
        return [cell]
    cuts = [-1]
    for seam in seams:
        free = [n for n in blanks if n > cuts[-1]]
        if not free:
            return [cell]
        cuts.append(min(free, key=lambda n: abs(box[0] + (n + 0.5) * letter - seam)))
    cuts.append(len(cell.text))
    return [
        Cell(cell.text[start + 1 : end], tuple(cell.indices[start + 1 : end]), cell.is_bold)
        for start, end in pairwise(cuts)
    ]
