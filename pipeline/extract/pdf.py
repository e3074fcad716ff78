"""PDF: characters by PDFium, ruled tables by pdfplumber, layout and zones by pure functions."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.errors import DamagedFileError, NoTextError, WrongFormatError
from pipeline.extract.building import build, marks_apart
from pipeline.extract.characters import Characters
from pipeline.extract.file import File
from pipeline.extract.flow import Page, flow_of
from pipeline.extract.joining import joined_over_asides
from pipeline.extract.layout import PageLayout, layout_of
from pipeline.extract.lines import Bounds
from pipeline.extract.ocr import dots_for, recognised
from pipeline.extract.pdfium import PdfiumDocument, PdfPage, open_pdfium
from pipeline.extract.plumber import Plumber, grids, open_plumber
from pipeline.extract.sections import with_sections
from pipeline.extract.tables import Table, filled, with_headers_carried
from pipeline.extract.turns import with_turns
from pipeline.model.place import PageRecord
from pipeline.model.source import Source

_MOST_CHARACTERS = 400_000
_ODD_SHARE = 0.1
_MUCH_MORE = 2
_MOST_TOLD = 3
_INSTALL = (
    "Install Tesseract, and they are read by text recognition: apt-get install tesseract-ocr "
    "(`backing doctor` says what is there)."
)


@dataclass(frozen=True, slots=True)
class PageReading:
    """One page as read, and what of it may be missing (``PdfPage`` says what the two are)."""

    page: Page
    record: PageRecord
    warnings: tuple[str, ...] = ()
    is_scan: bool = False
    is_picture_under_text: bool = False


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
        readings = deque(_readings(document, plumber, file.plan.recogniser))
        told, labels = document.metadata, document.labels
    return _source(file, readings, told, labels)


def _source(
    file: File,
    readings: deque[PageReading],
    told: Sequence[tuple[str, str]],
    labels: Sequence[str],
) -> Source:
    records = [reading.record for reading in readings]
    warnings = [warning for reading in readings for warning in reading.warnings]
    missing = [reading.record.page for reading in readings if reading.is_scan]
    pictures = list(_pictures(readings))
    if not any(len(reading.page.layout.lines) or reading.page.tables for reading in readings):
        raise _without_text(file, missing, warnings)
    flow = flow_of(deque(readings.popleft().page for _ in records), labels)
    warnings += pictures
    warnings += [
        f"page {number} is in many pieces: look at the order of its words"
        for number in flow.doubtful
    ]
    engines = sorted({record.engine.split(",")[0] for record in records} - {""})
    pages = [replace(record, label=flow.labels[record.page]) for record in records]
    said = with_turns(marks_apart(flow.blocks), file.speakers)
    blocks = list(with_sections(joined_over_asides(said)))
    del said
    flow.blocks.clear()
    return build(
        file,
        blocks,
        extractor="pdf/" + "+".join(engines),
        has_places=True,
        warnings=warnings,
        pages=pages,
        proposals=told,
    )


def _pictures(readings: Iterable[PageReading]) -> Iterator[str]:
    """What is missing because it stands in pictures, as a person is told it."""
    missing = [reading.record.page for reading in readings if reading.is_scan]
    under = [reading.record.page for reading in readings if reading.is_picture_under_text]
    if missing:
        verbs = ("hold", "are") if len(missing) > 1 else ("holds", "is")
        yield (
            f"{counted(missing)} {verbs[0]} pictures in the place of text and {verbs[1]} missing. "
            f"{_INSTALL}"
        )
    if under:
        yield (
            f"{counted(under)}: a picture of the whole page with a few lines over it; what may be "
            f"written in the picture is missing. {_INSTALL}"
        )


def _without_text(file: File, missing: Sequence[int], warnings: Sequence[str]) -> NoTextError:
    if missing:
        what = f"holds pictures in the place of text on {counted(missing)}"
        return NoTextError(what, where=file.name, remedy=_INSTALL)
    what = "; ".join(["holds no text", *warnings[:_MOST_TOLD]])
    return NoTextError(
        what, where=file.name, remedy="Look at its pages; if they show text, type it."
    )


def counted(pages: Sequence[int]) -> str:
    """Return pages as a reader lists them.

    >>> counted([3]), counted([1, 2, 3, 7])
    ('page 3', 'pages 1-3, 7')
    """
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    told = ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return f"page{'s' if len(pages) > 1 else ''} {told}"


def _readings(document: PdfiumDocument, plumber: Plumber, recogniser: str) -> Iterator[PageReading]:
    for number in range(document.page_count):
        try:
            page = document.page(number)
        except DamagedFileError as reason:
            nothing = Page(number + 1, layout_of(Characters.none()))
            yield PageReading(nothing, PageRecord(number + 1, reason=reason.what), (reason.what,))
            continue
        reading = _reading(number, page, plumber)
        if (reading.is_scan or reading.is_picture_under_text) and recogniser:
            reading = _recognised(document, number, reading, page, recogniser)
        yield reading


def _recognised(
    document: PdfiumDocument, number: int, reading: PageReading, page: PdfPage, recogniser: str
) -> PageReading:
    """The page as text recognition reads it; as it was where that says little more."""
    shape = page.characters.shape
    dots = dots_for(*shape.size)
    characters = recognised(document.picture(number, dots, is_grey=True), dots, shape)
    if reading.is_picture_under_text:
        count = 0 if characters is None else len(characters.ink)
        if count < _MUCH_MORE * len(page.characters.ink):
            return replace(reading, is_picture_under_text=False)
    if characters is None or not len(characters.ink):
        what = f"page {number + 1} is a picture, and {recogniser} reads nothing on it"
        return replace(reading, warnings=(*reading.warnings, what), is_scan=False)
    record = replace(reading.record, engine=recogniser, reason="a picture in the place of text")
    return PageReading(Page(number + 1, layout_of(characters)), record)


def _reading(number: int, page: PdfPage, plumber: Plumber) -> PageReading:
    characters, engine, reason, warnings = _characters(number, page, plumber)
    tables: tuple[Table, ...] = ()
    if page.ruling.may_frame_cells:
        found = (filled(characters, grid) for grid in grids(page.ruling))
        tables = with_headers_carried([table for table in found if table is not None])
        if tables and not reason:
            engine, reason = "pdfium, cells by pdfplumber", "ruled tables"
    layout = layout_of(characters, [cell for table in tables for cell in table.cells])
    ink = len(characters.ink)
    if not ink and not page.is_scan:
        warnings.append(f"page {number + 1} holds no text")
    if layout.doubled_count:
        warnings.append(
            f"page {number + 1}: {layout.doubled_count} characters printed twice are taken once"
        )
    width, height = page.characters.shape.size
    record = PageRecord(number + 1, "", width, height, engine, reason)
    return PageReading(
        Page(number + 1, layout, tables, _rules(page, layout, tables)),
        record,
        tuple(warnings),
        page.is_scan,
        page.is_picture_under_text,
    )


def _rules(page: PdfPage, layout: PageLayout, tables: Sequence[Table]) -> tuple[Bounds, ...]:
    """The rules across a page that frame no cells, where its lines stand as it is shown."""
    is_upright = np.array_equal(layout.lines.boxes, layout.lines.shown)
    rules = page.ruling.across.tolist() if is_upright and not tables else []
    return tuple((x0, top, x1, bottom) for x0, top, x1, bottom in rules)


def _characters(
    number: int, page: PdfPage, plumber: Plumber
) -> tuple[Characters, str, str, list[str]]:
    """A page's characters by the engine whose letters mean more, which that is, and why."""
    characters = page.characters
    if len(characters.text) > _MOST_CHARACTERS:
        count = len(characters.text)
        told = f"page {number + 1} has {count:,} characters and is left out"
        return Characters.none(), "pdfium", "", [told]
    odd = odd_share(characters)
    if odd > _ODD_SHARE:
        other = plumber.characters(number, characters.shape)
        if other is not None and odd_share(other) < odd:
            reason = f"{odd:.0%} of PDFium's characters have no meaning"
            return other, "pdfplumber", reason, []
    return characters, "pdfium", "", []


def odd_share(characters: Characters) -> float:
    """Return the share of a page's ink whose characters say nothing, 0 to 1."""
    codes = characters.codes
    ink = codes[codes > 0x20]
    if not len(ink):
        return 0.0
    rare = ink[ink >= 0x7F]
    is_odd = (rare == 0xFFFD) | ((rare >= 0xE000) & (rare <= 0xF8FF)) | (rare < 0xA0)
    return float(is_odd.sum()) / len(ink)
