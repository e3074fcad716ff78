"""Which elements of a page are no content, and what a number set high says. Pure."""

import re

from lxml import etree

from pipeline.extract.cleaning import clean

_UNSEEN = frozenset(
    "script style noscript template button select option input textarea iframe "
    "object embed svg math head video audio canvas".split()
)
_PRESSED = frozenset("h1 h2 h3 h4 h5 h6 dt summary".split())
_AROUND = frozenset("nav aside form header footer dialog menu".split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_NOTE = re.compile(r"\b(?:doc-)?(?:foot|end|rear)notes?\b")
_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_FEW_WORDS = 200
_NUMBER = re.compile(r"\W*\d{1,3}\W*")
_POWER = re.compile(r"[-+\u2212]?\d{1,3}")
# A number set high after these is a power; after other words it is the mark of a note.
_BASE = re.compile(
    r"(?:(?<![\d.,])(?:2|10)|(?<![^\W_])(?:[^\W\d_]|[kcdm\u00b5]m|ft|mi|yd|in|mc))\Z"
)
_HIGH = str.maketrans(
    "0123456789+-\u2212",
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207b",
)


def words_of(node: etree._Element) -> str:
    """Return all words in an element, hidden ones too."""
    return clean("".join(str(part) for part in node.itertext()))


def is_dropped(node: etree._Element) -> bool:
    """Whether an element is not shown, or stands around the content of a page."""
    return is_unseen(node) or is_around(node)


def is_unseen(node: etree._Element) -> bool:
    """Whether an element is hidden, or shows no words: a script, a control, a picture."""
    return (
        not isinstance(node.tag, str)
        or (node.tag in _UNSEEN and not _is_question(node))
        or node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(str(node.get("style") or "").lower()))
    )


def _is_question(node: etree._Element) -> bool:
    """Whether a button is what a heading says: pressed, it shows what stands under it."""
    parent = node.getparent()
    return node.tag == "button" and parent is not None and parent.tag in _PRESSED


def is_around(node: etree._Element) -> bool:
    """Whether an element stands around the content of a page, by its name."""
    return node.tag in _AROUND and not _is_content(node)


def _is_content(node: etree._Element) -> bool:
    """An article's own head, a title, who is quoted, notes, a form that holds a whole page."""
    if node.tag == "form":
        return len(words_of(node)) > _FEW_WORDS
    if node.tag not in ("header", "footer", "aside"):
        return False
    if node.tag == "header" and any(title.find(".//a") is None for title in node.iter("h1")):
        return True
    parent = node.getparent()
    above = "" if parent is None else parent.tag
    if (node.tag, above) in (("header", "article"), ("header", "main"), ("footer", "blockquote")):
        return True
    return any(map(_is_note, (node, *node.iterdescendants())))


def _is_note(node: etree._Element) -> bool:
    return any(
        _NOTE.search(str(node.get(it) or "").lower()) for it in ("role", "class", "epub:type")
    )


def is_raised_number(node: etree._Element) -> bool:
    """Whether what is set high is a number, and so a note's mark or a power."""
    return bool(_NUMBER.fullmatch(words_of(node)))


def raised(node: etree._Element, before: str) -> str:
    """Return what a number set high adds to the words before it: a power's own characters.

    The mark of a note adds nothing: it is linked, or stands after a word that has no powers.
    """
    words = words_of(node)
    links = (node.find(".//a"), next(node.iterancestors("a"), None))
    is_power = _POWER.fullmatch(words) and _BASE.search(before[-8:])
    return words.translate(_HIGH) if is_power and links == (None, None) else ""


def names_of(node: etree._Element) -> frozenset[str]:
    """Return the words that an element's class and id are made of, in small letters."""
    named = f"{node.get('class') or ''} {node.get('id') or ''}"
    return frozenset(word.lower() for word in _NAME.findall(named))


def is_said_note(node: etree._Element) -> bool:
    """Whether an element says by its role that it is a note; classes are not believed so far."""
    return bool(_NOTE.search(_role(node)))


def is_note_mark(node: etree._Element) -> bool:
    """Whether an element says by its role that it is the mark of a note."""
    return "noteref" in _role(node)


def _role(node: etree._Element) -> str:
    return f"{node.get('role') or ''} {node.get('epub:type') or ''}".lower()
