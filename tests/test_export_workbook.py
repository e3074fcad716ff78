"""The workbook: text stays text, the only formulas are links, and other programs open it."""

import csv
import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from export_bundle import toy_bundle
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.export import export_all
from pipeline.export.grid import Grid
from pipeline.export.placement import Placement
from pipeline.export.workbook import CUT, TEXT_LIMIT, cut_text, workbook_bytes

LINK = re.compile(r'=HYPERLINK\("([^"]+)","((?:[^"]|"")*)"\)')


def workbook(bundle) -> bytes:
    grid = Grid(bundle)
    return workbook_bytes(bundle, grid, Placement(bundle, grid))


def opened(bundle, **options):
    return openpyxl.load_workbook(io.BytesIO(workbook(bundle)), **options)


def rows(sheet) -> list[dict[str, object]]:
    lines = list(sheet.iter_rows(values_only=True))
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def test_the_sheets_stand_in_reading_order():
    book = opened(toy_bundle())
    assert book.sheetnames == ["Matrix", "Evidence", "Codings", "Sources", "Read me"]
    for sheet in book:
        assert sheet.freeze_panes
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_the_only_formulas_are_links_to_files_that_are_there(tmp_path):
    export_all(toy_bundle(), tmp_path)
    book = openpyxl.load_workbook(tmp_path / "evidence_matrix.xlsx")
    formulas = [
        cell.value for sheet in book for row in sheet for cell in row if cell.data_type == "f"
    ]
    assert len(formulas) > 20
    for formula in formulas:
        found = LINK.fullmatch(formula)
        assert found, formula
        path, _, anchor = found[1].partition("#")
        page = tmp_path / unquote(path)
        assert page.is_file()
        assert not anchor or f'id="{anchor}"' in page.read_text("utf-8")


def test_a_cell_tells_confirmed_from_proposed():
    book = opened(toy_bundle(), data_only=True)
    first = rows(book["Matrix"])[0]
    assert first["Northern coast"] == "1 of 2 ✓ (1 ✓ proposed)"
    assert first["Southern plain"] == "1 ~ (1 ✓ · 1 ✗ proposed)"
    assert first["Cross-case"] == "no source"


def test_quotations_in_the_workbook_equal_their_sources():
    bundle = toy_bundle()
    for row in rows(opened(bundle, data_only=True)["Codings"]):
        if row["quotation"]:
            source = bundle.source_by_id[row["source_id"]]
            assert row["quotation"] == source.quote(row["start"], row["end"])
    quoted = {row["Quotation"] for row in rows(opened(bundle, data_only=True)["Evidence"])}
    assert any(words.startswith("=HYPERLINK(") for words in quoted)


@pytest.mark.parametrize(
    "title",
    [
        "=1+1",
        "{=1}",
        "<r><t>x</t></r>",
        "https://x.example",
        "007",
        "a\x01b",
        "_x0041_",
        "@x",
        "UNIQUE(a)",
        "x" * 300,
        'say "so"',
        "a\uffffb",
        "a\rb",
    ],
)
def test_hostile_text_stays_text(title):
    bundle = toy_bundle()
    entries = tuple(replace(entry, title=title) for entry in bundle.study.sources)
    changed = replace(bundle, study=replace(bundle.study, sources=entries))
    book = opened(changed)
    formulas = {cell.value for row in book["Matrix"] for cell in row if cell.data_type == "f"}
    assert all(LINK.fullmatch(formula) for formula in formulas)
    cell = book["Sources"]["C2"]
    assert cell.data_type == "s"
    told = {
        "a\x01b": "a_x0001_b",
        "a\rb": "a_x000D_b",
        "_x0041_": "_x005F_x0041_",
        "a\uffffb": "a\N{REPLACEMENT CHARACTER}b",
    }
    assert cell.value in (title, told.get(title))


def test_a_text_too_long_for_a_cell_is_cut_and_says_so():
    kept = cut_text("x" * 40_000)
    assert len(kept) == TEXT_LIMIT
    assert kept.endswith(CUT)
    assert cut_text("x" * TEXT_LIMIT) == "x" * TEXT_LIMIT


@settings(max_examples=200)
@given(st.text("a👧é", min_size=14, max_size=18).map(lambda text: text * 1_500))
def test_a_cut_text_fits_in_a_cell_and_splits_no_character(text):
    kept = cut_text(text)
    assert len(kept.encode("utf-16-le")) // 2 <= TEXT_LIMIT
    assert kept == text or text.startswith(kept.removesuffix(CUT))


def test_the_same_content_gives_the_same_bytes():
    assert workbook(toy_bundle()) == workbook(toy_bundle())


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_shows_the_same_cells(tmp_path):
    made = tmp_path / "evidence_matrix.xlsx"
    made.write_bytes(workbook(toy_bundle()))
    office = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    convert = ["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"]
    command = ["soffice", office, "--headless", *convert, "--outdir", str(tmp_path), str(made)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    found = next(Path(tmp_path).glob("evidence_matrix*.csv"))
    lines = list(csv.reader(found.open(encoding="utf-8", newline="")))
    assert lines[0][:4] == ["Finding", "Statement", "Source type", "Source"]
    assert lines[1][4] == "1 of 2 ✓ (1 ✓ proposed)"
