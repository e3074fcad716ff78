"""OpenDocument text: headings, lists, tables with header names, notes, comments apart."""

from collections.abc import Iterator
from itertools import accumulate

from lxml import etree

from pipeline.extract.building import Block, build, marks_apart, plain_block
from pipeline.extract.cleaning import clean
from pipeline.extract.file import File
from pipeline.extract.normalise import RawLine
from pipeline.extract.package import Package, open_package
from pipeline.extract.sections import with_sections
from pipeline.extract.turns import has_times, with_turns
from pipeline.model.source import Source
from pipeline.model.zone import ZoneKind

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MOST_DEPTH = 256
_LEFT_OUT = frozenset(
    {
        f"{_TEXT}tracked-changes",
        f"{_TEXT}note",
        f"{_OFFICE}annotation",
        f"{_TEXT}sequence-decls",
        f"{_TEXT}table-of-content-source",
    }
)


def read(file: File) -> Source:
    """Return the Source of an OpenDocument text.

    Tracked changes are read as accepted: what was deleted stands apart in such files.

    Raises
    ------
    WrongFormatError, DamagedFileError
        If it is no such document, or its parts can not be read.
    """
    with open_package(file, "OpenDocument text", "content.xml") as package:
        root = package.xml("content.xml")
        body = root.find(f"{_OFFICE}body")
        blocks = list(_blocks(body, 0)) if body is not None else []
        apart = [*_heads(package), *_notes(root), *_comments(root)]
        proposals = list(_claims(package))
    blocks = with_turns(marks_apart(blocks), file.speakers)
    return build(
        file,
        list(with_sections([*blocks, *apart])),
        extractor="odt",
        has_places=has_times(blocks),
        proposals=proposals,
    )


def _blocks(node: etree._Element, depth: int, kind: ZoneKind = "body") -> Iterator[Block]:
    if depth > _MOST_DEPTH:
        return
    for child in node:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            own: ZoneKind = "heading" if child.tag == f"{_TEXT}h" else kind
            line = _line(child)
            if clean(line.text):
                yield Block(own, (line,), f"odt.{own}")
        elif child.tag == f"{_TABLE}table":
            yield from _table(child)
        elif child.tag == f"{_TEXT}list":
            yield from _blocks(child, depth + 1, "list-item")
        else:
            yield from _blocks(child, depth + 1, kind)


def _line(node: etree._Element) -> RawLine:
    parts: list[str] = []
    marks: list[tuple[int, str]] = []
    _gather(node, parts, marks, 0)
    begins = list(accumulate(map(len, parts), initial=0))
    return RawLine("".join(parts), note_marks=tuple((begins[at], note) for at, note in marks))


def _gather(
    node: etree._Element, parts: list[str], marks: list[tuple[int, str]], depth: int
) -> None:
    """Put the words of an element into parts, and its notes' marks before what part each stands."""
    parts.append(str(node.text or ""))
    for child in node:
        if child.tag == f"{_TEXT}note":
            marks.append((len(parts), str(child.get(f"{_TEXT}id"))))
        elif child.tag == f"{_TEXT}s":
            parts.append(" ")
        elif child.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif child.tag not in _LEFT_OUT and isinstance(child.tag, str) and depth < _MOST_DEPTH:
            _gather(child, parts, marks, depth + 1)
        parts.append(str(child.tail or ""))


def _table(node: etree._Element) -> Iterator[Block]:
    columns: tuple[str, ...] = ()
    for row in node.iter(f"{_TABLE}table-row"):
        cells = [
            " ".join(clean(_line(p).text) for p in _paragraphs(cell))
            for cell in row.iterfind(f"{_TABLE}table-cell")
        ]
        if not any(cells):
            continue
        parent = row.getparent()
        is_header = parent is not None and parent.tag == f"{_TABLE}table-header-rows"
        own = columns if not is_header and len(columns) == len(cells) else ()
        if is_header:
            columns = tuple(cells)
        yield plain_block("table", " | ".join(cells), "odt.table", columns=own)


def _paragraphs(cell: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of a cell: not those of its notes and comments, nor of a table within it."""
    for child in cell:
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            yield child
        elif child.tag not in _LEFT_OUT and child.tag != f"{_TABLE}table":
            yield from _paragraphs(child)


def _heads(package: Package) -> Iterator[Block]:
    """What stands above and below every page: there a marking may stand alone."""
    if "styles.xml" not in package.names:
        return
    for master in package.xml("styles.xml").iter(f"{_STYLE}master-page"):
        for node in master:
            is_foot = str(node.tag).startswith(f"{_STYLE}footer")
            if is_foot or str(node.tag).startswith(f"{_STYLE}header"):
                kind: ZoneKind = "running-foot" if is_foot else "running-head"
                for paragraph in node.iter(f"{_TEXT}p"):
                    text = _line(paragraph).text
                    if clean(text):
                        yield plain_block(kind, text, f"odt.{kind}", is_aside=True)


def _notes(root: etree._Element) -> Iterator[Block]:
    for note in root.iter(f"{_TEXT}note"):
        body = note.find(f"{_TEXT}note-body")
        text = " ".join(_line(p).text for p in body.iter(f"{_TEXT}p")) if body is not None else ""
        if clean(text):
            yield plain_block("footnote", text, "odt.note", note=str(note.get(f"{_TEXT}id")))


def _comments(root: etree._Element) -> Iterator[Block]:
    for one in root.iter(f"{_OFFICE}annotation"):
        text = " ".join(_line(p).text for p in one.iter(f"{_TEXT}p"))
        author = one.findtext(f"{_DC}creator") or "somebody"
        if clean(text):
            yield plain_block("comment", f"{author}: {text}", "odt.comment", is_aside=True)


def _claims(package: Package) -> Iterator[tuple[str, str]]:
    if "meta.xml" not in package.names:
        return
    for node in package.xml("meta.xml").iter():
        if isinstance(node.tag, str) and node.text:
            name = etree.QName(node).localname
            yield {"creation-date": "created"}.get(name, name), str(node.text)
