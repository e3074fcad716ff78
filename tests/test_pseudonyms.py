"""Pseudonyms stand in the reading text: offsets hold, names are gone from everything made of it."""

import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_corpus import make
from source_invariants import holds

from pipeline.drawing import draw
from pipeline.errors import PseudonymisedError
from pipeline.extract import extract
from pipeline.extract.debug import pictures
from pipeline.extract.excerpt_boxes import excerpt_boxes
from pipeline.extract.file import File
from pipeline.extract.pseudonyms import with_pseudonyms
from pipeline.limits import limits_of
from pipeline.model.naming import Names
from pipeline.model.place import Place, Run
from pipeline.model.reading import ReadingPlan
from pipeline.model.source import Source
from pipeline.model.zone import Turn, Zone

PAIRS = (
    ("Ana Pop", "Official A"),
    ("Pop", "Official A"),
    ("Ion O'Brien-Lee", "Guest"),
    ("Zo\u00eb", "B"),
)
WORDS = st.sampled_from(
    [
        "Ana",
        "Pop",
        "POP",
        "ANA POP",
        "Ana Pop",
        "Ana\u00a0Pop's",
        "Pop, Ana",
        "Popular",
        "we said",
        "Ion O\u2019Brien\u2011Lee",
        "Zo\u00eb",
        "ZO\u00cb:",
        "Zo\u00ebs",
        "(Pop)",
        "Pop\u0323",
        ".",
    ]
)


def source_of(blocks: list[tuple[list[str], str]], cuts: list[int], whole: list[bool]) -> Source:
    """A source of blocks and asides, its lines and runs cut anywhere."""
    text, zones, turns = "", [], []
    for words, speaker in blocks:
        block = unicodedata.normalize("NFC", " ".join(words))
        if speaker == "aside":
            zones.append(Zone("running-head", len(text), len(text), "t", aside=block))
            continue
        text += "\n\n" if text else ""
        start, text = len(text), text + block
        zones.append(Zone("body", start, len(text), "t", anchor=start + len(block) // 2))
        turns.append(Turn(start, len(text), speaker))
    edges = sorted({0, len(text), *(cut % max(len(text), 1) for cut in cuts)})
    spans = list(pairwise(edges))
    places = tuple(Place(start, end) for start, end in spans)
    runs, raw = [], 0
    for number, (start, end) in enumerate(spans):
        length = end - start + (3 if whole[number % len(whole)] else 0)
        runs.append(Run(start, end, raw, raw + length, 1, raw))
        raw += length + 1
    return Source("x", text, tuple(zones), places, tuple(turns), runs=tuple(runs))


SOURCES = st.builds(
    source_of,
    st.lists(
        st.tuples(
            st.lists(WORDS, min_size=1, max_size=9),
            st.sampled_from(["Ana Pop", "MS. POP", "Q", "aside"]),
        ),
        min_size=1,
        max_size=5,
    ),
    st.lists(st.integers(0, 300), max_size=12),
    st.lists(st.booleans(), min_size=1, max_size=4),
).filter(lambda source: bool(source.text))


@settings(max_examples=400, deadline=None)
@given(SOURCES)
def test_replaced_names_leave_a_source_that_holds_and_no_name(source: Source):
    holds(source)
    found = with_pseudonyms(source, PAIRS)
    holds(found)
    said = [found.text, *(zone.aside for zone in found.zones), *(t.speaker for t in found.turns)]
    for words in said:
        assert not re.search(
            r"(?<!\w)(Ana\s+Pop|Pop|POP|Lee|Zo\u00eb|ZO\u00cb)(?![\w\u0323])", words
        )
    assert len(found.zones) == len(source.zones) and len(found.turns) == len(source.turns)
    assert found.is_pseudonymised


@settings(max_examples=300, deadline=None)
@given(SOURCES)
def test_replacing_twice_changes_nothing_and_without_names_nothing_moves(source: Source):
    once = with_pseudonyms(source, PAIRS)
    again = with_pseudonyms(once, PAIRS)
    assert (again.text, again.zones, again.turns) == (once.text, once.zones, once.turns)
    assert (again.places, again.runs) == (once.places, once.runs)
    other = with_pseudonyms(source, (("Nobody", "X"),))
    assert (other.text, other.zones, other.runs) == (source.text, source.zones, source.runs)
    assert with_pseudonyms(source, ()) is source


@settings(max_examples=300, deadline=None)
@given(SOURCES, st.data())
def test_what_is_no_name_leads_to_the_same_raw_characters(source: Source, data: st.DataObject):
    found = with_pseudonyms(source, PAIRS)
    assert found.runs[0].raw_start == source.runs[0].raw_start
    assert found.runs[-1].raw_end == source.runs[-1].raw_end
    at = data.draw(st.integers(0, len(found.text) - 1))
    for new in found.runs:
        if not new.start <= at < new.end or re.search("Official|Guest|B", words_of(found, new)):
            continue
        [old] = [one for one in source.runs if one.raw_start <= new.raw_start < one.raw_end]
        skipped = new.raw_start - old.raw_start
        length = new.end - new.start
        assert words_of(found, new) == source.text[old.start + skipped :][:length]
        assert new.index == old.index + skipped and new.page == old.page


def words_of(source: Source, run: Run) -> str:
    return source.text[run.start : run.end]


def test_a_pseudonym_is_one_run_that_leads_to_the_whole_name():
    text = "So Ana Pop's view"
    source = Source("x", text, (Zone("body", 0, 17, "t"),), runs=(Run(0, 17, 5, 22, 1, 5),))
    found = with_pseudonyms(source, PAIRS)
    assert found.text == "So Official A's view"
    assert Run(3, 13, 8, 15, 1, 8) in found.runs
    [run] = found.runs_of(5, 6)
    assert (run.raw_start, run.raw_end) == (8, 15), "any letter of it answers to the whole name"


def test_a_part_of_a_name_left_standing_is_told_by_the_pseudonym_alone():
    text = "Mihaela came. MIHAELA left."
    source = Source("x", text, (Zone("body", 0, len(text), "t"),))
    found = with_pseudonyms(source, (("Mihaela Pop", "Official A"),))
    [warning] = found.warnings
    assert "'Official A'" in warning and "2 times" in warning
    assert "mihaela" not in warning.casefold()


@pytest.mark.parametrize(
    "spelling",
    [
        "Ana Pop",
        "Ana POP",
        "ANA Pop",
        "Ana\n Pop",
        "Pop, Ana",
        "POP ANA",
        "Pop Ana",
        "Ana_Pop",
        "ana.pop",
        "pop-ana",
        "ANA-POP",
    ],
)
def test_a_name_is_found_however_it_is_set(spelling: str):
    text = f"So {spelling}'s view, and {spelling}@example.org"
    source = Source("x", text, (Zone("body", 0, len(text), "t"),))
    found = with_pseudonyms(source, (("Ana Pop", "Official A"),))
    assert found.text == "So Official A's view, and Official A@example.org"
    assert not found.warnings


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("They will young people say.", "stands in small letters 1 times"),
        ("Willing Youngsters, Wills.", ""),
        ("Will went. YOUNG stayed.", "still stands 2 times"),
        ("He is at will_young here.", ""),
    ],
)
def test_what_may_be_a_name_and_may_be_words_is_left_and_told(text: str, told: str):
    source = Source("x", text, (Zone("body", 0, len(text), "t"),))
    found = with_pseudonyms(source, (("Will Young", "Official A"),))
    assert found.text == text.replace("will_young", "Official A")
    assert (told in " ".join(found.warnings)) if told else not found.warnings


