"""Tables without ruling, known by rows of short pieces beside one another. Pure."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.extract.characters import Floats
from pipeline.extract.lines import Lines, rows_of

_LEAST_ROWS = 3
_LEAST_CELLS = 3
_LONGEST_CELL = 22
_ROW_STEP = 3.0


def table_rows(lines: Lines) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """Return tables without ruling, each as rows of line numbers.

    A table holds at least three rows of three or more short pieces. Rows of two short pieces
    belong to it, and one row of a single piece between two others.
    """
    if not _may_hold_table(lines.boxes):
        return ()
    rows = [tuple(row) for row in rows_of(lines.boxes)]
    grades = [_grade(row, lines.texts) for row in rows]
    tables: list[tuple[tuple[int, ...], ...]] = []
    start = 0
    while start < len(rows):
        if grades[start] < _PAIR:
            start += 1
            continue
        end = start + 1
        last = end
        while end < len(rows) and _is_near(lines.boxes, rows[end - 1], rows[end]):
            if grades[end] >= _PAIR:
                last = end + 1
            elif grades[end] < _SINGLE or end > last:
                break
            end += 1
        if sum(grade == _FULL for grade in grades[start:last]) >= _LEAST_ROWS:
            tables.append(tuple(rows[start:last]))
        start = last
    return tuple(tables)


_FULL, _PAIR, _SINGLE, _TEXT = 3, 2, 1, 0


def _grade(row: Sequence[int], texts: Sequence[str]) -> int:
    """How much a row looks like one of a table: by how many pieces it has, all of them short."""
    mean = sum(len(texts[number]) for number in row) / len(row)
    if len(row) >= _LEAST_CELLS and mean < _LONGEST_CELL:
        return _FULL
    if len(row) == 2 and mean < _LONGEST_CELL:
        return _PAIR
    return _SINGLE if len(row) == 1 and mean < 2 * _LONGEST_CELL else _TEXT


def _may_hold_table(boxes: Floats) -> bool:
    middle = (boxes[:, 1] + boxes[:, 3]) / 2
    height = np.median(boxes[:, 3] - boxes[:, 1])
    beside: npt.NDArray[np.int64] = (np.abs(middle[:, None] - middle) < 0.5 * height).sum(axis=1)
    return int((beside >= _LEAST_CELLS).sum()) >= _LEAST_CELLS * _LEAST_ROWS


def _is_near(boxes: Floats, upper: Sequence[int], lower: Sequence[int]) -> bool:
    gap = boxes[lower[0], 1] - boxes[upper[0], 3]
    return bool(gap < _ROW_STEP * (boxes[upper[0], 3] - boxes[upper[0], 1]))
