"""The evidence matrix as it is shown: findings, source types and sources by cases.

The tidy rows are summed only where that is allowed (within one finding, case, bearing and
layer); what spans cases, types or layers is counted anew as distinct sources.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pipeline.export.addresses import group_anchor
from pipeline.export.bundle import Bundle
from pipeline.model.finding import BEARINGS, Bearing, Finding, Layer, MatrixRow
from pipeline.model.study import SourceEntry

LAYERS: tuple[Layer, ...] = ("confirmed", "proposed")
SIGNS: dict[Bearing, str] = {"supports": "✓", "contradicts": "✗", "qualifies": "~"}
Emptiness = Literal["no-source", "not-read", "part-read", "read-nothing"]
EMPTY_WORDS: dict[Emptiness, str] = {
    "no-source": "no source",
    "not-read": "not yet read",
    "part-read": "read in part",
    "read-nothing": "read: nothing",
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How much stands in one place of the matrix: independent sources, sources, excerpts."""

    bearing: Bearing
    layer: Layer
    independent_count: int
    source_count: int
    excerpt_count: int
    anchor: str

    @property
    def sign(self) -> str:
        """The bearing's sign, so that colour never stands alone."""
        return SIGNS[self.bearing]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; ``empty`` says why where no tally stands in it."""

    case_id: str
    tallies: tuple[Tally, ...]
    empty: Emptiness | None = None

    @property
    def empty_words(self) -> str:
        """Why the cell is empty, in words."""
        return EMPTY_WORDS[self.empty] if self.empty else ""

    def of(self, layer: Layer) -> tuple[Tally, ...]:
        """Return the tallies of one layer: confirmed and proposed are never added up."""
        return tuple(tally for tally in self.tallies if tally.layer == layer)


@dataclass(frozen=True, slots=True)
class Band:
    """One row of the matrix: a whole finding, one source type of it, or one source."""

    source_type: str
    source_id: str
    cells: tuple[Cell, ...]
    scope_count: int = 0
    read_count: int = 0


@dataclass(frozen=True, slots=True)
class TypeBand:
    """A source type's row and, folded under it, the rows of its sources with evidence."""

    band: Band
    sources: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class FindingBand:
    """A finding's rows: the whole, then each source type; ``totals`` are distinct counts."""

    finding: Finding
    band: Band
    totals: Cell
    types: tuple[TypeBand, ...]


@dataclass(frozen=True)
class Grid:
    """The matrix of a bundle, laid out."""

    bundle: Bundle

    @cached_property
    def case_ids(self) -> tuple[str, ...]:
        """The columns: declared cases in their order, then cases that only excerpts name."""
        declared = [case.case_id for case in self.bundle.study.cases]
        found = {row.case_id for row in self.bundle.matrix.rows} - set(declared)
        return (*declared, *sorted(found))

    @cached_property
    def type_ids(self) -> tuple[str, ...]:
        """The source types that have a source or a row, declared ones first."""
        declared = [kind.type_id for kind in self.bundle.study.source_types]
        used = {entry.type_id for entry in self.bundle.study.sources}
        used |= {row.source_type for row in self.bundle.matrix.rows}
        listed = [type_id for type_id in declared if type_id in used]
        return (*listed, *sorted(used - set(declared)))

    @cached_property
    def source_order(self) -> dict[str, int]:
        """The place of each source in the study's list."""
        return {entry.source_id: n for n, entry in enumerate(self.bundle.study.sources)}

    @cached_property
    def bands(self) -> tuple[FindingBand, ...]:
        """One group of rows per finding, in the order of the findings file."""
        rows_of: defaultdict[str, list[MatrixRow]] = defaultdict(list)
        for row in self.bundle.matrix.rows:
            rows_of[row.finding_id].append(row)
        return tuple(
            self._finding_band(finding, rows_of[finding.finding_id])
            for finding in self.bundle.matrix.findings
        )

    def _finding_band(self, finding: Finding, rows: list[MatrixRow]) -> FindingBand:
        totals = Cell("", _tallies(rows, (None, None, None), self.bundle))
        types = (self._type_band(finding, type_id, rows) for type_id in self.type_ids)
        return FindingBand(finding, self._band(finding, "", "", rows), totals, tuple(types))

    def _type_band(self, finding: Finding, type_id: str, rows: list[MatrixRow]) -> TypeBand:
        own: defaultdict[str, list[MatrixRow]] = defaultdict(list)
        for row in rows:
            if row.source_type == type_id:
                own[row.source_id].append(row)
        found = sorted(own, key=lambda i: (self.source_order.get(i, len(own)), i))
        sources = tuple(self._band(finding, type_id, i, own[i]) for i in found)
        everything = [row for source_rows in own.values() for row in source_rows]
        return TypeBand(self._band(finding, type_id, "", everything), sources)

    def _band(self, finding: Finding, type_id: str, source_id: str, rows: list[MatrixRow]) -> Band:
        scope = self.in_scope(finding, type_id, source_id)
        cells = []
        for case_id in self.case_ids:
            within = [row for row in rows if row.case_id == case_id]
            place = (case_id, type_id or None, source_id or None)
            empty = None if within else self._emptiness(scope, case_id)
            cells.append(Cell(case_id, _tallies(within, place, None), empty))
        read_count = sum(self.bundle.read_shares.get(entry.source_id, 0) >= 1 for entry in scope)
        return Band(type_id, source_id, tuple(cells), len(scope), read_count)

    def in_scope(
        self, finding: Finding, type_id: str = "", source_id: str = ""
    ) -> tuple[SourceEntry, ...]:
        """Return the sources that could hold evidence for a finding.

        A source that itself states the finding is kept out.
        """
        study = self.bundle.study
        entries = (study.by_id[source_id],) if source_id in study.by_id else study.sources
        own_ids = {finding.finding_id, finding.parent_id}
        return tuple(
            entry
            for entry in entries
            if type_id in ("", entry.type_id) and not own_ids & set(entry.restates)
        )

    def _emptiness(self, scope: tuple[SourceEntry, ...], case_id: str) -> Emptiness:
        study = self.bundle.study
        # A source of the default case, or of none, can speak of every case.
        open_to = ("", study.default_case, case_id)
        shares = [
            self.bundle.read_shares.get(entry.source_id, 0.0)
            for entry in scope
            if study.roll_up(entry.case_id) in open_to
        ]
        if not shares:
            return "no-source"
        if min(shares) >= 1:
            return "read-nothing"
        return "part-read" if max(shares) > 0 else "not-read"


def independent_count(bundle: Bundle, rows: Iterable[MatrixRow]) -> int:
    """Return how many independent voices stand behind rows of one finding and bearing."""
    alone = {row.source_id: (row.source_id,) for row in rows}
    return len({bundle.groups.get(source_id, own) for source_id, own in alone.items()})


def _tallies(
    rows: list[MatrixRow], place: tuple[str | None, ...], bundle: Bundle | None
) -> tuple[Tally, ...]:
    tallies = []
    for layer in LAYERS:
        for bearing in BEARINGS:
            own = [row for row in rows if (row.bearing, row.review_state) == (bearing, layer)]
            if own:
                summed = sum(row.source_count for row in own)
                tallies.append(
                    Tally(
                        bearing,
                        layer,
                        independent_count(bundle, own) if bundle else summed,
                        len({row.source_id for row in own}),
                        sum(row.excerpt_count for row in own),
                        group_anchor(bearing, layer, *place),
                    )
                )
    return tuple(tallies)
