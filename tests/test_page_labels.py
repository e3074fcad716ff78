"""Numbers of pages that a PDF tells (/PageLabels) beside those that are printed."""

from collections.abc import Sequence
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas
from test_review_pdf import PROSE, put

from pipeline.extract import extract


def labels(folder: Path, feet: Sequence[str], first: int, style: str = "ARABIC") -> list[str]:
    """The labels of pages with some feet, of a file that counts them from ``first``."""
    canvas = Canvas(str(folder / "told.pdf"), pagesize=(612, 792), invariant=1)
    for number, foot in enumerate(feet):
        put(canvas, 72, 700, [f"On day {number} {PROSE[0]}", *PROSE])
        put(canvas, 300, 40, [foot])
        canvas.showPage()
    canvas.addPageLabel(0, style, first)
    canvas.save()
    return [page.label for page in extract(folder / "told.pdf", "x").pages]


def test_pages_without_a_printed_number_have_the_one_the_file_tells(tmp_path: Path):
    assert labels(tmp_path, ["", "12", "13", "14", ""], 11) == ["11", "12", "13", "14", "15"]
    assert labels(tmp_path, ["", "", ""], 3, "ROMAN_LOWER") == ["iii", "iv", "v"]


def test_a_file_that_tells_otherwise_than_is_printed_is_not_believed(tmp_path: Path):
    assert labels(tmp_path, ["", "12", "13", "14"], 1) == ["", "12", "13", "14"]


def test_a_file_that_only_counts_its_pages_tells_nothing(tmp_path: Path):
    assert labels(tmp_path, ["", "", ""], 1) == ["", "", ""]
