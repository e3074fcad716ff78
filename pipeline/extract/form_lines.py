"""What was filled into a form put behind the words that it answers. Pure."""

from dataclasses import replace

import numpy as np

from pipeline.extract.characters import Floats
from pipeline.extract.lines import Lines

_FARTHEST = 3.0


def with_answers(lines: Lines, first: int) -> Lines:
    """Return the lines of a page, each answer behind the line at its left or else the one above.

    Parameters
    ----------
    first
        The number on the page of the first character that stands in a field.
    """
    is_answer = [max(indices, default=-1) >= first for indices in lines.indices]
    asked = [n for n, answers in enumerate(is_answer) if not answers]
    behind: dict[int, list[int]] = {}
    beside: set[int] = set()
    for number in (n for n, answers in enumerate(is_answer) if answers):
        mate, is_beside = _mate(lines.boxes, asked, number)
        behind.setdefault(mate, []).append(number)
        if is_beside:
            beside.add(number)
    order = [
        n for mate in (*asked, -1) for n in ([mate] if mate >= 0 else []) + behind.get(mate, [])
    ]
    return _joined(lines.take(order), [n in beside for n in order])


def _mate(boxes: Floats, asked: list[int], number: int) -> tuple[int, bool]:
    """The line that an answer belongs to, -1 for none, and whether it stands beside it."""
    if not asked:
        return -1, False
    left, top, right, bottom = boxes[number].tolist()
    others = boxes[asked]
    height = np.minimum(others[:, 3] - others[:, 1], bottom - top)
    shared = np.minimum(others[:, 3], bottom) - np.maximum(others[:, 1], top)
    is_left = (shared > 0.5 * height) & (others[:, 2] <= left + 2)
    if is_left.any():
        return asked[int(np.where(is_left, others[:, 2], -np.inf).argmax())], True
    is_above = (others[:, 3] <= top + height) & (others[:, 0] < right) & (others[:, 2] > left)
    is_above &= top - others[:, 3] < _FARTHEST * height
    if is_above.any():
        return asked[int(np.where(is_above, others[:, 3], -np.inf).argmax())], False
    return -1, False


def _joined(lines: Lines, goes_on: list[bool]) -> Lines:
    """Lines of which some go on the one before them."""
    texts, indices = list(lines.texts), list(lines.indices)
    firsts, others = lines.firsts.copy(), dict(lines.others)
    shown, boxes = lines.shown.copy(), lines.boxes.copy()
    for number in reversed(range(1, len(lines))):
        if not goes_on[number]:
            continue
        texts[number - 1] += " " + texts[number]
        indices[number - 1] = (*indices[number - 1], -1, *indices[number])
        firsts[number - 1], others[number - 1] = -1, indices[number - 1]
        for array in (shown, boxes):
            pair = array[number - 1 : number + 1]
            array[number - 1] = (*pair[:, :2].min(axis=0), *pair[:, 2:].max(axis=0))
    whole = replace(
        lines, texts=tuple(texts), firsts=firsts, others=others, shown=shown, boxes=boxes
    )
    return whole.take([number for number, is_part in enumerate(goes_on) if not is_part])
