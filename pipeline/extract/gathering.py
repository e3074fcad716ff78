"""Words gathered piece by piece in reading order, with the marks of notes that stood in them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.extract.normalise import RawLine


@dataclass
class Words:
    """Words as they are gathered, with the marks of notes and comments in them."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[tuple[int, str]] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Put words behind those there are."""
        self.parts.append(text)
        self.length += len(text)

    def take(self, other: "Words") -> None:
        """Put what another gathered behind what there is."""
        self.marks += [(self.length + at, mark) for at, mark in other.marks]
        self.add(other.text)

    @property
    def text(self) -> str:
        """All words."""
        return "".join(self.parts)

    @property
    def line(self) -> RawLine:
        """All of it as one line."""
        return RawLine(self.text, note_marks=tuple(self.marks))


def row_of(cells: Iterable[Words]) -> Words:
    """Return the words of a table's row: its cells with a stroke between."""
    row = Words()
    for number, cell in enumerate(cells):
        row.add(" | " if number else "")
        row.take(cell)
    return row
