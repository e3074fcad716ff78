"""Cue words of a sentence, each with the tokens it governs and, if it reports, who says it.

Where the sentence is parsed a cue governs what its grammar reaches (``tag.scopes``), else
what follows it as far as its clause goes by words. The idea is ConText's (Harkema, Dowling,
Thornblade & Chapman 2009, J Biomed Inform 42:839).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc, Token

from pipeline.model.codebook import CueGroup
from pipeline.tag.inflect import inflections
from pipeline.tag.lexicon import Passed
from pipeline.tag.phrases import Matchable, Span, compile_phrases, find
from pipeline.tag.scopes import Tokens, governed, said, sayer

Method = Literal["parse", "clause"]
_SENTENCE = 10_000
_FIRST_PERSON = frozenset({"i", "we"})
_OWN_WORK = frozenset(
    "administration article chapter country delegation document government paper report strategy "
    "study".split()
)
_OPENING, _CLOSING = frozenset({'"', "“", "``", "«"}), frozenset({'"', "”", "''", "»"})
_LEAST_QUOTED = 3
_BARE = frozenset("no not n't nor neither never none nobody nothing nowhere".split())


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
class Reach:
    """A cue in tokens: its words, what it governs, and who is named as saying it.

    ``is_content`` tells a cue of words that mean something by themselves ("undermine") from
    one with a word of grammar in it ("unable to", "without"), ``is_bare`` one with a negation
    itself among its words ("not", "no evidence").
    """

    group: CueGroup
    cue: Span
    governed: Tokens
    speaker: Span | None = None
    is_content: bool = False
    is_bare: bool = False

    def governs_cue(self, other: "Reach") -> bool:
        """Whether another cue's words are among what this one governs, and are not its own."""
        apart = other.cue[1] <= self.cue[0] or self.cue[1] <= other.cue[0]
        return apart and other.cue[0] in self.governed


@dataclass(frozen=True, slots=True)
class SentenceCues:
    """The cues of one sentence, and how their scopes were found."""

    reaches: tuple[Reach, ...]
    method: Method


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


def find_cues(
    matchers: Sequence[CueMatcher], doc: Doc, passed: Passed, method: Method
) -> SentenceCues:
    """Return every cue of a sentence with the tokens it governs.

    Parameters
    ----------
    method
        ``parse`` asks for a sentence that is parsed.
    """
    by_parse = method == "parse"
    reaches: list[Reach] = []
    for matcher in matchers:
        pseudo = find(matcher.pseudo, doc, passed, by_parse=by_parse)
        for matchables, forward in ((matcher.before, True), (matcher.after, False)):
            for cue in find(matchables, doc, passed, by_parse=by_parse):
                if any(_touch(cue, other) for other in pseudo):
                    continue
                scoped = _by_parse if by_parse else _by_clause
                reach = scoped(doc, cue, matcher, forward=forward)
                if not (reach.speaker and _is_own(doc, reach.speaker)):
                    reaches.append(reach)
        reaches += _verbs(matcher, doc, pseudo, by_parse=by_parse)
        reaches += _marks(matcher, doc, by_parse=by_parse)
    return SentenceCues(tuple(_longest(reaches)), method)


def _longest(reaches: Sequence[Reach]) -> Iterator[Reach]:
    """Leave out a cue inside a longer one that sets the same: "lack" in "lack of"."""
    for one in reaches:
        if not any(_is_part(one, other) for other in reaches):
            yield one


def _is_part(one: Reach, other: Reach) -> bool:
    inside = other.cue[0] <= one.cue[0] and one.cue[1] <= other.cue[1] and one.cue != other.cue
    return inside and one.group.value == other.group.value


def _by_clause(doc: Doc, cue: Span, matcher: CueMatcher, *, forward: bool) -> Reach:
    scope = _clause(doc, cue, matcher, forward=forward)
    words = _is_content(doc, cue), _is_bare(doc, cue)
    return Reach(matcher.group, cue, frozenset(range(*scope)), None, *words)


def _by_parse(doc: Doc, cue: Span, matcher: CueMatcher, *, forward: bool) -> Reach:
    group = matcher.group
    top = doc[cue[0] : cue[1]].root
    speaker = sayer(top) if group.value == "reported" else None
    reached = governed(doc, cue, group, forward=forward)
    words = _is_content(doc, cue), _is_bare(doc, cue)
    return Reach(group, cue, reached, speaker or _to(top, group), *words)


