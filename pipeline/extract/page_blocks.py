"""The blocks of one page: paragraphs, rows of tables, and what stands around them. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from pipeline.extract.banners import marking_rule
from pipeline.extract.building import Block
from pipeline.extract.characters import Flags
from pipeline.extract.lines import Bounds, Lines
from pipeline.extract.margins import Margin
from pipeline.extract.marking_blocks import is_stamp
from pipeline.extract.noise import noise_of
from pipeline.extract.normalise import RawLine
from pipeline.extract.order import Group
from pipeline.extract.paragraphs import begins_paragraph, columns_of, is_set_in
from pipeline.extract.printed import Lined, Printed, Stretch, chained, first_text
from pipeline.extract.table_heads import parted_heads
from pipeline.extract.tables import Row, Table, cell_of, header_of
from pipeline.extract.zones import Setting, kind_of, run_in_head
from pipeline.model.place import Box

_GLYPH = re.compile(r"(?:[\u2022\u2023\u25aa\u25cf\u25e6\u2043\uf0b7\uf0a7\uf0d8\x01]|\uf02d)+\s*")
_ANY_GLYPH = re.compile(r"\S\s+")
_LOW = 0.45
_SURE = 0.75


@dataclass(frozen=True, slots=True)
class Body:
    """How most of a document is set: size in points, font, whether in bold."""

    size: float
    is_bold: bool
    fonts: frozenset[int]


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """Makes the blocks of one page; those of a long file wait with their words packed."""

    number: int
    label: str
    body: Body
    height: float
    is_packed: bool = False
    has_stamp: bool = False

    def raws(self, lines: Lines, line_labels: Sequence[str] = ()) -> Stretch:
        """Return lines as they go into the reading text."""
        printed = Printed.of(lines, self.number, self.label, line_labels, is_packed=self.is_packed)
        return Stretch(printed, 0, len(lines))

    def asides(
        self, lines: Lines, edges: dict[int, Margin], numbered: frozenset[int]
    ) -> Iterator[Block]:
        """Yield what stands around the text: rows of heads and feet, line numbers."""
        places = sorted(place for place in edges if place not in numbered)
        for place, raw in zip(places, self.raws(lines.take(places)), strict=True):
            margin = edges[place]
            yield Block(margin.kind, (raw,), margin.rule, margin.confidence, is_aside=True)
        if numbered:
            raws = self.raws(lines.take(sorted(numbered)))
            yield Block("line-number", raws, "margin.line-numbers", 0.95, is_aside=True)

    def groups(
        self,
        flow: Lines,
        groups: Sequence[Group],
        tables: Sequence[Table],
        line_labels: Sequence[str],
    ) -> Iterator[Block]:
        """Yield the blocks of groups in their order."""
        running: list[Group] = []
        for group in groups:
            if group.table < 0 and not group.rows:
                running.append(group)
                continue
            yield from self._running(flow, running, line_labels)
            running = []
            table = tables[group.table] if group.table >= 0 else self._unruled(flow, group)
            yield from self._table(table)
        yield from self._running(flow, running, line_labels)

    def _unruled(self, flow: Lines, group: Group) -> Table:
        rows = []
        placed = [_cells(flow, numbers) for numbers in group.rows]
        boxes_of = [[_bounds(flow, cell) for cell in row] for row in placed]
        for place, numbers in enumerate(group.rows):
            cells = tuple(cell_of(flow.take(cell)) for cell in placed[place])
            if place == group.heads - 1:
                cells = parted_heads(cells, boxes_of[place], boxes_of[group.heads :])
            boxes = flow.shown[list(numbers)]
            low, high = boxes.min(axis=0).tolist(), boxes.max(axis=0).tolist()
            rows.append(Row(cells, Box(low[0], low[1], high[2], high[3])))
        names = tuple(cell.text for cell in rows[group.heads - 1].cells) if group.heads else ()
        rule = "table.rules" if group.heads else "table.rows"
        return Table(tuple(rows), group.box, names or header_of(rows), rule)

    def _table(self, table: Table) -> Iterator[Block]:
        for row in table.rows:
            raw = RawLine(row.text, self.number, self.label, row.box, indices=row.indices)
            columns = table.columns if len(row.cells) == len(table.columns) else ()
            yield Block("table", (raw,), table.rule, 0.9, columns=columns)

    def _running(
        self, flow: Lines, groups: Sequence[Group], line_labels: Sequence[str]
    ) -> Iterator[Block]:
        """Yield the paragraphs of groups of running text that follow one another."""
        if not groups:
            return
        numbers = [number for group in groups for number in group.numbers]
        lines = flow.take(numbers)
        starts = np.cumsum([0, *(len(group.numbers) for group in groups[:-1])])
        columns = columns_of(lines, starts)
        begins = np.flatnonzero(begins_paragraph(lines, starts, columns)).tolist()
        raws = self.raws(lines, [line_labels[number] for number in numbers])
        marks = frozenset(mark for one in flow.marks for _, mark in one)
        settings = self._settings(lines, begins, is_set_in(lines, columns), marks)
        bold_ends = lines.bold_ends.tolist()
        ends = [*begins[1:], len(numbers)]
        for start, end, setting in zip(begins, ends, settings, strict=True):
            yield from self._paragraph(raws.part(start, end), setting, bold_ends[start])

    def _settings(
        self, lines: Lines, begins: Sequence[int], set_in: Flags, marks: frozenset[str]
    ) -> Iterator[Setting]:
        """How each paragraph is set that begins at one of some lines."""
        above = np.append(np.inf, lines.boxes[1:, 1] - lines.boxes[:-1, 3])[begins].tolist()
        tops = lines.boxes[begins, 1].tolist()
        sizes, fonts = lines.sizes[begins].tolist(), lines.fonts[begins].tolist()
        raised, glyphs = lines.begins_raised[begins].tolist(), lines.has_glyph[begins].tolist()
        bold = np.logical_and.reduceat(lines.is_bold, begins).tolist()
        quoted = np.logical_and.reduceat(set_in, begins).tolist()
        for number, (start, end) in enumerate(pairwise([*begins, len(lines)])):
            yield Setting(
                size=sizes[number],
                body_size=self.body.size,
                line_count=end - start,
                is_bold=bold[number] and not self.body.is_bold,
                is_other_font=fonts[number] not in self.body.fonts,
                is_low=tops[number] > _LOW * self.height,
                begins_raised=raised[number],
                has_glyph=glyphs[number],
                is_set_in=quoted[number] and _is_flush(lines, start, end),
                is_set_apart=above[number] > 0.3 * sizes[number] or above[number] < 0,
                note_marks=marks,
            )

    def _paragraph(self, printed: Stretch, setting: Setting, bold_end: int) -> Iterator[Block]:
        raws: Lined = printed
        texts = printed.texts
        text = " ".join(texts)
        if self.has_stamp and all(map(is_stamp, texts)):
            yield Block("marking", raws, "marking.stamp", 0.8, is_aside=True)
            return
        banner = marking_rule(text)
        if banner:
            yield Block("marking", raws, banner, 0.95, is_aside=True)
            return
        kind = kind_of(text, setting)
        if kind.zone == "body" and bold_end and not self.body.is_bold:
            cut = run_in_head(texts[0], bold_end)
            if cut:
                head = raws[0].part(0, cut)
                yield Block("heading", (head,), "heading.run-in", 0.8)
                raws = _cut(raws, cut)
        opening = first_text(raws)
        glyph = (_ANY_GLYPH if kind.rule == "list.glyph" else _GLYPH).match(opening)
        if glyph and glyph.end() < len(opening):
            raws = _cut(raws, glyph.end())
        block = Block(kind.zone, raws, kind.rule, kind.confidence, noise=_noise(text, printed))
        note = f"{self.number}:{kind.note}" if kind.note else ""
        yield replace(block, note=note) if note else block


def _cut(raws: Lined, at: int) -> Lined:
    """The lines without what stands before a place in the first."""
    return chained((raws[0].part(at, len(raws[0].text)),), raws[1:])


def _cells(flow: Lines, numbers: Sequence[int]) -> list[list[int]]:
    """The lines of each cell of a row: those that go on in a cell stand under its first."""
    cells: list[list[int]] = []
    for number in numbers:
        left, top, _, bottom = flow.boxes[number]
        upper = top + 0.3 * (bottom - top)
        above = [cell for cell in cells if flow.boxes[cell[-1], 3] < upper]
        if above:
            min(above, key=lambda cell: abs(float(flow.boxes[cell[0], 0] - left))).append(number)
        else:
            cells.append([number])
    return cells


def _bounds(flow: Lines, numbers: Sequence[int]) -> Bounds:
    boxes = flow.boxes[numbers]
    low, high = boxes.min(axis=0).tolist(), boxes.max(axis=0).tolist()
    return low[0], low[1], high[2], high[3]


def _noise(text: str, lines: Stretch) -> str:
    """Why a block looks wrongly recognised: by text recognition's own word, or by its letters."""
    sure = sum(lines.confidences) / len(lines)
    if sure < _SURE:
        return f"recognised at {sure:.0%} confidence"
    return noise_of(text)


def _is_flush(lines: Lines, start: int, end: int) -> bool:
    """Whether the lines after the first begin at one edge: not a centred title."""
    lefts = lines.boxes[start + 1 : end, 0]
    return len(lefts) > 0 and float(np.ptp(lefts)) < 0.3 * float(lines.sizes[start])
