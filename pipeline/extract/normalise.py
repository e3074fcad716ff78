"""Reading text out of raw lines: NFC, ligatures undone, words torn at line ends joined.

Pure functions. A word broken at a line's end is joined unless the document itself, inside
its lines, writes it with a hyphen, or what follows begins with a capital ("Indo-Pacific").
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.model.source import Box, Place

_LIGATURES = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
    }
)
_DROPPED = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b\ufeff\ufffe\uffff]"
)
_SPACES = re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\x85]+")
_HYPHENS = "-\u2010\ufffe"
_TORN = re.compile(rf"[^\W\d_]+[{_HYPHENS}]$")
_WORDS = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")


def clean(text: str) -> str:
    """Return a stretch of text in NFC with ligatures undone and white space single.

    >>> clean("de\\ufb01ne  soft\\u00adly\\r\\n")
    'define softly'
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = _DROPPED.sub("", text.translate(_LIGATURES))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text)).strip()


@dataclass(frozen=True, slots=True)
class RawLine:
    """A printed line before it is joined to its neighbours."""

    text: str
    page: int = 0
    page_label: str = ""
    box: Box | None = None
    seconds: tuple[float, float] | None = None


@dataclass(frozen=True)
class Words:
    """How often a document writes each word, hyphenated or not, inside its lines."""

    counts: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, lines: Iterable[str]) -> "Words":
        """Count the words of all lines but those torn at the end."""
        counts: Counter[str] = Counter()
        for line in lines:
            text = clean(line)
            counts.update(word.lower().replace("\u2010", "-") for word in _WORDS.findall(text))
            torn = _TORN.search(text)
            if torn:
                counts[torn[0].rstrip(_HYPHENS).lower()] -= 1
        return cls(counts)

    def joins(self, first: str, second: str) -> bool:
        """Whether ``first-`` at a line's end and ``second`` are one unhyphenated word."""
        hyphenated = self.counts[f"{first}-{second}".lower()]
        joined = self.counts[f"{first}{second}".lower()]
        if joined or hyphenated:
            return joined >= hyphenated
        if second[:1].isupper():
            return first.isupper() and second.isupper()
        return not (self.counts[first.lower()] > 0 and self.counts[second.lower()] > 0)


def join_lines(lines: Sequence[RawLine], start: int, words: Words) -> tuple[str, tuple[Place, ...]]:
    """Return the text of one block and a place for each of its lines.

    Parameters
    ----------
    start
        Where the block begins in the reading text.
    """
    text = ""
    places: list[Place] = []
    for line in lines:
        piece = clean(line.text)
        if not piece:
            continue
        text = _before(text, piece, words)
        begin = start + len(text)
        text += piece
        places.append(
            Place(begin, start + len(text), line.page, line.page_label, line.box, line.seconds)
        )
    return _composed(text, start, places)


def _before(text: str, piece: str, words: Words) -> str:
    """The text so far, ready for the next line: a blank after it, or its hyphen undone."""
    torn = _TORN.search(text)
    following = re.match(r"[^\W\d_]+", piece)
    if not torn or not following:
        return text + " " if text and not text.endswith("\u2014") else text
    first = torn[0].rstrip(_HYPHENS)
    if words.joins(first, following[0]):
        return text[: -(len(torn[0]) - len(first))]
    return text


def _composed(text: str, start: int, places: Sequence[Place]) -> tuple[str, tuple[Place, ...]]:
    """Mend places that reach into a hyphen taken away, so that they lie side by side."""
    mended = []
    for number, place in enumerate(places):
        following = places[number + 1].start if number + 1 < len(places) else start + len(text)
        end = min(place.end, following)
        if end > place.start:
            mended.append(
                Place(place.start, end, place.page, place.page_label, place.box, place.seconds)
            )
    return text, tuple(mended)
