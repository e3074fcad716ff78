"""Sources to proposed codings, of which only what a changed code can touch is made anew.

A code's proposals depend on its own rules, on the cues and on the source, and on no other
code. So the cache keeps them by source, each code's with the hash of what made them: after
an edit the sources are gone through for the edited codes alone.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from operator import attrgetter

from pydantic import TypeAdapter

from pipeline.cache import Cache, key_of, stage_sha256
from pipeline.model.codebook import Code, Codebook
from pipeline.model.coding import Coding
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.stages import Corpus, Inputs, Say
from pipeline.tag.propose import propose
from pipeline.tag.rules import Tagger

# The parts of the program that decide what a source's codings are.
CODING = ("model", "tag")
_FOR_PEOPLE = frozenset("label definition include_when exclude_when examples watch was".split())


@dataclass(frozen=True, slots=True)
class CodeProposals:
    """What one code proposes in one source, and the hash of all that decides it but the source."""

    code_id: str
    sha256: str
    codings: tuple[Coding, ...]


_FIELDS = attrgetter(*(field.name for field in fields(Segment)))
_KEPT = TypeAdapter(tuple[CodeProposals, ...])


def tag_corpus(inputs: Inputs, corpus: Corpus, cache: Cache, say: Say) -> tuple[Coding, ...]:
    """Return what the rules propose, in the order of sources and places."""
    hashes = {code.code_id: _code_sha256(inputs, code) for code in inputs.book.codable}
    taggers: dict[frozenset[str], Tagger] = {}
    proposals: list[Coding] = []
    for number, source in enumerate(corpus.sources, start=1):
        say("coding", number, len(corpus.sources))
        segments = corpus.segments_of[source.source_id]
        key = _key(inputs, source, segments)
        kept = _standing(cache.get("codings", key, _KEPT) or (), hashes)
        stale = frozenset(hashes.keys() - {one.code_id for one in kept})
        if stale:
            if stale not in taggers:
                taggers[stale] = inputs.tagger_of(stale)
            made = propose(taggers[stale], source, segments)
            kept += tuple(_proposals_of(code_id, hashes, made) for code_id in sorted(stale))
            cache.keep("codings", key, _KEPT, kept)
        proposals += _in_order(inputs.book, kept)
    return tuple(proposals)


def _key(inputs: Inputs, source: Source, segments: Sequence[Segment]) -> str:
    return key_of(
        stage_sha256(*CODING),
        source.text_sha256,
        inputs.model.sha256 if inputs.model else "",
        inputs.book.language,
        [_FIELDS(one) for one in segments],
    )


def _code_sha256(inputs: Inputs, code: Code) -> str:
    """The hash of what decides a code's proposals: its rules and restraints, and the cues."""
    content = {name: part for name, part in asdict(code).items() if name not in _FOR_PEOPLE}
    return key_of(_without_lines(content), _without_lines([asdict(c) for c in inputs.book.cues]))


def _without_lines(value: object) -> object:
    """The same without the lines of the file, which change with what stands above."""
    if isinstance(value, dict):
        return {name: _without_lines(part) for name, part in value.items() if name != "line"}
    if isinstance(value, (list, tuple)):
        return [_without_lines(part) for part in value]
    return value


def _standing(kept: tuple[CodeProposals, ...], hashes: dict[str, str]) -> tuple[CodeProposals, ...]:
    return tuple(one for one in kept if hashes.get(one.code_id) == one.sha256)


def _proposals_of(code_id: str, hashes: dict[str, str], made: Sequence[Coding]) -> CodeProposals:
    own = tuple(coding for coding in made if coding.code_id == code_id)
    return CodeProposals(code_id, hashes[code_id], own)


def _in_order(book: Codebook, kept: Sequence[CodeProposals]) -> list[Coding]:
    """All codings of a source as the codebook of today names them: by place, code and rule."""
    rules = [rule.rule_id for code in book.codable for rule in code.rules]
    order = {rule_id: number for number, rule_id in enumerate(rules)}
    codings = [
        coding
        if coding.codebook_version == book.name
        else replace(coding, codebook_version=book.name)
        for one in kept
        for coding in one.codings
    ]
    return sorted(codings, key=lambda coding: (coding.start, order[coding.origin_id]))
