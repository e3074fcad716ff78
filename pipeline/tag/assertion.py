"""How an excerpt asserts what a code names: cue words, and the stretch each of them governs.

Scopes end where a clause does, by words; each finding keeps its cue and its scope, so that
a coder sees why. It annotates: no proposal is dropped or turned round. The idea is ConText's
(Harkema, Dowling, Thornblade & Chapman 2009, J Biomed Inform 42:839).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.model.codebook import DIMENSIONS, CueGroup, Dimension
from pipeline.model.coding import Assertion, Cue
from pipeline.tag.inflect import inflections
from pipeline.tag.lexicon import Passed
from pipeline.tag.phrases import Matchable, Span, compile_phrases

_RANK = {
    (dimension, value): rank
    for dimension, values in DIMENSIONS.items()
    for rank, value in enumerate(values)
}
_SENTENCE = 10_000
_FIRST_PERSON = frozenset({"i", "we"})
_OPENING, _CLOSING = frozenset({'"', "“", "``", "«"}), frozenset({'"', "”", "''", "»"})
_LEAST_QUOTED = 3


@dataclass(frozen=True)
class CueMatcher:
    """One group of cues, compiled."""

    group: CueGroup
    before: tuple[Matchable, ...]
    after: tuple[Matchable, ...]
    pseudo: tuple[Matchable, ...]
    verbs: frozenset[str]
    ends_at: frozenset[str]

    @property
    def matchables(self) -> tuple[Matchable, ...]:
        """All its matchers, for the lexicon."""
        return (*self.before, *self.after, *self.pseudo)


@dataclass(frozen=True, slots=True)
class _Reach:
    """A cue in tokens: its words and what it governs."""

    group: CueGroup
    cue: Span
    scope: Span


def compile_cues(groups: Sequence[CueGroup], nlp: Language) -> tuple[CueMatcher, ...]:
    """Return the codebook's cue groups as matchers."""
    return tuple(
        CueMatcher(
            group,
            compile_phrases(group.before, nlp),
            compile_phrases(group.after, nlp),
            compile_phrases(group.pseudo, nlp),
            frozenset(form for verb in group.verbs for form in inflections(verb)),
            frozenset(word.lower() for word in group.ends_at),
        )
        for group in groups
    )


def find_cues(matchers: Sequence[CueMatcher], doc: Doc, passed: Passed) -> tuple[_Reach, ...]:
    """Return every cue of a sentence with the tokens it governs."""
    reaches: list[_Reach] = []
    for matcher in matchers:
        pseudo = _spans(matcher.pseudo, doc, passed)
        for spans, forward in ((matcher.before, True), (matcher.after, False)):
            for cue in _spans(spans, doc, passed):
                if not any(_touch(cue, other) for other in pseudo):
                    reaches.append(_Reach(matcher.group, cue, _scope(doc, cue, matcher, forward)))
        reaches += _verbs(matcher, doc)
        reaches += _marks(matcher.group, doc)
    return tuple(reaches)


