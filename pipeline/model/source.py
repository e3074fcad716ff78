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

from pipeline.errors import OffsetError, PseudonymisedError

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
    "line-number",
    "comment",
    "stage-direction",
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
    line_label
        The number printed beside the line, as hearings and transcripts are cited by.
    confidence
        How sure text recognition is of the line, 0 to 1; 1 where none was needed.
    """

    start: int
    end: int
    page: int = 0
    page_label: str = ""
    box: Box | None = None
    seconds: tuple[float, float] | None = None
    line_label: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of reading text and the raw characters it was made of.

    Raw characters are counted in reading order over the whole file, so that both sides
    only ever rise. Where both are equally long, character answers to character; where not
    (a ligature, an accent composed, a name replaced), the whole answers to the whole. What lies
    between two runs was put in: a blank for a line's end.

    Attributes
    ----------
    start, end
        Code points of the reading text.
    raw_start, raw_end
        Raw characters, counted over the file in reading order.
    page, index
        1-based page, and the number on it of the first raw character as the engine counts
        them; 0 and -1 where the format has none.
    """

    start: int
    end: int
    raw_start: int
    raw_end: int
    page: int = 0
    index: int = -1


@dataclass(frozen=True, slots=True)
class PageRecord:
    """How one page was read.

    Attributes
    ----------
    label
        What is printed as its number.
    width, height
        In points, as it is shown.
    engine, reason
        What read it, and why not the usual engine.
    """

    page: int
    label: str = ""
    width: float = 0.0
    height: float = 0.0
    engine: str = ""
    reason: str = ""


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
    columns
        The header names of a table's row, one for each cell, where the table has some.
    anchor
        Where in the reading text a note's marker stood; -1 where none was found.
    language
        ISO 639-1, empty where it is not told from the source's.
    noise
        Why the block looks wrongly recognised, empty where it does not.
    box
        Where on its page a block stands that was kept out of the text.
    """

    kind: ZoneKind
    start: int
    end: int
    rule: str
    confidence: float = 1.0
    page: int = 0
    aside: str = ""
    marking: str = ""
    columns: tuple[str, ...] = ()
    anchor: int = -1
    language: str = ""
    noise: str = ""
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker said without another speaking; ``speaker`` as the file writes it.

    ``proposed_role`` is a guess from the label or from who asks; the study's role holds.
    """

    start: int
    end: int
    speaker: str
    proposed_role: str = ""


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
    runs
        The way back to the raw characters, in order.
    pages
        How each page was read; empty where the format has none.
    language
        ISO 639-1 of most of it, empty where it can not be told.
    marking
        The highest that was found in it: ``SECRET//NOFORN``; empty where nothing was.
    is_pseudonymised
        Whether names were replaced: its pages still show them, so no picture of one is made.
    proposals
        Attributes the file claims of itself (title, date, author), to be looked at, never trusted.
    """

    source_id: str
    text: str
    zones: tuple[Zone, ...] = ()
    places: tuple[Place, ...] = ()
    turns: tuple[Turn, ...] = ()
    extractor: str = ""
    file_sha256: str = ""
    warnings: tuple[str, ...] = ()
    runs: tuple[Run, ...] = ()
    pages: tuple[PageRecord, ...] = ()
    language: str = ""
    proposals: tuple[tuple[str, str], ...] = ()
    marking: str = ""
    is_pseudonymised: bool = False

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

    def check_pages_may_be_shown(self) -> None:
        """Do nothing where pictures of the pages show no more than the reading text.

        Raises
        ------
        PseudonymisedError
            If names were replaced: the pages still show them.
        """
        if self.is_pseudonymised:
            raise PseudonymisedError(
                "has pseudonyms in its reading text and names on its pages, so nothing on them "
                "is drawn or pointed at",
                where=self.source_id,
                remedy="Quote its reading text, or open the file itself where names may be seen.",
            )

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

    @cached_property
    def _run_starts(self) -> tuple[int, ...]:
        return tuple(run.start for run in self.runs)

    def runs_of(self, start: int, end: int) -> tuple[Run, ...]:
        """Return the runs that ``[start, end)`` touches, cut to it where character answers to
        character.
        """
        first = max(bisect_right(self._run_starts, start) - 1, 0)
        touched = []
        for run in self.runs[first:]:
            if run.start >= end:
                break
            if run.end > start:
                touched.append(_cut(run, start, end))
        return tuple(touched)


def _cut(run: Run, start: int, end: int) -> Run:
    if run.end - run.start != run.raw_end - run.raw_start:
        return run
    before, after = max(start - run.start, 0), max(run.end - end, 0)
    return Run(
        run.start + before,
        run.end - after,
        run.raw_start + before,
        run.raw_end - after,
        run.page,
        run.index + before if run.index >= 0 else -1,
    )
