"""An excerpt leads back to exactly its characters on the page, and its boxes cover them."""

import re
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import OffsetError
from pipeline.extract import extract
from pipeline.extract.cleaning import clean
from pipeline.extract.excerpt_boxes import character_numbers, excerpt_boxes
from pipeline.extract.file import File
from pipeline.extract.pdfium_calls import fast_boxes, slow_boxes
from pipeline.model.source import Source

ROOT = Path(__file__).parent.parent
PDFS = sorted((ROOT / "corpus").glob("*.pdf"))


@cache
def source_of(path: Path) -> Source:
    return extract(path, "x")


@cache
def file_of(path: Path) -> File:
    return File(path.name, path.read_bytes(), "x", source_of(path).file_sha256)


@cache
def page_text(path: Path, page: int) -> str:
    document = pdfium.PdfDocument(path)
    return document[page - 1].get_textpage().get_text_range()


def letters(text: str) -> str:
    """What is left of words without what reading changes: blanks, bars, hyphens, line ends."""
    return re.sub(r"[\s|\-\u2010\ufffe]", "", clean(text.replace("\ufffe", "-")))


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_the_characters_an_excerpt_maps_to_are_its_words(data: st.DataObject):
    path = data.draw(st.sampled_from(PDFS))
    source = source_of(path)
    start = data.draw(st.integers(0, len(source.text) - 2))
    end = data.draw(st.integers(start + 1, min(start + 400, len(source.text))))
    raw = ""
    for run in source.runs_of(start, end):
        text = page_text(path, run.page)
        raw += "".join(text[number] for number in character_numbers([run]))
    assert letters(raw) == letters(source.text[start:end])


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_the_boxes_of_an_excerpt_cover_its_words_and_no_others(data: st.DataObject):
    path = data.draw(st.sampled_from(PDFS))
    source = source_of(path)
    words = [found.span() for found in re.finditer(r"\w[\w ,]{3,60}\w", source.text)]
    start, end = data.draw(st.sampled_from(words))
    found = excerpt_boxes(file_of(path), source, start, end)
    assert found and all(one.is_exact for one in found)
    inside = ""
    for one in found:
        document = pdfium.PdfDocument(path)
        page = document[one.page - 1]
        text = page.get_textpage()
        boxes = fast_boxes(_address(text), text.count_chars())
        height = page.get_height()
        for number, (left, bottom, right, top) in enumerate(boxes.tolist()):
            x, y = (left + right) / 2, height - (bottom + top) / 2
            is_in = one.box.x0 <= x <= one.box.x1 and one.box.top <= y <= one.box.bottom
            inside += page_text(path, one.page)[number] if is_in else ""
    expected = letters(source.text[start:end])
    assert expected in letters(inside)
    raised = re.sub(r"\d", "", letters(inside))
    assert len(raised) <= len(re.sub(r"\d", "", expected)) + 1, "notes' marks may stand between"


def _address(text: pdfium.PdfTextPage) -> int:
    import ctypes

    return ctypes.cast(text.raw, ctypes.c_void_p).value or 0


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_the_quick_way_to_boxes_says_what_the_plain_one_says(path: Path):
    document = pdfium.PdfDocument(path)
    for number in range(len(document)):
        text = document[number].get_textpage()
        count = text.count_chars()
        quick, plain = fast_boxes(_address(text), count), slow_boxes(text.raw, count)
        assert (quick == plain).all()


def test_a_changed_file_is_not_pointed_into():
    path = PDFS[0]
    with pytest.raises(OffsetError):
        excerpt_boxes(File(path.name, path.read_bytes() + b"\n", "x", ""), source_of(path), 0, 5)
