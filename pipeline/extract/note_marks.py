"""Raised signs in a line: which are marks of notes, and of which notes. Pure."""

import re
from collections.abc import Iterator, Sequence

DASHES = "-\u2013\u2212"
_UNITS = frozenset({"m", "km", "cm", "mm", "ft", "in", "mi", "CO"})
_LABEL = re.compile(
    r"\b(?:Figure|Fig\.|Table|Box|Map|Chart|Annex|Appendix|Panel|Part|Section|Group) ?"
    r"(?:[A-Z]|[A-Z]?\d{1,3}(?:[.-]\d{1,3})*)[.:]?$"
)
_ONE = re.compile(rf"(\d+)\s*[{DASHES}]\s*(\d+)|\d+|([*\u2020\u2021\u00a7])\3*")
_LONGEST_LABEL = 24
_MOST_IN_RANGE = 30


def is_power(parts: Sequence[str], char: str) -> bool:
    """Return whether a raised digit behind some text is an exponent and no mark.

    It is one after a digit that ends no year, a unit, a variable of one letter, or a minus
    behind one of these; never after the number of a figure.

    >>> is_power("R", "2"), is_power("10", "6"), is_power("in 2014", "6"), is_power("Table 4", "2")
    (True, True, False, False)
    """
    tail = "".join(parts[-6:]).split(" ")[-1].lstrip("(/[")
    if _LABEL.search("".join(parts[-_LONGEST_LABEL:])):
        return False
    if tail[-1:].isdigit():
        return not (len(tail) == 4 and tail.isdigit())
    if tail[-1:] in DASHES and tail[:-1]:
        return char.isdigit() and (tail[-2].isdigit() or tail[:-1] in _UNITS or len(tail) == 2)
    is_variable = len(tail) == 1 and tail.isalpha() and tail not in "aAI"
    return (tail in _UNITS or is_variable) and char in "23"


def marks_in(raised: str) -> tuple[str, ...]:
    """Return the marks that are set as one: of a list each, of a range all.

    >>> marks_in("4,5"), marks_in("1\u20133"), marks_in("*\u2020")
    (('4', '5'), ('1', '2', '3'), ('*', '†'))
    """
    return tuple(mark for found in _ONE.finditer(raised) for mark in _each(found)) or (raised,)


def _each(found: re.Match[str]) -> Iterator[str]:
    if not found[1]:
        yield found[0]
        return
    first, last = int(found[1]), int(found[2])
    is_range = first < last <= first + _MOST_IN_RANGE
    yield from map(str, range(first, last + 1)) if is_range else (found[1], found[2])
