"""Sources: what was read from a researcher's file, and where on its pages each word stands.

A source's *reading text* is one string in NFC, lines joined, hyphenation undone, running
heads kept out. All offsets in this package are half-open ranges of Unicode code points
into it. ``places`` lead back to page, box and time; ``zones`` say what each block is.

    >>> source = Source("int-07", "Why wait?\\nWe doubted they meant it.")
    >>> source.quote(10, 35)
    'We doubted they meant it.'

REFI-QDA calls the same thing a Source, and counts in code points too (standard 1.5, 10.2).
"""

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pipeline.errors import OffsetError

ZoneKind = Literal[
    "body",
    "heading",
    "list-item",
    "table",
    "caption",
    "footnote",
    "running-head",
    "running-foot",
    "page-number",
    "contents",
    "references",
    "acronyms",
    "abstract",
    "methods",
    "marking",
    "block-quotation",
]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the page's top left corner as it is shown."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch of reading text stands: one printed line, or one cue of a recording.

    Attributes
    ----------
    start, end
        Code points of the reading text.
    page
        1-based as a reader counts; 0 where the format has no pages.
    page_label
        What is printed as the page's number; empty where nothing is.
    box
        The line's rectangle, where the format has one.
    seconds
        Start and end in the recording, where there is one.
    """

    start: int
    end: int
    page: int = 0
    page_label: str = ""
    box: Box | None = None
    seconds: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """One block of a source: a paragraph, a heading, a table row, a running head.

    Blocks that are kept out of the reading text (running heads, page numbers, stamps)
    have ``start == end``, the point they were taken from, and their words in ``aside``.

    Attributes
    ----------
    rule, confidence
        Which rule said so and how sure it is, 0 to 1.
    marking
        The portion mark or rule of an interview that holds for it, as written, several
        joined by ``; ``: ``(S//NF)``, ``off the record``.
    """

    kind: ZoneKind
    start: int
    end: int
    rule: str
    confidence: float = 1.0
    page: int = 0
    aside: str = ""
    marking: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker said without another speaking; ``speaker`` as the file writes it."""

    start: int
    end: int
    speaker: str


@dataclass(frozen=True)
class Source:
    """A document or transcript as read.

    Attributes
    ----------
    zones
        Blocks in reading order; those with text do not overlap and sentences never
        cross them.
    places
        In reading order; those with text do not overlap.
    turns
        Speaker turns; empty for what is no transcript.
    extractor
        What read it: ``pdf/pdfplumber``.
    file_sha256
        Of the file's bytes.
    warnings
        What a person should look at, in plain words.
    marking
        The highest that was found in it: ``SECRET//NOFORN``; empty where nothing was.
    """

    source_id: str
    text: str
    zones: tuple[Zone, ...] = ()
    places: tuple[Place, ...] = ()
    turns: tuple[Turn, ...] = ()
    extractor: str = ""
    file_sha256: str = ""
    warnings: tuple[str, ...] = ()
    marking: str = ""

    def quote(self, start: int, end: int) -> str:
        """Return exactly the text at ``[start, end)``.

        Raises
        ------
        OffsetError
            If the range is empty or reaches outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise OffsetError(
                f"the text has {len(self.text):,} characters, so nothing is at [{start}, {end})",
                where=self.source_id,
                remedy="The source was read anew since. Run `backing run`, then look again.",
            )
        return self.text[start:end]

    @cached_property
    def text_sha256(self) -> str:
        """Hash of the reading text: offsets into another text are never used on this one."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(place.start for place in self.places)

    def places_of(self, start: int, end: int) -> tuple[Place, ...]:
        """Return the printed lines or cues that ``[start, end)`` touches, in reading order."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        touched = []
        for place in self.places[first:]:
            if place.start >= end:
                break
            if place.end > start:
                touched.append(place)
        return tuple(touched)
