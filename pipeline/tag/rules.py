"""Segments and a codebook to proposed codings, by rules that a coder can read.

A rule runs on one sentence at a time. Each (sentence, code, rule) that holds gives one
coding whose excerpt is the sentence and whose matched words are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.model.codebook import Code, Codebook, Rule
from pipeline.model.coding import Assertion, Coding
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.tag.arrows import compile_arrows
from pipeline.tag.assertion import (
    CueMatcher,
    assertion,
    compile_cues,
    find_cues,
    whole_assertion,
)
from pipeline.tag.parse import can_parse, parse, tokenize
from pipeline.tag.phrases import (
    Lexicon,
    Matchable,
    Span,
    TokenTest,
    compile_phrases,
    compile_tokens,
)

CODER = "rules"


@dataclass(frozen=True)
class CompiledRule:
    """A rule's matchers; ``requires`` is empty where the rule asks for nothing more."""

    code: Code
    rule: Rule
    matchables: tuple[Matchable, ...]
    requires: tuple[Matchable, ...]


@dataclass(frozen=True)
class Tagger:
    """A codebook compiled for one language pipeline."""

    nlp: Language
    codebook: Codebook
    rules: tuple[CompiledRule, ...]
    unless: dict[str, tuple[Matchable, ...]]
    unless_near: dict[str, tuple[Matchable, ...]]
    cues: tuple[CueMatcher, ...]
    lexicon: Lexicon


@dataclass(frozen=True, slots=True)
class Firing:
    """A rule that holds in a sentence, with the token spans that made it."""

    rule: CompiledRule
    matched: tuple[Span, ...]


def compile_tagger(codebook: Codebook, nlp: Language) -> Tagger:
    """Return the codebook's rules as matchers; what needs a parser is off where there is none."""
    rules = tuple(
        CompiledRule(code, rule, _matchables(rule, nlp), compile_phrases(rule.requires, nlp))
        for code in codebook.codable
        for rule in code.rules
    )
    unless = {code.code_id: compile_phrases(code.unless, nlp) for code in codebook.codable}
    near = {code.code_id: compile_phrases(code.unless_near, nlp) for code in codebook.codable}
    cues = compile_cues(codebook.cues, nlp)
    lexicon = Lexicon(
        [
            *(m for rule in rules for m in (*rule.matchables, *rule.requires)),
            *(m for group in (*unless.values(), *near.values()) for m in group),
            *(m for cue in cues for m in cue.matchables),
        ]
    )
    return Tagger(nlp, codebook, rules, unless, near, cues, lexicon)


def _matchables(rule: Rule, nlp: Language) -> tuple[Matchable, ...]:
    return (
        *compile_phrases(rule.phrases, nlp),
        *compile_tokens(rule.token, nlp),
        *compile_arrows(rule.dep, nlp),
    )


def propose(tagger: Tagger, source: Source, segments: Sequence[Segment]) -> tuple[Coding, ...]:
    """Return the proposed codings of a source, in reading order, then by code and rule.

    Segments in excluded zones are passed over, as are those in another language than the
    codebook's; those that are context only give codings marked so.
    """
    spoken = ("", tagger.codebook.language)
    tagged = [one for one in segments if one.standing != "excluded" and one.language in spoken]
    texts = [source.quote(segment.start, segment.end) for segment in tagged]
    codings = []
    for segment, (doc, firings) in zip(tagged, fire(tagger, texts), strict=True):
        if firings:
            codings += _codings(tagger, source, segment, doc, firings)
    return tuple(codings)


def with_assertion(tagger: Tagger, source: Source, coding: Coding) -> Coding:
    """Return a coding that no rule made, with how its sentence asserts it as far as words tell."""
    segment_start, segment_end = map(int, coding.segment_id.rpartition("@")[2].split("-"))
    doc = tokenize(tagger.nlp, source.quote(segment_start, segment_end))
    code = tagger.codebook.by_id[coding.code_id]
    found = whole_assertion(
        find_cues(tagger.cues, doc, tagger.lexicon),
        doc,
        segment_start,
        carries_negation=code.carries_negation,
    )
    return replace(coding, assertion=found)


