"""Word documents: what a reader sees is read, what is not seen is not, notes keep their place."""

import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from docx_parts import numbered, p, part, r, read, told, written
from real_data import real_data_folder

from pipeline.errors import DamagedFileError, ExtractionError, WrongFormatError
from pipeline.extract import extract


def test_a_note_keeps_the_place_of_its_mark(tmp_path: Path):
    body = p(
        r("The third brigade")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
        + r(" waited for a bridge.")
        + '<w:r><w:endnoteReference w:id="1"/></w:r>'
    )
    notes = part(
        "footnotes",
        '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{p(r("Of three."))}</w:footnote>',
    )
    ends = part("endnotes", f'<w:endnote w:id="1">{p(r("It never came."))}</w:endnote>')
    source = read(tmp_path, body, footnotes=notes, endnotes=ends)
    assert source.text == "The third brigade waited for a bridge.\n\nOf three.\n\nIt never came."
    anchors = [zone.anchor for zone in source.zones if zone.kind == "footnote"]
    assert [source.text[:at] for at in anchors] == [
        "The third brigade",
        "The third brigade waited for a bridge.",
    ]


def test_changes_are_read_as_accepted_and_hidden_words_are_counted(tmp_path: Path):
    body = p(
        r("They ")
        + "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        + f"<w:ins>{r('often ')}</w:ins>"
        + f"<w:moveFrom>{r('gone ')}</w:moveFrom><w:moveTo>{r('moved ')}</w:moveTo>"
        + r("secretly ", "<w:vanish/>")
        + r("met.")
    )
    source = read(tmp_path, body)
    assert source.text == "They often moved met."
    assert source.warnings == ("1 stretches of hidden text are left out",)


def test_text_boxes_and_content_controls_are_read_once(tmp_path: Path):
    box = f"<w:txbxContent>{p(r('In the box.'))}</w:txbxContent>"
    body = (
        p(
            r("Before.")
            + f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
            + f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
        )
        + f"<w:sdt><w:sdtContent>{p(r('Controlled.'))}</w:sdtContent></w:sdt>"
    )
    assert read(tmp_path, body).text == "Before.\n\nIn the box.\n\nControlled."


def test_comments_and_heads_stand_apart(tmp_path: Path):
    comments = part(
        "comments", f'<w:comment w:id="0" w:author="Ana">{p(r("Is this so?"))}</w:comment>'
    )
    source = read(tmp_path, p(r("It is.")), comments=comments, header1=part("hdr", p(r("Draft 2"))))
    assert source.text == "It is."
    assert told(source) == [
        ("running-head", "Draft 2"),
        ("body", "It is."),
        ("comment", "Ana: Is this so?"),
    ]


def test_lists_are_numbered_as_word_prints_them(tmp_path: Path):
    def level(depth: int, form: str, text: str) -> str:
        return (
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
        )

    levels = (
        level(0, "decimal", "%1.")
        + level(1, "lowerLetter", "%1.%2)")
        + level(2, "lowerRoman", "(%3)")
    )
    numbering = part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="8">{level(0, "bullet", "x")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>',
    )
    body = "".join(
        [
            numbered(1, 0, "one"),
            numbered(1, 1, "first"),
            numbered(1, 1, "second"),
            numbered(1, 2, "deep"),
            numbered(1, 0, "two"),
            numbered(1, 1, "anew"),
            numbered(2, 0, "bullet"),
            numbered(3, 0, "five"),
        ]
    )
    source = read(tmp_path, body, numbering=numbering)
    assert source.text.split("\n\n") == [
        "1. one",
        "1.a) first",
        "1.b) second",
        "(i) deep",
        "2. two",
        "2.a) anew",
        "bullet",
        "5. five",
    ]
    assert {zone.kind for zone in source.zones} == {"list-item"}


