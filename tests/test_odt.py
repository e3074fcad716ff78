"""OpenDocument texts: list numbers, hidden words, boxes, changes, notes, comments, tables."""

import zipfile
from pathlib import Path

import pytest
from source_invariants import holds

from pipeline.errors import EncryptedFileError
from pipeline.extract import extract
from pipeline.model.source import Source

URN = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(
    f'xmlns:{short}="{URN}{name}:1.0"'
    for short, name in (
        *(("o", "office"), ("t", "text"), ("b", "table"), ("s", "style"), ("d", "drawing")),
        *(("m", "manifest"),),
    )
)
NUMBERED = (
    '<t:list-style s:name="L"><t:list-level-style-number t:level="1" s:num-format="1" '
    's:num-suffix="."/><t:list-level-style-number t:level="2" s:num-format="a" '
    's:num-suffix=")" t:start-value="3"/><t:list-level-style-number t:level="3" '
    's:num-format="I" t:display-levels="3"/></t:list-style>'
    '<t:list-style s:name="Dots"><t:list-level-style-bullet t:level="1"/></t:list-style>'
    '<t:list-style s:name="None"><t:list-level-style-number t:level="1" s:num-format=""/>'
    "</t:list-style>"
)

L = ' t:style-name="L"'


def read(tmp_path: Path, body: str, own: str = "", **parts: str) -> Source:
    content = (
        f'<o:document-content {SPACES} xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<o:automatic-styles>{own}</o:automatic-styles>"
        f"<o:body><o:text>{body}</o:text></o:body></o:document-content>"
    )
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("content.xml", content)
        for name, root in parts.items():
            package.writestr(name.replace("__", "/") + ".xml", root)
    source = extract(path, "a")
    holds(source)
    return source


def told(source: Source) -> list[tuple[str, str]]:
    return [(zone.kind, zone.aside or source.text[zone.start : zone.end]) for zone in source.zones]


def hiding(name: str, family: str, more: str = "", display: str = "none") -> str:
    return (
        f'<s:style s:name="{name}" s:family="{family}"{more}>'
        f'<s:text-properties t:display="{display}"/></s:style>'
    )


def items(*words: str, more: str = L) -> str:
    inner = "".join(f"<t:list-item><t:p>{one}</t:p></t:list-item>" for one in words)
    return f"<t:list{more}>{inner}</t:list>"


@pytest.mark.parametrize(
    ("second", "labels"),
    [
        (items("c"), ["1. a", "2. b", "1. c"]),
        (items("c", more=f"{L} t:continue-numbering='true'"), ["1. a", "2. b", "3. c"]),
        (items("c", more=f"{L} t:continue-list='one'"), ["1. a", "2. b", "3. c"]),
        (items("c", more=' t:style-name="Dots"'), ["1. a", "2. b", "c"]),
        (items("c", more=' t:style-name="unknown"'), ["1. a", "2. b", "c"]),
        (
            '<t:list t:style-name="L"><t:list-item t:start-value="7"><t:p>c</t:p><t:p>more</t:p>'
            "</t:list-item><t:list-header><t:p>head</t:p></t:list-header></t:list>",
            ["1. a", "2. b", "7. c", "more", "head"],
        ),
    ],
)
def test_a_list_prints_its_numbers(tmp_path: Path, second: str, labels: list[str]):
    first = items("a", "b", more=' t:style-name="L" xml:id="one"')
    source = read(tmp_path, f"{first}<t:p>Between.</t:p>{second}", NUMBERED)
    assert [words for kind, words in told(source) if kind == "list-item"] == labels


def test_levels_count_each_for_itself_and_begin_anew_below_a_higher_one(tmp_path: Path):
    deepest = items("x", "y", more="")
    deep = (
        f"<t:list><t:list-item><t:p>b</t:p>{deepest}</t:list-item>"
        "<t:list-item><t:p>c</t:p></t:list-item></t:list>"
    )
    again = items("e", more="")
    body = (
        f'<t:list t:style-name="L"><t:list-item><t:p>a</t:p>{deep}</t:list-item>'
        f"<t:list-item><t:p>d</t:p>{again}</t:list-item></t:list>"
    )
    assert [words for _, words in told(read(tmp_path, body, NUMBERED))] == [
        *("1. a", "c) b", "1.c.I x", "1.c.II y", "d) c", "2. d", "c) e"),
    ]


def test_a_list_that_prints_nothing_is_paragraphs_and_one_may_come_with_a_style(tmp_path: Path):
    styles = NUMBERED + '<s:style s:name="P" s:family="paragraph" s:list-style-name="L"/>'
    by_style = '<t:list><t:list-item><t:p t:style-name="P">c</t:p></t:list-item></t:list>'
    body = items("a", more=' t:style-name="None"') + by_style
    assert told(read(tmp_path, body, styles)) == [("body", "a"), ("list-item", "1. c")]


