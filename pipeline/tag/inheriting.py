"""What an earlier sentence names, offered for later ones that speak of it without naming it.

"We ran joint exercises. They had no effect." A code that its codebook lets carry (``carry``)
is proposed for the second sentence too, marked inherited, with its words where they stand in
the first. The nearest sentence that names a code of the group ends what stood before it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.model.codebook import Code, Codebook
from pipeline.model.coding import Assertion, Coding
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.model.zone import ZoneKind
from pipeline.tag.anaphora import (
    says_what_it_is,
    speaks_of_before,
    speaks_of_place,
    subject,
)

MOST_SENTENCES = 2
_MOST_CODES = 2
_RUNNING: frozenset[ZoneKind] = frozenset(
    {"body", "list-item", "block-quotation", "abstract", "methods", "footnote", "comment"}
)
_ELSEWHERE = re.compile(
    r"(?:\w+,?\s+)?(?:here|elsewhere|everywhere|in general|generally|overall|worldwide|globally"
    r"|in (?:all|many|most|other|some) (?:countries|states|nations|places|regions|cases))\b",
    re.I,
)
_HEAD = re.compile(r"\s(?:to|of|for|on|in|and|or|other)\s")


def inherited(
    book: Codebook, source: Source, segments: Sequence[Segment], codings: Sequence[Coding]
) -> tuple[Coding, ...]:
    """Return the codings that sentences of a source inherit, group by group, in reading order.

    Parameters
    ----------
    codings
        What the source's own words propose.
    """
    found: dict[str, list[Coding]] = {}
    for coding in codings:
        found.setdefault(coding.segment_id, []).append(coding)
    carriers = [code for code in book.codes if code.carry]
    carriers.sort(key=lambda code: _names_cases(book, code))
    made: list[Coding] = []
    for carrier in carriers:
        fresh = list(_of_group(book, carrier, source, segments, found))
        for coding in fresh:
            found.setdefault(coding.segment_id, []).append(coding)
        made += fresh
    return tuple(made)


def _names_cases(book: Codebook, carrier: Code) -> bool:
    """Whether a group names cases: these come last, since all that is coded has one."""
    below = (book.by_id[code_id] for code_id in book.descendants(carrier.code_id))
    return any(code.kind == "case" for code in below)


def _of_group(
    book: Codebook,
    carrier: Code,
    source: Source,
    segments: Sequence[Segment],
    found: Mapping[str, Sequence[Coding]],
) -> Iterator[Coding]:
    has_cases = _names_cases(book, carrier)
    topics = _topics(book, carrier)
    named: tuple[Coding, ...] = ()
    unit, distance = None, 0
    for segment in segments:
        distance += 1
        if _unit(segment, carrier) != unit:
            named, unit = (), _unit(segment, carrier)
        here = found.get(segment.segment_id, ())
        own = [c for c in here if _group(book, c.code_id) == carrier.code_id]
        text = source.quote(segment.start, segment.end)
        if own:
            named, distance = _that_carry(carrier, own, has_cases=has_cases), 0
        elif has_cases and _ELSEWHERE.match(text):
            named = ()
        elif distance <= MOST_SENTENCES and segment.zone in _RUNNING:
            is_coded = any(book.by_id[coding.code_id].kind == "theme" for coding in here)
            is_near = is_coded or (distance == 1 and not says_what_it_is(text))
            is_there = is_coded and (segment.turn >= 0 or speaks_of_place(text))
            for coding in named:
                fits = not has_cases and is_near and _speaks_of(source, coding, text, topics)
                if fits or (has_cases and is_there):
                    yield _carried(coding, segment, distance)


def _speaks_of(source: Source, coding: Coding, text: str, topics: re.Pattern[str]) -> bool:
    """Whether a sentence may speak of what a coding's sentence names.

    Where both begin with the same pronoun it stands for something older: "They should keep
    people, and draw on reservists. They should stop asking."
    """
    own = subject(text)
    if own and own == subject(source.quote(coding.start, coding.end)):
        return False
    words = [source.quote(start, end) for start, end in coding.matched]
    return speaks_of_before(text, words) or bool(topics.search(text))


def _unit(segment: Segment, carrier: Code) -> object:
    is_turn = carrier.carry == "turn" and segment.turn >= 0
    return ("turn", segment.turn) if is_turn else (segment.turn, segment.block)


def _group(book: Codebook, code_id: str) -> str:
    carrier = book.carrier_of(code_id)
    return carrier.code_id if carrier else ""


def _that_carry(carrier: Code, own: Sequence[Coding], *, has_cases: bool) -> tuple[Coding, ...]:
    """Of what a sentence names, one coding for each code; none where it names too many.

    Of cases none where it names two: members of one stand under it and are one.
    """
    sure = [c for c in own if not c.reason and c.zone in _RUNNING]
    by_code = {coding.code_id: coding for coding in reversed(sure)}
    depth = carrier.code_id.count(".") + 2
    parts = {".".join(code_id.split(".")[:depth]) for code_id in by_code}
    if len(by_code) > _MOST_CODES or (has_cases and len(parts) > 1):
        return ()
    return tuple(by_code[code_id] for code_id in sorted(by_code))


def _topics(book: Codebook, carrier: Code) -> re.Pattern[str]:
    """What the other headings are about, asked for or denied: "any effect", "no barrier".

    The word is the label's own: "effect" of "Claimed effect".
    """
    words = [
        _HEAD.split(code.label.lower())[0].split()[-1]
        for code in book.codes
        if code.kind == "group" and not code.parent_id and code is not carrier
        if any(book.by_id[below].kind == "theme" for below in book.descendants(code.code_id))
    ]
    asked = "|".join(map(re.escape, words)) or "(?!)"
    return re.compile(rf"\b(?:any|no|much|little|its|their|such) (?:\w+ )?(?:{asked})s?\b", re.I)


def _carried(coding: Coding, segment: Segment, distance: int) -> Coding:
    before = "the sentence" if distance == 1 else f"{distance} sentences"
    return moved(coding, segment, f"named {before} before")


def moved(coding: Coding, segment: Segment, reason: str) -> Coding:
    """Return a coding as another sentence inherits it; its matched words stay where they are."""
    return replace(
        coding,
        segment_id=segment.segment_id,
        start=segment.start,
        end=segment.end,
        reason=reason,
        assertion=Assertion(method="sentence"),
        is_inherited=True,
        is_context=segment.standing == "context",
        speaker=segment.speaker,
        speaker_role=segment.speaker_role,
        zone=segment.zone,
    )
