"""Word's paragraphs and tables to blocks, in order, each with its list's number and its comments.

Where a paragraph's end was deleted, the next goes on with its words and says what it all is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.extract.building import Block, plain_block
from pipeline.extract.cleaning import clean
from pipeline.extract.docx_formulas import M, letters_of
from pipeline.extract.docx_graphics import Graphics
from pipeline.extract.docx_numbers import Numbering
from pipeline.extract.docx_styles import Look, W, is_on, value
from pipeline.extract.docx_tables import TableReader
from pipeline.extract.docx_words import WordReader, boxes, ends_deleted, held
from pipeline.extract.gathering import Words
from pipeline.extract.numerals import whole
from pipeline.model.zone import ZoneKind

_HEADING = (
    r"heading|title|berschrift|\btitel\b|titre|t\u00edtulo|\btitolo\b|\brubrik|\boverskrift"
    r"|\botsikko|\bnag\u0142\u00f3wek|\bkop \d|\u0437\u0430\u0433\u043e\u043b\u043e\u0432\u043e"
    r"|\u6807\u9898|\u898b\u51fa\u3057"
)
_NAMES: tuple[tuple[ZoneKind, re.Pattern[str]], ...] = (
    ("contents", re.compile(r"^(?:toc ?\d|table of figures)", re.IGNORECASE)),
    ("heading", re.compile(_HEADING, re.IGNORECASE)),
    ("caption", re.compile("caption", re.IGNORECASE)),
    ("block-quotation", re.compile("quote", re.IGNORECASE)),
)
_LIST = re.compile(r"list(?:bullet|number|\b(?! (?:paragraph|continue|of)))", re.IGNORECASE)
_BODY_LEVEL = 9
_OTHER_FILES = {f"{W}altChunk": "inserted file", f"{W}subDoc": "part in another file"}
_FORMULAS = (f"{M}oMath", f"{M}oMathPara")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph read: its words, what its list prints before them, and its list.

    ``is_listed`` is None where it is in no list and was not taken out of one.
    """

    node: etree._Element
    words: Words
    label: str
    is_listed: bool | None


