"""Pages of lines and tables to blocks in reading order, each with its kind. Pure."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from pipeline.extract.building import Block
from pipeline.extract.characters import Flags
from pipeline.extract.layout import Lines, PageLayout
from pipeline.extract.margins import Margin, margins
from pipeline.extract.marking import is_stamp, marking_rule
from pipeline.extract.noise import noise_of
from pipeline.extract.normalise import RawLine
from pipeline.extract.order import Group, by_rows, in_order
from pipeline.extract.paragraphs import begins_paragraph, columns_of, is_set_in
from pipeline.extract.tables import Row, Table, cell_of, header_of
from pipeline.extract.zones import (
    SMALL_TYPE,
    Setting,
    is_caption_label,
    kind_of,
    run_in_head,
)
from pipeline.model.source import Box

_GLYPH = re.compile(r"(?:[\u2022\u2023\u25aa\u25cf\u25e6\u2043\uf0b7\uf0a7\uf0d8\x01]|\uf02d)+\s*")
_ANY_GLYPH = re.compile(r"\S\s+")
_LOW = 0.45
_SURE = 0.75


@dataclass(frozen=True, slots=True)
class Page:
    """A page's lines outside ruled tables, its tables, and its number from 1."""

    number: int
    layout: PageLayout
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """How most of a document is set: size in points, font, whether in bold."""

    size: float
    is_bold: bool
    fonts: frozenset[int]


@dataclass(frozen=True, slots=True)
class Flow:
    """The blocks of a document, the printed page numbers, and pages whose order is doubtful."""

    blocks: list[Block]
    labels: dict[int, str]
    doubtful: tuple[int, ...]


def flow_of(pages: deque[Page]) -> Flow:
    """Return the blocks of all pages in reading order, each with its kind.

    The pages are taken from the front, one by one: of a long file both would be held.
    """
    edges = margins([page.layout for page in pages])
    body = body_of(pages)
    by_page: dict[int, dict[int, Margin]] = {page.number: {} for page in pages}
    for (place, line), margin in edges.items():
        by_page[pages[place].number][line] = margin
    labels = {
        number: next((m.label for m in those.values() if m.label), "")
        for number, those in by_page.items()
    }
    blocks: list[Block] = []
    doubtful: list[int] = []
    while pages:
        page = pages.popleft()
        made, is_doubtful = _page_blocks(page, labels[page.number], by_page[page.number], body)
        blocks += made
        doubtful += [page.number] if is_doubtful else []
    return Flow(blocks, labels, tuple(doubtful))


def body_of(pages: Sequence[Page]) -> Body:
    """Return the size most characters have, whether most are bold, and the usual fonts."""
    sizes: Counter[float] = Counter()
    fonts: Counter[int] = Counter()
    bold = total = 0
    for page in pages:
        lines = page.layout.lines
        lengths = [len(text) for text in lines.texts]
        for size, font, is_bold, length in zip(
            np.rint(lines.sizes * 2).tolist(),
            lines.fonts.tolist(),
            lines.is_bold.tolist(),
            lengths,
            strict=True,
        ):
            sizes[size] += length
            fonts[font] += length
            bold += length * is_bold
            total += length
    usual = {font for font, count in fonts.items() if count * 10 > total}
    size = sizes.most_common(1)[0][0] / 2 if sizes else 10.0
    return Body(size, bold * 2 > total, frozenset(usual))


def _page_blocks(
    page: Page, label: str, edges: dict[int, Margin], body: Body
) -> tuple[list[Block], bool]:
    layout = page.layout
    lines = layout.lines
    numbered = frozenset(i for i, margin in edges.items() if margin.kind == "line-number")
    has_stamp = page.number == 1 and any("CLEARED" in text for text in lines.texts)
    made = PageBlocks(page.number, label, body, layout.height, has_stamp)
    blocks = list(made.asides(lines, edges, numbered))
    if layout.sideways.texts:
        raws = tuple(made.raws(layout.sideways))
        blocks.append(Block("running-foot", raws, "margin.sideways", 0.8, is_aside=True))
    kept = [i for i in range(len(lines)) if i not in edges]
    flow = lines.take(kept) if len(kept) < len(lines) else lines
    line_labels = _line_labels(lines, numbered, flow)
    if len(flow) and not page.tables and _is_numbered(lines, numbered, flow):
        order = by_rows(flow)
    else:
        order = in_order(flow, [table.bounds for table in page.tables])
    blocks += _made_whole(made.groups(flow, order.groups, page.tables, line_labels))
    return blocks, order.is_doubtful


def _is_label(block: Block) -> bool:
    return block.kind == "caption" and is_caption_label(" ".join(r.text for r in block.lines))


def _made_whole(blocks: Iterable[Block]) -> list[Block]:
    """Join a caption to its label, and to a note what goes on at the foot of the next column."""
    joined: list[Block] = []
    note = -1
    for block in blocks:
        if joined and block.kind == "body" and _is_label(joined[-1]):
            joined[-1] = replace(joined[-1], lines=(*joined[-1].lines, *block.lines))
            continue
        if note >= 0 and block.rule == SMALL_TYPE and not block.is_aside:
            last = joined[note].lines[-1].text.rstrip()
            if last and last[-1] not in ".?!\u201d)":
                joined[note] = replace(joined[note], lines=(*joined[note].lines, *block.lines))
                continue
        joined.append(block)
        if block.kind == "footnote":
            note = len(joined) - 1
    return joined


