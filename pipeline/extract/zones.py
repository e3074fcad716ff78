"""What a block is, each by a rule with a name and a confidence. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.layout import PrintedLine
from pipeline.extract.marking import marking_rule
from pipeline.extract.normalise import clean
from pipeline.model.source import ZoneKind

_MARKER = re.compile(
    r"\s*(?:[\u2022\u2023\u25aa\u25cf\u25e6\u2043\uf0b7*]|[-\u2013]|\(?\d{1,2}[.)]|\(?[a-z][.)]"
    r"|\((?:i|ii|iii|iv|v|vi|vii|viii|ix|x)\))\s+\S"
)
_CAPTION = re.compile(r"(?:Figure|Fig\.|Table|Box|Map|Chart) [A-Z]?\d+(?:[-.]\d+)*[.:](?=\s)")
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,5}\.)\s+[A-Z]")
_PAGE_NUMBER = re.compile(
    r"(?:page\s+)?[-\u2013]?\s*(\d{1,4}|[ivxlc]{1,6})\s*[-\u2013]?(?:\s+of\s+\d+)?", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_OUTERMOST = 3
_NEAR = 8.0
_MOST_HEADING_WORDS = 16


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands at the head or foot of a page: which line, and as what."""

    kind: ZoneKind
    rule: str
    page_label: str = ""


def list_marker(text: str) -> bool:
    """Whether a line begins like an item of a list.

    >>> list_marker("(a) radars"), list_marker("- 1. Framed"), list_marker("A radar")
    (True, True, False)
    """
    return bool(_MARKER.match(text))


def margins(pages: Sequence[Sequence[PrintedLine]]) -> dict[tuple[int, int], Margin]:
    """Return the lines of heads and feet, by page and line index (both from 0).

    A line counts if its words, digits masked, stand among the outermost of its page at the
    same height on several pages; a lone number counts if it rises with the pages.
    """
    found: dict[tuple[int, int], Margin] = {}
    repeated: dict[tuple[str, bool], list[tuple[int, int, float]]] = defaultdict(list)
    numbers: Counter[int] = Counter()
    for page, lines in enumerate(pages):
        for index, is_head in _outermost(lines):
            text = clean(lines[index].text)
            marking = marking_rule(text)
            if marking:
                found[page, index] = Margin("marking", marking)
                continue
            repeated[_DIGITS.sub("#", text), is_head].append((page, index, lines[index].box.top))
            number = _PAGE_NUMBER.fullmatch(text)
            if number and number[1].isascii() and number[1].isdigit():
                numbers[int(number[1]) - page] += 1
    least = 2 if len(pages) <= 6 else 3
    offset = numbers.most_common(1)[0][0] if numbers else None
    for (mask, is_head), places in repeated.items():
        kept = _at_one_height(places)
        if len(pages) < 3 or len({page for page, _, _ in kept}) < least:
            kept = []
        counts_up = len({clean(pages[page][index].text) for page, index, _ in kept}) > 1
        for page, index, _ in kept:
            margin = _margin(clean(pages[page][index].text), mask, is_head)
            found[page, index] = margin if counts_up else replace(margin, page_label="")
        for page, index, _ in places:
            if _is_number_of(clean(pages[page][index].text), page, offset, numbers):
                label = _PAGE_NUMBER.fullmatch(clean(pages[page][index].text))
                found[page, index] = Margin(
                    "page-number", "margin.number", label[1] if label else ""
                )
    return found


def _outermost(lines: Sequence[PrintedLine]) -> list[tuple[int, bool]]:
    rows = sorted({round(line.box.top) for line in lines})
    head = set(rows[:_OUTERMOST])
    foot = set(rows[-_OUTERMOST:]) - head
    return [
        (index, round(line.box.top) in head)
        for index, line in enumerate(lines)
        if round(line.box.top) in head | foot
    ]


def _at_one_height(places: list[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    return [
        place
        for place in places
        if any(other[0] != place[0] and abs(other[2] - place[2]) <= _NEAR for other in places)
    ]


def _margin(text: str, mask: str, is_head: bool) -> Margin:
    if _PAGE_NUMBER.fullmatch(text):
        number = _PAGE_NUMBER.fullmatch(text)
        return Margin("page-number", "margin.number", number[1] if number else "")
    kind: ZoneKind = "running-head" if is_head else "running-foot"
    edges = _DIGITS.findall(text) if mask.startswith("#") or mask.endswith("#") else []
    return Margin(kind, "margin.repeated", edges[-1] if mask.endswith("#") else "".join(edges[:1]))


def _is_number_of(text: str, page: int, offset: int | None, numbers: Counter[int]) -> bool:
    number = _PAGE_NUMBER.fullmatch(text)
    if not number or offset is None or numbers[offset] < 2:
        return False
    return number[1].isascii() and number[1].isdigit() and int(number[1]) - page == offset


def kind_of(
    lines: Sequence[PrintedLine], body_size: float, body_is_bold: bool, low: bool
) -> tuple[ZoneKind, str, float]:
    """Return a paragraph's kind with the rule that said so and its confidence.

    Parameters
    ----------
    low
        Whether it stands in the lower part of its page, where notes do.
    """
    text = clean(" ".join(line.text for line in lines))
    size = lines[0].size
    if _CAPTION.match(text):
        return "caption", "caption.label", 0.9
    if low and size <= 0.93 * body_size and re.match(r"[*\u2020\u2021]|\[?\d{1,3}[\].)]?\s", text):
        return "footnote", "footnote.small-numbered", 0.85
    if _is_heading(text, lines, body_size, body_is_bold):
        return "heading", "heading.font", 0.8
    if list_marker(text):
        return "list-item", "list.marker", 0.85
    return "body", "body", 0.9


def _is_heading(
    text: str, lines: Sequence[PrintedLine], body_size: float, body_is_bold: bool
) -> bool:
    words = text.split()
    if len(words) > _MOST_HEADING_WORDS or text[-1:] in ".;,?" or len(lines) > 3:
        return False
    if not any(char.isalpha() for char in text):
        return False
    larger = all(line.size >= 1.12 * body_size for line in lines)
    bolder = all(line.is_bold for line in lines) and not body_is_bold
    return larger or bolder or (bool(_NUMBERED.match(text)) and bolder)
