"""A source as it was read: the page that every cell of the matrix leads to.

The blocks tile the reading text: each of its characters that is not white space between
two blocks stands on the page, once and in order, whatever zones an extractor found.
"""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from pipeline.export.bundle import Bundle
from pipeline.export.excerpts import clock, page_name
from pipeline.export.marks import LINES, DrawnText, Mark, draw, marks_of
from pipeline.export.placement import Placement, Use
from pipeline.model.coding import Coding
from pipeline.model.place import Place
from pipeline.model.source import Source
from pipeline.model.zone import Turn, Zone, ZoneKind


@dataclass(frozen=True, slots=True)
class MarginNote:
    """One coding in the margin of its block, and the findings it is evidence for."""

    coding: Coding
    label: str
    line: str
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or table row as drawn; asides were kept out of the text.

    ``speaker`` stands where a turn begins; ``is_counted`` is False for what is read and
    never counted as evidence.
    """

    kind: ZoneKind
    where: str
    speaker: str
    speaker_role: str
    text: DrawnText
    notes: tuple[MarginNote, ...]
    asides_before: tuple[Zone, ...]
    asides_after: tuple[Zone, ...]
    is_counted: bool


@dataclass(frozen=True)
class SourceReading:
    """Lays out one source."""

    bundle: Bundle
    placement: Placement
    source: Source

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks in reading order."""
        starts = self._starts
        codings = self.bundle.codings_of.get(self.source.source_id, ())
        marks = marks_of(coding for coding in codings if self.bundle.words(coding))
        touching: list[list[Mark]] = [[] for _ in starts]
        for mark in marks:
            for number in range(_at(starts, mark.start), _at(starts, mark.end - 1) + 1):
                touching[number].append(mark)
        asides: list[list[Zone]] = [[] for _ in starts]
        for zone in self.source.zones:
            if zone.start == zone.end and zone.aside and starts:
                asides[_at(starts, zone.start)].append(zone)
        ends = [*starts[1:], len(self.source.text)]
        return tuple(
            self._block(start, end, tuple(own), tuple(apart))
            for start, end, own, apart in zip(starts, ends, touching, asides, strict=True)
        )

    @property
    def split_ids(self) -> tuple[str, ...]:
        """The codings drawn in several pieces, each once."""
        return tuple(dict.fromkeys(i for block in self.blocks for i in block.text.split_ids))

    @cached_property
    def _zones(self) -> tuple[Zone, ...]:
        return tuple(zone for zone in self.source.zones if zone.end > zone.start)

    @cached_property
    def _starts(self) -> list[int]:
        """Where blocks begin: with zones and turns, with lines where no zone was found."""
        text = self.source.text
        cuts = {0} | {zone.start for zone in self._zones}
        cuts |= {turn.start for turn in self.source.turns}
        if not self._zones:
            cuts |= {n + 1 for n, character in enumerate(text) if character == "\n"}
        return sorted(cut for cut in cuts if cut < len(text))

    def _block(
        self, start: int, end: int, marks: tuple[Mark, ...], asides: tuple[Zone, ...]
    ) -> Block:
        stop = start + len(self.source.text[start:end].rstrip())
        stop = max([stop, *(min(mark.end, end) for mark in marks if mark.start >= stop)])
        places = self.source.places_of(start, max(stop, start + 1))
        kind = self._kind(start)
        turn = self._turn(start)
        role = self.bundle.entry(self.source.source_id).role_of(turn.speaker) if turn else ""
        begins = turn is not None and turn.start == start
        policy = self.bundle.study.zones
        return Block(
            kind,
            _where(places),
            turn.speaker if turn and begins else "",
            role if begins else "",
            draw(self.source.text, (start, stop), marks, _turnovers(places, start)),
            tuple(note for mark in marks if mark.start >= start for note in self._notes(mark)),
            tuple(aside for aside in asides if aside.start <= start),
            tuple(aside for aside in asides if aside.start > start),
            kind not in policy.excluded | policy.context and role not in policy.context_roles,
        )

    def _kind(self, start: int) -> ZoneKind:
        number = bisect_right(self._zones, start, key=lambda zone: zone.start) - 1
        inside = number >= 0 and start < self._zones[number].end
        return self._zones[number].kind if inside else "body"

    def _turn(self, start: int) -> Turn | None:
        number = bisect_right(self.source.turns, start, key=lambda turn: turn.start) - 1
        inside = number >= 0 and start < self.source.turns[number].end
        return self.source.turns[number] if inside else None

    def _notes(self, mark: Mark) -> tuple[MarginNote, ...]:
        return tuple(
            MarginNote(
                coding,
                self.bundle.code_label(coding.code_id),
                LINES[coding.state],
                self.placement.uses.get(coding.coding_id, ()),
            )
            for coding in mark.codings
            if LINES[coding.state] != "hidden"
        )


def _at(starts: list[int], offset: int) -> int:
    return max(bisect_right(starts, offset) - 1, 0)


def _where(places: tuple[Place, ...]) -> str:
    if not places:
        return ""
    if places[0].seconds is not None:
        return clock(places[0].seconds[0])
    return f"p. {page_name(places[0])}" if places[0].page else ""


def _turnovers(places: tuple[Place, ...], start: int) -> tuple[tuple[int, str], ...]:
    """Return where a new page begins inside a block, with the page's name."""
    return tuple(
        (place.start, f"p. {page_name(place)}")
        for before, place in pairwise(places)
        if place.page != before.page and place.start > start
    )
