"""What a block is, each by a rule with a name and a confidence. Pure."""

import re
from dataclasses import dataclass

from pipeline.model.zone import ZoneKind

_MARKER = re.compile(
    r"\s*(?:[\u2022\u2023\u25aa\u25cf\u25e6\u2043\uf0b7*]|[-\u2013]|\(?\d{1,2}[.)]|\(?[a-z][.)]"
    r"|\((?:i|ii|iii|iv|v|vi|vii|viii|ix|x)\))\s+\S"
)
_CAPTION = re.compile(
    r"(?:Figure|Fig\.|Table|Box|Map|Chart) [A-Z]?\d+(?:[-.]\d+)*[.:](?=\s|$)"
    "|[\u8868\u56fe\u56f3] ?\\d"
)
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,5}\.)\s+[A-Z]")
_NOTE_MARK = re.compile(
    r"(?P<sign>[*\u2020\u2021]{1,3}|\d{1,3})(?P<rest>[.)]?)(?=\s|[A-Z\u201c\"])"
)
SMALL_TYPE = "body.small-type"
_MOST_HEADING_WORDS = 16
_MOST_PLAIN_HEADING_WORDS = 10
_MOST_RUN_IN_WORDS = 12
_MOST_CAPTION_LINES = 6


def list_marker(text: str) -> bool:
    """Whether a line begins like an item of a list.

    >>> list_marker("(a) radars"), list_marker("- 1. Framed"), list_marker("A radar")
    (True, True, False)
    """
    return bool(_MARKER.match(text))


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paragraph is set, beside its words.

    Attributes
    ----------
    size, body_size
        Of its type and of the body's, in points.
    is_bold, is_other_font
        Whether all of it is bold where the body is not, or in a font the body never has.
    is_low
        Whether it stands in the lower part of its page, where notes do.
    begins_raised, has_glyph
        Whether it begins with a small raised sign; with a bullet of a symbol font.
    is_set_in, is_set_apart
        Whether it stands in from both sides; whether white space parts it from what precedes.
    note_marks
        The marks of notes that stand in the text of its page.
    """

    size: float
    body_size: float
    line_count: int
    is_bold: bool = False
    is_other_font: bool = False
    is_low: bool = False
    begins_raised: bool = False
    has_glyph: bool = False
    is_set_in: bool = False
    is_set_apart: bool = False
    note_marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Kind:
    """A paragraph's kind, the rule that said so, and how sure it is, 0 to 1."""

    zone: ZoneKind
    rule: str
    confidence: float
    note: str = ""


def kind_of(text: str, setting: Setting) -> Kind:
    """Return what a paragraph is by its words and how it is set."""
    is_smaller = setting.size <= 0.93 * setting.body_size
    if _CAPTION.match(text) and setting.line_count <= _MOST_CAPTION_LINES:
        return Kind("caption", "caption.label", 0.9)
    note = _note(text, setting, is_smaller)
    if note is not None:
        return note
    heading = _heading(text, setting)
    if heading is not None:
        return heading
    if list_marker(text):
        return Kind("list-item", "list.marker", 0.85)
    if setting.has_glyph:
        return Kind("list-item", "list.glyph", 0.8)
    if setting.is_set_in and setting.line_count >= 2:
        return Kind("block-quotation", "quotation.set-in", 0.7)
    if is_smaller and setting.is_low:
        return Kind("body", SMALL_TYPE, 0.6)
    return Kind("body", "body", 0.9)


def _note(text: str, setting: Setting, is_smaller: bool) -> Kind | None:
    mark = _NOTE_MARK.match(text)
    if not mark or not setting.is_low:
        return None
    sign = mark["sign"]
    if setting.begins_raised:
        confidence = 0.95 if sign in setting.note_marks else 0.75
        return Kind("footnote", "footnote.raised-mark", confidence, sign)
    if sign in setting.note_marks and (is_smaller or mark["rest"]):
        return Kind("footnote", "footnote.marked-in-text", 0.9, sign)
    goes_on = text[mark.end() :].lstrip()[:1].islower()
    if is_smaller and not goes_on:
        return Kind("footnote", "footnote.small-numbered", 0.8, sign)
    return None


def _heading(text: str, setting: Setting) -> Kind | None:
    words = text.split()
    if len(words) > _MOST_HEADING_WORDS or text[-1:] in ".;,?" or setting.line_count > 4:
        return None
    if sum(char.isalpha() for char in text) < 2:
        return None
    if setting.size >= 1.12 * setting.body_size:
        return Kind("heading", "heading.larger", 0.85)
    if setting.is_bold:
        rule = "heading.numbered" if _NUMBERED.match(text) else "heading.bold"
        return Kind("heading", rule, 0.85)
    if not setting.is_other_font:
        return None
    if _NUMBERED.match(text):
        return Kind("heading", "heading.numbered", 0.75)
    is_short = setting.line_count == 1 and len(words) <= _MOST_PLAIN_HEADING_WORDS
    if is_short and text[0].isupper() and text[-1] != ":" and setting.is_set_apart:
        return Kind("heading", "heading.other-font", 0.6)
    return None


def is_caption_label(text: str) -> bool:
    """Whether a paragraph is a caption's label and nothing else.

    >>> is_caption_label("Figure 1."), is_caption_label("Figure 1. Trends")
    (True, False)
    """
    return bool(_CAPTION.fullmatch(text.strip()))


def run_in_head(text: str, bold_end: int) -> int:
    """Return where a bold run-in head ends in a paragraph's first line, 0 if it has none.

    >>> run_in_head("Deterrence by denial. It works", 21), run_in_head("Ana: It works", 4)
    (21, 0)
    """
    head = text[:bold_end].rstrip()
    if len(head) < 3 or len(head.split()) > _MOST_RUN_IN_WORDS:
        return 0
    return len(head) if head[-1] in ".\u2014\u2013" and text[len(head) :].strip() else 0
