"""Files to Sources: golden cases as folders, invariants for any bytes, real documents."""

import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_corpus import make
from source_invariants import holds, told

from pipeline.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    ExtractionError,
    NoTextError,
    WrongFormatError,
)
from pipeline.extract import SUFFIXES, extract
from pipeline.extract.banners import marking_rule
from pipeline.extract.cleaning import PLAIN_CLASS, clean, cleaned
from pipeline.extract.hyphens import Words
from pipeline.extract.zones import list_marker
from pipeline.model.source import Source

HERE = Path(__file__).parent
ROOT = HERE.parent
CASES = sorted(path.parent for path in HERE.glob("extract_cases/*/input.*"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_golden_case_reads_as_it_did(case: Path, request: pytest.FixtureRequest):
    [path] = case.glob("input.*")
    actual = told(extract(path, "x"))
    expected = case / "expected.txt"
    if request.config.getoption("--regen"):
        expected.write_text(actual, encoding="utf-8", newline="\n")
    assert actual == expected.read_text(encoding="utf-8")


@settings(max_examples=500, deadline=None)
@given(
    st.sampled_from(sorted(SUFFIXES)),
    st.binary(max_size=400)
    | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))
    | st.text("abc .\n-#|>*<p/>:QA\u00e9\u0301\U0001f600\u05d0", max_size=300).map(str.encode)
    | st.text("<v Ab>\n: -0123456789.", max_size=200).map(
        lambda text: b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n" + text.encode()
    ),
)
def test_any_bytes_are_a_source_that_holds_or_a_told_error(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, data: bytes
):
    path = tmp_path_factory.mktemp("any") / f"file{suffix}"
    path.write_bytes(data)
    try:
        source = extract(path, "x")
    except ExtractionError as error:
        assert error.exit_status == 3 and error.what and error.remedy
        return
    holds(source)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_cleaning_is_done_once(text: str):
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)


ODD = (
    "ab \t\n\u00e9e\u0301\u0323\u00ad\u200b\ufb01\u1100\u1161\u11a8\uac00\u212b"
    "\u0344\u05d0\u05b7\U0001f600\x00"
)


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=60) | st.text(ODD, max_size=40))
def test_cleaning_with_the_way_back_says_the_same_and_the_way_is_total_and_monotone(text: str):
    found = cleaned(text)
    assert found.text == clean(text)
    ends = [0]
    raw_ends = [0]
    for start, end, raw_start, raw_end in found.steps:
        assert start == ends[-1] < end and raw_ends[-1] <= raw_start < raw_end <= len(text)
        if end - start == raw_end - raw_start == 1 and text[raw_start].isalnum():
            assert found.text[start] == unicodedata.normalize("NFC", text[raw_start])
        ends.append(end)
        raw_ends.append(raw_end)
    assert ends[-1] == len(found.text)


@pytest.mark.parametrize(
    ("first", "second", "seen", "joins"),
    [
        ("coopera", "tion", "cooperation is slow", True),
        ("deter", "rence", "", True),
        ("well", "being", "their well-being counts", False),
        ("host", "nation", "a host of people, a nation", False),
        ("Indo", "Pacific", "", False),
        ("PRESI", "DENT", "", True),
    ],
)
def test_a_word_torn_at_a_lines_end_is_joined_by_the_documents_own_words(
    first: str, second: str, seen: str, joins: bool
):
    assert Words.of([seen]).joins(first, second) == joins


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("SECRET//NOFORN", "marking.banner"),
        ("UNCLASSIFIED", "marking.banner"),
        ("A secret meeting", ""),
        ("SECRET meeting", ""),
    ],
)
def test_a_banner_is_a_marking_and_a_word_in_prose_is_none(line: str, rule: str):
    assert marking_rule(line) == rule


def test_markers_of_lists():
    assert list_marker("(a) radars") and list_marker("\u2022 radars") and list_marker("3. radars")
    assert not list_marker("A radar") and not list_marker("2014 was a year")


def test_the_shipped_sources_are_made_again_byte_for_byte(tmp_path: Path):
    make(tmp_path)
    for path in sorted(tmp_path.iterdir()):
        assert path.read_bytes() == (ROOT / "corpus" / path.name).read_bytes(), path.name


def corpus(name: str) -> Source:
    source = extract(ROOT / "corpus" / name, "x")
    holds(source)
    return source


def test_a_two_column_report_loses_its_heads_and_keeps_its_words():
    source = corpus("report-littoral.pdf")
    asides = [zone for zone in source.zones if zone.aside]
    assert {zone.kind for zone in asides} == {"running-head", "page-number"}
    assert "Working Paper 7" not in source.text
    body = " ".join(
        source.text[z.start : z.end] for z in source.zones if z.kind in ("body", "heading")
    )
    assert body.count("Deterrence on the Littoral") == 1, "the title stays, the heads go"
    for word in ("cooperation", "interoperability", "conversations", "specialists"):
        assert word in source.text
        assert f"{word[:5]}-" not in source.text.replace("host-nation", "")
    assert "host-nation officials told us, the well-being of several" in source.text
    assert "take between two and three years" in source.text, "a sentence over two pages"
    kinds = {zone.kind for zone in source.zones}
    assert {"table", "footnote", "references", "heading"} <= kinds
    assert all(place.page and place.box for place in source.places)
    assert {place.page_label for place in source.places} == {
        str(n) for n in range(1, max(p.page for p in source.places) + 1)
    }


