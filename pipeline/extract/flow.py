"""Pages of lines and tables to blocks in reading order, each with its kind. Pure."""

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.extract.building import Block
from pipeline.extract.layout import PageLayout
from pipeline.extract.lines import Bounds, Lines
from pipeline.extract.margins import Margin, margins
from pipeline.extract.order import by_rows, in_order
from pipeline.extract.page_blocks import Body, PageBlocks
from pipeline.extract.page_numbers import with_told
from pipeline.extract.printed import chained
from pipeline.extract.tables import Table
from pipeline.extract.zones import (
    SMALL_TYPE,
    is_caption_label,
)

_FEW_PAGES = 64


@dataclass(frozen=True, slots=True)
class Page:
    """A page's lines outside ruled tables, its tables, and its number from 1.

    ``rules`` are the straight lines across it that frame no cells: x0, top, x1, bottom.
    """

    number: int
    layout: PageLayout
    tables: tuple[Table, ...] = ()
    rules: tuple[Bounds, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """The blocks of a document, the printed page numbers, and pages whose order is doubtful."""

    blocks: list[Block]
    labels: dict[int, str]
    doubtful: tuple[int, ...]


def flow_of(pages: deque[Page], told: Sequence[str] = ()) -> Flow:
    """Return the blocks of all pages in reading order, each with its kind.

    The pages are taken from the front, one by one: of a long file both would be held.

    Parameters
    ----------
    told
        The page numbers that the file tells, where it does.
    """
    edges = margins([page.layout for page in pages])
    body = body_of(pages)
    by_page: dict[int, dict[int, Margin]] = {page.number: {} for page in pages}
    for (place, line), margin in edges.items():
        by_page[pages[place].number][line] = margin
    printed = {
        number: next((m.label for m in those.values() if m.label), "")
        for number, those in by_page.items()
    }
    labels = with_told(printed, told)
    blocks: list[Block] = []
    doubtful: list[int] = []
    is_long = len(pages) > _FEW_PAGES
    while pages:
        page = pages.popleft()
        known = PageBlocks(page.number, labels[page.number], body, page.layout.height, is_long)
        made, is_doubtful = _page_blocks(page, known, by_page[page.number])
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
    page: Page, made: PageBlocks, edges: dict[int, Margin]
) -> tuple[list[Block], bool]:
    layout = page.layout
    lines = layout.lines
    numbered = frozenset(i for i, margin in edges.items() if margin.kind == "line-number")
    if page.number == 1 and any("CLEARED" in text for text in lines.texts):
        made = replace(made, has_stamp=True)
    blocks = list(made.asides(lines, edges, numbered))
    if layout.sideways.texts:
        raws = made.raws(layout.sideways)
        blocks.append(Block("running-foot", raws, "margin.sideways", 0.8, is_aside=True))
    for raw in made.raws(layout.slanted):
        blocks.append(Block("running-foot", (raw,), "margin.slanted", 0.8, is_aside=True))
    kept = [i for i in range(len(lines)) if i not in edges]
    flow = lines.take(kept) if len(kept) < len(lines) else lines
    line_labels = _line_labels(lines, numbered, flow)
    if len(flow) and not page.tables and _is_numbered(lines, numbered, flow):
        order = by_rows(flow)
    else:
        order = in_order(flow, [layout.upright(table.bounds) for table in page.tables], page.rules)
    blocks += _made_whole(made.groups(flow, order.groups, page.tables, line_labels))
    return blocks, order.is_doubtful


def _is_label(block: Block) -> bool:
    return block.kind == "caption" and is_caption_label(" ".join(block.texts))


def _made_whole(blocks: Iterable[Block]) -> list[Block]:
    """Join a caption to its label, and to a note what goes on at the foot of the next column."""
    joined: list[Block] = []
    note = -1
    for block in blocks:
        if joined and block.kind == "body" and _is_label(joined[-1]):
            joined[-1] = replace(joined[-1], lines=chained(joined[-1].lines, block.lines))
            continue
        if note >= 0 and block.rule == SMALL_TYPE and not block.is_aside:
            last = joined[note].texts[-1].rstrip()
            if last and last[-1] not in ".?!\u201d)":
                joined[note] = replace(joined[note], lines=chained(joined[note].lines, block.lines))
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
