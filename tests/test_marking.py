"""Handling markings: the grammar over every form it knows, and what it leaves alone."""

import re
import tarfile
import time
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import MarkingError
from pipeline.extract import extract
from pipeline.extract.banners import marking_rule
from pipeline.extract.building import marks_apart, plain_block
from pipeline.extract.marking import with_markings
from pipeline.extract.portion_marks import portion_of
from pipeline.model.marking import highest, parse_marking
from pipeline.model.marking_scale import OWN, Level
from pipeline.model.source import Source
from pipeline.model.zone import Zone

BANNERS = [
    ("TOP SECRET", "TOP SECRET"),
    ("SECRET//NOFORN", "SECRET"),
    ("TOP SECRET//SI//NOFORN", "TOP SECRET"),
    ("SECRET//REL TO USA, FVEY", "SECRET"),
    ("CONFIDENTIAL", "CONFIDENTIAL"),
    ("UNCLASSIFIED", "UNCLASSIFIED"),
    ("CUI", "CUI"),
    ("CUI//SP-PRVCY//NOFORN", "CUI"),
    ("CUI//FED ONLY", "CUI"),
    ("CONTROLLED UNCLASSIFIED INFORMATION", "CUI"),
    ("FOR OFFICIAL USE ONLY", "CUI"),
    ("FOUO", "CUI"),
    ("NATO SECRET", "SECRET"),
    ("COSMIC TOP SECRET", "TOP SECRET"),
    ("//GBR SECRET", "SECRET"),
    ("OFFICIAL-SENSITIVE", "CUI"),
    ("RESTREINT UE/EU RESTRICTED", "CONFIDENTIAL"),
    ("SECRET/NOFORN", "SECRET"),
]
PORTIONS = [
    ("(U)", "UNCLASSIFIED"),
    ("(C)", "CONFIDENTIAL"),
    ("(S)", "SECRET"),
    ("(TS)", "TOP SECRET"),
    ("(S//NF)", "SECRET"),
    ("(TS//SI//NF)", "TOP SECRET"),
    ("(S//REL TO USA, GBR)", "SECRET"),
    ("(CUI)", "CUI"),
    ("(U//FOUO)", "CUI"),
    ("(NS)", "SECRET"),
    ("(CTS)", "TOP SECRET"),
    ("(S/NF)", "SECRET"),
    ("(TS/SI/NF)", "TOP SECRET"),
]
PROSE = [
    "A secret meeting",
    "SECRET meeting",
    "The CONFIDENTIAL annex was read",
    "(c) the plan",
    "(s) items",
    "He kept it secret.",
    "(C/D) ratio",
    "(S/he) came",
    "Classification: secret to all",
    "TOP SECRET: How Codes Were Broken",
    "(Laughter.)",
    "(A) first",
    "SECRET GARDEN",
    "SECRET - A HISTORY OF THE SERVICE",
    "S E C R E T G A R D E N",
    "S E C R E T GARDEN",
    "CONFIDENTIAL SIR",
    "SECRET SINGER",
    "CONFIDENTIAL - NOT TO BE MISSED",
]


@pytest.mark.parametrize(("line", "level"), BANNERS)
def test_a_banner_alone_on_its_line_is_one(line: str, level: str):
    assert marking_rule(line) == "marking.banner"
    assert parse_marking(line).level.words == level


@pytest.mark.parametrize(
    ("line", "marking"),
    [
        ("S E C R E T", "SECRET"),
        ("T O P  S E C R E T", "TOP SECRET"),
        ("T O P S E C R E T", "TOP SECRET"),
        ("C O N F I D E N T I A L", "CONFIDENTIAL"),
        ("S E C R E T / / N O F O R N", "SECRET//NOFORN"),
        ("S E C R E T//N O F O R N", "SECRET//NOFORN"),
        ("S E C R E T NOFORN", "SECRET//NOFORN"),
        ("S E C R E T SECTION 01 OF 03 ABU DHABI 001234", "SECRET"),
        ("C O N F I D E N T I A L KABUL 000123", "CONFIDENTIAL"),
        ("SECRET NOFORN", "SECRET//NOFORN"),
        ("SECRET - NOFORN", "SECRET//NOFORN"),
        ("SECRET\u2014NOFORN", "SECRET//NOFORN"),
        ("SECRET, NOFORN", "SECRET//NOFORN"),
        ("TOP SECRET SI NOFORN", "TOP SECRET//NOFORN//SI"),
        ("TOP SECRET/SI/TK NOFORN", "TOP SECRET//NOFORN//SI//TK"),
        ("TOP SECRET HCS-P SI-G TK ORCON NF", "TOP SECRET//HCS-P//NOFORN//ORCON//SI-G//TK"),
        ("SECRET EYES ONLY", "SECRET//EYES ONLY"),
        ("SECRET REL TO USA, FVEY", "SECRET//REL TO USA, FVEY"),
        ("SECRET NOFORN//XYZZY", "SECRET//NOFORN//XYZZY"),
        ("UNCLASSIFIED - FOR OFFICIAL USE ONLY", "CUI"),
        ("UNCLASSIFIED FOUO", "CUI"),
        ("CLASSIFICATION: S E C R E T - NOFORN", "SECRET//NOFORN"),
    ],
)
def test_a_banner_spaced_out_or_without_strokes_is_one(line: str, marking: str):
    assert marking_rule(line) == "marking.banner"
    assert told(line, "The third brigade leaves by the road.").marking == marking
    assert told(f"- {line} -", "The third brigade leaves by the road.").marking == marking