def test_a_strategy_keeps_its_stamp_and_marks_aside():
    source = corpus("strategy-partnership.pdf")
    asides = [zone.aside for zone in source.zones if zone.kind == "marking"]
    assert "CLEARED" in asides and "UNCLASSIFIED" in asides and "(U)" in asides
    assert "(U)" not in source.text and "UNCLASSIFIED" not in source.text
    kinds = [zone.kind for zone in source.zones]
    assert {"contents", "acronyms", "references", "list-item", "table"} <= set(kinds)


def test_a_sentence_split_over_cues_is_whole_and_keeps_its_times():
    source = corpus("interview-narva.vtt")
    sentence = "Without that brigade our seminars do not deter anyone."
    start = source.text.index(sentence)
    places = source.places_of(start, start + len(sentence))
    assert places and all(place.seconds for place in places)
    assert {turn.speaker for turn in source.turns} == {"Interviewer", "Official A", "Official B"}


def test_a_word_document_in_question_and_answer_form_has_two_speakers():
    source = corpus("interview-bucharest.docx")
    assert {turn.speaker for turn in source.turns} == {"Q", "A"}
    assert "\nQ:" not in source.text and "A: By mistake" not in source.text


def test_a_page_is_read_without_what_stands_around_it():
    source = corpus("published-riga.html")
    for words in ("Subscribe", "newsletter", "assured retaliation", "deterrence by punishment"):
        assert words not in source.text
    assert "<script>alert(1)</script>" in source.text, "written in the sentence, as text"
    assert {turn.speaker for turn in source.turns} == {"Interviewer", "Colonel E"}


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a.pdf", b"", EmptyFileError),
        ("a.vtt", b"", EmptyFileError),
        ("a.txt", b" \n\t ", EmptyFileError),
        ("a.pdf", b"<html>no PDF</html>", WrongFormatError),
        ("a.pdf", b"%PDF-1.7\n1 0 obj\n", DamagedFileError),
        ("a.docx", b"PK\x03\x04 broken", DamagedFileError),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), EncryptedFileError),
        ("a.docx", b"plain text", WrongFormatError),
        ("a.txt", bytes(range(256)) * 8, WrongFormatError),
        ("a.vtt", b"no header", WrongFormatError),
        ("a.xyz", b"anything", WrongFormatError),
        ("a.html", b"PK\x03\x04", WrongFormatError),
    ],
)
def test_each_cause_has_its_error(tmp_path: Path, name: str, data: bytes, error: type):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(error) as caught:
        extract(path, "x")
    assert caught.value.remedy


def test_every_real_document_is_read_or_refused_with_a_reason(data: Path):
    read, refused = 0, {}
    folders = ("pdf", "office", "transcripts", "strategies", "summary")
    for path in sorted(p for name in folders for p in (data / name).iterdir()):
        if path.suffix == ".pdf" and path.stat().st_size > 600_000:
            continue
        try:
            holds(extract(path, "x"))
            read += 1
        except ExtractionError as error:
            refused[path.name] = type(error)
    assert refused == {
        "empty.pdf": EmptyFileError,
        "imagemagick-images.pdf": NoTextError,
        "libreoffice-writer-password.pdf": EncryptedFileError,
        "password-example.pdf": EncryptedFileError,
    }
    assert read > 40


def test_three_columns_of_the_federal_register_are_read_in_order(data: Path):
    text = extract(data / "pdf" / "federal-register-2020-17221.pdf", "x").text
    assert "submit only one copy of the comments" in text
    assert "supersede Airworthiness Directive (AD) 2018\u201323\u201351, which applies to" in text
    assert "takeoff from Soekarno-Hatta International Airport" in text, "a name over two pages"


def test_a_reader_is_loaded_when_its_first_file_is_read(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_text("We moved two battalions.")
    program = (
        "import sys; from pathlib import Path; from pipeline.extract import extract; "
        "extract(Path(sys.argv[1]), 'x'); print(sorted({'pptx', 'pdfplumber'} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


def test_signs_taken_as_plain_are_composed_and_stay_so_beside_one_another():
    signs = [chr(code) for code in range(0x2100) if re.fullmatch(PLAIN_CLASS, chr(code))]
    assert len(signs) > 700
    for sign in signs:
        beside = "".join(sign + other for other in signs)
        assert unicodedata.is_normalized("NFC", beside), sign
        assert not unicodedata.combining(sign) and sign.isprintable()
