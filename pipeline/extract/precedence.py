"""Which of some boxes on a page is read before which, and an order that agrees. Pure."""

from collections.abc import Sequence

import numpy as np

from pipeline.extract.characters import Flags, Floats

_TOUCH = 2.0
_GUTTER = 8.0
_LOW = 4.0
_OFF_CENTRE = 0.03


def comes_before(boxes: Floats) -> Flags:
    """Return for each pair whether the first is read before the second, shape (n, n)."""
    top = boxes[:, 1]
    x0, x1 = _widened(boxes)
    overlap = _overlap(x0, x1)
    above = top[:, None] < top
    is_left = (x1[:, None] <= x0 + _TOUCH) & ~overlap
    low, high = np.minimum(top[:, None], top), np.maximum(top[:, None], top)
    between = (low[..., None] < top) & (top < high[..., None])
    parted = (overlap[:, None, :] & overlap[None, :, :] & between).any(axis=2)
    before = (overlap & above) | (is_left & ~parted)
    np.fill_diagonal(before, False)
    return before


def _overlap(x0: Floats, x1: Floats) -> Flags:
    overlap: Flags = np.minimum(x1[:, None], x1) - np.maximum(x0[:, None], x0) > _TOUCH
    return overlap


def _widened(boxes: Floats) -> tuple[Floats, Floats]:
    """Edges of the boxes; one that reaches over two columns is taken as wide as both, and a low
    one in the middle of all, with nothing beside it, as wide as all.

    So a centred title parts the page for what stands at its left edge too.
    """
    x0, x1 = boxes[:, 0].copy(), boxes[:, 2].copy()
    overlap = _overlap(x0, x1)
    beside = ~overlap & _overlap(boxes[:, 1], boxes[:, 3])
    over_two = (overlap[:, :, None] & overlap[:, None, :] & beside[None, :, :]).any(axis=(1, 2))
    for wide in np.flatnonzero(over_two).tolist():
        touched = overlap[wide]
        x0[wide], x1[wide] = boxes[touched, 0].min(), boxes[touched, 2].max()
    is_title = _is_centred(boxes)
    x0[is_title], x1[is_title] = boxes[:, 0].min(), boxes[:, 2].max()
    return x0, x1


def _is_centred(boxes: Floats) -> Flags:
    """Which boxes are low, stand in the middle from side to side, and have none beside them."""
    left, right = boxes[:, 0].min(), boxes[:, 2].max()
    off = np.abs(boxes[:, 0] + boxes[:, 2] - left - right) / 2
    height = boxes[:, 3] - boxes[:, 1]
    is_low = height < _LOW * height.min()
    is_alone = _overlap(boxes[:, 1], boxes[:, 3]).sum(axis=1) == 1
    found: Flags = (off < _OFF_CENTRE * (right - left)) & is_low & is_alone
    return found


def sorted_by(before: Flags) -> tuple[list[int], bool]:
    """Return a topological order, ties by number; on a circle the lowest number is next."""
    left = list(range(len(before)))
    waits_for = before.sum(axis=0).tolist()
    order: list[int] = []
    is_doubtful = False
    while left:
        chosen = next((one for one in left if waits_for[one] == 0), -1)
        if chosen < 0:
            chosen, is_doubtful = left[0], True
        left.remove(chosen)
        order.append(chosen)
        for one in np.flatnonzero(before[chosen]).tolist():
            waits_for[one] -= 1
    return order, is_doubtful


def cut_by_gaps(boxes: Floats) -> list[int]:
    """Return an order by cutting the page again and again at its widest white gap (XY-cut).

    Nagy and Seth (1984), Hierarchical representation of optically scanned documents.
    """
    return _cut(boxes, list(range(len(boxes))), 0)


def _cut(boxes: Floats, numbers: list[int], depth: int) -> list[int]:
    if len(numbers) < 2 or depth > 60:
        return sorted(numbers, key=lambda one: (float(boxes[one, 1]), float(boxes[one, 0])))
    best = max((_widest_gap(boxes, numbers, axis) for axis in (0, 1)), key=lambda gap: gap[0])
    size, axis, at = best
    if size <= 0:
        return sorted(numbers, key=lambda one: (float(boxes[one, 1]), float(boxes[one, 0])))
    first = [one for one in numbers if boxes[one, axis + 2] <= at]
    second = [one for one in numbers if boxes[one, axis + 2] > at]
    return _cut(boxes, first, depth + 1) + _cut(boxes, second, depth + 1)


def _widest_gap(boxes: Floats, numbers: Sequence[int], axis: int) -> tuple[float, int, float]:
    """Size, axis and place of the widest gap; a gutter has to be wide to count."""
    own = boxes[list(numbers)]
    order = np.argsort(own[:, axis])
    ends = np.maximum.accumulate(own[order, axis + 2])
    gaps = own[order[1:], axis] - ends[:-1]
    widest = int(gaps.argmax())
    size = float(gaps[widest])
    if axis == 0 and size < _GUTTER:
        size = 0.0
    return size, axis, float(ends[widest])
