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


def pages_of(folder: Path, heads: list[str], size: float, feet: list[str] | None = None) -> Source:
    """A page for each head, with the same text under it."""
    path = folder / "heads.pdf"
    canvas = Canvas(str(path), pagesize=(600, 800), invariant=1)
    for number, head in enumerate(heads):
        canvas.setFont("Helvetica-Bold", size)
        canvas.drawString(72, 740, head)
        canvas.setFont("Helvetica", 10)
        for line in range(20):
            canvas.drawString(72, 700 - 14 * line, f"Port {line} of year {number} lay under snow.")
        canvas.drawString(300, 30, feet[number] if feet else "")
        canvas.showPage()
    canvas.save()
    return extract(path, "x")


def test_large_headings_that_each_page_begins_with_are_in_the_text(tmp_path: Path):
    heads = [f"Interview {number}" for number in range(1, 6)]
    source = pages_of(tmp_path, heads, 16)
    assert [source.text[z.start : z.end] for z in source.zones if z.kind == "heading"] == heads


def test_large_years_are_no_page_numbers(tmp_path: Path):
    years = [str(year) for year in range(2018, 2022)]
    source = pages_of(tmp_path, years, 16)
    assert [part for part in source.text.split("\n\n") if part.isdigit()] == years


def test_heads_that_are_large_and_alike_or_count_the_pages_stay_heads(tmp_path: Path):
    report = pages_of(tmp_path, ["Report of the port office"] * 5, 16)
    assert "Report" not in report.text
    numbers = pages_of(tmp_path, [str(n) for n in range(1, 6)], 16)
    assert [page.label for page in numbers.pages] == ["1", "2", "3", "4", "5"]
    small = pages_of(tmp_path, [f"Ports, part {n}" for n in range(1, 6)], 9)
    assert "part" not in small.text


def test_head_and_number_of_a_page_that_holds_nothing_else_are_no_text(tmp_path: Path):
    path = tmp_path / "bare.pdf"
    canvas = Canvas(str(path), pagesize=(600, 800), invariant=1)
    for number in range(1, 7):
        canvas.setFont("Times-Roman", 9)
        canvas.drawString(72, 760, "Annual Report of the Office")
        canvas.drawString(300, 30, str(number))
        for line in range(20 if number != 3 else 0):
            canvas.drawString(72, 700 - 14 * line, f"Port {line} of {number} lay under snow.")
        canvas.showPage()
    canvas.save()
    source = extract(path, "x")
    assert "Annual" not in source.text
    assert [page.label for page in source.pages] == ["1", "2", "3", "4", "5", "6"]


def test_words_torn_within_a_cell_are_joined(tmp_path: Path):
    rows = [
        ("Name", ("What it says",)),
        ("First", ("the inter-", "national law")),
        ("B", ("10-", "20")),
    ]

    def draw(canvas: Canvas) -> None:
        for row, (name, lines) in enumerate(rows):
            top = 600 - 40 * row
            for left, said in ((72, (name,)), (192, lines)):
                canvas.rect(left, top, 120, 40)
                for number, line in enumerate(said):
                    canvas.drawString(left + 4, top + 26 - 12 * number, line)

    source = read(tmp_path, draw)
    assert "First | the international law" in source.text
    assert "B | 10-20" in source.text
    start = source.text.index("international")
    runs = source.runs_of(start, start + len("international"))
    assert sum(run.end - run.start for run in runs) == len("international"), "all from the page"