def _is_bare(doc: Doc, cue: Span) -> bool:
    return any(token.lower_ in _BARE for token in doc[cue[0] : cue[1]])


def _is_content(doc: Doc, cue: Span) -> bool:
    return not any(token.is_stop for token in doc[cue[0] : cue[1]])


def _to(top: Token, group: CueGroup) -> Span | None:
    """ "according to Moscow": who is named by the preposition's object."""
    if group.value != "reported" or top.dep_ not in {"prep", "pcomp"}:
        return None
    for token in top.subtree:
        if token.dep_ == "pobj" and token.i > top.i:
            return token.left_edge.i, token.right_edge.i + 1
    return None


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _clause(doc: Doc, cue: Span, matcher: CueMatcher, *, forward: bool) -> Span:
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


def _verbs(
    matcher: CueMatcher, doc: Doc, pseudo: Sequence[Span], *, by_parse: bool
) -> Iterator[Reach]:
    """Verbs of saying, but for those of the one who speaks or writes."""
    for token in doc if matcher.verbs else ():
        if token.lower_ not in matcher.verbs:
            continue
        cue = (token.i, token.i + 1)
        if any(_touch(cue, other) for other in pseudo):
            continue
        reach = (_parsed_verb if by_parse else _plain_verb)(matcher, doc, token)
        if reach:
            yield reach


def _parsed_verb(matcher: CueMatcher, doc: Doc, verb: Token) -> Reach | None:
    reached = said(verb)
    speaker = sayer(verb)
    if not reached or verb.pos_ != "VERB" or (speaker and _is_own(doc, speaker)):
        return None
    if verb.tag_ == "VB" and (speaker is None or doc[speaker[0]].lower_ == "you"):
        return None
    return Reach(matcher.group, (verb.i, verb.i + 1), reached | {verb.i}, speaker)


def _is_own(doc: Doc, speaker: Span) -> bool:
    """Whether the one who says it is the text's own voice: I, we, this report."""
    words = [token.lower_ for token in doc[speaker[0] : speaker[1]]]
    if words[-1] in _FIRST_PERSON or (set(words) & _FIRST_PERSON and "and" in words):
        return True
    return words[-1] in _OWN_WORK and words[0] in {"this", "our", "my"}


def _plain_verb(matcher: CueMatcher, doc: Doc, token: Token) -> Reach | None:
    """It reports what follows, or all before it at a sentence's end."""
    if token.i == 0 or _is_noun_use(doc, token.i):
        return None
    if any(doc[i].lower_ in _FIRST_PERSON for i in range(max(token.i - 3, 0), token.i)):
        return None
    left = _comma_before(doc, token.i) and len(doc) - token.i <= 4
    scope = range(token.i + 1) if left else range(token.i, len(doc))
    return Reach(matcher.group, (token.i, token.i + 1), frozenset(scope))


def _is_noun_use(doc: Doc, index: int) -> bool:
    """ "a claim", "the notes", "to say": no report by itself."""
    return doc[index - 1].lower_ in {"a", "an", "the", "this", "that", "to", "no", "any", "of"}


def _comma_before(doc: Doc, index: int) -> bool:
    return any(doc[i].text in {",", '"', "”"} for i in range(max(index - 4, 0), index))


def _marks(matcher: CueMatcher, doc: Doc, *, by_parse: bool) -> list[Reach]:
    """Question marks at the end, and words set in quotation marks."""
    group, reaches = matcher.group, []
    tail = [token for token in doc[-3:] if token.text in group.ends_with]
    if tail:
        cue = (tail[-1].i, tail[-1].i + 1)
        reaches.append(Reach(group, cue, frozenset(range(len(doc)))))
    if group.quotes:
        speaker = _quoted_by(matcher, doc) if by_parse else None
        for start, end in _quoted(doc):
            reaches.append(Reach(group, (start, start + 1), frozenset(range(start, end)), speaker))
    return reaches


def _quoted_by(matcher: CueMatcher, doc: Doc) -> Span | None:
    verbs = (token for token in doc if token.lower_ in matcher.verbs)
    return next((speaker for verb in verbs if (speaker := sayer(verb))), None)


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
