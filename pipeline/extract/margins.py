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

from pipeline.extract.cleaning import clean
from pipeline.extract.layout import Lines, PageLayout
from pipeline.extract.zones import marking_rule
from pipeline.model.source import ZoneKind

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|-|\u2013|\u2014|\|)?\s*(?:[A-Z]?\d{1,3}[-\u2013.])?(?P<number>[0-9]{1,6}|[ivxlc]{1,7})"
    r"\s*(?:-|\u2013|\u2014|\|)?(?:\s*(?:of|/)\s*[0-9]+)?",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_OUTERMOST = 3
_NEAR = 8.0
_LEAST_NUMBERS = 5
_ONE_EDGE = 1.5
_APART = 0.5
_OTHER_SIZE = 0.92
_LONG_LINE = 40
_LEAST_LONG = 5


@dataclass(frozen=True, slots=True)
class Margin:
    """What a line at the edge of a page is; ``label`` is the page number printed in it."""

    kind: ZoneKind
    rule: str
    confidence: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    page: int
    numbers: tuple[int, ...]
    text: str
    top: float
    is_head: bool
    is_apart: bool = True

    @property
    def mask(self) -> tuple[str, bool]:
        return _DIGITS.sub("#", self.text), self.is_head


def margins(pages: Sequence[PageLayout]) -> dict[tuple[int, int], Margin]:
    """Return the lines of heads, feet and page numbers, by page and line, both from 0.

    Lines of ruled tables are not among a page's lines, so they are never margins.
    """
    rows = [
        row
        for number, page in enumerate(pages)
        for row in (*_outermost(number, page.lines), *_beside(number, page.lines))
    ]
    margin_of: dict[_Row, Margin] = {}
    by_mask: dict[tuple[str, bool], list[_Row]] = defaultdict(list)
    for row in rows:
        by_mask[row.mask].append(row)
    least = 3 if len(pages) > 4 else 2
    for same in by_mask.values():
        if len(pages) > 2 and len(same) >= least:
            margin_of.update((row, _head_or_foot(row, same)) for row in _on_a_run(same, least))
    margin_of.update(_numbered(rows, len(pages)))
    kept = _set_apart(rows, margin_of)
    found = {(row.page, n): margin_of[row] for row in kept for n in row.numbers}
    bare = _without_text(pages, found)
    found = {place: margin for place, margin in found.items() if place[0] not in bare}
    banners = ((row, rule) for row in rows if (rule := marking_rule(row.text)))
    found.update(
        ((row.page, n), Margin("marking", rule, 0.95)) for row, rule in banners for n in row.numbers
    )
    return found


def _without_text(
    pages: Sequence[PageLayout], found: Mapping[tuple[int, int], Margin]
) -> frozenset[int]:
    """Pages of which nothing would be left."""
    counts = Counter(page for page, _ in found)
    return frozenset(page for page, count in counts.items() if count >= len(pages[page].lines))


def _set_apart(rows: Sequence[_Row], margin_of: Mapping[_Row, Margin]) -> Iterator[_Row]:
    """Rows from the edge inwards up to the last that white space or size parts from the text.

    Pages that say the same in running text have no heads for that.
    """
    for _, side in groupby(rows, key=lambda row: (row.page, row.is_head)):
        ordered = sorted(side, key=lambda row: row.top if row.is_head else -row.top)
        waiting: list[_Row] = []
        for row in ordered:
            if row not in margin_of:
                continue
            waiting.append(row)
            if row.is_apart:
                yield from waiting
                waiting = []


def _outermost(page: int, lines: Lines) -> Iterator[_Row]:
    """The three uppermost and the three lowest rows of a page, from the edge inwards."""
    tops = lines.boxes[:, 1]
    if not len(tops):
        return
    rounded = np.rint(tops).astype(np.int64)
    heights = _merged(sorted(set(rounded.tolist())))
    rows = [np.flatnonzero(np.abs(rounded - height) <= 2).tolist() for height in heights]
    edges = [(lines.boxes[row, 1].min(), lines.boxes[row, 3].max()) for row in rows]
    sizes = [float(lines.sizes[row].max()) for row in rows]
    count = len(rows)
    for place in [
        *range(min(_OUTERMOST, count)),
        *range(max(_OUTERMOST, count - _OUTERMOST), count),
    ]:
        is_head = place < _OUTERMOST
        inner = place + 1 if is_head else place - 1
        is_apart = True
        if 0 <= inner < count:
            upper, lower = sorted((place, inner))
            gap = float(edges[lower][0] - edges[upper][1])
            ratio = min(sizes[place], sizes[inner]) / max(sizes[place], sizes[inner], 0.1)
            is_apart = (
                gap > _APART * float(edges[place][1] - edges[place][0]) or ratio < _OTHER_SIZE
            )
        members = sorted(rows[place], key=lambda i: float(lines.boxes[i, 0]))
        text = clean(" ".join(lines.texts[i] for i in members))
        yield _Row(page, tuple(members), text, float(tops[members[0]]), is_head, is_apart)


