"""Finding queries: which excerpts bear on which finding, and how.

An *anchor* is a coding of a code in ``any`` (without ``any``: in the first of ``all``) that
is asserted as asked; its excerpt is the evidence. It holds if each of ``all`` has a
*companion* within scope and no accepted coding of ``none`` is there, whatever its assertion.
"""

from collections.abc import Iterator, Sequence

from pipeline.evidence.excerpts import Hit, counted_once
from pipeline.evidence.places import Placed, Range, asked_case, lay_out
from pipeline.evidence.search import Index, Neighbours, Requirement, indexed
from pipeline.model.coding import Coding
from pipeline.model.finding import (
    BEARINGS,
    Asserted,
    Bearing,
    CodeTerm,
    Conflict,
    Evidence,
    Finding,
    Query,
)
from pipeline.model.segment import Segment
from pipeline.model.study import Study

SILENT_ANCHOR: Asserted = (
    ("polarity", ("affirmed",)),
    ("mood", ("statement",)),
    ("certainty", ("asserted", "hedged")),
)
SILENT_COMPANION: Asserted = (("polarity", ("affirmed",)),)
WHATEVER = Requirement(only_counted=False)


def evaluate(
    findings: Sequence[Finding],
    codings: Sequence[Coding],
    segments: Sequence[Segment],
    study: Study,
) -> tuple[tuple[Evidence, ...], tuple[Conflict, ...]]:
    """Return what bears on each finding, and the excerpts that bear on one in several ways.

    Both in the order of findings; evidence then by bearing, the study's order of sources,
    and place. Rejected and stale codings are out; accepted and settled ones make the
    confirmed layer, all others the proposed one. The order of codings changes nothing.

    Parameters
    ----------
    segments
        Sentences that do not overlap, as ``pipeline.segment`` cuts them: the scopes wider
        than an excerpt are read from them. A coding outside all of them meets nothing there.
    """
    index = indexed(lay_out(codings, segments, study))
    evidence: list[Evidence] = []
    conflicts: list[Conflict] = []
    for finding in findings:
        hits = [
            hit
            for bearing in BEARINGS
            for query in finding.queries(bearing)
            for hit in _hits(index, query, bearing, study)
        ]
        found, held_back = counted_once(finding.finding_id, hits)
        evidence.extend(found)
        conflicts.extend(held_back)
    return tuple(evidence), tuple(conflicts)


def _hits(index: Index, query: Query, bearing: Bearing, study: Study) -> Iterator[Hit]:
    needed = [
        _by_layer(index, term.code_ids, _asked_of_companion(term), query)
        for term in (query.all if query.any else query.all[1:])
    ]
    barred = frozenset(code_id for term in query.none for code_id in term.code_ids)
    barring = _by_layer(index, barred, WHATEVER, query)
    for anchor in _anchors(index, query, study):
        reach = _reach(anchor, query)
        found = [_nearest(layers, anchor, reach) for layers in needed]
        companions = tuple(companion for companion in found if companion is not None)
        if len(companions) < len(needed) or _nearest(barring[:1], anchor, reach):
            continue
        yield Hit(
            bearing,
            anchor,
            companions,
            is_confirmed=all(placed.coding.is_confirmed for placed in (anchor, *companions)),
            falls_with=_proposed_near(index, barred, query, anchor)
            if _nearest(barring, anchor, reach)
            else (),
            note=query.note,
        )


def _anchors(index: Index, query: Query, study: Study) -> tuple[Placed, ...]:
    found: dict[int, Placed] = {}
    for term in query.any or query.all[:1]:
        asked = _asked_of_anchor(query, term)
        for placed in index.fitting(term.code_ids, asked):
            found[placed.rank] = placed
    cases = {asked_case(case_id, study) for case_id in query.cases}
    return tuple(
        placed
        for _, placed in sorted(found.items())
        if not (cases and not cases & {placed.case_id, study.roll_up(placed.case_id)})
        and not (query.source_types and placed.source_type not in query.source_types)
    )


def _asked_of_anchor(query: Query, term: CodeTerm) -> Requirement:
    """What is said wins; a query that names voice or role knows whom it lets speak."""
    said = dict(query.asserted) | dict(term.asserted)
    return Requirement(
        values=_values(dict(SILENT_ANCHOR) | said),
        roles=said.get("speaker_role", ()),
        without_adversary=not said.keys() & {"voice", "speaker_role"},
    )


def _asked_of_companion(term: CodeTerm) -> Requirement:
    said = dict(term.asserted)
    return Requirement(_values(dict(SILENT_COMPANION) | said), said.get("speaker_role", ()))


def _values(said: dict[str, tuple[str, ...]]) -> Asserted:
    return tuple(sorted((name, v) for name, v in said.items() if v and name != "speaker_role"))


def _by_layer(
    index: Index, code_ids: frozenset[str], asked: Requirement, query: Query
) -> tuple[Neighbours, Neighbours]:
    """What persons stand behind comes first, and is preferred to what is nearer."""
    return (
        index.neighbours(code_ids, asked, "confirmed", query.within),
        index.neighbours(code_ids, asked, "proposed", query.within),
    )


def _reach(anchor: Placed, query: Query) -> Range | None:
    covered = anchor.range_of(query.within)
    if covered is None or not isinstance(query.within, int):
        return covered
    return covered[0] - query.within, covered[1] + query.within


def _nearest(layers: tuple[Neighbours, ...], anchor: Placed, reach: Range | None) -> Placed | None:
    if reach is None:
        return None
    for layer in layers:
        if found := layer.nearest(anchor, *reach):
            return found
    return None


def _proposed_near(
    index: Index, code_ids: frozenset[str], query: Query, anchor: Placed
) -> tuple[str, ...]:
    reach = _reach(anchor, query)
    one_each = ((code_id, frozenset({code_id})) for code_id in sorted(code_ids))
    return tuple(
        code_id
        for code_id, alone in one_each
        if _nearest(_by_layer(index, alone, WHATEVER, query)[1:], anchor, reach)
    )
