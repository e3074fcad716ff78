"""Printed lines to groups, and groups in the order in which a reader takes them. Pure.

Lines that follow in the engine's order, each a little below or beside the last, make a
group. Of two groups that overlap from side to side the upper comes first; of two beside each
other the left, unless a third that overlaps both stands between them in height (a
full-width title parts the page). Ties go to the engine's order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.extract.characters import Flags, Floats
from pipeline.extract.lines import Bounds, Lines, rows_of
from pipeline.extract.precedence import comes_before, cut_by_gaps, sorted_by
from pipeline.extract.table_rows import table_rows

_STEP = 1.6
_SIZE_RATIO = 0.87
MOST_GROUPS = 70


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that are read one after the other.

    Attributes
    ----------
    rows
        The lines of each row of a table without ruling; empty for running text.
    table
        Which of the ruled tables it stands for, from 0; -1 for none.
    """

    numbers: tuple[int, ...]
    box: Bounds
    rows: tuple[tuple[int, ...], ...] = ()
    table: int = -1


@dataclass(frozen=True, slots=True)
class Order:
    """Groups as a reader takes them; ``is_doubtful`` where no order could be told."""

    groups: tuple[Group, ...]
    is_doubtful: bool = False


def in_order(lines: Lines, tables: Sequence[Bounds] = ()) -> Order:
    """Return the lines of a page in groups, in reading order, with its ruled tables among
    them (x0, top, x1, bottom).
    """
    if not len(lines) and not tables:
        return Order(())
    if not tables and _is_one_column(lines.boxes):
        boxes = lines.boxes.tolist()
        return Order(tuple(Group(tuple(c), _box(boxes, c)) for c in _chains(lines, set())))
    rows = table_rows(lines) if len(lines) else ()
    taken = {number for table in rows for row in table for number in row}
    chains = _chains(lines, taken)
    boxes_of = lines.boxes.tolist()
    groups = [Group(tuple(chain), _box(boxes_of, chain)) for chain in chains]
    for table in rows:
        numbers = tuple(number for row in table for number in row)
        groups.append(Group(numbers, _box(boxes_of, numbers), table))
    groups = _with_row_mates(groups, lines)
    groups += [Group((), bounds, table=number) for number, bounds in enumerate(tables)]
    groups.sort(key=lambda group: _first(group, lines))
    boxes = np.array([group.box for group in groups], np.float32)
    if len(groups) > MOST_GROUPS:
        return Order(tuple(groups[i] for i in cut_by_gaps(boxes)), is_doubtful=True)
    order, is_doubtful = sorted_by(comes_before(boxes))
    return Order(tuple(groups[i] for i in order), is_doubtful)


def by_rows(lines: Lines) -> Order:
    """Return the lines of a page whose lines are numbered in print, row by row: what stands on
    one height is one line there, however wide the space within.
    """
    rows = list(rows_of(lines.boxes))
    boxes = lines.boxes.tolist()
    row_boxes = np.array([_box(boxes, row) for row in rows], np.float32)
    goes_on = _goes_on(row_boxes, lines.sizes[[row[0] for row in rows]]).tolist()
    chains: list[list[int]] = []
    for row, follows in zip(rows, [False, *goes_on], strict=True):
        if follows:
            chains[-1] += row
        else:
            chains.append(list(row))
    return Order(tuple(Group(tuple(chain), _box(boxes, chain)) for chain in chains))


def _is_one_column(boxes: Floats) -> bool:
    """Whether every line stands below the one before it: then there is nothing to order."""
    height = boxes[:-1, 3] - boxes[:-1, 1]
    return bool((boxes[1:, 1] > boxes[:-1, 3] - 0.4 * height).all())


