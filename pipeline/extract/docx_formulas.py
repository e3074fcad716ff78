"""Formulas of Word documents in one line, as they are typed: ``(a+b)/2``, ``x^2``. Pure."""

from lxml import etree

from pipeline.extract.docx_styles import W

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_LEFT_OUT = frozenset(
    {f"{W}del", f"{W}moveFrom", f"{W}rPr", *(f"{M}{name}" for name in ("rPr", "ctrlPr"))}
)
_BEFORE = {f"{M}den": "/", f"{M}sup": "^", f"{M}sub": "_", f"{M}lim": "_"}
_GROUPED = frozenset({*_BEFORE, f"{M}num"})
_APART = frozenset({f"{M}{name}" for name in ("m", "mr", "eqArr", "func")})
_INTEGRAL, _ROOT = "\u222b", "\u221a"


def letters_of(node: etree._Element) -> str:
    """Return the letters and signs of a formula in the order in which it is said."""
    parts: list[str] = []
    _gather(node, parts)
    return "".join(parts)


def _gather(node: etree._Element, parts: list[str]) -> None:
    if node.tag in (f"{M}t", f"{W}t"):
        parts.append(str(node.text or ""))
    elif node.tag == f"{M}d":
        _bracketed(node, parts)
    elif node.tag == f"{M}rad":
        _rooted(node, parts)
    elif node.tag not in _LEFT_OUT:
        begin = len(parts)
        if node.tag == f"{M}nary":
            parts.append(_property(node, "nary", "chr", _INTEGRAL))
        for child in node:
            parts.append(" " if node.tag in _APART else "")
            _gather(child, parts)
        if node.tag in _GROUPED:
            _group(parts, begin, _BEFORE.get(node.tag, ""))


def _group(parts: list[str], begin: int, sign: str) -> None:
    """Put a sign before what was said last, and brackets around it if it is long."""
    said = "".join(parts[begin:]).strip()
    if len(said) > 1 and not said.isdigit():
        said = f"({said})"
    parts[begin:] = [f"{sign}{said}" if said else ""]


def _bracketed(node: etree._Element, parts: list[str]) -> None:
    parts.append(_property(node, "d", "begChr", "("))
    for number, child in enumerate(node.iterfind(f"{M}e")):
        parts.append(_property(node, "d", "sepChr", "|") if number else "")
        _gather(child, parts)
    parts.append(_property(node, "d", "endChr", ")"))


def _rooted(node: etree._Element, parts: list[str]) -> None:
    for child in node:
        begin = len(parts)
        _gather(child, parts)
        if child.tag == f"{M}e":
            _group(parts, begin, _ROOT)


def _property(node: etree._Element, kind: str, name: str, otherwise: str) -> str:
    found = node.find(f"{M}{kind}Pr/{M}{name}")
    return otherwise if found is None else str(found.get(f"{M}val") or "")
