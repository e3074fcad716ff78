"""The words of an OpenDocument paragraph, with the marks of notes and comments in them.

Deleted words stand outside of the text and what was inserted in it, so that changes are read as
accepted. Hidden words are counted. Boxes and shapes are left to the caller.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.extract.docx_remarks import Remarks
from pipeline.extract.gathering import Words
from pipeline.extract.numerals import whole
from pipeline.extract.odt_styles import DRAW, OFFICE, TEXT, OdtStyles

PARAGRAPHS = frozenset({f"{TEXT}p", f"{TEXT}h"})
_NOT_SAID = (
    *("tracked-changes", "note-citation", "ruby-text", "placeholder", "script", "sequence-decls"),
    *("variable-decls", "user-field-decls", "table-of-content-source"),
)
LEFT_OUT = frozenset({f"{OFFICE}forms", *(f"{TEXT}{name}" for name in _NOT_SAID)})
_CHARACTERS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_APART = frozenset({f"{TEXT}note", f"{OFFICE}annotation"})
_MOST_BLANKS = 200


@dataclass
class OdtReader:
    """Reads paragraphs, counts what is hidden, and remembers notes and comments by their marks."""

    styles: OdtStyles
    remarks: Remarks = field(default_factory=Remarks)
    hidden_count: int = 0
    notes: dict[str, etree._Element] = field(default_factory=dict)
    comments: dict[str, etree._Element] = field(default_factory=dict)

    def words(self, node: etree._Element) -> Words:
        """Return the words of a paragraph as a reader sees them."""
        words = Words()
        self.remarks.hear(" ")
        self._gather(node, words, self.is_hidden(node))
        return words

    def is_hidden(self, node: etree._Element) -> bool:
        """Whether a paragraph is hidden, by its style or by a field in it."""
        field_in_it = next(node.iter(f"{TEXT}hidden-paragraph"), None)
        if field_in_it is not None and field_in_it.get(f"{TEXT}is-hidden") == "true":
            return True
        return bool(self.styles.is_hidden("paragraph", _style_of(node)))

    def _gather(self, node: etree._Element, words: Words, is_hidden: bool) -> None:
        self._say(node.text, words, is_hidden)
        for child in node:
            if isinstance(child.tag, str):
                self._one(child, words, is_hidden)
            self._say(child.tail, words, is_hidden)

    def _one(self, node: etree._Element, words: Words, is_hidden: bool) -> None:
        tag = str(node.tag)
        if tag == f"{TEXT}s":
            blanks = min(whole(node.get(f"{TEXT}c"), 1), _MOST_BLANKS)
            self._say(" " * blanks, words, is_hidden)
        elif tag in _CHARACTERS:
            self._say(_CHARACTERS[tag], words, is_hidden)
        elif tag in _APART:
            if not is_hidden:
                self._set_apart(node, words)
        elif tag == f"{OFFICE}annotation-end":
            self._end(node, words)
        elif tag not in LEFT_OUT and not tag.startswith(DRAW):
            self._gather(node, words, self._hides(node, tag, is_hidden))

    def _hides(self, node: etree._Element, tag: str, is_hidden: bool) -> bool:
        if tag in (f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"):
            return is_hidden or node.get(f"{TEXT}is-hidden") == "true"
        told = self.styles.is_hidden("text", _style_of(node)) if tag == f"{TEXT}span" else None
        return is_hidden if told is None else told

    def _say(self, text: object, words: Words, is_hidden: bool) -> None:
        said = str(text or "")
        if is_hidden:
            self.hidden_count += bool(said.strip())
        elif said:
            words.add(said)
            self.remarks.hear(said)

    def _set_apart(self, node: etree._Element, words: Words) -> None:
        """A note or a comment; a comment on a stretch has its mark where that ends."""
        if node.tag == f"{TEXT}note":
            mark = f"note:{len(self.notes)}"
            self.notes[mark] = node
        else:
            name = node.get(f"{OFFICE}name")
            remark = str(len(self.comments)) if name is None else f"name {name}"
            mark = f"comment:{remark}"
            self.comments[mark] = node
            if name is not None:
                self.remarks.begin(remark)
                return
        words.marks.append((words.length, mark))

    def _end(self, node: etree._Element, words: Words) -> None:
        remark = f"name {node.get(f'{OFFICE}name')}"
        self.remarks.end(remark)
        words.marks.append((words.length, f"comment:{remark}"))


def boxes(node: etree._Element) -> Iterator[etree._Element]:
    """Yield the boxes and shapes of a paragraph, each once: those in them are read with them."""
    for child in node:
        if str(child.tag).startswith(DRAW):
            yield child
        elif child.tag not in _APART and child.tag not in LEFT_OUT:
            yield from boxes(child)


def _style_of(node: etree._Element) -> str:
    return str(node.get(f"{TEXT}style-name") or "")
