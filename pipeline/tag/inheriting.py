"""What an earlier sentence names, offered for later ones that speak of it without naming it.

"We ran joint exercises. They had no effect." A code that its codebook lets carry (``carry``)
is proposed for the second sentence too, marked inherited, with its words where they stand in
the first. The nearest sentence that names a code of the group ends what stood before it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from pipeline.model.codebook import Code, Codebook
from pipeline.model.coding import Assertion, Coding
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.model.zone import ZoneKind

MOST_SENTENCES = 3
_MOST_CODES = 2
_RUNNING: frozenset[ZoneKind] = frozenset(
    {"body", "list-item", "block-quotation", "abstract", "methods", "footnote", "comment"}
)
_SUBJECT = re.compile(
    r"(?:(?:and|but|so|yet|still|now|then|also|today|however|therefore|thus|moreover|instead)\b"
    r",?\s+)*(?:it|this|that|they|these|those)(?:['’](?:s|re|ll|ve|d))?\s+"
    r"(?=(?:\w+ly\s+|also\s+|still\s+|not\s+|never\s+)?(?:is|are|was|were|be|has|have|had|do|does|did"
    r"|will|would|can|could|may|might|must|should|cannot|\w+ed|\w+s)\b)",
    re.I,
)
_EMPTY_SUBJECT = re.compile(
    r"(?:\w+,?\s+){0,2}(?:it|this|that)"
    r"(?:['’]s|\s+(?:is|was|has been|would be|will be|may be|might be))"
    r"\s+(?:\w+\s+){0,3}?(?:that|to|why|who|time|how|what|because)\b",
    re.I,
)
_OBJECT = re.compile(r"\b(?:it|them)\s*[.!?]?[\"”’)]*$", re.I)
_ELSEWHERE = re.compile(
    r"(?:\w+,?\s+)?(?:elsewhere|everywhere|in general|generally|overall|worldwide|globally"
    r"|in (?:all|many|most|other|some) (?:countries|states|nations|places|regions|cases))\b",
    re.I,
)
Receiving = Literal["", "theme", "pronoun"]
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
        elif named and distance <= MOST_SENTENCES and segment.zone in _RUNNING:
            receiving = _receiving(book, here, text, topics)
            if receiving == "theme" or (receiving and distance == 1 and not has_cases):
                yield from (_carried(coding, segment, distance) for coding in named)


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
    """What the other headings are about, in one word: "effect" of "Claimed effect"."""
    words = [
        _HEAD.split(code.label.lower())[0].split()[-1]
        for code in book.codes
        if code.kind == "group" and not code.parent_id and code is not carrier
        if any(book.by_id[below].kind == "theme" for below in book.descendants(code.code_id))
    ]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words)) or '(?!)'})s?\b", re.I)


def _receiving(
    book: Codebook, here: Sequence[Coding], text: str, topics: re.Pattern[str]
) -> Receiving:
    """Why a sentence may speak of what was named before it."""
    if any(book.by_id[coding.code_id].kind == "theme" for coding in here):
        return "theme"
    is_subject = _SUBJECT.match(text) and not _EMPTY_SUBJECT.match(text)
    return "pronoun" if is_subject or _OBJECT.search(text) or topics.search(text) else ""


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
