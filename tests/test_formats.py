"""OpenDocument, EPUB, presentations, RTF and e-mail: read, and refused where hostile."""

import os
import re
import shutil
import subprocess
import time
import tracemalloc
import zipfile
from copy import deepcopy
from pathlib import Path

import docx
import pptx
import pytest
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from source_invariants import holds

from pipeline.errors import DamagedFileError, ExtractionError, WrongFormatError
from pipeline.extract import extract
from pipeline.extract.drawn import DIAGRAM, A
from pipeline.model.source import Source

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"


def told(source: Source) -> list[tuple[str, str]]:
    holds(source)
    return [(zone.kind, zone.aside or source.text[zone.start : zone.end]) for zone in source.zones]


def packed(path: Path, **parts: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return path


def odt(path: Path, body: str) -> Path:
    content = (
        f'<o:document-content xmlns:o="{OFFICE}" xmlns:t="{TEXT}" xmlns:b="{TABLE}" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<o:body><o:text>{body}</o:text></o:body></o:document-content>"
    )
    return packed(path, content_xml=content)


def test_opendocument_keeps_notes_tables_and_what_was_inserted(tmp_path: Path):
    body = (
        "<t:tracked-changes><t:changed-region><t:deletion><t:p>gone</t:p></t:deletion>"
        "</t:changed-region></t:tracked-changes>"
        '<t:h t:outline-level="1">Bridges</t:h>'
        '<t:p>The third<t:note t:id="n1"><t:note-citation>1</t:note-citation><t:note-body>'
        "<t:p>Of three.</t:p></t:note-body></t:note> waited<t:s/>long."
        "<o:annotation><dc:creator>Ana</dc:creator><t:p>So?</t:p></o:annotation></t:p>"
        "<t:list><t:list-item><t:p>fuel</t:p></t:list-item></t:list>"
        "<b:table><b:table-header-rows><b:table-row><b:table-cell><t:p>Unit</t:p></b:table-cell>"
        "<b:table-cell><t:p>Strength</t:p></b:table-cell></b:table-row></b:table-header-rows>"
        "<b:table-row><b:table-cell><t:p>Third</t:p></b:table-cell>"
        "<b:table-cell><t:p>900</t:p></b:table-cell></b:table-row></b:table>"
    )
    source = extract(odt(tmp_path / "a.odt", body), "a")
    assert told(source) == [
        ("heading", "Bridges"),
        ("body", "The third waited long."),
        ("comment", "Ana: So?"),
        ("list-item", "fuel"),
        ("table", "Unit | Strength"),
        ("table", "Third | 900"),
        ("footnote", "Of three."),
    ]
    note = next(zone for zone in source.zones if zone.kind == "footnote")
    assert source.text[: note.anchor].endswith("The third")
    row = next(z for z in source.zones if "900" in source.text[z.start : z.end])
    assert row.columns == ("Unit", "Strength")


def test_chapters_of_an_e_book_are_read_in_the_order_of_its_spine(tmp_path: Path):
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<metadata><dc:title>On bridges</dc:title></metadata><manifest>"
        '<item id="b" href="two.xhtml"/><item id="a" href="one.xhtml"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    page = "<html><body><h1>{0}</h1><p>Words of {0}.</p></body></html>"
    path = tmp_path / "a.epub"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        )
        package.writestr("OEBPS/book.opf", opf)
        package.writestr("OEBPS/one.xhtml", page.format("one"))
        section = page.replace("<h1>{0}</h1>", "<section><header><h1>{0}</h1></header>")
        package.writestr("OEBPS/two.xhtml", section.format("two"))
    source = extract(path, "a")
    assert [words for _, words in told(source)] == ["one", "Words of one.", "two", "Words of two."]
    assert ("title", "On bridges") in source.proposals


def book(path: Path, opf: str, **pages: str) -> Path:
    """An e-book of pages in the order given, each named by its id."""
    items = "".join(f'<item id="{name}" href="{name}.xhtml"/>' for name in pages)
    spine = "".join(f'<itemref idref="{name}"/>' for name in pages)
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "META-INF/container.xml", '<container><rootfile full-path="b.opf"/></container>'
        )
        package.writestr("b.opf", f"<package>{items}{spine}{opf}</package>")
        for name, body in pages.items():
            package.writestr(f"{name}.xhtml", f"<html><body>{body}</body></html>")
    return path


LINKS = "".join(f'<p><a href="one.xhtml#{n}">Chapter {n}</a> <i>{n}</i></p>' for n in range(1, 4))
NAMED = LINKS.replace("<p>", "").replace("</p>", "")


