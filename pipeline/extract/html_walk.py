"""A page's elements to blocks in order, each with what of it is a link. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.extract.building import Block, plain_block
from pipeline.extract.cleaning import clean
from pipeline.extract.html_nodes import is_note_mark, is_raised_number, is_said_note, raised
from pipeline.model.zone import ZoneKind

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
_HOLDERS = frozenset(
    "div section article main ul ol dl figure body header footer nav aside form dialog menu "
    "details center td th".split()
)
_WITHIN = (*_BLOCKS, "table", "div", "section", "article", "ul", "ol", "dl")
_MOST_DEPTH = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """A block and where it stands on the page.

    Attributes
    ----------
    node
        The innermost element that holds all of it.
    letters, linked
        How many letters and digits it has, and how many of them are in links.
    links
        In how many links.
    """

    block: Block
    node: etree._Element
    letters: int
    linked: int
    links: int


@dataclass
class _Words:
    """Words of one block as they are met."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0

    def say(self, text: str | None, is_linked: bool) -> None:
        if text:
            self.parts.append(str(text))
            self.linked += sum(map(str.isalnum, text)) if is_linked else 0

    def piece(self, kind: ZoneKind, node: etree._Element) -> Iterator[Piece]:
        """The block of what was said so far, if anything was; begin anew."""
        yield from _piece(plain_block(kind, "".join(self.parts), f"html.{kind}"), node, self)
        self.parts.clear()
        self.linked = self.links = 0


def _piece(block: Block, node: etree._Element, words: _Words) -> Iterator[Piece]:
    text = block.lines[0].text
    if clean(text):
        letters = sum(map(str.isalnum, text))
        yield Piece(block, node, letters, min(words.linked, letters), words.links)


@dataclass(frozen=True, slots=True)
class Walk:
    """Walks a tree.

    Attributes
    ----------
    skips
        Whether an element is left out with all that is in it.
    """

    skips: Callable[[etree._Element], bool]

    def pieces(
        self,
        node: etree._Element,
        depth: int = 0,
        kind: ZoneKind = "body",
        is_linked: bool = False,
    ) -> Iterator[Piece]:
        """Yield the blocks of a node; loose words between blocks are paragraphs of their own."""
        words = _Words(links=int(is_linked))
        words.say(node.text, is_linked)
        for child in node:
            if depth > _MOST_DEPTH or self.skips(child):
                pass
            elif child.tag == "table":
                yield from words.piece(kind, node)
                yield from self._table(child)
            elif child.tag in _BLOCKS or _holds_blocks(child):
                yield from words.piece(kind, node)
                inner = _kind(child, kind)
                is_link = is_linked or _is_link(child)
                yield from self.pieces(child, depth + 1, inner, is_link)
            else:
                self._inline(child, words, depth, is_linked)
            words.say(child.tail, is_linked)
        yield from words.piece(kind, node)

    def _inline(
        self, node: etree._Element, words: _Words, depth: int, is_linked: bool = False
    ) -> None:
        """Words of an element within a line, without what is left out in it."""
        if node.tag == "br":
            words.say("\n", False)
            return
        if is_note_mark(node):
            return
        if node.tag == "sup" and is_raised_number(node):
            words.say(raised(node, "".join(words.parts[-3:])), False)
            return
        if _is_link(node):
            is_linked = True
            words.links += 1
        words.say(node.text, is_linked)
        for child in node:
            if depth < _MOST_DEPTH and not self.skips(child):
                self._inline(child, words, depth + 1, is_linked)
            words.say(child.tail, is_linked)

    def _table(self, node: etree._Element) -> Iterator[Piece]:
        caption = node.find("caption")
        if caption is not None:
            yield from self.pieces(caption, 1, "caption")
        if any(True for _ in node.iterdescendants(*_LAYOUT)):
            yield from self._cells_as_blocks(node)
            return
        columns: tuple[str, ...] = ()
        for row in node.iter("tr"):
            own = [cell for cell in row if cell.tag in ("td", "th")]
            words = _Words()
            cells = [self._cell(cell, words) for cell in own]
            if not any(cells):
                continue
            is_header = all(cell.tag == "th" for cell in own)
            names = columns if not is_header and len(columns) == len(cells) else ()
            columns = tuple(cells) if is_header else columns
            block = plain_block("table", " | ".join(cells), "html.table", columns=names)
            yield from _piece(block, row, words)

    def _cell(self, cell: etree._Element, words: _Words) -> str:
        start = len(words.parts)
        self._inline(cell, words, 1)
        return clean("".join(words.parts[start:]))

    def _cells_as_blocks(self, node: etree._Element) -> Iterator[Piece]:
        """A table that places parts of a page: what stands in its cells, one after the other."""
        for part in node:
            if part.tag in ("td", "th"):
                yield from self.pieces(part, 1)
            elif part.tag in ("tr", "thead", "tbody", "tfoot"):
                yield from self._cells_as_blocks(part)


def _kind(node: etree._Element, around: ZoneKind) -> ZoneKind:
    """What an element's words are: a paragraph is what it stands in, a quotation or an item."""
    if is_said_note(node):
        return "footnote"
    own = _BLOCKS.get(str(node.tag), around)
    return around if own == "body" else own


def _is_link(node: etree._Element) -> bool:
    """Whether an element leads to a page; an address to write to or a number to call do not."""
    href = node.get("href")
    return node.tag == "a" and href is not None and not href.startswith(("mailto:", "tel:"))


def _holds_blocks(node: etree._Element) -> bool:
    return node.tag in _HOLDERS or any(True for _ in node.iterdescendants(*_WITHIN))
