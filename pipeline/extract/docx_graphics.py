"""Diagrams and charts of Word documents: their words are parts of their own, named by relations.

What else stands in a drawing or as an object and holds no words that are read is counted by name.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.extract.building import Block
from pipeline.extract.cleaning import clean
from pipeline.extract.docx_styles import W
from pipeline.extract.docx_words import unboxed
from pipeline.extract.drawn import CHART, DIAGRAM, A, chart_blocks, diagram_blocks

_ML = "http://schemas.openxmlformats.org/"
_R = f"{{{_ML}officeDocument/2006/relationships}}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_DATA, _OBJECT = f"{A}graphicData", f"{W}object"
_QUIET = ("/picture", "/wordprocessingShape", "/wordprocessingGroup", "/wordprocessingCanvas")
_LONGEST_NAME = 40


@dataclass
class Graphics:
    """Finds what a paragraph's drawings say.

    Attributes
    ----------
    part
        Gives the part that a relation of the document names, None where there is none.
    left_out
        How many of each kind were met and not read.
    """

    part: Callable[[str], etree._Element | None] = lambda _: None
    left_out: Counter[str] = field(default_factory=Counter)
    _told: set[str] = field(default_factory=set)

    def close(self) -> None:
        """Find no more parts: notes have relations of their own."""
        self.part = lambda _: None

    def blocks(self, node: etree._Element) -> Iterator[Block]:
        """Yield what the diagrams and charts of a paragraph say, each once."""
        if next(node.iter(_DATA, _OBJECT), None) is None:
            return
        for one in unboxed(node, frozenset({_DATA, _OBJECT})):
            if one.tag == _OBJECT:
                self._object(one)
            else:
                yield from self._drawing(one)

    def warning(self) -> str:
        """Return what was not read, empty where nothing was left out."""
        told = (f"{count} {name}" for name, count in sorted(self.left_out.items()))
        return f"not read: {', '.join(told)}" if self.left_out else ""

    def _object(self, node: etree._Element) -> None:
        found = node.find(f"{_OFFICE}OLEObject")
        name = "" if found is None else clean(str(found.get("ProgID") or ""))[:_LONGEST_NAME]
        self.left_out[f"embedded {name or 'object'}"] += 1

    def _drawing(self, data: etree._Element) -> Iterator[Block]:
        uri = str(data.get("uri"))
        for kind, name, key, read in (
            (DIAGRAM, "relIds", f"{_R}dm", diagram_blocks),
            (CHART, "chart", f"{_R}id", chart_blocks),
        ):
            if uri == kind:
                found = data.find(f"{{{kind}}}{name}")
                relation = "" if found is None else str(found.get(key))
                yield from self._read(relation, kind.rpartition("/")[2], read)
                return
        if not uri.endswith(_QUIET):
            self.left_out[f"drawing ({clean(uri.rpartition('/')[2])[:_LONGEST_NAME]})"] += 1

    def _read(
        self, relation: str, kind: str, read: Callable[[etree._Element], Iterator[Block]]
    ) -> Iterator[Block]:
        if relation in self._told:
            return
        root = self.part(relation)
        if root is None:
            self.left_out[kind] += 1
        else:
            self._told.add(relation)
            yield from read(root)


def targets(root: etree._Element | None) -> Mapping[str, str]:
    """Return where the relations of ``word/document.xml`` lead within the package."""
    found = {}
    for one in root if root is not None else ():
        target = str(one.get("Target") or "")
        if target and one.get("TargetMode") != "External":
            path = target[1:] if target.startswith("/") else f"word/{target}"
            found[str(one.get("Id"))] = path
    return found
