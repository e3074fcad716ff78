"""What the PDF reader promises of lines, columns, margins and zones, on pages made of strings."""

from collections import Counter, deque

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheet import Sheet, mirrored, turned_by

from pipeline.extract.building import Block, build
from pipeline.extract.characters import Characters
from pipeline.extract.file import File
from pipeline.extract.flow import Flow, Page, flow_of
from pipeline.extract.layout import layout_of
from pipeline.extract.margins import margins
from pipeline.extract.order import in_order
from pipeline.extract.page_rows import line_numbers
from pipeline.model.source import Source

PROSE = (
    "the brigade arrived in the port before the first snow fell and the mayor met it with bread "
    "while engineers measured bridges that would carry heavy lorries to the northern border and "
    "officers asked farmers about fields where tents could stand until the barracks were built "
).split()


def prose(width: int, count: int, start: int = 0) -> list[str]:
    """Lines of running text, each filled to a width in letters; the words go round."""
    made: list[str] = []
    words, number = "", start
    while len(made) < count:
        word = PROSE[number % len(PROSE)]
        if len(words) + len(word) + 1 > width:
            made.append(words)
            words = ""
        words = f"{words} {word}".strip()
        number += 1
    return made


def read(*pages: Sheet | Characters) -> Flow:
    made = [page.characters() if isinstance(page, Sheet) else page for page in pages]
    return flow_of(deque(Page(number + 1, layout_of(page)) for number, page in enumerate(made)))


def text_of(block: Block) -> str:
    return " ".join(line.text.strip() for line in block.lines)


def told(flow: Flow) -> list[tuple[str, str]]:
    """The blocks of the flow, asides left out: kind and text."""
    return [(block.kind, text_of(block)) for block in flow.blocks if not block.is_aside]


def kinds(flow: Flow, kind: str) -> list[str]:
    return [text_of(block) for block in flow.blocks if block.kind == kind]


def words_of(flow: Flow) -> list[str]:
    return " ".join(text for _, text in told(flow)).split()


def source_of(*pages: Sheet) -> Source:
    file = File("page.pdf", b"", "x", "")
    return build(file, read(*pages).blocks, extractor="pdf/pdfium", has_places=True)


def lines_of(page: Sheet | Characters) -> list[str]:
    made = page.characters() if isinstance(page, Sheet) else page
    return [text.strip() for text in layout_of(made).lines.texts]


