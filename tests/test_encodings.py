"""Old texts: read in the encoding they say, or in the one in which their letters make sense."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_language import TEXTS

from pipeline.extract import extract
from pipeline.extract.encodings import CANDIDATES, encoding_of, known_encoding

WRITTEN = {
    "cp1252": "de fr et da es fi it sv pt nl",
    "cp1250": "cs hr hu pl sl sk",
    "cp1257": "et lv lt",
    "iso8859-2": "cs hr hu",
    "cp1254": "tr",
    "cp1251": "ru bg uk",
    "koi8-u": "ru uk",
    "iso8859-5": "ru bg",
    "cp1253": "el",
}
CASES = [(one, code) for code, ones in WRITTEN.items() for one in ones.split() if one in TEXTS]


@pytest.mark.parametrize(("language", "encoding"), CASES)
def test_texts_of_many_languages_come_back_from_old_encodings(
    tmp_path: Path, language: str, encoding: str
):
    words = TEXTS[language]
    path = tmp_path / "a.txt"
    path.write_bytes(words.encode(encoding))
    source = extract(path, "x")
    assert source.text == words
    assert any("not UTF-8" in one and "look at" in one for one in source.warnings) or (
        words.isascii()
    )


def test_romanian_is_read_with_the_letters_that_its_encoding_had(tmp_path: Path):
    words = TEXTS["ro"].translate(
        str.maketrans("\u0219\u021b\u0218\u021a", "\u015f\u0163\u015e\u0162")
    )
    for encoding in ("cp1250", "iso8859-2"):
        path = tmp_path / "a.txt"
        path.write_bytes(words.encode(encoding))
        assert extract(path, "x").text == words


def test_a_page_is_read_in_the_encoding_that_it_says(tmp_path: Path):
    path = tmp_path / "a.html"
    for head, encoding in (
        ('<meta charset="windows-1251">', "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=KOI8-R">', "koi8-r"),
        ("<meta charset=rot13>", "cp1251"),
        ('<meta charset="windows-1252">', "utf-8"),
    ):
        path.write_bytes(f"<html><head>{head}</head><body><p>{TEXTS['ru']}</p>".encode(encoding))
        assert extract(path, "x").text == TEXTS["ru"], head


def test_latin_1_is_read_as_browsers_read_it():
    assert known_encoding("latin1") == known_encoding("us-ascii") == "cp1252"
    assert known_encoding("zlib") == known_encoding("unicode_escape") == known_encoding("\0") == ""


@settings(max_examples=300, deadline=None)
@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_have_one_of_the_encodings(data: bytes):
    assert encoding_of(data) in CANDIDATES
    assert encoding_of(data) == encoding_of(data)
