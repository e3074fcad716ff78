"""Where an excerpt stands on its pages: the boxes of exactly its words.

The boxes of single characters are not kept: reading a page again costs a few milliseconds
(`tests/bench/bench_boxes.py`), and the file's hash says whether it may be done. Pages read by
another engine than PDFium answer with the boxes of whole lines.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.errors import OffsetError
from pipeline.extract.characters import Floats
from pipeline.extract.file import File
from pipeline.extract.pdfium import PdfiumDocument, open_pdfium
from pipeline.model.place import Box, Run
from pipeline.model.source import Source


@dataclass(frozen=True, slots=True)
class ExcerptBox:
    """A stretch of an excerpt on one line; ``is_exact`` where the box covers its words alone."""

    page: int
    box: Box
    is_exact: bool = True


def excerpt_boxes(file: File, source: Source, start: int, end: int) -> tuple[ExcerptBox, ...]:
    """Return the boxes of ``[start, end)``, a box for each line, in reading order.

    Raises
    ------
    OffsetError
        If the file is not the one that was read.
    PseudonymisedError
        If names were replaced in the reading text: its pages are not shown.
    EncryptedFileError, DamagedFileError
        If it can not be opened any more.
    """
    source.check_pages_may_be_shown()
    if hashlib.sha256(file.data).hexdigest() != source.file_sha256:
        raise OffsetError(
            "is not the file that was read, so nothing in it can be pointed at",
            where=file.name,
            remedy="Run `backing run`, then look again.",
        )
    engines = {record.page: record.engine for record in source.pages}
    with open_pdfium(file) as document:
        return tuple(_boxes(document, source, engines, start, end))


def _boxes(
    document: PdfiumDocument, source: Source, engines: dict[int, str], start: int, end: int
) -> Iterator[ExcerptBox]:
    pages: dict[int, Floats] = {}
    for place in source.places_of(start, end):
        if not engines.get(place.page, "").startswith("pdfium"):
            if place.box:
                yield ExcerptBox(place.page, place.box, is_exact=False)
            continue
        if place.page not in pages:
            pages[place.page] = document.boxes(place.page - 1)
        runs = source.runs_of(max(start, place.start), min(end, place.end))
        for box in _lines_around(pages[place.page], runs):
            yield ExcerptBox(place.page, box)


def character_numbers(runs: Sequence[Run]) -> list[int]:
    """Return the numbers on their page of the characters that some runs stand for."""
    numbers: list[int] = []
    for run in runs:
        if run.index >= 0:
            numbers += range(run.index, run.index + run.raw_end - run.raw_start)
    return numbers


def _lines_around(boxes: Floats, runs: Sequence[Run]) -> Iterator[Box]:
    """A box for each stretch of characters on one height: the lines of a cell stand apart."""
    numbers = [number for number in character_numbers(runs) if number < len(boxes)]
    own = boxes[numbers]
    own = own[(own[:, 2] > own[:, 0]) & (own[:, 3] > own[:, 1])]
    if not len(own):
        return
    overlap = np.minimum(own[1:, 3], own[:-1, 3]) - np.maximum(own[1:, 1], own[:-1, 1])
    for line in np.split(own, np.flatnonzero(overlap <= 0) + 1):
        low, high = line.min(axis=0), line.max(axis=0)
        yield Box(*np.concatenate([low[:2], high[2:]]).tolist())
