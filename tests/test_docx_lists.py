"""Lists and headings of Word documents as their styles, levels and numbers make them."""

import os
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx_parts import numbered, p, part, r, read, style, told
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract import extract
from pipeline.extract.docx_numbers import Level, ListForm, Numbering
from pipeline.extract.numerals import written


def level(depth: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, lists: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'):
    form = f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
    return part("numbering", form + lists)


def in_list(number: int, depth: int = -1) -> str:
    deep = f'<w:ilvl w:val="{depth}"/>' if depth >= 0 else ""
    return f'<w:pPr><w:numPr>{deep}<w:numId w:val="{number}"/></w:numPr></w:pPr>'


TWO = (level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)", '<w:pStyle w:val="Deeper"/>'))


def test_a_style_and_what_is_based_on_it_put_paragraphs_in_a_list(tmp_path: Path):
    styles = part(
        "styles",
        style("Step", in_list(1))
        + style("Own Step", based_on="Step")
        + style("Deeper", in_list(1))
        + style("Deep by level", in_list(1, 1)),
    )
    body = (
        p(r("one"), "Step")
        + p(r("two"), "OwnStep")
        + p(r("under"), "Deeper")
        + p(r("under"), "Deepbylevel")
        + p(r("three"), "OwnStep")
    )
    assert told(read(tmp_path, body, styles=styles, numbering=numbering(*TWO))) == [
        ("list-item", "1. one"),
        ("list-item", "2. two"),
        ("list-item", "a) under"),
        ("list-item", "b) under"),
        ("list-item", "3. three"),
    ]


def test_the_number_nought_takes_a_paragraph_or_a_style_out_of_its_list(tmp_path: Path):
    styles = part(
        "styles",
        style("List Bullet", in_list(1)) + style("Plain", in_list(0), based_on="ListBullet"),
    )
    off = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    body = (
        p(r("in"), "ListBullet")
        + p(r("Also, do not forget:"), "ListBullet", off)
        + p(r("out"), "Plain")
        + p(r("in again"), "ListBullet")
    )
    source = read(tmp_path, body, styles=styles, numbering=numbering(level(0, "decimal", "%1.")))
    assert told(source) == [
        ("list-item", "1. in"),
        ("body", "Also, do not forget:"),
        ("body", "out"),
        ("list-item", "2. in again"),
    ]


@pytest.mark.parametrize(
    ("name", "levels", "kind"),
    [
        ("List Paragraph", "", "body"),
        ("List Continue", "", "body"),
        ("Listing", "", "body"),
        ("List of Tables", "", "body"),
        ("List 2", "", "list-item"),
        ("Any", level(0, "none", ""), "body"),
        ("Any", level(0, "decimal", ""), "body"),
        ("Any", level(0, "bullet", "\u00b7"), "list-item"),
        ("Any", level(0, "none", "Note:"), "list-item"),
    ],
)
def test_a_paragraph_before_which_nothing_is_printed_is_no_list_item(
    tmp_path: Path, name: str, levels: str, kind: str
):
    styles = part("styles", style(name, in_list(1) if levels else ""))
    body = p(r("words"), name.replace(" ", ""))
    source = read(tmp_path, body, styles=styles, numbering=numbering(levels))
    assert [zone.kind for zone in source.zones] == [kind]


def test_a_list_that_is_not_defined_makes_no_list_items(tmp_path: Path):
    assert told(read(tmp_path, numbered(7, 0, "words"))) == [("body", "words")]


def test_empty_paragraphs_of_a_list_are_counted_as_they_are_printed(tmp_path: Path):
    body = numbered(1, 0, "one") + numbered(1, 0, "") + numbered(1, 0, "three")
    deleted = '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1" w:author="A"/></w:rPr>'
    body += p("", more=deleted) + numbered(1, 0, "four")
    source = read(tmp_path, body, numbering=numbering(*TWO))
    assert [words for _, words in told(source)] == ["1. one", "3. three", "4. four"]


def test_headings_are_known_by_what_their_styles_are_based_on(tmp_path: Path):
    styles = part(
        "styles",
        style("heading 2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
        + style("Chapter", based_on="heading2")
        + style("Own Chapter", based_on="Chapter")
        + style("Plain again", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>', based_on="heading2")
        + style("Heading bare")
        + style("Based on bare", based_on="Headingbare")
        + style("Circle", based_on="Circle2")
        + style("Circle2", based_on="Circle"),
    )
    names = ["OwnChapter", "Plainagain", "Basedonbare", "Circle"]
    body = "".join(p(r(name), name) for name in names)
    body += p(r("by itself"), more='<w:outlineLvl w:val="2"/>')
    body += p(r("taken out"), "Chapter", '<w:outlineLvl w:val="9"/>')
    assert [kind for kind, _ in told(read(tmp_path, body, styles=styles))] == [
        "heading",
        "body",
        "heading",
        "body",
        "heading",
        "body",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "\u00dcberschrift 1",
        "Titre 2",
        "T\u00edtulo 1",
        "Kop 1",
        "Rubrik 1",
        "Nag\u0142\u00f3wek 1",
        "\u0417\u0430\u0433\u043e\u043b\u043e\u0432\u043e\u043a 1",
        "\u6807\u9898 1",
        "Titel",
    ],
)
def test_headings_are_known_by_the_names_other_languages_have(tmp_path: Path, name: str):
    styles = part(
        "styles",
        f'<w:style w:type="paragraph" w:styleId="a"><w:name w:val="{name}"/></w:style>',
    )
    assert told(read(tmp_path, p(r("One"), "a"), styles=styles)) == [("heading", "One")]


@settings(max_examples=250, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=30))
def test_list_numbers_are_those_of_a_table_of_contents(depths: list[int]):
    pattern = ["%1", "%1.%2", "%1.%2.%3", "%1.%2.%3.%4"]
    levels = {depth: Level(text=one) for depth, one in enumerate(pattern)}
    numbers = Numbering({"1": ListForm("0", levels)})
    counts = [0, 0, 0, 0]
    for depth in depths:
        counts[depth] += 1
        counts[depth + 1 :] = [0] * (3 - depth)
        expected = ".".join(str(count or 1) for count in counts[: depth + 1])
        assert numbers.label("1", depth) == expected


def test_lists_of_one_definition_count_on_unless_one_starts_anew():
    levels = {0: Level(form="lowerLetter", text="%1)"), 1: Level(text="%1.%2")}
    lists = {"1": ListForm("0", levels), "2": ListForm("0", levels, {0: 1, 1: 5})}
    numbers = Numbering(lists)
    order = [("1", 0), ("1", 0), ("2", 0), ("1", 0), ("2", 1), ("2", 0), ("2", 1)]
    labels = [numbers.label(*one) for one in order]
    assert labels == ["a)", "b)", "a)", "b)", "b.5", "c)", "c.5"]


@pytest.mark.parametrize(
    ("count", "form", "text"),
    [
        (27, "lowerLetter", "aa"),
        (28, "upperLetter", "BB"),
        (1994, "upperRoman", "MCMXCIV"),
        (7, "decimalZero", "07"),
        (112, "ordinal", "112th"),
        (3, "ordinal", "3rd"),
        (0, "lowerRoman", "0"),
        (5, "chicago", "5"),
    ],
)
def test_counts_are_written_as_word_writes_them(count: int, form: str, text: str):
    assert written(count, form) == text


def test_lists_have_the_numbers_that_libreoffice_prints(tmp_path: Path):
    if shutil.which("soffice") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI must install LibreOffice")
        pytest.skip("LibreOffice is not installed")
    document = docx.Document()
    root = document.part.numbering_part.element
    levels = (
        level(0, "upperRoman", "Part %1:"),
        level(1, "decimal", "%1.%2"),
        level(2, "lowerLetter", "(%3)"),
    )
    space = nsdecls("w")
    form = f'<w:abstractNum {space} w:abstractNumId="90">{"".join(levels)}</w:abstractNum>'
    root.insert(0, parse_xml(form))
    root.append(parse_xml(f'<w:num {space} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride>'
    root.append(
        parse_xml(f'<w:num {space} w:numId="91"><w:abstractNumId w:val="90"/>{again}</w:num>')
    )
    order = [(90, 0), (90, 1), (90, 1), (90, 2), (90, 0), (90, 1), (90, 2), (91, 0), (91, 1)]
    for place, (list_id, depth) in enumerate(order):
        paragraph = document.add_paragraph(f"item {place}" if place != 4 else "")
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = depth
        properties.get_or_add_numId().val = list_id
    document.add_paragraph("no number").style = "List Number"
    off = document.paragraphs[-1]._p.pPr.get_or_add_numPr()
    off.append(OxmlElement("w:numId"))
    off[-1].set(qn("w:val"), "0")
    path = tmp_path / "a.docx"
    document.save(str(path))
    command = ["soffice", "--headless", "--convert-to", "txt:Text (encoded):UTF8", str(path)]
    subprocess.run(
        [*command, "--outdir", str(tmp_path)],
        check=True,
        capture_output=True,
        timeout=180,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    printed = (tmp_path / "a.txt").read_text("utf-8-sig").splitlines()
    expected = [" ".join(line.split()) for line in printed if "item" in line or "no" in line]
    assert extract(path, "a").text.split("\n\n") == expected
    assert "Part IV: item 7" in expected
