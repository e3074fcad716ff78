"""Tables of OpenDocument texts: a row is a block, the names of its columns beside it.

Rows of ``table-header-rows`` are a head; else the first row is, where all of its paragraphs have
the style for a table's heading.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from pipeline.extract.building import Block
from pipeline.extract.cleaning import clean
from pipeline.extract.column_names import ColumnNames
from pipeline.extract.gathering import Words, row_of
from pipeline.extract.numerals import whole
from pipeline.extract.odt_styles import TABLE, TEXT, OdtStyles

_GROUPS = frozenset(
    f"{TABLE}{name}" for name in ("table-header-rows", "table-rows", "table-row-group")
)
_MOST_SPAN = 64
# The words of a cell, and what stands in it that is no part of them: comments, inner tables.
ReadCell = Callable[[etree._Element], tuple[Words, list[Block]]]


@dataclass(frozen=True, slots=True)
class _Cell:
    words: Words
    text: str
    start: int
    end: int


def table_blocks(node: etree._Element, styles: OdtStyles, read: ReadCell) -> Iterator[Block]:
    """Yield a block for each row that says something, and what stands apart in its cells."""
    head: list[list[_Cell]] = []
    for number, row in enumerate(_rows(node)):
        cells, apart = _cells(row, read)
        is_head = _is_head(row, number, styles)
        head += [cells] if is_head else []
        if any(cell.text for cell in cells):
            columns = () if is_head else ColumnNames.of(head).above(cells)
            line = row_of(cell.words for cell in cells).line
            yield Block("table", (line,), "odt.table", columns=columns)
        yield from apart


def _rows(node: etree._Element) -> Iterator[etree._Element]:
    for child in node:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in _GROUPS:
            yield from _rows(child)


def _is_head(row: etree._Element, number: int, styles: OdtStyles) -> bool:
    parent = row.getparent()
    if parent is not None and parent.tag == f"{TABLE}table-header-rows":
        return True
    told = [str(one.get(f"{TEXT}style-name") or "") for one in row.iter(f"{TEXT}p")]
    names = [styles.names(one).replace("_20_", " ") for one in told]
    return number == 0 and bool(names) and all("table heading" in name for name in names)


def _cells(row: etree._Element, read: ReadCell) -> tuple[list[_Cell], list[Block]]:
    """The cells of a row; one that a cell of the row above covers is blank."""
    cells: list[_Cell] = []
    apart: list[Block] = []
    at, covered_until = 0, 0
    for node in row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
        repeated = _span(node, "number-columns-repeated")
        is_own = node.tag == f"{TABLE}table-cell"
        span = _span(node, "number-columns-spanned") if is_own else 1
        words, others = read(node) if is_own else (Words(), [])
        apart += others
        for _ in range(repeated):
            if is_own or at >= covered_until:
                cells.append(_Cell(words, clean(words.text), at, at + span))
            covered_until = max(covered_until, at + span)
            at += 1
    return cells, apart


def _span(node: etree._Element, name: str) -> int:
    return min(max(whole(node.get(f"{TABLE}{name}"), 1), 1), _MOST_SPAN)