def _beside(page: int, lines: Lines) -> Iterator[_Row]:
    """Lines left or right of the text: in some journals the head stands there."""
    boxes = lines.boxes
    long = [i for i, text in enumerate(lines.texts) if len(text) >= _LONG_LINE]
    if len(long) < _LEAST_LONG:
        return
    left, right = float(boxes[long, 0].min()), float(boxes[long, 2].max())
    outside = (boxes[:, 2] < left) | (boxes[:, 0] > right)
    for number in np.flatnonzero(outside).tolist():
        text = clean(lines.texts[number])
        yield _Row(page, (number,), text, float(boxes[number, 1]), is_head=True)


def _merged(heights: Sequence[int]) -> list[int]:
    """Heights of rows, those within two points taken as one."""
    rows: list[int] = []
    for height in heights:
        if not rows or height - rows[-1] > 2:
            rows.append(height)
    return rows


def _on_a_run(rows: Sequence[_Row], least: int) -> Iterator[_Row]:
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


def _head_or_foot(row: _Row, same: Sequence[_Row]) -> Margin:
    if _PAGE_NUMBER.fullmatch(row.text) and len({one.text for one in same}) > 1:
        return Margin("page-number", "margin.number", 0.95, _label(row.text))
    kind: ZoneKind = "running-head" if row.is_head else "running-foot"
    counts_up = len({one.text for one in same}) > 1
    return Margin(kind, "margin.repeated", 0.95, _edge_number(row, same) if counts_up else "")


def _edge_number(row: _Row, same: Sequence[_Row]) -> str:
    """The number in a head that rises by as much as the pages do."""
    numbers = _DIGITS.findall(row.text)
    for place in range(len(numbers)):
        offsets = Counter(
            int(found[place]) - one.page
            for one in same
            if len(found := _DIGITS.findall(one.text)) > place and found[place].isascii()
        )
        if offsets and offsets.most_common(1)[0][1] >= 2:
            return str(numbers[place])
    return ""


def _numbered(rows: Sequence[_Row], page_count: int) -> Iterator[tuple[_Row, Margin]]:
    """Rows of one number that rises with the pages."""
    if page_count < 2:
        return
    numbers = [(row, value) for row in rows if (value := _value(row.text)) is not None]
    offsets = Counter((value[0], value[1] - row.page) for row, value in numbers)
    for row, (is_roman, number) in numbers:
        if offsets[is_roman, number - row.page] >= 2:
            yield row, Margin("page-number", "margin.number", 0.95, _label(row.text))


def _value(text: str) -> tuple[bool, int] | None:
    """The number a row consists of, and whether it is a Roman one."""
    found = _PAGE_NUMBER.fullmatch(text)
    if not found:
        return None
    number = found["number"].lower()
    if number.isdigit() and number.isascii():
        return False, int(number)
    values = [_ROMAN[letter] for letter in number]
    following = [*values[1:], 0]
    return True, sum(-a if a < b else a for a, b in zip(values, following, strict=True))


def _label(text: str) -> str:
    found = _PAGE_NUMBER.fullmatch(text)
    if not found:
        return ""
    chapter = re.search(r"[A-Z]?\d{1,3}[-\u2013.](?=\d)", text)
    return (chapter[0] if chapter else "") + str(found["number"])


def line_numbers(lines: Lines) -> tuple[int, ...]:
    """Return the lines that only number the lines beside them.

    Five or more numbers with one right edge that rise downwards, at most six apart and half
    of them by one, left of all text or right of it.
    """
    digits = [i for i, text in enumerate(lines.texts) if text.isascii() and text.isdigit()]
    if len(digits) < _LEAST_NUMBERS:
        return ()
    edges = Counter(round(float(lines.boxes[i, 2]) / _ONE_EDGE) for i in digits)
    edge = edges.most_common(1)[0][0]
    column = [i for i in digits if abs(lines.boxes[i, 2] / _ONE_EDGE - edge) <= 1]
    column.sort(key=lambda i: float(lines.boxes[i, 1]))
    values = [int(lines.texts[i]) for i in column]
    steps = [b - a for a, b in pairwise(values)]
    if len(column) < _LEAST_NUMBERS or not steps:
        return ()
    is_rising = sum(1 <= step <= 6 for step in steps) >= 0.9 * len(steps)
    if not is_rising or steps.count(1) * 2 < len(steps):
        return ()
    rest = [i for i in range(len(lines)) if i not in set(column)]
    if not rest:
        return ()
    boxes = lines.boxes
    is_left = max(boxes[i, 2] for i in column) <= min(boxes[i, 0] for i in rest) + 1
    is_right = min(boxes[i, 0] for i in column) >= np.percentile(boxes[rest, 2], 95) - 1
    return tuple(column) if is_left or is_right else ()
