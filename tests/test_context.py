"""The pass over a source's codings: what is inherited, how far, and never over what."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.codebooks import load_codebook
from pipeline.model.codebook import Codebook
from pipeline.model.coding import Coding
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.tag.answers import reply
from pipeline.tag.context import propose_in_context
from pipeline.tag.inheriting import MOST_SENTENCES
from pipeline.tag.names import compile_names
from pipeline.tag.parse import load_language
from pipeline.tag.propose import propose
from pipeline.tag.rules import compile_tagger

BOOK = """\
schema: backing-codebook/1
codebook: {id: small, version: 1.0.0}
assertion:
  negated:
    sets: {polarity: negated}
    before: |
      not
      never
    max_tokens: 8
  question:
    sets: {mood: question}
    ends_with: ['?']
codes:
- {id: act, kind: group, label: Activity, definition: What is done., carry: turn}
- id: act.drill
  label: Drill
  definition: A drill.
  rules: [{id: drill, phrases: drill}, {id: march, phrases: march, weak: true}]
- {id: act.course, label: Course, definition: A course., rules: [{id: course, phrases: course}]}
- {id: act.talk, label: Talk, definition: A talk., rules: [{id: talk, phrases: talk}]}
- {id: eff, kind: group, label: Claimed effect, definition: What comes of it.}
- {id: eff.deters, label: Deters, definition: It deters., rules: [{id: deters, phrases: deter}]}
- {id: case, kind: group, label: Case, definition: Where., carry: turn, ambiguous: georgia}
- id: case.north
  kind: case
  label: Nordland
  definition: The north.
  rules: [{id: north, phrases: "norland\\noslo\\ngeorgia"}]
