"""What leaves the house: tables, workbook, report, a page per finding, the sources as read.

    sources.csv codings.csv evidence_matrix.csv evidence_totals.csv   each with .columns.csv
    carried.csv        judgments made on an earlier reading text, where there are any
    evidence_matrix.xlsx
    report.html        the matrix; every number leads to findings/
    findings/ID.html   the excerpts; each leads to text/
    text/ID.html       the source as read, its excerpts marked by id
    text/ID.txt        the reading text, exactly

The same bundle gives the same bytes: nothing here reads a clock or a folder.
"""

from collections.abc import Iterator
from pathlib import Path

from pipeline.export import columns, tables
from pipeline.export.addresses import file_stem
from pipeline.export.bundle import (
    Bundle,
    Coverage,
    FindingNote,
    Flag,
)
from pipeline.export.carried import CARRIED, CARRIED_FILE, carried_rows
from pipeline.export.dossier import finding_pages
from pipeline.export.grid import Grid
from pipeline.export.pages import render
from pipeline.export.placement import Placement
from pipeline.export.reading import SourceReading
from pipeline.export.report import report_page
from pipeline.export.workbook import workbook_bytes
from pipeline.model.source import Source

__all__ = ["CARRIED_FILE", "Bundle", "Coverage", "FindingNote", "Flag", "export_all"]

File = tuple[str, bytes]


def export_all(bundle: Bundle, out: Path) -> tuple[Path, ...]:
    """Write every file of a study's outputs; return their paths, sorted.

    Files that an earlier run left and this one does not make are not touched.

    Raises
    ------
    OffsetError
        If a coding stands outside its source's text.
    PipelineError
        If the matrix counts what no evidence stands behind.
    """
    written = []
    for name, content in _files(bundle):
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        written.append(path)
    return tuple(sorted(written))


def _files(bundle: Bundle) -> Iterator[File]:
    grid = Grid(bundle)
    placement = Placement(bundle, grid)
    yield from _tables(bundle)
    yield "evidence_matrix.xlsx", workbook_bytes(bundle, grid, placement)
    yield "report.html", report_page(bundle, grid, placement)
    for band in grid.bands:
        for name, content in finding_pages(bundle, placement, band):
            yield f"findings/{name}", content
    for source in bundle.sources:
        yield f"text/{file_stem(source.source_id)}.txt", source.text.encode()
        yield f"text/{file_stem(source.source_id)}.html", _source_page(bundle, placement, source)


def _tables(bundle: Bundle) -> Iterator[File]:
    yield "sources.csv", tables.csv_bytes(columns.SOURCES, tables.source_rows(bundle))
    yield "sources.columns.csv", tables.dictionary_bytes(columns.SOURCES)
    yield "codings.csv", tables.csv_bytes(columns.CODINGS, tables.coding_rows(bundle))
    yield "codings.columns.csv", tables.dictionary_bytes(columns.CODINGS)
    yield "evidence_matrix.csv", tables.csv_bytes(columns.MATRIX, tables.matrix_rows(bundle))
    yield "evidence_matrix.columns.csv", tables.dictionary_bytes(columns.MATRIX)
    yield "evidence_totals.csv", tables.csv_bytes(columns.TOTALS, tables.total_rows(bundle))
    yield "evidence_totals.columns.csv", tables.dictionary_bytes(columns.TOTALS)
    if bundle.carried or bundle.unplaced:
        yield CARRIED_FILE, tables.csv_bytes(CARRIED, carried_rows(bundle))
        yield "carried.columns.csv", tables.dictionary_bytes(CARRIED)


def _source_page(bundle: Bundle, placement: Placement, source: Source) -> bytes:
    return render(
        "source.html",
        bundle=bundle,
        source=source,
        entry=bundle.entry(source.source_id),
        reading=SourceReading(bundle, placement, source),
        text_file=f"{file_stem(source.source_id)}.txt",
        marking=bundle.marking_of(source.source_id),
    )
