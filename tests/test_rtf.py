"""RTF beyond its words: notes, comments, boxes in their places; hidden and deleted words."""

import time
from pathlib import Path

import pytest
from source_invariants import holds

from pipeline.extract import extract
from pipeline.model.source import Source

FONTS = r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Times Cyr;}}"


def read(tmp_path: Path, body: str) -> Source:
    path = tmp_path / "a.rtf"
    path.write_text(rf"{{\rtf1\ansi\ansicpg1252{FONTS}{body}}}", encoding="latin-1")
    source = extract(path, "a")
    holds(source)
    return source


def told(source: Source) -> list[tuple[str, str]]:
    return [(zone.kind, zone.aside or source.text[zone.start : zone.end]) for zone in source.zones]


def test_notes_follow_the_text_and_know_where_their_marks_stood(tmp_path: Path):
    source = read(
        tmp_path,
        r"\pard The third{\super\chftn}{\footnote\ftnalt\pard{\super\chftn} Last \f1\'d1.\par}"
        r" waited{\super \chftn{\*\footnote \pard{\chftn}Since {\b spring}\par of it.}}.\par"
        r" It left.\par",
    )
    assert told(source) == [
        ("body", "The third waited."),
        ("body", "It left."),
        ("footnote", "Since spring of it."),
        ("footnote", "Last \u0421."),
    ]
    assert [source.text[: z.anchor] for z in source.zones[2:]] == ["The third waited", "The third"]


def test_comments_stand_behind_their_paragraph_with_who_wrote_them(tmp_path: Path):
    source = read(
        tmp_path,
        r"\pard The third waited{\*\atnid AP}{\*\atnauthor Ana P\'e9rez}\chatn{\*\annotation"
        r"{\*\atndate 1}{\*\atnref 1}\pard So long?\par}.\par It left."
        r"{\*\annotation\pard Who?}\par",
    )
    assert told(source) == [
        ("body", "The third waited."),
        ("comment", "Ana P\u00e9rez: So long?"),
        ("body", "It left."),
        ("comment", "somebody: Who?"),
    ]


def test_boxes_are_read_once_behind_their_paragraph(tmp_path: Path):
    shape = (
        r"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt \pard In a box.\par 1. First\par}}"
        r"{\shprslt{\*\do{\dptxbxtext \pard In a box.\par 1. First\par}}}}"
    )
    source = read(
        tmp_path,
        rf"\pard Beside{shape} it.\par {{\*\do{{\dptxbxtext\pard Older.\par}}}}\par"
        r" {\shp{\*\shpinst{\sp{\sn pib}{\sv {\pict ab}}}}} The end.\par",
    )
    assert told(source) == [
        ("body", "Beside it."),
        ("body", "In a box."),
        ("list-item", "1. First"),
        ("body", "Older."),
        ("body", "The end."),
    ]


def test_a_banner_in_a_box_above_every_page_marks_the_file(tmp_path: Path):
    head = r"{\header\pard{\shp{\*\shpinst{\shptxt\pard SECRET//NOFORN\par}}}\par}"
    source = read(tmp_path, head + r"\pard The third waited.\par")
    assert source.marking == "SECRET//NOFORN" and source.text == "The third waited."


@pytest.mark.parametrize(
    ("body", "text", "count"),
    [
        (r"\pard{\v Not }Seen.\par", "Seen.", 1),
        (r"\pard\v Not \v0 Seen.\par", "Seen.", 1),
        (r"\pard\v Not \plain Seen.\par", "Seen.", 1),
        (r"\pard{\v Not {\b this} nor\'e9\u8217? \{that\}\tab }Seen.\par", "Seen.", 1),
        (r"\pard{\v Not }Seen{\v 1 nor}.\par", "Seen.", 2),
        (r"\pard{\deleted\revauthdel1 Not }Seen {\revised too}.\par", "Seen too.", 0),
        (r"{\stylesheet{\*\cs1\v Hidden;}}\pard Seen \viewkind4 all.\par", "Seen all.", 0),
        (r"\pard Seen{\v{\footnote Not.}} all.\par", "Seen all.", 1),
    ],
)
def test_hidden_and_deleted_words_are_left_out(tmp_path: Path, body: str, text: str, count: int):
    source = read(tmp_path, body)
    assert source.text == text
    told = [one for one in source.warnings if "hidden" in one]
    assert told == ([f"{count} stretches of hidden text are left out"] if count else [])
    is_deleted = "1 stretches of deleted text are left out" in source.warnings
    assert is_deleted == (r"\deleted" in body)


def test_signs_that_are_put_in_for_notes_are_never_left(tmp_path: Path):
    forged = r"\pard A\u-560 0\u-560 b\u-560 c\u-559 \u-560 77\u-560 ."
    source = read(tmp_path, forged + r"{\footnote One.\u-559 Two.}\par")
    assert not set(source.text) & {"\ufdd0", "\ufdd1"}
    assert source.text.startswith("A") and "One." in source.text


def test_rows_without_words_are_none(tmp_path: Path):
    rows = r"\trowd Bridge\cell Load\cell\row\trowd\cell\cell\row\trowd North\cell 40\cell\row"
    assert told(read(tmp_path, rows)) == [("table", "Bridge | Load"), ("table", "North | 40")]


@pytest.mark.parametrize(
    "body",
    [
        r"x {\footnote " * 40_000,
        r"x {\footnote n}\par" * 15_000,
        r"{\shp{\shptxt a}" * 20_000,
        "{" * 200_000 + r"\v x",
        r"\v " * 100_000 + "x",
    ],
)
def test_no_heap_of_groups_takes_long(tmp_path: Path, body: str):
    begun = time.process_time()
    read(tmp_path, r"Seen.\par " + body)
    assert time.process_time() - begun < 10