def test_of_two_names_the_longer_is_found_and_a_name_as_written_before_a_turned_one():
    pairs = (("Ana Pop", "A"), ("Pop Ana", "B"), ("Ana", "C"), ("Ana Pop Lee", "D"))
    text = "Ana Pop, Pop Ana, Ana, Ana Pop Lee, Lee Ana Pop"
    assert Names.of(pairs).put_in(text) == "A, B, C, D, D"


def test_pages_of_a_source_with_pseudonyms_are_neither_drawn_nor_pointed_at(tmp_path: Path):
    make(tmp_path)
    path = tmp_path / "report-littoral.pdf"
    plain = extract(path, "x")
    word = next(w for w in re.findall(r"[A-Z][a-z]{6,}", plain.text))
    plan = ReadingPlan(pseudonyms=((word, "Nobody"),))
    source = extract(path, "x", plan)
    assert word not in source.text and "Nobody" in source.text
    holds(source)
    file = File(path.name, path.read_bytes(), "x", source.file_sha256, plan)
    assert excerpt_boxes(file, plain, 0, 20), "the same file may be pointed into without"
    with pytest.raises(PseudonymisedError, match="names on its pages"):
        excerpt_boxes(file, source, 0, 20)
    with pytest.raises(PseudonymisedError):
        list(pictures(file, source))
    with pytest.raises(PseudonymisedError):
        draw(path, source, plan, tmp_path, limits_of({}))
    assert not list(tmp_path.glob("*.png"))


def test_names_with_signs_of_patterns_are_names_like_others():
    names = ("^A", "]x[", "-Jo", "(J.R.)", "A&&B", "Jo*", "\\d")
    text = "; ".join(names)
    source = Source("x", text, (Zone("body", 0, len(text), "t"),))
    pairs = tuple((name, f"P{number}") for number, name in enumerate(names))
    assert with_pseudonyms(source, pairs).text == "; ".join(pseudonym for _, pseudonym in pairs)


def test_a_block_that_is_kept_out_holds_no_name_either():
    zone = Zone("table", 0, 5, "t", aside="", marking="by ANA POP", columns=("Pop", "Year"))
    found = with_pseudonyms(
        Source(
            "x",
            "1 | 2",
            (zone, Zone("comment", 5, 5, "t", aside="Ask Pop")),
            turns=(Turn(0, 5, "Ms. Pop"),),
            proposals=(("author", "Pop, Ana"),),
            warnings=("Pop said so",),
        ),
        PAIRS,
    )
    assert found.zones[0].columns == ("Official A", "Year")
    assert (found.zones[0].marking, found.zones[1].aside) == ("by Official A", "Ask Official A")
    assert found.turns[0].speaker == "Ms. Official A"
    assert found.proposals == (("author", "Official A"),)
    assert found.warnings == ("Official A said so",)


@pytest.mark.parametrize("text", ["Zoe", "ZOE said", "Zoe Sandor", "Sandor, Zoe", "zoe.sandor"])
def test_a_name_is_found_without_its_accents(text: str):
    names = Names.of((("Zo\u00eb S\u00e1ndor", "B"), ("Zo\u00eb", "B")))
    assert re.sub(" said", "", names.put_in(text)) == "B"
    assert names.put_in(unicodedata.normalize("NFD", "Zo\u00eb S\u00e1ndor")) == "B"


def test_a_name_left_in_a_speaker_or_in_what_stands_apart_is_told():
    zones = (Zone("body", 0, 7, "t"), Zone("comment", 7, 7, "t", aside="Mihaela: so?"))
    source = Source("x", "We wait", zones, turns=(Turn(0, 7, "Mihaela Q."),))
    [warning] = with_pseudonyms(source, (("Mihaela Pop", "Official A"),)).warnings
    assert "2 times" in warning and "'Official A'" in warning
