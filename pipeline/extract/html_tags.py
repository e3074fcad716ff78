"""How many attributes a page's elements have, counted before the page is parsed.

libxml2 (2.14) walks an HTML element's list of attributes to its end for each one it adds, so
their square is what they cost: 40,000 on one element took 10 s, 5,000 took 0.04 s. Its XML
parser keeps the end, and took 0.01 s.

One way of hiding an element from this count is known, a script's tags in a comment of that
script; the time that a file may take bounds it then.
"""

import re

from pipeline.errors import DamagedFileError

MOST_ATTRIBUTES = 2_000
_ATTRIBUTE = (
    r"[\t\n\f\r /]*+[^\t\n\f\r />][^\t\n\f\r />=]*+"
    r"(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+"
    r"(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\t\n\f\r >\"'][^\t\n\f\r >]*+)?+)?+"
)
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TAG = re.compile(
    rf"<(?:(?P<comment>!--)|/?(?P<name>[A-Za-z][^\t\n\f\r />]*+)(?P<attributes>(?:{_ATTRIBUTE})*+)"
    r"|[!?/][^>]*+)"
)
_COMMENT_END = re.compile(r"-->|(?<!<!)--!>")
# What stands in these is no markup until their own end.
_RAW_ENDS = {
    name: re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE)
    for name in "script style textarea title xmp iframe noembed noframes".split()
}


def check_attributes(text: str, name: str) -> None:
    """Say so if an element of a page has more attributes than any written page's.

    Raises
    ------
    DamagedFileError
        If one has over 2,000.
    """
    position = 0
    while tag := _TAG.search(text, position):
        element = (tag["name"] or "").lower()
        count = _count(tag["attributes"] or "")
        if count > MOST_ATTRIBUTES:
            raise DamagedFileError(
                f"has an element <{element[:20]}> of {count:,} attributes, "
                f"more than {MOST_ATTRIBUTES:,}",
                where=name,
                remedy="Open it in a browser and save what it shows as a page again.",
            )
        position = tag.end()
        if tag["comment"]:
            position = _end(_COMMENT_END, text, position - 2)
        elif element in _RAW_ENDS and text[tag.start() + 1] != "/":
            position = _end(_RAW_ENDS[element], text, position)


def _count(attributes: str) -> int:
    if len(attributes) <= MOST_ATTRIBUTES:
        return 0
    return sum(1 for _ in _ATTRIBUTES.finditer(attributes))


def _end(end: re.Pattern[str], text: str, position: int) -> int:
    """Where an end begins, the text's own end where it is missing."""
    found = end.search(text, position)
    return found.start() if found else len(text)
