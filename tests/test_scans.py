"""Pages that are pictures: read by Tesseract, told of where it is missing."""

import io
import os
import re
import shutil
from collections import Counter
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.doctor import examine
from pipeline.errors import NoTextError
from pipeline.extract import extract
from pipeline.extract.ocr import DOTS_PER_INCH, dots_for
from pipeline.model.reading import ReadingPlan
from pipeline.recogniser import find_recogniser

ORIGINAL = Path(__file__).parent.parent / "corpus" / "report-littoral.pdf"
TEXT = "This page was typed, and its words need no picture."
PICTURES = 2
MOST_PIXELS = 60_000_000


@pytest.fixture(scope="module")
def plan() -> ReadingPlan:
    if shutil.which("tesseract") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI must install tesseract-ocr")
        pytest.skip("tesseract is not installed")
    return ReadingPlan(recogniser=find_recogniser())


@cache
def scanned(has_text: bool) -> bytes:
    """Two pages of the report as pictures of 200 dots an inch, and maybe a typed page."""
    stream, document = io.BytesIO(), pdfium.PdfDocument(ORIGINAL)
    canvas = Canvas(stream, invariant=1)
    for number in range(PICTURES):
        width, height = document[number].get_size()
        picture = document[number].render(scale=200 / 72, grayscale=True).to_pil()
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(picture), 0, 0, width, height)
        canvas.showPage()
    if has_text:
        canvas.setPageSize((420, 590))
        canvas.drawString(60, 500, TEXT)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    path = tmp_path / "mixed.pdf"
    path.write_bytes(scanned(has_text=True))
    return path


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def test_the_words_of_pictures_are_read(mixed: Path, plan: ReadingPlan):
    source = extract(mixed, "x", plan)
    page = pdfium.PdfDocument(ORIGINAL)
    original: Counter[str] = Counter()
    for number in range(PICTURES):
        raw = page[number].get_textpage().get_text_range()
        original += words(re.sub("\ufffe\\s*", "", raw))
    asides = " ".join(zone.aside for zone in source.zones)
    read = words(f"{source.text} {asides}")
    assert (original & read).total() / original.total() >= 0.97
    assert TEXT in source.text


def test_recognised_places_say_how_sure_they_are(mixed: Path, plan: ReadingPlan):
    source = extract(mixed, "x", plan)
    of_pictures = [place for place in source.places if place.page <= PICTURES]
    assert {place.page for place in of_pictures} == {1, 2}
    assert all(0 < place.confidence < 1 for place in of_pictures)
    assert all(place.box is not None for place in of_pictures)
    assert {place.confidence for place in source.places if place.page == 3} == {1.0}


def test_pages_say_what_read_them_and_why(mixed: Path, plan: ReadingPlan):
    source = extract(mixed, "x", plan)
    assert plan.recogniser.startswith("tesseract ")
    for record in source.pages[:PICTURES]:
        assert record.engine == plan.recogniser
        assert "picture" in record.reason
    assert "tesseract" not in source.pages[PICTURES].engine
    assert "tesseract" in source.extractor
    assert not any("missing" in warning for warning in source.warnings)


def test_without_a_recogniser_the_missing_pages_and_the_remedy_are_told(mixed: Path):
    source = extract(mixed, "x", ReadingPlan())
    assert source.text.strip() == TEXT
    [warning] = [told for told in source.warnings if "pictures" in told]
    assert "pages 1-2" in warning
    assert "apt-get install tesseract-ocr" in warning


def test_pictures_alone_without_a_recogniser_are_no_text(tmp_path: Path):
    path = tmp_path / "pictures.pdf"
    path.write_bytes(scanned(has_text=False))
    with pytest.raises(NoTextError) as caught:
        extract(path, "x", ReadingPlan())
    assert "pages 1-2" in caught.value.what
    assert "apt-get install tesseract-ocr" in caught.value.remedy


STAMP = "Downloaded from an invented library on 3 May 2026"


@cache
def stamped() -> bytes:
    """A page as a picture with a library's line over it, and a title over a plain picture."""
    stream, document = io.BytesIO(), pdfium.PdfDocument(ORIGINAL)
    canvas = Canvas(stream, invariant=1)
    width, height = document[0].get_size()
    picture = document[0].render(scale=200 / 72, grayscale=True).to_pil()
    for drawn in (picture, picture.point(lambda _: 230)):
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(drawn), 0, 0, width, height)
        canvas.drawString(60, 20, STAMP)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def test_a_scan_under_a_stamped_line_is_read(tmp_path: Path, plan: ReadingPlan):
    path = tmp_path / "stamped.pdf"
    path.write_bytes(stamped())
    source = extract(path, "x", plan)
    assert len(source.text) > 1_000
    assert source.pages[0].engine == plan.recogniser
    assert source.pages[1].engine == "pdfium"
    assert STAMP in source.text and not source.warnings


def test_a_scan_under_a_stamped_line_is_told_where_nothing_can_read_it(tmp_path: Path):
    path = tmp_path / "stamped.pdf"
    path.write_bytes(stamped())
    source = extract(path, "x", ReadingPlan())
    [warning] = source.warnings
    assert warning.startswith("pages 1-2: a picture of the whole page")
    assert "apt-get install tesseract-ocr" in warning


def test_doctor_names_tesseract():
    [part] = [part for part in examine() if part.name == "Tesseract"]
    assert not part.is_needed
    assert part.found == find_recogniser()
    assert bool(part.found) == (shutil.which("tesseract") is not None)
    assert part.found or "tesseract" in part.add_with


def test_an_ordinary_page_is_drawn_at_the_full_resolution():
    assert dots_for(595, 842) == DOTS_PER_INCH


@settings(max_examples=300, deadline=None)
@given(st.floats(1, 14_400), st.floats(1, 14_400))
def test_the_picture_of_an_absurd_page_is_bounded(width: float, height: float):
    dots = dots_for(width, height)
    assert 1 <= dots <= DOTS_PER_INCH
    assert (width / 72 * dots) * (height / 72 * dots) <= MOST_PIXELS


def test_pictures_in_which_no_text_is_recognised_ask_for_no_recogniser(
    tmp_path: Path, plan: ReadingPlan
):
    path = tmp_path / "blank.pdf"
    Image.new("L", (600, 800), 255).save(path)
    with pytest.raises(NoTextError) as caught:
        extract(path, "x", plan)
    assert "reads nothing on it" in caught.value.what
    assert "apt-get" not in caught.value.remedy
