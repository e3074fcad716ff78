"""DOCX by its parts: body, notes at their marks, comments, heads and feet apart."""

import re
from collections.abc import Callable, Iterator

from lxml import etree

from pipeline.errors import EncryptedFileError
from pipeline.extract.building import Block, build, marks_apart, plain_block
from pipeline.extract.cleaning import clean
from pipeline.extract.docx_body import Body
from pipeline.extract.docx_graphics import targets
from pipeline.extract.docx_numbers import Numbering
from pipeline.extract.docx_strict import usual
from pipeline.extract.docx_styles import Styles, W
from pipeline.extract.docx_words import WordReader, paragraphs
from pipeline.extract.file import File
from pipeline.extract.package import Package, open_package
from pipeline.extract.sections import with_sections
from pipeline.extract.turns import has_times, with_turns
from pipeline.model.source import Source
from pipeline.model.zone import ZoneKind

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCUMENT = "word/document.xml"
_MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml")
_MOST_MARGINS = 60
_VML = "{urn:schemas-microsoft-com:vml}"


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
        styles = Styles.of(_optional(package, "word/styles.xml"))
        numbering = Numbering.of(_optional(package, "word/numbering.xml"))
        apart = Body(WordReader(styles))
        body = Body(WordReader(styles), numbering, _comments(package, apart))
        body.graphics.part = _related(package)
        root = usual(package.xml(_DOCUMENT)).find(f"{W}body")
        blocks = list(body.blocks(root)) if root is not None else []
        body.reader.remarks.close()
        body.graphics.close()
        margins = list(_margins(package, styles))
        notes = [said for note in _notes(package, body) for said in body.with_comments(note)]
        proposals = list(_claims(package))
    blocks = with_turns(marks_apart(blocks), file.speakers)
    return build(
        file,
        list(with_sections([*margins, *blocks, *notes, *body.unplaced()])),
        extractor="docx",
        has_places=has_times(blocks),
        warnings=list(_warnings(body)),
        proposals=proposals,
    )


def _optional(package: Package, part: str) -> etree._Element | None:
    return usual(package.xml(part)) if part in package.names else None


def _related(package: Package) -> Callable[[str], etree._Element | None]:
    """Give the parts that relations of the document name."""
    paths = targets(_optional(package, "word/_rels/document.xml.rels"))
    return lambda relation: _optional(package, paths.get(relation, ""))


def _warnings(body: Body) -> Iterator[str]:
    if body.reader.hidden_count:
        yield f"{body.reader.hidden_count} stretches of hidden text are left out"
    if body.graphics.left_out:
        yield body.graphics.warning()


def _margins(package: Package, styles: Styles) -> Iterator[Block]:
    """Heads and feet of pages, each once: never text, but a marking may stand there alone."""
    seen: set[tuple[str, str]] = set()
    for part in sorted(filter(_MARGIN.fullmatch, package.names))[:_MOST_MARGINS]:
        kind: ZoneKind = "running-head" if "header" in part else "running-foot"
        for words in _lines(usual(package.xml(part)), styles):
            if words and (kind, words) not in seen:
                seen.add((kind, words))
                is_number = not any(map(str.isalpha, words))
                own: ZoneKind = "page-number" if is_number else kind
                yield plain_block(own, words, "docx.margin", is_aside=True)


def _lines(root: etree._Element, styles: Styles) -> Iterator[str]:
    """The words of each paragraph of a page's head or foot, those of its boxes and cells too, and
    what is drawn over every page as a watermark.
    """
    reader = WordReader(styles)
    for paragraph in paragraphs(root):
        words = clean(reader.words(paragraph).text)
        if words:
            yield words
    for drawn in root.iter(f"{_VML}textpath"):
        yield clean(str(drawn.get("string") or ""))


def _notes(package: Package, body: Body) -> Iterator[Block]:
    """The notes that the text points at, footnotes before endnotes, in the order of their marks."""
    marks = list(body.reader.notes)
    for kind in ("footnote", "endnote"):
        root = _optional(package, f"word/{kind}s.xml")
        notes = root.iterfind(f"{W}{kind}") if root is not None else ()
        by_mark = {f"{kind}:{note.get(f'{W}id')}": note for note in notes}
        for mark in filter(by_mark.__contains__, marks):
            words = body.all_words(by_mark[mark])
            if clean(words.text):
                yield Block("footnote", (words.line,), f"docx.{kind}", note=mark)


def _comments(package: Package, apart: Body) -> dict[str, tuple[str, str]]:
    """What people wrote in the margin, with who wrote it, by the mark that points at it."""
    root = _optional(package, "word/comments.xml")
    found = {}
    for one in root.iter(f"{W}comment") if root is not None else ():
        text = clean(apart.all_words(one).text)
        if text:
            author = clean(str(one.get(f"{W}author") or "")) or "somebody"
            found[f"comment:{one.get(f'{W}id')}"] = author, text
    return found


def _claims(package: Package) -> Iterator[tuple[str, str]]:
    root = _optional(package, "docProps/core.xml")
    for node in root if root is not None else ():
        if isinstance(node.tag, str):
            yield etree.QName(node).localname, str(node.text or "")
