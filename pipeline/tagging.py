"""Sources to proposed codings, of which only what a changed code can touch is made anew.

A code's proposals depend on its own rules, on the cues and on the source, and on no other
code. So the cache keeps them by source, each code's with the hash of what made them: after
an edit the sources are gone through for the edited codes alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from operator import attrgetter

from pydantic import TypeAdapter

from pipeline.cache import Cache, key_of, stage_sha256
from pipeline.model.codebook import Code, Codebook
from pipeline.model.coding import Coding
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.stages import Corpus, Inputs, Say
from pipeline.tag.context import in_context
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
_PROPOSALS = TypeAdapter(tuple[CodeProposals, ...])
_CODINGS = TypeAdapter(tuple[Coding, ...])


def tag_corpus(inputs: Inputs, corpus: Corpus, cache: Cache, say: Say) -> tuple[Coding, ...]:
    """Return what rules propose and sentences inherit, in the order of sources and places."""
    hashes = {code.code_id: _code_sha256(inputs, code) for code in inputs.book.codable}
    taggers: dict[frozenset[str], Tagger] = {}
    proposals: list[Coding] = []
    for number, source in enumerate(corpus.sources, start=1):
        say("coding", number, len(corpus.sources))
        segments = corpus.segments_of[source.source_id]
        key = _key(inputs, source, segments)
        whole = key_of(key, inputs.book.sha256)
        found = cache.get("codings", whole, _CODINGS)
        if found is None:
            own = _by_rules(inputs, source, segments, _Kept(cache, key, hashes, taggers))
            found = in_context(inputs.cues, inputs.names, source, segments, own)
            cache.keep("codings", whole, _CODINGS, found)
        cache.spare("proposals", key)
        proposals += found
    return tuple(proposals)


@dataclass(frozen=True)
class _Kept:
    """Where one source's proposals are kept, and the taggers made so far."""

    cache: Cache
    key: str
    hashes: Mapping[str, str]
    taggers: dict[frozenset[str], Tagger]


def _by_rules(
    inputs: Inputs, source: Source, segments: Sequence[Segment], kept: _Kept
) -> list[Coding]:
    """What the rules propose: kept where the code is as it was, else made."""
    hashes = kept.hashes
    there = kept.cache.get("proposals", kept.key, _PROPOSALS) or ()
    standing = tuple(one for one in there if hashes.get(one.code_id) == one.sha256)
    stale = frozenset(hashes.keys() - {one.code_id for one in standing})
    if stale:
        if stale not in kept.taggers:
            kept.taggers[stale] = inputs.tagger_of(stale)
        made = propose(kept.taggers[stale], source, segments)
        standing += tuple(_proposals_of(code_id, hashes, made) for code_id in sorted(stale))
        kept.cache.keep("proposals", kept.key, _PROPOSALS, standing)
    return _in_order(inputs.book, standing)


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


def _proposals_of(code_id: str, hashes: Mapping[str, str], made: Sequence[Coding]) -> CodeProposals:
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
