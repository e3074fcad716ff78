"""Words with boxes to lines, blocks and reading order. Pure: testable without a PDF.

Pieces of rows are cut at wide gaps, chained downwards into columns of text, and put in order:
of two that overlap from side to side the upper comes first; of two beside each other the
left, unless a third that overlaps both stands between them in height (a full-width title
parts the page).
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
MOST_COLUMNS = 70
_CHAIN_GAP = 0.9
_SIZE_RATIO = 0.87
_SHARED = 0.5
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
    is_marked: bool = False

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
    return PrintedLine(text, box, longest.size, longest.font, len(kept) < len(words))


def _is_note_mark(word: Word, words: Sequence[Word], size: float) -> bool:
    """A small raised number after other words; at a line's beginning it numbers a note."""
    is_small = word.size < _RAISED * size and word.text.strip("[](),*").isdigit()
    return is_small and word is not words[0] and len(word.text) <= 3


def columns_of(lines: Sequence[PrintedLine]) -> tuple[Column, ...]:
    """Return lines chained downwards: near, over one another, of like size."""
    chains: list[list[PrintedLine]] = []
    for line in lines:
        fitting = [chain for chain in chains if _continues(chain[-1], line)]
        if fitting:
            nearest = max(fitting, key=lambda chain: _x_overlap(chain[-1].box, line.box))
            nearest.append(line)
        else:
            chains.append([line])
    return tuple(Column(tuple(chain), box_of([one.box for one in chain])) for chain in chains)


def _continues(last: PrintedLine, line: PrintedLine) -> bool:
    height = max(last.box.bottom - last.box.top, 1)
    gap = line.box.top - last.box.bottom
    sizes = sorted((last.size, line.size))
    return (
        -0.5 * height <= gap <= _CHAIN_GAP * height
        and sizes[0] >= _SIZE_RATIO * sizes[1]
        and _x_overlap(last.box, line.box) > _SHARED * _narrower(last.box, line.box)
        and line.box.top > last.box.top
    )


def _x_overlap(one: Box, other: Box) -> float:
    return min(one.x1, other.x1) - max(one.x0, other.x0)


def _narrower(one: Box, other: Box) -> float:
    return min(one.x1 - one.x0, other.x1 - other.x0)


def in_order(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return columns as a reader takes them; on a circle the uppermost is taken next.

    A page in more than ``MOST_COLUMNS`` pieces has no order that could be told: it is read
    from top to bottom.
    """
    left = sorted(columns, key=lambda column: (column.box.top, column.box.x0))
    if len(left) > MOST_COLUMNS:
        return tuple(left)
    before = {
        id(one): {id(o) for o in left if o is not one and _comes_first(o, one, left)}
        for one in left
    }
    ordered: list[Column] = []
    while left:
        waiting = {id(column) for column in left}
        free = [column for column in left if not before[id(column)] & waiting]
        chosen = _next(free or left[:1], ordered)
        ordered.append(chosen)
        left.remove(chosen)
    return tuple(ordered)


def _next(free: Sequence[Column], ordered: Sequence[Column]) -> Column:
    """Stay in the column one is reading, where it goes on."""
    if ordered:
        below = [c for c in free if _x_overlap(c.box, ordered[-1].box) > 0]
        if below:
            return min(below, key=lambda c: (c.box.top, c.box.x0))
    return min(free, key=lambda c: (c.box.x0, c.box.top))


def _comes_first(one: Column, other: Column, columns: Sequence[Column]) -> bool:
    if _x_overlap(one.box, other.box) > 0:
        return one.box.top < other.box.top
    if one.box.x1 > other.box.x0:
        return False
    low, high = sorted((one.box, other.box), key=lambda box: box.top)
    return not any(
        _x_overlap(third.box, one.box) > 0
        and _x_overlap(third.box, other.box) > 0
        and low.top < third.box.top < high.top
        for third in columns
    )


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