def assertion(
    reaches: Sequence[_Reach],
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
        Token spans of the words that made the proposal.
    offset
        Where the sentence begins in its source, so that cues are told in source offsets.
    carries_negation
        The code is itself negative, so a negation among its matched words is its meaning.
    """
    values = {dimension: values[0] for dimension, values in DIMENSIONS.items()}
    cues: set[Cue] = set()
    for reach in reaches:
        group = reach.group
        if not any(_touch(reach.scope, span) for span in matched):
            continue
        if (
            group.value == "negated"
            and any(_touch(reach.cue, span) for span in matched)
            and (carries_negation)
        ):
            continue
        cues.add(_cue(reach, doc, offset))
        if _RANK[group.dimension, group.value] > _RANK[group.dimension, values[group.dimension]]:
            values[group.dimension] = group.value
    return Assertion(**values, cues=tuple(sorted(cues)), method="clause")


def whole_assertion(
    reaches: Sequence[_Reach], doc: Doc, offset: int, *, carries_negation: bool
) -> Assertion:
    """Return how a sentence asserts a code for which no words of it are known.

    A cue counts if it governs more than half of the sentence. For a code that is itself
    negative, a negation counts only where it governs what stands before it ("is no longer
    the problem"): of one that stands first it can not be told whether it is the code's own.
    """
    wide = [
        reach
        for reach in reaches
        if (reach.scope[1] - reach.scope[0]) * 2 > len(doc)
        and not (
            carries_negation and reach.group.value == "negated" and reach.scope[0] == reach.cue[0]
        )
    ]
    found = assertion(wide, [(0, len(doc))], doc, offset, carries_negation=False)
    return replace(found, method="sentence")


def _cue(reach: _Reach, doc: Doc, offset: int) -> Cue:
    dimension: Dimension = reach.group.dimension
    return Cue(
        dimension,
        reach.group.value,
        *_characters(doc, reach.cue, offset),
        *_characters(doc, reach.scope, offset),
    )


def _characters(doc: Doc, span: Span, offset: int) -> Span:
    last = doc[span[1] - 1]
    return offset + doc[span[0]].idx, offset + last.idx + len(last)


def _spans(matchables: Sequence[Matchable], doc: Doc, passed: Passed) -> list[Span]:
    return [
        span
        for matchable in matchables
        if not matchable.needs_parse and matchable.may_match(passed)
        for span in matchable.spans(doc)
    ]


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _scope(doc: Doc, cue: Span, matcher: CueMatcher, forward: bool) -> Span:
    """From the cue to the clause's end, at most ``max_tokens`` away; the cue is part of it."""
    reach = matcher.group.max_tokens or _SENTENCE
    if forward:
        end = cue[1]
        while end < len(doc) and end - cue[1] < reach and doc[end].lower_ not in matcher.ends_at:
            end += 1
        return cue[0], end
    start = cue[0]
    while start > 0 and cue[0] - start < reach and doc[start - 1].lower_ not in matcher.ends_at:
        start -= 1
    return start, cue[1]


def _verbs(matcher: CueMatcher, doc: Doc) -> list[_Reach]:
    """Verbs of saying: they report what follows, or all before them at a sentence's end."""
    reaches = []
    for token in doc:
        if token.lower_ not in matcher.verbs or token.i == 0:
            continue
        if any(doc[i].lower_ in _FIRST_PERSON for i in range(max(token.i - 3, 0), token.i)):
            continue
        if _is_noun_use(doc, token.i):
            continue
        left = _comma_before(doc, token.i)
        scope = (0, token.i + 1) if left and len(doc) - token.i <= 4 else (token.i, len(doc))
        reaches.append(_Reach(matcher.group, (token.i, token.i + 1), scope))
    return reaches


def _is_noun_use(doc: Doc, index: int) -> bool:
    """ "a claim", "the notes", "to say": no report by itself."""
    return doc[index - 1].lower_ in {"a", "an", "the", "this", "that", "to", "no", "any", "of"}


def _comma_before(doc: Doc, index: int) -> bool:
    return any(doc[i].text in {",", '"', "”"} for i in range(max(index - 4, 0), index))


def _marks(group: CueGroup, doc: Doc) -> list[_Reach]:
    """Question marks at the end, and words set in quotation marks."""
    reaches = []
    tail = [token for token in doc[-3:] if token.text in group.ends_with]
    if tail:
        reaches.append(_Reach(group, (tail[-1].i, tail[-1].i + 1), (0, len(doc))))
    if group.quotes:
        reaches += [_Reach(group, (start, start + 1), (start, end)) for start, end in _quoted(doc)]
    return reaches


def _quoted(doc: Doc) -> list[Span]:
    spans, start = [], -1
    for token in doc:
        if start < 0 and token.text in _OPENING:
            start = token.i
        elif start >= 0 and token.text in _CLOSING:
            if token.i - start - 1 >= _LEAST_QUOTED:
                spans.append((start, token.i + 1))
            start = -1
    return spans
