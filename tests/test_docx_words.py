"""The words of Word documents as they read when all changes are accepted: none lost or twice."""

from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx_parts import control, lines, p, part, r, read, row, style, tc, told, written
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract import extract
from pipeline.limits import Limits
from pipeline.model.source import Source
from pipeline.reading import ReadingRequest, read_all

HIDDEN = "<w:rPr><w:vanish/></w:rPr>"
SHOWN = '<w:rPr><w:vanish w:val="0"/></w:rPr>'
DELETED = '<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>'
MOVED = '<w:rPr><w:moveFrom w:id="1" w:author="A"/></w:rPr>'


def turn(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def test_words_are_hidden_by_styles_and_shown_by_what_stands_nearer(tmp_path: Path):
    styles = part(
        "styles",
        style("Secret", HIDDEN, "character")
        + style("Own Secret", "", "character", "Secret")
        + style("Open", SHOWN, "character", "Secret")
        + style("Hidden Note", HIDDEN),
    )
    body = (
        p(
            r("They ")
            + r("never ", '<w:rStyle w:val="Secret"/>')
            + r("ever ", '<w:rStyle w:val="OwnSecret"/>')
            + r("did ", '<w:rStyle w:val="Open"/>')
            + r("agree ", '<w:rStyle w:val="Secret"/><w:vanish w:val="0"/>')
            + r("not ", '<w:vanish w:val="true"/>')
            + r("openly.", '<w:vanish w:val="false"/>')
        )
        + p(r("All hidden ") + r("but this.", '<w:vanish w:val="0"/>'), "HiddenNote")
        + p(r("Twice hidden is shown.", '<w:rStyle w:val="Secret"/>'), "HiddenNote")
    )
    source = read(tmp_path, body, styles=styles)
    assert lines(source) == ["They did agree openly.", "but this.", "Twice hidden is shown."]
    assert source.warnings == ("4 stretches of hidden text are left out",)


def test_hidden_words_of_tables_and_notes_are_told_too(tmp_path: Path):
    table = f"<w:tbl>{row(tc(p(r('seen') + r('unseen', '<w:vanish/>'))))}</w:tbl>"
    body = table + p(r("Words.") + '<w:r><w:footnoteReference w:id="1"/></w:r>')
    note = part(
        "footnotes", f'<w:footnote w:id="1">{p(r("n") + r("x", "<w:vanish/>"))}</w:footnote>'
    )
    source = read(tmp_path, body, footnotes=note)
    assert lines(source) == ["seen", "Words.", "n"]
    assert source.warnings == ("2 stretches of hidden text are left out",)


def test_results_of_fields_are_kept_and_their_codes_are_not(tmp_path: Path):
    inner = turn("begin") + code(" DATE ") + turn("separate") + r("inner") + turn("end")
    body = (
        p(
            r("A ")
            + turn("begin")
            + code(" IF ")
            + inner
            + r("code")
            + turn("separate")
            + r("result")
            + turn("end")
            + r(" and ")
            + '<w:fldSimple w:instr=" PAGE ">'
            + r("7")
            + "</w:fldSimple>."
        )
        + p(turn("begin") + code(' TOC \\o "1-3" ') + turn("separate") + r("One 1"))
        + p(r("Two 2") + turn("end"))
        + p(turn("begin") + code(" never ended "))
        + p(r("Goes on.") + turn("end"))
        + p(
            '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r>'
            + code(" XE ")
            + '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="end"/></w:r>'
            + r("After an index mark.")
        )
    )
    source = read(tmp_path, body)
    assert lines(source) == [
        "A result and 7",
        "One 1",
        "Two 2",
        "Goes on.",
        "After an index mark.",
    ]
    assert not source.warnings


def test_prompts_of_empty_content_controls_are_no_words(tmp_path: Path):
    prompt = "<w:showingPlcHdr/>"
    body = (
        control(p(r("Click to enter a date.")), prompt)
        + p(r("Before ") + control(r("click here"), prompt) + control(r("filled")) + r(" after."))
        + control(p(r("Filled.")), '<w:showingPlcHdr w:val="0"/>')
    )
    head = part("hdr", control(p(r("[Title]")), prompt) + p(r("Draft")))
    source = read(tmp_path, body, header1=head)
    assert told(source) == [
        ("running-head", "Draft"),
        ("body", "Before filled after."),
        ("body", "Filled."),
    ]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(tmp_path: Path):
    body = (
        p(r("It began "), more=DELETED)
        + p(r("and "), more=DELETED)
        + p(r("ended."))
        + p(f"<w:moveFrom>{r('all moved away')}</w:moveFrom>", more=MOVED)
        + p(r("Before a table"), more=DELETED)
        + f"<w:tbl>{row(tc(p(r('in '), more=DELETED) + p(r('one')) + p(r('two'))))}</w:tbl>"
        + p(r("The last"), more=DELETED)
    )
    source = read(tmp_path, body)
    assert lines(source) == [
        "It began and ended.",
        "Before a table",
        "in one two",
        "The last",
    ]


def test_what_a_note_says_is_read_once_and_only_if_its_mark_is_shown(tmp_path: Path):
    def mark(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    def note(kind: str, number: int, text: str) -> str:
        return f'<w:{kind} w:id="{number}">{p(r(text))}</w:{kind}>'

    body = p(
        r("One")
        + mark("endnote", 1)
        + r(" two")
        + mark("footnote", 3)
        + r(" three")
        + mark("footnote", 2)
        + f"<w:del>{mark('footnote', 4)}</w:del>"
        + r(".")
    )
    notes = "".join(note("footnote", n, f"Note {n}.") for n in (2, 3, 4, 5))
    body += p(mark("footnote", 5))
    source = read(
        tmp_path,
        body,
        footnotes=part("footnotes", notes),
        endnotes=part("endnotes", note("endnote", 1, "End.")),
    )
    assert lines(source) == ["One two three.", "Note 3.", "Note 2.", "Note 5.", "End."]
    anchors = [zone.anchor for zone in source.zones if zone.kind == "footnote"]
    assert [source.text[:at] if at >= 0 else "nowhere" for at in anchors] == [
        "One two",
        "One two three",
        "nowhere",
        "One",
    ]


def test_signs_tabs_breaks_and_hyphens(tmp_path: Path):
    body = p(
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>non</w:t>"
        "<w:noBreakHyphen/><w:t>stop coop</w:t><w:softHyphen/><w:t>erate </w:t>"
        '<w:sym w:font="Symbol" w:char="F062"/><w:sym w:font="Symbol" w:char="F0B3"/>'
        '<w:sym w:font="Wingdings" w:char="F0E0"/><w:sym w:font="Arial" w:char="20AC"/>'
        '<w:sym w:font="Webdings" w:char="F04B"/><w:sym w:font="Arial" w:char="D800"/></w:r>'
    )
    assert (
        read(tmp_path, body).text
        == "a b c non\u2011stop cooperate \u03b2\u2265\u2192\u20ac\u2022\u2022"
    )


def m(name: str, inner: str) -> str:
    return f"<m:{name}>{inner}</m:{name}>"


def t(text: str) -> str:
    return m("r", f"<w:rPr/><m:rPr/>{m('t', text)}")


SUM = '<m:naryPr><m:chr m:val="\u2211"/></m:naryPr>'
SQUARE = '<m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>'


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        (t("E=m") + m("sSup", m("e", t("c")) + m("sup", t("2"))), "E=mc^2"),
        (m("f", m("num", t("a+b")) + m("den", t("2"))), "(a+b)/2"),
        (m("f", m("num", t("1")) + m("den", t("xy"))), "1/(xy)"),
        (m("d", m("e", t("a")) + m("e", t("b"))), "(a|b)"),
        (m("d", SQUARE + m("e", t("a"))), "[a]"),
        (m("rad", m("deg", "") + m("e", t("x+1"))), "\u221a(x+1)"),
        (
            m("nary", SUM + m("sub", t("i=1")) + m("sup", t("n")) + m("e", t("x"))),
            "\u2211_(i=1)^nx",
        ),
        (m("func", m("fName", t("log")) + m("e", t("x"))), "log x"),
        (m("m", m("mr", m("e", t("a")) + m("e", t("b"))) + m("mr", m("e", t("c")))), "a b c"),
        (t("a") + f"<w:del>{t('b')}</w:del><w:ins>{t('c')}</w:ins>", "ac"),
    ],
)
def test_formulas_are_read_in_their_place(tmp_path: Path, formula: str, said: str):
    body = p(r("As ") + m("oMath", formula) + r(" holds.")) + p(m("oMathPara", m("oMath", formula)))
    assert lines(read(tmp_path, body)) == [f"As {said} holds.", said]


