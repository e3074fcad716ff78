"""Acronyms that a source defines, and its sentences with the long form in their place.

A rule sees the long form; what it matched leads back to the acronym's own characters. One
that is defined in two ways is written out as neither.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.model.source import Source
from pipeline.tag.definitions import Definition, Span, learn, listed

_NEITHER = "thereof"


@dataclass(frozen=True)
class Acronyms:
    """What a source's acronyms stand for: its definitions in reading order."""

    definitions: tuple[Definition, ...] = ()

    @cached_property
    def meanings(self) -> dict[str, tuple[str, ...]]:
        """The long forms of each acronym, unlike ones only, in reading order."""
        senses: dict[str, list[Definition]] = {}
        for one in self.definitions:
            known = senses.setdefault(one.short, [])
            if not any(one.means_the_same(other) for other in known):
                known.append(one)
        return {short: tuple(one.long for one in known) for short, known in senses.items()}

    @cached_property
    def first(self) -> dict[str, Definition]:
        """The first definition of each acronym."""
        return {one.short: one for one in reversed(self.definitions)}

    def is_ambiguous(self, short: str) -> bool:
        """Whether it is defined in more than one way."""
        return len(self.meanings[short]) > 1

    def is_defined_at(self, short: str, at: int) -> bool:
        """Whether a place is within one of the acronym's definitions."""
        return any(d.short == short and d.start <= at < d.end for d in self.definitions)


@dataclass(frozen=True, slots=True)
class Expanded:
    """A sentence with long forms in the place of acronyms, and the way back to its own.

    Attributes
    ----------
    pieces
        For each long form where it begins and ends here, and where the acronym does in the
        sentence as it stands.
    shorts
        The acronyms replaced, in order.
    """

    text: str
    pieces: tuple[tuple[int, int, int, int], ...]
    shorts: tuple[str, ...]

    def back(self, start: int, end: int) -> Span:
        """Return the span of the sentence that a span here stands for, acronyms whole."""
        return self._edge(start, is_first=True), self._edge(end, is_first=False)

    def cuts(self, start: int, end: int) -> bool:
        """Whether a span here holds part of a long form and not all of it."""
        return any(
            start < stop and begin < end and not (start <= begin and stop <= end)
            for begin, stop, _, _ in self.pieces
        )

    def _edge(self, at: int, *, is_first: bool) -> int:
        begins = [begin for begin, _, _, _ in self.pieces]
        number = bisect_right(begins, at if is_first else at - 1) - 1
        if number < 0:
            return at
        _, stop, own_start, own_end = self.pieces[number]
        if at < stop or (not is_first and at == stop):
            return own_start if is_first else own_end
        return own_end + at - stop


def acronyms_of(text: str) -> Acronyms:
    """Return what acronyms stand for, as a text defines them."""
    return Acronyms(learn(text))


def acronyms_in(source: Source) -> Acronyms:
    """Return what the acronyms of a source stand for, by its text and its list of acronyms."""
    lines = (
        source.text[zone.start : zone.end]
        for zone in source.zones
        if zone.kind == "acronyms" and zone.start < zone.end
    )
    own = tuple(one for line in lines if (one := listed(line)))
    return Acronyms((*own, *learn(source.text)))


def expand(text: str, offset: int, acronyms: Acronyms) -> Expanded | None:
    """Return a sentence with acronyms written out; None where it has none to write out.

    One with a single meaning is written out after its definition; in the place of one with
    several a word stands that means neither.

    Parameters
    ----------
    offset
        Where the sentence begins in its source.
    """
    parts: list[str] = []
    pieces: list[tuple[int, int, int, int]] = []
    shorts: list[str] = []
    at = length = 0
    for short, start, end in _uses(text, offset, acronyms):
        long = _NEITHER if acronyms.is_ambiguous(short) else acronyms.first[short].long
        parts += [text[at:start], long]
        length += start - at
        pieces.append((length, length + len(long), start, end))
        shorts.append(short)
        length += len(long)
        at = end
    whole = "".join([*parts, text[at:]])
    return Expanded(whole, tuple(pieces), tuple(shorts)) if pieces else None


def _uses(text: str, offset: int, acronyms: Acronyms) -> Iterator[tuple[str, int, int]]:
    """Acronyms where they stand as words and are to be written out, plurals among them."""
    names = "|".join(re.escape(short) for short in sorted(acronyms.first, key=len, reverse=True))
    if not names:
        return
    for found in re.finditer(rf"(?<![\w-])({names})s?(?!\w)", text):
        short, at = found[1], offset + found.start()
        is_early = not acronyms.is_ambiguous(short) and at < acronyms.first[short].end
        if not is_early and not acronyms.is_defined_at(short, at):
            yield short, *found.span()
