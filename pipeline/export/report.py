"""The report: how far the study is, the evidence matrix, then each finding in short.

One file without script or network. What a machine proposed is drawn as a proposal in
every place; as long as nobody has confirmed anything, the whole matrix is.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from pipeline.export.bundle import Bundle, FindingNote
from pipeline.export.carried import CarriedRow, carried_rows
from pipeline.export.dossier import (
    ORDER,
    ConflictItem,
    Item,
    Need,
    conflict_items,
    finding_note,
    item,
    needs,
)
from pipeline.export.grid import FindingBand, Grid
from pipeline.export.pages import render
from pipeline.export.placement import Placement
from pipeline.export.tables import SourceRow, source_rows
from pipeline.model.finding import Bearing

QUOTED_PER_BEARING = 2
MOST_UNPLACED = 200


@dataclass(frozen=True, slots=True)
class Sample:
    """The first excerpts of one bearing, and how many there are."""

    bearing: Bearing
    items: tuple[Item, ...]
    excerpt_count: int


@dataclass(frozen=True, slots=True)
class FindingSummary:
    """A finding in short."""

    band: FindingBand
    note: FindingNote
    needs: tuple[Need, ...]
    samples: tuple[Sample, ...]


@dataclass(frozen=True)
class Report:
    """What the report's template draws from."""

    bundle: Bundle
    grid: Grid
    placement: Placement

    @cached_property
    def states(self) -> Counter[str]:
        """How many codings are in each state."""
        return Counter(coding.state for coding in self.bundle.codings)

    @property
    def confirmed_count(self) -> int:
        """Codings that a person stands behind."""
        return self.states["accepted"] + self.states["settled"]

    @property
    def proposed_count(self) -> int:
        """Codings that wait for a first or a second person."""
        return self.states["proposed"] + self.states["waiting"]

    @property
    def segment_count(self) -> int:
        """Segments that are counted as evidence."""
        return sum(segment.standing == "counted" for segment in self.bundle.segments)

    @property
    def fully_read_count(self) -> int:
        """Sources that some coder has read to the end."""
        return sum(share >= 1 for share in self.bundle.read_shares.values())

    @property
    def is_provisional(self) -> bool:
        """Whether no evidence has been confirmed by a person."""
        return not any(row.review_state == "confirmed" for row in self.bundle.matrix.rows)

    @property
    def grammar_rule_count(self) -> int:
        """Rules that need a language model."""
        return sum(bool(rule.dep) for code in self.bundle.codebook.codes for rule in code.rules)

    @property
    def rule_count(self) -> int:
        """All rules of the codebook."""
        return sum(len(code.rules) for code in self.bundle.codebook.codes)

    @cached_property
    def sources(self) -> tuple[SourceRow, ...]:
        """The rows of the table of sources."""
        return source_rows(self.bundle)

    @cached_property
    def unplaced(self) -> tuple[CarriedRow, ...]:
        """The first judgments that wait for a person, in the order of the record."""
        return tuple(row for row in carried_rows(self.bundle) if row.reason)[:MOST_UNPLACED]

    @cached_property
    def conflicts(self) -> tuple[ConflictItem, ...]:
        """Excerpts held back, of all findings."""
        return conflict_items(self.bundle)

    @cached_property
    def findings(self) -> tuple[FindingSummary, ...]:
        """The findings in the order of their file."""
        return tuple(
            FindingSummary(
                band,
                finding_note(self.bundle, band.finding.finding_id),
                needs(self.bundle, band.finding),
                tuple(self._sample(band.finding.finding_id, bearing) for bearing in ORDER),
            )
            for band in self.grid.bands
        )

    def _sample(self, finding_id: str, bearing: Bearing) -> Sample:
        run = self.placement.runs.get((finding_id, bearing), ())
        shown = tuple(item(self.bundle, evidence) for evidence in run[:QUOTED_PER_BEARING])
        return Sample(bearing, shown, len(run))


def report_page(bundle: Bundle, grid: Grid, placement: Placement) -> bytes:
    """Return report.html."""
    report = Report(bundle, grid, placement)
    return render("report.html", bundle=bundle, grid=grid, placement=placement, report=report)
