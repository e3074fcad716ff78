"""Which page of a finding each excerpt stands on, so that every number can link to it.

Excerpts are ordered by layer, case, source type, source and place: what any cell of the
matrix counts is then one unbroken run, and a link to the run's beginning shows all of it.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from pipeline.errors import PipelineError
from pipeline.export.addresses import (
    EXCERPTS_PER_PAGE,
    excerpt_anchor,
    finding_href,
    group_anchor,
)
from pipeline.export.bundle import Bundle
from pipeline.export.grid import LAYERS, Grid
from pipeline.model.finding import Bearing, Evidence


@dataclass(frozen=True, slots=True)
class Use:
    """One finding that an excerpt bears on, and where it is quoted there."""

    finding_id: str
    bearing: Bearing
    href: str


@dataclass(frozen=True)
class Placement:
    """The order of all excerpts and the address of each."""

    bundle: Bundle
    grid: Grid
    page_size: int = EXCERPTS_PER_PAGE

    @cached_property
    def runs(self) -> dict[tuple[str, Bearing], tuple[Evidence, ...]]:
        """The excerpts of each finding and bearing, in the order they are shown."""
        gathered: defaultdict[tuple[str, Bearing], list[Evidence]] = defaultdict(list)
        for evidence in sorted(self.bundle.matrix.evidence, key=self._order):
            gathered[evidence.finding_id, evidence.bearing].append(evidence)
        return {key: tuple(run) for key, run in gathered.items()}

    def page(self, finding_id: str, bearing: Bearing, number: int) -> tuple[Evidence, ...]:
        """Return the excerpts of one page, counted from 1."""
        first = (number - 1) * self.page_size
        return self.runs.get((finding_id, bearing), ())[first : first + self.page_size]

    def page_count(self, finding_id: str, bearing: Bearing) -> int:
        """Return how many pages a finding's excerpts of one bearing take, at least 1."""
        return max(1, -(-len(self.runs.get((finding_id, bearing), ())) // self.page_size))

    def anchors(self, evidence: Evidence) -> tuple[str, ...]:
        """Return the runs an excerpt belongs to, the widest first."""
        narrow = (evidence.case_id, evidence.source_type, evidence.source_id)
        places = ((None, None, None), *((*narrow[:n], *(None,) * (3 - n)) for n in (1, 2, 3)))
        return tuple(group_anchor(evidence.bearing, evidence.layer, *place) for place in places)

    def href(self, finding_id: str, anchor: str) -> str:
        """Return the address of a run or an excerpt, seen from the output folder.

        Raises
        ------
        PipelineError
            If no excerpt stands behind it: a number that leads nowhere is never printed.
        """
        if (finding_id, anchor) not in self._hrefs:
            raise PipelineError(
                f"the matrix counts {anchor!r}, and no excerpt stands behind it",
                where=finding_id,
                remedy="Rows and evidence of a matrix must be made in one run of `backing run`.",
            )
        return self._hrefs[finding_id, anchor]

    @cached_property
    def uses(self) -> dict[str, tuple[Use, ...]]:
        """For each coding the findings it is evidence for."""
        gathered: defaultdict[str, list[Use]] = defaultdict(list)
        for run in self.runs.values():
            for evidence in run:
                href = self.href(evidence.finding_id, excerpt_anchor(evidence))
                for coding_id in evidence.coding_ids:
                    gathered[coding_id].append(Use(evidence.finding_id, evidence.bearing, href))
        return {coding_id: tuple(uses) for coding_id, uses in gathered.items()}

    @cached_property
    def _hrefs(self) -> dict[tuple[str, str], str]:
        hrefs: dict[tuple[str, str], str] = {}
        for (finding_id, bearing), run in self.runs.items():
            for number, evidence in enumerate(run):
                page = number // self.page_size + 1
                for anchor in (*self.anchors(evidence), excerpt_anchor(evidence)):
                    address = finding_href(finding_id, anchor, bearing, page)
                    hrefs.setdefault((finding_id, anchor), address)
        return hrefs

    def _order(self, evidence: Evidence) -> tuple[object, ...]:
        return (
            LAYERS.index(evidence.layer),
            _rank(self.grid.case_ids, evidence.case_id),
            _rank(self.grid.type_ids, evidence.source_type),
            self.grid.source_order.get(evidence.source_id, len(self.grid.source_order)),
            evidence.source_id,
            evidence.start,
            evidence.end,
            evidence.coding_ids,
        )


def _rank(listed: tuple[str, ...], name: str) -> tuple[int, str]:
    return (listed.index(name) if name in listed else len(listed), name)
