"""Word documents with diagrams, charts, objects and watermarks, and strict ones."""

import re
import zipfile
from pathlib import Path

import pytest
from docx_parts import p, r, row, tc, told, written
from source_invariants import holds

from pipeline.extract import extract
from pipeline.model.source import Source

ML = "http://schemas.openxmlformats.org/"
A, C, D = (f"{ML}drawingml/2006/{name}" for name in ("main", "chart", "diagram"))
R = f"{ML}officeDocument/2006/relationships"
RELATIONS = (
    f'<Relationships xmlns="{ML}package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{R}/chart" Target="charts/chart1.xml"/>'
    f'<Relationship Id="rId2" Type="{R}/diagramData" Target="/word/diagrams/data1.xml"/>'
    '<Relationship Id="rId3" Type="x" Target="https://a.example/x.xml" TargetMode="External"/>'
    '<Relationship Id="rId4" Type="x" Target="charts/gone.xml"/></Relationships>'
)
CASES = Path(__file__).parent / "extract_cases"


def drawing(uri: str, inner: str) -> str:
    spaces = f'xmlns:a="{A}" xmlns:c="{C}" xmlns:dgm="{D}" xmlns:r="{R}"'
    data = f'<a:graphicData uri="{uri}">{inner}</a:graphicData>'
    return f"<w:r><w:drawing><a:graphic {spaces}>{data}</a:graphic></w:drawing></w:r>"


def chart_at(relation: str = "rId1") -> str:
    return drawing(C, f'<c:chart r:id="{relation}"/>')


DIAGRAM_THERE = drawing(D, '<dgm:relIds r:dm="rId2" r:lo="rId9"/>')


def points(name: str, *values: str, more: str = "") -> str:
    inner = "".join(f'<c:pt idx="{at}"><c:v>{one}</c:v></c:pt>' for at, one in enumerate(values))
    return f"<c:{name}><c:strRef><c:strCache>{inner}{more}</c:strCache></c:strRef></c:{name}>"


def title(words: str) -> str:
    return (
        f"<c:title><c:tx><c:rich><a:p><a:r><a:t>{words}</a:t></a:r></a:p></c:rich></c:tx></c:title>"
    )


CHART = (
    f'<c:chartSpace xmlns:c="{C}" xmlns:a="{A}"><c:chart>{title("Load by bridge")}<c:plotArea>'
    f"<c:barChart><c:ser>{points('tx', '2019')}{points('cat', 'North', 'South')}"
    f"{points('val', '4.2999999999999998', '5')}</c:ser><c:ser>{points('tx', '2020')}"
    f"{points('cat', 'North', 'South')}{points('val', '40')}</c:ser></c:barChart>"
    f"<c:valAx>{title('Tonnes')}</c:valAx></c:plotArea></c:chart></c:chartSpace>"
)
DIAGRAM = (
    f'<dgm:dataModel xmlns:dgm="{D}" xmlns:a="{A}"><dgm:ptLst><dgm:pt type="doc"/>'
    "<dgm:pt><dgm:t><a:p><a:r><a:t>Student </a:t></a:r><a:r><a:t>falls ill</a:t></a:r></a:p>"
    "<a:p><a:r><a:t>at once</a:t></a:r></a:p></dgm:t></dgm:pt>"
    '<dgm:pt type="pres"><dgm:t><a:p><a:r><a:t>never</a:t></a:r></a:p></dgm:t></dgm:pt>'
    "<dgm:pt><dgm:t><a:p><a:endParaRPr/></a:p></dgm:t></dgm:pt>"
    "</dgm:ptLst></dgm:dataModel>"
)
PARTS = {
    "_rels/document.xml.rels": RELATIONS,
    "charts/chart1.xml": CHART,
    "diagrams/data1.xml": DIAGRAM,
}


def read(folder: Path, body: str, **parts: str) -> Source:
    path = written(folder, body, **parts)
    with zipfile.ZipFile(path, "a") as package:
        for name, content in PARTS.items():
            package.writestr(f"word/{name}", content)
    source = extract(path, "a")
    holds(source)
    return source


