"""Which blocks of a page are menus, lists of other pages and notices. Pure.

An element is set aside if nothing is said in it and two thirds of its letters are links, or if its
own name says that it stands around the content. A line of links goes by itself, and so does a
notice that asks for cookies. When in doubt a block is kept: what is set aside stays on record,
and a warning counts it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from lxml import etree

from pipeline.extract.building import Block
from pipeline.extract.html_lines import cited, lone_links, stands_alone, with_headings, with_rights
from pipeline.extract.html_nodes import is_around
from pipeline.extract.html_notices import notices
from pipeline.extract.html_said import (
    MOST_LINKED,
    is_label,
    is_link,
    is_said,
    is_stated,
)
from pipeline.extract.html_walk import Piece
from pipeline.model.zone import ZoneKind

RULE = "html.boilerplate"
_PAGE = ("html", "body", "main")
_AROUND = frozenset(
    "navigation contentinfo complementary search dialog alertdialog menu menubar".split()
)
_LEAST_MAIN = 150
_FEW, _MANY_TIMES = 300, 3
_INDEX = "is a page of links, so that its menus are kept in the text"
_NAMED = "names all of it as standing around its content, so that it is kept in the text"

_Sums = defaultdict[etree._Element, Counter[str]]


def without_boilerplate(
    pieces: Sequence[Piece], root: etree._Element
) -> tuple[list[Block], tuple[str, ...]]:
    """Return a page's blocks, those around its content aside, and what a person should know."""
    nodes = [root, *root.iterdescendants(etree.Element)]
    sums = _sums(pieces, nodes)
    fixed = _outside(pieces, nodes, sums)
    if all(fixed) and sums[root]["said"]:
        return _set_aside(pieces, [False] * len(pieces)), (_NAMED,)
    menus = _in_any(nodes, lambda node: node in sums and _is_menu(node, sums[node]))
    judged = [
        one or ((piece.node in menus or is_alone) and not is_cited)
        for one, piece, is_alone, is_cited in zip(
            fixed, pieces, lone_links(pieces), cited(pieces), strict=True
        )
    ]
    if judged != fixed and _is_index(pieces, judged):
        return _set_aside(pieces, fixed), (*_told(sum(fixed)), _INDEX)
    asides = with_rights(pieces, with_headings(pieces, judged, fixed))
    return _set_aside(pieces, asides), _told(sum(asides))


def _sums(pieces: Sequence[Piece], nodes: Sequence[etree._Element]) -> _Sums:
    """What the blocks in each element come to: letters, and numbers of blocks."""
    sums: _Sums = defaultdict(Counter)
    for piece, is_own in zip(pieces, stands_alone(pieces), strict=True):
        linked = is_link(piece)
        sums[piece.node].update(
            blocks=1,
            letters=piece.letters,
            linked=piece.linked,
            links=max(piece.links, piece.linked > 0),
            said=piece.letters if is_said(piece) else 0,
            titles=piece.node.tag == "h1" and not linked,
            stated=linked and is_stated(piece),
            lines=piece.block.kind == "body",
            plain=is_own,
        )
    for node in reversed(nodes[1:]):
        parent = node.getparent()
        if node in sums and parent is not None:
            sums[parent].update(sums[node])
    return sums


def _in_any(
    nodes: Sequence[etree._Element], is_one: Callable[[etree._Element], bool]
) -> set[etree._Element]:
    """The elements that are such, and all that stand in them."""
    found: set[etree._Element] = set()
    for node in nodes:
        if node.getparent() in found or is_one(node):
            found.add(node)
    return found


def _outside(pieces: Sequence[Piece], nodes: Sequence[etree._Element], sums: _Sums) -> list[bool]:
    """For each block whether it stands around the content by an element's name, or is a notice."""
    asked = notices(pieces, nodes)
    most = sums[nodes[0]]["said"] / 2
    around = _in_any(
        nodes, lambda node: node in asked or (_is_named(node) and sums[node]["said"] <= most)
    )
    said = sum(one.letters for one in pieces if one.node not in around and is_said(one))
    inside = set(nodes)
    for name in ("article", "main"):
        named = (node for node in nodes if name in (node.tag, node.get("role")))
        found = [node for node in named if sums[node]["letters"] > _LEAST_MAIN]
        if len(found) == 1 and 2 * sums[found[0]]["said"] >= said:
            inside = {found[0], *found[0].iterdescendants(etree.Element)}
    return [one.node in around or one.node not in inside for one in pieces]


def _is_named(node: etree._Element) -> bool:
    """Whether an element says that it stands around the content."""
    return is_around(node) or node.get("role") in _AROUND


def _is_index(pieces: Sequence[Piece], judged: Sequence[bool]) -> bool:
    """Whether next to nothing is said on a page but its links, which have words of their own."""
    kept = [piece for piece, one in zip(pieces, judged, strict=True) if not one]
    said = sum(piece.letters for piece in kept if is_said(piece))
    links = (piece for piece, one in zip(pieces, judged, strict=True) if one and is_link(piece))
    listed = sum(piece.letters for piece in links if not is_label(piece))
    return not said or (said < _FEW and listed > _MANY_TIMES * said)


def _is_menu(node: etree._Element, sums: Counter[str]) -> bool:
    return (
        node.tag not in _PAGE
        and sums["links"] > 1
        and (sums["blocks"] > 1 or not sums["lines"])
        and not sums["said"]
        and not sums["titles"]
        and sums["linked"] >= MOST_LINKED * sums["letters"]
        and 2 * sums["stated"] <= sums["blocks"]
        and not sums["plain"]
    )


def _set_aside(pieces: Sequence[Piece], asides: Sequence[bool]) -> list[Block]:
    """The blocks; those set aside before the first that is kept as heads, the others as feet."""
    first = next((number for number, one in enumerate(asides) if not one), 0)
    return [
        _aside(piece.block, "running-head" if number < first else "running-foot")
        if one
        else piece.block
        for number, (piece, one) in enumerate(zip(pieces, asides, strict=True))
    ]


def _aside(block: Block, kind: ZoneKind) -> Block:
    return replace(block, kind=kind, rule=RULE, columns=(), confidence=0.8, is_aside=True)


def _told(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    what = "block of menus and notices is" if count == 1 else "blocks of menus and notices are"
    return (f"{count} {what} set aside",)
