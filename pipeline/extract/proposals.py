"""What a file says of itself, as attributes a person may take: proposed, never trusted. Pure.

>>> proposals_of([("Title", "A plan"), ("CreationDate", "D:20240502101500Z")])
(('date', '2024-05-02'), ('title', 'A plan'))
"""

import re
from collections.abc import Iterable

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
_DATE = re.compile(r"(?:D:)?(\d{4})-?(\d{2})-?(\d{2})")
_LONGEST = 200


def proposals_of(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return pairs of attribute and value, sorted, the first of each that says something.

    Dates are brought to ``YYYY-MM-DD`` where they begin with one; what has no name known here
    is left out.
    """
    found: dict[str, str] = {}
    for name, value in pairs:
        attribute = _NAMES.get(name.strip().lower(), "")
        told = clean(value)[:_LONGEST]
        if attribute == "date":
            date = _DATE.match(told)
            told = "-".join(date.groups()) if date else ""
        if attribute and told:
            found.setdefault(attribute, told)
    return tuple(sorted(found.items()))
