"""Words with boxes to lines and paragraphs. Pure: testable without a PDF.

Words are put in rows within the strips between gutters, rows cut at wide gaps.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.model.source import Box

_ROW_OVERLAP = 0.5
_WIDE_GAP = 1.6
_NARROW_GAP = 0.6
_LEAST_ROWS = 5
_INDENT = 0.6
_RAISED = 0.8


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the page sets it, in points from the top left."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    font: str


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """Words on one line with nothing wide between them."""

    text: str
    box: Box
    size: float
    font: str

    @property
    def is_bold(self) -> bool:
        """Whether the font's name says so; weights in the file often do not."""
        name = self.font.lower()
        return any(word in name for word in ("bold", "black", "heavy", "semib"))


@dataclass(frozen=True, slots=True)
class Column:
    """Lines that follow one another downwards, or a table with its rows as lines."""

    lines: tuple[PrintedLine, ...]
    box: Box
    is_table: bool = False


def box_of(boxes: Sequence[Box]) -> Box:
    """Return the smallest rectangle around some."""
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


def lines_of(words: Sequence[Word]) -> tuple[PrintedLine, ...]:
    """Return the lines of a page from top to bottom, cut where a column or cell ends.

    Words are put in rows within the strips between gutters, since the lines of neighbouring
    columns need not stand at one height; what runs over a gutter unbroken is joined again.
    """
    gutters = _gutters(_rows(words))
    strips: dict[int, list[Word]] = {}
    for word in words:
        strips.setdefault(sum((word.x0 + word.x1) / 2 > g for g in gutters), []).append(word)
    pieces = [
        piece for _, strip in sorted(strips.items()) for row in _rows(strip) for piece in _cut(row)
    ]
    lines = [line for piece in _rejoined(pieces) if (line := _line(piece))]
    return tuple(sorted(lines, key=lambda line: (line.box.top, line.box.x0)))


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: ((w.top + w.bottom) / 2, w.x0)):
        row = next((row for row in reversed(rows[-6:]) if _on_row(word, row)), None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    return [sorted(row, key=lambda w: w.x0) for row in rows]


def _rejoined(pieces: Sequence[list[Word]]) -> list[list[Word]]:
    """Pieces of one line that a gutter cut although nothing wide stands between them."""
    joined: list[list[Word]] = []
    for piece in sorted(pieces, key=lambda p: p[0].x0):
        left = next((other for other in joined if _goes_over(other[-1], piece[0])), None)
        if left is None:
            joined.append(list(piece))
        else:
            left.extend(piece)
    return joined


def _goes_over(left: Word, right: Word) -> bool:
    size = max(left.size, 1)
    is_level = abs(left.bottom - right.bottom) < 0.25 * size
    return is_level and -0.2 * size < right.x0 - left.x1 < _NARROW_GAP * size


def _on_row(word: Word, row: Sequence[Word]) -> bool:
    tallest = max(row, key=lambda w: w.bottom - w.top)
    overlap = min(word.bottom, tallest.bottom) - max(word.top, tallest.top)
    smaller = min(word.bottom - word.top, tallest.bottom - tallest.top)
    return smaller > 0 and overlap >= _ROW_OVERLAP * smaller


def _gutters(rows: Sequence[Sequence[Word]]) -> tuple[float, ...]:
    """Middles of the white corridors between columns: open in many rows, crossed in few."""
    width = int(max(word.x1 for row in rows for word in row)) + 2
    is_open = [0] * (width + 1)
    is_crossed = [0] * (width + 1)
    for row in rows:
        ordered = sorted(row, key=lambda w: w.x0)
        for word in ordered:
            for x in range(max(int(word.x0), 0), int(word.x1) + 1):
                is_crossed[x] += 1
        for left, right in pairwise(ordered):
            if right.x0 - left.x1 >= _NARROW_GAP * max(left.size, 1):
                for x in range(max(int(left.x1) + 1, 0), int(right.x0) + 1):
                    is_open[x] += 1
    found: list[list[int]] = []
    for x in range(width):
        if is_open[x] < _LEAST_ROWS or is_open[x] < is_crossed[x]:
            continue
        if found and found[-1][-1] == x - 1:
            found[-1].append(x)
        else:
            found.append([x])
    return tuple(sum(run) / len(run) for run in found)


def _cut(row: Sequence[Word]) -> list[list[Word]]:
    """A row cut where a cell of an unruled table or a column ends."""
    size = median(word.size for word in row)
    pieces: list[list[Word]] = [[row[0]]]
    for word in row[1:]:
        if word.x0 - pieces[-1][-1].x1 > _WIDE_GAP * max(size, 1):
            pieces.append([])
        pieces[-1].append(word)
    return pieces


def _line(words: Sequence[Word]) -> PrintedLine | None:
    """One line; raised small digits, the marks of notes, are left out of its text."""
    size = max((w.size for w in words if len(w.text) > 1), default=words[0].size)
    kept = [word for word in words if not _is_note_mark(word, words, size)]
    if not kept:
        return None
    longest = max(kept, key=lambda w: len(w.text))
    text = " ".join(word.text for word in kept)
    box = box_of([Box(w.x0, w.top, w.x1, w.bottom) for w in words])
    return PrintedLine(text, box, longest.size, longest.font)


def _is_note_mark(word: Word, words: Sequence[Word], size: float) -> bool:
    """A small raised number after other words; at a line's beginning it numbers a note."""
    is_small = word.size < _RAISED * size and word.text.strip("[](),*").isdigit()
    return is_small and word is not words[0] and len(word.text) <= 3


def paragraphs_of(column: Column) -> tuple[tuple[PrintedLine, ...], ...]:
    """Return a column's lines cut into paragraphs: at indents, wider gaps, other fonts."""
    lines = column.lines
    gaps = [b.box.top - a.box.bottom for a, b in pairwise(lines)]
    usual = median(gaps) if gaps else 0.0
    left = min(line.box.x0 for line in lines)
    right = max(line.box.x1 for line in lines)
    paragraphs: list[list[PrintedLine]] = [[lines[0]]]
    for (last, line), gap in zip(pairwise(lines), gaps, strict=True):
        size = max(line.size, 1)
        ends = last.text.rstrip()[-1:] in ".?!:;\u201d"
        is_indented = line.box.x0 - left > _INDENT * size > last.box.x0 - left
        is_short = right - last.box.x1 > 3 * size
        is_wider = gap > usual + 0.3 * size
        is_other = last.is_bold != line.is_bold and (is_short or len(last.text) < 80)
        if is_wider or is_other or (ends and (is_short or is_indented)):
            paragraphs.append([])
        paragraphs[-1].append(line)
    return tuple(tuple(paragraph) for paragraph in paragraphs)
