"""Lines that wait in columns are to every reader what tuples of the same are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.building import Block
from pipeline.extract.cleaning import clean
from pipeline.extract.hyphens import Words, may_be_torn
from pipeline.extract.lines import Lines
from pipeline.extract.normalise import RawLine
from pipeline.extract.printed import (
    Chained,
    Lined,
    Printed,
    Stretch,
    chained,
    first_text,
    texts_of,
)
from pipeline.extract.said import Said, lines_said, texts_said
from pipeline.extract.texts import Texts
from pipeline.model.place import Box

TEXTS = st.lists(st.text(st.characters(), max_size=6), max_size=6).map(tuple)
BOUNDS = st.none() | st.integers(-4, 7)
WORDS = ("We doubted", "that\u2014they", "", "meant it")
LABELS = ("1", "2", "3", "4")


def lines_of(texts: tuple[str, ...]) -> Lines:
    """Lines of which every other keeps the numbers of its characters."""
    count = len(texts)
    numbers = np.arange(count, dtype=np.int32)
    boxes = np.arange(4 * count, dtype=np.float32).reshape(count, 4) / 3
    none, ones = np.zeros(count, np.bool_), np.ones(count, np.float32)
    firsts = np.where(numbers % 2, -1, 10 * numbers).astype(np.int32)
    others = {i: [-1] * len(text) for i, text in enumerate(texts) if i % 2}
    marks = tuple(((1, "*"),) if i == 2 else () for i in range(count))
    return Lines(
        texts, firsts, others, marks, boxes, boxes, ones, numbers, none, none, numbers, none, ones
    )


def raw_lines(texts: tuple[str, ...], labels: tuple[str, ...]) -> tuple[RawLine, ...]:
    """The same as they are made one by one."""
    lines = lines_of(texts)
    return tuple(
        RawLine(
            text,
            7,
            "vii",
            Box(*lines.shown[i].tolist()),
            indices=lines.indices[i],
            line_label=labels[i],
            note_marks=((1, "7:*"),) if i == 2 else (),
        )
        for i, text in enumerate(texts)
    )


def waiting(*, is_packed: bool) -> Stretch:
    return Stretch(Printed.of(lines_of(WORDS), 7, "vii", LABELS, is_packed=is_packed), 0, 4)


@given(TEXTS, BOUNDS, BOUNDS, st.sampled_from([None, 1, 2, -1]))
def test_packed_texts_are_the_texts(
    texts: tuple[str, ...], start: int | None, end: int | None, step: int | None
):
    packed = Texts.of(texts)
    assert packed == texts and len(packed) == len(texts) and hash(packed) == hash(texts)
    assert list(packed) == list(texts) and repr(packed) == repr(texts)
    assert packed[start:end:step] == texts[start:end:step]
    assert not texts or (packed[-1], packed[0]) == (texts[-1], texts[0])


@pytest.mark.parametrize("is_packed", [False, True])
def test_lines_that_wait_are_made_as_they_were_printed(is_packed: bool):
    lines, made = waiting(is_packed=is_packed), raw_lines(WORDS, LABELS)
    assert tuple(lines) == made and lines[-1] == made[-1] and len(lines) == 4
    assert tuple(lines[1:]) == made[1:] and tuple(lines[1:][:1]) == made[1:2]
    assert tuple(lines[::2]) == made[::2] and tuple(lines.part(1, 3)) == made[1:3]
    assert tuple(lines.texts) == WORDS and tuple(lines[5:]) == () and first_text(lines[5:]) == ""


@pytest.mark.parametrize("is_packed", [False, True])
def test_chained_lines_are_those_of_their_parts(is_packed: bool):
    lines, made = waiting(is_packed=is_packed), raw_lines(WORDS, LABELS)
    head = (RawLine("Before"),)
    joined = chained(head, lines[1:], (), chained(lines[:1], head))
    assert isinstance(joined, Chained)
    plain = (*head, *made[1:], *made[:1], *head)
    assert tuple(joined) == plain and len(joined) == len(plain)
    assert (joined[0], joined[-1], joined[2]) == (plain[0], plain[-1], plain[2])
    for some in (slice(1, None), slice(0, 1), slice(2, 4), slice(None, None, -1)):
        assert tuple(joined[some]) == plain[some]
    assert tuple(texts_of(joined)) == tuple(line.text for line in plain)
    assert first_text(joined) == "Before" and first_text(chained()) == ""
    assert chained(lines) is lines


def test_lines_taken_and_numbered_keep_their_characters():
    lines = lines_of(WORDS)
    assert lines.indices[2] == range(20, 20) and lines.indices[1] == [-1] * 9
    taken = lines.take([3, 0])
    assert taken.indices == (lines.indices[3], lines.indices[0])
    assert taken.shown is taken.boxes


BLOCKS = st.lists(
    st.lists(st.text("a \n-", max_size=5).map(RawLine), max_size=4).map(tuple), max_size=5
)


@given(BLOCKS)
def test_what_is_said_is_what_lines_say(lines: list[Lined]):
    blocks = [Block("body", some, "x") for some in lines]
    said = Said(blocks)
    plain = [line.text for block in blocks for line in lines_said(block)]
    assert list(said) == plain == [said[n] for n in range(len(said))] and len(said) == len(plain)
    assert said[1:] == tuple(plain[1:])
    counts = [sum(1 for _ in texts_said(block)) for block in blocks]
    assert said.opening == [at == 0 for count in counts for at in range(count)]


@given(st.text(st.sampled_from("a-\u2010 \u00ad\u200b\ufeff\n\u0301\x02"), max_size=6))
def test_every_line_that_ends_in_a_hyphen_may_be_torn(line: str):
    if clean(line)[-1:] in ("-", "\u2010"):
        assert may_be_torn(line)


def test_words_are_counted_only_where_a_line_is_torn():
    assert not Words.asked_for(lambda: ["They doubted", "it"]).counts
    assert Words.asked_for(lambda: ["They deter-", "red it"]).counts["they"] == 1
    many = ["cooperation"] * 4_001
    assert Words.of(many).counts["cooperation"] == 4_001
