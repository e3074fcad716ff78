"""Text that runs slanted over the pages of a PDF: watermarks and labels at axes."""

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas
from test_review_pdf import PROSE, put, read

from pipeline.model.source import Source
from pipeline.model.zone import Zone


def stamped(folder: Path, words: str, angle: float, size: float = 60) -> Source:
    """A page of text with words slanted over it, drawn between its two halves."""

    def draw(canvas: Canvas) -> None:
        put(canvas, 72, 700, PROSE)
        canvas.saveState()
        canvas.translate(300, 400)
        canvas.rotate(angle)
        canvas.setFont("Helvetica", size)
        canvas.drawCentredString(0, 0, words)
        canvas.restoreState()
        put(canvas, 72, 300, PROSE)

    return read(folder, draw)


def asides(source: Source) -> list[Zone]:
    return [zone for zone in source.zones if zone.aside]


@pytest.mark.parametrize("angle", [15, 30, 45, 60, -45, 135])
@pytest.mark.parametrize("words", ["DRAFT", "Do not quote it"])
def test_words_slanted_over_a_page_are_on_record_and_not_in_the_text(
    tmp_path: Path, words: str, angle: float
):
    source = stamped(tmp_path, words, angle)
    assert source.text.split() == [*" ".join(PROSE).split()] * 2
    (zone,) = asides(source)
    assert (zone.aside, zone.kind, zone.rule) == (words, "running-foot", "margin.slanted")
    assert zone.box is not None
    assert zone.box.top < 392 < zone.box.bottom


def test_a_handling_mark_slanted_over_a_page_marks_the_source(tmp_path: Path):
    source = stamped(tmp_path, "CONFIDENTIAL", 45)
    assert [zone.kind for zone in asides(source)] == ["marking"]
    assert source.marking == "CONFIDENTIAL"


def test_a_page_that_is_slanted_itself_is_read(tmp_path: Path):
    def draw(canvas: Canvas) -> None:
        canvas.rotate(20)
        canvas.setFont("Helvetica", 14)
        canvas.drawString(200, 300, "Notice to all ships in the bay")

    assert read(tmp_path, draw).text.split() == "Notice to all ships in the bay".split()


def test_type_drawn_oblique_is_not_slanted(tmp_path: Path):
    def draw(canvas: Canvas) -> None:
        put(canvas, 72, 700, PROSE)
        canvas.saveState()
        canvas.transform(1, 0, 0.33, 1, 0, 0)
        canvas.drawString(72, 600, "These words lean to the right.")
        canvas.restoreState()

    assert read(tmp_path, draw).text.endswith("These words lean to the right.")
