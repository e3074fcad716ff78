"""A codebook's rules compiled, and which of them hold in a sentence.

A rule runs on one sentence at a time, and only on those that hold its rarest words
(``tag.lexicon``). What is found is what running every matcher over every sentence, parsed
where there is a model, would find.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.model.codebook import Code, Codebook, Rule
from pipeline.tag.arrows import compile_arrows
from pipeline.tag.cues import CueMatcher, compile_cues
from pipeline.tag.lexicon import Anchors, Lexicon, Passed
from pipeline.tag.parse import can_parse, parse, tokenize
from pipeline.tag.phrases import Matchable, Span, compile_phrases, compile_tokens, find

_BATCH = 256


@dataclass(frozen=True)
class CompiledRule:
    """A rule's matchers, and its code's; ``requires`` is empty where nothing more is asked for."""

    code: Code
    rule: Rule
    matchables: tuple[Matchable, ...]
    requires: tuple[Matchable, ...]
    unless: tuple[Matchable, ...]
    unless_near: tuple[Matchable, ...]

    @property
    def all_matchables(self) -> tuple[Matchable, ...]:
        """All that decides whether it holds."""
        return (*self.matchables, *self.requires, *self.unless, *self.unless_near)


@dataclass(frozen=True)
class Tagger:
    """A codebook compiled for one language pipeline."""

    nlp: Language
    codebook: Codebook
    rules: tuple[CompiledRule, ...]
    cues: tuple[CueMatcher, ...]
    lexicon: Lexicon
    anchors: Anchors


@dataclass(frozen=True, slots=True)
class Firing:
    """A rule that holds in a sentence, with the token spans that made it."""

    rule: CompiledRule
    matched: tuple[Span, ...]

    @property
    def is_asserted(self) -> bool:
        """Whether how it is asserted matters: of who or where is merely named it does not."""
        return self.rule.code.kind not in {"actor", "case"}


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A sentence with the rules whose words it has: its number, tokens and tests passed."""

    number: int
    doc: Doc
    passed: Passed
    rules: tuple[CompiledRule, ...]

    @property
    def asks_for_parse(self) -> bool:
        """Whether something that needs a parser may match here."""
        return any(
            m.needs_parse and m.may_match(self.passed)
            for rule in self.rules
            for m in rule.all_matchables
        )


def compile_tagger(
    codebook: Codebook, nlp: Language, only: Collection[str] | None = None
) -> Tagger:
    """Return the codebook's rules as matchers; what needs a parser is off where there is none.

    Parameters
    ----------
    only
        The codes whose rules are compiled; all of them where it is None.
    """
    codes = [code for code in codebook.codable if only is None or code.code_id in only]
    rules = tuple(rule for code in codes for rule in _compiled(code, nlp))
    cues = compile_cues(codebook.cues, nlp)
    asked = [m for rule in rules for m in rule.all_matchables]
    lexicon = Lexicon(nlp, [*asked, *(m for cue in cues for m in cue.matchables)])
    return Tagger(nlp, codebook, rules, cues, lexicon, Anchors([r.matchables for r in rules]))


def _compiled(code: Code, nlp: Language) -> Iterator[CompiledRule]:
    unless, near = compile_phrases(code.unless, nlp), compile_phrases(code.unless_near, nlp)
    for rule in code.rules:
        matchables = (
            *compile_phrases(rule.phrases, nlp),
            *compile_tokens(rule.token, nlp),
            *compile_arrows(rule.dep, nlp),
        )
        requires = compile_phrases(rule.requires, nlp)
        yield CompiledRule(code, rule, matchables, requires, unless, near)


def fire(
    tagger: Tagger, sentences: Sequence[str]
) -> Iterator[tuple[Candidate, tuple[Firing, ...]]]:
    """Yield, in order, each sentence in which a rule holds, with the rules that do.

    Where there is a parser, sentences with a code whose assertion matters come parsed.
    """
    for start in range(0, len(sentences), _BATCH):
        found = list(_candidates(tagger, sentences[start : start + _BATCH], start))
        asking = {one.number for one in found if one.asks_for_parse}
        fired: dict[int, tuple[Firing, ...]] = {}
        for one in (found := _parsed(tagger, found, asking)):
            firings = tuple(f for rule in one.rules if (f := _holds(rule, one)))
            if firings:
                fired[one.number] = firings
        asserting = {n for n, firings in fired.items() if any(f.is_asserted for f in firings)}
        kept = [one for one in found if one.number in fired]
        for one in _parsed(tagger, kept, asserting - asking):
            yield one, fired[one.number]


def _candidates(tagger: Tagger, sentences: Sequence[str], start: int) -> Iterator[Candidate]:
    for number, sentence in enumerate(sentences, start):
        passed = tagger.lexicon.passed(sentence)
        rules = tagger.anchors.candidates(passed)
        if rules:
            doc = tokenize(tagger.nlp, sentence)
            yield Candidate(number, doc, passed, tuple(tagger.rules[rule] for rule in rules))


def _parsed(
    tagger: Tagger, candidates: Sequence[Candidate], asking: Collection[int]
) -> list[Candidate]:
    """Return the candidates, those asked for parsed if there is a parser."""
    if not can_parse(tagger.nlp):
        return list(candidates)
    docs = [one.doc for one in candidates if one.number in asking]
    parsed = iter(parse(tagger.nlp, docs))
    return [replace(one, doc=next(parsed)) if one.number in asking else one for one in candidates]


def _holds(rule: CompiledRule, candidate: Candidate) -> Firing | None:
    doc, passed = candidate.doc, candidate.passed
    by_parse = doc.has_annotation("DEP")
    found = find(rule.matchables, doc, passed, by_parse=by_parse)
    if not found or find(rule.unless_near, doc, passed, by_parse=by_parse):
        return None
    if rule.requires and not find(rule.requires, doc, passed, by_parse=by_parse):
        return None
    barred = find(rule.unless, doc, passed, by_parse=by_parse)
    kept = tuple(
        span
        for span in found
        if not any(span[0] < end and start < span[1] for start, end in barred)
    )
    return Firing(rule, kept) if kept else None