- {id: case.south, kind: case, label: South, definition: ., rules: [{id: south, phrases: rome}]}
"""
NLP = load_language(None)


def load(folder: Path, text: str) -> Codebook:
    path = folder / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return load_codebook(path)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Codebook:
    return load(tmp_path_factory.mktemp("book"), BOOK)


def laid_out(
    sentences: Sequence[str], units: Sequence[tuple[int, int]] = ()
) -> tuple[Source, list[Segment]]:
    """Sentences as a source, each in the block and turn that its unit says."""
    segments, at = [], 0
    for number, text in enumerate(sentences):
        block, turn = units[number] if units else (0, -1)
        speaker = f"speaker {turn}" if turn >= 0 else ""
        segments.append(Segment("s", at, at + len(text), "sentence", block, turn, speaker=speaker))
        at += len(text) + 1
    return Source("s", " ".join(sentences)), segments


def coded(
    book: Codebook, sentences: Sequence[str], units: Sequence[tuple[int, int]] = ()
) -> tuple[Coding, ...]:
    source, segments = laid_out(sentences, units)
    return propose_in_context(compile_tagger(book, NLP), compile_names(book, NLP), source, segments)


def given_to(book: Codebook, *sentences: str, units: Sequence[tuple[int, int]] = ()) -> set[str]:
    """What the last sentence inherits."""
    found = coded(book, sentences, units)
    _, segments = laid_out(sentences, units)
    last = segments[-1].segment_id
    return {one.code_id for one in found if one.is_inherited and one.segment_id == last}


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (("We drill.", "This will deter."), {"act.drill"}),
        (("We drill.", "It was Monday that rain came."), set()),
        (("We drill.", "It was stated in a report."), set()),
        (("We drill.", "It is in everyone's interest to find one."), set()),
        (("We drill.", "A man whom we met said of a word that men fear to say it."), set()),
        (("We drill.", "Rain fell, and men deter men."), set()),
        (("We drill.", "Nothing else came."), set()),
        (("We drill.", "I have not seen any effect."), {"act.drill"}),
        (("We hold drills.", "They do deter."), {"act.drill"}),
        (("We hold a drill.", "They do deter."), set()),
        (("We hold drills.", "They said so."), set()),
        (("We drill.", "These efforts deter."), {"act.drill"}),
        (("They hold drills.", "They do deter."), set()),
        (("We march.", "This will deter."), set()),
        (("We drill.", "The course will deter. This is so."), set()),
        (("We drill.", "We hold a course.", "This will deter."), {"act.course"}),
        (("A drill, a course.", "This will deter."), {"act.course", "act.drill"}),
        (("A drill, a course, a talk.", "This will deter."), set()),
        (("We drill.", "Yes.", "This will deter."), {"act.drill"}),
        (("We drill.", "Yes.", "So.", "This will deter."), set()),
        (("We drill.", "This is the economic side."), set()),
        (("We drill.", "Yes.", "This is fine."), set()),
        (("In Oslo it rained.", "Men deter men there."), {"case.north"}),
        (("In Oslo it rained.", "The ministry will deter men."), {"case.north"}),
        (("In Oslo it rained.", "Men deter men."), set()),
        (("In Oslo it rained.", "In Rome they deter."), set()),
        (("In Oslo and Rome it rained.", "They deter men."), set()),
        (("In Oslo it rained.", "Elsewhere they deter."), set()),
        (("In Oslo it rained.", "Here they deter."), set()),
        (("In Georgia it rained.", "Men deter men there."), set()),
    ],
)
def test_a_sentence_inherits_what_it_speaks_of_and_does_not_name(
    book: Codebook, sentences: tuple[str, ...], expected: set[str]
):
    assert given_to(book, *sentences) == expected


@pytest.mark.parametrize(
    ("units", "by_turn", "by_paragraph"),
    [
        (((0, 0), (0, 0)), True, True),
        (((0, 0), (1, 0)), True, False),
        (((0, 0), (1, 1)), False, False),
        (((0, -1), (0, -1)), True, True),
        (((0, -1), (1, -1)), False, False),
    ],
)
def test_it_carries_as_far_as_the_codebook_says(
    book: Codebook,
    tmp_path: Path,
    units: tuple[tuple[int, int], ...],
    by_turn: bool,
    by_paragraph: bool,
):
    by_blocks = load(tmp_path, BOOK.replace("carry: turn", "carry: paragraph"))
    silent = load(tmp_path, BOOK.replace(", carry: turn", ""))
    text = ("We drill.", "This will deter.")
    assert bool(given_to(book, *text, units=units)) == by_turn
    assert bool(given_to(by_blocks, *text, units=units)) == by_paragraph
    assert given_to(silent, *text, units=units) == set()


def test_in_a_speakers_turn_a_case_carries_on_without_a_pronoun(book: Codebook):
    text = ("In Oslo it rained.", "Men deter men.")
    assert given_to(book, *text, units=((0, 0), (0, 0))) == {"case.north"}


def test_it_is_marked_and_shows_the_words_it_comes_from(book: Codebook):
    sentences = ("We drill.", "Yes.", "This will not deter.")
    source, _ = laid_out(sentences)
    [given] = [one for one in coded(book, sentences) if one.is_inherited]
    assert (given.state, given.reason, given.origin_id) == (
        "proposed",
        "named 2 sentences before",
        "drill",
    )
    assert [source.quote(a, b) for a, b in given.matched] == ["drill"]
    assert source.quote(given.start, given.end) == "This will not deter."
    assert given.assertion.polarity == "affirmed", "that there were drills is not denied"
    [given] = [one for one in coded(book, ("We drill.", "I have not seen it.")) if one.is_inherited]
    assert given.assertion.polarity == "negated"


@pytest.mark.parametrize("zone", ["table", "heading", "caption", "references"])
def test_rows_headings_and_lists_neither_give_nor_take(book: Codebook, zone):
    source, segments = laid_out(("We drill.", "This will deter."))
    tagger, names = compile_tagger(book, NLP), compile_names(book, NLP)
    for number in (0, 1):
        there = list(segments)
        there[number] = replace(segments[number], zone=zone)
        found = propose_in_context(tagger, names, source, there)
        assert not any(coding.is_inherited for coding in found)
    excluded = [segments[0], replace(segments[1], standing="excluded")]
    found = propose_in_context(tagger, names, source, excluded)
    assert not any(coding.is_inherited for coding in found)
    context = [segments[0], replace(segments[1], standing="context")]
    [given] = [c for c in propose_in_context(tagger, names, source, context) if c.is_inherited]
    assert given.is_context


WORDS = st.sampled_from(
    "We drill.|We hold drills.|A course came.|This will deter.|They do not deter.|In Oslo.|Rome."
    "|Men deter men.|I have not seen it.|No.|Does it deter?|Will drills deter?|Yes.".split("|")
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(WORDS, st.integers(0, 2), st.integers(-1, 2)), max_size=9))
def test_nothing_is_taken_away_and_nothing_carries_over_its_own_kind(
    book: Codebook, text: list[tuple[str, int, int]]
):
    units = sorted((turn, block) for _, block, turn in text)
    placed = [(block, turn) for turn, block in units]
    sentences = [words for words, _, _ in text]
    source, segments = laid_out(sentences, placed)
    tagger = compile_tagger(book, NLP)
    own = propose(tagger, source, segments)
    found = propose_in_context(tagger, compile_names(book, NLP), source, segments)
    assert tuple(one for one in found if not one.is_inherited) == own
    assert len({one.coding_id for one in found}) == len(found)
    number = {one.segment_id: n for n, one in enumerate(segments)}
    for one in (one for one in found if one.is_inherited):
        here = segments[number[one.segment_id]]
        groups = {c.code_id.split(".")[0] for c in own if c.segment_id == one.segment_id}
        [there] = {
            n for n, s in enumerate(segments) for a, _ in one.matched if s.start <= a < s.end
        }
        distance = number[one.segment_id] - there
        assert distance >= 1 and one.state == "proposed"
        if "asked" not in one.reason:
            assert distance <= MOST_SENTENCES
            assert one.code_id.split(".")[0] not in groups
            assert (segments[there].turn, here.turn >= 0 or segments[there].block) == (
                here.turn,
                here.turn >= 0 or here.block,
            )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No.", ("negated", "asserted")),
        ("Well, no, not really.", ("negated", "hedged")),
        ("Yes, it does.", ("affirmed", "asserted")),
        ("I think so.", ("affirmed", "hedged")),
        ("It depends.", ("affirmed", "hedged")),
        ("Yes and no.", None),
        ("Well.", None),
        ("No trucks came.", None),
        ("Really?", None),
        ("", None),
        ("— …", None),
    ],
)
def test_an_answer_is_short_or_none(text: str, expected: tuple[str, str] | None):
    assert reply(text) == expected


@pytest.mark.parametrize(
    ("sentences", "units", "expected"),
    [
        (("Will drills deter?", "No."), ((0, 0), (1, 1)), {"act.drill", "eff.deters"}),
        (
            ("Will drills deter?", "Is that so?", "No."),
            ((0, 0), (0, 0), (1, 1)),
            {"act.drill", "eff.deters"},
        ),
        (
            ("We drill.", "Will this deter?", "No."),
            ((0, 0), (0, 0), (1, 1)),
            {"act.drill", "eff.deters"},
        ),
        (("Will drills deter?", "No."), ((0, 0), (0, 0)), set()),
        (
            ("Will drills deter?", "Or is it about time and about rain?", "No."),
            ((0, 0), (0, 0), (1, 1)),
            set(),
        ),
        (("Drills deter.", "No."), ((0, 0), (1, 1)), set()),
        (("Which drills deter?", "No."), ((0, 0), (1, 1)), set()),
        (("Will drills deter?", "Rain.", "No."), ((0, 0), (1, 1), (2, 2)), set()),
        (("Will drills deter?", "We hold no drills."), ((0, 0), (1, 1)), set()),
    ],
)
def test_a_short_answer_inherits_the_question_of_the_speaker_before(
    book: Codebook, sentences, units, expected: set[str]
):
    assert given_to(book, *sentences, units=units) == expected


def test_a_case_is_pointed_at_by_its_label(book: Codebook):
    [found] = coded(book, ("On the Nordland side, by contrast, rain fell.",))
    assert (found.code_id, found.is_inherited) == ("case.north", False)
    assert found.origin_id == "case.north.label" and found.origin_sha256
    assert coded(book, ("The Nordland side rained off.",)) == ()
    assert coded(book, ("It is not like on the Nordland side.",)) == ()


def test_an_ambiguous_name_alone_is_told_and_beside_another_it_is_not(book: Codebook):
    [found] = coded(book, ("Georgia is far.",))
    assert found.reason == "ambiguous: Georgia may name something else"
    assert {one.reason for one in coded(book, ("Georgia is far from Oslo.",))} == {""}
