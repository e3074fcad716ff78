"""Scans over which a program has laid what it recognised, unseen."""

from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from test_review_pdf import PROSE, read

UNSEEN, SEEN = 3, 0


def scan(canvas: Canvas, mode: int, in_form: bool) -> None:
    """A picture of a whole page with three lines over it."""
    canvas.drawImage(ImageReader(Image.new("L", (200, 260), 230)), 0, 0, 612, 792)
    if in_form:
        canvas.beginForm("layer")
    text = canvas.beginText(72, 700)
    text.setFont("Times-Roman", 11)
    text.setTextRenderMode(mode)
    for line in PROSE:
        text.textLine(line)
    canvas.drawText(text)
    if in_form:
        canvas.endForm()
        canvas.doForm("layer")


@pytest.mark.parametrize("in_form", [False, True])
def test_a_short_page_that_was_recognised_misses_nothing(tmp_path: Path, in_form: bool):
    source = read(tmp_path, lambda canvas: scan(canvas, UNSEEN, in_form))
    assert source.text == " ".join(PROSE)
    assert not source.warnings


@pytest.mark.parametrize("in_form", [False, True])
def test_lines_seen_over_a_picture_may_not_be_all(tmp_path: Path, in_form: bool):
    source = read(tmp_path, lambda canvas: scan(canvas, SEEN, in_form))
    assert "picture of the whole page" in source.warnings[0]
