"""Answers that only say yes or no, linked to the question they answer.

>>> reply("Absolutely, yes."), reply("I don't think so."), reply("No trucks came.")
(('affirmed', 'asserted'), ('negated', 'hedged'), None)
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from pipeline.model.codebook import Codebook
from pipeline.model.coding import Assertion, Coding, Cue
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.tag.inheriting import moved

_MOST_WORDS = 9
_LONGEST_ECHO = 4
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_ASKS_WHAT = re.compile(
    r"(?:(?:^|, |: )(?:and |but |so |then |well,? )?|\bor )"
    r"(?:what|who|whom|whose|where|when|why|how|which)\b"
    r"[^,:]*\?[\"”’')]*$",
    re.I,
)
_KINDS: dict[str, str] = {
    "yes": "yes|yeah|yep|yup|aye|sure|surely|exactly|absolutely|definitely|certainly|indeed"
    "|precisely|of course|right|correct|true|very much so|very much|that's right|that is right"
    "|that's correct"
    "|that is correct|that's true|that is true|quite so|by all means|without doubt|without a doubt"
    "|no doubt|no question|it does|it did|it is|it was|it has|they do|they did|they are|they have"
    "|we do|we did|we have|we are|i do|i did|i am|i have|you bet|always",
    "no": "no|nope|nah|not at all|never|absolutely not|certainly not|definitely not|of course not"
    "|surely not|by no means|no way|not in the least|not in the slightest|far from it|not a bit"
    "|not yet|it doesn't|it does not|it didn't|it did not|it isn't|it is not|it's not|they don't"
    "|they do not|they didn't|they did not|they aren't|they are not|we don't|we do not|we didn't"
    "|we did not|i don't|i do not|i wouldn't say so|i would not say so|none|nothing"
    "|on the contrary",
    "perhaps": "perhaps|maybe|possibly|probably|presumably|i think so|i believe so|i suppose so"
    "|i guess so|i suppose|i guess|i hope so|to some extent|to a degree|to some degree|somewhat"
    "|in part|partly|partially|up to a point|it depends|that depends|sometimes|more or less|i think"
    "|it may|it might|it could|they may|they might|they could|likely|quite possibly|arguably",
    "hardly": "i don't think so|i do not think so|i don't believe so|i do not believe so|i doubt it"
    "|i doubt that|probably not|perhaps not|maybe not|likely not|not really|not necessarily"
    "|not always|not entirely|hardly|i'm afraid not|i am afraid not|i think not"
    "|i'm not sure it does",
    "": "well|oh|um|uh|er|erm|ah|hm|i mean|you know|to be honest|honestly|frankly|personally|sir"
    "|ma'am|madam|minister|thank you|thanks|yes or no|so|very|much|simply|just|and|but|again"
    "|i'd say|i would say|to that|in my view|in my opinion",
}
_PHRASES = {
    tuple(phrase.split()): kind for kind, text in _KINDS.items() for phrase in text.split("|")
}
_LONGEST = max(map(len, _PHRASES))


def reply(text: str) -> tuple[str, str] | None:
    """Return polarity and certainty of a sentence that only answers; None if it says more."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    if not words or len(words) > _MOST_WORDS or "?" in text:
        return None
    kinds: set[str] = set()
    at = 0
    while at < len(words):
        length = next(
            (n for n in range(_LONGEST, 0, -1) if tuple(words[at : at + n]) in _PHRASES), 0
        )
        if not length:
            return None
        kinds.add(_PHRASES[tuple(words[at : at + length])])
        at += length
    kinds -= {""}
    if not kinds or {"yes", "no"} <= kinds:
        return None
    polarity = "negated" if kinds & {"no", "hardly"} else "affirmed"
    return polarity, "hedged" if kinds & {"perhaps", "hardly"} else "asserted"


def answered(
    book: Codebook, source: Source, segments: Sequence[Segment], codings: Sequence[Coding]
) -> Iterator[Coding]:
    """Yield the codes of each question as the other speaker's short answer inherits them.

    Parameters
    ----------
    codings
        Of the source, what is inherited among them.
    """
    found: dict[str, list[Coding]] = {}
    for coding in codings:
        found.setdefault(coding.segment_id, []).append(coding)
    spoken = (segment for segment in segments if segment.turn >= 0)
    turns = [list(turn) for _, turn in groupby(spoken, key=lambda segment: segment.turn)]
    for asking, answering in pairwise(turns):
        answer = answering[0]
        said = reply(source.quote(answer.start, answer.end))
        if said and _others(asking[-1], answer):
            own = {coding.code_id for coding in found.get(answer.segment_id, ())}
            for coding in _asked(source, asking, found):
                if coding.code_id not in own and book.by_id[coding.code_id].kind != "actor":
                    own.add(coding.code_id)
                    yield _answer(book, coding, answer, *said)


def _others(question: Segment, answer: Segment) -> bool:
    return question.speaker != answer.speaker and question.turn + 1 == answer.turn


def _asked(
    source: Source, turn: Sequence[Segment], found: Mapping[str, Sequence[Coding]]
) -> Sequence[Coding]:
    """The codings of the question that ends a turn, or of the one it echoes: "Is that so?".

    A question for what or how is not answered by yes or no.
    """
    for segment in reversed(turn[-2:]):
        text = source.text[segment.start : segment.end]
        if not text.rstrip("\"”’')").endswith("?") or _ASKS_WHAT.search(text):
            break
        if found.get(segment.segment_id):
            return found[segment.segment_id]
        if len(text.split()) > _LONGEST_ECHO:
            break
    return ()


def _answer(
    book: Codebook, coding: Coding, answer: Segment, polarity: str, certainty: str
) -> Coding:
    made = moved(coding, answer, "asked in the question before")
    if book.by_id[coding.code_id].kind == "case":
        return made
    asked = coding.assertion
    span = (answer.start, answer.end)
    told = (("polarity", polarity, "affirmed"), ("certainty", certainty, "asserted"))
    cues = tuple(
        Cue("polarity" if name == "polarity" else "certainty", value, *span, *span)
        for name, value, plain in told
        if value != plain
    )
    if certainty == "asserted" and asked.certainty == "conditional":
        certainty = "conditional"
    return replace(
        made,
        assertion=Assertion(polarity, certainty, asked.time, cues=cues, method="sentence"),
    )
