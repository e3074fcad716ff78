"""Lines to columns, and columns in the order in which a reader takes them. Pure.

Lines are chained downwards. Of two columns that overlap from side to side the upper comes
first; of two beside each other the left, unless a third that overlaps both stands between
them in height (a full-width title parts the page).
"""

from collections.abc import Sequence

from pipeline.extract.layout import Column, PrintedLine, box_of
from pipeline.model.source import Box

_CHAIN_GAP = 0.9
_SIZE_RATIO = 0.87
_SHARED = 0.5
MOST_COLUMNS = 70


def columns_of(lines: Sequence[PrintedLine]) -> tuple[Column, ...]:
    """Return lines chained downwards: near, over one another, of like size."""
    chains: list[list[PrintedLine]] = []
    for line in lines:
        fitting = [chain for chain in chains if _continues(chain[-1], line)]
        if fitting:
            nearest = max(fitting, key=lambda chain: _x_overlap(chain[-1].box, line.box))
            nearest.append(line)
        else:
            chains.append([line])
    return tuple(Column(tuple(chain), box_of([one.box for one in chain])) for chain in chains)


def _continues(last: PrintedLine, line: PrintedLine) -> bool:
    height = max(last.box.bottom - last.box.top, 1)
    gap = line.box.top - last.box.bottom
    sizes = sorted((last.size, line.size))
    return (
        -0.5 * height <= gap <= _CHAIN_GAP * height
        and sizes[0] >= _SIZE_RATIO * sizes[1]
        and _x_overlap(last.box, line.box) > _SHARED * _narrower(last.box, line.box)
        and line.box.top > last.box.top
    )


def _x_overlap(one: Box, other: Box) -> float:
    return min(one.x1, other.x1) - max(one.x0, other.x0)


def _narrower(one: Box, other: Box) -> float:
    return min(one.x1 - one.x0, other.x1 - other.x0)


def in_order(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return columns as a reader takes them; on a circle the uppermost is taken next.

    A page in more than ``MOST_COLUMNS`` pieces has no order that could be told: it is read
    from top to bottom.
    """
    left = sorted(columns, key=lambda column: (column.box.top, column.box.x0))
    if len(left) > MOST_COLUMNS:
        return tuple(left)
    before = {
        id(one): {id(o) for o in left if o is not one and _comes_first(o, one, left)}
        for one in left
    }
    ordered: list[Column] = []
    while left:
        waiting = {id(column) for column in left}
        free = [column for column in left if not before[id(column)] & waiting]
        chosen = _next(free or left[:1], ordered)
        ordered.append(chosen)
        left.remove(chosen)
    return tuple(ordered)


def _next(free: Sequence[Column], ordered: Sequence[Column]) -> Column:
    """Stay in the column one is reading, where it goes on."""
    if ordered:
        below = [c for c in free if _x_overlap(c.box, ordered[-1].box) > 0]
        if below:
            return min(below, key=lambda c: (c.box.top, c.box.x0))
    return min(free, key=lambda c: (c.box.x0, c.box.top))


def _comes_first(one: Column, other: Column, columns: Sequence[Column]) -> bool:
    if _x_overlap(one.box, other.box) > 0:
        return one.box.top < other.box.top
    if one.box.x1 > other.box.x0:
        return False
    low, high = sorted((one.box, other.box), key=lambda box: box.top)
    return not any(
        _x_overlap(third.box, one.box) > 0
        and _x_overlap(third.box, other.box) > 0
        and low.top < third.box.top < high.top
        for third in columns
    )
