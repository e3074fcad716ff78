"""Single lines of a page: links alone, headings over menus, whose the page is. Pure."""

from collections.abc import Iterator, Sequence

from lxml import etree

from pipeline.extract.html_nodes import names_of
from pipeline.extract.html_said import (
    ends_as_said,
    is_label,
    is_line_of_links,
    is_link,
    is_linked_sentence,
    is_said,
    names_rights,
    text_of,
)
from pipeline.extract.html_walk import Piece
from pipeline.extract.sections import section_of

_WHO = frozenset("author byline speaker user username member poster date time".split())
_NEAR = 4


def stands_alone(pieces: Sequence[Piece]) -> Iterator[bool]:
    """Yield for each block whether it is a short line that is no label of links.

    So is one that ends as a sentence, says who or when, follows another short line, or follows
    the links of a list that it is not in.
    """
    before: Piece | None = None
    for piece in pieces:
        is_short = not (is_link(piece) or is_said(piece) or piece.block.kind == "heading")
        yield _names_who(piece.node) or (
            is_short and (ends_as_said(piece) or _follows_line(piece, before))
        )
        before = piece


def _follows_line(piece: Piece, before: Piece | None) -> bool:
    if before is None or names_rights(piece) or before.block.kind == "heading":
        return False
    parent = piece.node.getparent()
    beside = before.node.getparent()
    if is_link(before):
        return before.block.kind == "list-item" and beside is not parent
    return beside is parent and not is_said(before)


def _names_who(node: etree._Element) -> bool:
    """Whether an element is named for who speaks, or when."""
    return bool(names_of(node) & _WHO)


def cited(pieces: Sequence[Piece]) -> Iterator[bool]:
    """Yield for each block whether it stands in a list of sources, under its heading."""
    scope: etree._Element | None = None
    is_first = False
    for piece in pieces:
        if scope is not None and is_first and not _is_in(piece, scope):
            scope = scope.getparent()
        is_first = piece.block.kind == "heading"
        if is_first:
            is_over = section_of(text_of(piece)) == "references"
            scope = piece.node.getparent() if is_over else None
        yield scope is not None and _is_in(piece, scope)


def _is_in(piece: Piece, scope: etree._Element) -> bool:
    return piece.node is scope or scope in piece.node.iterancestors()


def lone_links(pieces: Sequence[Piece]) -> Iterator[bool]:
    """Yield for each block whether it is a line of links in no list; a speaker's name is kept."""
    for number, piece in enumerate(pieces):
        after = pieces[number + 1] if number + 1 < len(pieces) else None
        is_name = is_label(piece) and after and after.block.kind == "body" and not is_link(after)
        yield (
            piece.block.kind == "body"
            and is_line_of_links(piece)
            and not is_said(piece)
            and not is_name
            and not is_linked_sentence(piece)
            and not _names_who(piece.node)
            and not any(True for _ in piece.node.iterancestors("li"))
        )


def with_headings(
    pieces: Sequence[Piece], judged: Sequence[bool], fixed: Sequence[bool]
) -> list[bool]:
    """Return the same with headings over nothing but menus, without links that are headings."""
    asides = list(judged)
    for number, piece in enumerate(pieces):
        if piece.block.kind != "heading" or fixed[number]:
            continue
        if judged[number]:
            asides[number] = not _is_title(number, pieces, judged)
        else:
            asides[number] = _is_over_menus(number, pieces, judged)
    return asides


def _is_title(number: int, pieces: Sequence[Piece], judged: Sequence[bool]) -> bool:
    """Whether a heading that is a link stands over what is said, its author's links between."""
    if pieces[number].node.find(".//a") is None:
        return False
    for after in range(number + 1, min(number + _NEAR, len(pieces))):
        if pieces[after].block.kind == "heading":
            return False
        if not judged[after]:
            return is_said(pieces[after])
    return False


def _is_over_menus(number: int, pieces: Sequence[Piece], judged: Sequence[bool]) -> bool:
    heading = pieces[number].node
    parent = heading.getparent()
    if heading.tag == "h1" or parent is None or is_said(pieces[number]):
        return False
    is_over = False
    for after in range(number + 1, len(pieces)):
        piece = pieces[after]
        if piece.block.kind == "heading" or not _is_in(piece, parent):
            break
        if not judged[after]:
            return False
        is_over = True
    return is_over


def with_rights(pieces: Sequence[Piece], judged: Sequence[bool]) -> list[bool]:
    """Return the same with lines that say whose the page is, after the last that is said."""
    said = (n for n, piece in enumerate(pieces) if not judged[n] and is_said(piece))
    last = max(said, default=len(pieces))
    return [
        one or (number > last and names_rights(piece))
        for number, (piece, one) in enumerate(zip(pieces, judged, strict=True))
    ]
