"""Notices that ask for cookies: a few sentences about them with something to press. Pure."""

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from pipeline.extract.html_nodes import names_of
from pipeline.extract.html_said import is_said, text_of, words_in
from pipeline.extract.html_walk import Piece

_COOKIE = re.compile(r"\bcookies\b|\u043a\u0443\u043a\u0438", re.IGNORECASE)
_OF_A_SITE = re.compile(
    r"site|brows|polic|priva|consen|devic|datenschutz|zustimm|einwillig|\u0441\u0430\u0439\u0442",
    re.IGNORECASE,
)
_NAMES = frozenset("cookie cookies consent gdpr ccpa".split())
_MOST_WORDS, _MOST_UNNAMED = 400, 120
_CONTROL, _COOKIES = 1, 2


def notices(pieces: Sequence[Piece], nodes: Sequence[etree._Element]) -> set[etree._Element]:
    """Return the elements of a page that are such notices.

    One is the smallest element that speaks of cookies and has a control, and those around it
    that are named for it. A page that speaks of cookies elsewhere too is about them.
    """
    about = [piece for piece in pieces if is_said(piece) and _COOKIE.search(text_of(piece))]
    found = {_named(node) for node in _smallest(about, nodes)}
    inside: dict[etree._Element, list[Piece]] = {}
    for piece in pieces if found else ():
        for node in found.intersection((piece.node, *piece.node.iterancestors())):
            inside.setdefault(node, []).append(piece)
    found = {node for node in found if _is_notice(node, inside.get(node, ()))}
    told = {id(piece) for node in found for piece in inside[node]}
    return found if all(id(piece) in told for piece in about) else set()


def _smallest(about: Sequence[Piece], nodes: Sequence[etree._Element]) -> Iterator[etree._Element]:
    """Elements that hold both, each counted in no element around it."""
    has = {piece.node: _COOKIES for piece in about}
    for node in reversed(nodes) if about else ():
        flags = has.get(node, 0) | (_CONTROL if _is_control(node) else 0)
        parent = node.getparent()
        if flags == _CONTROL | _COOKIES:
            yield node
        elif flags and parent is not None:
            has[parent] = has.get(parent, 0) | flags


def _is_control(node: etree._Element) -> bool:
    return (
        node.tag in ("button", "input")
        or node.get("role") == "button"
        or (node.tag == "a" and bool(names_of(node) & {"btn", "button"}))
    )


def _named(node: etree._Element) -> etree._Element:
    """The outermost of the elements around one that are named for cookies, without a break."""
    for above in node.iterancestors():
        if above.tag in ("body", "html") or not names_of(above) & _NAMES:
            break
        node = above
    return node


def _is_notice(node: etree._Element, pieces: Sequence[Piece]) -> bool:
    if node.tag in ("body", "html", "main", "article"):
        return False
    if any(piece.node.tag == "h1" for piece in pieces):
        return False
    count = words_in(" ".join(map(text_of, pieces)))
    if names_of(node) & _NAMES:
        return count <= _MOST_WORDS
    is_told = any(_COOKIE.search(text) and _OF_A_SITE.search(text) for text in map(text_of, pieces))
    return is_told and count <= _MOST_UNNAMED and not _has_twin(node)


def _has_twin(node: etree._Element) -> bool:
    """Whether another like it stands next to it, as posts and answers do."""
    beside = [one for one in (node.getprevious(), node.getnext()) if one is not None]
    named = node.get("class")
    return any(one.tag == node.tag and named and one.get("class") == named for one in beside)
