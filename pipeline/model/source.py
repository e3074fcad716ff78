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
from dataclasses import dataclass
from functools import cached_property

from pipeline.errors import OffsetError, PseudonymisedError
from pipeline.model.place import PageRecord, Place, Run
from pipeline.model.places import NO_PLACES, NO_RUNS, Places, Runs
from pipeline.model.zone import Turn, Zone


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
    places: Places = NO_PLACES
    turns: tuple[Turn, ...] = ()
    extractor: str = ""
    file_sha256: str = ""
    warnings: tuple[str, ...] = ()
    runs: Runs = NO_RUNS
    pages: tuple[PageRecord, ...] = ()
    language: str = ""
    proposals: tuple[tuple[str, str], ...] = ()
    marking: str = ""
    is_pseudonymised: bool = False

    def __post_init__(self) -> None:
        """Pack places and runs that are given as tuples."""
        object.__setattr__(self, "places", Places.of(self.places))
        object.__setattr__(self, "runs", Runs.of(self.runs))

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

    def places_of(self, start: int, end: int) -> tuple[Place, ...]:
        """Return the printed lines or cues that ``[start, end)`` touches, in reading order."""
        return tuple(self.places.touching(start, end))

    def runs_of(self, start: int, end: int) -> tuple[Run, ...]:
        """Return the runs that ``[start, end)`` touches, cut to it where character answers to
        character.
        """
        return tuple(_cut(run, start, end) for run in self.runs.touching(start, end))


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
