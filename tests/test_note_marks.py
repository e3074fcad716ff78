"""Marks of notes that are raised in a PDF's text, and the notes they lead to."""

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas
from test_review_pdf import PROSE, notes, put, raised, read

from pipeline.extract.note_marks import marks_in
from pipeline.model.source import Source


def read_noted(folder: Path, mark: str, count: int, before: str = "many studies.") -> Source:
    """A page with one raised mark, and notes 1 to ``count`` at its foot."""

    def draw(canvas: Canvas) -> None:
        raised(canvas, 700, f"This was shown in {before}", mark, " It holds.")
        put(canvas, 72, 686, PROSE)
        for number in range(1, count + 1):
            raised(canvas, 120 - 12 * number, "", str(number), f" Silva, Report {number}.")

    return read(folder, draw)


@pytest.mark.parametrize(
    ("mark", "noted"),
    [("4,5", [4, 5]), ("4, 5", [4, 5]), ("1\u20133", [1, 2, 3]), ("2,4-5", [2, 4, 5])],
)
def test_each_note_of_a_mark_of_several_leads_to_the_mark(
    tmp_path: Path, mark: str, noted: list[int]
):
    source = read_noted(tmp_path, mark, 5)
    assert source.text.startswith("This was shown in many studies. It holds.")
    place = source.text.index(" It holds")
    anchors = [zone.anchor for zone in notes(source)]
    assert anchors == [place if number in noted else -1 for number in range(1, 6)]


@pytest.mark.parametrize("label", ["Figure B", "Table 4", "Annex C"])
def test_a_mark_behind_the_number_of_a_figure_is_no_power(tmp_path: Path, label: str):
    source = read_noted(tmp_path, "2", 2, f"all of {label}")
    assert source.text.startswith(f"This was shown in all of {label} It holds.")
    assert notes(source)[1].anchor == source.text.index(" It holds")


def test_marks_are_told_apart():
    assert marks_in("4,5") == ("4", "5")
    assert marks_in("1\u20133,7") == ("1", "2", "3", "7")
    assert marks_in("*\u2020") == ("*", "\u2020")
    assert marks_in("**") == ("**",)
    assert marks_in("9-2") == ("9", "2"), "no range goes down"
