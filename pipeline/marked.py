"""How high a study's sources are marked: what it may hold, and what an export may show.

A guard-rail against mistakes, not a security control: only marks that are written are known,
and whoever can change study.yaml can change the limit.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.errors import AboveMarkingError
from pipeline.extract.marking import marking_of, portions
from pipeline.model.marking import Marked, Marking, highest, parse_marking
from pipeline.model.marking_scale import OWN, SCALE, Level
from pipeline.model.source import Source
from pipeline.model.study import Study

UNCLASSIFIED = Marking(Level.UNCLASSIFIED)


def scale_of(study: Study) -> Mapping[str, Level]:
    """Return names and their levels, those of the study before the ones known here."""
    return {**SCALE, **{name.upper(): OWN[level] for name, level in study.marking_scale}}


def limit_of(study: Study) -> Marking:
    """Return the highest marking a study may hold: unclassified where it says nothing."""
    return parse_marking(study.marking, scale_of(study)) if study.marking else UNCLASSIFIED


def marked(study: Study, source: Source) -> Marked:
    """Return how a source is marked: by what it shows and what the study says, the higher."""
    scale = scale_of(study)
    told = study.entry(source.source_id).marking
    shown = marking_of(source, scale)
    found = [one for one in (shown, parse_marking(told, scale) if told else None) if one]
    spans = tuple((zone.start, zone.end, mark) for zone, mark in portions(source, scale))
    return Marked(highest(found), spans)


def refusal(study: Study, source: Source) -> AboveMarkingError | None:
    """Return why a study may not hold a source; None where it may, or where a person answers
    for it by name.
    """
    entry = study.entry(source.source_id)
    whole, limit = marked(study, source).whole, limit_of(study)
    if whole is None or not whole.exceeds(limit) or entry.marking_override:
        return None
    return AboveMarkingError(
        f"is marked {whole}, and this study holds {limit} at most",
        where=entry.path,
        remedy="Take it out of the study. If the mark is none (a text about marks), a person may "
        "answer for it in study.yaml: marking_override: {by: NAME, reason: TEXT}.",
    )


def override_notices(study: Study, sources: Sequence[Source]) -> Iterator[str]:
    """Yield who answers for each source that is held above the study's marking, and why."""
    for source in sources:
        override = study.entry(source.source_id).marking_override
        whole = marked(study, source).whole
        if override and whole is not None and whole.exceeds(limit_of(study)):
            by, reason = override
            yield f"{source.source_id} is marked {whole} and held all the same: {by}, {reason!r}"


def marking_of_all(study: Study, sources: Iterable[Source]) -> str:
    """Return the highest marking of some sources; the study's own where none is marked."""
    wholes = [whole for one in sources if (whole := marked(study, one).whole) is not None]
    top = highest(wholes)
    return str(top) if top else study.marking
