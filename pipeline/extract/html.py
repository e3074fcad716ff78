"""HTML: the main content in order; navigation, scripts and hidden parts left out."""

from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from pipeline.errors import DamagedFileError, EmptyFileError, WrongFormatError
from pipeline.extract.building import Block, build, marks_apart, plain_block
from pipeline.extract.cleaning import clean
from pipeline.extract.file import File
from pipeline.extract.html_nodes import is_dropped, is_raised_number, raised, words_of
from pipeline.extract.html_tags import check_attributes
from pipeline.extract.marking import marking_rule
from pipeline.extract.sections import with_sections
from pipeline.extract.text import decode
from pipeline.extract.turns import has_times, with_turns
from pipeline.model.source import Source, ZoneKind

_CONTROLS = frozenset("nav form button select option script style template".split())
_HEADINGS: dict[str, ZoneKind] = {f"h{n}": "heading" for n in range(1, 7)}
_BLOCKS: dict[str, ZoneKind] = _HEADINGS | {
    "p": "body",
    "li": "list-item",
    "blockquote": "block-quotation",
    "figcaption": "caption",
    "caption": "caption",
    "dt": "body",
    "dd": "body",
    "pre": "body",
    "address": "body",
}
_LAYOUT = ("table", "ul", "ol", "dl", "blockquote", "figure", *_HEADINGS)
_MOST_DEPTH = 200


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
    text, warnings = decode(file.data, file.name)
    root = _root(text, file.name)
    blocks = with_turns(marks_apart(_blocks(_main(root))), file.speakers)
    if not blocks:
        raise EmptyFileError("holds no text", where=file.name, remedy="Save the page again.")
    blocks = [*_banners_around(root, blocks), *blocks]
    return build(
        file,
        list(with_sections(blocks)),
        extractor="html",
        has_places=has_times(blocks),
        warnings=warnings,
    )


def page_blocks(text: str, name: str) -> list[Block]:
    """Return the blocks of a page that stands in another file: a chapter, a message.

    Raises
    ------
    EmptyFileError, DamagedFileError
        If nothing stands in it, or it can not be read as HTML.
    """
    return list(_blocks(_main(_root(text, name))))


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


def _main(root: etree._Element) -> etree._Element:
    """The one article or main part, the body where there is none or several."""
    for name in ("article", "main"):
        found = [node for node in root.iter(name) if len(words_of(node)) > 200]
        if len(found) == 1:
            return found[0]
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


def _blocks(node: etree._Element, depth: int = 0, kind: ZoneKind = "body") -> Iterator[Block]:
    """Blocks of a node in order; loose words between blocks are paragraphs of their own."""
    loose: list[str] = [str(node.text or "")]
    for child in node:
        if is_dropped(child) or depth > _MOST_DEPTH:
            loose.append(str(child.tail or ""))
            continue
        if child.tag == "table":
            yield from _loose(loose, kind)
            yield from _table(child)
        elif child.tag == "br":
            loose.append("\n")
        elif _holds_blocks(child) or child.tag in _BLOCKS:
            yield from _loose(loose, kind)
            inner = _BLOCKS.get(str(child.tag), kind)
            yield from _blocks(child, depth + 1, inner)
        elif child.tag == "sup" and is_raised_number(child):
            loose.append(raised(child, "".join(loose[-3:])))
        else:
            loose.append(_inline(child, depth))
        loose.append(str(child.tail or ""))
    yield from _loose(loose, kind)


def _holds_blocks(node: etree._Element) -> bool:
    names = (*_BLOCKS, "table", "div", "section", "article", "ul", "ol", "dl")
    return node.tag in (
        "div",
        "section",
        "article",
        "main",
        "ul",
        "ol",
        "dl",
        "figure",
        "body",
        "header",
        "details",
        "center",
        "td",
        "th",
    ) or any(True for _ in node.iterdescendants(*names))


def _inline(node: etree._Element, depth: int) -> str:
    """Words of an element within a line, without what is dropped in it."""
    parts = [str(node.text or "")]
    for child in node:
        if child.tag == "br":
            parts.append("\n")
        elif child.tag == "sup" and is_raised_number(child):
            parts.append(raised(child, "".join(parts[-3:])))
        elif not is_dropped(child) and depth < _MOST_DEPTH:
            parts.append(_inline(child, depth + 1))
        parts.append(str(child.tail or ""))
    return "".join(parts)


def _loose(parts: list[str], kind: ZoneKind) -> Iterator[Block]:
    text = "".join(parts)
    parts.clear()
    if clean(text):
        yield plain_block(kind, text, f"html.{kind}")


def _table(node: etree._Element) -> Iterator[Block]:
    caption = node.find("caption")
    if caption is not None:
        yield from _blocks(caption, 1, "caption")
    if any(True for _ in node.iterdescendants(*_LAYOUT)):
        yield from _cells_as_blocks(node)
        return
    columns: tuple[str, ...] = ()
    for row in node.iter("tr"):
        own = [cell for cell in row if cell.tag in ("td", "th")]
        cells = [clean(_inline(cell, 1)) for cell in own]
        if not any(cells):
            continue
        is_header = all(cell.tag == "th" for cell in own)
        names = columns if not is_header and len(columns) == len(cells) else ()
        columns = tuple(cells) if is_header else columns
        yield plain_block("table", " | ".join(cells), "html.table", columns=names)


def _cells_as_blocks(node: etree._Element) -> Iterator[Block]:
    """A table that places parts of a page: what stands in its cells, one after the other."""
    for part in node:
        if part.tag in ("td", "th"):
            yield from _blocks(part, 1)
        elif part.tag in ("tr", "thead", "tbody", "tfoot"):
            yield from _cells_as_blocks(part)
