"""What a cue governs by words alone: what follows or precedes it as far as its clause goes.

The idea is ConText's (Harkema, Dowling, Thornblade & Chapman 2009, J Biomed Inform 42:839).
"""

from collections.abc import Collection

from spacy.tokens import Doc

from pipeline.model.codebook import CueGroup
from pipeline.tag.grammar import Span, Tokens

_SENTENCE = 10_000
_FIRST_PERSON = frozenset({"i", "we", "me", "us"})
_LOOKED_BACK = 3
_AT_END = 4
_ASKING = frozenset({"can", "could", "did", "do", "will", "would"})
_OPENERS = frozenset(
    "that if whether how what why it he she they we you there the a an its his her their our no "
    "any".split()
)
_MARKS = frozenset({",", '"', "“", "``"})
_REPORTS = frozenset({"news", "report", "reporting", "reports", "rumor", "rumour", "word"})
_NOT_BEFORE = frozenset({"a", "an", "the", "this", "that", "to", "no", "any", "of"})


def clause(
    doc: Doc, cue: Span, group: CueGroup, ends_at: Collection[str], *, forward: bool
) -> Tokens:
    """Return the tokens up to the clause's end, ``max_tokens`` at most, the cue among them."""
    reach = group.max_tokens or _SENTENCE
    start, end = cue
    if forward:
        while end < len(doc) and end - cue[1] < reach and doc[end].lower_ not in ends_at:
            end += 1
    else:
        while start > 0 and cue[0] - start < reach and doc[start - 1].lower_ not in ends_at:
            start -= 1
    return frozenset(range(start, end))


def reported(doc: Doc, verb: int) -> Tokens:
    """Return what a verb of saying may report: what follows, or all before at a sentence's end.

    Nothing where the word is a noun ("a claim") or stands with "to", or "I" or "we" says it.
    """
    if verb == 0 or doc[verb - 1].lower_ in _NOT_BEFORE or _is_asked(doc, verb):
        return frozenset()
    if any(doc[i].lower_ in _FIRST_PERSON for i in range(max(verb - _LOOKED_BACK, 0), verb)):
        return frozenset()
    before = range(max(verb - _AT_END, 0), verb)
    is_after = any(doc[i].text in {",", '"', "”"} for i in before) and len(doc) - verb <= _AT_END
    if is_after:
        return frozenset(range(verb + 1))
    return frozenset(range(verb, len(doc))) if _opens_statement(doc, verb + 1) else frozenset()


def _is_asked(doc: Doc, verb: int) -> bool:
    """ "could you tell us": a question to the one addressed."""
    return verb > 1 and doc[verb - 1].lower_ == "you" and doc[verb - 2].lower_ in _ASKING


def _opens_statement(doc: Doc, start: int) -> bool:
    """Whether a statement may begin within two words: "that", a pronoun, a name, a mark."""
    return any(
        token.lower_ in _OPENERS or token.text in _MARKS or token.text[:1].isupper()
        for token in doc[start : start + 2]
    )


def is_noun_phrase(doc: Doc, cue: Span) -> bool:
    """Whether a phrase like "thought that" is a noun with an article before it."""
    if cue[0] == 0 or doc[cue[1] - 1].lower_ != "that":
        return False
    return doc[cue[0] - 1].lower_ in {"a", "an", "the"} and doc[cue[0]].lower_ not in _REPORTS
