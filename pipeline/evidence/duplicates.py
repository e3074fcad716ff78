"""Sources that are one voice: a memo that repeats an interview is not a second source."""

from collections.abc import Iterable, Mapping

from pipeline.evidence.places import source_order
from pipeline.model.study import Study


def independence_groups(study: Study) -> Mapping[str, str]:
    """Return for each source of the study the source that speaks for its group.

    Sources belong together if a chain of ``cites`` joins them, whichever way it runs. The
    voice is the cited one that cites none, else a cited one, else the first of the study.
    """
    order = source_order(study)
    group_of = _components((entry.source_id, entry.cites) for entry in study.sources)
    cited = {source_id for entry in study.sources for source_id in entry.cites}
    voices: dict[str, str] = {}
    for entry in sorted(
        study.sources,
        key=lambda e: (e.source_id not in cited, bool(e.cites), order[e.source_id]),
    ):
        voices.setdefault(group_of[entry.source_id], entry.source_id)
    return {entry.source_id: voices[group_of[entry.source_id]] for entry in study.sources}


def speakers(
    source_ids: Iterable[str], voices: Mapping[str, str], order: Mapping[str, int]
) -> frozenset[str]:
    """Return one source for each group met: its voice if that is among them, else the first.

    A source without a group speaks for itself.
    """
    chosen: dict[str, str] = {}
    for source_id in sorted(set(source_ids), key=lambda i: (order.get(i, len(order)), i)):
        voice = voices.get(source_id, source_id)
        if source_id == voice:
            chosen[voice] = source_id
        else:
            chosen.setdefault(voice, source_id)
    return frozenset(chosen.values())


def _components(links: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Name the connected component of each source by one of its members."""
    above: dict[str, str] = {}

    def top(source_id: str) -> str:
        above.setdefault(source_id, source_id)
        while above[source_id] != source_id:
            above[source_id] = above[above[source_id]]
            source_id = above[source_id]
        return source_id

    for source_id, cited in links:
        top(source_id)
        for other in cited:
            above[top(other)] = top(source_id)
    return {source_id: top(source_id) for source_id in list(above)}
