"""EPUB: the chapters of the spine, each read as HTML."""

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote

from lxml import etree

from pipeline.errors import DamagedFileError, EmptyFileError
from pipeline.extract.building import Block, build, marks_apart
from pipeline.extract.file import File
from pipeline.extract.html import page_pieces
from pipeline.extract.html_walk import Piece
from pipeline.extract.package import Package, open_package
from pipeline.extract.sections import with_sections
from pipeline.extract.text import decode
from pipeline.model.source import Source

_CONTAINER = "META-INF/container.xml"
_MOST_CHAPTERS = 2_000
_LISTS = frozenset({"toc", "loi", "lot"})
_LEAST_LINKS = 3
_LEAST_SAID = 12


def read(file: File) -> Source:
    """Return the Source of an e-book.

    Raises
    ------
    WrongFormatError, DamagedFileError
        If it is no EPUB, or its parts can not be read.
    """
    with open_package(file, "EPUB", _CONTAINER) as package:
        root = package.xml(_CONTAINER)
        path = next((str(one.get("full-path")) for one in root.iter("{*}rootfile")), "")
        if path not in package.names:
            raise DamagedFileError(
                "does not say where its chapters are",
                where=file.name,
                remedy="Get the file again.",
            )
        opf = package.xml(path)
        blocks = list(_pages(package, opf, posixpath.dirname(path), file.name))
        proposals = list(_claims(opf))
    return build(
        file,
        list(with_sections(marks_apart(blocks))),
        extractor="epub",
        has_places=False,
        proposals=proposals,
    )


def _pages(package: Package, opf: etree._Element, folder: str, name: str) -> Iterator[Block]:
    """The blocks of the chapters in reading order."""
    told = frozenset(_contents(opf, folder))
    for chapter in _spine(opf, folder):
        if chapter in package.names:
            yield from _blocks(_chapter(package.bytes(chapter), name), chapter in told)


def _chapter(data: bytes, name: str) -> list[Piece]:
    """The blocks of a chapter; a cover without words has none."""
    text, _ = decode(data, name)
    try:
        return page_pieces(text, name)
    except EmptyFileError:
        return []


def _blocks(pieces: Sequence[Piece], is_told: bool) -> list[Block]:
    """The blocks of a page; those of one that lists the book's contents as such.

    Of a page that the book says to be one, what is said at some length is not of the list.
    """
    is_list = _lists(pieces)
    return [
        replace(block, kind="contents", rule="epub.contents", confidence=0.9)
        if block.kind != "heading" and (is_list or (is_told and _is_short(block)))
        else block
        for block in (piece.block for piece in pieces)
    ]


def _lists(pieces: Sequence[Piece]) -> bool:
    """Whether two thirds of a page's letters or more are links to other places in the book."""
    told = [piece for piece in pieces if piece.block.kind != "heading"]
    linked = sum(piece.linked for piece in told)
    if sum(p.links for p in told) < _LEAST_LINKS or linked * 3 < sum(p.letters for p in told) * 2:
        return False
    links = list(pieces[0].node.getroottree().iter("a"))
    return sum("//" in str(one.get("href")) for one in links) * 2 < len(links)


def _is_short(block: Block) -> bool:
    return sum(len(line.text.split()) for line in block.lines) < _LEAST_SAID


def _contents(opf: etree._Element, folder: str) -> Iterator[str]:
    """Paths of the pages that the book says to list its contents."""
    for one in opf.iter("{*}item"):
        if "nav" in str(one.get("properties") or "").split():
            yield _path(folder, str(one.get("href")))
    for one in opf.iter("{*}reference"):
        if one.get("type") in _LISTS:
            yield _path(folder, str(one.get("href")))


def _spine(opf: etree._Element, folder: str) -> Iterator[str]:
    """Paths of the chapters in reading order."""
    manifest = {str(one.get("id")): str(one.get("href")) for one in opf.iter("{*}item")}
    for number, one in enumerate(opf.iter("{*}itemref")):
        href = manifest.get(str(one.get("idref")))
        if href and number < _MOST_CHAPTERS and one.get("linear") != "no":
            yield _path(folder, href)


def _path(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href.split("#", maxsplit=1)[0])))


def _claims(opf: etree._Element) -> Iterator[tuple[str, str]]:
    for node in opf.iter("{http://purl.org/dc/elements/1.1/}*"):
        yield etree.QName(node).localname, str(node.text or "")
