"""Names to pseudonyms, in everything a Source says: text, asides, speakers, proposals, warnings.

The reading text itself holds the pseudonyms, each mapped as a hyphenation is: one run leads
from the whole pseudonym to the whole name. Whoever has the file can still be led to its words;
what is made of the reading text knows the pseudonyms alone.

>>> pairs = (("Ana Pop", "Official A"),)
>>> with_pseudonyms(Source("x", "Ana Pop's view", (Zone("body", 0, 14, "x"),)), pairs).text
"Official A's view"
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from pipeline.extract.cleaning import clean
from pipeline.model.source import Place, Run, Source, Turn, Zone

__all__ = ["with_pseudonyms"]
_ALIKE = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-"})
_ANY = {"'": "'\u2019\u02bc", "-": "\\-\u2010\u2011"}
_SHORTEST_PART = 4
_Span = TypeVar("_Span", Place, Turn)


def with_pseudonyms(source: Source, pairs: Sequence[tuple[str, str]]) -> Source:
    """Return the source with whole names replaced, longest first, everything in it moved along.

    A name is found over white space of any kind, in capitals throughout, with its family name
    first ("Pop, Ana"), and with what shows possession after it. It is not found over two blocks.
    A warning says where part of a name still stands, by its pseudonym alone.

    Parameters
    ----------
    pairs
        Name as the file writes it, and what stands in its place.
    """
    names = _Names.of(pairs)
    if not names.by_form:
        return source
    shift = _Shift(tuple(_edits(source, names)))
    found = replace(
        source,
        text=shift.text(source.text),
        zones=tuple(_zone(zone, shift, names) for zone in source.zones),
        places=tuple(_moved(source.places, shift)),
        turns=tuple(
            replace(turn, speaker=names.put_in(turn.speaker))
            for turn in _moved(source.turns, shift)
        ),
        runs=tuple(_runs(source.runs, shift)),
        proposals=tuple((name, names.put_in(value)) for name, value in source.proposals),
        warnings=tuple(names.put_in(warning) for warning in source.warnings),
        is_pseudonymised=True,
    )
    return replace(found, warnings=(*found.warnings, *_left(found, pairs)))


@dataclass(frozen=True)
class _Names:
    """What to look for, and what each spelling of it becomes."""

    by_form: dict[str, str]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "_Names":
        by_form: dict[str, str] = {}
        for name, pseudonym in pairs:
            for form in _forms(_folded(clean(name))):
                by_form.setdefault(form, clean(pseudonym).strip())
        by_form.pop("", None)
        return cls(by_form)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        forms = sorted(self.by_form, key=lambda form: (-len(form), form))
        first = "".join(sorted({_ANY.get(form[0], re.escape(form[0])) for form in forms}))
        any_name = "|".join(map(_expression, forms))
        return re.compile(f"(?=[{first}])(?:{any_name})")

    def found(self, text: str, start: int, end: int) -> Iterator["_Edit"]:
        """Yield each name in ``[start, end)``; an accent that follows makes another word of it."""
        for match in self.pattern.finditer(text, start, end):
            if not unicodedata.category(text[match.end() : match.end() + 1] or " ").startswith("M"):
                yield _Edit(*match.span(), self.by_form[_folded(match[0])])

    def put_in(self, text: str) -> str:
        """Return a text that nothing counts in, with its names replaced."""
        return _Shift(tuple(self.found(text, 0, len(text)))).text(text)


def _forms(name: str) -> Iterator[str]:
    words = name.split()
    for form in (name, f"{words[-1]}, {' '.join(words[:-1])}" if len(words) > 1 else name):
        yield from (form, form.upper(), form[:1].upper() + form[1:])


def _folded(name: str) -> str:
    return " ".join(name.translate(_ALIKE).split())


def _expression(form: str) -> str:
    inner = "".join(r"\s+" if c == " " else f"[{_ANY.get(c, re.escape(c))}]" for c in form)
    before = r"(?<!\w)" if re.match(r"\w", form) else ""
    after = r"(?!\w)" if re.search(r"\w\Z", form) else ""
    return f"{before}{inner}{after}"


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    words: str


def _edits(source: Source, names: _Names) -> Iterator[_Edit]:
    """Yield the names in the text, block by block: no name stands in two."""
    for zone in source.zones:
        if zone.end > zone.start:
            yield from names.found(source.text, zone.start, zone.end)


@dataclass(frozen=True)
class _Shift:
    """Edits in order, and where each offset of the old text comes to stand in the new."""

    edits: tuple[_Edit, ...]

    @cached_property
    def _ends(self) -> list[int]:
        return [edit.end for edit in self.edits]

    @cached_property
    def _gains(self) -> list[int]:
        gains = [0]
        for edit in self.edits:
            gains.append(gains[-1] + len(edit.words) - (edit.end - edit.start))
        return gains

    def at(self, offset: int) -> int:
        """Return the new offset; one within a name comes to stand at its pseudonym's end."""
        number = bisect_left(self._ends, offset)
        if number < len(self.edits) and self.edits[number].start < offset:
            return self.edits[number].end + self._gains[number + 1]
        return offset + self._gains[number]

    def text(self, text: str) -> str:
        parts, last = [], 0
        for edit in self.edits:
            parts += [text[last : edit.start], edit.words]
            last = edit.end
        return "".join([*parts, text[last:]])


def _zone(zone: Zone, shift: _Shift, names: _Names) -> Zone:
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


def _moved(spans: Iterable[_Span], shift: _Shift) -> Iterator[_Span]:
    """Yield the spans at their new offsets: a name over two lines stands on the first."""
    for span in spans:
        start, end = shift.at(span.start), shift.at(span.end)
        if start < end:
            yield replace(span, start=start, end=end)


def _runs(runs: Sequence[Run], shift: _Shift) -> Iterator[Run]:
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


def _cut(runs: Sequence[Run], shift: _Shift) -> Iterator[Run]:
    """Yield pieces of runs; a piece of a name spans its whole pseudonym, to be joined."""
    number = 0
    for run in runs:
        while number < len(shift.edits) and shift.edits[number].end <= run.start:
            number += 1
        yield from _pieces(run, number, shift)


def _pieces(run: Run, number: int, shift: _Shift) -> Iterator[Run]:
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
    """Yield a warning for each pseudonym behind which part of a name is left standing."""
    counts: dict[str, int] = {}
    for word in re.findall(r"\w+", source.text):
        if len(word) >= _SHORTEST_PART and word[0].isupper():
            counts[word] = counts.get(word, 0) + 1
    for name, pseudonym in pairs:
        parts = set(re.findall(r"\w+", clean(name))) - set(re.findall(r"\w+", pseudonym))
        parts = {part for part in parts if len(part) >= _SHORTEST_PART and part[0].isupper()}
        count = sum(counts.get(form, 0) for part in parts for form in {part, part.upper()})
        if count:
            yield (
                f"part of the name behind {clean(pseudonym)!r} still stands {count:,} times: "
                "add that spelling to the table of pseudonyms if it is this person"
            )
