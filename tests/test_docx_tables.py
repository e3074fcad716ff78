"""Tables of Word documents: every row has the names of its columns, every cell is read once."""

from itertools import islice
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table
from docx_parts import control, lines, p, part, r, read, row, style, tc, written
from hypothesis import given, settings
from hypothesis import strategies as st
from real_data import real_data_folder

from pipeline.extract import extract
from pipeline.limits import Limits
from pipeline.model.source import Source
from pipeline.reading import ReadingRequest, read_all

FIRST_ROW = '<w:tblPr><w:tblLook w:val="04A0" w:firstRow="1"/></w:tblPr>'
NO_FIRST_ROW = '<w:tblPr><w:tblLook w:val="0480" w:firstRow="0"/></w:tblPr>'


def saved(folder: Path, document: Document) -> Source:
    document.save(str(folder / "made.docx"))
    return extract(folder / "made.docx", "a")


def filled(document: Document, rows: list[list[str]], look: str = "") -> Table:
    table = document.add_table(len(rows), len(rows[0]), look or None)
    for place, cells in enumerate(rows):
        for cell, text in zip(table.rows[place].cells, cells, strict=True):
            cell.text = text
    return table


def repeated(table: Table, count: int) -> None:
    """Let Word repeat the first rows of a table on each page."""
    for one in islice(table.rows, count):
        one._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def columns(source: Source) -> list[tuple[str, ...]]:
    return [zone.columns for zone in source.zones if zone.kind == "table"]


def test_rows_under_a_head_of_two_rows_have_the_names_of_both(tmp_path: Path):
    document = docx.Document()
    table = filled(
        document,
        [
            ["Bridge", "Load", "", "Note"],
            ["", "before", "after", ""],
            ["North", "40", "60", "new"],
            ["South", "none", "", "old"],
        ],
    )
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(3, 1).merge(table.cell(3, 2))
    repeated(table, 2)
    source = saved(tmp_path, document)
    assert columns(source) == [
        (),
        (),
        ("Bridge", "Load before", "Load after", "Note"),
        ("Bridge", "Load before Load after", "Note"),
    ]
    assert lines(source)[2:] == ["North | 40 | 60 | new", "South | none | old"]


def test_a_cell_over_several_rows_is_read_once_and_those_beside_keep_their_names(tmp_path: Path):
    document = docx.Document()
    rows = [["Unit", "Place", "Strength"], ["Third", "Riga", "900"], ["", "Narva", "300"]]
    table = filled(document, rows)
    table.cell(1, 0).merge(table.cell(2, 0))
    repeated(table, 1)
    source = saved(tmp_path, document)
    assert columns(source)[1:] == [("Unit", "Place", "Strength")] * 2
    assert source.text.count("Third") == 1 and lines(source)[2] == "| Narva | 300"


@pytest.mark.parametrize(
    ("look", "is_asked", "has_names"),
    [
        ("Light Grid Accent 1", True, True),
        ("Light Grid Accent 1", False, False),
        ("Table Grid", True, False),
    ],
)
def test_a_style_with_a_first_row_of_its_own_makes_it_the_head(
    tmp_path: Path, look: str, is_asked: bool, has_names: bool
):
    document = docx.Document()
    table = filled(document, [["Unit", "Commander"], ["Third", "Adams"], ["Fourth", "Brown"]], look)
    table._tbl.tblPr.find(qn("w:tblLook")).set(qn("w:firstRow"), "1" if is_asked else "0")
    names = [("Unit", "Commander")] * 2 if has_names else [(), ()]
    assert columns(saved(tmp_path, document))[1:] == names


def test_a_first_row_that_alone_is_bold_is_the_head(tmp_path: Path):
    document = docx.Document()
    table = filled(document, [["Unit", "Commander"], ["Third", "Adams"]])
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    assert columns(saved(tmp_path, document)) == [(), ("Unit", "Commander")]


BOLD = style("Head Words", "<w:rPr><w:b/></w:rPr>")
SHADED = '<w:shd w:val="clear" w:fill="D9E2F3"/>'
PLAIN = row(tc("Third"), tc("Adams")) + row(tc("Fourth"), tc("Brown"))


@pytest.mark.parametrize(
    ("table", "names"),
    [
        (row(tc("Unit", SHADED), tc("Commander", SHADED)) + PLAIN, ("Unit", "Commander")),
        (
            row(tc(p(r("Unit"), "HeadWords")), tc(p(r("Commander"), "HeadWords"))) + PLAIN,
            ("Unit", "Commander"),
        ),
        (
            row(tc("Unit"), tc("Men"))
            + row(tc("Third"), tc("1,900"))
            + row(tc("Fourth"), tc("40 %")),
            ("Unit", "Men"),
        ),
        (row(tc("Name"), tc("Ana")) + row(tc("Place"), tc("Riga")), ()),
        (row(tc(f"<w:tbl>{PLAIN}</w:tbl>"), tc(f"<w:tbl>{PLAIN}</w:tbl>")) + PLAIN, ()),
        (row(tc("Third"), tc("Adams")) + PLAIN, ()),
        (NO_FIRST_ROW + row(tc("a"), tc("b"), tc("c")) + row(tc("d"), tc("e"), tc("f")), ()),
        (
            FIRST_ROW + row(tc("a"), tc("b"), tc("c")) + row(tc("d"), tc("e"), tc("f")),
            ("a", "b", "c"),
        ),
        (
            FIRST_ROW
            + row(tc("00:03"), tc("Ann"), tc("We moved two."))
            + row(tc("00:09"), tc("Bob"), tc("Why?")),
            (),
        ),
    ],
    ids=(
        "shaded bold-style numbers form tables-only alike no-first-row three-columns transcript"
    ).split(),
)
def test_a_first_row_is_a_head_only_if_it_looks_like_one(
    tmp_path: Path, table: str, names: tuple[str, ...]
):
    source = read(tmp_path, f"<w:tbl>{table}</w:tbl>", styles=part("styles", BOLD))
    assert columns(source)[0] == () and columns(source)[1] == names


