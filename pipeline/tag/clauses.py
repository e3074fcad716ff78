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
    if verb == 0 or doc[verb - 1].lower_ in _NOT_BEFORE:
        return frozenset()
    if any(doc[i].lower_ in _FIRST_PERSON for i in range(max(verb - _LOOKED_BACK, 0), verb)):
        return frozenset()
    before = range(max(verb - _AT_END, 0), verb)
    is_after = any(doc[i].text in {",", '"', "”"} for i in before) and len(doc) - verb <= _AT_END
    return frozenset(range(verb + 1) if is_after else range(verb, len(doc)))
