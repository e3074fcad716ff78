"""Text laid unseen over a picture, as programs that recognise text leave it."""

import ctypes
from collections.abc import Iterator
from typing import Any

from pypdfium2 import raw

from pipeline.extract.pdfium_calls import objects_of

_INVISIBLE = 3
_MOST_OBJECTS = 20_000


def is_unseen(page: int) -> bool:
    """Return whether most of the text on a loaded page is drawn invisible.

    Parameters
    ----------
    page
        Its address.
    """
    modes = [raw.FPDFTextObj_GetTextRenderMode(text) for text in _texts(page)]
    return modes.count(_INVISIBLE) * 2 > len(modes)


def _texts(page: int) -> Iterator[Any]:
    """Pieces of text on a page, also those in forms that it is put together from."""
    for text in objects_of(page, raw.FPDF_PAGEOBJ_TEXT, _MOST_OBJECTS):
        yield ctypes.cast(text, raw.FPDF_PAGEOBJECT)
    for address in objects_of(page, raw.FPDF_PAGEOBJ_FORM, _MOST_OBJECTS):
        form = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
        for number in range(min(raw.FPDFFormObj_CountObjects(form), _MOST_OBJECTS)):
            part = raw.FPDFFormObj_GetObject(form, number)
            if raw.FPDFPageObj_GetType(part) == raw.FPDF_PAGEOBJ_TEXT:
                yield part
