"""PDF: characters by PDFium, ruled tables by pdfplumber, layout and zones by pure functions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.errors import DamagedFileError, NoTextError, WrongFormatError
from pipeline.extract.building import build, joined_over_asides
from pipeline.extract.characters import Characters
from pipeline.extract.file import File
from pipeline.extract.flow import Page, flow_of, with_speakers
from pipeline.extract.layout import layout_of
from pipeline.extract.pdfium import PdfiumDocument, PdfPage, open_pdfium
from pipeline.extract.plumber import Plumber, grids, open_plumber
from pipeline.extract.sections import with_sections
from pipeline.extract.tables import Table, filled
from pipeline.model.source import PageRecord, Source

_LEAST_CROSSINGS = 8
_MOST_CHARACTERS = 400_000
_FEW_CHARACTERS = 20
_ODD_SHARE = 0.1
_PICTURE = 0.5


@dataclass(frozen=True, slots=True)
class PageReading:
    """One page as read; ``is_scan`` where a picture stands in the place of text."""

    page: Page
    record: PageRecord
    warnings: tuple[str, ...] = ()
    is_scan: bool = False


def read(file: File) -> Source:
    """Return the Source of a PDF.

    Raises
    ------
    EncryptedFileError, DamagedFileError, WrongFormatError, NoTextError
        If it needs a password, breaks off, is no PDF, or holds pictures only.
    """
    if b"%PDF-" not in file.data[:1024]:
        raise WrongFormatError(
            "is no PDF", where=file.name, remedy="Give it the ending of its kind."
        )
    with open_pdfium(file) as document, open_plumber(file, document.password) as plumber:
        if not document.page_count:
            raise DamagedFileError(
                "breaks off: no page can be found in it",
                where=file.name,
                remedy="Get the file again.",
            )
        readings = list(_readings(document, plumber))
    return _source(file, readings)


def _source(file: File, readings: Sequence[PageReading]) -> Source:
    pages = [reading.page for reading in readings]
    if not any(len(page.layout.lines) or page.tables for page in pages):
        raise NoTextError(
            "holds no text, only pictures perhaps",
            where=file.name,
            remedy="Put it through a program that recognises text (OCR), then add it again.",
        )
    flow = flow_of(pages)
    warnings = [warning for reading in readings for warning in reading.warnings]
    warnings += [
        f"page {number} is in many pieces: look at the order of its words"
        for number in flow.doubtful
    ]
    blocks = with_sections(joined_over_asides(with_speakers(flow.blocks)))
    return build(
        file,
        list(blocks),
        extractor="pdf/pdfium",
        has_places=True,
        warnings=warnings,
        pages=[
            replace(reading.record, label=flow.labels[reading.record.page]) for reading in readings
        ],
    )


def _readings(document: PdfiumDocument, plumber: Plumber) -> Iterator[PageReading]:
    for number in range(document.page_count):
        try:
            page = document.page(number)
        except DamagedFileError as reason:
            page = None
            warning = reason.what
        if page is None:
            nothing = Page(number + 1, layout_of(Characters.none()))
            yield PageReading(nothing, PageRecord(number + 1, reason=warning), (warning,))
        else:
            yield _reading(number, page, plumber)


def _reading(number: int, page: PdfPage, plumber: Plumber) -> PageReading:
    characters = page.characters
    warnings = []
    engine, reason = "pdfium", ""
    if len(characters.text) > _MOST_CHARACTERS:
        count = len(characters.text)
        warnings.append(f"page {number + 1} has {count:,} characters and is left out")
        characters = Characters.none()
    odd = odd_share(characters)
    if odd > _ODD_SHARE:
        other = plumber.characters(number)
        if other is not None and odd_share(other) < odd:
            characters, engine = other, "pdfplumber"
            reason = f"{odd:.0%} of PDFium's characters have no meaning"
    tables: tuple[Table, ...] = ()
    if page.ruling.crossing_count >= _LEAST_CROSSINGS:
        found = (filled(characters, grid) for grid in grids(page.ruling))
        tables = tuple(table for table in found if table is not None)
        if tables and not reason:
            engine, reason = "pdfium, cells by pdfplumber", "ruled tables"
    layout = layout_of(characters, [table.bounds for table in tables])
    ink = len(characters.ink)
    is_scan = ink < _FEW_CHARACTERS and page.picture_share > _PICTURE
    if not ink:
        warnings.append(f"page {number + 1} holds no text")
    if layout.doubled_count:
        warnings.append(
            f"page {number + 1}: {layout.doubled_count} characters printed twice are taken once"
        )
    width, height = page.characters.shape.size
    record = PageRecord(number + 1, "", width, height, engine, reason)
    return PageReading(Page(number + 1, layout, tables), record, tuple(warnings), is_scan)


def odd_share(characters: Characters) -> float:
    """Return the share of a page's ink whose characters say nothing, 0 to 1."""
    codes = characters.codes
    ink = codes[codes > 0x20]
    if not len(ink):
        return 0.0
    is_odd = (ink == 0xFFFD) | ((ink >= 0xE000) & (ink <= 0xF8FF)) | ((ink >= 0x7F) & (ink < 0xA0))
    return float(np.mean(is_odd))
