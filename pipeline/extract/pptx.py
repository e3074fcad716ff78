"""PPTX slide by slide: titles, bullets, tables; what the speaker was to say, apart."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pptx
from lxml import etree
from pptx.exc import PythonPptxError

from pipeline.errors import DamagedFileError
from pipeline.extract.building import Block, build, plain_block
from pipeline.extract.cleaning import clean
from pipeline.extract.drawn import DIAGRAM, chart_blocks, diagram_blocks
from pipeline.extract.file import File
from pipeline.extract.normalise import RawLine
from pipeline.extract.package import Package, open_package, parsed
from pipeline.model.place import PageRecord
from pipeline.model.source import Source
from pipeline.model.zone import ZoneKind

_PARTS = (".xml", ".rels")
_FAULTS = (
    KeyError,
    ValueError,
    AttributeError,
    TypeError,
    IndexError,
    etree.LxmlError,
    PythonPptxError,
)
_MOST_DEPTH = 256


def read(file: File) -> Source:
    """Return the Source of a presentation; a slide is a page.

    Raises
    ------
    WrongFormatError, DamagedFileError
        If it is no presentation, or its parts can not be read.
    """
    with open_package(file, "presentation", "ppt/presentation.xml") as package:
        words = _without_pictures(package, file.name)
    try:
        opened = pptx.Presentation(words)
        slides = list(opened.slides)
        blocks = list(_behind(slides))
        for page, slide in enumerate(slides, start=1):
            blocks += _slide(slide, page)
        claims = opened.core_properties
        proposals = [("title", claims.title or ""), ("author", claims.author or "")]
    except _FAULTS as reason:
        raise DamagedFileError(
            f"can not be read as a presentation: {type(reason).__name__}",
            where=file.name,
            remedy="Open it in the program that made it and save it anew.",
        ) from reason
    return build(
        file,
        blocks,
        extractor="pptx",
        has_places=True,
        pages=[PageRecord(number, str(number)) for number in range(1, len(slides) + 1)],
        proposals=proposals,
    )


def _without_pictures(package: Package, name: str) -> io.BytesIO:
    """The package with what is no XML left empty: python-pptx inflates all there is, unbounded."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for part in sorted(package.names):
            if part.lower().endswith(_PARTS):
                data = package.bytes(part)
                parsed(data, part, name)
                archive.writestr(part, data)
            else:
                archive.writestr(part, b"")
    return kept


def _behind(slides: list[Any]) -> Iterator[Block]:
    """What layouts and masters put on every slide: there a marking may stand alone."""
    drawn = [
        one for slide in slides for one in (slide.slide_layout, slide.slide_layout.slide_master)
    ]
    said = [
        block.lines[0].text
        for one in {id(one.part): one for one in drawn}.values()
        for block in _shapes((shape for shape in one.shapes if not shape.is_placeholder), 1, 0)
    ]
    for text in dict.fromkeys(said):
        yield plain_block("running-head", text, "pptx.master", is_aside=True)


def _slide(slide: Any, page: int) -> Iterator[Block]:  # noqa: ANN401 - the library has no types
    title = slide.shapes.title
    if title is not None and clean(title.text_frame.text):
        yield _block("heading", title.text_frame.text, page, "pptx.title")
    own = None if title is None else title.shape_id
    yield from _shapes((one for one in slide.shapes if one.shape_id != own), page, 0)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        said = slide.notes_slide.notes_text_frame.text
        if clean(said):
            yield _block("footnote", said, page, "pptx.notes")


def _shapes(shapes: Any, page: int, depth: int) -> Iterator[Block]:  # noqa: ANN401
    for shape in shapes:
        if getattr(shape, "shapes", None) is not None and depth < _MOST_DEPTH:
            yield from _shapes(shape.shapes, page, depth + 1)
        elif getattr(shape, "has_table", False):
            yield from _table(shape.table, page)
        elif getattr(shape, "has_chart", False):
            yield from _drawn(chart_blocks(shape.chart.part._element), page)
        elif (data := _diagram(shape)) is not None:
            yield from _drawn(diagram_blocks(data), page)
        elif shape.has_text_frame:
            many = sum(bool(clean(one.text)) for one in shape.text_frame.paragraphs) > 1
            kind: ZoneKind = "list-item" if shape.is_placeholder and many else "body"
            for paragraph in shape.text_frame.paragraphs:
                if clean(paragraph.text):
                    yield _block(kind, paragraph.text, page, f"pptx.{kind}")


def _diagram(shape: Any) -> etree._Element | None:  # noqa: ANN401
    """The part that holds the nodes of a shape that is a diagram (SmartArt)."""
    found = next(shape._element.iter(f"{{{DIAGRAM}}}relIds"), None)
    if found is None:
        return None
    relation = next((str(value) for key, value in found.items() if key.endswith("}dm")), "")
    part = shape.part.related_part(relation)
    return parsed(part.blob, "a diagram", str(part.partname))


def _drawn(blocks: Iterator[Block], page: int) -> Iterator[Block]:
    for block in blocks:
        line = RawLine(block.lines[0].text, page, str(page))
        yield replace(block, lines=(line,))


def _table(table: Any, page: int) -> Iterator[Block]:  # noqa: ANN401
    columns: tuple[str, ...] = ()
    for number, row in enumerate(table.rows):
        cells = tuple(clean(cell.text_frame.text) for cell in row.cells)
        if any(cells):
            line = RawLine(" | ".join(cells), page, str(page))
            yield Block("table", (line,), "pptx.table", columns=columns)
        if number == 0 and table.first_row:
            columns = cells


def _block(kind: ZoneKind, text: str, page: int, rule: str) -> Block:
    return Block(kind, (RawLine(text.replace("\v", "\n"), page, str(page)),), rule)
