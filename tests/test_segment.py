"""Sentences within blocks and turns, never across; offsets that quote exactly."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import OffsetError
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.model.study import SourceEntry, ZonePolicy
from pipeline.model.zone import Turn, Zone
from pipeline.segment import segment, sentences

EMOJI = "\U0001f469\u200d\U0001f692 \U0001f1f7\U0001f1f4 e\u0301 \u05d0\u05d1 "
WORDS = st.text(
    st.sampled_from("ab .?!\"'\n" + EMOJI) | st.characters(exclude_categories=["Cs"]),
    min_size=1,
    max_size=80,
)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.S. forces left. They came back.", ["U.S. forces left.", "They came back."]),
        ("It is in the U.S. The rest is not.", ["It is in the U.S.", "The rest is not."]),
        ("See Art. 5 and No. 7. Then go.", ["See Art. 5 and No. 7.", "Then go."]),
        ("Mr. Ionescu of Dr. Weber's staff came.", ["Mr. Ionescu of Dr. Weber's staff came."]),
        ('He said "Wait." Then he left.', ['He said "Wait."', "Then he left."]),
        ("Why? Because! And so... it went.", ["Why?", "Because!", "And so... it went."]),
        (
            "It cost 3.5 million. Section 383 applies.",
            ["It cost 3.5 million.", "Section 383 applies."],
        ),
        ("No.", ["No."]),
        (
            "We went to Bucharest. In Riga, e.g. at the port, it rained.",
            ["We went to Bucharest.", "In Riga, e.g. at the port, it rained."],
        ),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]):
    assert cut(text) == expected


@settings(max_examples=300, deadline=None)
@given(WORDS)
def test_sentences_lie_in_order_and_lose_nothing_but_white_space(text: str):
    spans = sentences(text)
    assert all(a < b for a, b in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    kept = {i for a, b in spans for i in range(a, b)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in kept)


@settings(max_examples=300, deadline=None)
@given(WORDS, st.data())
def test_a_quotation_is_exactly_the_text_at_its_offsets(raw: str, data: st.DataObject):
    text = unicodedata.normalize("NFC", raw)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quotation = Source("s", text).quote(start, end)
    assert len(quotation) == end - start
    assert text == text[:start] + quotation + text[end:]


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=5))
def test_a_segment_never_crosses_a_block_or_a_turn(blocks: list[str]):
    text, zones, turns = "", [], []
    for number, block in enumerate(blocks):
        start = len(text)
        text += block
        zones.append(Zone("body", start, len(text), "test"))
        turns.append(Turn(start, len(text), f"Speaker {number}"))
        text += "\n\n"
    source = Source("s", text, tuple(zones), turns=tuple(turns))
    for one in segment(source, SourceEntry("s", "s.txt"), ZonePolicy()):
        zone = zones[one.block]
        assert zone.start <= one.start < one.end <= zone.end
        assert one.speaker == f"Speaker {one.turn}"
        assert source.quote(one.start, one.end).strip()


def test_roles_and_zones_decide_what_counts():
    text = "Does it deter?\n\nNo.\n\nAuthor, A. (2014). Deterrence."
    source = Source(
        "s",
        text,
        (Zone("body", 0, 14, "t"), Zone("body", 16, 19, "t"), Zone("references", 21, 50, "t")),
        turns=(Turn(0, 14, "Interviewer"), Turn(16, 19, "Official A")),
    )
    entry = SourceEntry("s", "s.vtt", speakers=(("Interviewer", "interviewer"),))
    policy = ZonePolicy(frozenset({"references"}), context_roles=frozenset({"interviewer"}))
    standings = [one.standing for one in segment(source, entry, policy)]
    assert standings[:2] == ["context", "counted"]
    assert set(standings[2:]) == {"excluded"}


@pytest.mark.parametrize(("start", "end"), [(0, 0), (-1, 3), (2, 1), (0, 99)])
def test_offsets_outside_the_text_are_refused(start: int, end: int):
    with pytest.raises(OffsetError, match="nothing is at"):
        Source("s", "Riga").quote(start, end)


def test_an_empty_segment_is_refused():
    with pytest.raises(OffsetError, match="can not span"):
        Segment("s", 3, 3, "sentence")
