"""Packed places and runs are to every reader what tuples of the same are."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from pipeline.model.place import Box, Place, Run
from pipeline.model.places import Places, Runs
from pipeline.model.source import Source

NUMBERS = st.integers(0, 2**31 - 1)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
SINGLE = FLOATS.filter(lambda one: abs(one) < 1e30).map(
    lambda one: struct.unpack("f", struct.pack("f", one))[0]
)
SPANS = st.builds(
    Place,
    NUMBERS,
    NUMBERS,
    st.integers(0, 3),
    st.sampled_from(["", "iv"]),
    st.none() | st.builds(Box, *[SINGLE] * 4) | st.builds(Box, *[FLOATS] * 4),
    st.none() | st.tuples(FLOATS, FLOATS),
    st.sampled_from(["", "7"]),
    st.sampled_from([0.5, 1.0]),
)
PLACES = st.lists(SPANS, max_size=8).map(tuple)
RUNS = st.lists(st.builds(Run, *[NUMBERS] * 5, st.integers(-1, 9)), max_size=8).map(tuple)
TEXT = "one two three four five six"
LINES = (Place(0, 7, 1), Place(8, 13, 1), Place(14, 27, 2))


@given(PLACES, RUNS)
def test_they_give_back_what_was_put_in(places: tuple[Place, ...], runs: tuple[Run, ...]):
    for packed, plain in ((Places.of(places), places), (Runs.of(runs), runs)):
        assert packed == plain and plain == packed and len(packed) == len(plain)
        assert tuple(packed) == plain and packed[1:5:2] == plain[1:5:2]
        assert hash(packed) == hash(plain) and repr(packed) == repr(plain)
        assert type(packed).of(packed) is packed
        assert not plain or packed[-1] == plain[-1]


@given(PLACES, RUNS)
def test_they_are_written_and_read_as_lists_of_objects(
    places: tuple[Place, ...], runs: tuple[Run, ...]
):
    source = Source("x", "text", places=places, runs=runs)  # type: ignore[arg-type]
    adapter = TypeAdapter(Source)
    written = adapter.dump_json(source)
    assert TypeAdapter(tuple[Run, ...]).dump_json(runs) in written
    assert TypeAdapter(tuple[Place, ...]).dump_json(places) in written
    assert adapter.validate_json(written) == source


def test_a_source_packs_what_it_is_given():
    source = Source("x", TEXT, places=LINES, runs=(Run(0, 27, 0, 27),))  # type: ignore[arg-type]
    assert isinstance(source.places, Places) and isinstance(source.runs, Runs)
    assert source.places == LINES and source == Source(
        "x", TEXT, places=source.places, runs=source.runs
    )


@pytest.mark.parametrize(
    ("start", "end", "touched"),
    [(0, 1, [0]), (6, 9, [0, 1]), (7, 8, []), (13, 14, []), (13, 15, [2]), (0, 27, [0, 1, 2])],
)
def test_what_a_stretch_touches(start: int, end: int, touched: list[int]):
    assert list(Places.of(LINES).touching(start, end)) == [LINES[number] for number in touched]


@pytest.mark.parametrize(
    "wrong",
    [
        '"places": [{"start": "a", "end": 2}]',
        '"places": [{"start": 100000000000000, "end": 100000000000001}]',
        '"runs": [{"start": 1, "end": 2, "raw_start": 1, "raw_end": 99999999999}]',
        '"runs": 4',
    ],
)
def test_an_answer_with_wrong_numbers_is_refused(wrong: str):
    with pytest.raises(ValidationError):
        TypeAdapter(Source).validate_json(f'{{"source_id": "x", "text": "a", {wrong}}}')
