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
from pipeline.tag.grammar import CLAUSAL, Span

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
    parts = [{doc[a:b].root.i} if by_parse else set(range(a, b)) for a, b in matched]
    heads = set[int]().union(*parts)
    governing = [one for one in found.reaches if _governs(one, heads, matched, carries_negation)]
    left = _left_after_cancelling(governing, doc)
    for reach in left:
        dimension, value = reach.group.dimension, reach.group.value
        if _RANK[dimension, value] > _RANK[dimension, values[dimension]]:
            values[dimension] = value
    if not all(_is_denied(left, part, span) for part, span in zip(parts, matched, strict=True)):
        values["polarity"] = "affirmed"
    cues = {_cue(reach, doc, offset) for reach in governing}
    return Assertion(**values, cues=tuple(sorted(cues)), method=found.method)


def _governs(
    reach: Reach, heads: set[int], matched: Sequence[Span], carries_negation: bool
) -> bool:
    """Whether a cue bears on the matched words and is not what they themselves say."""
    is_inside = any(_touches(reach, span) for span in matched)
    if is_inside and reach.group.value == "negated":
        return not (carries_negation or reach.is_content)
    if is_inside and reach.group.value == "reported":
        return False
    return is_inside or bool(heads & reach.governed)


def _touches(reach: Reach, span: Span) -> bool:
    return span[0] < reach.cue[1] and reach.cue[0] < span[1]


def _is_denied(reaches: Sequence[Reach], heads: set[int], span: Span) -> bool:
    """Whether one of the stretches matched is denied: said here and denied there is said."""
    return any(
        heads & one.governed or _touches(one, span)
        for one in reaches
        if one.group.value == "negated"
    )


def _left_after_cancelling(reaches: Sequence[Reach], doc: Doc) -> list[Reach]:
    """Leave out negations of negations: "never fail to deter", "not possible without allies".

    Two bare negations of one clause are one ("not ... nor"); they cancel from clause to clause.
    """
    negations = [one for one in reaches if one.group.value == "negated"]
    gone: set[int] = set()
    for one in negations:
        over = [
            other
            for other in negations
            if other is not one
            and other.governs_cue(one)
            and not (one.is_bare and not _is_below(doc, one.cue, other.cue))
        ]
        if over and not any(one.governs_cue(other) for other in over):
            gone |= {id(one), *(id(other) for other in over)}
    return [one for one in reaches if id(one) not in gone]


def _is_below(doc: Doc, inner: Span, outer: Span) -> bool:
    """Whether a cue stands in a clause that hangs below another cue's."""
    if not doc.has_annotation("DEP"):
        return False
    word = doc[inner[0]]
    top = doc[outer[0] : outer[1]].root
    above = {top.i, top.head.i}
    while word.head.i != word.i and word.i not in above:
        if word.dep_ in CLAUSAL:
            return word.head.i in above or bool(above & {t.i for t in word.head.ancestors})
        word = word.head
    return False


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
