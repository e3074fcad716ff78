"""Tables without ruling, known by rows of short pieces beside one another. Pure."""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass

import numpy as np

from pipeline.extract.characters import Floats
from pipeline.extract.lines import Lines, rows_of
from pipeline.extract.tables import is_number

_LEAST_ROWS = 3
_LEAST_CELLS = 3
_LONGEST_CELL = 22
_LONGEST_TEXT = 30
_ROW_STEP = 3.0
_SAME_EDGE = 3.0


@dataclass(frozen=True, slots=True)
class RowTable:
    """A table as the lines of each row; those that go on in a cell stand at the row's end.

    ``heads`` is how many rows are its header, 0 where only its words can tell.
    """

    rows: tuple[tuple[int, ...], ...]
    heads: int = 0


@dataclass(frozen=True, slots=True)
class TableRow:
    """The pieces that stand side by side, and the lines that go on under them."""

    pieces: tuple[int, ...]
    under: tuple[int, ...] = ()


def table_rows(lines: Lines, taken: Set[int] = frozenset()) -> tuple[RowTable, ...]:
    """Return tables without ruling, of lines that are not taken yet.

    A table holds at least three rows of three or more short pieces; where numbers stand in a row
    most of them have to be short. Rows of two short pieces belong to it, and one row of a single
    piece between two others.
    """
    if not _may_hold_table(lines.boxes):
        return ()
    texts, boxes = lines.texts, lines.boxes
    own = [row for row in rows_of(boxes) if taken.isdisjoint(row)]
    rows = folded(boxes, own, lambda row: _grade(row, texts) == _FULL)
    grades = [_grade(row.pieces, texts) for row in rows]
    tables: list[RowTable] = []
    start = 0
    while start < len(rows):
        if grades[start] < _PAIR:
            start += 1
            continue
        end = start + 1
        last = end
        while end < len(rows) and _is_near(boxes, rows[end - 1], rows[end]):
            if grades[end] >= _PAIR:
                last = end + 1
            elif grades[end] < _SINGLE or end > last:
                break
            end += 1
        if sum(grade == _FULL for grade in grades[start:last]) >= _LEAST_ROWS:
            tables.append(RowTable(tuple((*row.pieces, *row.under) for row in rows[start:last])))
        start = last
    return tuple(tables)


_FULL, _PAIR, _SINGLE, _TEXT = 3, 2, 1, 0


def folded(
    boxes: Floats, rows: Iterable[Sequence[int]], can_go_on: Callable[[Sequence[int]], bool]
) -> list[TableRow]:
    """Return rows from the top down, each with the lines that go on in one of its cells.

    Parameters
    ----------
    can_go_on
        Whether a cell of a row of these pieces can hold several lines.
    """
    made: list[TableRow] = []
    for row in rows:
        last = made[-1] if made else None
        is_alone = last is not None and len(row) == 1 and can_go_on(last.pieces)
        if last and is_alone and _goes_on_in_cell(boxes, last, row[0]):
            made[-1] = TableRow(last.pieces, (*last.under, row[0]))
        else:
            made.append(TableRow(tuple(row)))
    return made


def _goes_on_in_cell(boxes: Floats, row: TableRow, number: int) -> bool:
    """Whether a line stands close under a row and begins under a piece but the first."""
    first, last = row.pieces[0], (*row.pieces, *row.under)[-1]
    height = boxes[first, 3] - boxes[first, 1]
    is_close = boxes[number, 1] - boxes[last, 3] < 0.6 * height
    left, (lefts, rights) = boxes[number, 0], boxes[list(row.pieces[1:])][:, [0, 2]].T
    return bool(is_close and ((lefts - _SAME_EDGE < left) & (left < rights)).any())


def _grade(row: Sequence[int], texts: Sequence[str]) -> int:
    """How much a row looks like one of a table: by how many pieces it has, all of them short."""
    lengths = sorted(len(texts[number]) for number in row)
    mean = sum(lengths) / len(row)
    has_number = any(is_number(texts[number]) for number in row)
    is_short = mean < _LONGEST_CELL or (has_number and lengths[len(row) // 2] < _LONGEST_TEXT)
    if len(row) >= _LEAST_CELLS and is_short:
        return _FULL
    if len(row) == 2 and mean < _LONGEST_CELL:
        return _PAIR
    return _SINGLE if len(row) == 1 and mean < 2 * _LONGEST_CELL else _TEXT


def _may_hold_table(boxes: Floats) -> bool:
    middle = np.sort((boxes[:, 1] + boxes[:, 3]) / 2)
    reach = 0.5 * np.median(boxes[:, 3] - boxes[:, 1])
    beside = np.searchsorted(middle, middle + reach) - np.searchsorted(
        middle, middle - reach, "right"
    )
    return int((beside >= _LEAST_CELLS).sum()) >= _LEAST_CELLS * _LEAST_ROWS


def _is_near(boxes: Floats, upper: TableRow, lower: TableRow) -> bool:
    first = upper.pieces[0]
    gap = boxes[lower.pieces[0], 1] - boxes[[*upper.pieces, *upper.under], 3].max()
    return bool(gap < _ROW_STEP * (boxes[first, 3] - boxes[first, 1]))