def fire(tagger: Tagger, sentences: Sequence[str]) -> list[tuple[Doc, tuple[Firing, ...]]]:
    """Return, for each sentence, its tokens and the rules that hold in it."""
    docs = [tokenize(tagger.nlp, sentence) for sentence in sentences]
    passed = [tagger.lexicon.passed(doc) for doc in docs]
    candidates = [
        [rule for rule in tagger.rules if any(m.may_match(tests) for m in rule.matchables)]
        for tests in passed
    ]
    docs = _parsed_where_needed(tagger, docs, candidates, passed)
    return [
        (doc, tuple(f for rule in rules if (f := _holds(tagger, rule, doc, tests))))
        for doc, rules, tests in zip(docs, candidates, passed, strict=True)
    ]


def _parsed_where_needed(
    tagger: Tagger,
    docs: list[Doc],
    candidates: list[list[CompiledRule]],
    passed: list[frozenset[TokenTest]],
) -> list[Doc]:
    if not can_parse(tagger.nlp):
        return docs
    needing = [
        index
        for index, rules in enumerate(candidates)
        if any(
            m.needs_parse and m.may_match(passed[index])
            for rule in rules
            for m in (*rule.matchables, *rule.requires)
        )
    ]
    docs = list(docs)
    for index, doc in zip(needing, parse(tagger.nlp, [docs[i] for i in needing]), strict=True):
        docs[index] = doc
    return docs


def _holds(
    tagger: Tagger, rule: CompiledRule, doc: Doc, passed: frozenset[TokenTest]
) -> Firing | None:
    code_id = rule.code.code_id
    found = _spans(rule.matchables, doc, passed)
    if not found or _spans(tagger.unless_near[code_id], doc, passed):
        return None
    if rule.requires and not _spans(rule.requires, doc, passed):
        return None
    barred = _spans(tagger.unless[code_id], doc, passed)
    kept = tuple(
        span
        for span in found
        if not any(span[0] < end and start < span[1] for start, end in barred)
    )
    return Firing(rule, kept) if kept else None


def _spans(matchables: Sequence[Matchable], doc: Doc, passed: frozenset[TokenTest]) -> list[Span]:
    parsed = doc.has_annotation("DEP")
    found = {
        span
        for matchable in matchables
        if (parsed or not matchable.needs_parse) and matchable.may_match(passed)
        for span in matchable.spans(doc)
    }
    return sorted(found)


def _codings(
    tagger: Tagger, source: Source, segment: Segment, doc: Doc, firings: Sequence[Firing]
) -> list[Coding]:
    reaches = find_cues(tagger.cues, doc, tagger.lexicon)
    codings = []
    for firing in firings:
        code, rule = firing.rule.code, firing.rule.rule
        asserted = assertion(
            reaches, firing.matched, doc, segment.start, carries_negation=code.carries_negation
        )
        matched = tuple(
            (segment.start + doc[a].idx, segment.start + doc[b - 1].idx + len(doc[b - 1]))
            for a, b in firing.matched
        )
        codings.append(_coding(tagger.codebook, source, segment, code, rule, asserted, matched))
    return codings


def _coding(
    codebook: Codebook,
    source: Source,
    segment: Segment,
    code: Code,
    rule: Rule,
    asserted: Assertion,
    matched: tuple[Span, ...],
) -> Coding:
    return Coding(
        source_id=source.source_id,
        segment_id=segment.segment_id,
        start=segment.start,
        end=segment.end,
        code_id=code.code_id,
        coder=CODER,
        coder_kind="rule",
        origin_id=rule.rule_id,
        origin_sha256=rule.sha256,
        matched=matched,
        reason="weak" if rule.is_weak else "",
        assertion=asserted,
        is_context=segment.standing == "context",
        speaker=segment.speaker,
        speaker_role=segment.speaker_role,
        zone=segment.zone,
        codebook_version=codebook.name,
        text_sha256=source.text_sha256,
    )
