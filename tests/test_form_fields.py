"""Forms that were filled in: the answers stand in the text, behind what they answer."""

import hashlib
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas
from test_review_pdf import PROSE, put, read

from pipeline.extract import extract
from pipeline.extract.excerpt_boxes import excerpt_boxes
from pipeline.extract.file import File

ANSWER = "It lay under snow until May"


def filled(canvas: Canvas) -> None:
    put(canvas, 72, 700, PROSE)
    for y, asked, answer in ((600, "Name of the port:", "Alpha"), (560, "Was it open?", ANSWER)):
        put(canvas, 72, y, [asked])
        canvas.acroForm.textfield(name=asked, value=answer, x=200, y=y - 6, width=250, height=20)
    put(canvas, 72, 500, ["What else do you want to say?"])
    canvas.acroForm.textfield(name="c", value="Nothing more", x=72, y=470, width=300, height=24)
    canvas.linkURL("https://example.org", (72, 690, 200, 710))


def test_answers_stand_behind_what_they_answer(tmp_path: Path):
    text = read(tmp_path, filled).text
    assert "Name of the port: Alpha" in text
    assert f"Was it open? {ANSWER}" in text
    assert text.endswith("What else do you want to say? Nothing more")


def test_an_answer_leads_back_to_its_place_on_the_page(tmp_path: Path):
    source = read(tmp_path, filled)
    data = (tmp_path / "page.pdf").read_bytes()
    file = File("page.pdf", data, "x", hashlib.sha256(data).hexdigest())
    start = source.text.index(ANSWER)
    (found,) = excerpt_boxes(file, source, start, start + len(ANSWER))
    assert 199 < found.box.x0 < 210
    assert 210 < found.box.top < found.box.bottom < 242


def test_fields_without_looks_get_them_where_the_file_asks_for_it(tmp_path: Path):
    read(tmp_path, filled)
    data = (tmp_path / "page.pdf").read_bytes()
    bare = data.replace(b"/AP ", b"/XP ").replace(b"/DR <<", b"/NeedAppearances true /DR <<", 1)
    (tmp_path / "bare.pdf").write_bytes(bare)
    assert f"Was it open? {ANSWER}" in extract(tmp_path / "bare.pdf", "x").text


def test_a_form_left_empty_is_read_as_a_page(tmp_path: Path):
    def draw(canvas: Canvas) -> None:
        put(canvas, 72, 700, [*PROSE, "Name of the port:"])
        canvas.acroForm.textfield(name="a", value="", x=200, y=640, width=250, height=20)

    assert read(tmp_path, draw).text == " ".join((*PROSE, "Name of the port:"))


def test_what_a_reader_noted_on_a_form_is_not_in_its_text(tmp_path: Path):
    def draw(canvas: Canvas) -> None:
        filled(canvas)
        canvas.freeTextAnnotation("a note of mine", "/Helv 10 Tf", (300, 300, 450, 330))

    assert "note of mine" not in read(tmp_path, draw).text
