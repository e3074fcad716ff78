"""pdfplumber for what it is best at: ruled tables, and pages PDFium's text looks wrong on.

It is imported where it is first needed: it takes 20 MB, and most files have neither.
"""

import io
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np

from pipeline.extract.characters import Characters, Floats, PageShape, untagged
from pipeline.extract.file import File
from pipeline.extract.lines import Bounds
from pipeline.extract.ruling import Ruling

# What pdfminer remarks on fonts is of no use to a reader; what fails is told by us.
logging.getLogger("pdfminer").setLevel(logging.ERROR)
# What pdfminer gives for a sign whose font tells no character: its number in the font.
_NUMBER = re.compile(r"\(cid:\d+\)")
_BULLET, _UNKNOWN = "\u2022", "\ufffd"
_Row = tuple[float, float, float, float, float, str]
_MOST_CHARACTERS = 60_000
_MOST_EDGES = 4_000
_MOST_CROSSINGS = 6_000
_SNAP = 3.0


class Plumber:
    """A PDF as pdfplumber opens it, when it is first asked for something."""

    def __init__(self, file: File, password: str) -> None:
        self._file = file
        self._password = password
        self._document: Any = None

    def characters(self, number: int, shape: PageShape) -> Characters | None:
        """Return a page's characters with blanks and line ends put in; None if unreadable.

        They stand upright on what is shown of the page, of which ``shape`` tells.
        """
        try:
            page = self._page(number)
            if len(page.chars) > _MOST_CHARACTERS:
                return None
            made = _characters(page, shape)
            page.close()
        except page_faults():
            return None
        return made

    def close(self) -> None:
        """Let go of the file."""
        if self._document is None:
            return
        with suppress(*page_faults()):
            self._document.close()

    def _page(self, number: int) -> Any:  # noqa: ANN401
        if self._document is None:
            import pdfplumber  # noqa: PLC0415 - see above

            data = io.BytesIO(self._file.data)
            self._document = pdfplumber.open(data, password=self._password)
        return self._document.pages[number]


def page_faults() -> tuple[type[Exception], ...]:
    """Return what a malformed page makes pdfplumber raise; each stops that page only."""
    from pdfminer.pdfexceptions import PDFException  # noqa: PLC0415 - see above
    from pdfminer.psexceptions import PSException  # noqa: PLC0415
    from pdfplumber.utils.exceptions import (  # noqa: PLC0415
        MalformedPDFException,
        PdfminerException,
    )

    return (
        PSException,
        PDFException,
        PdfminerException,
        MalformedPDFException,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        RecursionError,
        ArithmeticError,
        AssertionError,
        NotImplementedError,
    )


@contextmanager
def open_plumber(file: File, password: str) -> Iterator[Plumber]:
    """Give pdfplumber's view of a PDF; nothing is read before it is asked for."""
    plumber = Plumber(file, password)
    try:
        yield plumber
    finally:
        plumber.close()


def grids(ruling: Ruling) -> list[list[list[Bounds | None]]]:
    """Return the ruled tables of a page, each as rows of cells; None for a merged cell.

    pdfplumber finds cells between the lines that PDFium gives: the page is not parsed twice.
    """
    import pdfplumber.table as finder  # noqa: PLC0415 - see above

    edges = [*_edges(ruling.across, "h"), *_edges(ruling.down, "v")]
    if len(edges) > _MOST_EDGES:
        return []
    merged = finder.merge_edges(edges, *[_SNAP] * 4)
    kept = [edge for edge in merged if edge["width"] >= _SNAP or edge["height"] >= _SNAP]
    crossings = finder.edges_to_intersections(kept, _SNAP, _SNAP)
    if len(crossings) > _MOST_CROSSINGS:
        return []
    cells = finder.intersections_to_cells(crossings)
    no_page: Any = None
    tables = [finder.Table(no_page, one) for one in finder.cells_to_tables(cells)]
    return [[[_bounds(cell) for cell in row.cells] for row in table.rows] for table in tables]


def _edges(boxes: Floats, orientation: str) -> Iterator[dict[str, Any]]:
    """Lines as pdfplumber wants them, a thin frame taken as its middle."""
    is_across = orientation == "h"
    for box in boxes.tolist():
        x = (box[0] + box[2]) / 2
        y = (box[1] + box[3]) / 2
        x0, x1 = (box[0], box[2]) if is_across else (x, x)
        top, bottom = (y, y) if is_across else (box[1], box[3])
        yield {
            "x0": x0,
            "x1": x1,
            "top": top,
            "bottom": bottom,
            "width": x1 - x0,
            "height": bottom - top,
            "orientation": orientation,
            "object_type": "line",
        }


def _bounds(cell: Any) -> Bounds | None:  # noqa: ANN401
    return None if cell is None else tuple(float(edge) for edge in cell)  # type: ignore[return-value]


def _characters(page: Any, shape: PageShape) -> Characters:  # noqa: ANN401
    words = page.extract_words(
        extra_attrs=["fontname", "size"],
        x_tolerance_ratio=0.15,
        keep_blank_chars=False,
        use_text_flow=True,
        return_chars=True,
    )
    text, rows = _rows(words)
    names = tuple(dict.fromkeys(row[5] for row in rows)) or ("",)
    numbers = {name: number for number, name in enumerate(names)}
    boxes = np.array([row[:4] for row in rows], np.float32).reshape(-1, 4)
    width, height = shape.size
    x0, top, x1, bottom = (boxes - _corner(page, shape)).T
    return Characters(
        text,
        np.stack((x0, height - bottom, x1, height - top), axis=1),
        np.array([row[4] for row in rows], np.float32),
        np.array([numbers[row[5]] for row in rows], np.int32),
        np.zeros(len(rows), np.int32),
        names,
        PageShape(0.0, 0.0, width, height),
    )


def _rows(words: Sequence[Any]) -> tuple[str, list[_Row]]:
    """Words with blanks and line ends between, and for each character where and how it is set."""
    text: list[str] = []
    rows: list[_Row] = []
    last_top = None
    for word in words:
        begins = last_top is None or abs(word["top"] - last_top) > 0.5 * word["size"]
        if last_top is not None:
            text.append("\n" if begins else " ")
            rows.append((0.0, 0.0, 0.0, 0.0, 1.0, ""))
        last_top = word["top"]
        sign = _BULLET if begins and len(word["chars"]) == 1 else _UNKNOWN
        for char in word["chars"]:
            box = (char["x0"], char["top"], char["x1"], char["bottom"])
            for letter in _NUMBER.sub(sign, str(char["text"])):
                text.append(letter)
                rows.append((*box, char["size"], untagged(str(char["fontname"]))))
    return "".join(text), rows


def _corner(page: Any, shape: PageShape) -> Floats:  # noqa: ANN401
    """Where the upper left corner of what is shown stands, twice, as pdfplumber counts: it does
    so on the whole sheet, turned as the page is.
    """
    edges = np.array(page.page_obj.mediabox, np.float32).reshape(2, 2)
    (left, bottom), (right, top) = edges.min(axis=0).tolist(), edges.max(axis=0).tolist()
    sheet = PageShape(left, bottom, right, top, shape.quarters)
    seen = np.array([[shape.left, shape.bottom, shape.right, shape.top]], np.float32)
    corner = sheet.shown(seen)[0, :2] + np.array(page.bbox[:2], np.float32)
    return np.tile(corner, 2).astype(np.float32)
