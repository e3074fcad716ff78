"""The evidence matrix: tidy rows, and the distinct counts that rows can not be summed to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.evidence.duplicates import independence_groups, speakers
from pipeline.evidence.places import source_order
from pipeline.model.finding import (
    BEARINGS,
    Bearing,
    Conflict,
    Evidence,
    EvidenceMatrix,
    Finding,
    Layer,
    MatrixRow,
)
from pipeline.model.study import Study

__all__ = ["Total", "build_matrix", "independence_groups", "totals"]
LAYERS: tuple[Layer, ...] = ("confirmed", "proposed")
Layers = Literal["confirmed", "proposed", "either"]
_Cell = tuple[str, str, Bearing, Layer]


@dataclass(frozen=True, slots=True)
class Total:
    """Distinct sources and excerpts of one finding and bearing.

    Attributes
    ----------
    case_id
        Empty for all cases together.
    review_state
        ``either`` takes confirmed and proposed evidence together.
    source_count
        Independent sources: each group of dependent ones once.
    raw_source_count
        Sources, echoes among them.
    """

    finding_id: str
    case_id: str
    bearing: Bearing
    review_state: Layers
    source_count: int
    raw_source_count: int
    excerpt_count: int


def build_matrix(
    findings: Sequence[Finding],
    evidence: Sequence[Evidence],
    conflicts: Sequence[Conflict],
    study: Study,
) -> EvidenceMatrix:
    """Return one row per (finding, case, source type, source, bearing, layer) with evidence.

    An excerpt's case is rolled up to the declared one. Evidence from a source that itself
    states the finding (or its parent) is kept apart as ``restated`` and in no row; a
    conflict there is left out.
    """
    restating = _restating(findings, study)
    counted = tuple(e for e in evidence if (e.finding_id, e.source_id) not in restating)
    return EvidenceMatrix(
        tuple(findings),
        _rows(findings, counted, study),
        counted,
        tuple(c for c in conflicts if (c.finding_id, c.source_id) not in restating),
        tuple(e for e in evidence if (e.finding_id, e.source_id) in restating),
    )


def totals(matrix: EvidenceMatrix, study: Study) -> tuple[Total, ...]:
    """Return distinct counts per finding and bearing, over all cases and for each case.

    Over cases or layers the rows of a matrix must not be summed: a source stands in several.
    Only what has evidence has a total.
    """
    gathered: defaultdict[tuple[str, str, Bearing, Layers], list[MatrixRow]] = defaultdict(list)
    for row in matrix.rows:
        for case_id in ("", row.case_id) if row.case_id else ("",):
            for layer in (row.review_state, "either"):
                gathered[row.finding_id, case_id, row.bearing, layer].append(row)
    voices, order = independence_groups(study), source_order(study)
    return tuple(
        Total(
            *key,
            source_count=len(speakers((row.source_id for row in rows), voices, order)),
            raw_source_count=len({row.source_id for row in rows}),
            excerpt_count=sum(row.excerpt_count for row in rows),
        )
        for key, rows in gathered.items()
    )


def _restating(findings: Iterable[Finding], study: Study) -> frozenset[tuple[str, str]]:
    return frozenset(
        (finding.finding_id, entry.source_id)
        for entry in study.sources
        if entry.restates
        for finding in findings
        if {finding.finding_id, finding.parent_id} & set(entry.restates)
    )


def _rows(
    findings: Sequence[Finding], evidence: Iterable[Evidence], study: Study
) -> tuple[MatrixRow, ...]:
    gathered: defaultdict[_Cell, defaultdict[tuple[str, str], list[Evidence]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for one in evidence:
        cell = (one.finding_id, study.roll_up(one.case_id), one.bearing, one.layer)
        gathered[cell][one.source_id, one.source_type].append(one)
    voices, order = independence_groups(study), source_order(study)
    rows = []
    for (finding_id, case_id, bearing, layer), by_source in gathered.items():
        speaking = speakers((source_id for source_id, _ in by_source), voices, order)
        for (source_id, source_type), found in by_source.items():
            rows.append(
                MatrixRow(
                    finding_id,
                    case_id,
                    source_type,
                    source_id,
                    bearing,
                    layer,
                    source_count=int(source_id in speaking),
                    excerpt_count=len(found),
                    coding_ids=tuple(i for one in found for i in one.coding_ids),
                )
            )
    ranks = _ranks(findings, study, order)
    return tuple(sorted(rows, key=lambda row: _place(row, ranks)))


def _ranks(
    findings: Sequence[Finding], study: Study, order: Mapping[str, int]
) -> tuple[Mapping[str, int], ...]:
    return (
        {finding.finding_id: number for number, finding in enumerate(findings)},
        {case.case_id: number for number, case in enumerate(study.cases)},
        {kind.type_id: number for number, kind in enumerate(study.source_types)},
        order,
    )


def _place(row: MatrixRow, ranks: tuple[Mapping[str, int], ...]) -> tuple[int | str, ...]:
    """Findings, cases, types and sources in their declared order, the undeclared after them."""
    names = (row.finding_id, row.case_id, row.source_type, row.source_id)
    keys = (
        part
        for known, name in zip(ranks, names, strict=True)
        for part in (known.get(name, len(known)), name)
    )
    return (*keys, BEARINGS.index(row.bearing), LAYERS.index(row.review_state))