def test_headings_bear_the_numbers_of_the_outline(tmp_path: Path):
    outline = (
        f"<o:document-styles {SPACES}><o:styles><t:outline-style>"
        '<t:outline-level-style t:level="1" s:num-format="1"/>'
        '<t:outline-level-style t:level="2" s:num-format="1" t:display-levels="2"/>'
        "</t:outline-style></o:styles></o:document-styles>"
    )
    plain = '<s:style s:name="Plain" s:family="paragraph" s:list-style-name=""/>'
    body = (
        '<t:h t:outline-level="1">Ports</t:h><t:h t:outline-level="2">Cranes</t:h>'
        '<t:h t:outline-level="1" t:style-name="Plain">Thanks</t:h>'
        '<t:h t:outline-level="1">Rails</t:h><t:h t:outline-level="2">Gauges</t:h>'
    )
    source = read(tmp_path, body, plain, styles=outline)
    assert told(source) == [
        ("heading", words) for words in ("1 Ports", "1.1 Cranes", "Thanks", "2 Rails", "2.1 Gauges")
    ]


@pytest.mark.parametrize(
    ("hidden", "text", "count"),
    [
        ('<t:p>Seen <t:span t:style-name="T">and not </t:span>here.</t:p>', "Seen here.", 1),
        ('<t:p>Seen.</t:p><t:p t:style-name="P">Not.</t:p>', "Seen.", 1),
        ('<t:p>Seen.</t:p><t:p t:style-name="Child">Not.</t:p>', "Seen.", 1),
        (
            '<t:p t:style-name="P">Not <t:span t:style-name="Shown">but this</t:span>.</t:p>',
            "but this",
            2,
        ),
        ('<t:p>Seen.</t:p><t:section t:display="none"><t:p>Not.</t:p></t:section>', "Seen.", 1),
        (
            '<t:p>Seen<t:hidden-text t:is-hidden="true">not</t:hidden-text>.</t:p>',
            "Seen.",
            1,
        ),
        ("<t:p>Seen <t:hidden-text>too</t:hidden-text>.</t:p>", "Seen too.", 0),
        (
            '<t:p>Seen.</t:p><t:p>Not<t:hidden-paragraph t:is-hidden="true"/>.'
            "<d:frame><d:text-box><t:p>nor this</t:p></d:text-box></d:frame></t:p>",
            "Seen.",
            2,
        ),
    ],
)
def test_hidden_words_are_left_out_and_counted(tmp_path: Path, hidden: str, text: str, count: int):
    styles = (
        hiding("T", "text")
        + hiding("P", "paragraph")
        + hiding("Shown", "text", display="true")
        + '<s:style s:name="Child" s:family="paragraph" s:parent-style-name="P"/>'
        + '<s:style s:name="P" s:family="text"/>'
    )
    source = read(tmp_path, hidden, styles)
    assert source.text == text
    expected = [f"{count} stretches of hidden text are left out"] if count else []
    assert list(source.warnings) == expected


def test_boxes_and_shapes_are_blocks_of_their_own_wherever_they_are_anchored(tmp_path: Path):
    def box(words: str) -> str:
        return (
            f"<d:frame><d:text-box><t:p>{words}</t:p></d:text-box>"
            '<svg:title xmlns:svg="x">no words</svg:title></d:frame>'
        )

    body = (
        f"{box('To the page.')}<t:p>Boxed:{box('Once.')}<t:span>{box('Twice.')}</t:span> on.</t:p>"
        "<d:g><d:custom-shape><t:p>In a shape.</t:p></d:custom-shape></d:g>"
        f"<b:table><b:table-row><b:table-cell><t:p>Cell{box('boxed')}</t:p></b:table-cell>"
        "</b:table-row></b:table>"
    )
    assert [words for _, words in told(read(tmp_path, body))] == [
        *("To the page.", "Boxed: on.", "Once.", "Twice.", "In a shape.", "Cell boxed"),
    ]


def test_what_is_embedded_is_said_to_be_left_out(tmp_path: Path):
    body = "<t:p>As drawn.<d:frame><d:object/></d:frame><d:frame><d:image/></d:frame></t:p>"
    [warning] = read(tmp_path, body).warnings
    assert warning.startswith("1 embedded objects (formulas, charts")


