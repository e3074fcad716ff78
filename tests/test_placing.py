"""When a judged sentence is found again, and when it is left to a person: each caution alone."""

from collections.abc import Mapping

import pytest

from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.review.anchors import Old, Reading
from pipeline.review.placing import place

FIRST = "The joint exercise with the brigade lasts eleven days and eats everything."
SECOND = "They have two people for all of the cases, and one of them is on leave."
THIRD = "Inter-agency planning took nineteen days before and now takes four."
OTHER = "Nobody has judged this sentence."


def reading_of(*lines: str) -> Reading:
    """A text of these lines, each a segment."""
    segments, at = [], 0
    for line in lines:
        segments.append(Segment("s", at, at + len(line), "sentence"))
        at += len(line) + 1
    return Reading(Source("s", "\n".join(lines)), tuple(segments))


def olds_of(*lines: str) -> list[Old]:
    """The sentences of an earlier text, all judged but the one that nobody has."""
    olds, at = [], 0
    for line in lines:
        if line != OTHER:
            olds.append(Old(at, at + len(line), line))
        at += len(line) + 1
    return olds


def told(olds: list[Old], reading: Reading) -> Mapping[Old, str]:
    """For each sentence the number of its segment, or why it waits."""
    return {
        old: str(reading.segments.index(one.segment)) if one.segment else one.reason
        for old, one in place(olds, reading).items()
    }


@pytest.mark.parametrize(("away", "is_found"), [(0, True), (80, True), (81, False)])
def test_few_words_are_sought_near_their_place_and_more_farther(away: int, is_found: bool):
    words = "a bridge for a brigade!!"
    assert len(words.replace(" ", "")) == 20, "twenty letters: eighty characters away at most"
    lines = ["-" * (away - 1), words] if away else [words]
    [found] = told([Old(0, len(words), words)], reading_of(*lines)).values()
    assert found.isdigit() == is_found
    if not is_found:
        assert found.startswith("its words stand once, but away from those around them")


@pytest.mark.parametrize(("length", "is_found"), [(39, False), (40, True)])
def test_only_a_long_sentence_is_found_past_those_that_stood_after_it(length: int, is_found: bool):
    words = ("moreover" * 5)[:length]
    olds = olds_of(FIRST, words, THIRD, f"{THIRD} Again.")
    found = told(olds, reading_of(FIRST, THIRD, f"{THIRD} Again.", words))
    assert (found[olds[1]] == "3") == is_found


def test_of_two_that_said_the_same_neither_is_taken_for_the_one_that_is_left():
    olds = olds_of(FIRST, "Yes.", "No.", "Yes.", SECOND)
    found = told(olds, reading_of(FIRST, "No.", "Yes.", SECOND))
    assert found[olds[1]] == found[olds[3]] == "its words stood 2 times and stand 1 times"


def test_two_sentences_that_claim_one_place_both_wait():
    end = len(FIRST)
    olds = [
        Old(0, end, FIRST),
        Old(end + 1, end + 3, "A."),
        Old(end + 3, end + 5, "A."),
        Old(end + 60, end + 60 + len(SECOND), SECOND),
    ]
    starts = {0: FIRST, end + 2: "A.", end + 40: "A.", end + 60: SECOND}
    text = [" "] * (end + 60 + len(SECOND))
    for start, words in starts.items():
        text[start : start + len(words)] = words
    segments = tuple(Segment("s", at, at + len(one), "sentence") for at, one in starts.items())
    found = told(olds, Reading(Source("s", "".join(text)), segments))
    assert found[olds[0]] == "0" and found[olds[3]] == "3"
    claimed = f"more than one sentence was found in {segments[1].segment_id}"
    assert found[olds[1]] == found[olds[2]] == claimed


def test_words_that_now_stand_in_another_sentence_too_are_not_told_apart():
    words = "We wait for a bridge there."
    olds = olds_of(FIRST, words, SECOND)
    quoted = f"He says: {words} And so on."
    assert told(olds, reading_of(FIRST, quoted, words, OTHER, SECOND))[olds[1]] == (
        "its words stand 2 times"
    )
    assert told(olds, reading_of(FIRST, OTHER, words, OTHER, SECOND))[olds[1]] == "2"


def test_an_answer_given_twice_is_told_apart_from_both_sides_only():
    olds = olds_of(FIRST, "Yes.", SECOND)
    assert told(olds, reading_of(FIRST, "Yes.", SECOND, "Yes."))[olds[1]] == "1"
    assert told(olds, reading_of(FIRST, "Yes.", OTHER, "Yes.", SECOND))[olds[1]] == (
        "its words stand 2 times"
    )
    far = reading_of(FIRST, OTHER, "Yes.", OTHER, "Yes.", SECOND)
    assert told(olds, far)[olds[1]] == "its words stand 2 times"


def test_an_answer_given_twice_is_not_told_apart_with_nothing_known_after_it():
    olds = olds_of(FIRST, "Yes.")
    assert told(olds, reading_of(FIRST, "Yes.", OTHER, "Yes."))[olds[1]] == (
        "its words stand 2 times"
    )


def test_a_long_sentence_judged_twice_is_no_longer_known_by_its_words_alone():
    olds = olds_of(FIRST, SECOND, THIRD, f"{THIRD} Again.", SECOND)
    found = told(olds, reading_of(FIRST, THIRD, f"{THIRD} Again.", SECOND))
    assert found[olds[4]] == "3" and not found[olds[1]].isdigit()
