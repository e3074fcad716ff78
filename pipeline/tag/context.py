"""What a source's sentences are given by those around them: a pass over its rules' codings.

It runs on one source's codings, however they were made, and adds to them; no rule is asked
again. What is added from another sentence is marked inherited.
"""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.coding import Coding
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.tag.anaphora import has_object
from pipeline.tag.answers import answered
from pipeline.tag.inheriting import inherited
from pipeline.tag.names import AmbiguousNames, flagged, pointed_at
from pipeline.tag.propose import propose, with_assertion
from pipeline.tag.rules import Tagger


def propose_in_context(
    tagger: Tagger, names: AmbiguousNames, source: Source, segments: Sequence[Segment]
) -> tuple[Coding, ...]:
    """Return what the rules propose for a source, and what its sentences inherit."""
    return in_context(tagger, names, source, segments, propose(tagger, source, segments))


def in_context(
    tagger: Tagger,
    names: AmbiguousNames,
    source: Source,
    segments: Sequence[Segment],
    codings: Sequence[Coding],
) -> tuple[Coding, ...]:
    """Return a source's codings with those its sentences inherit, in reading order.

    Parameters
    ----------
    segments
        All of the source, in reading order.
    codings
        What rules propose for them.
    """
    book = tagger.codebook
    own = [*codings, *pointed_at(book, source, segments, codings)]
    own = flagged(names, source, own)
    spoken = ("", book.language)
    read = [one for one in segments if one.standing != "excluded" and one.language in spoken]
    carried = [_asserted(tagger, source, one) for one in inherited(book, source, read, own)]
    made = [*own, *carried]
    made += answered(book, source, read, made)
    order = {segment.segment_id: number for number, segment in enumerate(segments)}
    return tuple(sorted(made, key=lambda coding: order[coding.segment_id]))


def _asserted(tagger: Tagger, source: Source, coding: Coding) -> Coding:
    """A coding with how the sentence that inherits it asserts it.

    A negation is of what is said about it ("they do not replace a defence"), which does not
    deny that it is there, unless it is the object: "I have not seen it".
    """
    if tagger.codebook.by_id[coding.code_id].kind == "case":
        return coding
    asserted = with_assertion(tagger, source, coding)
    if has_object(source.quote(coding.start, coding.end)):
        return asserted
    found = asserted.assertion
    cues = tuple(cue for cue in found.cues if cue.dimension != "polarity")
    return replace(asserted, assertion=replace(found, polarity="affirmed", cues=cues))
