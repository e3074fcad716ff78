"""PDF by pdfplumber: words with boxes, ruled tables; layout and zones by pure functions."""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from pipeline.errors import DamagedFileError, EncryptedFileError, NoTextError, WrongFormatError
from pipeline.extract.building import Block, build, joined_over_asides
from pipeline.extract.layout import (
    MOST_COLUMNS,
    Column,
    PrintedLine,
    Word,
    box_of,
    columns_of,
    in_order,
    lines_of,
    paragraphs_of,
)
from pipeline.extract.normalise import RawLine, clean
from pipeline.extract.sections import with_sections
from pipeline.extract.speakers import split_turns
from pipeline.extract.zones import PORTION, Margin, is_stamp, kind_of, margins
from pipeline.model.source import Box, Source

# What pdfminer remarks on fonts is of no use to a reader; what fails is told by us.
logging.getLogger("pdfminer").setLevel(logging.ERROR)
# What a malformed page makes pdfminer raise; each stops that page only.
_PAGE_FAULTS = (
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
_GLYPH = re.compile(r"[\u2022\u2023\u25aa\u25cf\u25e6\u2043\uf0b7]\s+")
_LOW = 0.45
_MOST_CHARACTERS = 400_000
_LEAST_CELLS = 4


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's lines outside tables, its tables, and its height in points."""

    lines: tuple[PrintedLine, ...]
    tables: tuple[Column, ...]
    height: float
    sideways_count: int = 0


def read(path: Path, data: bytes, source_id: str, file_sha256: str) -> Source:
    """Return the Source of a PDF.

    Raises
    ------
    EncryptedFileError, DamagedFileError, WrongFormatError, NoTextError
        If it needs a password, breaks off, is no PDF, or holds pictures only.
    """
    if b"%PDF-" not in data[:1024]:
        raise WrongFormatError(
            "is no PDF", where=path.name, remedy="Give it the ending of its kind."
        )
    warnings: list[str] = []
    pages = _pages(data, path.name, warnings)
    if not any(page.lines or page.tables for page in pages):
        raise NoTextError(
            "holds no text, only pictures perhaps",
            where=path.name,
            remedy="Put it through a program that recognises text (OCR), then add it again.",
        )
    return build(
        source_id,
        list(with_sections(joined_over_asides(_with_speakers(list(_blocks(pages)))))),
        extractor="pdf/pdfplumber",
        file_sha256=file_sha256,
        has_places=True,
        warnings=warnings,
    )


def _pages(data: bytes, name: str, warnings: list[str]) -> list[_Page]:
    try:
        document = pdfplumber.open(io.BytesIO(data))
        count = len(document.pages)
    except _PAGE_FAULTS as reason:
        raise _unopened(reason, name) from reason
    if not count:
        raise DamagedFileError(
            "breaks off: no page can be found in it", where=name, remedy="Get the file again."
        )
    pages = []
    with document:
        for number, page in enumerate(document.pages, start=1):
            try:
                pages.append(_page(page))
            except _PAGE_FAULTS as reason:
                warnings.append(f"page {number} can not be read: {type(reason).__name__}")
                pages.append(_Page((), (), 0.0))
            page.close()
            if not (pages[-1].lines or pages[-1].tables):
                warnings.append(f"page {number} holds no text")
            if len(columns_of(pages[-1].lines)) > MOST_COLUMNS:
                warnings.append(f"page {number} is in many pieces: look at the order of its words")
            if pages[-1].sideways_count:
                warnings.append(
                    f"page {number}: {pages[-1].sideways_count} words set sideways are left out"
                )
    return pages


def _unopened(reason: BaseException, name: str) -> EncryptedFileError | DamagedFileError:
    causes = (reason, reason.__cause__, reason.__context__, *getattr(reason, "args", ()))
    if any(isinstance(cause, PDFPasswordIncorrect) for cause in causes):
        return EncryptedFileError(
            "asks for a password",
            where=name,
            remedy="Open it with the password and save a copy without one.",
        )
    return DamagedFileError(
        f"can not be opened: {reason or type(reason).__name__}",
        where=name,
        remedy="Get the file again; it may have broken off.",
    )


def _page(page: Any) -> _Page:  # noqa: ANN401 - pdfplumber has no types
    if len(page.chars) > _MOST_CHARACTERS:
        raise ValueError("too many characters on one page")
    found = page.extract_words(
        extra_attrs=["fontname", "size", "upright"], x_tolerance_ratio=0.15, y_tolerance=2
    )
    upright = [_word(word) for word in found if word["upright"]]
    sideways = len(found) - len(upright)
    if sideways > len(upright):
        upright, sideways = (
            [
                _word(word)
                for word in page.extract_words(
                    extra_attrs=["fontname", "size"], x_tolerance_ratio=0.15
                )
            ],
            0,
        )
    tables = [table for table in _tables(page) if table is not None]
    loose = [word for word in upright if not any(_inside(word, table.box) for table in tables)]
    return _Page(lines_of(loose) if loose else (), tuple(tables), float(page.height), sideways)


def _word(word: dict[str, Any]) -> Word:
    return Word(
        _BULLET.sub("\u2022", str(word["text"])),
        float(word["x0"]),
        float(word["top"]),
        float(word["x1"]),
        float(word["bottom"]),
        float(word["size"]),
        str(word["fontname"]),
    )


def _inside(word: Word, box: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def _tables(page: Any) -> Iterator[Column]:  # noqa: ANN401 - pdfplumber has no types
    """Ruled tables: each row a line, its cells parted by bars."""
    if len(page.lines) + len(page.rects) + len(page.curves) < _LEAST_CELLS:
        return
    for table in page.find_tables():
        rows = []
        for row, cells in zip(table.rows, table.extract(), strict=True):
            words = [clean(cell or "") for cell in cells]
            if any(words):
                box = Box(*(float(edge) for edge in row.bbox))
                text = " | ".join(words).replace("\n", " ")
                rows.append(PrintedLine(text, box, 0.0, ""))
        filled = sum(bool(clean(cell or "")) for row in table.extract() for cell in row)
        if len(rows) > 1 and filled >= _LEAST_CELLS and len(table.rows[0].cells) > 1:
            yield Column(tuple(rows), box_of([row.box for row in rows]), is_table=True)


def _blocks(pages: Sequence[_Page]) -> Iterator[Block]:
    edges = margins([page.lines for page in pages])
    size, is_bold = _body_font(pages)
    for number, page in enumerate(pages):
        label = next(
            (
                edges[number, i].page_label
                for i in range(len(page.lines))
                if (number, i) in edges and edges[number, i].page_label
            ),
            "",
        )
        yield from _page_blocks(page, number, label, edges, size, is_bold)


def _page_blocks(
    page: _Page,
    number: int,
    label: str,
    edges: dict[tuple[int, int], Margin],
    size: float,
    is_bold: bool,
) -> Iterator[Block]:
    flow = []
    for index, line in enumerate(page.lines):
        margin = edges.get((number, index))
        raw = RawLine(line.text, number + 1, label, line.box)
        if margin:
            yield Block(margin.kind, (raw,), margin.rule, 0.95, is_aside=True)
        elif number == 0 and is_stamp(line.text):
            yield Block("marking", (raw,), "marking.stamp", 0.8, is_aside=True)
        else:
            flow.append(line)
    for column in in_order([*columns_of(flow), *page.tables]):
        if column.is_table:
            for row in column.lines:
                raw = RawLine(row.text, number + 1, label, row.box)
                yield Block("table", (raw,), "table.ruled", 0.9)
            continue
        for paragraph in paragraphs_of(column):
            low = paragraph[0].box.top > _LOW * page.height
            kind, rule, confidence = kind_of(paragraph, size, is_bold, low)
            texts = [line.text for line in paragraph]
            texts[0] = _GLYPH.sub("", texts[0])
            raws = tuple(
                RawLine(text, number + 1, label, line.box)
                for text, line in zip(texts, paragraph, strict=True)
            )
            yield from _without_portion(Block(kind, raws, rule, confidence))


def _without_portion(block: Block) -> Iterator[Block]:
    """Take a portion mark from a paragraph's beginning and keep it aside."""
    first = block.lines[0]
    mark = PORTION.match(first.text)
    if not mark:
        yield block
        return
    aside = replace(first, text=mark[0].strip())
    yield Block("marking", (aside,), "marking.portion", 0.95, is_aside=True)
    yield replace(block, lines=(replace(first, text=first.text[mark.end() :]), *block.lines[1:]))


def _body_font(pages: Sequence[_Page]) -> tuple[float, bool]:
    """The size most characters have, and whether most of them are bold."""
    sizes: Counter[float] = Counter()
    bold = total = 0
    for page in pages:
        for line in page.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
            bold += len(line.text) * line.is_bold
            total += len(line.text)
    return (sizes.most_common(1)[0][0] if sizes else 10.0), bold * 2 > total


def _with_speakers(blocks: list[Block]) -> list[Block]:
    """Speakers of a transcript set as a PDF; the label goes, the place of the line stays."""
    spoken = [
        block for block in blocks if not block.is_aside and block.kind in ("body", "list-item")
    ]
    said = split_turns([" ".join(line.text.strip() for line in b.lines) for b in spoken])
    named = {id(block): one for block, one in zip(spoken, said, strict=True) if one.speaker}
    return [
        _spoken(block, named[id(block)].speaker, named[id(block)].text)
        if id(block) in named
        else block
        for block in blocks
    ]


def _spoken(block: Block, speaker: str, text: str) -> Block:
    whole = " ".join(line.text.strip() for line in block.lines)
    cut = len(whole) - len(text)
    first = block.lines[0]
    lines = (replace(first, text=first.text.strip()[cut:]), *block.lines[1:])
    return replace(block, kind="body", lines=lines, speaker=speaker, rule="pdf.turn")
