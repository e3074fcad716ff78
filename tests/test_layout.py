"""What the PDF reader promises of lines and columns, on pages made of strings."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed import kinds, lines_of, prose, read, source_of, text_of, told, words_of
from sheet import Sheet, mirrored, turned_by

from pipeline.extract.layout import layout_of
from pipeline.extract.order import in_order

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


def test_a_centred_title_comes_before_a_short_heading_at_the_left_below_it():
    page = Sheet().put("Report of the year", 217, 40, 18).put("Ports", 50, 90, 14)
    page.lines(prose(100, 6), 50, 120)
    page.put("Part Two", 268, 240, 16).put("Roads", 50, 280, 14)
    page.lines(prose(100, 6), 50, 310)
    page.lines(prose(40, 6), 50, 420).lines(prose(40, 6), 310, 420)
    headings = kinds(read(page), "heading")
    assert headings == ["Report of the year", "Ports", "Part Two", "Roads"]


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


def test_a_hyphen_that_never_parts_stays_where_a_program_parts_at_it():
    lines = ["the engineers planned for the long\u2011", "term upkeep of the bridges and the roads"]
    text = source_of(Sheet().lines(lines, 60, 100)).text
    assert (
        text == "the engineers planned for the long\u2011term upkeep of the bridges and the roads"
    )


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
