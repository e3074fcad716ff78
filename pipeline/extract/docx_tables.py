"""Tables of Word documents: a row is a block, the names of its columns beside it.

A head is what Word repeats on each page; else the first row, if the table asks for a first row of
its own and its style or its words give it one, or if it alone is bold, shaded, or words over
numbers.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from pipeline.extract.building import Block
from pipeline.extract.cleaning import clean
from pipeline.extract.column_names import ColumnNames
from pipeline.extract.docx_styles import Styles, W, is_on, value
from pipeline.extract.gathering import Words, row_of
from pipeline.extract.numerals import whole

_FIRST_ROW = 0x20
_MOST_SPAN = 1000
_MOST_HEAD_ROWS = 4
_LONGEST_PLAIN_NAME = 60
_LEAST_PLAIN_COLUMNS = 3
_NUMBER = re.compile(r"[^\w]*\d[\d\s.,:/%\u2013-]*(?:%|[^\W\d_]{1,3})?[^\w]*")

ReadCell = Callable[[etree._Element], Words]
Children = Callable[[etree._Element], Iterator[etree._Element]]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell: where it begins and ends among the columns, and what it looks like."""

    words: Words
    text: str
    start: int
    end: int
    is_bold: bool
    is_shaded: bool


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[_Cell, ...]
    is_head: bool

    @property
    def is_blank(self) -> bool:
        return not any(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class TableReader:
    """Reads tables with the means of the document they stand in.

    Attributes
    ----------
    children
        Yields an element's children, those of content controls as its own.
    read_cell
        Returns all words of a cell once.
    is_bold
        Whether every word of a paragraph is bold, None where it has none.
    """

    styles: Styles
    children: Children
    read_cell: ReadCell
    is_bold: Callable[[etree._Element], bool | None]

    def blocks(self, node: etree._Element) -> Iterator[Block]:
        """Yield a block for each row that says something."""
        rows = [self._row(row, place < 2) for place, row in enumerate(self.rows(node))]
        head_count = self._head_count(node, rows)
        head = rows[max(head_count - _MOST_HEAD_ROWS, 0) : head_count]
        names = ColumnNames.of([row.cells for row in head])
        for place, row in enumerate(rows):
            if row.is_blank:
                continue
            line = row_of(cell.words for cell in row.cells).line
            if place < head_count:
                yield Block("table", (line,), "docx.table-head")
            else:
                yield Block("table", (line,), "docx.table", columns=names.above(row.cells))

    def rows(self, node: etree._Element) -> Iterator[etree._Element]:
        """Yield the rows of a table that were not deleted, not those of tables in it."""
        for child in self.children(node):
            if child.tag == f"{W}tr" and child.find(f"{W}trPr/{W}del") is None:
                yield child

    def cells(self, row: etree._Element) -> Iterator[etree._Element]:
        """Yield the cells of a row that were not deleted."""
        for child in self.children(row):
            if child.tag == f"{W}tc" and child.find(f"{W}tcPr/{W}cellDel") is None:
                yield child

    def _is_bold(self, cell: etree._Element) -> bool:
        told = {self.is_bold(child) for child in self.children(cell) if child.tag == f"{W}p"}
        return True in told and False not in told

    def _row(self, node: etree._Element, has_look: bool) -> _Row:
        """A row, with the look of its cells where that may matter."""
        cells = []
        at = min(whole(value(node, f"{W}trPr/{W}gridBefore"), 0), _MOST_SPAN)
        for cell in self.cells(node):
            span = min(max(whole(value(cell, f"{W}tcPr/{W}gridSpan"), 1), 1), _MOST_SPAN)
            words = self.read_cell(cell)
            text = clean(words.text)
            is_bold = has_look and self._is_bold(cell)
            cells.append(_Cell(words, text, at, at + span, is_bold, has_look and _is_shaded(cell)))
            at += span
        return _Row(tuple(cells), bool(is_on(node, f"{W}trPr/{W}tblHeader")))

    def _head_count(self, node: etree._Element, rows: Sequence[_Row]) -> int:
        repeated = next((n for n, row in enumerate(rows) if not row.is_head), len(rows))
        if repeated:
            return repeated % len(rows)
        if len(rows) < 2 or rows[0].is_blank:
            return 0
        is_asked = _asks_for_first_row(node)
        style = self.styles.look(value(node, f"{W}tblPr/{W}tblStyle"))
        return int(
            (is_asked and style.has_first_row)
            or _stands_out(rows[0], rows[1])
            or _names_columns(rows, is_asked)
        )


def _asks_for_first_row(node: etree._Element) -> bool:
    look = node.find(f"{W}tblPr/{W}tblLook")
    if look is None:
        return False
    told = look.get(f"{W}firstRow")
    if told is not None:
        return str(told).lower() in ("1", "true", "on")
    mask = str(look.get(f"{W}val") or "")
    is_mask = re.fullmatch(r"[0-9A-Fa-f]{1,8}", mask)
    return bool(is_mask and int(mask, 16) & _FIRST_ROW)


def _is_shaded(cell: etree._Element) -> bool:
    fill = cell.find(f"{W}tcPr/{W}shd")
    told = "" if fill is None else str(fill.get(f"{W}fill") or "").lower()
    return told not in ("", "auto", "ffffff")


def _stands_out(first: _Row, second: _Row) -> bool:
    """Whether all cells of one row are bold or shaded, and not all of the next."""
    told = [cell for cell in first.cells if cell.text]
    below = [cell for cell in second.cells if cell.text]
    is_bold = all(cell.is_bold for cell in told) and not all(cell.is_bold for cell in below)
    is_shaded = all(cell.is_shaded for cell in told)
    return is_bold or (is_shaded and not all(cell.is_shaded for cell in below))


def _names_columns(rows: Sequence[_Row], is_asked: bool) -> bool:
    """Whether the first row is short names, and what stands below them is of another kind.

    Where a table asks for a first row of its own, as Word's do unless told otherwise, names over
    three columns or more are enough: over two they may be a form's first line.
    """
    first = rows[0].cells
    texts = [cell.text for cell in first if cell.start or cell.text]
    is_plain = all(
        0 < len(text) <= _LONGEST_PLAIN_NAME and text[-1] not in ".?!:;" and not _is_number(text)
        for text in texts
    )
    if len(first) < 2 or not texts or not is_plain or len(set(texts)) < len(texts):
        return False
    return (is_asked and len(first) >= _LEAST_PLAIN_COLUMNS) or any(
        _are_numbers(rows, place) for place in range(1, len(first))
    )


def _are_numbers(rows: Sequence[_Row], place: int) -> bool:
    """Whether a column holds numbers only, two at least, below the first row."""
    below = [row.cells[place].text for row in rows[1:] if len(row.cells) > place]
    told = [text for text in below if text]
    return len(told) > 1 and all(map(_is_number, told))


def _is_number(text: str) -> bool:
    return len(text) <= _LONGEST_PLAIN_NAME and bool(_NUMBER.fullmatch(text))