def test_a_formula_between_paragraphs_is_a_block_of_its_own(tmp_path: Path):
    body = p(r("So:")) + m("oMathPara", m("oMath", t("a=b"))) + m("oMath", t(" ")) + p(r("Yes."))
    assert lines(read(tmp_path, body)) == ["So:", "a=b", "Yes."]


def test_heads_and_feet_of_all_sections_are_told_once(tmp_path: Path):
    document = docx.Document()
    document.add_paragraph("Words.")
    for place in range(3):
        section = document.sections[0] if place == 0 else document.add_section()
        section.header.is_linked_to_previous = False
        section.header.paragraphs[0].text = "Draft of the estuary group"
        section.footer.is_linked_to_previous = False
        section.footer.paragraphs[0].text = "Page 2" if place else "12"
    document.save(str(tmp_path / "a.docx"))
    assert told(extract(tmp_path / "a.docx", "a")) == [
        ("page-number", "12"),
        ("running-foot", "Page 2"),
        ("running-head", "Draft of the estuary group"),
        ("body", "Words."),
    ]


def test_a_document_that_was_edited_is_read_as_it_stands(tmp_path: Path):
    document = docx.Document()
    paragraph = document.add_paragraph("The brigade ")
    space = nsdecls("w")
    for one in (
        f'<w:del {space} w:id="1" w:author="A"><w:r><w:delText>never </w:delText></w:r></w:del>',
        f'<w:ins {space} w:id="2" w:author="A"><w:r><w:t>slowly </w:t></w:r></w:ins>',
        f"<w:r {space}><w:t>crossed.</w:t></w:r>",
    ):
        paragraph._p.append(parse_xml(one))
    document.save(str(tmp_path / "a.docx"))
    assert extract(tmp_path / "a.docx", "a").text == "The brigade slowly crossed."


