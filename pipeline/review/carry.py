"""Judgments carried to a reading text that has changed since they were made.

Nothing is stored: the record keeps every event as it was made, and whenever it is read, an
event made on another text is found again by its words with those around them, or listed for
a person. Nothing moves unseen, and what is not placed counts nowhere.

A judgment is carried only to a whole segment with the same words (``wording`` says what that
means). Where the sentence is now part of a longer one, or cut in two, nobody has judged the
new sentence: it waits, with the new one named.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.model.carrying import (
    Carried,
    Excerpt,
    Method,
    Unplaced,
    excerpt_of,
    span_of,
    with_excerpt,
)
from pipeline.model.judgment import Event
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.review.anchors import Old, Reading
from pipeline.review.judgments import standing
from pipeline.review.placing import Placement, place
from pipeline.review.wording import locate, method_of

_NO_WORDS = "the record does not hold the words of its whole sentence"
_NO_SOURCE = "its source is not in the study any more, or can not be read"
_NO_EXCERPT = "its sentence was found, and its excerpt is not to be told in it"


@dataclass(frozen=True, slots=True)
class Carrying:
    """Every event, in its order, with what was done to bring it to the text read now.

    Attributes
    ----------
    events
        As they are to be folded: those carried stand on the new text, those that could not
        be placed have lost their segment, all others are as they are stored.
    carried, unplaced
        Of the events that stand; undone ones are in neither.
    """

    events: tuple[Event, ...]
    carried: tuple[Carried, ...]
    unplaced: tuple[Unplaced, ...]


def carry(
    events: Sequence[Event],
    sources: Mapping[str, Source],
    segments: Mapping[str, Sequence[Segment]],
) -> Carrying:
    """Return the events as they stand on the sources read now.

    Parameters
    ----------
    sources, segments
        By the ids of the sources.
    """
    ids = {one.segment_id for those in segments.values() for one in those}
    away = [one for one in events if _is_away(one, sources, ids)]
    if not away:
        return Carrying(tuple(events), (), ())
    found = {one.event.event_id: one for one in _brought(away, sources, segments)}
    stands = {one.event_id for one in standing(events)}
    told = [found[one.event_id] for one in away if one.event_id in stands]
    return Carrying(
        tuple(_as_folded(one, found.get(one.event_id)) for one in events),
        tuple(one for one in told if isinstance(one, Carried)),
        tuple(one for one in told if isinstance(one, Unplaced)),
    )


def _is_away(event: Event, sources: Mapping[str, Source], ids: set[str]) -> bool:
    """Whether an event has a place, and none in the text as it is read now."""
    if event.kind == "undone":
        return False
    source = sources.get(event.source_id)
    return not (source and source.text_sha256 == event.text_sha256 and event.segment_id in ids)


def _as_folded(event: Event, found: Carried | Unplaced | None) -> Event:
    if found is None:
        return event
    return found.event if isinstance(found, Carried) else replace(event, segment_id="")


def _brought(
    away: Sequence[Event],
    sources: Mapping[str, Source],
    segments: Mapping[str, Sequence[Segment]],
) -> Iterator[Carried | Unplaced]:
    """Each source's events together, those of one earlier text at a time."""
    by_source: defaultdict[str, list[Event]] = defaultdict(list)
    for event in away:
        by_source[event.source_id].append(event)
    for source_id, events in by_source.items():
        if source_id not in sources:
            yield from (Unplaced(event, _NO_SOURCE) for event in events)
            continue
        reading = Reading(sources[source_id], tuple(sorted(segments.get(source_id, ()))))
        by_text: defaultdict[str, list[Event]] = defaultdict(list)
        for event in events:
            by_text[event.text_sha256].append(event)
        for text_sha256, made in by_text.items():
            yield from _of_one_text(made, reading, text_sha256)


def _of_one_text(
    events: Sequence[Event], reading: Reading, text_sha256: str
) -> Iterator[Carried | Unplaced]:
    excerpts = {event.event_id: excerpt_of(event) for event in events}
    whole = {
        event.segment_id: excerpt.quotation
        for event in events
        if (excerpt := excerpts[event.event_id]) and _is_whole(event, excerpt)
    }
    olds = {event.event_id: _old(event, excerpts[event.event_id], whole) for event in events}
    placements = place(
        [old for old in olds.values() if old],
        reading,
        is_same_text=text_sha256 == reading.source.text_sha256,
    )
    for event in events:
        old = olds[event.event_id]
        if old is None:
            yield Unplaced(event, _NO_WORDS)
        else:
            yield _brought_one(event, excerpts[event.event_id], old, placements[old], reading)


def _is_whole(event: Event, excerpt: Excerpt) -> bool:
    return span_of(event.segment_id) == (excerpt.start, excerpt.end)


def _old(event: Event, excerpt: Excerpt | None, whole: Mapping[str, str]) -> Old | None:
    """The sentence an event was made on: its words by this event or by another on it."""
    span = span_of(event.segment_id)
    if span is None or span[0] >= span[1]:
        return None
    own = excerpt and _is_whole(event, excerpt)
    words = excerpt.quotation if excerpt and own else whole.get(event.segment_id, "")
    return Old(*span, words) if words.strip() else None


def _brought_one(
    event: Event, excerpt: Excerpt | None, old: Old, placement: Placement, reading: Reading
) -> Carried | Unplaced:
    segment = placement.segment
    if segment is None:
        return Unplaced(event, placement.reason)
    text = reading.source.text
    words = text[segment.start : segment.end]
    method: Method | None = "unique order" if placement.is_by_order else method_of(old.words, words)
    span = _span(excerpt, old, words)
    if method is None or span is None:
        return Unplaced(event, f"{_NO_EXCERPT}: {segment.segment_id}")
    start, end = segment.start + span[0], segment.start + span[1]
    moved = replace(
        with_excerpt(event, Excerpt(start, end, text[start:end])),
        segment_id=segment.segment_id,
        text_sha256=reading.source.text_sha256,
    )
    return Carried(moved, event, method)


def _span(excerpt: Excerpt | None, old: Old, words: str) -> tuple[int, int] | None:
    """Where an excerpt stands within the sentence found, None where that is not to be told."""
    if excerpt is None or (excerpt.start, excerpt.end) == (old.start, old.end):
        return 0, len(words)
    inside = excerpt.start - old.start, excerpt.end - old.start
    if words == old.words and words[slice(*inside)] == excerpt.quotation and inside[0] >= 0:
        return inside
    return locate(excerpt.quotation, words)
