"""Tables as CSV: UTF-8 without a mark at its beginning, ``\\n`` at the end of each line.

A table is a list of columns, and that list is its documentation: the same `Column` writes
the cells and the row of the data dictionary that stands beside the table. Lists within a
cell are joined by ``;``, matched words by `` | ``. Nothing is escaped against programs that
take a leading ``=`` for a formula: these files are data, and quotations equal their sources.
"""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pipeline.export.bundle import Bundle, Coverage
from pipeline.export.excerpts import cue_notes, matched_words
from pipeline.export.grid import independent_count
from pipeline.model.coding import Coding
from pipeline.model.finding import BEARINGS, MatrixRow
from pipeline.model.place import Place
from pipeline.model.source import Source
from pipeline.model.study import SourceEntry

Value = str | int | float | bool | tuple[str, ...]
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its name, the kind of its values, what they mean, how a row gives one."""

    name: str
    kind: str
    meaning: str
    value: Callable[[Row], Value]


@dataclass(frozen=True, slots=True)
class CodingRow:
    """A coding with its source, None where its words can no longer be quoted."""

    bundle: Bundle
    coding: Coding
    source: Source | None

    @property
    def quotation(self) -> str:
        """The words at the coding's place; empty where the text has changed since."""
        return self.source.quote(self.coding.start, self.coding.end) if self.source else ""

    @property
    def place(self) -> Place:
        """The first printed line or cue the coding touches; a bare place if none is known."""
        coding = self.coding
        places = self.source.places_of(coding.start, coding.end) if self.source else ()
        return places[0] if places else Place(coding.start, coding.end)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """What the study says of a source, what was read of it, and why not if nothing was."""

    bundle: Bundle
    entry: SourceEntry
    source: Source | None
    problem: str = ""

    @property
    def codings(self) -> tuple[Coding, ...]:
        """The codings on this source."""
        return self.bundle.codings_of.get(self.entry.source_id, ())

    @property
    def coverage(self) -> tuple[Coverage, ...]:
        """Who has read how much of it."""
        return self.bundle.coverage_of.get(self.entry.source_id, ())


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A distinct count: over cases, types or layers the tidy rows must not be summed."""

    finding_id: str
    scope: str
    case_id: str
    source_type: str
    bearing: str
    review_state: str
    source_count: int
    raw_source_count: int
    excerpt_count: int


def csv_bytes(columns: tuple[Column[Row], ...], rows: Iterable[Row]) -> bytes:
    """Return a table, its header first."""
    lines = [[column.name for column in columns]]
    lines.extend([cell_text(column.value(row)) for column in columns] for row in rows)
    return _csv(lines)


def dictionary_bytes(columns: tuple[Column[Row], ...]) -> bytes:
    """Return the data dictionary of a table."""
    lines = [["column", "kind", "meaning"]]
    return _csv(lines + [[column.name, column.kind, column.meaning] for column in columns])


def cell_text(value: Value) -> str:
    """Return a value as it stands in a cell.

    >>> cell_text(True), cell_text(0.5), cell_text(("a", "b"))
    ('true', '0.5000', 'a;b')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.4f}"
    return ";".join(value) if isinstance(value, tuple) else str(value)


def coding_rows(bundle: Bundle) -> tuple[CodingRow, ...]:
    """Return all codings by source and place."""
    return tuple(CodingRow(bundle, c, bundle.words(c)) for c in bundle.sorted_codings)


def source_rows(bundle: Bundle) -> tuple[SourceRow, ...]:
    """Return the study's sources in its order, then files that it does not list."""
    problems = {unread.path: unread.what for unread in bundle.unread}
    entries = list(bundle.study.sources)
    known_ids = {entry.source_id for entry in entries}
    known_paths = {entry.path for entry in entries}
    entries += [bundle.entry(s.source_id) for s in bundle.sources if s.source_id not in known_ids]
    entries += [
        SourceEntry("", unread.path, is_listed=False)
        for unread in sorted(bundle.unread, key=lambda unread: unread.path)
        if unread.path not in known_paths
    ]
    return tuple(
        SourceRow(
            bundle,
            entry,
            bundle.source_by_id.get(entry.source_id),
            problems.get(entry.path, "") if entry.path else "",
        )
        for entry in entries
    )


def matrix_rows(bundle: Bundle) -> tuple[MatrixRow, ...]:
    """Return the tidy rows in the order of findings, then by their keys."""
    order = {finding.finding_id: n for n, finding in enumerate(bundle.matrix.findings)}
    return tuple(
        sorted(
            bundle.matrix.rows,
            key=lambda r: (
                order.get(r.finding_id, len(order)),
                *(r.finding_id, r.case_id, r.source_type, r.source_id),
                *(BEARINGS.index(r.bearing), r.review_state),
            ),
        )
    )


def total_rows(bundle: Bundle) -> tuple[TotalRow, ...]:
    """Return distinct counts per finding: over all, per case, per type; per layer and both."""
    keyed: dict[tuple[str, ...], list[MatrixRow]] = {}
    for row in matrix_rows(bundle):
        for scope, case_id, type_id in (
            ("all", "", ""),
            ("case", row.case_id, ""),
            ("source_type", "", row.source_type),
        ):
            for layer in (row.review_state, "either"):
                key = (row.finding_id, scope, case_id, type_id, row.bearing, layer)
                keyed.setdefault(key, []).append(row)
    return tuple(
        TotalRow(
            *(finding_id, scope, case_id, type_id, bearing, layer),
            source_count=independent_count(bundle, rows),
            raw_source_count=len({row.source_id for row in rows}),
            excerpt_count=sum(row.excerpt_count for row in rows),
        )
        for (finding_id, scope, case_id, type_id, bearing, layer), rows in keyed.items()
    )


def matched_cell(row: CodingRow) -> str:
    """Return the matched words, joined by a bar: they can hold any other separator."""
    return " | ".join(matched_words(row.source, row.coding)) if row.source else ""


def cue_cell(row: CodingRow) -> str:
    """Return the cues of the assertion, joined by a bar as matched words are."""
    notes = cue_notes(row.source, row.coding) if row.source else ()
    return " | ".join(note.told_in_full for note in notes)


def _csv(lines: list[list[str]]) -> bytes:
    # With "\n" as line end, Python before 3.13 leaves a lone "\r" unquoted: a row cut short.
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    rows = []
    for line in lines:
        writer.writerow(line)
        rows.append(written.getvalue().removesuffix("\r\n") + "\n")
        written.seek(0)
        written.truncate()
    return "".join(rows).encode()
