"""Marks in a text: nothing is lost, each coding can be reached, and its words light up whole."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from pipeline.export.bundle import Bundle
from pipeline.export.grid import Grid
from pipeline.export.marks import draw, marks_of
from pipeline.export.placement import Placement
from pipeline.export.reading import SourceReading
from pipeline.model.codebook import Codebook
from pipeline.model.coding import Coding, State
from pipeline.model.finding import EvidenceMatrix
from pipeline.model.source import Source
from pipeline.model.study import Study
from pipeline.model.zone import Zone

TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), min_size=2, max_size=60
)
STATES: tuple[State, ...] = ("proposed", "accepted", "disputed", "rejected", "settled")


@st.composite
def coded_texts(draw_from):
    text = draw_from(TEXTS)
    spans = draw_from(
        st.lists(
            st.tuples(
                st.integers(0, len(text) - 1), st.integers(1, len(text)), st.sampled_from(STATES)
            ),
            max_size=6,
        )
    )
    codings = tuple(
        Coding("s", f"s@{n}", start, max(end, start + 1), f"c{n}", "rules", "rule", state=state)
        for n, (start, end, state) in enumerate(spans)
    )
    return text, codings


def pieces_of(block, coding_id):
    return block.xpath(f'.//*[@id="{coding_id}"] | .//*[contains(@class, "c-{coding_id}")]')


@settings(max_examples=300)
@given(coded_texts())
def test_a_drawn_text_is_the_text_and_each_coding_covers_exactly_its_words(made):
    text, codings = made
    drawn = draw(text, (0, len(text)), marks_of(codings))
    block = html.fragment_fromstring(f"<div>{drawn.html}</div>")
    assert block.text_content() == text
    for coding in codings:
        assert len(block.xpath(f'.//*[@id="{coding.coding_id}"]')) == 1
        words = "".join(piece.text_content() for piece in pieces_of(block, coding.coding_id))
        assert words == text[coding.start : coding.end]
        is_split = len(pieces_of(block, coding.coding_id)) > 1
        assert is_split == (coding.coding_id in drawn.split_ids)


@settings(max_examples=200)
@given(coded_texts(), st.lists(st.integers(0, 59), max_size=4))
def test_the_blocks_of_a_source_hold_every_character_and_every_coding_once(made, cuts):
    text, codings = made
    edges = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    zones = tuple(Zone("body", a, b, "r") for a, b in pairwise(edges))
    source = Source("s", text, zones=zones if cuts else ())
    bundle = Bundle(
        Study(), Codebook("b", "1"), (source,), (), codings, EvidenceMatrix((), (), (), ())
    )
    reading = SourceReading(bundle, Placement(bundle, Grid(bundle)), source)
    drawn = "".join(str(block.text.html) for block in reading.blocks)
    page = html.fragment_fromstring(f"<div>{drawn}</div>")
    assert "".join(page.text_content().split()) == "".join(text.split())
    for coding in codings:
        assert len(page.xpath(f'.//*[@id="{coding.coding_id}"]')) == 1


def test_two_excerpts_that_cross_are_split_and_both_can_be_reached():
    first = Coding("s", "s@0-8", 0, 8, "a", "rules", "rule")
    second = replace(first, segment_id="s@4-12", start=4, end=12, code_id="b")
    drawn = draw("one two three", (0, 13), marks_of((first, second)))
    assert drawn.split_ids == (second.coding_id,)
    assert drawn.html.count("</span>") == drawn.html.count("<span")


def test_codings_of_the_same_words_share_one_line_drawn_for_the_surest():
    proposed = Coding("s", "s@0-3", 0, 3, "a", "rules", "rule")
    accepted = replace(proposed, code_id="b", state="accepted")
    drawn = draw("one two", (0, 7), marks_of((proposed, accepted)))
    assert drawn.html.count("accepted") == 1
    assert "proposed" not in drawn.html
    assert f'id="{proposed.coding_id}"' in drawn.html
    assert f'id="{accepted.coding_id}"' in drawn.html


def test_a_rejected_coding_has_an_address_and_no_line():
    rejected = Coding("s", "s@0-3", 0, 3, "a", "rules", "rule", state="rejected")
    drawn = draw("one two", (0, 7), marks_of((rejected,)))
    assert f'class="x hidden d0" id="{rejected.coding_id}"' in drawn.html
