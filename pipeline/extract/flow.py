"""Pages of lines and tables to blocks in reading order, each with its kind. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.building import Block
from pipeline.extract.layout import Column, PrintedLine, paragraphs_of
from pipeline.extract.marking import is_stamp
from pipeline.extract.normalise import RawLine
from pipeline.extract.order import columns_of, in_order
from pipeline.extract.speakers import split_turns
from pipeline.extract.zones import Margin, kind_of, margins

_GLYPH = re.compile(r"[\u2022\u2023\u25aa\u25cf\u25e6\u2043\uf0b7]\s+")
_LOW = 0.45


@dataclass(frozen=True, slots=True)
class Page:
    """A page's lines outside tables, its tables, and its height in points."""

    lines: tuple[PrintedLine, ...]
    tables: tuple[Column, ...]
    height: float
    sideways_count: int = 0


def blocks_of(pages: Sequence[Page]) -> Iterator[Block]:
    """Yield the blocks of all pages in reading order, each with its kind."""
    edges = margins([page.lines for page in pages])
    size, is_bold = _body_font(pages)
    for number, page in enumerate(pages):
        label = next(
            (
                edges[number, i].page_label
                for i in range(len(page.lines))
                if (number, i) in edges and edges[number, i].page_label
            ),
            "",
        )
        yield from _page_blocks(page, number, label, edges, size, is_bold)


def _page_blocks(
    page: Page,
    number: int,
    label: str,
    edges: dict[tuple[int, int], Margin],
    size: float,
    is_bold: bool,
) -> Iterator[Block]:
    flow = []
    for index, line in enumerate(page.lines):
        margin = edges.get((number, index))
        raw = RawLine(line.text, number + 1, label, line.box)
        if margin:
            yield Block(margin.kind, (raw,), margin.rule, 0.95, is_aside=True)
        elif number == 0 and is_stamp(line.text):
            yield Block("marking", (raw,), "marking.stamp", 0.8, is_aside=True)
        else:
            flow.append(line)
    for column in in_order([*columns_of(flow), *page.tables]):
        if column.is_table:
            for row in column.lines:
                raw = RawLine(row.text, number + 1, label, row.box)
                yield Block("table", (raw,), "table.ruled", 0.9)
            continue
        for paragraph in paragraphs_of(column):
            low = paragraph[0].box.top > _LOW * page.height
            kind, rule, confidence = kind_of(paragraph, size, is_bold, low)
            texts = [line.text for line in paragraph]
            texts[0] = _GLYPH.sub("", texts[0])
            raws = tuple(
                RawLine(text, number + 1, label, line.box)
                for text, line in zip(texts, paragraph, strict=True)
            )
            yield Block(kind, raws, rule, confidence)


def _body_font(pages: Sequence[Page]) -> tuple[float, bool]:
    """The size most characters have, and whether most of them are bold."""
    sizes: Counter[float] = Counter()
    bold = total = 0
    for page in pages:
        for line in page.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
            bold += len(line.text) * line.is_bold
            total += len(line.text)
    return (sizes.most_common(1)[0][0] if sizes else 10.0), bold * 2 > total


def with_speakers(blocks: list[Block]) -> list[Block]:
    """Speakers of a transcript set as a PDF; the label goes, the place of the line stays."""
    spoken = [
        block for block in blocks if not block.is_aside and block.kind in ("body", "list-item")
    ]
    said = split_turns([" ".join(line.text.strip() for line in b.lines) for b in spoken])
    named = {id(block): one for block, one in zip(spoken, said, strict=True) if one.speaker}
    return [
        _spoken(block, named[id(block)].speaker, named[id(block)].text)
        if id(block) in named
        else block
        for block in blocks
    ]


def _spoken(block: Block, speaker: str, text: str) -> Block:
    whole = " ".join(line.text.strip() for line in block.lines)
    cut = len(whole) - len(text)
    first = block.lines[0]
    lines = (replace(first, text=first.text.strip()[cut:]), *block.lines[1:])
    return replace(block, kind="body", lines=lines, speaker=speaker, rule="pdf.turn")
