"""EPUB: the chapters of the spine, each read as HTML."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from pipeline.errors import DamagedFileError, EmptyFileError
from pipeline.extract.building import Block, build, marks_apart
from pipeline.extract.file import File
from pipeline.extract.html import page_blocks
from pipeline.extract.package import open_package
from pipeline.extract.sections import with_sections
from pipeline.extract.text import decode
from pipeline.model.source import Source

_CONTAINER = "META-INF/container.xml"
_MOST_CHAPTERS = 2_000


def read(file: File) -> Source:
    """Return the Source of an e-book.

    Raises
    ------
    WrongFormatError, DamagedFileError
        If it is no EPUB, or its parts can not be read.
    """
    with open_package(file, "EPUB", _CONTAINER) as package:
        blocks: list[Block] = []
        root = package.xml(_CONTAINER)
        path = next((str(one.get("full-path")) for one in root.iter("{*}rootfile")), "")
        if path not in package.names:
            raise DamagedFileError(
                "does not say where its chapters are",
                where=file.name,
                remedy="Get the file again.",
            )
        opf = package.xml(path)
        for chapter in _spine(opf, posixpath.dirname(path)):
            if chapter in package.names:
                blocks += _chapter(package.bytes(chapter), file.name)
        proposals = list(_claims(opf))
    return build(
        file,
        list(with_sections(marks_apart(blocks))),
        extractor="epub",
        has_places=False,
        proposals=proposals,
    )


def _chapter(data: bytes, name: str) -> list[Block]:
    """The blocks of a chapter; a cover without words has none."""
    text, _ = decode(data, name)
    try:
        return page_blocks(text, name)
    except EmptyFileError:
        return []


def _spine(opf: etree._Element, folder: str) -> Iterator[str]:
    """Paths of the chapters in reading order."""
    manifest = {str(one.get("id")): str(one.get("href")) for one in opf.iter("{*}item")}
    for number, one in enumerate(opf.iter("{*}itemref")):
        href = manifest.get(str(one.get("idref")))
        if href and number < _MOST_CHAPTERS and one.get("linear") != "no":
            yield posixpath.normpath(posixpath.join(folder, unquote(href.split("#")[0])))


def _claims(opf: etree._Element) -> Iterator[tuple[str, str]]:
    for node in opf.iter("{http://purl.org/dc/elements/1.1/}*"):
        yield etree.QName(node).localname, str(node.text or "")
