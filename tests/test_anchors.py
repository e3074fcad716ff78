"""Marks of notes: each note leads back to the word of the reading text that its mark followed."""

from hashlib import sha256
from itertools import count
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract import extract
from pipeline.extract.building import Block, build
from pipeline.extract.file import File
from pipeline.extract.normalise import RawLine

ROOT = Path(__file__).parent.parent
FILE = File("a.pdf", b"a", "a", sha256(b"a").hexdigest())
WORDS = st.text("abcde\ufb01\u00e9", min_size=2, max_size=9)
GAPS = st.sampled_from([" ", "  ", "\t", " \u00ad", "\u00a0"])
LINES = st.lists(st.tuples(WORDS, GAPS, st.booleans()), min_size=1, max_size=6)


def test_the_notes_of_a_report_lead_back_to_their_sentences():
    source = extract(ROOT / "corpus" / "report-littoral.pdf", "report")
    marked = [
        (source.text[: zone.anchor].rpartition(". ")[2], source.text[zone.start : zone.end])
        for zone in source.zones
        if zone.kind == "footnote"
    ]
    assert [
        before.endswith(("consulted expected that it would be.", "same map."))
        for before, _ in marked
    ] == [True, True]
    assert [note[:2] for _, note in marked] == ["1 ", "2 "]


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=4), st.sampled_from(["", "(U) ", "  "]), st.booleans())
def test_a_note_leads_back_to_the_word_before_its_mark(
    lines: list[list[tuple[str, str, bool]]], opening: str, is_one_block: bool
):
    number = count()
    expected: dict[str, str] = {}
    raw = []
    for line in lines:
        text, marks = ("" if raw else opening), []
        for word, gap, is_marked in line:
            name = f"{word}x{next(number)}"
            text += name
            if is_marked:
                expected[f"1:{len(expected)}"] = name.replace("\ufb01", "fi")
                marks.append((len(text), f"1:{len(expected) - 1}"))
            text += gap
        raw.append(RawLine(text, 1, note_marks=tuple(marks)))
    groups = [tuple(raw)] if is_one_block else [(one,) for one in raw]
    blocks = [Block("body", group, "test") for group in groups]
    blocks += [Block("footnote", (RawLine("Note", 1),), "test", note=note) for note in expected]
    source = build(FILE, blocks, extractor="test", has_places=True)
    notes = [zone for zone in source.zones if zone.kind == "footnote"]
    assert [source.text[: zone.anchor].split()[-1] for zone in notes] == list(expected.values())
    assert all(zone.anchor == len(source.text[: zone.anchor].rstrip()) for zone in notes), (
        "behind the word itself"
    )


def test_a_note_whose_mark_is_nowhere_has_no_anchor():
    blocks = [
        Block("body", (RawLine("Words.", 1, note_marks=((5, "1:1"),)),), "test"),
        Block("footnote", (RawLine("Note", 1),), "test", note="1:2"),
    ]
    source = build(FILE, blocks, extractor="test", has_places=True)
    assert [zone.anchor for zone in source.zones] == [-1, -1]
