"""Segments and a codebook to proposed codings, by rules that a coder can read.

Each (sentence, code, rule) that holds gives one coding whose excerpt is the sentence and
whose matched words are kept. A sentence with acronyms that its source defines is read once
more with their long forms (``tag.acronyms``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.model.codebook import Code, Codebook, Rule
from pipeline.model.coding import Assertion, Coding, Cue
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.tag.acronyms import Acronyms, Expanded, acronyms_in, expand
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
    found = _found(tagger, source, dict(enumerate(texts)), tagged)
    acronyms = _usable(tagger, acronyms_in(source))
    if acronyms.definitions:
        written = {
            number: there
            for number, (one, text) in enumerate(zip(tagged, texts, strict=True))
            if (there := expand(text, one.start, acronyms))
        }
        again = _found(tagger, source, {n: there.text for n, there in written.items()}, tagged)
        for number, there in written.items():
            found[number] = _joined(found[number], again[number], there, acronyms)
    order = {compiled.rule.rule_id: rank for rank, compiled in enumerate(tagger.rules)}
    return tuple(
        coding
        for number in range(len(tagged))
        for coding in sorted(found[number], key=lambda coding: order[coding.origin_id])
    )


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


def _found(
    tagger: Tagger, source: Source, texts: Mapping[int, str], segments: Sequence[Segment]
) -> dict[int, list[Coding]]:
    """The codings of some segments by their numbers, with a segment's words as given."""
    numbers = list(texts)
    found: dict[int, list[Coding]] = {number: [] for number in numbers}
    for candidate, firings in fire(tagger, list(texts.values())):
        number = numbers[candidate.number]
        found[number] = _codings(tagger, source, segments[number], candidate, firings)
    return found


def _usable(tagger: Tagger, acronyms: Acronyms) -> Acronyms:
    """The acronyms that some phrase of the codebook has a word of."""
    kept = {
        short
        for short, longs in acronyms.meanings.items()
        if any(tagger.lexicon.passed(name) for name in (short, *longs))
    }
    return Acronyms(tuple(one for one in acronyms.definitions if one.short in kept))


def _joined(
    plain: Iterable[Coding], written: Sequence[Coding], there: Expanded, acronyms: Acronyms
) -> list[Coding]:
    """What a sentence gives as it stands, and with its acronyms written out.

    A code that falls when they are rests on an acronym in a sense that the source does not
    give it, or not alone: it stays, and its reason says so. What rests on a part of a long
    form alone ("United States" in that of AUKUS) is left out.
    """
    told = "ambiguous: here " + ", ".join(
        f"{short} stands for {' or '.join(acronyms.meanings[short])}"
        for short in dict.fromkeys(there.shorts)
    )
    kept = {coding.code_id for coding in written}
    found = {
        coding.origin_id: coding
        if coding.code_id in kept
        else replace(coding, reason="; ".join(filter(None, (coding.reason, told))))
        for coding in plain
    }
    if not all(acronyms.is_ambiguous(short) for short in there.shorts):
        for coding in written:
            spans = [(start - coding.start, end - coding.start) for start, end in coding.matched]
            if any(not there.cuts(*span) for span in spans):
                found.setdefault(coding.origin_id, _restored(coding, there))
    return list(found.values())


def _restored(coding: Coding, there: Expanded) -> Coding:
    """A coding of a sentence written out, with spans of the sentence as it stands."""
    offset = coding.start

    def back(start: int, end: int) -> Span:
        own_start, own_end = there.back(start - offset, end - offset)
        return offset + own_start, offset + own_end

    cues = tuple(
        Cue(
            cue.dimension,
            cue.value,
            *back(cue.start, cue.end),
            *back(cue.scope_start, cue.scope_end),
            *(back(cue.speaker_start, cue.speaker_end) if cue.speaker_end else (0, 0)),
        )
        for cue in coding.assertion.cues
    )
    whole = [span for span in coding.matched if not there.cuts(span[0] - offset, span[1] - offset)]
    return replace(
        coding,
        matched=tuple(back(*span) for span in whole),
        assertion=replace(coding.assertion, cues=cues),
    )


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