KINDS = {
    "said": r,
    "put in": lambda text: f"<w:ins>{r(text)}</w:ins>",
    "moved here": lambda text: f"<w:moveTo>{r(text)}</w:moveTo>",
    "control": lambda text: control(r(text)),
    "link": lambda text: f"<w:hyperlink>{r(text)}</w:hyperlink>",
    "formula": lambda text: m("oMath", t(text.replace(" ", "")) + t(" ")),
    "result": lambda text: turn("begin") + turn("separate") + r(text) + turn("end"),
    "taken out": lambda text: f"<w:del>{r(text)}</w:del>",
    "moved away": lambda text: f"<w:moveFrom>{r(text)}</w:moveFrom>",
    "hidden": lambda text: r(text, "<w:vanish/>"),
    "prompt": lambda text: control(r(text), "<w:showingPlcHdr/>"),
    "code": lambda text: turn("begin") + code(text) + turn("end"),
}
READ = frozenset({"said", "put in", "moved here", "control", "link", "formula", "result"})
WORDS = st.text("abcdefgh", min_size=1, max_size=9).map(lambda text: f"{text} ")


@settings(max_examples=250, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(KINDS)), WORDS, st.sampled_from(["", "end", "gone"])),
        min_size=1,
        max_size=12,
    )
)
def test_any_mix_reads_as_when_all_changes_are_accepted(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[tuple[str, str, str]]
):
    body, waiting, said = "", "", [""]
    for kind, text, end in [*pieces, ("said", "end", "end")]:
        waiting += KINDS[kind](text)
        said[-1] += text if kind in READ else ""
        if end:
            body += p(waiting, more=DELETED if end == "gone" else "")
            waiting = ""
        if end == "end":
            said.append("")
    source = read(tmp_path_factory.mktemp("mix"), body)
    assert lines(source) == [one.strip() for one in said if one.strip()]
    hidden = sum(kind == "hidden" for kind, _, _ in pieces)
    assert bool(source.warnings) == bool(hidden)


NESTS = {
    "boxes": ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>", 75),
    "controls": ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 115),
    "tables": ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 75),
}


def test_nests_of_many_paragraphs_are_read_in_the_time_a_file_has(tmp_path: Path):
    inside = p(r("word")) * 15_000
    bodies = {
        name: begin * depth + inside + end * depth for name, (begin, end, depth) in NESTS.items()
    }
    formula = "<m:f><m:num>" * 110 + t("x") * 15_000 + "</m:num></m:f>" * 110
    bodies["formulas"] = p(m("oMath", formula))
    bodies["fields"] = p((turn("begin") + r("word")) * 30_000 + turn("end") * 30_000 + r("end"))
    starts = "".join(f'<w:commentRangeStart w:id="{n}"/>' for n in range(15_000))
    bodies["comments"] = p(starts + "<w:r><w:t/></w:r>" * 15_000 + r("w") * 15_000)
    bodies["carried"] = p(r("word "), more=DELETED) * 15_000 + p(r("end"))
    requests = []
    for name, body in bodies.items():
        (tmp_path / name).mkdir()
        requests.append(ReadingRequest(written(tmp_path / name, body), name))
    found = dict(zip(bodies, read_all(requests, Limits(workers=2, seconds=20)), strict=True))
    assert {name for name, one in found.items() if not isinstance(one, Source)} == set(), found
    for name in NESTS:
        assert found[name].text.count("word") == 15_000
