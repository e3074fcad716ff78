"""Word's paragraphs and tables to blocks: insertions in, deletions and hidden text out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.extract.building import Block
from pipeline.extract.cleaning import clean
from pipeline.extract.docx_numbers import Numbering, W
from pipeline.extract.normalise import RawLine
from pipeline.model.source import ZoneKind

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = frozenset(
    [
        *(
            f"{W}{name}"
            for name in (
                "del moveFrom instrText delText pPr rPr sectPr commentRangeStart commentReference "
                "txbxContent footnoteRef endnoteRef"
            ).split()
        ),
        f"{_MC}Fallback",
    ]
)
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}
_HOLDERS = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "customXml", "moveTo", "smartTag")
)
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_HEADING = re.compile(r"(heading|title|berschrift|titre|t\u00edtulo)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: its name, its outline level (-1 for none), its list."""

    name: str
    outline: int = -1
    list_id: str = ""
    depth: int = 0


@dataclass
class Words:
    """The words of a paragraph as they are gathered, with the marks of notes in them."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[tuple[int, str]] = field(default_factory=list)
    hidden_count: int = 0

    def add(self, text: str) -> None:
        """Put words behind those there are."""
        self.parts.append(text)
        self.length += len(text)

    @property
    def text(self) -> str:
        """All words."""
        return "".join(self.parts)


def words_of(node: etree._Element) -> Words:
    """Return the words of a paragraph or note as a reader sees them."""
    words = Words()
    _gather(node, words)
    return words


def _gather(node: etree._Element, words: Words) -> None:
    for child in node:
        tag = str(child.tag)
        if tag in _LEFT_OUT:
            continue
        if tag == f"{W}r" and child.find(f"{W}rPr/{W}vanish") is not None:
            words.hidden_count += 1
        elif tag == f"{W}t":
            words.add(str(child.text or ""))
        elif tag == f"{W}sym":
            words.add(_symbol(str(child.get(f"{W}char") or "")))
        elif tag in _NOTES:
            words.marks.append((words.length, f"{_NOTES[tag]}:{child.get(f'{W}id')}"))
        elif tag in _CHARACTERS:
            words.add(_CHARACTERS[tag])
        else:
            _gather(child, words)


def _symbol(code: str) -> str:
    """A sign given by its number in a symbol font: nothing that a reader could search for."""
    return "\u2022" if re.fullmatch(r"[0-9A-Fa-f]{4}", code) else ""


@dataclass
class Body:
    """Walks a document's body; counts lists and what is hidden as it goes."""

    styles: Mapping[str, Style]
    numbering: Numbering
    hidden_count: int = 0

    def blocks(self, node: etree._Element) -> Iterator[Block]:
        """Yield the blocks of an element's children in order."""
        for child in node:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag in _HOLDERS:
                yield from self.blocks(child)

    def _paragraph(self, node: etree._Element) -> Iterator[Block]:
        words = words_of(node)
        self.hidden_count += words.hidden_count
        if clean(words.text):
            yield self._block(node, words)
        for box in _boxes(node):
            yield from self.blocks(box)

    def _block(self, node: etree._Element, words: Words) -> Block:
        style = self._style(node)
        list_id, list_depth = self._list(node, style)
        kind = _kind(style, bool(list_id), _outline(node, style))
        label = self.numbering.label(list_id, list_depth) if list_id else ""
        text, marks = words.text, words.marks
        if label:
            text = f"{label} {text}"
            marks = [(at + len(label) + 1, note) for at, note in marks]
        return Block(kind, (RawLine(text, note_marks=tuple(marks)),), f"docx.{kind}")

    def _style(self, node: etree._Element) -> Style:
        found = node.find(f"{W}pPr/{W}pStyle")
        style_id = "" if found is None else str(found.get(f"{W}val"))
        return self.styles.get(style_id, Style(style_id))

    def _list(self, node: etree._Element, style: Style) -> tuple[str, int]:
        found = node.find(f"{W}pPr/{W}numPr")
        if found is None:
            return style.list_id, style.depth
        list_id = found.find(f"{W}numId")
        depth = found.find(f"{W}ilvl")
        name = "" if list_id is None else str(list_id.get(f"{W}val"))
        level = "" if depth is None else str(depth.get(f"{W}val"))
        return "" if name == "0" else name, int(level) if level.isdigit() and len(level) < 3 else 0

    def _table(self, node: etree._Element) -> Iterator[Block]:
        columns: tuple[str, ...] = ()
        for number, row in enumerate(node.iterfind(f"{W}tr")):
            cells = [self._cell(cell) for cell in row.iterfind(f"{W}tc")]
            texts = tuple(clean(cell.text) for cell in cells)
            if not any(texts):
                continue
            is_header = row.find(f"{W}trPr/{W}tblHeader") is not None
            if is_header or (number == 0 and _is_bold(row)):
                columns = texts
            yield Block(
                "table",
                (_row(cells),),
                "docx.table",
                columns=columns if len(columns) == len(texts) and columns != texts else (),
            )

    def _cell(self, cell: etree._Element) -> Words:
        """All words of a cell, those of tables in it too, once."""
        words = Words()
        for paragraph in cell.iter(f"{W}p"):
            if any(parent.tag == f"{_MC}Fallback" for parent in paragraph.iterancestors()):
                continue
            own = words_of(paragraph)
            self.hidden_count += own.hidden_count
            if words.length and own.length:
                words.add(" ")
            words.marks += [(words.length + at, note) for at, note in own.marks]
            words.add(own.text)
        return words


def _boxes(node: etree._Element) -> Iterator[etree._Element]:
    """Yield the text boxes of a paragraph, each once: those inside of boxes are read with them."""
    for child in node:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag not in (f"{_MC}Fallback", f"{W}del", f"{W}moveFrom"):
            yield from _boxes(child)


def _row(cells: list[Words]) -> RawLine:
    text, marks = "", []
    for number, cell in enumerate(cells):
        text += " | " if number else ""
        marks += [(len(text) + at, note) for at, note in cell.marks]
        text += cell.text
    return RawLine(text, note_marks=tuple(marks))


def _is_bold(row: etree._Element) -> bool:
    runs = [run for run in row.iter(f"{W}r") if run.find(f"{W}t") is not None]
    return bool(runs) and all(run.find(f"{W}rPr/{W}b") is not None for run in runs)


def _outline(node: etree._Element, style: Style) -> int:
    found = node.find(f"{W}pPr/{W}outlineLvl")
    level = "" if found is None else str(found.get(f"{W}val"))
    return int(level) if level.isdigit() and len(level) < 3 else style.outline


def _kind(style: Style, is_listed: bool, outline: int) -> ZoneKind:
    name = style.name.lower()
    if _HEADING.search(name) or 0 <= outline < 9:
        return "heading"
    if "caption" in name:
        return "caption"
    if "quote" in name:
        return "block-quotation"
    if name.startswith("toc"):
        return "contents"
    return "list-item" if is_listed or name.startswith("list") else "body"
