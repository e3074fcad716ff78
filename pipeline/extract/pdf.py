"""PDF by pdfplumber: words with boxes, ruled tables; layout and zones by pure functions."""

import io
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from pipeline.errors import DamagedFileError, EncryptedFileError, NoTextError, WrongFormatError
from pipeline.extract.building import build, joined_over_asides, marks_apart
from pipeline.extract.flow import Page, blocks_of, with_speakers
from pipeline.extract.layout import Column, PrintedLine, Word, box_of, lines_of
from pipeline.extract.normalise import clean
from pipeline.extract.order import MOST_COLUMNS, columns_of
from pipeline.extract.sections import with_sections
from pipeline.model.source import Box, Source

# What pdfminer remarks on fonts is of no use to a reader; what fails is told by us.
logging.getLogger("pdfminer").setLevel(logging.ERROR)
# What a malformed page makes pdfminer raise; each stops that page only.
_PAGE_FAULTS = (
    PSException,
    PDFException,
    PdfminerException,
    MalformedPDFException,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RecursionError,
    ZeroDivisionError,
    OverflowError,
    AssertionError,
    NotImplementedError,
    UnicodeError,
)
# A bullet whose font tells no character is given by its number in the font.
_BULLET = re.compile(r"\(cid:\d+\)")
_MOST_CHARACTERS = 400_000
_LEAST_CELLS = 4


def read(path: Path, data: bytes, source_id: str, file_sha256: str) -> Source:
    """Return the Source of a PDF.

    Raises
    ------
    EncryptedFileError, DamagedFileError, WrongFormatError, NoTextError
        If it needs a password, breaks off, is no PDF, or holds pictures only.
    """
    if b"%PDF-" not in data[:1024]:
        raise WrongFormatError(
            "is no PDF", where=path.name, remedy="Give it the ending of its kind."
        )
    warnings: list[str] = []
    pages = _pages(data, path.name, warnings)
    if not any(page.lines or page.tables for page in pages):
        raise NoTextError(
            "holds no text, only pictures perhaps",
            where=path.name,
            remedy="Put it through a program that recognises text (OCR), then add it again.",
        )
    return build(
        source_id,
        list(with_sections(joined_over_asides(with_speakers(marks_apart(blocks_of(pages)))))),
        extractor="pdf/pdfplumber",
        file_sha256=file_sha256,
        has_places=True,
        warnings=warnings,
    )


def _pages(data: bytes, name: str, warnings: list[str]) -> list[Page]:
    try:
        document = pdfplumber.open(io.BytesIO(data))
        count = len(document.pages)
    except _PAGE_FAULTS as reason:
        raise _unopened(reason, name) from reason
    if not count:
        raise DamagedFileError(
            "breaks off: no page can be found in it", where=name, remedy="Get the file again."
        )
    pages = []
    with document:
        for number, page in enumerate(document.pages, start=1):
            try:
                pages.append(_page(page))
            except _PAGE_FAULTS as reason:
                warnings.append(f"page {number} can not be read: {type(reason).__name__}")
                pages.append(Page((), (), 0.0))
            page.close()
            if not (pages[-1].lines or pages[-1].tables):
                warnings.append(f"page {number} holds no text")
            if len(columns_of(pages[-1].lines)) > MOST_COLUMNS:
                warnings.append(f"page {number} is in many pieces: look at the order of its words")
            if pages[-1].sideways_count:
                warnings.append(
                    f"page {number}: {pages[-1].sideways_count} words set sideways are left out"
                )
    return pages


def _unopened(reason: BaseException, name: str) -> EncryptedFileError | DamagedFileError:
    causes = (reason, reason.__cause__, reason.__context__, *getattr(reason, "args", ()))
    if any(isinstance(cause, PDFPasswordIncorrect) for cause in causes):
        return EncryptedFileError(
            "asks for a password",
            where=name,
            remedy="Open it with the password and save a copy without one.",
        )
    return DamagedFileError(
        f"can not be opened: {reason or type(reason).__name__}",
        where=name,
        remedy="Get the file again; it may have broken off.",
    )


def _page(page: Any) -> Page:  # noqa: ANN401 - pdfplumber has no types
    if len(page.chars) > _MOST_CHARACTERS:
        raise ValueError("too many characters on one page")
    found = page.extract_words(
        extra_attrs=["fontname", "size", "upright"], x_tolerance_ratio=0.15, y_tolerance=2
    )
    upright = [_word(word) for word in found if word["upright"]]
    sideways = len(found) - len(upright)
    if sideways > len(upright):
        upright, sideways = (
            [
                _word(word)
                for word in page.extract_words(
                    extra_attrs=["fontname", "size"], x_tolerance_ratio=0.15
                )
            ],
            0,
        )
    tables = [table for table in _tables(page) if table is not None]
    loose = [word for word in upright if not any(_inside(word, table.box) for table in tables)]
    return Page(lines_of(loose) if loose else (), tuple(tables), float(page.height), sideways)


def _word(word: dict[str, Any]) -> Word:
    return Word(
        _BULLET.sub("\u2022", str(word["text"])),
        float(word["x0"]),
        float(word["top"]),
        float(word["x1"]),
        float(word["bottom"]),
        float(word["size"]),
        str(word["fontname"]),
    )


def _inside(word: Word, box: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def _tables(page: Any) -> Iterator[Column]:  # noqa: ANN401 - pdfplumber has no types
    """Ruled tables: each row a line, its cells parted by bars."""
    if len(page.lines) + len(page.rects) + len(page.curves) < _LEAST_CELLS:
        return
    for table in page.find_tables():
        rows = []
        for row, cells in zip(table.rows, table.extract(), strict=True):
            words = [clean(cell or "") for cell in cells]
            if any(words):
                box = Box(*(float(edge) for edge in row.bbox))
                text = " | ".join(words).replace("\n", " ")
                rows.append(PrintedLine(text, box, 0.0, ""))
        filled = sum(bool(clean(cell or "")) for row in table.extract() for cell in row)
        if len(rows) > 1 and filled >= _LEAST_CELLS and len(table.rows[0].cells) > 1:
            yield Column(tuple(rows), box_of([row.box for row in rows]), is_table=True)
