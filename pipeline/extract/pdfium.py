"""PDFium behind one door: a document's pages as characters, ruling and pictures.

PDFium is not safe in threads, not even over documents: use processes.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.errors import DamagedFileError
from pipeline.extract.characters import Characters, Floats, Ints, PageShape, is_bold, untagged
from pipeline.extract.file import File
from pipeline.extract.form_fields import FilledForm, has_fields
from pipeline.extract.pdf_opening import opened
from pipeline.extract.pdfium_calls import (
    address_of,
    are_mirrored,
    fast_boxes,
    fonts_at,
    matrices,
    scales,
    sizes_at,
    text_of,
)
from pipeline.extract.ruling import Ruling, picture_share, ruling_of
from pipeline.extract.slanted import ways_of
from pipeline.extract.text_layers import is_unseen

_OTHER_HEIGHT = 0.04
_FEW_CHARACTERS = 20
_FEW_LINES = 400
_PICTURE = 0.5
_WHOLE_PICTURE = 0.8


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One page as PDFium gives it.

    Attributes
    ----------
    is_scan
        Whether pictures stand in the place of text.
    is_picture_under_text
        Whether a picture of the whole page lies under a few lines, as where a library has
        stamped a scan; or a title over a photograph. Lines that are not seen are what has been
        recognised in it.
    """

    characters: Characters
    ruling: Ruling
    is_scan: bool = False
    is_picture_under_text: bool = False


