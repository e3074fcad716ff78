"""Builds the demonstration PDFs from marked-up text with reportlab, always the same bytes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

SOFT = "\u00ad"
PAGE = (152 * mm, 208 * mm)
SIDE = 15 * mm
WIDTH = PAGE[0] - 2 * SIDE
GAP = 5 * mm
# Where long words may be broken at a line's end, so that real hyphens stand there.
BREAKS = {
    word.replace("~", ""): word.replace("~", SOFT)
    for word in (
        "co~oper~ation de~ter~rence inter~oper~ability in~sti~tutions pro~grammes part~ner~ship "
        "in~for~mation spe~cial~ists ex~er~cises re~in~forcing re~ception tech~nology de~ci~sions "
        "ad~ver~sary plan~ning per~cep~tions equip~ment con~ver~sations re~la~tion~ships "
        "doc~u~ments com~men~tators an~nounced pho~tographed ve~hicles in~struc~tors com~plaint "
        "abil~ity ac~quain~tance per~mis~sion as~sessed cus~tom~ary ac~tivity con~tri~bution "
        "le~git~i~mate ad~di~tional em~bas~sies Mos~cow sen~sors dis~cuss es~ti~mates iso~lated "
        "strength~ened pic~ture con~trac~tual pri~or~ities en~cryp~tion over~taken port~folio"
    ).split()
}
BODY = ParagraphStyle(
    "body",
    fontName="Times-Roman",
    fontSize=11,
    leading=14.2,
    alignment=TA_JUSTIFY,
    spaceAfter=5,
    embeddedHyphenation=1,
)
HEAD = ParagraphStyle(
    "head",
    parent=BODY,
    fontName="Times-Bold",
    fontSize=12,
    leading=15,
    spaceBefore=8,
    spaceAfter=4,
    alignment=0,
)
TITLE = ParagraphStyle("title", parent=HEAD, fontSize=18, leading=22, spaceAfter=8)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=8, leading=9.6, spaceAfter=2)
ITEM = ParagraphStyle("item", parent=BODY, leftIndent=12, bulletIndent=2)


@dataclass(frozen=True, slots=True)
class Design:
    """How one PDF looks: columns, running heads by page, the foot, notes on which pages."""

    columns: int
    head: Callable[[int], str]
    foot: Callable[[int], str]
    note_pages: tuple[int, ...]
    has_stamp: bool = False


def make_pdf(text: str, path: Path, design: Design) -> None:
    """Write one PDF; the text's lines are marked ``heading:``, ``row:``, ``foot:`` and so on."""
    lines = [line for line in text.splitlines() if line.strip()]
    notes = [line.removeprefix("foot: ") for line in lines if line.startswith("foot: ")]
    stamp = next((one.removeprefix("stamp: ") for one in lines if one.startswith("stamp: ")), "")

    def on_page(canvas: Canvas, template: BaseDocTemplate) -> None:
        _margins(canvas, template.page, design)
        if template.page == 1 and stamp:
            _stamp(canvas, stamp.split("|"))
        if template.page in design.note_pages:
            _note(canvas, notes[design.note_pages.index(template.page)], design.columns)

    document = BaseDocTemplate(
        str(path), pagesize=PAGE, invariant=1, title=path.stem, author="invented", onPage=None
    )
    document.addPageTemplates(PageTemplate("page", frames=_frames(design.columns), onPage=on_page))
    document.build(_story(lines))


def _frames(columns: int) -> list[Frame]:
    each = (WIDTH - GAP * (columns - 1)) / columns
    return [
        Frame(SIDE + i * (each + GAP), 34 * mm, each, PAGE[1] - 56 * mm, 0, 0, 0, 0)
        for i in range(columns)
    ]


def _margins(canvas: Canvas, page: int, design: Design) -> None:
    canvas.setFont("Times-Italic", 9)
    canvas.drawCentredString(PAGE[0] / 2, PAGE[1] - 18 * mm, design.head(page))
    canvas.setFont("Times-Roman", 9)
    canvas.drawCentredString(PAGE[0] / 2, 14 * mm, design.foot(page))


def _stamp(canvas: Canvas, lines: list[str]) -> None:
    canvas.setFillColor(colors.firebrick)
    for number, line in enumerate(lines):
        canvas.setFont("Helvetica-Bold" if number == 0 else "Helvetica", 11 if number < 2 else 8)
        canvas.drawString(72 * mm, PAGE[1] - (24 + 4.6 * number) * mm, line)
    canvas.setFillColor(colors.black)


def _note(canvas: Canvas, note: str, columns: int) -> None:
    canvas.line(SIDE, 31 * mm, SIDE + 30 * mm, 31 * mm)
    width = (WIDTH - GAP) / 2 if columns == 2 else WIDTH
    paragraph = Paragraph(note, SMALL)
    _, height = paragraph.wrap(width, 20 * mm)
    paragraph.drawOn(canvas, SIDE, 29.5 * mm - height)


def _story(lines: list[str]) -> list[Flowable]:
    story: list[Flowable] = []
    rows: list[list[str]] = []
    for line in lines:
        mark, _, rest = line.partition(": ")
        if mark in ("table", "row"):
            rows.append(rest.split("|"))
            continue
        if rows:
            story += [_table(rows), Spacer(1, 6)]
            rows = []
        story += _flowables(line, mark, rest)
    return story


def _flowables(line: str, mark: str, rest: str) -> list[Flowable]:
    if mark in ("foot", "stamp"):
        return []
    if mark == "title":
        return [Spacer(1, 52), Paragraph(rest, TITLE)]
    if mark in ("subtitle", "note"):
        return [Paragraph(f"<i>{rest}</i>", BODY)]
    if mark == "heading":
        return [Paragraph(rest, HEAD)]
    if mark == "contents":
        return [Paragraph("Contents", HEAD), *(Paragraph(one, BODY) for one in rest.split("|"))]
    if line.startswith("break:"):
        return [PageBreak()]
    if mark == "figure":
        return [_Bars(), Paragraph(rest, SMALL), Spacer(1, 6)]
    if mark in ("ref", "row2"):
        return [Paragraph(rest, SMALL)]
    if line.startswith("- "):
        return [Paragraph(_words(line[2:]), ITEM, bulletText="\u2022")]
    return [Paragraph(_words(line), BODY)]


def _words(text: str) -> str:
    """Bold run-in heads, raised note marks, places where words may break."""
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    text = re.sub(r"[A-Za-z]+", lambda found: BREAKS.get(found[0], found[0]), text)
    return re.sub(r"\[(\d)\]", r"<super size='6'>\1</super>", text)


def _table(rows: list[list[str]]) -> Table:
    cells = [[Paragraph(cell, SMALL) for cell in row] for row in rows]
    return Table(
        cells,
        style=TableStyle(
            [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        ),
    )


class _Bars(Flowable):  # type: ignore[misc]
    """A drawn figure without words in it."""

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = min(width, 112 * mm)
        return self.width, 40 * mm

    def draw(self) -> None:
        for number, height in enumerate((12, 15, 11, 22, 30, 34, 31)):
            self.canv.setFillGray(0.3 if number % 2 else 0.6)
            self.canv.rect(number * 15 * mm, 2 * mm, 9 * mm, height * mm, fill=1, stroke=0)