# Columns


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("by_rows", [False, True], ids=["by columns", "by rows"])
def test_columns_are_read_one_after_the_other_below_a_title(count: int, by_rows: bool):
    width = 500 // count - 20
    columns = [prose(width // 5, 20, start=number * 7) for number in range(count)]
    page = Sheet().put("Ports and bridges of the northern border", 150, 50, 18)
    places = [(line, column) for column in range(count) for line in range(20)]
    for line, column in sorted(places) if by_rows else places:
        page.put(columns[column][line], 50 + column * (500 // count), 100 + line * 12)
    expected = "Ports and bridges of the northern border".split()
    expected += " ".join(" ".join(column) for column in columns).split()
    assert words_of(read(page)) == expected


# Turned and mirrored pages


def two_columns() -> Sheet:
    page = Sheet().put("Ports and bridges", 200, 50, 18)
    page.lines(prose(46, 15), 50, 100)
    return page.lines(prose(46, 15, 9), 310, 100)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_turned_page_gives_the_same_lines(quarters: int):
    page = two_columns().characters()
    assert Counter(lines_of(turned_by(page, quarters))) == Counter(lines_of(page))
    assert words_of(read(turned_by(page, quarters))) == words_of(read(page))


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_mirrored_page_gives_the_same_lines(quarters: int):
    page = two_columns().characters()
    seen = turned_by(mirrored(page), quarters)
    assert layout_of(seen).is_mirrored
    assert Counter(lines_of(seen)) == Counter(lines_of(page))
    assert words_of(read(seen)) == words_of(read(page))


# Letters


def test_right_to_left_text_in_visual_order_is_put_in_spoken_order_with_its_numbers_kept():
    spoken = "\u05e9\u05dc\u05d5\u05dd \u05d1\u05e9\u05e0\u05ea 2024 \u05d1\u05d0\u05e8\u05e5"
    visual = " ".join(word if word.isdigit() else word[::-1] for word in reversed(spoken.split()))
    page = Sheet()
    for number in range(6):
        page.put(visual, 300, 100 + number * 12)
    assert words_of(read(page)) == spoken.split() * 6


def test_letters_printed_twice_are_taken_once():
    page = Sheet().put("Shadow title", 100, 50, 18).put("Shadow title", 100.7, 50.5, 18)
    layout = layout_of(page.characters())
    assert [text.strip() for text in layout.lines.texts] == ["Shadow title"]
    assert layout.doubled_count == len("Shadowtitle")


def test_double_letters_and_ligatures_are_not_taken_for_letters_printed_twice():
    page = Sheet().run("bell o", 100, 50).glyph("ff", 130, 50, 6).run("ice", 136, 50)
    layout = layout_of(page.characters())
    assert layout.doubled_count == 0
    assert layout.lines.texts == ("bell office",)


def test_a_letter_spaced_line_becomes_words():
    page = Sheet()
    for number, letter in enumerate("NORTHERN PORTS"):
        page.run(letter, 100 + number * 9, 50)
        page.run(" ", 105 + number * 9, 50)
    page.put("", 0, 0).lines(prose(60, 8), 60, 90)
    assert "NORTHERN PORTS" in [text for _, text in told(read(page))]


def test_a_raised_note_mark_is_cut_and_remembered():
    page = Sheet().run("the bridge was closed", 60, 100).run("3", 165, 98.5, 6)
    page.put(" in May and opened", 168, 100).lines(prose(60, 5), 60, 112)
    lines = layout_of(page.characters()).lines
    assert lines.texts[0].strip() == "the bridge was closed in May and opened"
    assert lines.marks[0] == ((len("the bridge was closed"), "3"),)


def test_an_exponent_after_a_unit_stays():
    page = Sheet().run("a field of 40 km", 60, 100).run("2", 140, 98.5, 6)
    page.put(" near the port", 143, 100).lines(prose(60, 5), 60, 112)
    lines = layout_of(page.characters()).lines
    assert lines.texts[0].strip() == "a field of 40 km2 near the port"
    assert not lines.marks[0]


def test_a_hyphen_at_a_line_end_joins_a_word_and_keeps_a_compound():
    page = Sheet().lines(
        [
            "the engineers of the port came late, and the engi\ufffe",
            "neers measured all of Indo\ufffe",
            "Pacific states.",
        ],
        60,
        100,
    )
    assert source_of(page).text.strip() == (
        "the engineers of the port came late, and the engineers measured all of "
        "Indo-Pacific states."
    )


# Margins


def test_line_numbers_become_asides_and_label_places():
    page = Sheet()
    for number, line in enumerate(prose(70, 25)):
        page.put(str(number + 1), 40 if number > 8 else 45, 100 + number * 20)
        page.put(line, 80, 100 + number * 20)
    assert len(line_numbers(layout_of(page.characters()).lines)) == 25
    source = source_of(page)
    assert source.text.split() == " ".join(prose(70, 25)).split()
    asides = [zone.aside for zone in source.zones if zone.kind == "line-number"]
    assert " ".join(asides).split() == [str(number + 1) for number in range(25)]
    assert [place.line_label for place in source.places] == [str(n + 1) for n in range(25)]


ROMAN = ("iii", "iv", "v", "vi", "vii", "viii")


def booklet(head: list[str], foot: list[str]) -> list[Sheet]:
    pages = []
    for number, (above, below) in enumerate(zip(head, foot, strict=True)):
        page = Sheet().put(above, 200, 30) if above else Sheet()
        page.lines(prose(90, 40 + number % 3, number * 5), 60, 100)
        pages.append(page.put(below, 295, 760) if below else page)
    return pages


def test_alternating_heads_and_page_numbers_are_told():
    heads = ["Ports of the north", "Annual report of the port office"] * 3
    flow = read(*booklet(heads, [str(number) for number in range(11, 17)]))
    assert kinds(flow, "running-head") == heads
    assert kinds(flow, "page-number") == [str(number) for number in range(11, 17)]
    assert list(flow.labels.values()) == [str(number) for number in range(11, 17)]


def test_roman_page_numbers_are_told():
    flow = read(*booklet([""] * 6, list(ROMAN)))
    assert kinds(flow, "page-number") == list(ROMAN)
    assert tuple(flow.labels.values()) == ROMAN


def test_a_page_number_in_a_head_labels_the_page():
    heads = [f"Ports of the north {number}" for number in range(41, 47)]
    flow = read(*booklet(heads, [""] * 6))
    assert kinds(flow, "running-head") == heads
    assert list(flow.labels.values()) == [str(number) for number in range(41, 47)]


def test_the_same_running_text_on_each_page_is_no_head():
    pages = [Sheet().lines(prose(90, 40), 60, 100) for _ in range(6)]
    assert not margins([layout_of(page.characters()) for page in pages])
    assert words_of(read(*pages)) == " ".join(prose(90, 40)).split() * 6


# Tables

TABLE = (
    ("Port", "Ships", "Berths"),
    ("Varna", "120", "14"),
    ("Narva", "35", "6"),
    ("Tulcea", "48", "9"),
)


def test_a_table_without_ruling_keeps_rows_and_header_names():
    page = Sheet().lines(prose(90, 5), 60, 60)
    for line, row in enumerate(TABLE):
        for column, cell in enumerate(row):
            page.put(cell, 60 + column * 120, 160 + line * 14)
    page.lines(prose(90, 5, 8), 60, 260)
    flow = read(page)
    rows = [block for block in flow.blocks if block.kind == "table"]
    assert {block.columns for block in rows} == {TABLE[0]}
    told_rows = [text_of(block) for block in rows]
    for row in TABLE[1:]:
        [one] = [text for text in told_rows if row[0] in text]
        assert all(cell in one for cell in row)
        assert not any(other[0] in one for other in TABLE[1:] if other != row)


# Paragraphs and zones


def test_a_footnote_at_the_foot_is_told_by_its_raised_mark():
    page = Sheet()
    body = prose(90, 40)
    page.run(body[0], 60, 60).run("1", 60 + 5 * len(body[0]), 58.5, 6).put("", 0, 0)
    page.lines(body[1:], 60, 72)
    page.run("1", 60, 698.5, 5).put("See the yearbook of the port office, page 12.", 63, 700, 8)
    flow = read(page)
    [note] = kinds(flow, "footnote")
    assert "See the yearbook of the port office, page 12." in note
    assert words_of(flow)[: len(" ".join(body).split())] == " ".join(body).split()


def test_a_caption_is_told():
    page = Sheet().lines(prose(90, 10), 60, 60)
    page.put("Figure 3. Ships in the northern ports", 60, 400, 9, font=1)
    page.lines(prose(90, 10, 5), 60, 450)
    assert kinds(read(page), "caption") == ["Figure 3. Ships in the northern ports"]


def paragraph(width: int, count: int, start: int = 0) -> list[str]:
    """Lines of running text that end as a paragraph does: with a stop, some way from the edge."""
    *lines, last = prose(width, count, start)
    return [*lines, last[: width * 2 // 3].rsplit(" ", 1)[0] + "."]


def test_a_block_quotation_is_told_and_kept_whole():
    before, quoted, after = paragraph(90, 12), paragraph(66, 5, 3), paragraph(90, 12, 8)
    page = Sheet().lines(before, 60, 60).lines(quoted, 120, 210).lines(after, 60, 276)
    assert told(read(page)) == [
        ("body", " ".join(before)),
        ("block-quotation", " ".join(quoted)),
        ("body", " ".join(after)),
    ]


def test_paragraphs_with_indents_are_not_cut_at_short_lines():
    made = [paragraph(90, 6, start) for start in (0, 7, 14, 21, 28)]
    made[1][2] = made[1][2][:70].rsplit(" ", 1)[0] + "."
    page, top = Sheet(), 60
    for lines in made:
        page.put(lines[0], 75, top).lines(lines[1:], 60, top + 12)
        top += 72
    assert [text for _, text in told(read(page))] == [" ".join(lines) for lines in made]


def test_hanging_paragraphs_are_told_apart_and_kept_whole():
    made = [paragraph(80, 3, start) for start in (0, 7, 14, 21, 28)]
    page, top = Sheet(), 60
    for lines in made:
        page.put(lines[0], 60, top).lines(lines[1:], 85, top + 12)
        top += 36
    assert [text for _, text in told(read(page))] == [" ".join(lines) for lines in made]


# Nothing is lost, nothing is said twice


@st.composite
def pages(draw: st.DrawFn) -> Sheet:
    count = draw(st.integers(1, 3))
    page, width = Sheet(), 500 // count - 20
    word = st.text("abcdefgh", min_size=1, max_size=9)
    for column in range(count):
        for line in range(draw(st.integers(1, 12))):
            text = " ".join(draw(st.lists(word, min_size=1, max_size=6)))
            page.put(text[: width // 5].strip(), 50 + column * (500 // count), 60 + line * 12)
    return page


@settings(max_examples=250, deadline=None)
@given(pages())
def test_every_letter_comes_out_once(page: Sheet):
    characters = page.characters()
    put = Counter(characters.text[number] for number in characters.ink)
    layout = layout_of(characters)
    read_letters = Counter(
        letter for block in read(page).blocks for letter in text_of(block) if letter not in " |"
    )
    for marks in layout.lines.marks:
        read_letters.update("".join(mark for _, mark in marks))
    assert read_letters == put
    numbers = [number for group in in_order(layout.lines).groups for number in group.numbers]
    assert sorted(numbers) == list(range(len(layout.lines)))


@settings(max_examples=250, deadline=None)
@given(pages(), st.integers(0, 3))
def test_the_indices_of_a_line_point_at_its_characters(page: Sheet, quarters: int):
    characters = turned_by(page.characters(), quarters)
    lines = layout_of(characters).lines
    seen: list[int] = []
    for text, indices in zip(lines.texts, lines.indices, strict=True):
        assert len(text) == len(indices)
        for letter, index in zip(text, indices, strict=True):
            assert letter == (characters.text[index] if index >= 0 else " ")
        seen += [index for index in indices if index >= 0 and characters.text[index] > " "]
    assert len(seen) == len(set(seen))
    assert np.isin(characters.ink, seen).all()
