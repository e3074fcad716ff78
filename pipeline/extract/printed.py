"""Printed lines that wait in columns: each is made when it is asked for. Pure.

All lines of a long file wait until it is known whether it is a transcript and how its words are
written. As objects they take three times their words; here a page's boxes and numbers stay
the arrays they were measured in.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import overload

from pipeline.extract.characters import Floats, Ints
from pipeline.extract.lines import Lines
from pipeline.extract.normalise import RawLine
from pipeline.extract.texts import Texts
from pipeline.model.place import Box


@dataclass(frozen=True, slots=True)
class Printed:
    """Lines of one page as ``Lines`` has them, with what is printed as their numbers.

    ``labels`` are those of the lines, or none; ``texts`` is packed where lines wait long.
    """

    page: int
    page_label: str
    texts: Sequence[str]
    boxes: Floats
    firsts: Ints
    others: Mapping[int, Sequence[int]]
    marks: tuple[tuple[tuple[int, str], ...], ...]
    labels: tuple[str, ...]
    confidence: Floats

    @classmethod
    def of(
        cls,
        lines: Lines,
        page: int,
        page_label: str,
        labels: Sequence[str] = (),
        *,
        is_packed: bool = False,
    ) -> "Printed":
        """Return lines of a page with its number, its label, and theirs."""
        return cls(
            page,
            page_label,
            Texts.of(lines.texts) if is_packed else lines.texts,
            lines.shown,
            lines.firsts,
            lines.others,
            lines.marks if any(lines.marks) else (),
            tuple(labels) if any(labels) else (),
            lines.confidence,
        )

    def raw_lines(self, start: int, end: int) -> Iterator[RawLine]:
        """Yield the lines from one number up to another."""
        numbers = self.firsts[start:end].tolist()
        boxes = self.boxes[start:end].tolist()
        confidence = self.confidence[start:end].tolist()
        texts = self.texts[start:end]
        for at, first, text, box, sure in zip(
            range(start, end), numbers, texts, boxes, confidence, strict=True
        ):
            yield RawLine(
                text,
                self.page,
                self.page_label,
                Box(*box),
                None,
                range(first, first + len(text)) if first >= 0 else self.others[at],
                self.labels[at] if self.labels else "",
                self._marks(at) if self.marks else (),
                sure,
            )

    def _marks(self, at: int) -> tuple[tuple[int, str], ...]:
        return tuple((place, f"{self.page}:{mark}") for place, mark in self.marks[at])


@dataclass(frozen=True, slots=True, eq=False)
class Stretch(Sequence[RawLine]):
    """Printed lines from one up to another, as a tuple of them would be."""

    printed: Printed
    start: int
    end: int

    @property
    def texts(self) -> Sequence[str]:
        """The words of each line, none of which is made for that."""
        return self.printed.texts[self.start : self.end]

    @property
    def confidences(self) -> list[float]:
        """How sure text recognition is of each."""
        found: list[float] = self.printed.confidence[self.start : self.end].tolist()
        return found

    def __len__(self) -> int:
        """Return how many lines there are."""
        return self.end - self.start

    def part(self, start: int, end: int) -> "Stretch":
        """Return those from one number up to another, counted here."""
        return Stretch(self.printed, self.start + start, self.start + end)

    @overload
    def __getitem__(self, at: int) -> RawLine: ...
    @overload
    def __getitem__(self, at: slice) -> "Lined": ...
    def __getitem__(self, at: int | slice) -> "RawLine | Lined":
        """Return one line, or those of a slice as they wait here."""
        found = range(self.start, self.end)[at]
        if isinstance(found, int):
            return next(self.printed.raw_lines(found, found + 1))
        if found.step != 1:
            return tuple(self)[at]
        return Stretch(self.printed, found.start, max(found.start, found.stop))

    def __iter__(self) -> Iterator[RawLine]:
        """Yield the lines in their order."""
        return self.printed.raw_lines(self.start, self.end)


@dataclass(frozen=True, slots=True, eq=False)
class Chained(Sequence[RawLine]):
    """Lines that were not printed one after the other, as a tuple of all would be."""

    parts: tuple["tuple[RawLine, ...] | Stretch", ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The words of each line."""
        return tuple(chain.from_iterable(map(texts_of, self.parts)))

    def __len__(self) -> int:
        """Return how many lines there are."""
        return sum(map(len, self.parts))

    @overload
    def __getitem__(self, at: int) -> RawLine: ...
    @overload
    def __getitem__(self, at: slice) -> "Lined": ...
    def __getitem__(self, at: int | slice) -> "RawLine | Lined":
        """Return one line, or those of a slice."""
        if at in (0, -1):
            return self.parts[at][at]
        if isinstance(at, slice) and at == slice(1, None):
            return chained(self.parts[0][1:], *self.parts[1:])
        return tuple(self)[at]

    def __iter__(self) -> Iterator[RawLine]:
        """Yield the lines in their order."""
        return chain.from_iterable(self.parts)


# Lines that are there, or that wait in columns.
Lined = tuple[RawLine, ...] | Stretch | Chained


def chained(*parts: Lined) -> Lined:
    """Return the lines of some parts one after the other; only what is cut is held twice."""
    found: list[tuple[RawLine, ...] | Stretch] = []
    for part in parts:
        found += part.parts if isinstance(part, Chained) else [part] if len(part) else []
    return found[0] if len(found) == 1 else Chained(tuple(found))


def texts_of(lines: Lined) -> Sequence[str]:
    """Return the words of lines without making those that wait."""
    return [line.text for line in lines] if isinstance(lines, tuple) else lines.texts


def first_text(lines: Lined) -> str:
    """Return the words of the first line, empty if there is none."""
    if isinstance(lines, tuple):
        return lines[0].text if lines else ""
    if isinstance(lines, Chained):
        return first_text(lines.parts[0]) if lines.parts else ""
    return lines.printed.texts[lines.start] if lines.end > lines.start else ""
