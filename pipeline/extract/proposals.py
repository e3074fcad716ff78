"""What a file says of itself, as attributes a person may take: proposed, never trusted. Pure.

>>> proposals_of([("Title", "A plan"), ("CreationDate", "D:20240502101500Z")])
(('date', '2024-05-02'), ('title', 'A plan'))
"""

import re
from collections.abc import Iterable
from datetime import date

from pipeline.extract.cleaning import clean

_NAMES = {
    "title": "title",
    "dc:title": "title",
    "og:title": "title",
    "subject": "subject",
    "author": "author",
    "creator": "author",
    "dc:creator": "author",
    "from": "author",
    "date": "date",
    "dc:date": "date",
    "created": "date",
    "creationdate": "date",
    "dcterms:created": "date",
    "article:published_time": "date",
    "language": "language",
    "dc:language": "language",
}
_DATE = re.compile(r"(?:D:)?([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})")
_LONGEST = 200


def proposals_of(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return pairs of attribute and value, sorted, the first of each that says something.

    Dates are brought to ``YYYY-MM-DD`` where they begin with a day of the calendar, else left
    out, as is what has no name known here.
    """
    found: dict[str, str] = {}
    for name, value in pairs:
        attribute = _NAMES.get(name.strip().lower(), "")
        told = clean(value)[:_LONGEST]
        if attribute == "date":
            told = _day(told)
        if attribute and told:
            found.setdefault(attribute, told)
    return tuple(sorted(found.items()))


def _day(told: str) -> str:
    """The day a date begins with, empty where there is none in the calendar."""
    found = _DATE.match(told)
    if not found:
        return ""
    try:
        return date(int(found[1]), int(found[3]), int(found[4])).isoformat()
    except ValueError:
        return ""
