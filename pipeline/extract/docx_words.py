"""The words of a Word paragraph as they read once all changes are accepted.

Insertions and what was moved here are in; deletions, what was moved away, hidden words, codes of
fields and prompts of empty content controls are not. Text boxes are left to the caller.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.extract.docx_formulas import M, letters_of
from pipeline.extract.docx_remarks import Remarks
from pipeline.extract.docx_styles import Styles, W, is_on, value
from pipeline.extract.docx_symbols import symbol
from pipeline.extract.gathering import Words

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BOX = f"{W}txbxContent"
_GONE = frozenset({f"{W}del", f"{W}moveFrom", f"{_MC}Fallback"})
_LEFT_OUT = _GONE | {
    _BOX,
    *(f"{W}{name}" for name in "instrText delText pPr rPr sectPr sdtPr rt".split()),
}
_HOLDERS = frozenset(
    {
        *(f"{W}{name}" for name in "sdt sdtContent ins moveTo customXml smartTag".split()),
        f"{_MC}AlternateContent",
        f"{_MC}Choice",
    }
)
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}
_REFERENCES = {
    f"{W}footnoteReference": "footnote",
    f"{W}endnoteReference": "endnote",
    f"{W}commentReference": "comment",
}
_FORMULAS = frozenset({f"{M}oMath", f"{M}oMathPara"})


@dataclass
class _Field:
    """The fields that are open in a paragraph: for each, whether its code is still being read."""

    is_code: list[bool] = field(default_factory=list)
    code_count: int = 0

    def turn(self, kind: str) -> None:
        if kind == "begin":
            self.is_code.append(True)
            self.code_count += 1
        elif self.is_code and kind == "separate":
            self.code_count -= self.is_code[-1]
            self.is_code[-1] = False
        elif self.is_code and kind == "end":
            self.code_count -= self.is_code.pop()


@dataclass
class WordReader:
    """Reads paragraphs, counts what is hidden, and hands what is read to the remarks on it.

    Attributes
    ----------
    notes
        The marks of notes and comments that were met, in order.
    """

    styles: Styles
    remarks: Remarks = field(default_factory=Remarks)
    hidden_count: int = 0
    notes: dict[str, None] = field(default_factory=dict)

    def words(self, node: etree._Element) -> Words:
        """Return the words of a paragraph as a reader sees them."""
        words = Words()
        self.remarks.hear(" ")
        self._gather(node, words, _Field(), self.styles.paragraph(node).is_hidden)
        return words

    def _gather(self, node: etree._Element, words: Words, fields: _Field, is_hidden: bool) -> None:
        for child in node:
            tag = str(child.tag)
            if tag in _LEFT_OUT or is_prompt(child):
                continue
            if tag == f"{W}r" and self._is_hidden(child, is_hidden):
                self._pass_over(child, fields)
            elif tag == f"{W}fldChar":
                fields.turn(str(child.get(f"{W}fldCharType")))
            elif tag in _REFERENCES:
                mark = f"{_REFERENCES[tag]}:{child.get(f'{W}id')}"
                words.marks.append((words.length, mark))
                self.notes[mark] = None
            elif self.remarks.turn(child):
                continue
            elif (said := _said(child, tag)) is None:
                self._gather(child, words, fields, is_hidden)
            elif not fields.code_count:
                words.add(said)
                self.remarks.hear(said)

    def _is_hidden(self, run: etree._Element, by_paragraph: bool) -> bool:
        """Whether a run is hidden; a run's style turns about what the paragraph's says."""
        told = is_on(run, f"{W}rPr/{W}vanish")
        style = value(run, f"{W}rPr/{W}rStyle")
        by_style = bool(style) and self.styles.look(style).is_hidden
        return by_paragraph != by_style if told is None else told

    def _pass_over(self, run: etree._Element, fields: _Field) -> None:
        """Leave out a hidden run; a field may begin or end in it."""
        self.hidden_count += any((one.text or "").strip() for one in run.iterfind(f"{W}t"))
        for one in run.iterfind(f"{W}fldChar"):
            fields.turn(str(one.get(f"{W}fldCharType")))

    def is_bold(self, node: etree._Element) -> bool | None:
        """Whether every word of a paragraph is bold, None where it has none."""
        by_paragraph = self.styles.paragraph(node).is_bold
        found = None
        for run in node.iter(f"{W}r"):
            if any((one.text or "").strip() for one in run.iterfind(f"{W}t")):
                told = is_on(run, f"{W}rPr/{W}b")
                style = value(run, f"{W}rPr/{W}rStyle")
                by_style = bool(style) and self.styles.look(style).is_bold
                found = by_paragraph != by_style if told is None else told
                if not found:
                    return False
        return found


def _said(node: etree._Element, tag: str) -> str | None:
    """What an element says itself, None where its children do."""
    if tag == f"{W}t":
        return str(node.text or "")
    if tag == f"{W}sym":
        return symbol(str(node.get(f"{W}font") or ""), str(node.get(f"{W}char") or ""))
    if tag in _FORMULAS:
        return letters_of(node)
    return _CHARACTERS.get(tag)


def is_prompt(node: etree._Element) -> bool:
    """Whether a content control is empty and shows what should be put in."""
    return node.tag == f"{W}sdt" and bool(is_on(node, f"{W}sdtPr/{W}showingPlcHdr"))


def held(node: etree._Element, remarks: Remarks) -> Iterator[etree._Element]:
    """Yield an element's children, those of content controls and of what was put in as its own."""
    open_ones = [iter(node)]
    while open_ones:
        child = next(open_ones[-1], None)
        if child is None:
            open_ones.pop()
        elif child.tag in _HOLDERS:
            if not is_prompt(child):
                open_ones.append(iter(child))
        elif not remarks.turn(child):
            yield child


def boxes(node: etree._Element) -> Iterator[etree._Element]:
    """Yield the text boxes of a paragraph, each once: those inside of boxes are read with them."""
    if next(node.iter(_BOX), None) is not None:
        yield from unboxed(node, frozenset({_BOX}))


def unboxed(node: etree._Element, tags: frozenset[str]) -> Iterator[etree._Element]:
    """Yield the elements of some kinds in a paragraph that are in no box and in none another."""
    open_ones = [iter(node)]
    while open_ones:
        child = next(open_ones[-1], None)
        if child is None:
            open_ones.pop()
        elif child.tag in tags:
            yield child
        elif child.tag != _BOX and child.tag not in _GONE and not is_prompt(child):
            open_ones.append(iter(child))


def paragraphs(node: etree._Element) -> Iterator[etree._Element]:
    """Yield every paragraph below an element once, in order, those in cells and boxes too."""
    open_ones = [iter(node)]
    while open_ones:
        child = next(open_ones[-1], None)
        if child is None:
            open_ones.pop()
        elif child.tag not in _GONE and not is_prompt(child):
            if child.tag == f"{W}p":
                yield child
            open_ones.append(iter(child))


def ends_deleted(node: etree._Element) -> bool:
    """Whether a paragraph's end was deleted or moved away, so that the next goes on with it."""
    mark = node.find(f"{W}pPr/{W}rPr")
    return mark is not None and any(
        mark.find(f"{W}{name}") is not None for name in ("del", "moveFrom")
    )
