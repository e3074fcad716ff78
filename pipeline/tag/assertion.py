"""How an excerpt asserts what a code names: cue words, and the words each of them governs.

Each finding keeps its cue and the stretch it governs, so that a coder sees why. It
annotates: no proposal is dropped or turned round.
"""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.model.codebook import DIMENSIONS
from pipeline.model.coding import Assertion, Cue
from pipeline.tag.cues import Reach, SentenceCues
from pipeline.tag.phrases import Span

_RANK = {
    (dimension, value): rank
    for dimension, values in DIMENSIONS.items()
    for rank, value in enumerate(values)
}


def assertion(
    found: SentenceCues,
    matched: Sequence[Span],
    doc: Doc,
    offset: int,
    *,
    carries_negation: bool,
) -> Assertion:
    """Return how a sentence asserts the matched words.

    Parameters
    ----------
    matched
        Token spans of the words that made the proposal. On a parse a cue has to govern the
        word that the others of a span hang on, else any of them.
    offset
        Where the sentence begins in its source, so that cues are told in source offsets.
    carries_negation
        The code is itself negative, so a negation among its matched words is its meaning.
    """
    values = {dimension: values[0] for dimension, values in DIMENSIONS.items()}
    by_parse = found.method == "parse"
    heads = {doc[a:b].root.i for a, b in matched} if by_parse else _tokens(matched)
    cues: set[Cue] = set()
    for reach in found.reaches:
        group = reach.group
        is_inside = any(a < reach.cue[1] and reach.cue[0] < b for a, b in matched)
        if not (is_inside or heads & reach.governed):
            continue
        if group.value == "negated" and is_inside and carries_negation:
            continue
        cues.add(_cue(reach, doc, offset))
        if _RANK[group.dimension, group.value] > _RANK[group.dimension, values[group.dimension]]:
            values[group.dimension] = group.value
    return Assertion(**values, cues=tuple(sorted(cues)), method=found.method)


def whole_assertion(
    found: SentenceCues, doc: Doc, offset: int, *, carries_negation: bool
) -> Assertion:
    """Return how a sentence asserts a code for which no words of it are known.

    A cue counts if it governs more than half of the sentence. For a code that is itself
    negative, a negation counts only where it governs what stands before it ("is no longer
    the problem"): of one that stands first it can not be told whether it is the code's own.
    """
    wide = tuple(
        reach
        for reach in found.reaches
        if len(reach.governed) * 2 > len(doc)
        and not (
            carries_negation
            and reach.group.value == "negated"
            and min(reach.governed) == reach.cue[0]
        )
    )
    over = SentenceCues(wide, "clause")
    made = assertion(over, [(0, len(doc))], doc, offset, carries_negation=False)
    return replace(made, method="sentence")


def _tokens(spans: Sequence[Span]) -> set[int]:
    return {token for start, end in spans for token in range(start, end)}


def _cue(reach: Reach, doc: Doc, offset: int) -> Cue:
    scope = min(reach.governed), max(reach.governed) + 1
    return Cue(
        reach.group.dimension,
        reach.group.value,
        *_characters(doc, reach.cue, offset),
        *_characters(doc, scope, offset),
        *(_characters(doc, reach.speaker, offset) if reach.speaker else (0, 0)),
    )


def _characters(doc: Doc, span: Span, offset: int) -> Span:
    last = doc[span[1] - 1]
    return offset + doc[span[0]].idx, offset + last.idx + len(last)
