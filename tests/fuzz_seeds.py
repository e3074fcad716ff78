"""Small files of the kinds that no real ones are kept of, to be changed by ``fuzz_extract``.

Each has a little of everything its reader knows. The same bytes come out each time.
"""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pptx

_WHEN = (2024, 1, 1, 0, 0, 0)
_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(
    f'xmlns:{short}="{_URN}{name}:1.0"'
    for short, name in (
        *(("o", "office"), ("t", "text"), ("b", "table"), ("s", "style"), ("d", "drawing")),
    )
)


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP package of parts, the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, _WHEN), content)
    return out.getvalue()


def _odt() -> bytes:
    styles = (
        '<s:style s:name="P1" s:family="paragraph" s:list-style-name="L"/>'
        '<s:style s:name="T1" s:family="text"><s:text-properties t:display="none"/></s:style>'
        '<t:list-style s:name="L"><t:list-level-style-number t:level="1" s:num-format="1" '
        's:num-suffix="."/><t:list-level-style-number t:level="2" s:num-format="a" '
        't:display-levels="2" t:start-value="3"/></t:list-style>'
    )
    body = (
        "<t:tracked-changes><t:changed-region><t:deletion><t:p>gone</t:p></t:deletion>"
        "</t:changed-region></t:tracked-changes>"
        '<t:h t:outline-level="1">Bridges</t:h><t:p>The <o:annotation o:name="c">'
        '<dc:creator>Ana</dc:creator><t:p>So?</t:p></o:annotation>third<o:annotation-end o:name="c"'
        '/><t:note t:note-class="endnote"><t:note-body><t:p>Of three.</t:p></t:note-body></t:note>'
        ' <t:span t:style-name="T1">hidden</t:span>waited<t:s t:c="2"/>long.<t:tab/>(S) <d:frame>'
        "<d:text-box><t:p>In a box.</t:p></d:text-box></d:frame></t:p>"
        '<t:list t:style-name="L" xml:id="one"><t:list-item t:start-value="4"><t:p>fuel</t:p>'
        '<t:list><t:list-item><t:p t:style-name="P1">diesel</t:p></t:list-item></t:list>'
        '</t:list-item></t:list><t:list t:continue-list="one"><t:list-item><t:p>food</t:p>'
        "</t:list-item></t:list><b:table><b:table-header-rows><b:table-row>"
        '<b:table-cell b:number-columns-spanned="2"><t:p>Unit</t:p></b:table-cell>'
        "<b:covered-table-cell/></b:table-row></b:table-header-rows><b:table-row>"
        '<b:table-cell b:number-columns-repeated="2"><t:p>Third</t:p></b:table-cell>'
        '</b:table-row></b:table><t:section t:display="none"><t:p>x</t:p></t:section>'
    )
    head = "<s:header><t:p>SECRET//NOFORN</t:p></s:header><s:footer><t:p>2</t:p></s:footer>"
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'<o:document-content {_SPACES} xmlns:dc="http://purl.org/dc/elements/'
            f'1.1/"><o:automatic-styles>{styles}</o:automatic-styles><o:body><o:text>{body}'
            "</o:text></o:body></o:document-content>",
            "styles.xml": f"<o:document-styles {_SPACES}><o:styles><t:outline-style>"
            '<t:outline-level-style t:level="1" s:num-format="I"/></t:outline-style></o:styles>'
            f"<o:master-styles><s:master-page>{head}</s:master-page></o:master-styles>"
            "</o:document-styles>",
            "meta.xml": f"<o:document-meta {_SPACES}><o:meta><t:title>Bridges</t:title></o:meta>"
            "</o:document-meta>",
        }
    )


def _epub() -> bytes:
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>On bridges</dc:title></metadata>'
        '<manifest><item id="toc" href="toc.xhtml" properties="nav"/>'
        '<item id="a" href="a%20b.xhtml"/></manifest><spine><itemref idref="toc"/>'
        '<itemref idref="a" linear="yes"/></spine><guide><reference type="toc" href="toc.xhtml"/>'
        "</guide></package>"
    )
    page = (
        "<?xml version='1.0' encoding='utf-8'?><html><body><section><h1>Bridges</h1>"
        '<p>The third<a href="#n"><sup>1</sup></a> waited &mdash; long.</p><ul><li>fuel</li></ul>'
        "<table><tr><th>Unit</th></tr><tr><td>Third</td></tr></table>"
        '<aside id="n"><p>1. Of three.</p></aside></section></body></html>'
    )
    links = "".join(f'<li><a href="a%20b.xhtml#{n}">Chapter {n}</a></li>' for n in range(4))
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="O/b.opf"/>'
            "</rootfiles></container>",
            "O/b.opf": opf,
            "O/toc.xhtml": f"<html><body><nav>x</nav><ol>{links}</ol></body></html>",
            "O/a b.xhtml": page,
        }
    )


