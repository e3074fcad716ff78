"""Tables between rules across the page, without rules down it: as papers and books set them. Pure.

Three rules or more of one width, one above the other: the first two stand around the header,
the last under the table (Fear, Publication quality tables in LaTeX: the package booktabs).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from pipeline.extract.characters import Floats
from pipeline.extract.lines import Bounds, Lines, rows_of
from pipeline.extract.table_rows import RowTable, TableRow, folded
from pipeline.extract.tables import is_number

_YEAR = re.compile(r"(?:19|20)\d\d")
_SAME = 3.0
_LEAST_WIDTH = 80.0
_LEAST_RULES = 3
_MOST_RULES = 200
_MOST_HEADS = 2
_LONGEST = 32
_LEAST_BODY = 2


def rule_tables(lines: Lines, rules: Sequence[Bounds]) -> tuple[RowTable, ...]:
    """Return the tables between rules of one width.

    Parameters
    ----------
    rules
        The rules across the page as x0, top, x1, bottom.
    """
    wide = [rule for rule in rules if rule[2] - rule[0] >= _LEAST_WIDTH]
    if not _LEAST_RULES <= len(wide) <= _MOST_RULES or not len(lines):
        return ()
    stacks = _stacks(np.array(wide, np.float32))
    return tuple(table for stack in stacks for table in _tables(lines, stack))


def _stacks(rules: Floats) -> Iterator[Floats]:
    """Rules of one width, from the top down, one for each height."""
    left = rules[np.argsort(rules[:, 1], kind="stable")]
    while len(left):
        is_same = (np.abs(left[:, [0, 2]] - left[0, [0, 2]]) < _SAME).all(axis=1)
        stack = left[is_same]
        is_new = np.concatenate([[True], np.diff(stack[:, 1]) > _SAME])
        if is_new.sum() >= _LEAST_RULES:
            yield stack[is_new]
        left = left[~is_same]


def _tables(lines: Lines, stack: Floats) -> Iterator[RowTable]:
    """Runs of fields between two rules that all hold rows of cells; the first is the header.

    Where each row stands between two rules its words have to tell which is the header.
    """
    fields = [_field(lines, upper, lower) for upper, lower in pairwise(stack)]
    start = 0
    while start < len(fields):
        end = start
        while end < len(fields) and _is_tabular(lines, fields[end]):
            end += 1
        if start < end and _is_table(lines, fields[start], fields[start + 1 : end]):
            rows = (row for field in fields[start:end] for row in field)
            yield RowTable(
                tuple((*row.pieces, *row.under) for row in rows), heads=len(fields[start])
            )
        start = end + 1


def _is_table(lines: Lines, head: Sequence[TableRow], body: Sequence[Sequence[TableRow]]) -> bool:
    """Whether a field heads others: it names columns, and they do not hold a row each."""
    names = [lines.texts[number] for row in head for number in row.pieces]
    has_numbers = any(is_number(name) and not _YEAR.fullmatch(name) for name in names)
    longest = max(map(len, body), default=0)
    return len(head) <= _MOST_HEADS and longest >= _LEAST_BODY and not has_numbers


def _field(lines: Lines, upper: Floats, lower: Floats) -> list[TableRow]:
    """The rows between two rules."""
    boxes = lines.boxes
    middle = (boxes[:, 1] + boxes[:, 3]) / 2
    is_in = (middle > upper[1]) & (middle < lower[1])
    is_in &= (boxes[:, 0] > upper[0] - _SAME) & (boxes[:, 2] < upper[2] + _SAME)
    numbers = np.flatnonzero(is_in)
    rows = (numbers[row].tolist() for row in rows_of(boxes[numbers]))
    return folded(boxes, rows, lambda pieces: len(pieces) > 1)


def _is_tabular(lines: Lines, rows: Sequence[TableRow]) -> bool:
    """Whether half of the rows at least hold cells side by side, short ones in the mean."""
    wide = [row for row in rows if len(row.pieces) > 1]
    lengths = [len(lines.texts[number]) for row in wide for number in row.pieces]
    return bool(wide) and 2 * len(wide) >= len(rows) and sum(lengths) < _LONGEST * len(lengths)
