"""Acronyms: defined in a source, resolved in it, and not where they have two senses."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.codebooks import load_codebook
from pipeline.model.codebook import Codebook
from pipeline.model.coding import Coding
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.model.zone import Zone
from pipeline.segment import sentences
from pipeline.tag.acronyms import acronyms_in, acronyms_of, expand
from pipeline.tag.definitions import learn, listed
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
codes:
- id: eff
  label: Effect
  definition: It has an effect.
  rules:
  - id: effect
    phrases: |
      security cooperation .. deter
  - id: staff
    phrases: |
      SC specialist
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Codebook:
    path: Path = tmp_path_factory.mktemp("book") / "small.yaml"
    path.write_text(BOOK, encoding="utf-8")
    return load_codebook(path)


def proposed(book: Codebook, text: str) -> list[Coding]:
    segments = [Segment("s", a, b, "sentence") for a, b in sentences(text)]
    return list(propose(compile_tagger(book, load_language(None)), Source("s", text), segments))


def defined(text: str) -> list[tuple[str, str]]:
    return [(one.short, one.long) for one in learn(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Security cooperation (SC) has limits.", [("SC", "Security cooperation")]),
        ("SC (security cooperation) has limits.", [("SC", "security cooperation")]),
        ("the Department of Defense (DoD) said", [("DoD", "Department of Defense")]),
        (
            "RAND (a Federally Funded Research and Development Center (FFRDC)) wrote it.",
            [("FFRDC", "Federally Funded Research and Development Center")],
        ),
        (
            "Security Cooperation Offices (SCOs) abroad",
            [("SCO", "Security Cooperation Offices")],
        ),
        ("European Command (EUCOM)", [("EUCOM", "European Command")]),
        ("security cooperation (hereafter “SC”) is", [("SC", "security cooperation")]),
        ("security cooperation (SC, or foreign aid) is", [("SC", "security cooperation")]),
        ("Our SC - I mean our supply command - had trucks.", [("SC", "supply command")]),
        ("The SC, that is the supply command, had trucks.", [("SC", "supply command")]),
        (
            "an intercontinental ballistic missile (ICBM)",
            [("ICBM", "intercontinental ballistic missile")],
        ),
        ("the partnership (Romania) is old", []),
        ("He came (The End) late.", []),
        ("It was good. Security (SC) is", []),
        ("They met in June (NATO) and left.", []),
        ("The report (DoD, 2019) says so.", []),
    ],
)
def test_a_definition_is_learnt_where_letters_and_words_agree(
    text: str, expected: list[tuple[str, str]]
):
    assert defined(text) == expected


def test_a_second_sense_makes_an_acronym_ambiguous_and_a_plural_does_not():
    both = acronyms_of("Security cooperation (SC). Our SC - I mean supply command - .")
    assert both.meanings == {"SC": ("Security cooperation", "supply command")}
    assert both.is_ambiguous("SC")
    alone = expand("SC alone.", 1_000, both)
    assert alone is not None and "ecurity" not in alone.text and "upply" not in alone.text
    for other in ("Accelerating Clean Energy", "to Accelerate Clean Energy"):
        text = f"Partnership for Accelerating Clean Energy (PACE). Partnership {other} (PACE)."
        assert not acronyms_of(text).is_ambiguous("PACE")
    again = acronyms_of("A security office (SO). The Security Offices (SOs).")
    assert not again.is_ambiguous("SO")


def test_only_what_stands_after_its_definition_is_written_out():
    text = "SC came first. Security cooperation (SC) has limits, SC does. SCs end."
    acronyms = acronyms_of(text)
    assert expand(text[:14], 0, acronyms) is None
    here = expand(text[15:61], 15, acronyms)
    assert here is not None
    assert here.text == "Security cooperation (SC) has limits, Security cooperation does."
    assert expand("No acronym here.", 100, acronyms) is None
    assert expand("The SC-like and the XSC.", 100, acronyms) is not None


def test_a_span_leads_back_to_the_acronyms_own_characters():
    acronyms = acronyms_of("Security cooperation (SC).")
    text = "If SC alone deters, SC pays."
    there = expand(text, 100, acronyms)
    assert there is not None
    at = there.text.index("cooperation alone")
    assert text[slice(*there.back(at, at + len("cooperation alone")))] == "SC alone"
    pays = there.text.index("pays")
    assert text[slice(*there.back(pays, pays + 4))] == "pays"


@given(st.lists(st.sampled_from(["SC", "DoD", "deters", "the", "SCs", ",", "é"]), max_size=8))
def test_what_stands_outside_an_acronym_leads_back_to_itself(words: list[str]):
    acronyms = acronyms_of("Security cooperation (SC), Department of Defense (DoD).")
    text = " ".join(words)
    there = expand(text, 1_000, acronyms)
    if there is None:
        assert not {"SC", "SCs", "DoD"} & set(words)
        return
    assert there.back(0, len(there.text)) == (0, len(text))
    for start in range(len(there.text)):
        a, b = there.back(start, start + 1)
        assert there.cuts(start, start + 1) or text[a:b] == there.text[start]


def test_a_rule_finds_the_long_form_and_points_at_the_acronym(book: Codebook):
    text = "Security cooperation (SC) has limits. They say SC will not deter."
    [coding] = proposed(book, text)
    assert [text[a:b] for a, b in coding.matched] == ["SC will not deter"]
    assert coding.reason == ""
    [cue] = coding.assertion.cues
    assert text[cue.start : cue.end] == "not"


def test_the_sentence_that_defines_is_no_evidence_beyond_what_it_says(book: Codebook):
    assert proposed(book, "Security cooperation (SC) has limits.") == []


def test_an_acronym_with_two_senses_is_not_resolved(book: Codebook):
    text = "Security cooperation (SC) is old. Our SC - I mean supply command - moves. SC can deter."
    assert proposed(book, text) == []


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        ("", ""),
        ("The supply command (SC) is old. ", "ambiguous: here SC stands for supply command"),
    ],
)
def test_a_rule_that_names_an_acronym_of_another_sense_is_flagged(
    book: Codebook, before: str, reason: str
):
    [coding] = proposed(book, before + "An SC specialist came.")
    assert (coding.origin_id, coding.reason) == ("staff", reason)


def test_a_part_of_a_long_form_is_no_ground(book: Codebook):
    text = "The joint security cooperation (JSC) group. A JSC that can deter. "
    assert proposed(book, text) == []


@pytest.mark.parametrize(
    ("line", "long"),
    [
        ("SC  Security cooperation", "Security cooperation"),
        ("| DoD | Department of Defense |", "Department of Defense"),
        (
            "IMET: International Military Education and Training.",
            "International Military Education and Training",
        ),
        ("Security cooperation", None),
        ("SC see above", None),
        ("Acronyms", None),
    ],
)
def test_a_line_of_a_list_defines_an_acronym(line: str, long: str | None):
    found = listed(line)
    assert (found.long if found else None) == long


def test_a_list_at_the_end_holds_for_the_whole_source():
    text = "If SC can deter. SC Security cooperation"
    zones = (Zone("body", 0, 16, "by hand"), Zone("acronyms", 17, len(text), "by hand"))
    acronyms = acronyms_in(Source("s", text, zones))
    there = expand(text[:16], 0, acronyms)
    assert there is not None and there.text == "If Security cooperation can deter."
    assert acronyms_in(Source("s", text)).definitions == ()
