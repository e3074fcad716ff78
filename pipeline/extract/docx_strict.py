"""Strict Office documents: their names in the namespaces of the usual kind, which readers know."""

import re

from lxml import etree

_STRICT = re.compile(r"http://purl\.oclc\.org/ooxml/(?P<rest>[^}]*)")
_USUAL = "http://schemas.openxmlformats.org/"
_YEAR = "/2006/"


def usual(root: etree._Element) -> etree._Element:
    """Return a part with every name and relation of a strict document as the usual one.

    >>> usual(etree.fromstring('<b xmlns="http://purl.oclc.org/ooxml/drawingml/chart"/>')).tag
    '{http://schemas.openxmlformats.org/drawingml/2006/chart}b'
    """
    if not any(str(uri).startswith("http://purl.oclc.org/ooxml/") for uri in _spaces(root)):
        return root
    for node in root.iter(etree.Element):
        node.tag = _name(str(node.tag))
        for key, value in list(node.attrib.items()):
            is_uri = str(key) in ("uri", "Type")
            if str(key).startswith("{http://purl") or is_uri:
                del node.attrib[key]
                node.set(_name(str(key)), _name(str(value)) if is_uri else value)
    return root


def _spaces(root: etree._Element) -> set[str]:
    return {str(uri) for uri in root.nsmap.values()}


def _name(text: str) -> str:
    """A name or an address in the usual namespace: the last word of it behind the year."""

    def moved(found: re.Match[str]) -> str:
        before, _, last = found["rest"].rpartition("/")
        return f"{_USUAL}{before}{_YEAR}{last}"

    return _STRICT.sub(moved, text, count=1)
