"""What stands above each cell of a table in the rows of its head. Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

_MOST_NAMES = 8
_LONGEST_NAME = 200


class PlacedCell(Protocol):
    """A cell with its text, and where it begins and ends among the columns."""

    @property
    def text(self) -> str:
        """What it says."""

    @property
    def start(self) -> int:
        """The first column it stands in."""

    @property
    def end(self) -> int:
        """The first column behind it."""


@dataclass(frozen=True, slots=True)
class ColumnNames:
    """The names of columns, and where among the columns each begins."""

    starts: tuple[int, ...] = ()
    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, rows: Sequence[Sequence[PlacedCell]]) -> "ColumnNames":
        """Return the names that the rows of a head give."""
        edges = sorted({edge for row in rows for cell in row for edge in (cell.start, cell.end)})
        begins = [[cell.start for cell in row] for row in rows]
        names = []
        for edge in edges:
            above = []
            for row, starts in zip(rows, begins, strict=True):
                place = bisect_right(starts, edge) - 1
                if place >= 0 and edge < row[place].end:
                    above.append(row[place].text)
            name = " ".join(dict.fromkeys(filter(None, above)))
            names.append(name if len(name) <= _LONGEST_NAME else "")
        return cls(tuple(edges), tuple(names))

    def above(self, cells: Sequence[PlacedCell]) -> tuple[str, ...]:
        """Return the name above each cell of a row; nothing where none has one."""
        found = tuple(map(self._name, cells))
        return found if any(found) else ()

    def _name(self, cell: PlacedCell) -> str:
        """The names of the columns that a cell stands in; none for a cell over very many."""
        first = max(bisect_right(self.starts, cell.start) - 1, 0)
        own = []
        for place in range(first, min(first + _MOST_NAMES + 1, len(self.names))):
            if self.starts[place] >= cell.end:
                break
            own.append(self.names[place])
        return " ".join(dict.fromkeys(filter(None, own))) if len(own) <= _MOST_NAMES else ""