def _with_row_mates(groups: list[Group], lines: Lines) -> list[Group]:
    """Join a lone piece at the right to the line it stands beside: a date, a place, a value.

    A piece with neighbours above or below it near by is part of a column and stays.
    """
    if len(groups) < 2 or len(groups) > MOST_GROUPS:
        return groups
    boxes = np.array([group.box for group in groups], np.float32)
    is_line = np.array([len(group.numbers) == 1 and not group.rows for group in groups])
    height = boxes[:, 3] - boxes[:, 1]
    level = np.minimum(boxes[:, 3], boxes[:, 3, None]) - np.maximum(boxes[:, 1], boxes[:, 1, None])
    mates = is_line & is_line[:, None] & (level > 0.6 * np.minimum(height, height[:, None]))
    mates &= boxes[:, 2] <= boxes[:, 0, None] + 1
    if not mates.any():
        return groups
    across = np.minimum(boxes[:, 2], boxes[:, 2, None]) - np.maximum(boxes[:, 0], boxes[:, 0, None])
    near = (boxes[:, 1] - boxes[:, 3, None] < 2 * height[:, None]) & (
        boxes[:, 1, None] - boxes[:, 3] < 2 * height[:, None]
    )
    np.fill_diagonal(near, False)
    is_lone = (mates.sum(axis=1) == 1) & ~(near & (across > 0)).any(axis=1)
    taken = {right: int(mates[right].argmax()) for right in np.flatnonzero(is_lone).tolist()}
    joined = []
    for number, group in enumerate(groups):
        if number in taken and taken[number] not in taken:
            continue
        mates_of = [one for one, left in taken.items() if left == number and number not in taken]
        numbers = (*group.numbers, *(n for one in mates_of for n in groups[one].numbers))
        joined.append(replace(group, numbers=numbers, box=_box(lines.boxes.tolist(), numbers)))
    return joined


def _first(group: Group, lines: Lines) -> float:
    """Where a group stands in the engine's order; a ruled table before the lines below it."""
    if group.numbers:
        return min(group.numbers)
    below = np.flatnonzero(lines.boxes[:, 1] > group.box[1])
    return float(below[0]) - 0.5 if len(below) else float(len(lines))


def _box(boxes: Sequence[Sequence[float]], numbers: Sequence[int]) -> Bounds:
    own = [boxes[number] for number in numbers]
    return (
        min(box[0] for box in own),
        min(box[1] for box in own),
        max(box[2] for box in own),
        max(box[3] for box in own),
    )


def _chains(lines: Lines, taken: set[int]) -> list[list[int]]:
    numbers = [number for number in range(len(lines)) if number not in taken]
    if not numbers:
        return []
    own = lines.take(numbers) if taken else lines
    goes_on = [False, *_goes_on(own.boxes, own.sizes).tolist()]
    chains: list[list[int]] = []
    for number, follows in zip(numbers, goes_on, strict=True):
        if follows and chains[-1][-1] == number - 1:
            chains[-1].append(number)
        else:
            chains.append([number])
    return chains


def _goes_on(boxes: Floats, sizes: Floats) -> Flags:
    """Whether each line but the first goes on below or beside the one before it."""
    first, second = boxes[:-1], boxes[1:]
    height = np.maximum(first[:, 3] - first[:, 1], 1)
    across = np.minimum(first[:, 2], second[:, 2]) - np.maximum(first[:, 0], second[:, 0])
    down = second[:, 1] - first[:, 3]
    ratio = np.minimum(sizes[:-1], sizes[1:]) / np.maximum(np.maximum(sizes[:-1], sizes[1:]), 0.1)
    is_below = (across > 0) & (down > -0.5 * height) & (down < _STEP * height)
    is_below &= second[:, 1] > first[:, 1] + 0.3 * height
    overlap = np.minimum(first[:, 3], second[:, 3]) - np.maximum(first[:, 1], second[:, 1])
    gap = second[:, 0] - first[:, 2]
    is_beside = (overlap > 0.5 * height) & (gap > -0.3 * height) & (gap < _STEP * height)
    goes_on: Flags = (is_below | is_beside) & (ratio >= _SIZE_RATIO)
    return goes_on
