"""Tables: cells of ruled grids filled with a page's characters; rows with their header names."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.extract.characters import Characters
from pipeline.extract.hyphens import Words, between
from pipeline.extract.layout import inside, lines_within
from pipeline.extract.lines import Bounds, Lines
from pipeline.extract.turning import main_way, upright_grid
from pipeline.model.place import Box

SEPARATOR = " | "
_LEAST_CELLS = 4
_LEAST_LONE_CELLS = 3
_LEAST_SPLIT = 3
_NO_WORDS = Words()


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of one cell and the numbers of their characters on the page."""

    text: str = ""
    indices: Sequence[int] = ()
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
    def indices(self) -> Sequence[int]:
        """For each character of ``text`` its number on the page, -1 for the bars."""
        found = array("i")
        for number, cell in enumerate(self.cells):
            found.extend([-1] * len(SEPARATOR) if number else ())
            found.extend(cell.indices)
        return found


@dataclass(frozen=True, slots=True)
class Table:
    """A table, its rows from the top down.

    Attributes
    ----------
    cells
        The rectangles its words were taken from; what stands between them is no part of it.
    columns
        Header names, empty if it has none.
    """

    rows: tuple[Row, ...]
    bounds: Bounds
    columns: tuple[str, ...] = ()
    rule: str = "table.ruled"
    cells: tuple[Bounds, ...] = ()


def cell_of(lines: Lines) -> Cell:
    """Return the words of a cell's lines, from the top down."""
    text: list[str] = []
    indices: list[int] = []
    for words, numbers in zip(lines.texts, lines.indices, strict=True):
        if not words:
            continue
        if text:
            cut, blank = between(text[-1], words, _NO_WORDS)
            if cut:
                text[-1] = text[-1][:-cut]
                del indices[-cut:]
            text.append(blank)
            indices += [-1] * len(blank)
        text.append(words)
        indices += numbers
    return Cell("".join(text), array("i", indices), bool(len(lines)) and bool(lines.is_bold.all()))


def filled(characters: Characters, grid: Sequence[Sequence[Bounds | None]]) -> Table | None:
    """Return the table that a grid of cells holds, None if too little stands in it.

    Full-width rows above and below (a title, a key) are no part of it. A row whose cells all
    hold as many lines, at the same heights, is as many rows.

    Parameters
    ----------
    grid
        Rows of cells as (x0, top, x1, bottom) on the shown page; None for a merged cell.
    """
    ink = characters.ink_by_slant[0]
    held = ink[inside(characters, ink, _around([one for row in grid for one in row if one]))]
    turn = (main_way(characters, held) + characters.shape.quarters) % 4
    read = [
        (bounds, [lines_within(characters, one) if one else None for one in bounds])
        for bounds in _without_titles(upright_grid(grid, turn))
    ]
    rows = [row for bounds, cells in read for row in _rows(bounds, cells)]
    count = sum(bool(cell.text) for row in rows for cell in row.cells)
    shared = sum(sum(bool(cell.text) for cell in row.cells) > 1 for row in rows)
    least = _LEAST_CELLS if len(rows) > 1 else _LEAST_LONE_CELLS
    if count < least or shared * 2 < len(rows):
        return None
    edges = tuple(one for bounds, _ in read for one in bounds if one)
    if cut_words(characters, edges) * 50 > count:
        return None
    return Table(tuple(rows), _around(edges), header_of(rows), cells=edges)


def cut_words(characters: Characters, cells: Sequence[Bounds]) -> int:
    """Return how many words a grid would cut: neighbouring letters of one word in two cells."""
    ink = characters.ink
    cell_of_ink = np.full(len(ink), -1)
    for number, cell in enumerate(cells):
        cell_of_ink[inside(characters, ink, cell)] = number
    first, second = cell_of_ink[:-1], cell_of_ink[1:]
    is_one_word = np.diff(ink) == 1
    return int((is_one_word & (first != second) & (first >= 0) & (second >= 0)).sum())


def _without_titles(grid: Sequence[Sequence[Bounds | None]]) -> Sequence[Sequence[Bounds | None]]:
    start, end = 0, len(grid)
    while start < end and sum(one is not None for one in grid[start]) == 1:
        start += 1
    while end > start and sum(one is not None for one in grid[end - 1]) == 1:
        end -= 1
    return grid[start:end]


def _rows(bounds: Sequence[Bounds | None], cells: Sequence[Lines | None]) -> list[Row]:
    edges = [one for one in bounds if one]
    if not edges:
        return []
    box = Box(*_around(edges))
    held = [lines for lines in cells if lines is not None and len(lines)]
    if not held:
        return []
    if len(held) >= _LEAST_SPLIT and _stand_in_rows(held):
        return [
            Row(
                tuple(
                    cell_of(lines.take([n])) if lines is not None and len(lines) else Cell()
                    for lines in cells
                ),
                _line_box(held, n),
            )
            for n in range(len(held[0]))
        ]
    return [Row(tuple(cell_of(lines) if lines is not None else Cell() for lines in cells), box)]


def _stand_in_rows(cells: Sequence[Lines]) -> bool:
    """Whether all cells hold two or more lines, as many each and at the same heights."""
    count = len(cells[0])
    if count < 2 or any(len(lines) != count for lines in cells):
        return False
    tops = np.array([lines.boxes[:, 1] for lines in cells])
    height = float(np.median(cells[0].boxes[:, 3] - cells[0].boxes[:, 1]))
    return bool((np.ptp(tops, axis=0) < 0.6 * height).all())


def _line_box(cells: Sequence[Lines], number: int) -> Box:
    boxes = np.array([lines.shown[number] for lines in cells])
    low, high = boxes.min(axis=0).tolist(), boxes.max(axis=0).tolist()
    return Box(low[0], low[1], high[2], high[3])


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
    has_numbers = any(is_number(name) for name in names)
    numbers_below = sum(any(is_number(cell.text) for cell in row.cells) for row in rest)
    if (is_bold and not below_bold) or (not has_numbers and numbers_below * 2 > len(rest)):
        return tuple(names)
    return ()


def with_headers_carried(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Return the tables of a page in order; one that goes on in the next column keeps the
    header names it began with, also where the header stands alone at the column's foot.
    """
    carried: list[Table] = []
    for table in tables:
        names = carried[-1].columns if carried else ()
        if carried and not names and len(carried[-1].rows) == 1:
            names = tuple(cell.text for cell in carried[-1].rows[0].cells)
        goes_on = not table.columns and len(names) == max(len(row.cells) for row in table.rows)
        carried.append(replace(table, columns=names) if goes_on else table)
    return tuple(carried)


def is_number(text: str) -> bool:
    """Whether a cell holds a number: digits, and two letters at most."""
    return any(char.isdigit() for char in text) and sum(map(str.isalpha, text)) <= 2
