"""PDF pages on which words were once lost, doubled or moved, each drawn anew."""

import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from reportlab.pdfgen.canvas import Canvas
from sheet import Sheet

from pipeline.extract import extract
from pipeline.extract.layout import layout_of
from pipeline.extract.ruling import Ruling
from pipeline.extract.table_rows import table_rows
from pipeline.model.source import Source
from pipeline.model.zone import Zone

PROSE = (
    "the brigade arrived in the port before the first snow fell and the mayor met it with bread",
    "while engineers measured bridges that would carry heavy lorries to the northern border and",
    "officers asked farmers about fields where tents could stand until the barracks were built.",
)


def read(path: Path, draw: Callable[[Canvas], None]) -> Source:
    canvas = Canvas(str(path / "page.pdf"), pagesize=(612, 792), invariant=1)
    draw(canvas)
    canvas.save()
    return extract(path / "page.pdf", "x")


def put(canvas: Canvas, x: float, y: float, lines: Sequence[str], size: float = 11) -> None:
    canvas.setFont("Times-Roman", size)
    for number, line in enumerate(lines):
        canvas.drawString(x, y - 14 * number, line)


def raised(canvas: Canvas, y: float, *parts: str) -> None:
    """A line at the left edge whose every second part is small and raised."""
    x = 72.0
    for number, part in enumerate(parts):
        size, up = (6.6, 4) if number % 2 else (11, 0)
        canvas.setFont("Times-Roman", size)
        canvas.drawString(x, y + up, part)
        x += canvas.stringWidth(part, "Times-Roman", size)


def told(source: Source, kind: str) -> list[str]:
    return [
        zone.aside or source.text[zone.start : zone.end]
        for zone in source.zones
        if zone.kind == kind
    ]


def notes(source: Source) -> list[Zone]:
    return [zone for zone in source.zones if zone.kind == "footnote"]


def test_figures_and_commas_beside_an_initial_of_two_lines_stay(tmp_path: Path):
    def draw(canvas: Canvas) -> None:
        put(canvas, 72, 690, ["I"], size=40)
        put(
            canvas,
            90,
            706,
            ["n 2021, as many as 1,500 people, most of them young, left their homes"],
        )
        put(canvas, 90, 692, ["and went to the cities, where they found work, in 300 factories."])
        put(canvas, 72, 678, PROSE)

    text = read(tmp_path, draw).text
    assert "2021, as many as 1,500 people, most of them young, left" in text


def test_exponents_of_variables_and_negative_ones_stay(tmp_path: Path):
    def draw(canvas: Canvas) -> None:
        raised(
            canvas,
            700,
            "The model explains much (R",
            "2",
            " = 0.45), with 3 x 10",
            "-6",
            " in all.",
        )
        raised(
            canvas, 686, "It ran at 5 m s", "-1", " over x", "2", " and in 12 km", "-2", " then."
        )
        put(canvas, 72, 672, PROSE)

    text = read(tmp_path, draw).text
    assert "much (R2 = 0.45), with 3 x 10-6 in all." in text
    assert "at 5 m s-1 over x2 and in 12 km-2 then." in text


def test_a_dash_between_raised_figures_belongs_to_the_mark(tmp_path: Path):
    def draw(canvas: Canvas) -> None:
        raised(canvas, 700, "This was shown before in many studies.", "1\u20133", " It holds.")
        put(canvas, 72, 686, PROSE)

    assert read(tmp_path, draw).text.startswith("This was shown before in many studies. It holds.")


def test_the_steps_of_a_scale_are_no_letter_spaced_word(tmp_path: Path):
    def draw(canvas: Canvas) -> None:
        put(canvas, 72, 700, PROSE)
        put(canvas, 72, 600, ["1 2 3 4 5 6 7"])

    assert read(tmp_path, draw).text.endswith("1 2 3 4 5 6 7")


def test_hyphens_of_halves_names_and_addresses_stay(tmp_path: Path):
    lines = (
        "We looked at the short-",
        "and long-term effects, wrote to ana.silva@exam-",
        "ple.org, read https://example.org/some-",
        "thing/else as the US-",
        "EU council says, and went home.",
        "THE PRESI-",
        "DENT SPEAKS TO THE PEOPLE",
    )
    text = read(tmp_path, lambda canvas: put(canvas, 72, 700, lines)).text
    assert "the short- and long-term effects" in text
    assert "ana.silva@exam-ple.org" in text
    assert "https://example.org/some-thing/else" in text
    assert "the US-EU council" in text
    assert "THE PRESIDENT SPEAKS" in text


def test_many_scattered_words_take_no_square_of_memory():
    page = Sheet()
    for x, top in np.random.default_rng(1).uniform(10, 590, (5_000, 2)).tolist():
        page.put("ab", x, top, size=3)
    lines = layout_of(page.characters()).lines
    tracemalloc.start()
    try:
        table_rows(lines)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_a_drawing_of_many_lines_is_not_searched_for_crossings():
    lines = np.tile(np.array([0, 0, 9, 9], np.float32), (20_000, 1))
    tracemalloc.start()
    try:
        assert not Ruling(lines, lines).may_frame_cells
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_a_page_drawn_from_its_foot_upwards_is_read_from_the_top(tmp_path: Path):
    lines = [f"Port {number} of the coast lay under snow until May." for number in range(12)]

    def draw(canvas: Canvas) -> None:
        for number in reversed(range(12)):
            put(canvas, 72, 700 - 14 * number, [lines[number]])

    assert read(tmp_path, draw).text.split() == " ".join(lines).split()
