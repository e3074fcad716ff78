"""Forms that were filled in: what stands in their fields as text of the page.

PDFium keeps fields apart from a page's text. In a copy of the document, whose drawn pages
nobody sees, the fields of a page are made part of it; notes, stamps and links are taken out
before, for what readers wrote over a page is no text of it.
"""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

_MOST_NOTES = 5_000
_SIGNATURE = "Sig\0"


def has_fields(page: Any) -> bool:  # noqa: ANN401
    """Return whether fields of a form that can be filled in stand on a loaded page."""
    return any(is_field for is_field, _ in _notes(page))


def _notes(page: Any) -> Iterator[tuple[bool, bool]]:  # noqa: ANN401
    """For each note on a page whether it is a field, and whether it has a look."""
    for number in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_NOTES)):
        note = raw.FPDFPage_GetAnnot(page, number)
        is_field = raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_WIDGET
        is_field = is_field and not _is_signature(note)
        has_look = bool(raw.FPDFAnnot_HasKey(note, b"AP"))
        raw.FPDFPage_CloseAnnot(note)
        yield is_field, has_look


def _is_signature(note: Any) -> bool:  # noqa: ANN401
    kind = (ctypes.c_ushort * len(_SIGNATURE))()
    raw.FPDFAnnot_GetStringValue(note, b"FT", kind, ctypes.sizeof(kind))
    return bytes(kind).decode("utf-16-le") == _SIGNATURE


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
        notes = list(_notes(page))
        for place in reversed(range(len(notes))):
            if not notes[place][0]:
                raw.FPDFPage_RemoveAnnot(page, place)
        if any(is_field and not has_look for is_field, has_look in notes):
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
