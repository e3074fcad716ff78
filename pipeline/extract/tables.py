"""Tables: cells of ruled grids filled with a page's characters; rows with their header names."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.characters import Characters
from pipeline.extract.layout import Bounds, Lines, lines_within
from pipeline.model.source import Box

SEPARATOR = " | "
_LEAST_CELLS = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of one cell and the numbers of their characters on the page."""

    text: str = ""
    indices: tuple[int, ...] = ()
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, left to right, and where it stands on the shown page."""

    cells: tuple[Cell, ...]
    box: Box

    @property
    def text(self) -> str:
        """The cells parted by bars."""
        return SEPARATOR.join(cell.text for cell in self.cells)

    @property
    def indices(self) -> tuple[int, ...]:
        """For each character of ``text`` its number on the page, -1 for the bars."""
        found: list[int] = []
        for number, cell in enumerate(self.cells):
            found += [-1] * len(SEPARATOR) if number else []
            found += cell.indices
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its rows from the top down; ``columns`` are header names, empty if it has none."""

    rows: tuple[Row, ...]
    bounds: Bounds
    columns: tuple[str, ...] = ()
    rule: str = "table.ruled"


def cell_of(lines: Lines) -> Cell:
    """Return the words of a cell's lines, from the top down."""
    text: list[str] = []
    indices: list[int] = []
    for words, numbers in zip(lines.texts, lines.indices, strict=True):
        if text:
            text.append(" ")
            indices.append(-1)
        text.append(words)
        indices += numbers
    return Cell("".join(text), tuple(indices), bool(len(lines)) and bool(lines.is_bold.all()))


def filled(characters: Characters, grid: Sequence[Sequence[Bounds | None]]) -> Table | None:
    """Return the table that a grid of cells holds, None if too little stands in it.

    Parameters
    ----------
    grid
        Rows of cells as (x0, top, x1, bottom) on the shown page; None for a merged cell.
    """
    rows = []
    for bounds in grid:
        cells = tuple(cell_of(lines_within(characters, one)) if one else Cell() for one in bounds)
        edges = [one for one in bounds if one]
        if any(cell.text for cell in cells) and edges:
            rows.append(Row(cells, Box(*_around(edges))))
    count = sum(bool(cell.text) for row in rows for cell in row.cells)
    shared = sum(sum(bool(cell.text) for cell in row.cells) > 1 for row in rows)
    if len(rows) < 2 or count < _LEAST_CELLS or shared * 2 < len(rows):
        return None
    around = _around([one for bounds in grid for one in bounds if one])
    return Table(tuple(rows), around, header_of(rows))


def _around(boxes: Sequence[Bounds]) -> Bounds:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def header_of(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the header names of a table: a first row in bold, or without the numbers that
    fill the rows below; empty where neither holds.
    """
    first, rest = rows[0], rows[1:]
    names = [cell.text for cell in first.cells]
    filled_cells = [cell for cell in first.cells if cell.text]
    if len(rest) < 1 or len(filled_cells) < 2:
        return ()
    is_bold = all(cell.is_bold for cell in filled_cells)
    below_bold = all(cell.is_bold for row in rest for cell in row.cells if cell.text)
    has_numbers = any(_is_number(name) for name in names)
    numbers_below = sum(any(_is_number(cell.text) for cell in row.cells) for row in rest)
    if (is_bold and not below_bold) or (not has_numbers and numbers_below * 2 > len(rest)):
        return tuple(names)
    return ()


def _is_number(text: str) -> bool:
    return any(char.isdigit() for char in text) and sum(map(str.isalpha, text)) <= 2