@dataclass
class Body:
    """Walks a document's body, counts lists, and puts comments behind what they speak of.

    Attributes
    ----------
    comments
        Those not met yet, who and what, by the mark that points at them.
    """

    reader: WordReader
    numbering: Numbering = field(default_factory=Numbering)
    comments: dict[str, tuple[str, str]] = field(default_factory=dict)
    graphics: Graphics = field(default_factory=Graphics)
    _carried: tuple[etree._Element, Words] | None = None

    def blocks(self, node: etree._Element) -> Iterator[Block]:
        """Yield the blocks of an element's children in order."""
        for child in self._children(node):
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._left_over()
                for row in self._tables.blocks(child):
                    yield from self.with_comments(row)
            elif child.tag in _FORMULAS and clean(letters_of(child)):
                yield from self._left_over()
                yield plain_block("body", letters_of(child), "docx.body")
            elif child.tag in _OTHER_FILES:
                self.graphics.left_out[_OTHER_FILES[child.tag]] += 1
        yield from self._left_over()

    def with_comments(self, block: Block) -> Iterator[Block]:
        """Yield a block, then the comments whose marks stand in it."""
        yield block
        yield from self._met(mark for line in block.lines for _, mark in line.note_marks)

    def unplaced(self) -> Iterator[Block]:
        """Yield the comments that nothing in the text points at."""
        yield from self._met(list(self.comments))

    def all_words(self, node: etree._Element) -> Words:
        """Return all words below an element, those of tables and boxes too, once."""
        words = Words()
        self._put_in(node, words)
        return words

    def _met(self, marks: Iterable[str]) -> Iterator[Block]:
        for mark in marks:
            if mark in self.comments:
                author, text = self.comments.pop(mark)
                said = self.reader.remarks.said(mark.partition(":")[2], author, text)
                yield plain_block("comment", said, "docx.comment", is_aside=True, note=mark)

    def _children(self, node: etree._Element) -> Iterator[etree._Element]:
        return held(node, self.reader.remarks)

    @property
    def _tables(self) -> TableReader:
        return TableReader(self.reader.styles, self._children, self.all_words, self.reader.is_bold)

    def _paragraph(self, node: etree._Element) -> Iterator[Block]:
        words = self._words(node)
        if words is not None:
            yield from self._said(self._read(node, words))
        for box in boxes(node):
            before, self._carried = self._carried, None
            yield from self.blocks(box)
            self._carried = before
        yield from self.graphics.blocks(node)

    def _words(self, node: etree._Element) -> Words | None:
        """The words of a paragraph with those carried to it; None if its end was deleted."""
        words = self.reader.words(node)
        if self._carried:
            _, before = self._carried
            before.take(words)
            words, self._carried = before, None
        if not ends_deleted(node):
            return words
        self._carried = node, words
        return None

    def _left_over(self) -> Iterator[Block]:
        """The words of a paragraph whose end was deleted before anything but a paragraph."""
        if self._carried:
            node, words = self._carried
            self._carried = None
            yield from self._said(self._read(node, words))

    def _said(self, paragraph: _Paragraph) -> Iterator[Block]:
        if not clean(paragraph.words.text):
            yield from self._met(mark for _, mark in paragraph.words.marks)
            return
        look = self.reader.styles.paragraph(paragraph.node)
        kind = _kind(look, paragraph.is_listed, _outline(paragraph.node))
        words = Words()
        words.add(f"{paragraph.label} " if paragraph.label else "")
        words.take(paragraph.words)
        yield from self.with_comments(Block(kind, (words.line,), f"docx.{kind}"))

    def _read(self, node: etree._Element, words: Words) -> _Paragraph:
        """Count a paragraph in its list; a blank one counts too, unless its end is hidden."""
        look = self.reader.styles.paragraph(node)
        own = node.find(f"{W}pPr/{W}numPr")
        list_id = value(own, f"{W}numId") or look.list_id
        if not list_id or list_id == "0":
            return _Paragraph(node, words, "", False if list_id else None)
        depth = whole(value(own, f"{W}ilvl"), -1)
        if depth < 0:
            depth = self.numbering.depth_of_styles(list_id, look.chain)
        depth = max(depth if depth >= 0 else look.depth, 0)
        is_hidden = is_on(node, f"{W}pPr/{W}rPr/{W}vanish") and not clean(words.text)
        label = "" if is_hidden else self.numbering.label(list_id, depth)
        return _Paragraph(node, words, label, self.numbering.is_marked(list_id, depth))

    def _put_in(self, node: etree._Element, words: Words) -> None:
        for child in self._children(node):
            if child.tag == f"{W}p":
                said = self._words(child)
                if said is not None:
                    self._join(self._read(child, said), words)
                before, self._carried = self._carried, None
                for box in boxes(child):
                    self._put_in(box, words)
                self._carried = before
                for block in self.graphics.blocks(child):
                    words.add(f" {block.lines[0].text}" if words.length else block.lines[0].text)
            elif child.tag == f"{W}tbl":
                self._join_left_over(words)
                for row in self._tables.rows(child):
                    for cell in self._tables.cells(row):
                        self._put_in(cell, words)
        self._join_left_over(words)

    def _join_left_over(self, words: Words) -> None:
        if self._carried:
            node, left = self._carried
            self._carried = None
            self._join(self._read(node, left), words)

    def _join(self, paragraph: _Paragraph, words: Words) -> None:
        said = paragraph.words
        if not paragraph.label and not clean(said.text):
            words.marks += [(words.length, mark) for _, mark in said.marks]
            return
        words.add(" " if words.length else "")
        words.add(f"{paragraph.label} " if paragraph.label else "")
        words.take(said)


def _outline(node: etree._Element) -> int:
    return whole(value(node, f"{W}pPr/{W}outlineLvl"), -1)


def _kind(look: Look, is_listed: bool | None, outline: int) -> ZoneKind:
    """What a paragraph is: by its outline level, by its style and what that is based on, its list.

    The nearest word holds: a style based on a heading may say that it is body.
    """
    if 0 <= outline < _BODY_LEVEL:
        return "heading"
    for name, level in look.names:
        if outline < 0 and 0 <= level < _BODY_LEVEL:
            return "heading"
        found = next((kind for kind, pattern in _NAMES if pattern.search(name)), None)
        if found and not (found == "heading" and max(outline, level) >= 0):
            return found
        if found or level >= 0:
            break
    if is_listed is None:
        is_listed = bool(look.names and _LIST.match(look.names[0][0]))
    return "list-item" if is_listed else "body"
