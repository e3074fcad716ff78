"""Notices of what rests on other sentences: codes inherited, names and acronyms of two senses."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.model.coding import Coding
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.stages import Corpus
from pipeline.tag.acronyms import acronyms_in
from pipeline.tag.names import AmbiguousNames, unsettled

_MOST_TOLD = 5


def context_notices(
    names: AmbiguousNames, corpus: Corpus, codings: Sequence[Coding]
) -> Iterator[str]:
    """Yield what a reader must know of codings that their own sentence does not settle."""
    inherited = [coding for coding in codings if coding.is_inherited]
    if inherited:
        confirmed = sum(coding.is_confirmed for coding in inherited)
        yield (
            f"{len(inherited):,} proposals are inherited: what they name stands in an earlier "
            f"sentence or in the question; {confirmed:,} of them a person accepted, the others "
            "count nowhere, though an excerpt's case may rest on one"
        )
    doubtful = Counter(coding.source_id for coding in codings if "ambiguous: " in coding.reason)
    if doubtful:
        yield (
            f"{sum(doubtful.values()):,} proposals rest on a name or an acronym that may mean "
            f"something else, and say so: {_told(doubtful)}"
        )
    by_source: dict[str, list[Coding]] = {}
    for coding in codings:
        by_source.setdefault(coding.source_id, []).append(coding)
    for source in corpus.sources:
        own = by_source.get(source.source_id, ())
        yield from _of_source(names, source, corpus.segments_of[source.source_id], own)


def _of_source(
    names: AmbiguousNames, source: Source, segments: Sequence[Segment], codings: Sequence[Coding]
) -> Iterator[str]:
    acronyms = acronyms_in(source)
    for short, senses in acronyms.meanings.items():
        if acronyms.is_ambiguous(short):
            told = " and as ".join(repr(sense) for sense in senses)
            yield f"{source.source_id}: {short} is defined as {told}; rules read it as neither"
    open_names = Counter(name for _, name in unsettled(names, source, segments, codings))
    if open_names:
        yield (
            f"{source.source_id}: ambiguous names that no code is proposed for, with the "
            f"sentences that hold them: {_told(open_names)}"
        )


def _told(counts: Counter[str]) -> str:
    most = counts.most_common(_MOST_TOLD)
    told = ", ".join(f"{name} ({count:,})" for name, count in most)
    return f"{told} and {len(counts) - _MOST_TOLD:,} more" if len(counts) > _MOST_TOLD else told
