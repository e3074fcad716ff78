"""Characters as pdfplumber gives them, where PDFium's mean too little."""

import re
from pathlib import Path

import numpy as np
import pytest
from hostile import pdf, stream
from reportlab.pdfgen.canvas import Canvas

from pipeline.extract.characters import PageShape
from pipeline.extract.file import File
from pipeline.extract.pdfium import open_pdfium
from pipeline.extract.plumber import open_plumber

# A font that tells of no sign which character it is: pdfminer writes "(cid:65)".
ODD = (
    b"<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Odd/DW 600/FontDescriptor 7 0 R"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
    b"<</Type/FontDescriptor/FontName/Odd/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0"
    b"/Ascent 900/Descent -200/CapHeight 700/StemV 80>>",
)


def read(*lines: bytes) -> str:
    """What pdfplumber gives of lines drawn with one plain and one odd font."""
    fonts = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>/O 5 0 R>>>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources" + fonts
    drawn = b"".join(
        b"BT 72 %d Td %s ET\n" % (700 - 20 * number, line) for number, line in enumerate(lines)
    )
    data = pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page + b">>",
        stream(drawn),
        *ODD,
    )
    with open_plumber(File("page.pdf", data, "x", ""), "") as plumber:
        characters = plumber.characters(0, PageShape(0.0, 0.0, 612.0, 792.0))
    assert characters is not None
    return characters.text


def test_a_sign_without_a_meaning_is_a_bullet_before_a_line_alone():
    text = read(
        b"/O 11 Tf <0041> Tj /F 11 Tf (  the first point) Tj",
        b"/O 11 Tf <0041> Tj /F 11 Tf (  the second point) Tj",
    )
    assert text == "\u2022 the first point\n\u2022 the second point"


def test_a_sign_without_a_meaning_elsewhere_stays_unknown():
    text = read(
        b"/F 11 Tf (the bri) Tj /O 11 Tf <0041> Tj /F 11 Tf (ade ) Tj /O 11 Tf <00420043> Tj"
    )
    assert text.replace(" ", "") == "thebri\ufffdade\ufffd\ufffd"


@pytest.mark.parametrize("sheet", [(0, 0, 612, 792), (-50, -60, 612, 792), (20, 30, 612, 792)])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_both_engines_place_words_alike_on_a_page_cut_off_its_origin(
    tmp_path: Path, sheet: tuple[int, ...], turn: int
):
    canvas = Canvas(str(tmp_path / "cut.pdf"), pagesize=(612, 792), invariant=1)
    canvas.translate(300, 400)
    canvas.rotate(turn)
    canvas.drawString(-90, 0, "The mayor met the brigade")
    canvas.save()
    boxes = b"/MediaBox [ %d %d %d %d ] /CropBox [ 100 120 500 700 ]" % sheet
    data = (tmp_path / "cut.pdf").read_bytes().replace(b"/Rotate 0", b"/Rotate %d" % turn)
    file = File("cut.pdf", re.sub(rb"/MediaBox \[[^\]]*\]", boxes, data), "x", "")
    with open_pdfium(file) as document, open_plumber(file, "") as plumber:
        ours = document.page(0).characters
        theirs = plumber.characters(0, ours.shape)
    assert theirs is not None
    assert theirs.text == ours.text.strip()
    expected = ours.shape.shown(ours.boxes[ours.ink])
    assert np.abs(theirs.shape.shown(theirs.boxes[theirs.ink]) - expected).max() < 3
    assert theirs.shape.size == ours.shape.size
