"""What stands around the text of pages: running heads and feet, page and line numbers. Pure.

A row counts as a head or foot if it stands among the outermost of its page and comes back at
the same height on a run of pages, every page or every other, digits apart. Whole rows are compared:
single pieces would take numbers and names out of tables.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np

from pipeline.extract.banners import marking_rule
from pipeline.extract.layout import PageLayout
from pipeline.extract.page_numbers import PAGE_NUMBER, label_in, number_in
from pipeline.extract.page_rows import (
    DIGITS,
    EdgeRow,
    beside,
    edge_line,
    line_numbers,
    outermost,
)
from pipeline.model.zone import ZoneKind

_YEAR = re.compile(r"(?:19|20)\d\d")
_NEAR = 8.0
_LARGER = 1.25
_LEAST_REPEATED = 30


@dataclass(frozen=True, slots=True)
class Margin:
    """What a line at the edge of a page is; ``label`` is the page number printed in it."""

    kind: ZoneKind
    rule: str
    confidence: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class _Same:
    """Rows alike but for their numbers: whether those differ, and which of the numbers in a
    row rises by as much as the pages do, -1 for none.
    """

    counts_up: bool
    place: int

    @classmethod
    def of(cls, rows: Sequence[EdgeRow]) -> "_Same":
        counts_up = len({row.text for row in rows}) > 1
        if not counts_up:
            return cls(False, -1)
        numbers = [(row.page, DIGITS.findall(row.text)) for row in rows]
        for place in range(max(len(found) for _, found in numbers)):
            offsets = Counter(
                int(found[place]) - page
                for page, found in numbers
                if len(found) > place and found[place].isascii() and len(found[place]) < 10
            )
            if offsets and offsets.most_common(1)[0][1] >= 2:
                return cls(True, place)
        return cls(True, -1)


def margins(pages: Sequence[PageLayout]) -> dict[tuple[int, int], Margin]:
    """Return the lines of heads, feet, page and line numbers, by page and line, both from 0.

    Lines of ruled tables are not among a page's lines, so they are never margins.
    """
    numbered = [frozenset(line_numbers(page.lines)) for page in pages]
    rows = [
        row
        for number, page in enumerate(pages)
        for row in (
            *outermost(number, page.lines, numbered[number]),
            *beside(number, page.lines, numbered[number]),
        )
    ]
    margin_of: dict[EdgeRow, Margin] = {}
    by_mask: dict[tuple[str, bool], list[EdgeRow]] = defaultdict(list)
    for row in rows:
        by_mask[row.mask].append(row)
    least = 3 if len(pages) > 4 else 2
    for same in by_mask.values():
        if len(pages) > 2 and len(same) >= least:
            alike = _Same.of(same)
            margin_of.update((row, _head_or_foot(row, alike)) for row in _on_a_run(same, least))
    margin_of.update(_numbered(rows, len(pages)))
    for row in _headings(pages, by_mask, margin_of):
        del margin_of[row]
    margin_of.update(_lone_numbers(rows, margin_of))
    kept = list(_set_apart(rows, margin_of))
    bare = _without_text(pages, kept)
    found = {(row.page, n): margin_of[row] for row in kept if row not in bare for n in row.numbers}
    found.update(
        ((page, line), Margin("line-number", "margin.line-numbers", 0.95))
        for page, lines in enumerate(numbered)
        for line in lines
    )
    found.update(_said_before(pages, found))
    banners = ((row, rule) for row in rows if (rule := marking_rule(row.text)))
    found.update(
        ((row.page, n), Margin("marking", rule, 0.95)) for row, rule in banners for n in row.numbers
    )
    return found


def _headings(
    pages: Sequence[PageLayout],
    by_mask: Mapping[tuple[str, bool], Sequence[EdgeRow]],
    margin_of: Mapping[EdgeRow, Margin],
) -> Iterator[EdgeRow]:
    """Rows that are no heads though they stand alike: larger than the text, and each says another
    thing ("Interview 1", "2018"); a large number is a page's own unless it is a year.
    """
    sizes = [page.lines.sizes for page in pages if len(page.lines)]
    body = float(np.median(np.concatenate(sizes))) if sizes else 0.0
    for same in by_mask.values():
        if not any(row in margin_of for row in same) or len({row.text for row in same}) == 1:
            continue
        for row in same:
            is_own_number = PAGE_NUMBER.fullmatch(row.text) and not _YEAR.fullmatch(row.text)
            if row in margin_of and row.size > _LARGER * body and not is_own_number:
                yield row


def _without_text(pages: Sequence[PageLayout], kept: Sequence[EdgeRow]) -> frozenset[EdgeRow]:
    """The rows of pages of which nothing would be left, but what is a margin of others too."""
    counts = Counter(row.page for row in kept for _ in row.numbers)
    bare = {page for page, count in counts.items() if count >= len(pages[page].lines)}
    others = {row.mask[0] for row in kept if row.page not in bare}
    told = {row.page for row in kept if row.page in bare and row.mask[0] not in others}
    return frozenset(row for row in kept if row.page in told)


def _said_before(
    pages: Sequence[PageLayout], found: Mapping[tuple[int, int], Margin]
) -> Iterator[tuple[tuple[int, int], Margin]]:
    """Long lines at the top of a page that stand word for word at the foot of the last.

    Programs that print page by page leave them there, hidden by the page's clip.
    """
    known: dict[int, set[int]] = defaultdict(set)
    for page, number in found:
        known[page].add(number)
    for page, (before, after) in enumerate(pairwise(pages)):
        last, first = (
            edge_line(before.lines, known[page], -1),
            edge_line(after.lines, known[page + 1], 0),
        )
        if last < 0 or first < 0 or len(after.lines.texts[first]) < _LEAST_REPEATED:
            continue
        is_beside = abs(before.lines.boxes[last, 0] - after.lines.boxes[first, 0]) < 1
        if is_beside and before.lines.texts[last].strip() == after.lines.texts[first].strip():
            yield (page + 1, first), Margin("running-head", "margin.said-before", 0.9)


def _set_apart(rows: Sequence[EdgeRow], margin_of: Mapping[EdgeRow, Margin]) -> Iterator[EdgeRow]:
    """Rows from the edge inwards up to the last that white space or size parts from the text.

    Pages that say the same in running text have no heads for that.
    """
    for _, side in groupby(rows, key=lambda row: (row.page, row.is_head)):
        ordered = sorted(side, key=lambda row: row.top if row.is_head else -row.top)
        waiting: list[EdgeRow] = []
        for row in ordered:
            if row not in margin_of:
                continue
            waiting.append(row)
            if row.is_apart:
                yield from waiting
                waiting = []


def _on_a_run(rows: Sequence[EdgeRow], least: int) -> Iterator[EdgeRow]:
    """Rows that stand at one height on a run of pages in steps of one or of two."""
    by_page = {row.page: row for row in rows}
    for row in rows:
        for step in (1, 2):
            run = 1
            for way in (step, -step):
                page = row.page + way
                while page in by_page and abs(by_page[page].top - row.top) <= _NEAR:
                    run += 1
                    page += way
                    if run >= least:
                        break
            if run >= least:
                yield row
                break


def _head_or_foot(row: EdgeRow, same: _Same) -> Margin:
    if same.counts_up and PAGE_NUMBER.fullmatch(row.text):
        return Margin("page-number", "margin.number", 0.95, label_in(row.text))
    kind: ZoneKind = "running-head" if row.is_head else "running-foot"
    numbers = DIGITS.findall(row.text)
    label = numbers[same.place] if 0 <= same.place < len(numbers) else ""
    return Margin(kind, "margin.repeated", 0.95, label)


def _numbered(rows: Sequence[EdgeRow], page_count: int) -> Iterator[tuple[EdgeRow, Margin]]:
    """Rows of one number that rises with the pages."""
    if page_count < 2:
        return
    numbers = [(row, value) for row in rows if (value := number_in(row.text)) is not None]
    offsets = Counter((value[0], value[1] - row.page) for row, value in numbers)
    for row, (is_roman, number) in numbers:
        if offsets[is_roman, number - row.page] >= 2:
            yield row, Margin("page-number", "margin.number", 0.95, label_in(row.text))


def _lone_numbers(
    rows: Sequence[EdgeRow], known: Mapping[EdgeRow, Margin]
) -> Iterator[tuple[EdgeRow, Margin]]:
    """A number alone at the foot of a page, well apart from the text: of single pages too."""
    for _, side in groupby(rows, key=lambda row: row.page):
        feet = [row for row in side if not row.is_head]
        lowest = max(feet, key=lambda row: row.top, default=None)
        if lowest is None or lowest in known or not lowest.is_far:
            continue
        value = number_in(lowest.text)
        if value is not None and len(lowest.numbers) == 1 and not value[0]:
            yield lowest, Margin("page-number", "margin.lone-number", 0.6, label_in(lowest.text))
