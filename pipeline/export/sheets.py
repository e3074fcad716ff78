"""What stands on each sheet of the workbook, before a workbook is made of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.export import columns
from pipeline.export.addresses import finding_href, text_href
from pipeline.export.bundle import Bundle
from pipeline.export.dossier import item
from pipeline.export.excerpts import speaker_words
from pipeline.export.grid import Band, Cell, Grid
from pipeline.export.phrasing import count_words, origin_words, state_words, tally_words
from pipeline.export.placement import Placement
from pipeline.export.tables import Column, Row, Value, coding_rows, source_rows
from pipeline.model.finding import Evidence


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to a file beside the workbook."""

    href: str
    text: str


SheetCell = Value | Link


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a header row.

    Attributes
    ----------
    widths
        Of the columns, in characters.
    fixed_column_count
        Columns that stay when the rest is scrolled.
    strong_rows
        Rows set bold, counted from 0 below the header.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[SheetCell, ...], ...]
    widths: tuple[int, ...]
    fixed_column_count: int = 0
    strong_rows: frozenset[int] = frozenset()


def matrix_sheet(bundle: Bundle, grid: Grid, placement: Placement) -> Sheet:
    """Return the matrix: findings, then source types and sources in rows; cases in columns."""
    rows: list[tuple[SheetCell, ...]] = []
    strong = set()
    for found in grid.bands:
        finding_id = found.finding.finding_id
        strong.add(len(rows))
        head = Link(finding_href(finding_id), finding_id)
        totals = _cell(found.totals, finding_id, placement)
        whole = _cells(found.band, finding_id, placement)
        rows.append((head, found.finding.statement, "", "", *whole, totals))
        for kind in found.types:
            label = bundle.type_label(kind.band.source_type)
            scope = f"{count_words(kind.band.scope_count, 'source')}, {kind.band.read_count} read"
            cells = _cells(kind.band, finding_id, placement)
            rows.append((finding_id, "", label, "", *cells, scope))
            for band in kind.sources:
                cells = _cells(band, finding_id, placement)
                title = Link(text_href(band.source_id), bundle.title(band.source_id))
                rows.append((finding_id, "", label, title, *cells, ""))
    cases = tuple(bundle.case_label(case_id) for case_id in grid.case_ids)
    header = ("Finding", "Statement", "Source type", "Source", *cases, "All cases")
    widths = (9, 44, 22, 28, *(30 for _ in cases), 36)
    return Sheet("Matrix", header, tuple(rows), widths, 4, frozenset(strong))


def _cells(band: Band, finding_id: str, placement: Placement) -> Iterator[SheetCell]:
    return (_cell(cell, finding_id, placement) for cell in band.cells)


def _cell(cell: Cell, finding_id: str, placement: Placement) -> SheetCell:
    """Return a cell: confirmed apart from proposed, ``3 ✓ · 1 ✗ (4 ✓ proposed)``."""
    if not cell.tallies:
        return cell.empty_words
    confirmed = " · ".join(tally_words(tally) for tally in cell.of("confirmed"))
    proposed = " · ".join(tally_words(tally) for tally in cell.of("proposed"))
    parts = [confirmed] if confirmed else []
    parts += [f"({proposed} proposed)"] if proposed else []
    return Link(placement.href(finding_id, cell.tallies[0].anchor), " ".join(parts))


def evidence_sheet(bundle: Bundle, placement: Placement) -> Sheet:
    """Return one row per excerpt that bears on a finding."""
    runs = placement.runs
    order = {finding.finding_id: n for n, finding in enumerate(bundle.matrix.findings)}
    keys = sorted(runs, key=lambda key: (order.get(key[0], len(order)), key))
    rows = tuple(_evidence_row(bundle, evidence) for key in keys for evidence in runs[key])
    header = (
        *("Finding", "Bearing", "Confirmed or proposed", "Case", "Source type", "Source"),
        *("Page or time", "Speaker", "Quotation", "Codes", "Asserted", "State", "Origin"),
        *("Why this counts", "Words in the source"),
    )
    widths = (9, 12, 12, 16, 20, 26, 14, 22, 70, 26, 22, 26, 26, 30, 12)
    return Sheet("Evidence", header, rows, widths, 1)


