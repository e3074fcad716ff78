"""pdfplumber for what it is best at: ruled tables, and pages PDFium's text looks wrong on."""

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from pipeline.extract.characters import Characters, PageShape
from pipeline.extract.file import File
from pipeline.extract.layout import Bounds

# What pdfminer remarks on fonts is of no use to a reader; what fails is told by us.
logging.getLogger("pdfminer").setLevel(logging.ERROR)
# What a malformed page makes pdfminer raise; each stops that page only.
PAGE_FAULTS = (
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
_MOST_CHARACTERS = 60_000
_MOST_EDGES = 6_000


class Plumber:
    """A PDF as pdfplumber opens it, when it is first asked for something."""

    def __init__(self, file: File, password: str) -> None:
        self._file = file
        self._password = password
        self._document: Any = None

    def grids(self, number: int) -> list[list[list[Bounds | None]]]:
        """Return the ruled tables of a page (from 0), each as rows of cells; None for a
        merged cell. Nothing where pdfminer can not read the page.
        """
        try:
            page = self._page(number)
            if len(page.chars) > _MOST_CHARACTERS or len(page.edges) > _MOST_EDGES:
                return []
            tables = page.find_tables()
            found = [[[_bounds(cell) for cell in row.cells] for row in one.rows] for one in tables]
            page.close()
        except PAGE_FAULTS:
            return []
        return found

    def characters(self, number: int) -> Characters | None:
        """Return a page's characters with blanks and line ends put in; None if unreadable."""
        try:
            page = self._page(number)
            if len(page.chars) > _MOST_CHARACTERS:
                return None
            made = _characters(page)
            page.close()
        except PAGE_FAULTS:
            return None
        return made

    def close(self) -> None:
        """Let go of the file."""
        if self._document is not None:
            self._document.close()

    def _page(self, number: int) -> Any:  # noqa: ANN401
        if self._document is None:
            data = io.BytesIO(self._file.data)
            self._document = pdfplumber.open(data, password=self._password)
        return self._document.pages[number]


@contextmanager
def open_plumber(file: File, password: str) -> Iterator[Plumber]:
    """Give pdfplumber's view of a PDF; nothing is read before it is asked for."""
    plumber = Plumber(file, password)
    try:
        yield plumber
    finally:
        plumber.close()


def _bounds(cell: Any) -> Bounds | None:  # noqa: ANN401
    return None if cell is None else tuple(float(edge) for edge in cell)  # type: ignore[return-value]


def _characters(page: Any) -> Characters:  # noqa: ANN401
    width, height = float(page.width), float(page.height)
    words = page.extract_words(
        extra_attrs=["fontname", "size"],
        x_tolerance_ratio=0.15,
        keep_blank_chars=False,
        use_text_flow=True,
        return_chars=True,
    )
    text: list[str] = []
    rows: list[tuple[float, float, float, float, float, str]] = []
    last_top = None
    for word in words:
        if last_top is not None:
            text.append("\n" if abs(word["top"] - last_top) > 0.5 * word["size"] else " ")
            rows.append((0.0, 0.0, 0.0, 0.0, 1.0, ""))
        last_top = word["top"]
        for char in word["chars"]:
            for letter in _BULLET.sub("\u2022", str(char["text"])):
                text.append(letter)
                rows.append(
                    (
                        char["x0"],
                        height - char["bottom"],
                        char["x1"],
                        height - char["top"],
                        char["size"],
                        str(char["fontname"]),
                    )
                )
    names = tuple(dict.fromkeys(row[5] for row in rows)) or ("",)
    numbers = {name: number for number, name in enumerate(names)}
    return Characters(
        "".join(text),
        np.array([row[:4] for row in rows], np.float32).reshape(-1, 4),
        np.array([row[4] for row in rows], np.float32),
        np.array([numbers[row[5]] for row in rows], np.int32),
        np.zeros(len(rows), np.int32),
        names,
        PageShape(0.0, 0.0, width, height),
    )