def test_rows_and_cells_in_content_controls_are_read_in_their_place(tmp_path: Path):
    table = (
        row(tc("Unit"), control(tc("Men")), look="<w:tblHeader/>")
        + control(row(tc("Third"), control(tc(control(p(r("900")))))))
        + control(row(tc("never"), tc("shown")), "<w:showingPlcHdr/>")
        + row(tc("Fourth"), tc(control(p(r("type here")), "<w:showingPlcHdr/>") + p("")))
    )
    source = read(tmp_path, f"<w:tbl>{table}</w:tbl>")
    assert lines(source) == ["Unit | Men", "Third | 900", "Fourth |"]
    assert columns(source)[1:] == [("Unit", "Men")] * 2


def test_a_table_in_a_cell_is_read_once_in_its_place(tmp_path: Path):
    inner = f"<w:tbl>{row(tc('one'), tc('two'))}{row(control(tc('three')))}</w:tbl>"
    table = row(tc(p(r("before")) + inner + p(r("after"))), tc("beside"))
    source = read(tmp_path, f"<w:tbl>{table}</w:tbl>")
    assert source.text == "before one two three after | beside"


def test_deleted_rows_and_cells_are_not_read(tmp_path: Path):
    table = (
        row(tc("Unit"), tc("Men"), look="<w:tblHeader/>")
        + row(tc("gone"), tc("1"), look='<w:del w:id="1" w:author="A"/>')
        + row(tc("put in"), tc("2"), look='<w:ins w:id="2" w:author="A"/>')
        + row(tc("Third"), tc("out", "<w:cellDel/>"), tc("3"))
    )
    assert lines(read(tmp_path, f"<w:tbl>{table}</w:tbl>")) == [
        "Unit | Men",
        "put in | 2",
        "Third | 3",
    ]


def test_lists_in_cells_are_numbered_on(tmp_path: Path):
    numbering = part(
        "numbering",
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    )
    number = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    table = "".join(row(tc(p("", more=number)), tc(text)) for text in ("Fuel", "Water"))
    source = read(
        tmp_path, f"<w:tbl>{table}</w:tbl>" + p(r("Food"), more=number), numbering=numbering
    )
    assert lines(source) == ["1. | Fuel", "2. | Water", "3. Food"]


CUTS = st.lists(st.integers(1, 3), min_size=1, max_size=4)


@settings(max_examples=250, deadline=None)
@given(CUTS, st.lists(CUTS, min_size=1, max_size=4), st.integers(0, 2))
def test_a_cell_has_the_names_of_the_columns_it_stands_in(
    tmp_path_factory: pytest.TempPathFactory, head: list[int], body: list[list[int]], late: int
):
    def cells(spans: list[int], letter: str) -> list[str]:
        looks = [f'<w:gridSpan w:val="{span}"/>' for span in spans]
        return [tc(f"{letter}{place}", look) for place, look in enumerate(looks)]

    grid = [f"H{place}" for place, span in enumerate(head) for _ in range(span)]
    table = row(*cells(head, "H"), look="<w:tblHeader/>")
    expected: list[tuple[str, ...]] = []
    for spans in body:
        table += row(*cells(spans, "c"), look=f'<w:gridBefore w:val="{late}"/>')
        at, names = late, []
        for span in spans:
            names.append(" ".join(dict.fromkeys(grid[at : at + span])))
            at += span
        expected.append(tuple(names) if any(names) else ())
    source = read(tmp_path_factory.mktemp("table"), f"<w:tbl>{table}</w:tbl>")
    assert columns(source)[1:] == expected


def test_tables_of_vast_spans_are_read_in_the_time_a_file_has(tmp_path: Path):
    wide = tc("a", '<w:gridSpan w:val="1000000"/>')
    narrow = "".join(tc(f"h{place}") for place in range(15_000))
    heads = row(narrow, look="<w:tblHeader/>") * 3
    body = f"<w:tbl>{heads}{row(wide * 3) * 15_000}</w:tbl>"
    deep = "<w:tbl><w:tr><w:tc>" * 70 + p(r("deep")) * 20_000 + "</w:tc></w:tr></w:tbl>" * 70
    requests = []
    for name, inner in (("spans", body), ("deep", deep)):
        (tmp_path / name).mkdir()
        requests.append(ReadingRequest(written(tmp_path / name, inner), name))
    found = list(read_all(requests, Limits(workers=2, seconds=20)))
    assert all(isinstance(one, Source) for one in found), found


@pytest.fixture(scope="module")
def office() -> Path:
    return real_data_folder() / "office"


def test_every_row_of_the_tables_of_real_documents_has_names(office: Path):
    found = {}
    for name in ("word_tables", "word_sample"):
        source = extract(office / f"{name}.docx", "a")
        found[name] = {
            source.text[zone.start : zone.end]: zone.columns
            for zone in source.zones
            if zone.rule == "docx.table"
        }
        assert all(found[name].values())
    assert found["word_tables"]["Cell 1.0 | Merged Cell 1.1 1.2 | Cell 1.3"] == (
        "Header 0.0",
        "Header 0.1 Header 0.2",
        "Header 0.3",
    )
    assert found["word_tables"]["Cell 1.1"] == ("Header 0.1",), "a row that begins late"
    assert len(found["word_tables"]) == 16
    assert found["word_sample"]["Leaves | Ash, Elm, Maple | 50"] == (
        "",
        "Food",
        "Calories per portion",
    )
