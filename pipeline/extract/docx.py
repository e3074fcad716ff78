"""DOCX by its parts: body, notes at their marks, comments, heads and feet apart."""

import re
from collections.abc import Iterator

from lxml import etree

from pipeline.errors import EncryptedFileError
from pipeline.extract.building import Block, build, marks_apart, plain_block
from pipeline.extract.cleaning import clean
from pipeline.extract.docx_body import Body, Style, words_of
from pipeline.extract.docx_numbers import Numbering, W
from pipeline.extract.file import File
from pipeline.extract.package import Package, open_package
from pipeline.extract.sections import with_sections
from pipeline.extract.turns import has_times, with_turns
from pipeline.model.source import Source, ZoneKind

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCUMENT = "word/document.xml"
_MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml")
_MOST_MARGINS = 60


def read(file: File) -> Source:
    """Return the Source of a Word document.

    Tracked changes are read as accepted, hidden text is left out and counted.

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
    with open_package(file, "Word document", _DOCUMENT) as package:
        body = Body(_styles(package), Numbering.of(_optional(package, "word/numbering.xml")))
        root = package.xml(_DOCUMENT).find(f"{W}body")
        blocks = list(body.blocks(root)) if root is not None else []
        margins = list(_margins(package))
        apart = [*_notes(package, "footnote"), *_notes(package, "endnote"), *_comments(package)]
        proposals = list(_claims(package))
    hidden = body.hidden_count
    blocks = with_turns(marks_apart(blocks), file.speakers)
    return build(
        file,
        list(with_sections([*margins, *blocks, *apart])),
        extractor="docx",
        has_places=has_times(blocks),
        warnings=[f"{hidden} stretches of hidden text are left out"] if hidden else [],
        proposals=proposals,
    )


def _optional(package: Package, part: str) -> etree._Element | None:
    return package.xml(part) if part in package.names else None


def _text(block: Block) -> str:
    return " ".join(line.text for line in block.lines)


def _styles(package: Package) -> dict[str, Style]:
    """Paragraph styles by their ids: ids are translated, names are not always."""
    root = _optional(package, "word/styles.xml")
    styles: dict[str, Style] = {}
    for node in root.iter(f"{W}style") if root is not None else ():
        name = node.find(f"{W}name")
        outline = node.find(f"{W}pPr/{W}outlineLvl")
        number = node.find(f"{W}pPr/{W}numPr/{W}numId")
        depth = node.find(f"{W}pPr/{W}numPr/{W}ilvl")
        styles[str(node.get(f"{W}styleId"))] = Style(
            "" if name is None else str(name.get(f"{W}val")),
            _small(outline, -1),
            "" if number is None else str(number.get(f"{W}val")),
            _small(depth, 0),
        )
    return styles


def _small(node: etree._Element | None, missing: int) -> int:
    value = "" if node is None else str(node.get(f"{W}val"))
    return int(value) if value.isdigit() and len(value) < 3 else missing


def _margins(package: Package) -> Iterator[Block]:
    """Heads and feet of pages: never text, but a file's marking often stands there alone."""
    for part in sorted(filter(_MARGIN.fullmatch, package.names))[:_MOST_MARGINS]:
        kind: ZoneKind = "running-head" if "header" in part else "running-foot"
        said = (clean(words_of(one).text) for one in package.xml(part).iter(f"{W}p"))
        for words in dict.fromkeys(words for words in said if words):
            yield plain_block(kind, words, "docx.margin", is_aside=True)


def _notes(package: Package, kind: str) -> Iterator[Block]:
    root = _optional(package, f"word/{kind}s.xml")
    for note in root.iter(f"{W}{kind}") if root is not None else ():
        text = " ".join(words_of(paragraph).text.strip() for paragraph in note.iter(f"{W}p"))
        if note.get(f"{W}type") is None and clean(text):
            note_id = f"{kind}:{note.get(f'{W}id')}"
            yield plain_block("footnote", text, f"docx.{kind}", note=note_id)


def _comments(package: Package) -> Iterator[Block]:
    """What people wrote in the margin: kept apart, with who wrote it."""
    root = _optional(package, "word/comments.xml")
    for one in root.iter(f"{W}comment") if root is not None else ():
        text = " ".join(words_of(paragraph).text.strip() for paragraph in one.iter(f"{W}p"))
        if clean(text):
            author = str(one.get(f"{W}author") or "somebody")
            yield plain_block("comment", f"{author}: {text}", "docx.comment", is_aside=True)


def _claims(package: Package) -> Iterator[tuple[str, str]]:
    root = _optional(package, "docProps/core.xml")
    for node in root if root is not None else ():
        if isinstance(node.tag, str):
            yield etree.QName(node).localname, str(node.text or "")
