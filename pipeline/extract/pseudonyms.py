"""Names to pseudonyms, in everything a Source says: text, asides, speakers, proposals, warnings.

The reading text itself holds the pseudonyms, each mapped as a hyphenation is: one run leads
from the whole pseudonym to the whole name. Whoever has the file can still be led to its words;
what is made of the reading text knows the pseudonyms alone.

>>> pairs = (("Ana Pop", "Official A"),)
>>> with_pseudonyms(Source("x", "Ana Pop's view", (Zone("body", 0, 14, "x"),)), pairs).text
"Official A's view"
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from pipeline.extract.cleaning import clean
from pipeline.model.naming import Edit, Names, Shift, bare
from pipeline.model.place import Place, Run
from pipeline.model.places import Places, Runs
from pipeline.model.source import Source
from pipeline.model.zone import Turn, Zone

__all__ = ["with_pseudonyms"]
_SHORTEST_PART = 3
_WORDS = re.compile(r"[^\W_]+")
_Span = TypeVar("_Span", Place, Turn)


def with_pseudonyms(source: Source, pairs: Sequence[tuple[str, str]]) -> Source:
    """Return the source with whole names replaced, longest first, everything in it moved along.

    How a name may be set is told by ``Names.of``; what shows possession after it stays. It is not
    found over two blocks. Where part of a name still stands, or all of it in small letters, which
    may be common words ("will young"), a warning says so, by its pseudonym alone.

    Parameters
    ----------
    pairs
        Name as the file writes it, and what stands in its place.
    """
    pairs = tuple((clean(name), clean(pseudonym)) for name, pseudonym in pairs)
    names = Names.of(pairs)
    if not names.forms:
        return source
    shift = Shift(tuple(_edits(source, names)))
    found = replace(
        source,
        text=shift.text(source.text),
        zones=tuple(_zone(zone, shift, names) for zone in source.zones),
        places=Places.of(_moved(source.places, shift)),
        turns=tuple(
            replace(turn, speaker=names.put_in(turn.speaker))
            for turn in _moved(source.turns, shift)
        ),
        runs=Runs.of(_runs(source.runs, shift)),
        proposals=tuple((name, names.put_in(value)) for name, value in source.proposals),
        warnings=tuple(names.put_in(warning) for warning in source.warnings),
        is_pseudonymised=True,
    )
    return replace(found, warnings=(*found.warnings, *_left(found, pairs)))


def _edits(source: Source, names: Names) -> Iterator[Edit]:
    """Yield the names in the text, block by block: no name stands in two."""
    for zone in source.zones:
        if zone.end > zone.start:
            yield from names.found(source.text, zone.start, zone.end)


def _zone(zone: Zone, shift: Shift, names: Names) -> Zone:
    return replace(
        zone,
        start=shift.at(zone.start),
        end=shift.at(zone.end),
        aside=names.put_in(zone.aside),
        marking=names.put_in(zone.marking),
        noise=names.put_in(zone.noise),
        columns=tuple(names.put_in(column) for column in zone.columns),
        anchor=shift.at(zone.anchor) if zone.anchor >= 0 else -1,
    )


def _moved(spans: Iterable[_Span], shift: Shift) -> Iterator[_Span]:
    """Yield the spans at their new offsets: a name over two lines stands on the first."""
    for span in spans:
        start, end = shift.at(span.start), shift.at(span.end)
        if start < end:
            yield replace(span, start=start, end=end)


def _runs(runs: Sequence[Run], shift: Shift) -> Iterator[Run]:
    """Yield the runs cut at the names; those that touch one name are one."""
    last: Run | None = None
    for run in _cut(runs, shift):
        if last and run.start < last.end:
            last = replace(last, end=max(last.end, run.end), raw_end=run.raw_end)
            continue
        if last:
            yield last
        last = run
    if last:
        yield last


def _cut(runs: Sequence[Run], shift: Shift) -> Iterator[Run]:
    """Yield pieces of runs; a piece of a name spans its whole pseudonym, to be joined."""
    number = 0
    for run in runs:
        while number < len(shift.edits) and shift.edits[number].end <= run.start:
            number += 1
        yield from _pieces(run, number, shift)


def _pieces(run: Run, number: int, shift: Shift) -> Iterator[Run]:
    """Yield a run in pieces, from the edit of that number on; one that can not be cut goes into
    the names it touches.
    """
    beyond = number
    while beyond < len(shift.edits) and shift.edits[beyond].start < run.end:
        beyond += 1
    touched = shift.edits[number:beyond]
    if not touched or run.end - run.start != run.raw_end - run.raw_start:
        start = min([run.start, *(edit.start for edit in touched[:1])])
        end = max([run.end, *(edit.end for edit in touched[-1:])])
        yield replace(run, start=shift.at(start), end=shift.at(end))
        return
    at = run.start
    for edit in touched:
        if at < edit.start:
            yield _part(run, at, edit.start, shift.at(at), shift.at(edit.start))
        start, end = max(edit.start, run.start), min(edit.end, run.end)
        yield _part(run, start, end, shift.at(edit.start), shift.at(edit.end))
        at = end
    if at < run.end:
        yield _part(run, at, run.end, shift.at(at), shift.at(run.end))


def _part(run: Run, start: int, end: int, new_start: int, new_end: int) -> Run:
    raw_start = run.raw_start + start - run.start
    index = run.index + start - run.start if run.index >= 0 else -1
    return Run(new_start, new_end, raw_start, raw_start + end - start, run.page, index)


def _left(source: Source, pairs: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield a warning for each pseudonym behind which a name may be left standing."""
    said = [source.text, *(value for _, value in source.proposals)]
    said += [zone.aside for zone in source.zones if zone.aside]
    said += dict.fromkeys(turn.speaker for turn in source.turns)
    found = _WORDS.findall("\n".join(said))
    words, small = Counter(found), _in_small(found)
    for name, pseudonym in pairs:
        own = _WORDS.findall(name)
        parts = {part for part in own if len(part) >= _SHORTEST_PART and part[0].isupper()}
        parts -= set(_WORDS.findall(pseudonym))
        parts |= set(map(bare, parts))
        count = sum(words[form] for form in parts | {part.upper() for part in parts})
        if count:
            yield (
                f"part of the name behind {pseudonym!r} still stands {count:,} times: "
                "add that spelling to the table of pseudonyms if it is this person"
            )
        count = small.count(_in_small(own)) if own else 0
        if count:
            yield (
                f"the name behind {pseudonym!r} stands in small letters {count:,} times: "
                "add that spelling to the table of pseudonyms if it is this person"
            )


def _in_small(words: Sequence[str]) -> str:
    return f" {' '.join(words).casefold()} "
