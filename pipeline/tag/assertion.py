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
    governing = [one for one in found.reaches if _governs(one, heads, matched, carries_negation)]
    for reach in _left_after_cancelling(governing):
        dimension, value = reach.group.dimension, reach.group.value
        if _RANK[dimension, value] > _RANK[dimension, values[dimension]]:
            values[dimension] = value
    cues = {_cue(reach, doc, offset) for reach in governing}
    return Assertion(**values, cues=tuple(sorted(cues)), method=found.method)


def _governs(
    reach: Reach, heads: set[int], matched: Sequence[Span], carries_negation: bool
) -> bool:
    """Whether a cue bears on the matched words and is not what they themselves say."""
    is_inside = any(a < reach.cue[1] and reach.cue[0] < b for a, b in matched)
    if is_inside and reach.group.value == "negated":
        return not (carries_negation or reach.is_content)
    return is_inside or bool(heads & reach.governed)


def _left_after_cancelling(reaches: Sequence[Reach]) -> list[Reach]:
    """Leave out negations of negations: "never fail to deter", "not possible without allies"."""
    negations = [one for one in reaches if one.group.value == "negated"]
    gone: set[int] = set()
    for one in (one for one in negations if not one.is_bare):
        over = [other for other in negations if other is not one and other.governs_cue(one)]
        if over and not any(one.governs_cue(other) for other in over):
            gone |= {id(one), *(id(other) for other in over)}
    return [one for one in reaches if id(one) not in gone]


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
