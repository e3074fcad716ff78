"""DOCX by its parts: paragraphs in order, insertions in, deletions and hidden text out."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from pipeline.errors import DamagedFileError, EncryptedFileError, WrongFormatError
from pipeline.extract.building import Block, build, marks_apart, plain_block
from pipeline.extract.cleaning import clean
from pipeline.extract.file import File
from pipeline.extract.normalise import RawLine
from pipeline.extract.sections import with_sections
from pipeline.extract.turns import has_times, with_turns
from pipeline.model.source import Source, ZoneKind

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = frozenset(
    {
        f"{W}del",
        f"{W}moveFrom",
        f"{_MC}Fallback",
        f"{W}instrText",
        f"{W}delText",
        f"{W}pPr",
        f"{W}rPr",
        f"{W}sectPr",
        f"{W}commentRangeStart",
        f"{W}commentReference",
    }
)
_CHARACTERS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What a damaged ZIP file makes the standard reader raise.
ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    ValueError,
    RuntimeError,
    OverflowError,
    OSError,
)
_MOST_BYTES = 64 * 1024 * 1024
_MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml")
_MOST_MARGINS = 60
_HEADING = re.compile(r"(heading|title|berschrift|titre|t\u00edtulo)", re.IGNORECASE)


def read(file: File) -> Source:
    """Return the Source of a Word document.

    Raises
    ------
    EncryptedFileError, WrongFormatError, DamagedFileError
        If it needs a password, is no Word document, or its parts can not be read.
    """
    if file.data[:8] == _OLE:
        raise EncryptedFileError(
            "is an old .doc or asks for a password",
            where=file.name,
            remedy="Open it in Word and save it as .docx without a password.",
        )
    if file.data[:2] != b"PK":
        raise WrongFormatError(
            "is no Word document", where=file.name, remedy="Give it the ending of its kind."
        )
    document, notes, styles, margins = _parts(file.data, file.name)
    blocks = list(_margins(margins))
    blocks += with_turns(marks_apart(_body(document, styles)))
    blocks += _notes(notes)
    return build(
        file,
        list(with_sections(blocks)),
        extractor="docx",
        has_places=has_times(blocks),
    )


def _margins(margins: dict[str, etree._Element]) -> Iterator[Block]:
    """Heads and feet of pages: never text, but a file's marking often stands there alone."""
    for part, root in margins.items():
        kind: ZoneKind = "running-head" if "header" in part else "running-foot"
        said = (clean(_words(paragraph)) for paragraph in root.iter(f"{W}p"))
        for words in dict.fromkeys(words for words in said if words):
            yield plain_block(kind, words, "docx.margin", is_aside=True)


def _parts(
    data: bytes, name: str
) -> tuple[etree._Element, etree._Element | None, dict[str, str], dict[str, etree._Element]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            if "word/document.xml" not in names:
                raise WrongFormatError(
                    "is a ZIP file and no Word document",
                    where=name,
                    remedy="Unpack it, or give it the ending of its kind.",
                )
            document = _part(package, "word/document.xml", name)
            notes = (
                _part(package, "word/footnotes.xml", name)
                if "word/footnotes.xml" in names
                else None
            )
            styles = (
                _styles(_part(package, "word/styles.xml", name))
                if "word/styles.xml" in names
                else {}
            )
            margins = {
                part: _part(package, part, name)
                for part in sorted(filter(_MARGIN.fullmatch, names))[:_MOST_MARGINS]
            }
    except ZIP_FAULTS as reason:
        raise DamagedFileError(
            f"can not be unpacked: {reason}", where=name, remedy="Get the file again."
        ) from reason
    return document, notes, styles, margins


def _part(package: zipfile.ZipFile, part: str, name: str) -> etree._Element:
    with package.open(part) as stream:
        data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise DamagedFileError(
            f"{part} is larger than {_MOST_BYTES:,} bytes when unpacked",
            where=name,
            remedy="Open it in Word and save it anew.",
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as reason:
        raise DamagedFileError(
            f"{part} is no XML: {reason.msg}", where=name, remedy="Open it in Word and save it."
        ) from reason
    if b"<!DOCTYPE" in data[:4096]:
        raise DamagedFileError(
            f"{part} declares a document type, as no Word document does",
            where=name,
            remedy="Do not trust this file.",
        )
    return root


def _styles(root: etree._Element) -> dict[str, str]:
    """Names of paragraph styles by their ids: ids are translated, names are not always."""
    names = {}
    for style in root.iter(f"{W}style"):
        name = style.find(f"{W}name")
        if name is not None:
            names[str(style.get(f"{W}styleId"))] = str(name.get(f"{W}val"))
    return names


def _body(root: etree._Element, styles: dict[str, str]) -> Iterator[Block]:
    body = root.find(f"{W}body")
    if body is not None:
        yield from _children(body, styles)


def _children(node: etree._Element, styles: dict[str, str]) -> Iterator[Block]:
    for child in node:
        if child.tag == f"{W}p":
            yield from _paragraph(child, styles)
        elif child.tag == f"{W}tbl":
            yield from _table(child)
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _children(child, styles)


def _paragraph(node: etree._Element, styles: dict[str, str]) -> Iterator[Block]:
    text = _words(node)
    if clean(text):
        kind = _kind(node, styles)
        yield Block(kind, (RawLine(text),), f"docx.{kind}")
    for box in node.iter(f"{W}txbxContent"):
        if not any(parent.tag == f"{_MC}Fallback" for parent in box.iterancestors()):
            yield from _children(box, styles)


def _kind(node: etree._Element, styles: dict[str, str]) -> ZoneKind:
    style = node.find(f"{W}pPr/{W}pStyle")
    name = ""
    if style is not None:
        style_id = str(style.get(f"{W}val"))
        name = styles.get(style_id, style_id)
    if _HEADING.search(name):
        return "heading"
    if "caption" in name.lower():
        return "caption"
    if "quote" in name.lower():
        return "block-quotation"
    if node.find(f"{W}pPr/{W}numPr") is not None or name.lower().startswith("list"):
        return "list-item"
    return "body"


def _words(node: etree._Element) -> str:
    parts: list[str] = []
    for child in node:
        if child.tag in _LEFT_OUT or child.tag == f"{W}txbxContent":
            continue
        if child.tag == f"{W}r" and child.find(f"{W}rPr/{W}vanish") is not None:
            continue
        if child.tag == f"{W}t":
            parts.append(str(child.text or ""))
        else:
            parts.append(_CHARACTERS.get(str(child.tag), "") or _words(child))
    return "".join(parts)


def _table(node: etree._Element) -> Iterator[Block]:
    for row in node.iter(f"{W}tr"):
        cells = [
            clean(" ".join(_words(p) for p in cell.iter(f"{W}p"))) for cell in row.iter(f"{W}tc")
        ]
        if any(cells):
            yield plain_block("table", " | ".join(cells), "docx.table")


def _notes(root: etree._Element | None) -> Iterator[Block]:
    if root is None:
        return
    for note in root.iter(f"{W}footnote"):
        text = " ".join(_words(paragraph) for paragraph in note.iter(f"{W}p"))
        if note.get(f"{W}type") is None and clean(text):
            yield plain_block("footnote", text, "docx.footnote")