def test_a_diagram_is_read_node_by_node_behind_its_paragraph(tmp_path: Path):
    source = read(tmp_path, p(r("As drawn:") + DIAGRAM_THERE) + p(r("So it is.")))
    assert told(source) == [
        ("body", "As drawn:"),
        ("body", "Student falls ill"),
        ("body", "at once"),
        ("body", "So it is."),
    ]
    assert source.warnings == ()


def test_a_chart_is_its_titles_and_a_table_of_its_figures(tmp_path: Path):
    source = read(tmp_path, p(chart_at() + chart_at()))
    assert told(source) == [
        ("caption", "Load by bridge"),
        ("caption", "Tonnes"),
        ("table", "| 2019 | 2020"),
        ("table", "North | 4.3 | 40"),
        ("table", "South | 5 |"),
    ]
    assert source.zones[3].columns == ("", "2019", "2020") and source.warnings == ()


def test_a_diagram_in_a_cell_is_words_of_the_cell(tmp_path: Path):
    table = f"<w:tbl>{row(tc(p(r('Plan') + DIAGRAM_THERE)), tc('B'))}</w:tbl>"
    assert told(read(tmp_path, table)) == [("table", "Plan Student falls ill at once | B")]


@pytest.mark.parametrize(
    ("inner", "warning"),
    [
        (chart_at("rId3"), "not read: 1 chart"),
        (chart_at("rId4") + chart_at("none"), "not read: 2 chart"),
        (
            '<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" '
            'ProgID="Equation.3"/></w:object></w:r>',
            "not read: 1 embedded Equation.3",
        ),
        ("<w:r><w:object/></w:r>", "not read: 1 embedded object"),
        (
            drawing("http://schemas.microsoft.com/office/drawing/2014/chartex", "<c:chart/>"),
            "not read: 1 drawing (chartex)",
        ),
        (drawing(f"{ML}drawingml/2006/picture", ""), ""),
        (f"<w:del>{chart_at('none')}</w:del>", ""),
    ],
)
def test_what_is_not_read_is_named(tmp_path: Path, inner: str, warning: str):
    source = read(tmp_path, p(r("Seen.") + inner))
    assert source.text == "Seen."
    assert list(source.warnings) == ([warning] if warning else [])


def test_a_file_put_into_the_document_is_named(tmp_path: Path):
    body = f'{p(r("Seen."))}<w:altChunk xmlns:r="{R}" r:id="rId1"/>{p(r("On."))}'
    assert list(read(tmp_path, body).warnings) == ["not read: 1 inserted file"]


def test_a_watermark_above_every_page_marks_the_document(tmp_path: Path):
    shape = (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
        '<v:textpath string="SECRET"/></v:shape></w:pict></w:r>'
    )
    header = (
        '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"{p(shape)}</w:hdr>"
    )
    source = read(tmp_path, p(r("Seen.")), header1=header)
    assert source.marking == "SECRET" and source.text == "Seen."


STRICT = re.compile(rb"http://schemas\.openxmlformats\.org/(\w+)/2006/(\w+)(?=\")")


def strict(path: Path) -> Path:
    """The document with all namespaces as Word writes them into a strict one."""
    there = path.with_name("strict.docx")
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(there, "w") as after:
        for name in before.namelist():
            data = STRICT.sub(rb"http://purl.oclc.org/ooxml/\1/\2", before.read(name))
            after.writestr(name, data)
    return there


def test_a_strict_document_reads_as_the_usual_one(tmp_path: Path):
    source = read(tmp_path, p(r("As drawn:") + DIAGRAM_THERE + chart_at()))
    again = extract(strict(tmp_path / "a.docx"), "a")
    assert (again.text, again.zones) == (source.text, source.zones)
    path = tmp_path / "everything.docx"
    path.write_bytes((CASES / "word-everything" / "input.docx").read_bytes())
    one, two = extract(path, "a"), extract(strict(path), "a")
    assert (one.text, one.zones, one.warnings) == (two.text, two.zones, two.warnings)


def test_words_about_namespaces_stay_as_they_are(tmp_path: Path):
    words = "See http://purl.oclc.org/ooxml/wordprocessingml/main there."
    written(tmp_path, p(r(words)))
    assert extract(strict(tmp_path / "a.docx"), "a").text == words
