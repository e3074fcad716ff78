"""An excerpt as a reader meets it: its words in their surroundings, where, who, and why."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise

from pipeline.export.bundle import Bundle
from pipeline.model.coding import Coding
from pipeline.model.finding import Evidence
from pipeline.model.place import Place
from pipeline.model.segment import Segment
from pipeline.model.source import Source

SURROUNDING_LENGTH = 320


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a quotation; ``kind`` is ``matched``, ``cue`` or empty."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quotation with what stands around it and where it is from."""

    source_id: str
    start: int
    end: int
    stretches: tuple[Stretch, ...]
    before: str
    after: str
    place: str
    codings: tuple[Coding, ...]

    @property
    def quotation(self) -> str:
        """The words, exactly as the source has them."""
        return "".join(stretch.text for stretch in self.stretches)


def evidence_excerpt(bundle: Bundle, evidence: Evidence) -> Excerpt:
    """Return the excerpt of a piece of evidence.

    Raises
    ------
    OffsetError
        If its source's text is shorter than the excerpt's place.
    KeyError
        If its source or one of its codings is not in the bundle.
    """
    source = bundle.source_by_id[evidence.source_id]
    codings = tuple(bundle.coding_by_id[i] for i in evidence.coding_ids)
    before, after = _surroundings(bundle, source, evidence.start, evidence.end)
    return Excerpt(
        evidence.source_id,
        evidence.start,
        evidence.end,
        stretches(source, evidence.start, evidence.end, codings),
        before,
        after,
        place_words(source, evidence.start, evidence.end),
        codings,
    )


def stretches(
    source: Source, start: int, end: int, codings: tuple[Coding, ...]
) -> tuple[Stretch, ...]:
    """Return a quotation cut where matched words and cues begin and end."""
    spans = {"matched": [span for coding in codings for span in coding.matched]}
    cues = (cue for coding in codings for cue in coding.assertion.cues)
    spans["cue"] = [(cue.start, cue.end) for cue in cues]
    edges = {start, end}
    edges.update(e for own in spans.values() for span in own for e in span if start < e < end)
    cuts = sorted(edges)
    source.quote(start, end)
    return tuple(
        Stretch(source.quote(left, right), _kind(spans, left, right))
        for left, right in pairwise(cuts)
    )


def _kind(spans: dict[str, list[tuple[int, int]]], left: int, right: int) -> str:
    for kind, own in spans.items():
        if any(start <= left and right <= end for start, end in own):
            return kind
    return ""


def place_words(source: Source, start: int, end: int) -> str:
    """Return where an excerpt stands, in words: page and label, or time; empty if unknown."""
    places = source.places_of(start, end)
    if not places:
        return ""
    if places[0].seconds is not None:
        return clock(places[0].seconds[0])
    first, last = places[0], places[-1]
    if not first.page:
        return ""
    if first.page == last.page:
        return "p. " + page_name(first)
    return f"pp. {page_name(first)}–{page_name(last)}"


def page_name(place: Place) -> str:
    """Return a page as printed and, where that differs, as counted in the file."""
    if place.page_label in ("", str(place.page)):
        return str(place.page)
    return f"{place.page_label} ({place.page} in the file)"


def clock(seconds: float) -> str:
    """Return a time in a recording.

    >>> clock(3723.9)
    '1:02:03'
    """
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def speaker_words(coding: Coding) -> str:
    """Return who speaks, with the role the study gives; empty where nobody does."""
    return ", ".join(part for part in (coding.speaker, coding.speaker_role) if part)


def matched_words(source: Source, coding: Coding) -> tuple[str, ...]:
    """Return the words that made a machine propose the coding."""
    return tuple(source.quote(start, end) for start, end in coding.matched if start < end)


@dataclass(frozen=True, slots=True)
class CueNote:
    """A cue in words: what it sets, its own words, what it governs, and who is told to say it."""

    value: str
    words: str
    scope: str
    speaker: str

    @property
    def told(self) -> str:
        """The cue without its stretch: ``reported: says, by Moscow``."""
        return f"{self.value}: {self.words}" + (f", by {self.speaker}" if self.speaker else "")

    @property
    def told_in_full(self) -> str:
        """The cue with its stretch."""
        return f"{self.told}, over: {self.scope}"


def cue_notes(source: Source, coding: Coding) -> tuple[CueNote, ...]:
    """Return the cues an assertion rests on, in words."""
    return tuple(
        CueNote(
            cue.value,
            source.quote(cue.start, cue.end),
            source.quote(cue.scope_start, cue.scope_end),
            source.quote(cue.speaker_start, cue.speaker_end) if cue.speaker_end else "",
        )
        for cue in coding.assertion.cues
        if cue.start < cue.end
    )


def _surroundings(bundle: Bundle, source: Source, start: int, end: int) -> tuple[str, str]:
    """Return the rest of the excerpt's own segments and one more on either side.

    Only of the same block and turn: what another speaker said is no context of a word.
    """
    segments = bundle.segments_of.get(source.source_id, ())
    touched = [s for s in _near(segments, start, end) if s.start < end and s.end > start]
    if not touched:
        return "", ""
    home = {(segment.block, segment.turn) for segment in touched}
    near = [s for s in _near(segments, start, end) if (s.block, s.turn) in home]
    first = min(start, *(segment.start for segment in near))
    last = max(end, *(segment.end for segment in near))
    before, after = source.text[first:start], source.text[end:last]
    if len(before) > SURROUNDING_LENGTH:
        before = "… " + before[-SURROUNDING_LENGTH:]
    if len(after) > SURROUNDING_LENGTH:
        after = after[:SURROUNDING_LENGTH] + " …"
    return before, after


def _near(segments: tuple[Segment, ...], start: int, end: int) -> tuple[Segment, ...]:
    first = bisect_right(segments, start, key=lambda segment: segment.start) - 1
    last = bisect_left(segments, end, key=lambda segment: segment.start)
    return segments[max(first - 1, 0) : last + 1]