def _pptx() -> bytes:
    deck = pptx.Presentation()
    deck.core_properties.modified = datetime(2024, 1, 1, tzinfo=UTC)
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Bridges"
    slide.placeholders[1].text = "The third waited.\n(S) Fuel was short."
    slide.notes_slide.notes_text_frame.text = "Say who paid."
    second = deck.slides.add_slide(deck.slide_layouts[5])
    second.shapes.title.text = "Strength"
    table = second.shapes.add_table(2, 2, 0, 0, 3_000_000, 1_000_000).table
    for place, words in enumerate(("Unit", "Strength", "Third", "900")):
        table.cell(place // 2, place % 2).text = words
    group = second.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, 9_000, 9_000).text_frame.text = "SECRET//NOFORN"
    saved = io.BytesIO()
    deck.save(saved)
    with zipfile.ZipFile(saved) as package:
        return packed({name: package.read(name) for name in package.namelist()})


def _rtf() -> bytes:
    return (
        rb"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Cyr;}}"
        rb"{\stylesheet{\s1 heading 1;}}{\header\pard SECRET//NOFORN\par}"
        rb"\pard The third{\super\chftn}{\footnote\pard{\super\chftn} Of \f1\'d1 three.\par}"
        rb" waited\u8212?long.{\v hidden}{\deleted gone}\par"
        rb"{\*\atnid A}{\*\atnauthor Ana}\chatn{\*\annotation\pard So?\par}\par"
        rb'{\field{\*\fldinst{HYPERLINK "https://a.example/"}}{\fldrslt{the map}}}\par'
        rb"{\shp{\*\shpinst{\shptxt\pard In a box.\par}}{\shprslt{\*\do{\dptxbxtext In a box.}}}}"
        rb"\pard{\pntext 1.\tab}First\par\trowd Unit\cell Strength\cell\row"
        rb"\trowd Third\cell 900\cell\row}"
    )


def _docx() -> bytes:
    """A document of diagrams and charts; the real ones have none."""
    ml = "http://schemas.openxmlformats.org"
    a, c, d = (f"{ml}/drawingml/2006/{name}" for name in ("main", "chart", "diagram"))
    w, r = f"{ml}/wordprocessingml/2006/main", f"{ml}/officeDocument/2006/relationships"
    drawn = "".join(
        f'<w:p><w:r><w:drawing><a:graphicData uri="{uri}">{inner}</a:graphicData></w:drawing>'
        "</w:r></w:p>"
        for uri, inner in ((c, '<c:chart r:id="r1"/>'), (d, '<d:relIds r:dm="r2"/>'))
    )
    point = '<c:pt idx="{0}"><c:v>{1}</c:v></c:pt>'
    chart = (
        f'<c:chartSpace xmlns:c="{c}" xmlns:a="{a}"><c:title><c:rich><a:p><a:t>Load</a:t></a:p>'
        f"</c:rich></c:title><c:ser><c:tx>{point.format(0, 2019)}</c:tx><c:cat>"
        f"{point.format(0, 'North')}</c:cat><c:val>{point.format(0, 4.3)}</c:val></c:ser>"
        "</c:chartSpace>"
    )
    node = f'<d:dataModel xmlns:d="{d}" xmlns:a="{a}"><d:pt><d:t><a:p><a:t>ill</a:t></a:p></d:t>'
    relation = '<Relationship Id="{0}" Target="{1}"/>'
    return packed(
        {
            "word/document.xml": f'<w:document xmlns:w="{w}" xmlns:a="{a}" xmlns:c="{c}" '
            f'xmlns:d="{d}" xmlns:r="{r}"><w:body><w:p><w:r><w:t>The third waited.</w:t></w:r>'
            f"</w:p>{drawn}</w:body></w:document>",
            "word/_rels/document.xml.rels": f"<Relationships>{relation.format('r1', 'c.xml')}"
            f"{relation.format('r2', '/word/d.xml')}</Relationships>",
            "word/c.xml": chart,
            "word/d.xml": f"{node}</d:pt></d:dataModel>",
            "word/header1.xml": f'<w:hdr xmlns:w="{w}"><v:textpath xmlns:v="urn:schemas-microsoft-'
            'com:vml" string="SECRET//NOFORN"/></w:hdr>',
        }
    )


_MADE: Mapping[str, Callable[[], bytes]] = {
    ".odt": _odt,
    ".docx": _docx,
    ".epub": _epub,
    ".pptx": _pptx,
    ".rtf": _rtf,
}


def made_seeds(folder: Path) -> list[Path]:
    """Write a file of each kind and return their paths."""
    paths = []
    for suffix, make in _MADE.items():
        path = folder / f"made{suffix}"
        path.write_bytes(make())
        paths.append(path)
    return paths
