"""Names of two things ("Georgia"), and cases pointed at by their label ("on the Baltic side").

Both are told of, never decided: a proposal that rests on an ambiguous name alone says so.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language

from pipeline.model.codebook import Code, Codebook
from pipeline.model.coding import Coding
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.tag.lexicon import Lexicon
from pipeline.tag.parse import tokenize
from pipeline.tag.phrases import Matchable, Span, compile_phrases, find

_LABEL_RULE = "label"
_FRAME = (
    r"(?<!like )(?<!than )(?<!as )(?<!nlike )"
    r"\b(?i:on|in|for|at|from|with) the ({}) (?:side|case|example|flank|end|part)\b"
)


@dataclass(frozen=True)
class AmbiguousNames:
    """The ambiguous names of a codebook, by the code or heading that lists them."""

    nlp: Language
    by_holder: tuple[tuple[str, tuple[Matchable, ...]], ...]
    lexicon: Lexicon

    def find(self, text: str) -> dict[str, tuple[Span, ...]]:
        """Return where the names of each holder stand in a sentence; nothing for most."""
        passed = self.lexicon.passed(text)
        if not passed:
            return {}
        doc = tokenize(self.nlp, text)
        found = {
            holder: tuple(
                (doc[a].idx, doc[b - 1].idx + len(doc[b - 1]))
                for a, b in find(matchables, doc, passed, by_parse=False)
            )
            for holder, matchables in self.by_holder
        }
        return {holder: spans for holder, spans in found.items() if spans}


def compile_names(book: Codebook, nlp: Language) -> AmbiguousNames:
    """Return the ambiguous names that a codebook lists, ready to be found."""
    by_holder = tuple(
        (code.code_id, compile_phrases(code.ambiguous, nlp))
        for code in book.codes
        if code.ambiguous
    )
    return AmbiguousNames(nlp, by_holder, Lexicon(nlp, [m for _, own in by_holder for m in own]))


def flagged(names: AmbiguousNames, source: Source, codings: Sequence[Coding]) -> list[Coding]:
    """Return the codings; those of codes that only an ambiguous name speaks for say so."""
    by_place: dict[tuple[str, str], list[Coding]] = {}
    for coding in codings:
        by_place.setdefault((coding.segment_id, coding.code_id), []).append(coding)
    reasons = {
        place: _doubt(names, source, place[1], own) if names.by_holder else ""
        for place, own in by_place.items()
    }
    return [_doubted(one, reasons[one.segment_id, one.code_id]) for one in codings]


def _doubted(coding: Coding, doubt: str) -> Coding:
    if not doubt:
        return coding
    return replace(coding, reason="; ".join(filter(None, (coding.reason, doubt))))


def _doubt(names: AmbiguousNames, source: Source, code_id: str, codings: Sequence[Coding]) -> str:
    start, end = codings[0].start, codings[0].end
    spans = [
        (start + a, start + b)
        for holder, found in names.find(source.quote(start, end)).items()
        if is_under(code_id, holder)
        for a, b in found
    ]
    matched = [span for coding in codings for span in coding.matched]
    if not spans or not all(any(a <= s and e <= b for a, b in spans) for s, e in matched):
        return ""
    words = ", ".join(dict.fromkeys(source.quote(*span) for span in matched))
    return f"ambiguous: {words} may name something else"


def is_under(code_id: str, holder: str) -> bool:
    """Whether a code is the one, or below the heading, that lists a name."""
    return code_id == holder or code_id.startswith(f"{holder}.")


def unsettled(
    names: AmbiguousNames, source: Source, segments: Sequence[Segment], codings: Sequence[Coding]
) -> Iterator[tuple[Segment, str]]:
    """Yield each sentence with an ambiguous name for which no code is proposed, and the name."""
    if not names.by_holder or not names.lexicon.passed(source.text):
        return
    coded = {(coding.segment_id, coding.code_id) for coding in codings if not coding.is_inherited}
    by_segment: dict[str, list[str]] = {}
    for segment_id, code_id in coded:
        by_segment.setdefault(segment_id, []).append(code_id)
    for segment in segments:
        if segment.standing == "excluded":
            continue
        text = source.quote(segment.start, segment.end)
        here = by_segment.get(segment.segment_id, ())
        for holder, spans in names.find(text).items():
            if not any(is_under(code_id, holder) for code_id in here):
                yield segment, text[slice(*spans[0])]


def pointed_at(
    book: Codebook, source: Source, segments: Sequence[Segment], codings: Sequence[Coding]
) -> Iterator[Coding]:
    """Yield a coding for each sentence that points at a case by its label, and not by its rules.

    The label's first word stands for the case in "on the Baltic side", "in the Baltic case",
    but not where it is only compared with: "like on the Baltic side".
    """
    labels = _labels(book)
    if not labels:
        return
    frame = re.compile(_FRAME.format("|".join(re.escape(word) for word in labels)))
    named = {(coding.segment_id, coding.code_id) for coding in codings}
    for segment in segments:
        if segment.standing == "excluded" or segment.language not in ("", book.language):
            continue
        for found in frame.finditer(source.text, segment.start, segment.end):
            code = labels[found[1]]
            if (segment.segment_id, code.code_id) not in named:
                named.add((segment.segment_id, code.code_id))
                yield _pointing(book, source, segment, code, found.span())


def _labels(book: Codebook) -> dict[str, Code]:
    """Cases by the first word of their label; none for a word that two begin with."""
    cases = [code for code in book.codable if code.kind == "case"]
    firsts = [code.label.split()[0] for code in cases]
    return {
        word: code
        for word, code in zip(firsts, cases, strict=True)
        if word[0].isupper() and firsts.count(word) == 1
    }


def _pointing(book: Codebook, source: Source, segment: Segment, code: Code, span: Span) -> Coding:
    return Coding(
        source_id=source.source_id,
        segment_id=segment.segment_id,
        start=segment.start,
        end=segment.end,
        code_id=code.code_id,
        coder="rules",
        coder_kind="rule",
        origin_id=f"{code.code_id}.{_LABEL_RULE}",
        origin_sha256=hashlib.sha256(f"{_FRAME}\x1f{code.label}".encode()).hexdigest(),
        matched=(span,),
        is_context=segment.standing == "context",
        speaker=segment.speaker,
        speaker_role=segment.speaker_role,
        zone=segment.zone,
        codebook_version=book.name,
        text_sha256=source.text_sha256,
    )