def _evidence_row(bundle: Bundle, evidence: Evidence) -> tuple[SheetCell, ...]:
    shown = item(bundle, evidence)
    codings = shown.excerpt.codings
    departures = dict.fromkeys(d for coding in codings for d in coding.assertion.departures)
    return (
        evidence.finding_id,
        evidence.bearing,
        evidence.layer,
        bundle.case_label(evidence.case_id),
        bundle.type_label(evidence.source_type),
        bundle.title(evidence.source_id),
        shown.excerpt.place,
        speaker_words(codings[0]),
        shown.excerpt.quotation,
        "; ".join(dict.fromkeys(bundle.code_label(coding.code_id) for coding in codings)),
        "; ".join(departures) or "plainly",
        "; ".join(dict.fromkeys(state_words(coding) for coding in codings)),
        "; ".join(dict.fromkeys(origin_words(coding) for coding in codings)),
        evidence.note,
        Link(shown.href, "open"),
    )


def codings_sheet(bundle: Bundle) -> Sheet:
    """Return all codings with the columns of codings.csv, its hashes left out."""
    listed = tuple(column for column in columns.CODINGS if column.kind != "hash")
    rows = (
        (*cells, Link(text_href(row.coding.source_id, row.coding.coding_id), "open"))
        if row.source
        else (*cells, "")
        for row, cells in _table(listed, coding_rows(bundle))
    )
    header = (*(column.name for column in listed), "link")
    widths = tuple(60 if name == "quotation" else 16 for name in header)
    return Sheet("Codings", header, tuple(rows), widths, 1)


def sources_sheet(bundle: Bundle) -> Sheet:
    """Return all sources with the columns of sources.csv."""
    rows = (
        (*cells, Link(text_href(row.entry.source_id), "open")) if row.source else (*cells, "")
        for row, cells in _table(columns.SOURCES, source_rows(bundle))
    )
    header = (*(column.name for column in columns.SOURCES), "link")
    widths = tuple(36 if name in ("title", "path", "problem") else 16 for name in header)
    return Sheet("Sources", header, tuple(rows), widths, 1)


def read_me_sheet(bundle: Bundle, grid: Grid) -> Sheet:
    """Return how to read the workbook, and what each column means."""
    lines = [
        ("Study", bundle.study.title),
        ("Marking", bundle.marking or bundle.study.marking),
        ("Codebook", bundle.codebook.name),
        (
            "Matrix",
            "Cells count independent sources: ✓ supports, ✗ contradicts, ~ qualifies. "
            "What stands in brackets is proposed by machine and confirmed by nobody; a source can "
            "stand in both. '2 of 3': one of three sources repeats another. Counts must not be "
            "added up over cases, types or brackets: the last column counts anew.",
        ),
        (
            "Empty cells",
            "; ".join(sorted({c.empty_words for c in _empties(grid)}))
            + ". A source is read when a coder has read all of its segments.",
        ),
        ("Links", "They lead to the files beside this workbook: keep them together."),
        *(("Notice", notice) for notice in bundle.notices),
        *(("Version", f"{name} {version}") for name, version in bundle.versions),
        *(("Record", f"{chain} {head}") for chain, head in bundle.record_heads),
    ]
    lines += [(column.name, column.meaning) for column in columns.CODINGS]
    lines += [(column.name, column.meaning) for column in columns.SOURCES]
    return Sheet(
        "Read me", ("What", "Meaning"), tuple(line for line in lines if line[1]), (24, 110)
    )


def _empties(grid: Grid) -> Iterator[Cell]:
    for found in grid.bands:
        for band in (found.band, *(kind.band for kind in found.types)):
            yield from (cell for cell in band.cells if cell.empty)


def _table(
    listed: tuple[Column[Row], ...], rows: Iterable[Row]
) -> Iterator[tuple[Row, tuple[Value, ...]]]:
    return ((row, tuple(column.value(row) for column in listed)) for row in rows)
