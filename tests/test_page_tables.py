"""Tables of PDF pages without frames: between rules, and with cells of several lines."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.extract import extract
from pipeline.model.source import Source
from pipeline.model.zone import Zone

PROSE = (
    "the brigade arrived in the port before the first snow fell and the mayor met it with bread",
    "while engineers measured bridges that would carry heavy lorries to the northern border and",
    "officers asked farmers about fields where tents could stand until the barracks were built.",
)
COLUMNS = (72, 300, 420)


def drawn(
    path: Path,
    rows: Sequence[Sequence[str]],
    rules: Sequence[float] = (),
    columns: Sequence[float] = COLUMNS,
) -> Source:
    """A page with prose over and under rows of cells; rules at distances from the first row."""
    canvas = Canvas(str(path), pagesize=(600, 800), invariant=1)
    canvas.setFont("Helvetica", 10)
    for number, line in enumerate(PROSE):
        canvas.drawString(72, 740 - 12 * number, line)
        canvas.drawString(72, 300 - 12 * number, line)
    for number, row in enumerate(rows):
        for x, cell in zip(columns, row, strict=False):
            canvas.drawString(x, 600 - 12 * number, cell)
    for at in rules:
        canvas.line(72, 600 - at, 520, 600 - at)
    canvas.save()
    return extract(path, "x")


def tables(source: Source) -> list[Zone]:
    return [zone for zone in source.zones if zone.kind == "table"]


def told(source: Source) -> list[str]:
    return [source.text[zone.start : zone.end] for zone in tables(source)]


def test_two_columns_between_three_rules_are_a_table_with_its_header(tmp_path: Path):
    rows = [("Port", "Berths"), ("Varna", "fourteen"), ("Narva", "six"), ("Tulcea", "nine")]
    source = drawn(tmp_path / "a.pdf", rows, rules=(-12, 3, 39))
    assert told(source) == [" | ".join(row) for row in rows]
    assert {zone.columns for zone in tables(source)} == {("Port", "Berths")}
    assert {zone.rule for zone in tables(source)} == {"table.rules"}
    assert source.text.startswith(PROSE[0]) and source.text.endswith(PROSE[2])


def test_years_may_head_columns_between_rules(tmp_path: Path):
    rows = [("Port", "2021", "2022"), ("Varna", "14", "15"), ("Narva", "6", "6")]
    source = drawn(tmp_path / "a.pdf", rows, rules=(-12, 3, 27))
    assert {zone.columns for zone in tables(source)} == {("Port", "2021", "2022")}


def test_columns_of_prose_between_rules_are_no_table(tmp_path: Path):
    halves = [(line[:42], line[42:]) for line in PROSE * 4]
    source = drawn(tmp_path / "a.pdf", halves, rules=(-12, 21, 150), columns=(72, 330))
    assert not tables(source)


@pytest.mark.parametrize("rules", [(), (-12, 3)])
def test_two_columns_without_three_rules_are_no_table(tmp_path: Path, rules: Sequence[float]):
    rows = [("Port", "Berths"), ("Varna", "fourteen"), ("Narva", "six")]
    assert not tables(drawn(tmp_path / "a.pdf", rows, rules))


def test_a_line_under_a_cell_goes_on_in_it(tmp_path: Path):
    rows = [
        ("V-0001", "travel of the staff", "920.68"),
        ("", "from the port of Varna to the capital and back on the following day"),
        ("V-0002", "travel of the staff", "737.94"),
        ("", "from Narva to the port and back"),
        ("V-0003", "travel of the minister", "903.90"),
        ("", "from the capital to Tulcea"),
    ]
    source = drawn(tmp_path / "a.pdf", rows, columns=(72, 160, 500))
    assert told(source) == [
        f"{first[0]} | {first[1]} {second[1]} | {first[2]}"
        for first, second in zip(rows[::2], rows[1::2], strict=True)
    ]
    words = source.text.split(" | ")[1]
    start = source.text.index(words)
    places = source.places_of(start, start + len(words))
    assert places and all(place.page == 1 and place.box for place in places)


CLOSE = (72, 180, 290, 420)
COUNTRIES = [("Austria", "8.9", "83,879", "Vienna"), ("Belgium", "11.5", "30,689", "Brussels")]


def test_header_cells_that_stand_close_are_parted_as_the_columns_below(tmp_path: Path):
    head = ("Country", "Population (millions)", "Area (square miles)", "Capital")
    source = drawn(tmp_path / "a.pdf", [head, *COUNTRIES], (-12, 3, 27), CLOSE)
    assert {zone.columns for zone in tables(source)} == {head}
    assert told(source)[0] == " | ".join(head)


@pytest.mark.parametrize("name", ["Inhabitants-and-area", "Inhabitants and area"])
def test_a_header_cell_over_two_columns_stays_whole(tmp_path: Path, name: str):
    head = ("Country", name, "", "Capital")
    source = drawn(tmp_path / "a.pdf", [head, *COUNTRIES], (-12, 3, 27), (72, 220, 290, 420))
    assert told(source)[0] == f"Country | {name} | Capital"


def test_a_header_over_the_header_is_not_parted(tmp_path: Path):
    rows = [("", "European Union", "", ""), ("Country", "Size", "Area", "Capital"), *COUNTRIES]
    source = drawn(tmp_path / "a.pdf", rows, (-12, 15, 39), (72, 220, 290, 420))
    assert told(source)[0] == "European Union"
    assert {zone.columns for zone in tables(source)[1:]} == {rows[1]}