def test_a_study_may_say_its_marking_without_strokes():
    assert str(parse_marking("Secret noforn")) == "SECRET//NOFORN"
    assert str(parse_marking("top secret - SI, ORCON")) == "TOP SECRET//ORCON//SI"


@pytest.mark.parametrize("text", ["SECRET GARDEN", "SECRET - A HISTORY", "SECRET NOFORN GARDEN"])
def test_words_that_are_no_caveat_make_no_marking(text: str):
    assert marking_rule(text) == ""
    with pytest.raises(MarkingError):
        parse_marking(text)


@pytest.mark.parametrize(("mark", "level"), PORTIONS)
def test_a_portion_mark_is_taken_from_the_words(mark: str, level: str):
    assert portion_of(f"{mark} The plan holds.") == (mark, "The plan holds.")
    assert parse_marking(mark).level.words == level
    apart = marks_apart([plain_block("body", f"{mark} The plan holds.", "text.paragraph")])
    assert [block.kind for block in apart] == ["marking", "body"]
    assert apart[1].marking == mark and apart[1].lines[0].text == "The plan holds."


@pytest.mark.parametrize("line", PROSE)
def test_prose_is_no_mark(line: str):
    assert marking_rule(line) == ""
    assert portion_of(line)[0] == ""


@pytest.mark.parametrize(
    "line",
    [
        "*** SECRET//NOFORN ***",
        "- SECRET//NOFORN -",
        "[SECRET//NOFORN]",
        "SECRET//NOFORN.",
        "**SECRET//NOFORN**",
        "CLASSIFICATION: SECRET//NOFORN",
        "Classification : SECRET//NOFORN",
        "== OVERALL CLASSIFICATION: SECRET/NOFORN ==",
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md", ".eml"])
def test_a_banner_may_be_set_off_by_signs_or_said_to_be_one(tmp_path: Path, line: str, suffix: str):
    head = "From: a@example.org\nSubject: The road\n\n" if suffix == ".eml" else ""
    path = tmp_path / f"a{suffix}"
    path.write_text(f"{head}{line}\n\nThe third brigade leaves by the road.\n", encoding="utf-8")
    source = extract(path, "x")
    assert source.marking == "SECRET//NOFORN"
    assert source.text.endswith("The third brigade leaves by the road.")


def test_no_long_line_of_strokes_takes_long():
    for line in (
        *("(S" + "/NF" * 50_000, "SECRET" + "//A/NF/NF" * 20, "(S//A" + "/NF//B" * 20_000),
        *("S E C R E T" + " NF" * 60, "SECRET" + " - REL TO USA, GBR" * 10, "S E C R E T " * 16),
    ):
        began = time.monotonic()
        portion_of(line + "\u2603")
        marking_rule(line + "\u2603")
        assert time.monotonic() - began < 2


def told(*paragraphs: str) -> Source:
    """A source of some paragraphs with its marks on record."""
    text = "\n\n".join(paragraphs)
    zones, at = [], 0
    for paragraph in paragraphs:
        zones.append(Zone("body", at, at + len(paragraph), "text.paragraph"))
        at += len(paragraph) + 2
    return with_markings(Source("x", text, tuple(zones)))


@pytest.mark.parametrize(
    ("paragraphs", "marking", "rule"),
    [
        (("SECRET//NOFORN", "Some words."), "SECRET//NOFORN", "marking.banner"),
        (
            ("Controlled by: Office of Plans", "CUI Category: OPSEC", "POC: nobody"),
            "CUI",
            "marking.cui",
        ),
        (
            ("Classified By: A. Nobody", "Derived From: several", "Declassify On: 20400101"),
            "TOP SECRET",
            "marking.authority",
        ),
        (
            ("DISTRIBUTION STATEMENT A. Approved for public release.", "Words."),
            "UNCLASSIFIED",
            "marking.distribution",
        ),
        (
            ("Distribution Statement D: defence and its contractors only.", "Words."),
            "CUI",
            "marking.distribution",
        ),
        (
            ("CLEARED", "For Open Publication", "Jun 17, 2025", "Words of the paper."),
            "UNCLASSIFIED",
            "marking.stamp",
        ),
    ],
)
def test_a_block_says_how_the_whole_is_marked(paragraphs: tuple[str, ...], marking: str, rule: str):
    source = told(*paragraphs)
    assert source.marking == marking
    assert rule in {zone.rule for zone in source.zones}
    assert all(zone.kind == "marking" for zone in source.zones if zone.rule == rule)


@pytest.mark.parametrize(
    "terms", ["not for attribution", "off the record", "on background", "Chatham House Rule"]
)
def test_the_terms_of_a_talk_are_noted_and_set_no_level(terms: str):
    source = told(f"We spoke {terms}, in the evening.", "He said little.")
    assert source.marking == ""
    assert terms in source.zones[0].marking and not source.zones[1].marking
    assert any("terms of use" in warning for warning in source.warnings)


def test_a_banner_below_a_portion_is_a_warning_and_the_higher_holds():
    source = told("UNCLASSIFIED", "Words.")
    zones = (*source.zones[:-1], Zone("body", 14, 20, "x", marking="(S)"))
    source = with_markings(Source("x", source.text, zones))
    assert source.marking.startswith("SECRET")
    assert any("above the UNCLASSIFIED" in warning for warning in source.warnings)


LEVELS = st.sampled_from(list(OWN))
PARTS = st.lists(
    st.sampled_from(
        [
            *("NOFORN", "SI", "ORCON", "XYZZY", "SP-PRVCY", "FRED"),
            *("REL TO USA, GBR", "REL TO USA, FVEY", "REL TO USA, AUS AND GBR", "RELIDO"),
        ]
    ),
    max_size=3,
    unique=True,
)


@st.composite
def markings(draw: st.DrawFn) -> str:
    return "//".join([draw(LEVELS), *draw(PARTS)])


@settings(max_examples=300)
@given(markings())
def test_what_is_printed_is_read_again(text: str):
    marking = parse_marking(text)
    again = parse_marking(str(marking))
    assert (again.level, again.parts) == (marking.level, marking.parts)


@settings(max_examples=300)
@given(markings(), markings())
def test_one_of_two_is_not_above_the_other_and_the_highest_of_both_is_above_neither(a: str, b: str):
    one, two = parse_marking(a), parse_marking(b)
    top = highest([one, two])
    assert top is not None and not one.exceeds(top) and not two.exceeds(top)
    if not one.exceeds(two):
        assert one.rank <= two.rank


@pytest.mark.parametrize(
    ("marks", "top"),
    [
        (("SECRET", "SECRET//REL TO USA, GBR"), "SECRET"),
        (("CUI", "SECRET//REL TO USA, GBR"), "SECRET"),
        (("SECRET//REL TO USA, AUS", "SECRET//REL TO USA, GBR"), "SECRET"),
        (("UNCLASSIFIED", "SECRET//REL TO USA, GBR"), "SECRET//REL TO USA, GBR"),
        (("SECRET//REL TO USA, FVEY", "SECRET//REL TO USA, GBR"), "SECRET//REL TO USA, GBR"),
    ],
)
def test_all_together_are_released_to_none_that_one_of_them_is_not(
    marks: tuple[str, ...], top: str
):
    assert str(highest(map(parse_marking, marks))) == top


def test_what_is_not_released_to_a_country_is_above_what_is():
    limit = parse_marking("SECRET//REL TO USA, GBR")
    assert parse_marking("SECRET").exceeds(limit)
    assert parse_marking("(S//REL TO USA, AUS)").exceeds(limit)
    assert not parse_marking("(S//REL TO USA, AUS, GBR)").exceeds(limit)
    assert not parse_marking("SECRET//REL TO USA, FVEY").exceeds(limit)
    assert not parse_marking("UNCLASSIFIED").exceeds(limit)
    assert not limit.exceeds(parse_marking("SECRET"))


@settings(max_examples=200)
@given(markings(), st.text("QWXYZ", min_size=4, max_size=8))
def test_an_unknown_part_raises_and_never_lowers(text: str, part: str):
    assert not parse_marking(text).exceeds(parse_marking(f"{text}//{part}"))
    if part not in text:
        assert parse_marking(f"{text}//{part}").exceeds(parse_marking(text))


@settings(max_examples=200)
@given(st.text(max_size=80))
def test_no_text_makes_it_fall(text: str):
    mark, rest = portion_of(text)
    assert len(mark) + len(rest) <= len(text)
    marking_rule(text)
    try:
        parse_marking(text)
    except MarkingError as error:
        assert error.remedy


@pytest.fixture(scope="module")
def public_texts(data: Path) -> list[str]:
    texts = [p.read_text("utf-8", "replace") for p in data.glob("strategies/*.txt")]
    for name, count in (
        ("briefings/white_house_deterrence.tar.xz", 330),
        ("speeches/un_general_debate_1500.tar.xz", 400),
    ):
        with tarfile.open(data / name) as archive:
            streams = (archive.extractfile(one) for one in archive if one.isfile())
            texts += [s.read().decode("utf-8", "replace") for s in islice(streams, count) if s]
    return texts


def test_public_texts_hold_no_marks(public_texts: list[str]):
    found = []
    for text in public_texts:
        for paragraph in re.split(r"\n\s*\n", text):
            line = " ".join(paragraph.split())
            if line and (marking_rule(line) or portion_of(line)[0]):
                found.append(line[:80])
    assert len(public_texts) > 700
    assert found == []


def test_the_levels_stand_in_their_order():
    assert list(Level) == sorted(Level)
    assert [level.words for level in Level] == list(OWN)
