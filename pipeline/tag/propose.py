"""Segments and a codebook to proposed codings, by rules that a coder can read.

Each (sentence, code, rule) that holds gives one coding whose excerpt is the sentence and
whose matched words are kept.
"""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.model.codebook import Code, Codebook, Rule
from pipeline.model.coding import Assertion, Coding
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.tag.assertion import assertion, whole_assertion
from pipeline.tag.cues import Method, find_cues
from pipeline.tag.parse import tokenize
from pipeline.tag.phrases import Span
from pipeline.tag.rules import Candidate, Firing, Tagger, fire

CODER = "rules"


def propose(tagger: Tagger, source: Source, segments: Sequence[Segment]) -> tuple[Coding, ...]:
    """Return the proposed codings of a source, in reading order, then by code and rule.

    Segments in excluded zones are passed over, as are those in another language than the
    codebook's; those that are context only give codings marked so.
    """
    spoken = ("", tagger.codebook.language)
    tagged = [one for one in segments if one.standing != "excluded" and one.language in spoken]
    texts = [source.quote(segment.start, segment.end) for segment in tagged]
    codings: list[Coding] = []
    for candidate, firings in fire(tagger, texts):
        codings += _codings(tagger, source, tagged[candidate.number], candidate, firings)
    return tuple(codings)


def with_assertion(tagger: Tagger, source: Source, coding: Coding) -> Coding:
    """Return a coding that no rule made, with how its sentence asserts it as far as words tell."""
    segment_start, segment_end = map(int, coding.segment_id.rpartition("@")[2].split("-"))
    doc = tokenize(tagger.nlp, source.quote(segment_start, segment_end))
    code = tagger.codebook.by_id[coding.code_id]
    found = whole_assertion(
        find_cues(tagger.cues, doc, tagger.lexicon.passed(doc.text), "clause"),
        doc,
        segment_start,
        carries_negation=code.carries_negation,
    )
    return replace(coding, assertion=found)


def _codings(
    tagger: Tagger,
    source: Source,
    segment: Segment,
    candidate: Candidate,
    firings: Sequence[Firing],
) -> list[Coding]:
    doc = candidate.doc
    cues = {
        method: find_cues(tagger.cues, doc, candidate.passed, method)
        for method in {_method(doc, firing) for firing in firings}
    }
    codings = []
    for firing in firings:
        code, rule = firing.rule.code, firing.rule.rule
        asserted = assertion(
            cues[_method(doc, firing)],
            firing.matched,
            doc,
            segment.start,
            carries_negation=code.carries_negation,
        )
        matched = tuple(
            (segment.start + doc[a].idx, segment.start + doc[b - 1].idx + len(doc[b - 1]))
            for a, b in firing.matched
        )
        codings.append(_coding(tagger.codebook, source, segment, code, rule, asserted, matched))
    return codings


def _method(doc: Doc, firing: Firing) -> Method:
    return "parse" if firing.is_asserted and doc.has_annotation("DEP") else "clause"


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
