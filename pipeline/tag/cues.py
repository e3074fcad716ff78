"""Cue words of a sentence, each with the tokens it governs and, if it reports, who says it.

Where the sentence is parsed a cue governs what its grammar reaches (``tag.scopes``), else
what follows it as far as its clause goes by words (``tag.clauses``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc, Token

from pipeline.model.codebook import CueGroup
from pipeline.tag.clauses import clause, is_noun_phrase, reported
from pipeline.tag.grammar import Span, Tokens
from pipeline.tag.inflect import inflections
from pipeline.tag.lexicon import Passed
from pipeline.tag.phrases import Matchable, compile_phrases, find
from pipeline.tag.quoting import quoted, quoted_by, speaker_span
from pipeline.tag.saying import according_to, is_no_report, is_own, said, sayer
from pipeline.tag.scopes import governed

Method = Literal["parse", "clause"]
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
        found = [
            *_phrases(matcher, doc, passed, by_parse=by_parse),
            *_verbs(matcher, doc, by_parse=by_parse),
        ]
        pseudo = find(matcher.pseudo, doc, passed, by_parse=by_parse) if found else []
        reaches += (one for one in found if not any(_touch(one.cue, other) for other in pseudo))
        reaches += _marks(matcher, doc, by_parse=by_parse)
    return SentenceCues(tuple(_longest(reaches)), method)


def _phrases(matcher: CueMatcher, doc: Doc, passed: Passed, *, by_parse: bool) -> Iterator[Reach]:
    for matchables, forward in ((matcher.before, True), (matcher.after, False)):
        for cue in find(matchables, doc, passed, by_parse=by_parse):
            if matcher.group.value == "reported" and is_noun_phrase(doc, cue):
                continue
            if by_parse and matcher.group.value == "reported":
                reach = _report(matcher, doc, cue)
            else:
                reach = _scoped(matcher, doc, cue, by_parse=by_parse, forward=forward)
            if reach:
                yield reach


def _scoped(matcher: CueMatcher, doc: Doc, cue: Span, *, by_parse: bool, forward: bool) -> Reach:
    group = matcher.group
    scope = (
        governed(doc, cue, group, forward=forward)
        if by_parse
        else clause(doc, cue, group, matcher.ends_at, forward=forward)
    )
    words = doc[cue[0] : cue[1]]
    is_content = not any(token.is_stop for token in words)
    is_bare = any(token.lower_ in _BARE for token in words)
    return Reach(group, cue, scope, None, is_content, is_bare)


def _report(matcher: CueMatcher, doc: Doc, cue: Span) -> Reach | None:
    """A phrase that reports, on a parse: who says it must be another than the text."""
    top = doc[cue[0] : cue[1]].root
    who = according_to(top) or sayer(top)
    if who and (is_own(who, top) or is_no_report(who, top)):
        return None
    reached = governed(doc, cue, matcher.group, forward=True)
    return Reach(matcher.group, cue, reached, speaker_span(who))


def _verbs(matcher: CueMatcher, doc: Doc, *, by_parse: bool) -> Iterator[Reach]:
    """Verbs of saying, but for those of the one who speaks or writes."""
    if not matcher.verbs:
        return
    for token in doc:
        if token.lower_ in matcher.verbs:
            reach = (_parsed_verb if by_parse else _plain_verb)(matcher, doc, token)
            if reach:
                yield reach


def _parsed_verb(matcher: CueMatcher, doc: Doc, verb: Token) -> Reach | None:
    if verb.pos_ != "VERB":
        return None
    reached, who = said(verb), sayer(verb)
    if not reached or is_no_report(who, verb) or (who and is_own(who, verb)):
        return None
    return Reach(matcher.group, (verb.i, verb.i + 1), reached | {verb.i}, speaker_span(who))


def _plain_verb(matcher: CueMatcher, doc: Doc, verb: Token) -> Reach | None:
    scope = reported(doc, verb.i)
    return Reach(matcher.group, (verb.i, verb.i + 1), scope) if scope else None


def _marks(matcher: CueMatcher, doc: Doc, *, by_parse: bool) -> Iterator[Reach]:
    """Question marks at the end, and words set in quotation marks."""
    group = matcher.group
    tail = [token for token in doc[-3:] if token.text in group.ends_with]
    if tail:
        cue = (tail[-1].i, tail[-1].i + 1)
        yield Reach(group, cue, frozenset(range(len(doc))))
    for start, end in quoted(doc) if group.quotes else ():
        who = quoted_by(doc, (start, end), matcher.verbs) if by_parse else None
        if who is None or not is_own(who, who.head):
            scope = frozenset(range(start, end))
            yield Reach(group, (start, start + 1), scope, speaker_span(who))


def _longest(reaches: Sequence[Reach]) -> Iterator[Reach]:
    """Leave out a cue inside a longer one that sets the same: "lack" in "lack of"."""
    for one in reaches:
        if not any(_is_part(one, other) for other in reaches):
            yield one


def _is_part(one: Reach, other: Reach) -> bool:
    inside = other.cue[0] <= one.cue[0] and one.cue[1] <= other.cue[1] and one.cue != other.cue
    return inside and one.group.value == other.group.value


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
