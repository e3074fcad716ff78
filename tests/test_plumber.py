"""Characters as pdfplumber gives them, where PDFium's mean too little."""

from hostile import pdf, stream

from pipeline.extract.file import File
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
        characters = plumber.characters(0)
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
