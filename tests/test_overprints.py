"""Text that a PDF prints twice: shadows, bold type by a second stroke, pages in two passes."""

from pathlib import Path

import pytest
from printed import prose
from reportlab.pdfgen.canvas import Canvas
from sheet import Sheet
from test_review_pdf import put, read

from pipeline.extract.layout import layout_of
from pipeline.model.source import Source

LINES = prose(80, 36)


def printed_twice(folder: Path, right: float, down: float) -> Source:
    """A full page, each line of which is printed again when all stand there."""

    def draw(canvas: Canvas) -> None:
        put(canvas, 72, 720, LINES)
        put(canvas, 72 + right, 720 - down, LINES)

    return read(folder, draw)


@pytest.mark.parametrize(
    ("right", "down"), [(0, 0), (0.4, 0), (0, 1), (1, 1), (1.5, 0.5), (2, 2), (3, 3)]
)
def test_a_page_printed_in_two_passes_is_read_once(tmp_path: Path, right: float, down: float):
    source = printed_twice(tmp_path, right, down)
    assert source.text.split() == " ".join(LINES).split()
    assert "printed twice" in source.warnings[0]


def test_lines_that_are_said_again_below_stay():
    page = Sheet().lines(["the brigade arrived", "the brigade arrived", "." * 60, "." * 60], 50, 90)
    layout = layout_of(page.characters())
    assert layout.doubled_count == 0
    assert len(layout.lines) == 4


def test_a_table_that_says_the_same_in_columns_side_by_side_stays():
    page = Sheet()
    for row in range(6):
        for column in range(4):
            page.put("not answered", 40 + 70 * column, 90 + 12 * row)
    assert layout_of(page.characters()).doubled_count == 0
