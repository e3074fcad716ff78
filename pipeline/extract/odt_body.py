"""OpenDocument paragraphs, lists and tables to blocks, in order, comments behind their words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.extract.building import Block, plain_block
from pipeline.extract.cleaning import clean
from pipeline.extract.gathering import Words
from pipeline.extract.odt_lists import ListPlace, OdtLists
from pipeline.extract.odt_styles import DRAW, TABLE, TEXT
from pipeline.extract.odt_tables import table_blocks
from pipeline.extract.odt_words import LEFT_OUT, PARAGRAPHS, OdtReader, boxes
from pipeline.model.zone import ZoneKind

_INDEXES = frozenset(
    f"{TEXT}{name}"
    for name in ("table-of-content", "illustration-index", "table-index", "object-index")
)
_KINDS: tuple[tuple[ZoneKind, re.Pattern[str]], ...] = (
    ("heading", re.compile(r"\b(?:sub)?title\b")),
    ("block-quotation", re.compile(r"\bquot")),
    ("caption", re.compile(r"\b(?:caption|illustration)\b")),
)
_ROUND = (f"{DRAW}object", f"{DRAW}object-ole")


@dataclass
class OdtBody:
    """Walks a document, counts its lists, and puts comments behind what they speak of.

    Attributes
    ----------
    object_count
        Formulas, charts and other documents in this one, which are not read.
    """

    reader: OdtReader
    lists: OdtLists
    object_count: int = 0
    _told: set[str] = field(default_factory=set)

    def blocks(self, node: etree._Element, kind: ZoneKind = "body") -> Iterator[Block]:
        """Yield the blocks of an element's children in order."""
        for child in node:
            if isinstance(child.tag, str):
                yield from self._child(child, kind)

    def notes(self) -> Iterator[Block]:
        """Yield the notes that the text points at, footnotes before endnotes, in their order."""
        told = list(self.reader.notes.items())
        for is_endnote in (False, True):
            for mark, node in told:
                class_of = str(node.get(f"{TEXT}note-class") or "footnote")
                body = node.find(f"{TEXT}note-body")
                if body is None or (class_of == "endnote") != is_endnote:
                    continue
                words, others = self.all_words(body)
                if clean(words.text):
                    note = Block("footnote", (words.line,), f"odt.{class_of}", note=mark)
                    yield from self._with_comments(note)
                yield from others

    def unplaced(self) -> Iterator[Block]:
        """Yield the comments whose mark was not met."""
        yield from self._met(list(self.reader.comments))

    def all_words(self, node: etree._Element) -> tuple[Words, list[Block]]:
        """Return all words below an element as one, and what is no part of them: its comments
        and the tables in it.
        """
        words, others = Words(), list[Block]()
        for block in self.blocks(node):
            if block.is_aside or block.kind == "table":
                others.append(block)
                continue
            words.add(" " if words.length else "")
            for line in block.lines:
                words.take(Words([line.text], len(line.text), list(line.note_marks)))
        return words, others

    def _child(self, child: etree._Element, kind: ZoneKind) -> Iterator[Block]:
        tag = str(child.tag)
        if tag in PARAGRAPHS:
            label = self.lists.heading(child) if tag == f"{TEXT}h" else ""
            yield from self._paragraph(child, kind, label)
        elif tag == f"{TEXT}list":
            yield from self._list(child, None)
        elif tag == f"{TABLE}table":
            yield from table_blocks(child, self.reader.styles, self.all_words)
        elif tag in _ROUND:
            self.object_count += 1
        elif tag in LEFT_OUT:
            return
        elif _is_hidden_section(child):
            self.reader.hidden_count += 1
        else:
            yield from self.blocks(child, "contents" if tag in _INDEXES else kind)

    def _paragraph(self, node: etree._Element, kind: ZoneKind, label: str) -> Iterator[Block]:
        said = self.reader.words(node)
        if clean(said.text):
            words = Words()
            words.add(f"{label} " if label else "")
            words.take(said)
            own = self._kind(node, kind)
            yield from self._with_comments(Block(own, (words.line,), f"odt.{own}"))
        else:
            yield from self._met(mark for _, mark in said.marks)
        if not self.reader.is_hidden(node):
            for box in boxes(node):
                yield from self._child(box, "body")

    def _kind(self, node: etree._Element, kind: ZoneKind) -> ZoneKind:
        if kind == "contents":
            return kind
        if node.tag == f"{TEXT}h":
            return "heading"
        names = self.reader.styles.names(str(node.get(f"{TEXT}style-name") or ""))
        found = next((own for own, pattern in _KINDS if pattern.search(names)), kind)
        return found if kind == "body" or found == "heading" else kind

    def _list(self, node: etree._Element, outer: ListPlace | None) -> Iterator[Block]:
        place = self.lists.place(node, outer)
        kind: ZoneKind = "list-item" if self.lists.is_marked(place) else "body"
        for item in node.iterchildren(f"{TEXT}list-item", f"{TEXT}list-header"):
            is_new = item.tag == f"{TEXT}list-item"
            for child in item:
                if child.tag in PARAGRAPHS:
                    label = self.lists.label(place, item) if is_new else ""
                    is_new = False
                    yield from self._paragraph(child, kind, label)
                elif child.tag == f"{TEXT}list":
                    yield from self._list(child, place)
                elif isinstance(child.tag, str):
                    yield from self._child(child, kind)

    def _with_comments(self, block: Block) -> Iterator[Block]:
        yield block
        yield from self._met(mark for line in block.lines for _, mark in line.note_marks)

    def _met(self, marks: Iterable[str]) -> Iterator[Block]:
        for mark in marks:
            node = self.reader.comments.get(mark)
            if node is None or mark in self._told:
                continue
            self._told.add(mark)
            apart = OdtBody(OdtReader(self.reader.styles), OdtLists(self.reader.styles))
            text = clean(apart.all_words(node)[0].text)
            if text:
                author = clean("".join(str(one.text or "") for one in node.iterfind("{*}creator")))
                remark = mark.partition(":")[2]
                said = self.reader.remarks.said(remark, author or "somebody", text)
                yield plain_block("comment", said, "odt.comment", is_aside=True, note=mark)


def _is_hidden_section(node: etree._Element) -> bool:
    if node.tag != f"{TEXT}section":
        return False
    display = node.get(f"{TEXT}display")
    return display == "none" or (display == "condition" and node.get(f"{TEXT}is-hidden") == "true")
