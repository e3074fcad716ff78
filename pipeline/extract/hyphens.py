"""Words torn at line ends: which are joined, and what stands between two lines. Pure.

A word broken at a line's end is joined unless the document itself, inside its lines,
writes it with a hyphen, or what follows begins with a capital ("Indo-Pacific"), or a list fixed
with this version has it with one. On texts the list was not made from, 0.2 % of torn words
stay torn and 10 % of compounds lose their hyphen (27 % without the list).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from pipeline.extract.cleaning import clean
from pipeline.extract.compounds import COMPOUNDS

_HYPHENS = "-\u2010"
_NEVER_PARTED = "\u2011"
_AT_ONCE = 2_000
_TORN = re.compile(rf"(?<![^\W\d_])[^\W\d_]+[{_HYPHENS}]$")
_SUSPENDED = re.compile(rf"(?:and|or|to|und|oder|bis) [^\W_]+[{_HYPHENS}]")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_PARTING = "\t\n.,;:!?()[]{}<>\"'\u2018\u2019\u201c\u201d/\u2013\u2014"
_ADDRESS = re.compile(r"://|//|\w@|www\.")
_RANGE_GOES_ON = re.compile(r"\d[\u2013/]\Z")


@dataclass(frozen=True)
class Words:
    """How often a document writes each word, hyphenated or not, inside its lines."""

    counts: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, lines: Iterable[str]) -> "Words":
        """Return how often each word stands inside some lines, without what is torn at an end."""
        counts: Counter[str] = Counter()
        waiting = map(clean, lines)
        while some := list(islice(waiting, _AT_ONCE)):
            _count(counts, some)
        return cls(counts)

    @classmethod
    def asked_for(cls, lines: Callable[[], Iterable[str]]) -> "Words":
        """Return the words of the lines that are given, none where no line is torn."""
        return cls.of(lines()) if any(map(may_be_torn, lines())) else cls()

    def joins(self, first: str, second: str, *, is_in_capitals: bool = True) -> bool:
        """Whether ``first-`` at a line's end and ``second`` are one unhyphenated word.

        Words in capitals are two names (US-EU), but where the whole line is in capitals.
        """
        hyphenated = self.counts[f"{first}-{second}".lower()]
        joined = self.counts[f"{first}{second}".lower()]
        if joined or hyphenated:
            return joined >= hyphenated
        if second[:1].isupper():
            return is_in_capitals and first.isupper() and second.isupper()
        if f"{first}-{second}".lower() in COMPOUNDS:
            return False
        return not (self.counts[first.lower()] > 0 and self.counts[second.lower()] > 0)


def may_be_torn(line: str) -> bool:
    """Whether a line ends in a hyphen, or in something that may be dropped behind one.

    >>> may_be_torn("deter-"), may_be_torn("deter-\\u00ad "), may_be_torn("-deter")
    (True, True, False)
    """
    end = line[-1:]
    return end in _HYPHENS if end > " " and end.isprintable() else bool(line)


def _count(counts: Counter[str], texts: Sequence[str]) -> None:
    joined = "\n".join(texts).lower().replace("\u2010", "-").replace(_NEVER_PARTED, "-")
    for sign in _PARTING:
        joined = joined.replace(sign, " ")
    counts.update(joined.split())
    torn = (_TORN.search(text) for text in texts if text[-1:] in _HYPHENS)
    counts.subtract(found[0].replace("\u2010", "-").lower() for found in torn if found)


def between(last: str, piece: str, words: Words) -> tuple[int, str]:
    """Return how many characters a line loses at its end, and what is put before the next."""
    end = last[-1]
    if end == _NEVER_PARTED:
        return 0, ""
    if end in _HYPHENS and _SUSPENDED.match(piece):
        return 0, " "
    if end in "/@-\u2010" and _ADDRESS.search(last.rsplit(" ", 1)[-1]):
        return 0, ""
    if end in _HYPHENS:
        torn = _TORN.search(last)
        following = _FIRST_WORD.match(piece)
        if not torn or not following:
            return 0, " " if torn is None and not last[:-1] else ""
        first = torn[0].rstrip(_HYPHENS)
        joins = words.joins(first, following[0], is_in_capitals=last.isupper())
        seam = first[-1] + piece[0]
        return int(joins and unicodedata.is_normalized("NFC", seam)), ""
    if end == "\u2014":
        return 0, ""
    if end in "\u2013/" and _RANGE_GOES_ON.search(last) and piece[0].isdigit():
        return 0, ""
    return 0, " "