@pytest.mark.parametrize(
    ("page", "opf", "kinds"),
    [
        (f"<h1>In this book</h1>{LINKS}", "", ["heading", *["contents"] * 3]),
        (f"<p>Chapters</p>{LINKS}", "", ["contents"] * 4),
        (LINKS.replace("one.xhtml", "https://a.example/one"), "", ["body"] * 3),
        ("<p>One</p><p>Two</p>", '<reference type="toc" href="list.xhtml#x"/>', ["contents"] * 2),
        (
            f"<p>{'This book was long in the making and it owes much to others. ' * 2}</p><p>1</p>",
            '<guide><reference type="toc" href="list.xhtml"/></guide>',
            ["body", "contents"],
        ),
        (f"<p>See {NAMED}, all of which were written later than this.</p>", "", ["body"]),
    ],
)
def test_a_page_of_a_book_that_lists_its_contents_is_contents(
    tmp_path: Path, page: str, opf: str, kinds: list[str]
):
    source = extract(book(tmp_path / "a.epub", opf, list=page, one="<p>It begins.</p>"), "a")
    assert [kind for kind, _ in told(source)] == [*kinds, "body"]


@pytest.mark.parametrize("cover", ["", "<!-- a picture -->"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_cover_without_words_keeps_no_book_from_being_read(
    tmp_path: Path, cover: str, encoding: str
):
    path = tmp_path / "a.epub"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "META-INF/container.xml", '<container><rootfile full-path="b.opf"/></container>'
        )
        package.writestr(
            "b.opf",
            '<package><item id="a" href="a.xhtml"/><item id="b" href="b.xhtml"/>'
            '<itemref idref="a"/><itemref idref="b"/></package>',
        )
        package.writestr("a.xhtml", cover)
        page = f"<?xml version='1.0' encoding='{encoding}'?><html><body><p>One.</p></body></html>"
        package.writestr("b.xhtml", page.encode(encoding))
    assert extract(path, "a").text == "One."


def test_slides_are_pages_and_notes_stand_apart(tmp_path: Path):
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Bridges"
    slide.placeholders[1].text = "The third waited.\nFuel was short."
    slide.notes_slide.notes_text_frame.text = "Say who paid."
    second = deck.slides.add_slide(deck.slide_layouts[5])
    second.shapes.title.text = "Strength"
    table = second.shapes.add_table(2, 2, 0, 0, 3_000_000, 1_000_000).table
    for row, cells in enumerate((("Unit", "Strength"), ("Third", "900"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    path = tmp_path / "a.pptx"
    deck.save(str(path))
    source = extract(path, "a")
    assert told(source) == [
        ("heading", "Bridges"),
        ("list-item", "The third waited."),
        ("list-item", "Fuel was short."),
        ("footnote", "Say who paid."),
        ("heading", "Strength"),
        ("table", "Unit | Strength"),
        ("table", "Third | 900"),
    ]
    assert [zone.page for zone in source.zones] == [1, 1, 1, 1, 2, 2, 2]
    assert source.zones[-1].columns == ("Unit", "Strength")


def test_rtf_gives_its_words_and_says_what_it_loses(tmp_path: Path):
    path = tmp_path / "a.rtf"
    path.write_bytes(rb"{\rtf1\ansi The third \b brigade\b0  waited.\par It was r\'e9solu.\par}")
    source = extract(path, "a")
    assert source.text == "The third brigade waited.\n\nIt was r\u00e9solu."
    assert "which paragraphs are headings is not read" in source.warnings[0]


def test_links_of_rtf_are_their_words_and_signs_of_two_halves_are_whole(tmp_path: Path):
    path = tmp_path / "a.rtf"
    path.write_bytes(
        rb'{\rtf1\ansi See {\field{\*\fldinst{HYPERLINK "https://a.example/"}}{\fldrslt{the map}}}'
        rb" \u-10179?\u-8704? and \u233?tat.\par}"
    )
    assert extract(path, "a").text == "See the map \U0001f600 and \u00e9tat."


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_plain_text_is_read_in_any_common_encoding(tmp_path: Path, encoding: str):
    path = tmp_path / "a.txt"
    words = "La brigade a attendu le pont \u00e0 T\u00e2rgu.\r\rElle est partie sans fum\u00e9e."
    path.write_bytes(words.encode(encoding))
    text = extract(path, "a").text
    assert text == words.replace("\r", "\n")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_of_plain_letters_is_known_by_its_zero_bytes(tmp_path: Path, encoding: str):
    path = tmp_path / "a.txt"
    path.write_bytes("The brigade waited.".encode(encoding))
    source = extract(path, "a")
    assert source.text == "The brigade waited." and source.warnings == ("read as UTF-16",)


@pytest.mark.parametrize("suffix", [".odt", ".epub", ".pptx", ".rtf", ".eml", ".json", ".srt"])
@pytest.mark.parametrize(
    "data", [b"PK\x03\x04 broken", b"%PDF-1.7", b"\x00" * 400, b"{]", b"plain"]
)
def test_what_is_not_its_kind_gets_a_message(tmp_path: Path, suffix: str, data: bytes):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    with pytest.raises(ExtractionError) as caught:
        extract(path, "a")
    assert caught.value.what and caught.value.remedy


@pytest.mark.parametrize(
    "content", ["<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", "<a>" + "<b>" * 100_000, "<a><b></a>"]
)
def test_hostile_parts_are_refused(tmp_path: Path, content: str):
    for name, parts in (
        ("a.odt", {"content_xml": content}),
        ("a.epub", {"META-INF__container_xml": content}),
        ("a.pptx", {"ppt__presentation_xml": content}),
    ):
        with pytest.raises((DamagedFileError, WrongFormatError)):
            extract(packed(tmp_path / name, **parts), "a")


@pytest.mark.parametrize("kind", ["odt", "rtf"])
def test_what_libreoffice_writes_says_what_word_said(tmp_path: Path, kind: str):
    if shutil.which("soffice") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI must install LibreOffice")
        pytest.skip("LibreOffice is not installed")
    document = docx.Document()
    document.add_heading("Bridges", 1)
    document.add_paragraph("The third brigade waited for a bridge.")
    document.add_paragraph("Fuel", style="List Bullet")
    path = tmp_path / "a.docx"
    document.save(str(path))
    command = ["soffice", "--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(path)]
    subprocess.run(
        command,
        check=True,
        capture_output=True,
        timeout=180,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    text = extract(tmp_path / f"a.{kind}", "a").text
    for words in ("Bridges", "The third brigade waited for a bridge.", "Fuel"):
        assert words in text


def test_charts_and_diagrams_of_slides_are_read(tmp_path: Path):
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Bridges"
    data = CategoryChartData()
    data.categories = ["North", "South"]
    data.add_series("2019", (4.3, 5))
    kind = XL_CHART_TYPE.COLUMN_CLUSTERED
    chart = slide.shapes.add_chart(kind, 0, 0, 9_000, 9_000, data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "Load by bridge"
    nodes = (
        f'<d:dataModel xmlns:d="{DIAGRAM}" xmlns:a="{A[1:-1]}"><d:ptLst><d:pt><d:t><a:p><a:r>'
        "<a:t>Falls ill</a:t></a:r></a:p></d:t></d:pt></d:ptLst></d:dataModel>"
    )
    name = PackURI("/ppt/diagrams/data1.xml")
    part = Part(name, "application/xml", slide.part.package, nodes.encode())
    relation = slide.part.relate_to(part, "http://a.example/diagramData")
    frame = deepcopy(next(one for one in slide.shapes if one.has_chart)._element)
    found = next(frame.iter(f"{A}graphicData"))
    found.set("uri", DIAGRAM)
    found.remove(found[0])
    ids = etree.SubElement(found, f"{{{DIAGRAM}}}relIds")
    ids.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm", relation)
    slide.shapes._spTree.append(frame)
    deck.save(str(tmp_path / "a.pptx"))
    source = extract(tmp_path / "a.pptx", "a")
    assert told(source) == [
        ("heading", "Bridges"),
        ("caption", "Load by bridge"),
        ("table", "| 2019"),
        ("table", "North | 4.3"),
        ("table", "South | 5"),
        ("body", "Falls ill"),
    ]
    assert {zone.page for zone in source.zones} == {1}


def test_a_presentation_without_a_part_it_must_have_is_told_as_damaged(tmp_path: Path):
    deck = pptx.Presentation()
    deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = "Posture"
    whole, broken = tmp_path / "whole.pptx", tmp_path / "broken.pptx"
    deck.save(str(whole))
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "ppt/slides/slide1.xml":
                data = re.sub(rb"<p:cSld.*?</p:cSld>", b"", data, flags=re.DOTALL)
            new.writestr(name, data)
    with pytest.raises(DamagedFileError):
        extract(broken, "x")


def one_slide(path: Path, **parts: bytes) -> Path:
    """A presentation of one slide with some of its parts put in another's place."""
    made = pptx.Presentation()
    made.slides.add_slide(made.slide_layouts[5]).shapes.title.text = "Posture"
    whole = path.with_suffix(".whole")
    made.save(str(whole))
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(Path(name).stem, old.read(name)))
    return path


def test_a_picture_in_a_presentation_is_not_unpacked(tmp_path: Path):
    path = one_slide(tmp_path / "a.pptx", thumbnail=bytes(300_000_000))
    assert path.stat().st_size < 1_000_000
    tracemalloc.start()
    source = extract(path, "a")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert source.text == "Posture" and peak < 100_000_000


def test_a_slide_under_another_ending_does_not_go_round_the_checks(tmp_path: Path):
    whole = one_slide(tmp_path / "a.pptx")
    path = tmp_path / "b.pptx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b"slides/slide1.xml", b"slides/slide1.bin")
            new.writestr(name.replace("slides/slide1.xml", "slides/slide1.bin"), data)
    with pytest.raises(DamagedFileError):
        extract(path, "a")


def test_many_notes_in_one_paragraph_are_read_in_time_and_keep_their_places(tmp_path: Path):
    note = '<t:note t:id="n{0}"><t:note-body><t:p>note {0}</t:p></t:note-body></t:note>'
    body = "".join(f"w{number}{note.format(number)} " for number in range(30_000))
    begun = time.process_time()
    source = extract(odt(tmp_path / "a.odt", f"<t:p>{body}</t:p>"), "a")
    assert time.process_time() - begun < 6
    third = next(zone for zone in source.zones if source.text[zone.start : zone.end] == "note 3")
    assert source.text[: third.anchor].endswith(" w3")


STYLES = (
    '<o:document-styles xmlns:o="{office}" xmlns:t="{text}" '
    'xmlns:s="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><o:master-styles>'
    "<s:master-page><s:header><t:p>SECRET//NOFORN</t:p></s:header>"
    "<s:footer><t:p>Page 2 of 3</t:p></s:footer></s:master-page>"
    "</o:master-styles></o:document-styles>"
)


def test_a_banner_above_every_page_of_an_opendocument_text_marks_it(tmp_path: Path):
    path = odt(tmp_path / "a.odt", "<t:p>The third waited.</t:p>")
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("styles.xml", STYLES.format(office=OFFICE, text=TEXT))
    source = extract(path, "a")
    assert source.marking == "SECRET//NOFORN" and source.text == "The third waited."
    assert ("running-foot", "Page 2 of 3") in told(source)


def test_a_banner_on_the_layout_or_the_master_of_slides_marks_them(tmp_path: Path):
    for number, where in enumerate(("layout", "master")):
        deck = pptx.Presentation()
        layout = deck.slide_layouts[5]
        slide = deck.slides.add_slide(layout)
        slide.shapes.title.text = "The third waited"
        box = slide.shapes.add_textbox(0, 0, 9_000, 9_000)
        box.text_frame.text = "SECRET//NOFORN"
        behind = layout if where == "layout" else layout.slide_master
        behind.shapes._spTree.append(box._element)
        deck.save(str(tmp_path / f"{number}.pptx"))
        source = extract(tmp_path / f"{number}.pptx", "a")
        assert source.marking == "SECRET//NOFORN" and source.text == "The third waited"


def test_a_banner_in_the_header_of_an_rtf_marks_it(tmp_path: Path):
    path = tmp_path / "a.rtf"
    for group in (
        r"{\header\pard SECRET//NOFORN\par}",
        r"{\footerf {\b SECRET}//NOFORN \par}",
        r"{\headerl \{ \par SECRET//NOFORN\par}",
    ):
        path.write_text(r"{\rtf1\ansi " + group + r" The third waited.\par}")
        source = extract(path, "a")
        assert source.marking == "SECRET//NOFORN" and source.text == "The third waited."
    path.write_text(r"{\rtf1\ansi The third waited." + r"{\header " * 5_000)
    assert extract(path, "a").text == "The third waited."


def test_a_cell_of_an_opendocument_table_is_read_once_and_without_its_comments(tmp_path: Path):
    noted = (
        '<t:p>Third<t:note t:id="n"><t:note-body><t:p>Of three.</t:p></t:note-body></t:note>'
        "<o:annotation><dc:creator>Ana</dc:creator><t:p>So?</t:p></o:annotation></t:p>"
    )
    inner = (
        "<b:table><b:table-row><b:table-cell><t:p>900</t:p></b:table-cell></b:table-row></b:table>"
    )
    body = (
        f"<b:table><b:table-row><b:table-cell>{noted}</b:table-cell><b:table-cell>"
        "<t:list><t:list-item><t:p>fuel</t:p></t:list-item></t:list>"
        f"{inner}</b:table-cell></b:table-row></b:table>"
    )
    assert told(extract(odt(tmp_path / "a.odt", body), "a")) == [
        ("table", "Third | fuel"),
        ("comment", "Ana: So?"),
        ("table", "900"),
        ("footnote", "Of three."),
    ]