class PdfiumDocument:
    """An open document; pages are loaded and closed one by one."""

    def __init__(self, document: pdfium.PdfDocument, password: str = "", data: bytes = b"") -> None:
        self._document = document
        self._form = FilledForm(data, password) if data and document.get_formtype() else None
        self.password = password
        self._fonts: dict[str, int] = {}
        self._numbers: dict[bytes, int] = {}
        self._bold: list[bool] = []

    def close(self) -> None:
        """Let go of what was opened beside the document."""
        if self._form:
            self._form.close()

    @property
    def page_count(self) -> int:
        """How many pages the document says it has."""
        return len(self._document)

    @property
    def metadata(self) -> tuple[tuple[str, str], ...]:
        """What the file says of itself: pairs of key and value."""
        found = self._document.get_metadata_dict(skip_empty=True)
        return tuple((str(key), str(value)) for key, value in sorted(found.items()))

    @property
    def labels(self) -> tuple[str, ...]:
        """The numbers that the file tells of its pages; none where it does not."""
        if not self._document.get_page_label(0):
            return ()
        return tuple(self._document.get_page_label(n) for n in range(self.page_count))

    def page(self, number: int) -> PdfPage:
        """Return the page of that number, counted from 0.

        Raises
        ------
        DamagedFileError
            If that page can not be loaded.
        """
        with self._loaded(number) as (page, text):
            shape = _shape(page)
            characters = self._characters(text, shape, number)
            ruling = ruling_of(address_of(page), shape)
            ink = len(characters.ink)
            share = picture_share(address_of(page), shape) if ink < _FEW_LINES else 0.0
            is_bare = ink < _FEW_CHARACTERS
            is_under = not is_bare and share > _WHOLE_PICTURE and not is_unseen(address_of(page))
        return PdfPage(characters, ruling, is_bare and share > _PICTURE, is_under)

    def boxes(self, number: int) -> Floats:
        """Return the boxes of a page's characters as it is shown, shape (n, 4): x0, top, x1,
        bottom in points.

        Raises
        ------
        DamagedFileError
            If that page can not be loaded.
        """
        with self._loaded(number) as (page, text):
            shape = _shape(page)
            count = max(int(raw.FPDFText_CountChars(text)), 0)
            return shape.shown(fast_boxes(address_of(text), count))

    def picture(self, number: int, dots_per_inch: int, *, is_grey: bool = False) -> Any:  # noqa: ANN401
        """Return a page drawn as a PIL image."""
        page = self._document[number]
        drawn = page.render(scale=dots_per_inch / 72, grayscale=is_grey).to_pil()
        page.close()
        return drawn

    @contextmanager
    def _loaded(self, number: int) -> Iterator[tuple[Any, Any]]:
        page = raw.FPDF_LoadPage(self._document.raw, number)
        if page and self._form and has_fields(page):
            raw.FPDF_ClosePage(page)
            page = self._form.page(number)
        if not page:
            raise DamagedFileError(f"page {number + 1} can not be loaded")
        try:
            text = raw.FPDFText_LoadPage(page)
            if not text:
                raise DamagedFileError(f"page {number + 1} has no text that can be loaded")
            try:
                yield page, text
            finally:
                raw.FPDFText_ClosePage(text)
        finally:
            raw.FPDF_ClosePage(page)

    def _characters(self, text: Any, shape: PageShape, number: int) -> Characters:  # noqa: ANN401
        handle = address_of(text)
        count = max(int(raw.FPDFText_CountChars(text)), 0)
        words = text_of(text, count)
        codes = np.frombuffer(words.encode("utf-32-le", "surrogatepass"), np.uint32)
        ink = np.flatnonzero(codes > 0x20).astype(np.int32)
        boxes = fast_boxes(handle, count, ink)
        places = _changes(ink, boxes)
        fonts = self._fonts_at(handle, places)
        if any(self._is_bold(font) for font in set(fonts)):
            places = np.union1d(places, self._bold_words(codes, places, fonts))
            fonts = self._fonts_at(handle, places)
        at = places.tolist()
        turns = matrices(handle, at)
        sizes = sizes_at(handle, at) * scales(turns)
        lengths = np.diff(np.append(places, count))
        return Characters(
            words,
            boxes,
            np.repeat(sizes, lengths),
            np.repeat(np.array(fonts, np.int32), lengths),
            np.repeat(ways_of(turns[:, :4]), lengths),
            tuple(self._fonts),
            shape,
            may_be_mirrored=are_mirrored(turns),
            answers_from=self._form.answers_from(number) if self._form else None,
        )

    def _fonts_at(self, handle: int, places: Ints) -> list[int]:
        names = fonts_at(handle, places)
        for name in dict.fromkeys(names):
            if name not in self._numbers:
                whole = untagged(name.decode("utf-8", "replace"))
                self._numbers[name] = self._fonts.setdefault(whole, len(self._fonts))
        return [self._numbers[name] for name in names]

    def _is_bold(self, font: int) -> bool:
        if len(self._bold) <= font:
            self._bold = [is_bold(name) for name in self._fonts]
        return self._bold[font]

    def _bold_words(self, codes: npt.NDArray[np.uint32], places: Ints, fonts: list[int]) -> Ints:
        """Word starts in stretches that begin bold: where a run-in head can end."""
        lengths = np.diff(np.append(places, len(codes)))
        bold = np.repeat(np.array([self._is_bold(font) for font in fonts]), lengths)
        begins = np.zeros(len(codes), np.bool_)
        begins[1:] = (codes[1:] > 0x20) & (codes[:-1] <= 0x20)
        begins[: places[0]] = False
        bold = np.concatenate([np.zeros(places[0], np.bool_), bold])
        return np.flatnonzero(begins & bold).astype(np.int32)


@contextmanager
def open_pdfium(file: File) -> Iterator[PdfiumDocument]:
    """Open a PDF, with the passwords of its plan where it asks for one.

    Raises
    ------
    EncryptedFileError, DamagedFileError
        If no password opens it, or it can not be opened at all.
    """
    document, password = opened(file)
    try:
        with closing(PdfiumDocument(document, password, file.data)) as found:
            yield found
    finally:
        document.close()


def _shape(page: Any) -> PageShape:  # noqa: ANN401
    box = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, box):
        return PageShape(0.0, 0.0, 612.0, 792.0)
    quarters = int(raw.FPDFPage_GetRotation(page)) % 4
    return PageShape(box.left, box.bottom, box.right, box.top, quarters)


def _changes(ink: Ints, boxes: Floats) -> Ints:
    """Where a font, size or angle can begin: at lines' beginnings and changes of height.

    The first character is always among them, so that stretches between them tile the page.
    """
    if not len(boxes):
        return np.zeros(0, np.int32)
    left, bottom, _, top = boxes[ink].T
    least = _OTHER_HEIGHT * (top - bottom)[1:]
    begins = (np.abs(np.diff(bottom)) > least) | (np.abs(np.diff(top)) > least)
    begins |= np.diff(left) < 0
    places = ink[1:][begins]
    return np.unique(np.concatenate([[0], ink[:1], places])).astype(np.int32)
