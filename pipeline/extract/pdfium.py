"""PDFium behind one door: a document's pages as characters, ruling and pictures.

Half the price of a call for each character is the binding: arguments are turned into C
objects one by one. Here the same functions are called through a second, untyped prototype,
driven by ``map`` without a line of Python between two characters; ``slow_boxes`` is the plain
way, and a test holds the two together.

PDFium is not safe in threads, not even over documents: use processes.
"""

import ctypes
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.errors import DamagedFileError, EncryptedFileError
from pipeline.extract.characters import Characters, Floats, Ints, PageShape, is_bold
from pipeline.extract.file import File


def _untyped(function: Any, result: Any, *arguments: Any) -> Any:  # noqa: ANN401 - ctypes has none
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


_loose_box = _untyped(
    raw.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
)
_unicode = _untyped(raw.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_font_size = _untyped(raw.FPDFText_GetFontSize, ctypes.c_double, ctypes.c_void_p, ctypes.c_int)
_matrix = _untyped(
    raw.FPDFText_GetMatrix, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
)
_font_info = _untyped(
    raw.FPDFText_GetFontInfo,
    ctypes.c_ulong,
    ctypes.c_void_p,
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_ulong,
    ctypes.c_void_p,
)
_object = _untyped(raw.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_kind = _untyped(raw.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)
_object_bounds = _untyped(raw.FPDFPageObj_GetBounds, ctypes.c_int, *[ctypes.c_void_p] * 5)
_segment_count = _untyped(raw.FPDFPath_CountSegments, ctypes.c_int, ctypes.c_void_p)
_FRAME = 5
_OTHER_HEIGHT = 0.04
_MOST_SEGMENTS = 2_000
_PATH, _IMAGE = raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE
_MOST_OBJECTS = 20_000
_THIN = 3.0
_LONG = 8.0
_LONGEST_NAME = 128
_PASSWORD = 4


@dataclass(frozen=True, slots=True)
class Ruling:
    """Straight lines and edges of frames on a page, as (x0, top, x1, bottom) as shown."""

    across: Floats
    down: Floats

    @property
    def crossing_count(self) -> int:
        """How often a line across meets a line down, within two points."""
        if not len(self.across) or not len(self.down):
            return 0
        across, down = self.across[:, None, :], self.down[None, :, :]
        meets = (across[..., 0] - 2 <= down[..., 0]) & (down[..., 0] <= across[..., 2] + 2)
        meets &= (down[..., 1] - 2 <= across[..., 1]) & (across[..., 1] <= down[..., 3] + 2)
        return int(meets.sum())


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One page as PDFium gives it; ``picture_share`` is how much of it pictures cover, 0 to 1."""

    characters: Characters
    ruling: Ruling
    picture_share: float


class PdfiumDocument:
    """An open document; pages are loaded and closed one by one."""

    def __init__(self, document: pdfium.PdfDocument, password: str = "") -> None:
        self._document = document
        self.password = password
        self._fonts: dict[bytes, int] = {}
        self._bold: list[bool] = []

    @property
    def page_count(self) -> int:
        """How many pages the document says it has."""
        return len(self._document)

    @property
    def metadata(self) -> tuple[tuple[str, str], ...]:
        """What the file says of itself: pairs of key and value."""
        found = self._document.get_metadata_dict(skip_empty=True)
        return tuple((str(key), str(value)) for key, value in sorted(found.items()))

    def page(self, number: int) -> PdfPage:
        """Return the page of that number, counted from 0.

        Raises
        ------
        DamagedFileError
            If that page can not be loaded.
        """
        with self._loaded(number) as (page, text):
            shape = _shape(page)
            characters = self._characters(text, shape)
            ruling, share = _drawn(page, shape)
        return PdfPage(characters, ruling, share)

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
            return shape.shown(fast_boxes(_address(text), count))

    def picture(self, number: int, dots_per_inch: int, *, is_grey: bool = False) -> Any:  # noqa: ANN401
        """Return a page drawn as a PIL image."""
        page = self._document[number]
        drawn = page.render(scale=dots_per_inch / 72, grayscale=is_grey).to_pil()
        page.close()
        return drawn

    @contextmanager
    def _loaded(self, number: int) -> Iterator[tuple[Any, Any]]:
        page = raw.FPDF_LoadPage(self._document.raw, number)
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

    def _characters(self, text: Any, shape: PageShape) -> Characters:  # noqa: ANN401
        handle = _address(text)
        count = max(int(raw.FPDFText_CountChars(text)), 0)
        boxes = fast_boxes(handle, count)
        words = _text(text, handle, count)
        places = _changes(words, boxes)
        fonts = self._fonts_at(handle, places)
        if any(self._is_bold(font) for font in set(fonts)):
            places = np.union1d(places, self._bold_words(words, places, fonts))
            fonts = self._fonts_at(handle, places)
        at = places.tolist()
        sizes = np.fromiter(map(_font_size, repeat(handle), at), np.float32, len(at))
        matrices = _matrices(handle, at)
        sizes *= _scales(matrices)
        angles = np.arctan2(matrices[:, 2], matrices[:, 0])
        lengths = np.diff(np.append(places, count))
        quarters = (np.rint(np.nan_to_num(angles) / (np.pi / 2)) % 4).astype(np.int32)
        return Characters(
            words,
            boxes,
            np.repeat(sizes, lengths),
            np.repeat(np.array(fonts, np.int32), lengths),
            np.repeat(quarters, lengths),
            tuple(name.decode("utf-8", "replace") for name in self._fonts),
            shape,
        )

    def _fonts_at(self, handle: int, places: Ints) -> list[int]:
        names = np.zeros(len(places), f"S{_LONGEST_NAME}")
        base = names.ctypes.data
        rows = range(base, base + _LONGEST_NAME * len(places), _LONGEST_NAME)
        asked = map(
            _font_info, repeat(handle), places.tolist(), rows, repeat(_LONGEST_NAME), repeat(None)
        )
        deque(asked, maxlen=0)
        return [self._fonts.setdefault(name, len(self._fonts)) for name in names.tolist()]

    def _is_bold(self, font: int) -> bool:
        if len(self._bold) <= font:
            self._bold = [is_bold(name.decode("utf-8", "replace")) for name in self._fonts]
        return self._bold[font]

    def _bold_words(self, words: str, places: Ints, fonts: list[int]) -> Ints:
        """Word starts in stretches that begin bold: where a run-in head can end."""
        lengths = np.diff(np.append(places, len(words)))
        bold = np.repeat(np.array([self._is_bold(font) for font in fonts]), lengths)
        codes = np.frombuffer(words.encode("utf-32-le", "surrogatepass"), np.uint32)
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
    document, password = _opened(file)
    try:
        yield PdfiumDocument(document, password)
    finally:
        document.close()


def _opened(file: File) -> tuple[pdfium.PdfDocument, str]:
    passwords: tuple[str | None, ...] = (None, *file.plan.passwords)
    for password in passwords:
        try:
            return pdfium.PdfDocument(file.data, password=password), password or ""
        except pdfium.PdfiumError as reason:
            if getattr(reason, "err_code", 0) != _PASSWORD and "assword" not in str(reason):
                raise DamagedFileError(
                    f"can not be opened as a PDF: {_cause(file.data)}",
                    where=file.name,
                    remedy="Get the file again; it may have broken off.",
                ) from reason
    raise EncryptedFileError(
        "asks for a password"
        if len(passwords) == 1
        else f"asks for a password, and none of the {len(passwords) - 1} given opens it",
        where=file.name,
        remedy="Name the environment variable that holds it as password_env of the source in "
        "study.yaml, set BACKING_PASSWORD, or save a copy without a password.",
    )


def _cause(data: bytes) -> str:
    if b"%%EOF" not in data[-2048:]:
        return "it has no end, so it seems to be cut off"
    return "its parts do not fit together"


def _address(handle: Any) -> int:  # noqa: ANN401
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _shape(page: Any) -> PageShape:  # noqa: ANN401
    box = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, box):
        return PageShape(0.0, 0.0, 612.0, 792.0)
    quarters = int(raw.FPDFPage_GetRotation(page)) % 4
    return PageShape(box.left, box.bottom, box.right, box.top, quarters)


def fast_boxes(handle: int, count: int) -> Floats:
    """Return left, bottom, right, top of each character of a loaded text page.

    Parameters
    ----------
    handle
        Address of the text page.
    """
    boxes = np.zeros((count, 4), np.float32)
    base = boxes.ctypes.data
    addresses = range(base, base + 16 * count, 16)
    deque(map(_loose_box, repeat(handle), range(count), addresses), maxlen=0)
    return boxes[:, [0, 3, 2, 1]]


def _matrices(handle: int, places: list[int]) -> Floats:
    """The matrices of some characters, shape (n, 6): how type is enlarged and turned."""
    matrices = np.zeros((len(places), 6), np.float32)
    base = matrices.ctypes.data
    addresses = range(base, base + 24 * len(places), 24)
    deque(map(_matrix, repeat(handle), places, addresses), maxlen=0)
    return matrices


def _scales(matrices: Floats) -> Floats:
    """How much type is enlarged: the sizes of a page may all be 1."""
    scales = np.hypot(matrices[:, 2], matrices[:, 3])
    return np.where(scales > 0, scales, 1).astype(np.float32)


def slow_boxes(text: Any, count: int) -> Floats:  # noqa: ANN401
    """Return the same by the binding's own calls."""
    boxes = np.zeros((count, 4), np.float32)
    box = raw.FS_RECTF()
    for index in range(count):
        if raw.FPDFText_GetLooseCharBox(text, index, box):
            boxes[index] = box.left, box.bottom, box.right, box.top
    return boxes


def _text(text: Any, handle: int, count: int) -> str:  # noqa: ANN401
    """One code point for each character; asked one by one where the lengths disagree."""
    buffer = np.zeros(count + 2, np.uint16)
    pointer = ctypes.cast(buffer.ctypes.data, ctypes.POINTER(ctypes.c_ushort))
    written = int(raw.FPDFText_GetText(text, 0, count, pointer)) - 1
    if written == count and not ((buffer >= 0xD800) & (buffer < 0xE000)).any():
        return buffer[:count].tobytes().decode("utf-16-le")
    codes = map(_unicode, repeat(handle), range(count))
    return "".join(chr(code) if 0 < code < 0x110000 else "\ufffd" for code in codes)


def _changes(text: str, boxes: Floats) -> Ints:
    """Where a font, size or angle can begin: at lines' beginnings and changes of height.

    The first character is always among them, so that stretches between them tile the page.
    """
    if not text:
        return np.zeros(0, np.int32)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    ink = np.flatnonzero(codes > 0x20)
    left, bottom, _, top = boxes[ink].T
    least = _OTHER_HEIGHT * (top - bottom)[1:]
    begins = (np.abs(np.diff(bottom)) > least) | (np.abs(np.diff(top)) > least)
    begins |= np.diff(left) < 0
    places = ink[1:][begins]
    return np.unique(np.concatenate([[0], ink[:1], places])).astype(np.int32)


def _lines_of(address: int) -> Iterator[tuple[float, float, float, float]]:
    """Straight parts of a path that is drawn in many, in the page's space."""
    item = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
    matrix = _matrix_of(item)
    last: tuple[float, float] | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(min(raw.FPDFPath_CountSegments(item), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(item, number)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        at = np.array([x.value, y.value, 1.0]) @ matrix
        point = (float(at[0]), float(at[1]))
        if kind == raw.FPDF_SEGMENT_LINETO and last is not None:
            yield (
                min(last[0], point[0]),
                min(last[1], point[1]),
                max(last[0], point[0]),
                max(last[1], point[1]),
            )
        last = point


def _matrix_of(item: Any) -> npt.NDArray[np.float64]:  # noqa: ANN401
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, matrix):
        return np.eye(3)
    return np.array([[matrix.a, matrix.b, 0], [matrix.c, matrix.d, 0], [matrix.e, matrix.f, 1.0]])


def _drawn(page: Any, shape: PageShape) -> tuple[Ruling, float]:  # noqa: ANN401
    """Lines and frames, and the share of the page that pictures cover."""
    count = min(int(raw.FPDFPage_CountObjects(page)), _MOST_OBJECTS)
    items = list(map(_object, repeat(_address(page)), range(count)))
    kinds = list(map(_kind, items))
    paths = [item for item, kind in zip(items, kinds, strict=True) if kind == _PATH]
    counts = list(map(_segment_count, paths))
    simple = _bounds([item for item, count in zip(paths, counts, strict=True) if count <= _FRAME])
    drawn = [
        line
        for item, count in zip(paths, counts, strict=True)
        if count > _FRAME
        for line in _lines_of(item)
    ][:_MOST_OBJECTS]
    if drawn:
        simple = np.concatenate([simple, np.array(drawn, np.float32)])
    pictures = _bounds([item for item, kind in zip(items, kinds, strict=True) if kind == _IMAGE])
    area = max((shape.right - shape.left) * (shape.top - shape.bottom), 1.0)
    covered = np.maximum(pictures[:, 2] - pictures[:, 0], 0) * np.maximum(
        pictures[:, 3] - pictures[:, 1], 0
    )
    return _ruling(simple, shape), min(float(covered.sum()) / area, 1.0)


def _bounds(items: list[int]) -> Floats:
    """Left, bottom, right, top of page objects, shape (n, 4)."""
    boxes = np.zeros((len(items), 4), np.float32)
    base = boxes.ctypes.data
    for number, item in enumerate(items):
        at = base + 16 * number
        _object_bounds(item, at, at + 4, at + 8, at + 12)
    return boxes


def _ruling(paths: Floats, shape: PageShape) -> Ruling:
    if not len(paths):
        return Ruling(paths, paths)
    boxes = shape.shown(paths)
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    across = boxes[(height <= _THIN) & (width >= _LONG)]
    down = boxes[(width <= _THIN) & (height >= _LONG)]
    frames = boxes[(width > _THIN) & (height > _THIN)]
    top, bottom = frames.copy(), frames.copy()
    top[:, 3], bottom[:, 1] = frames[:, 1], frames[:, 3]
    left, right = frames.copy(), frames.copy()
    left[:, 2], right[:, 0] = frames[:, 0], frames[:, 2]
    return Ruling(np.concatenate([across, top, bottom]), np.concatenate([down, left, right]))