def _is_numbered(lines: Lines, numbered: frozenset[int], flow: Lines) -> bool:
    """Whether printed numbers stand left of all the text: a court's page, not a patent's."""
    if not numbered:
        return False
    return max(float(lines.boxes[one, 0]) for one in numbered) < float(flow.boxes[:, 0].min())


def _line_labels(lines: Lines, numbered: frozenset[int], flow: Lines) -> tuple[str, ...]:
    """For each line of the flow the printed number beside it."""
    if not numbered:
        return ("",) * len(flow)
    labels = [""] * len(flow)
    middles = (flow.boxes[:, 1] + flow.boxes[:, 3]) / 2
    numbers = sorted(numbered)
    tops, bottoms = lines.boxes[numbers, 1, None], lines.boxes[numbers, 3, None]
    for which, place in np.argwhere((middles > tops) & (middles < bottoms)).tolist():
        labels[place] = lines.texts[numbers[which]]
    return tuple(labels)


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """Makes the blocks of one page."""

    number: int
    label: str
    body: Body
    height: float
    has_stamp: bool = False

    def raws(self, lines: Lines, line_labels: Sequence[str] = ()) -> list[RawLine]:
        """Return lines as they go into the reading text."""
        labels = line_labels or ("",) * len(lines)
        return [
            RawLine(
                text,
                self.number,
                self.label,
                Box(*box),
                indices=indices,
                line_label=label,
                note_marks=tuple((at, f"{self.number}:{mark}") for at, mark in marks),
                confidence=confidence,
            )
            for text, box, indices, label, marks, confidence in zip(
                lines.texts,
                lines.shown.tolist(),
                lines.indices,
                labels,
                lines.marks,
                lines.confidence.tolist(),
                strict=True,
            )
        ]

    def asides(
        self, lines: Lines, edges: dict[int, Margin], numbered: frozenset[int]
    ) -> Iterator[Block]:
        """Yield what stands around the text: rows of heads and feet, line numbers."""
        places = sorted(place for place in edges if place not in numbered)
        for place, raw in zip(places, self.raws(lines.take(places)), strict=True):
            margin = edges[place]
            yield Block(margin.kind, (raw,), margin.rule, margin.confidence, is_aside=True)
        if numbered:
            raws = tuple(self.raws(lines.take(sorted(numbered))))
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
        for numbers in group.rows:
            cells = tuple(cell_of(flow.take([number])) for number in numbers)
            boxes = flow.shown[list(numbers)]
            low, high = boxes.min(axis=0).tolist(), boxes.max(axis=0).tolist()
            rows.append(Row(cells, Box(low[0], low[1], high[2], high[3])))
        return Table(tuple(rows), group.box, header_of(rows), "table.rows")

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
            yield from self._paragraph(tuple(raws[start:end]), setting, bold_ends[start])

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

    def _paragraph(
        self, raws: tuple[RawLine, ...], setting: Setting, bold_end: int
    ) -> Iterator[Block]:
        text = " ".join(raw.text for raw in raws)
        if self.has_stamp and all(is_stamp(raw.text) for raw in raws):
            yield Block("marking", raws, "marking.stamp", 0.8, is_aside=True)
            return
        banner = marking_rule(text)
        if banner:
            yield Block("marking", raws, banner, 0.95, is_aside=True)
            return
        kind = kind_of(text, setting)
        if kind.zone == "body" and bold_end and not self.body.is_bold:
            cut = run_in_head(raws[0].text, bold_end)
            if cut:
                head = raws[0].part(0, cut)
                yield Block("heading", (head,), "heading.run-in", 0.8)
                raws = (raws[0].part(cut, len(raws[0].text)), *raws[1:])
        glyph = _GLYPH.match(raws[0].text)
        if kind.rule == "list.glyph":
            glyph = _ANY_GLYPH.match(raws[0].text)
        if glyph and glyph.end() < len(raws[0].text):
            raws = (raws[0].part(glyph.end(), len(raws[0].text)), *raws[1:])
        block = Block(kind.zone, raws, kind.rule, kind.confidence, noise=_noise(text, raws))
        note = f"{self.number}:{kind.note}" if kind.note else ""
        yield replace(block, note=note) if note else block


def _noise(text: str, lines: Sequence[RawLine]) -> str:
    """Why a block looks wrongly recognised: by text recognition's own word, or by its letters."""
    sure = sum(line.confidence for line in lines) / len(lines)
    if sure < _SURE:
        return f"recognised at {sure:.0%} confidence"
    return noise_of(text)


def _is_flush(lines: Lines, start: int, end: int) -> bool:
    """Whether the lines after the first begin at one edge: not a centred title."""
    lefts = lines.boxes[start + 1 : end, 0]
    return len(lefts) > 0 and float(np.ptp(lefts)) < 0.3 * float(lines.sizes[start])
