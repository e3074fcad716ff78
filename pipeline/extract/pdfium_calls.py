"""PDFium's functions, called for thousands of characters or objects at a time.

Half the price of such a call is the binding: arguments are turned into C objects one by one.
Here the same functions are called through a second, untyped prototype, driven by ``map``
without a line of Python between two calls; ``slow_boxes`` is the plain way, and a test holds
the two together. An array must keep a name until the calls that write into it are over.
"""

import ctypes
import operator
from collections import deque
from collections.abc import Sequence
from itertools import repeat
from typing import Any

import numpy as np
from pypdfium2 import raw

from pipeline.extract.characters import Floats, Ints

_LONGEST_NAME = 128


def _untyped(function: Any, result: Any, *arguments: Any) -> Any:  # noqa: ANN401 - ctypes has none
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


class _Number:
    """An integer as it is, which C takes for an int: ``c_int`` would ask and wrap each."""

    from_param = staticmethod(operator.index)


_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_loose_box = _untyped(raw.FPDFText_GetLooseCharBox, _INT, _POINTER, _Number, _POINTER)
_unicode = _untyped(raw.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, _Number)
_font_size = _untyped(raw.FPDFText_GetFontSize, ctypes.c_double, _POINTER, _Number)
_matrix = _untyped(raw.FPDFText_GetMatrix, _INT, _POINTER, _Number, _POINTER)
_font_info = _untyped(
    raw.FPDFText_GetFontInfo, ctypes.c_ulong, _POINTER, _Number, _POINTER, ctypes.c_ulong, _POINTER
)
_object = _untyped(raw.FPDFPage_GetObject, _POINTER, _POINTER, _Number)
_kind = _untyped(raw.FPDFPageObj_GetType, _INT, _POINTER)
_object_bounds = _untyped(raw.FPDFPageObj_GetBounds, _INT, *[_POINTER] * 5)
_segment_count = _untyped(raw.FPDFPath_CountSegments, _INT, _POINTER)


def address_of(handle: Any) -> int:  # noqa: ANN401
    """Return the address that a handle of the binding holds."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def fast_boxes(handle: int, count: int, places: Ints | None = None) -> Floats:
    """Return left, bottom, right, top of each character of a loaded text page, shape (n, 4).

    Parameters
    ----------
    handle
        Address of the text page.
    places
        The characters that are asked for, all of them by default; others get zeros.
    """
    boxes = np.zeros((count, 4), np.float32)
    base = boxes.ctypes.data
    if places is None:
        numbers: Sequence[int] = range(count)
        addresses: Sequence[int] = range(base, base + 16 * count, 16)
    else:
        numbers = places.tolist()
        addresses = (base + 16 * places.astype(np.int64)).tolist()
    deque(map(_loose_box, repeat(handle), numbers, addresses), maxlen=0)
    return boxes[:, [0, 3, 2, 1]]


def matrices(handle: int, places: list[int]) -> Floats:
    """Return the matrices of some characters, shape (n, 6): how type is enlarged and turned."""
    found = np.zeros((len(places), 6), np.float32)
    base = found.ctypes.data
    addresses = range(base, base + 24 * len(places), 24)
    deque(map(_matrix, repeat(handle), places, addresses), maxlen=0)
    return found


def scales(matrices: Floats) -> Floats:
    """Return how much type is enlarged: the sizes of a page may all be 1."""
    scales = np.hypot(matrices[:, 2], matrices[:, 3])
    return np.where(scales > 0, scales, 1).astype(np.float32)


def are_mirrored(matrices: Floats) -> bool:
    """Whether most type is drawn with its sides changed."""
    sides = matrices[:, 0] * matrices[:, 3] - matrices[:, 1] * matrices[:, 2]
    return bool((sides < 0).sum() * 2 > len(sides))


def slow_boxes(text: Any, count: int) -> Floats:  # noqa: ANN401
    """Return the same by the binding's own calls."""
    boxes = np.zeros((count, 4), np.float32)
    box = raw.FS_RECTF()
    for index in range(count):
        if raw.FPDFText_GetLooseCharBox(text, index, box):
            boxes[index] = box.left, box.bottom, box.right, box.top
    return boxes


def text_of(text: Any, count: int) -> str:  # noqa: ANN401
    """Return one code point for each character; asked one by one where the lengths disagree."""
    buffer = np.zeros(count + 2, np.uint16)
    pointer = ctypes.cast(buffer.ctypes.data, ctypes.POINTER(ctypes.c_ushort))
    written = int(raw.FPDFText_GetText(text, 0, count, pointer)) - 1
    if written == count and not ((buffer >= 0xD800) & (buffer < 0xE000)).any():
        return buffer[:count].tobytes().decode("utf-16-le")
    codes = map(_unicode, repeat(address_of(text)), range(count))
    return "".join(chr(code) if 0 < code < 0x110000 else "\ufffd" for code in codes)


def sizes_at(handle: int, places: list[int]) -> Floats:
    """Return the type sizes of some characters before the matrix enlarges them."""
    return np.fromiter(map(_font_size, repeat(handle), places), np.float32, len(places))


def fonts_at(handle: int, places: Ints) -> list[bytes]:
    """Return the names of the fonts of some characters."""
    names = np.zeros(len(places), f"S{_LONGEST_NAME}")
    base = names.ctypes.data
    rows = range(base, base + _LONGEST_NAME * len(places), _LONGEST_NAME)
    asked = map(
        _font_info, repeat(handle), places.tolist(), rows, repeat(_LONGEST_NAME), repeat(None)
    )
    deque(asked, maxlen=0)
    return names.tolist()


def objects_of(page: int, kind: int, most: int) -> list[int]:
    """Return the addresses of a page's objects of one kind, among the first ``most``."""
    count = min(int(raw.FPDFPage_CountObjects(ctypes.cast(page, raw.FPDF_PAGE))), most)
    kinds = bytes(map(_kind, map(_object, repeat(page), range(count))))
    places = np.flatnonzero(np.frombuffer(kinds, np.uint8) == kind).tolist()
    return list(map(_object, repeat(page), places))


def segment_counts(paths: list[int]) -> list[int]:
    """Return of how many straight or bent parts each path is made."""
    return list(map(_segment_count, paths))


def bounds_of(objects: list[int]) -> Floats:
    """Return left, bottom, right, top of page objects, shape (n, 4)."""
    boxes = np.zeros((len(objects), 4), np.float32)
    base = boxes.ctypes.data
    corners = (range(at, at + 16 * len(objects), 16) for at in range(base, base + 16, 4))
    deque(map(_object_bounds, objects, *corners), maxlen=0)
    return boxes
