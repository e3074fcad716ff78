"""Rows that are a page's printed number, alone or with "page" and "of". Pure."""

import re
from collections.abc import Mapping, Sequence

PAGE_NUMBER = re.compile(
    r"(?:page|p\.|-|\u2013|\u2014|\|)?\s*(?:[A-Z]?\d{1,3}[-\u2013.])?(?P<number>[0-9]{1,6}|[ivxlc]{1,7})"
    r"\s*(?:-|\u2013|\u2014|\|)?(?:\s*(?:of|/)\s*[0-9]+)?",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def number_in(text: str) -> tuple[bool, int] | None:
    """Return the number a row consists of, and whether it is a Roman one; None if it is none."""
    found = PAGE_NUMBER.fullmatch(text)
    if not found:
        return None
    number = found["number"].lower()
    if number.isdigit() and number.isascii():
        return False, int(number)
    values = [_ROMAN[letter] for letter in number]
    following = [*values[1:], 0]
    return True, sum(-a if a < b else a for a, b in zip(values, following, strict=True))


def label_in(text: str) -> str:
    """Return a page number as it is printed, with its chapter's; empty if the row is none."""
    found = PAGE_NUMBER.fullmatch(text)
    if not found:
        return ""
    chapter = re.search(r"[A-Z]?\d{1,3}[-\u2013.](?=\d)", text)
    return (chapter[0] if chapter else "") + str(found["number"])


def with_told(printed: Mapping[int, str], told: Sequence[str]) -> dict[int, str]:
    """Return the labels of pages, by number from 1, filled up with what the file tells of them.

    What is printed holds: where one page is printed otherwise than told nothing told is believed,
    nor where no page is printed and the file only counts its pages.

    >>> with_told({1: "", 2: "iv"}, ("iii", "iv")), with_told({1: "", 2: "12"}, ("1", "2"))
    ({1: 'iii', 2: 'iv'}, {1: '', 2: '12'})
    """
    pairs = [(label, one) for label, one in zip(printed.values(), told, strict=False) if label]
    is_count = all(one in (str(n), str(n + 1)) for n, one in enumerate(told))
    is_unlike = any(label.lower() != one.lower() for label, one in pairs)
    if is_unlike or (is_count and not pairs):
        return dict(printed)
    return {n: label or (told[n - 1] if n <= len(told) else "") for n, label in printed.items()}
