"""HTML: the content in order; what stands around it aside, scripts and hidden parts left out."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from pipeline.errors import DamagedFileError, EmptyFileError, WrongFormatError
from pipeline.extract.banners import marking_rule
from pipeline.extract.building import Block, build, marks_apart, plain_block
from pipeline.extract.cleaning import clean
from pipeline.extract.file import File
from pipeline.extract.html_boilerplate import without_boilerplate
from pipeline.extract.html_nodes import is_dropped, is_unseen
from pipeline.extract.html_tags import check_attributes
from pipeline.extract.html_walk import Piece, Walk
from pipeline.extract.sections import with_sections
from pipeline.extract.text import decode
from pipeline.extract.turns import has_times, with_turns
from pipeline.model.source import Source

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)=[\"']?([\w.:-]{1,40})", re.I
)
_HEAD = 4096
_CONTROLS = frozenset("nav form button select option script style template".split())


def read(file: File) -> Source:
    """Return the Source of an HTML page.

    Raises
    ------
    WrongFormatError
        If there is no HTML in it.
    """
    if file.data[:5] == b"%PDF-" or file.data[:2] == b"PK":
        raise WrongFormatError(
            "is no HTML", where=file.name, remedy="Give it the ending of its kind."
        )
    declared = _CHARSET.search(file.data[:_HEAD])
    text, warnings = decode(file.data, file.name, declared[1].decode() if declared else "")
    root = _root(text, file.name)
    body = _body(root)
    kept, told = without_boilerplate(list(Walk(is_unseen).pieces(body)), body)
    blocks = with_turns(marks_apart(kept), file.speakers)
    if all(block.is_aside for block in blocks):
        raise EmptyFileError("holds no text", where=file.name, remedy="Save the page again.")
    blocks = [*_banners_around(root, blocks), *blocks]
    return build(
        file,
        list(with_sections(blocks)),
        extractor="html",
        has_places=has_times(blocks),
        warnings=(*warnings, *told),
    )


def page_pieces(text: str, name: str) -> list[Piece]:
    """Return the blocks, with their links, of a page that stands in another file: a chapter.

    Raises
    ------
    EmptyFileError, DamagedFileError
        If nothing stands in it, or it can not be read as HTML.
    """
    return list(Walk(is_dropped).pieces(_body(_root(text, name))))


def page_blocks(text: str, name: str) -> list[Block]:
    """Return the blocks of a page that stands in another file: a message."""
    return [piece.block for piece in page_pieces(text, name)]


def _root(text: str, name: str) -> etree._Element:
    check_attributes(text, name)
    parser = lxml_html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as reason:
        raise EmptyFileError(
            f"holds nothing to read: {reason}", where=name, remedy="Save the page again."
        ) from reason
    except etree.LxmlError as reason:
        raise DamagedFileError(
            f"can not be read as HTML: {reason}", where=name, remedy="Save the page again."
        ) from reason
    return root


def _body(root: etree._Element) -> etree._Element:
    body = root.find("body")
    return root if body is None else body


def _banners_around(root: etree._Element, blocks: list[Block]) -> Iterator[Block]:
    """Banners in what is not read, a page's head or foot for instance."""
    seen = {block.lines[0].text.strip() for block in blocks if block.kind == "marking"}
    for node in root.iter(etree.Element):
        line = clean(str(node.text or ""))
        if line in seen or not marking_rule(line) or _is_control(node):
            continue
        seen.add(line)
        yield plain_block("marking", line, "marking.banner", is_aside=True)


def _is_control(node: etree._Element) -> bool:
    return any(one.tag in _CONTROLS for one in (node, *node.iterancestors()))