def test_rows_of_a_table_keep_their_header_names(tmp_path: Path):
    def row(cells: list[str], look: str = "") -> str:
        return f"<w:tr>{look}{''.join(f'<w:tc>{p(r(c))}</w:tc>' for c in cells)}</w:tr>"

    head = row(["Unit", "Strength"], "<w:trPr><w:tblHeader/></w:trPr>")
    body = f"<w:tbl>{head}{row(['Third', '900'])}{row(['Fourth', '1,100'])}</w:tbl>"
    source = read(tmp_path, body)
    assert source.text.split("\n\n") == ["Unit | Strength", "Third | 900", "Fourth | 1,100"]
    assert [zone.columns for zone in source.zones] == [
        (),
        ("Unit", "Strength"),
        ("Unit", "Strength"),
    ]


def test_headings_are_told_by_style_and_by_outline(tmp_path: Path):
    styles = part(
        "styles",
        '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="Eigen"><w:name w:val="Own"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>'
        "</w:style>",
    )
    body = p(r("One"), "berschrift1") + p(r("Two"), "Eigen") + p(r("Words."))
    assert [kind for kind, _ in told(read(tmp_path, body, styles=styles))] == [
        "heading",
        "heading",
        "body",
    ]


def test_what_the_file_claims_of_itself_is_proposed(tmp_path: Path):
    path = written(tmp_path, p(r("Words.")))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(
            "docProps/core.xml",
            '<c xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">'
            "<dc:title>A plan</dc:title><t:created>2024-05-02T10:00:00Z</t:created></c>",
        )
    assert extract(path, "a").proposals == (("date", "2024-05-02"), ("title", "A plan"))


@pytest.mark.parametrize(
    ("document", "error"),
    [
        (b"<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", DamagedFileError),
        (b"<a><b></a>", DamagedFileError),
        (b"<a>" + b"<b>" * 100_000, DamagedFileError),
        (b"A" * 70_000_000, DamagedFileError),
    ],
)
def test_hostile_parts_are_refused(tmp_path: Path, document: bytes, error: type):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", document)
    path = tmp_path / "a.docx"
    path.write_bytes(stream.getvalue())
    with pytest.raises(error):
        extract(path, "a")


def test_another_package_is_no_word_document(tmp_path: Path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("content.xml", "<a/>")
    with pytest.raises(WrongFormatError):
        extract(path, "a")


def test_deep_nesting_ends_in_words_or_a_message(tmp_path: Path):
    deep = "<w:sdt><w:sdtContent>" * 120 + p(r("Deep.")) + "</w:sdtContent></w:sdt>" * 120
    try:
        assert extract(written(tmp_path, p(r("Words.")) + deep), "a").text.startswith("Words.")
    except ExtractionError as error:
        assert error.remedy


def office(name: str) -> Path:
    return real_data_folder() / "office" / f"{name}.docx"


def test_paragraphs_between_lists_are_no_list_items_in_a_real_document():
    kinds = {words: kind for kind, words in told(extract(office("word_sample"), "a"))}
    assert kinds["Also, don\u2019t forget:"] == kinds["Hmm, what else\u2026"] == "body"
    assert kinds["Paddle about"] == kinds["1. Wear sunglasses"] == "list-item"
    assert kinds["2"] == "page-number"


@pytest.mark.parametrize(
    "name", ["docx_comments", "docx_lists", "unit_test_headers", "word_sample"]
)
def test_a_document_saved_anew_by_libreoffice_reads_the_same(tmp_path: Path, name: str):
    if shutil.which("soffice") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI must install LibreOffice")
        pytest.skip("LibreOffice is not installed")
    path = office(name)
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "docx", "--outdir", str(tmp_path), str(path)],
        check=True,
        capture_output=True,
        timeout=180,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    one, two = extract(path, "a"), extract(tmp_path / path.name, "a")
    assert told(one) == told(two)
    assert [zone.columns for zone in one.zones] == [zone.columns for zone in two.zones]
    assert [zone.anchor for zone in one.zones] == [zone.anchor for zone in two.zones]