def test_a_comment_stands_behind_the_words_it_speaks_of_and_says_which(tmp_path: Path):
    author = "<dc:creator>Ana</dc:creator><dc:date>2024-01-01</dc:date>"
    body = (
        f'<t:p>The <o:annotation o:name="c">{author}<t:p>Which?</t:p><t:p>When?</t:p>'
        '</o:annotation>third</t:p><t:p>waited<o:annotation-end o:name="c"/> long.</t:p>'
        "<t:p>Then it went.</t:p>"
        '<t:p>On<o:annotation o:name="open"><t:p>Lost.</t:p></o:annotation>.</t:p>'
    )
    source = read(tmp_path, body)
    assert told(source) == [
        ("body", "The third"),
        ("body", "waited long."),
        ("comment", "Ana on \u201cthird waited\u201d: Which? When?"),
        ("body", "Then it went."),
        ("body", "On."),
        ("comment", "somebody on \u201c.\u201d: Lost."),
    ]
    comment = next(zone for zone in source.zones if zone.kind == "comment")
    assert source.text[: comment.anchor].endswith("waited")


def test_notes_follow_the_text_footnotes_before_endnotes(tmp_path: Path):
    def note(kind: str, words: str) -> str:
        return (
            f'<t:note t:note-class="{kind}"><t:note-citation>9</t:note-citation>'
            f"<t:note-body><t:p>{words}</t:p><t:p>more</t:p></t:note-body></t:note>"
        )

    body = f"<t:p>One{note('endnote', 'last')} two{note('footnote', 'first')}.</t:p>"
    source = read(tmp_path, body)
    assert told(source)[1:] == [("footnote", "first more"), ("footnote", "last more")]
    assert [source.text[: zone.anchor] for zone in source.zones[1:]] == ["One two", "One"]


def cells(*words: str, more: str = "", style: str = "") -> str:
    named = f' t:style-name="{style}"' if style else ""
    inner = "".join(f"<b:table-cell{more}><t:p{named}>{one}</t:p></b:table-cell>" for one in words)
    return inner


def row(inner: str) -> str:
    return f"<b:table-row>{inner}</b:table-row>"


def test_a_first_row_in_the_style_for_headings_names_the_columns(tmp_path: Path):
    styles = (
        '<s:style s:name="P1" s:family="paragraph" s:parent-style-name="Table_20_Heading"/>'
        '<s:style s:name="Table_20_Heading" s:family="paragraph"/>'
    )
    table = row(cells("Unit", "Strength", style="P1")) + row(cells("Third", "900"))
    source = read(tmp_path, f"<b:table>{table}</b:table>", styles)
    assert [zone.columns for zone in source.zones] == [(), ("Unit", "Strength")]


def test_cells_over_columns_and_rows_keep_the_others_in_their_columns(tmp_path: Path):
    covered = "<b:covered-table-cell/>"
    spanned = ' b:number-columns-spanned="2"'
    table = (
        f"<b:table-header-rows>{row(cells('Bridge') + cells('Load', more=spanned) + covered)}"
        f"{row(cells('', 'before', 'after'))}</b:table-header-rows>"
        + row(cells("North", "40", "30"))
        + row(cells("South") + cells("none", more=spanned) + covered)
        + row(f"{covered}{cells('20', '10')}")
    )
    source = read(tmp_path, f"<b:table>{table}</b:table>")
    assert [words for _, words in told(source)] == [
        *("Bridge | Load", "| before | after", "North | 40 | 30", "South | none", "| 20 | 10"),
    ]
    assert [zone.columns for zone in source.zones[2:]] == [
        ("Bridge", "Load before", "Load after"),
        ("Bridge", "Load before Load after"),
        ("Bridge", "Load before", "Load after"),
    ]


def test_a_head_of_a_page_is_read_with_the_styles_of_its_own_part(tmp_path: Path):
    master = (
        f"<o:document-styles {SPACES}><o:automatic-styles>{hiding('P1', 'paragraph')}"
        "</o:automatic-styles><o:master-styles><s:master-page><s:header>"
        '<t:p t:style-name="P1">Hidden</t:p><t:p>CUI</t:p></s:header>'
        "<s:footer><t:p>12</t:p></s:footer></s:master-page><s:master-page><s:header>"
        "<t:p>CUI</t:p></s:header></s:master-page></o:master-styles></o:document-styles>"
    )
    own = '<s:style s:name="P1" s:family="paragraph"/>'
    source = read(tmp_path, '<t:p t:style-name="P1">Seen.</t:p>', own, styles=master)
    assert source.text == "Seen." and source.marking == "CUI"
    assert told(source) == [("marking", "CUI"), ("page-number", "12"), ("body", "Seen.")]


def test_a_file_with_a_password_is_said_to_have_one(tmp_path: Path):
    locked = (
        f'<m:manifest {SPACES}><m:file-entry m:full-path="content.xml">'
        "<m:encryption-data/></m:file-entry></m:manifest>"
    )
    with pytest.raises(EncryptedFileError):
        read(tmp_path, "<t:p>x</t:p>", **{"META-INF__manifest": locked})
