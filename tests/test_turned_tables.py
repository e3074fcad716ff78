"""Ruled tables whose words do not run as the page is shown: set sideways or on their heads."""

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas
from test_review_pdf import PROSE, put, read

from pipeline.model.source import Source

ROWS = (
    ("Port and coast", "Year", "Ships"),
    ("Alpha", "1998", "12"),
    ("Beta", "2001", "7"),
    ("Gamma", "2005", "105"),
)
TOLD = [" | ".join(row) for row in ROWS]


def table(canvas: Canvas, x: float, y: float, rows: tuple[tuple[str, ...], ...] = ROWS) -> None:
    for number, row in enumerate(rows):
        canvas.setFont("Helvetica-Bold" if number == 0 else "Helvetica", 10)
        for column, words in enumerate(row):
            canvas.rect(x + 90 * column, y - 20 * number, 90, 20)
            canvas.drawString(x + 90 * column + 4, y - 20 * number + 6, words)


def lines(source: Source) -> list[str]:
    return source.text.split("\n\n")


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_a_table_is_read_as_its_words_run(tmp_path: Path, angle: int):
    def draw(canvas: Canvas) -> None:
        put(canvas, 72, 750, PROSE)
        canvas.translate(306, 400)
        canvas.rotate(angle)
        table(canvas, -130, 40)

    source = read(tmp_path, draw)
    assert lines(source) == [" ".join(PROSE), *TOLD]
    assert source.zones[2].columns == ROWS[0]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_tables_of_a_page_set_sideways_stand_among_its_text(tmp_path: Path, angle: int):
    corner = {90: (612, 0), 180: (612, 792), 270: (0, 792)}[angle]

    def draw(canvas: Canvas) -> None:
        canvas.translate(*corner)
        canvas.rotate(angle)
        put(canvas, 72, 570, PROSE)
        table(canvas, 72, 480)
        put(canvas, 72, 370, ["A second table follows."])
        table(canvas, 72, 300, ROWS[:3])
        put(canvas, 72, 200, ["Here the page ends."])

    assert lines(read(tmp_path, draw)) == [
        " ".join(PROSE),
        *TOLD,
        "A second table follows.",
        *TOLD[:3],
        "Here the page ends.",
    ]


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_a_cell_over_two_columns_of_a_turned_table_stands_in_the_first(tmp_path: Path, angle: int):
    def draw(canvas: Canvas) -> None:
        canvas.translate(306, 400)
        canvas.rotate(angle)
        table(canvas, -130, 40)
        canvas.rect(-130, 60, 180, 20)
        canvas.drawString(-126, 66, "Of both coasts")
        canvas.rect(50, 60, 90, 20)
        canvas.drawString(54, 66, "Found")

    assert lines(read(tmp_path, draw))[0] == "Of both coasts | | Found"
