"""Hebrew and Arabic lines with numbers and words of the other direction in them."""

import pytest
from printed import lines_of
from sheet import HEIGHT, Sheet

HELLO, WORLD, GOOD = "\u05e9\u05dc\u05d5\u05dd", "\u05e2\u05d5\u05dc\u05dd", "\u05d8\u05d5\u05d1"
INSIDE = ["12.5", "1,500", "50%", "12/05/2020", "NATO", "the NATO pact", "F-16", "www.a.org"]


def as_shown(words: list[str]) -> str:
    """Words as they stand on paper from left to right."""
    return " ".join(word if word.isascii() else word[::-1] for word in reversed(words))


def in_spoken_order(words: list[str], right: float, top: float) -> Sheet:
    """A line whose letters the engine gives as spoken, each where it stands on paper."""
    page, end = Sheet(), right
    for number, word in enumerate(words):
        if number:
            page.run(" ", end - 5, top)
            page.boxes[-1] = (0.0, 0.0, 0.0, 0.0)
            end -= 5
        begin = end - 5 * len(word)
        for place, letter in enumerate(word):
            left = begin + 5 * place if word.isascii() else end - 5 * (place + 1)
            page.letters.append(letter)
            page.boxes.append((left, HEIGHT - top - 10, left + 5, HEIGHT - top))
            page.sizes.append(10)
            page.fonts.append(0)
        end = begin
    return page


@pytest.mark.parametrize("inside", INSIDE)
def test_what_runs_to_the_right_is_not_turned_round(inside: str):
    words = [HELLO, WORLD, inside, GOOD, WORLD]
    assert lines_of(Sheet().put(as_shown(words), 50, 100)) == [" ".join(words)]


@pytest.mark.parametrize("inside", INSIDE)
def test_a_line_given_as_spoken_is_not_parted_at_what_runs_to_the_right(inside: str):
    words = [HELLO, WORLD, inside, GOOD, WORLD]
    assert lines_of(in_spoken_order(words, 500, 100)) == [" ".join(words)]


def test_two_numbers_side_by_side_are_read_from_the_right():
    page = Sheet().put(as_shown([HELLO, "12", "34", WORLD]), 50, 100)
    assert lines_of(page) == [" ".join([HELLO, "12", "34", WORLD])]


def test_a_long_date_does_not_outweigh_the_letters_of_a_line():
    words = [GOOD, "12/05/2020", GOOD]
    assert lines_of(Sheet().put(as_shown(words), 50, 100)) == [" ".join(words)]


def test_columns_of_a_page_from_right_to_left_are_parted():
    page = Sheet().put(as_shown([HELLO, WORLD, HELLO]), 320, 100)
    page.run(as_shown([HELLO, WORLD]), 50, 100)
    assert lines_of(page) == [" ".join([HELLO, WORLD, HELLO]), " ".join([HELLO, WORLD])]


def test_the_letters_of_one_glyph_that_stand_turned_round_are_turned_back():
    page = Sheet().glyph("\u0627\u0644", 480, 100, 8)
    for number, letter in enumerate("\u0633\u0627\u0645"):
        page.glyph(letter, 470 - 6 * number, 100, 6)
    assert lines_of(page) == ["\u0644\u0627\u0633\u0627\u0645"]


def test_a_point_over_a_letter_parts_no_line():
    page = Sheet()
    for number, letter in enumerate(HELLO):
        page.glyph(letter, 480 - 6 * number, 100, 6)
        page.glyph("\u05b8", 482 - 6 * number, 100, 2)
    assert lines_of(page) == ["".join(f"{letter}\u05b8" for letter in HELLO)]
