"""Forms that were filled in: what stands in their fields as text of the page.

PDFium keeps fields apart from a page's text. In a copy of the document, whose drawn pages
nobody sees, the fields of a page are made part of it; notes, stamps and links are taken out
before, for what readers wrote over a page is no text of it.
"""

import ctypes
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

_MOST_NOTES = 5_000


def has_fields(page: Any) -> bool:  # noqa: ANN401
    """Return whether fields of a form stand on a loaded page."""
    count = min(raw.FPDFPage_GetAnnotCount(page), _MOST_NOTES)
    return any(_is_field(page, number) for number in range(count))


def _is_field(page: Any, number: int) -> bool:  # noqa: ANN401
    note = raw.FPDFPage_GetAnnot(page, number)
    is_field = bool(raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_WIDGET)
    raw.FPDFPage_CloseAnnot(note)
    return is_field


class FilledForm:
    """A second copy of a document, opened when a page with fields is first asked for."""

    def __init__(self, data: bytes, password: str) -> None:
        self._data = data
        self._password = password
        self._document: pdfium.PdfDocument | None = None
        self._filled: dict[int, int] = {}

    def page(self, number: int) -> Any:  # noqa: ANN401
        """Return a page, loaded, with its fields among its text; it has to be closed."""
        if self._document is None:
            self._document = pdfium.PdfDocument(self._data, password=self._password or None)
        if number not in self._filled:
            self._filled[number] = self._fill(self._document, number)
        return raw.FPDF_LoadPage(self._document.raw, number)

    def answers_from(self, number: int) -> int | None:
        """Return the number of a loaded page's first character in a field; None if it has none."""
        return self._filled.get(number)

    def close(self) -> None:
        """Let go of the copy."""
        if self._document is not None:
            self._document.close()

    def _fill(self, document: pdfium.PdfDocument, number: int) -> int:
        """Make fields part of a page, and return how many characters it had before."""
        page = raw.FPDF_LoadPage(document.raw, number)
        if not page:
            return 0
        text = raw.FPDFText_LoadPage(page)
        count = max(int(raw.FPDFText_CountChars(text)), 0)
        raw.FPDFText_ClosePage(text)
        for note in reversed(range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_NOTES))):
            if not _is_field(page, note):
                raw.FPDFPage_RemoveAnnot(page, note)
        _give_looks(page)
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
        raw.FPDF_ClosePage(page)
        return count


def _give_looks(page: Any) -> None:  # noqa: ANN401
    """Let PDFium make the looks of fields that have none: it does when it draws a page."""
    point = ctypes.c_uint32()
    bitmap = raw.FPDFBitmap_CreateEx(1, 1, raw.FPDFBitmap_BGRx, ctypes.byref(point), 4)
    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, 1, 1, 0, raw.FPDF_ANNOT)
    raw.FPDFBitmap_Destroy(bitmap)
