"""What styles say of paragraphs, runs and tables: names, outline, lists, hidden, bold. Pure.

A style that says nothing of something says what the one says that it is based on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.extract.numerals import whole

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = frozenset({"0", "false", "off", "none"})
_MOST_PARENTS = 30


def value(node: etree._Element | None, path: str) -> str:
    """Return ``w:val`` of what stands at a path below a node, empty where nothing does."""
    found = None if node is None else node.find(path)
    return "" if found is None else str(found.get(f"{W}val") or "")


def is_on(node: etree._Element | None, path: str) -> bool | None:
    """Whether a switch below a node is on; None where it is not set."""
    found = None if node is None else node.find(path)
    return None if found is None else str(found.get(f"{W}val") or "1").lower() not in _OFF


@dataclass(frozen=True, slots=True)
class Style:
    """What one style says itself.

    Attributes
    ----------
    outline
        0 for the highest heading, 9 for words of the body, -1 where it says nothing.
    list_id, depth
        Its list ("0" for none) and how deep; empty and -1 where it says nothing.
    has_first_row
        Whether a table of it has a first row of another look.
    """

    name: str
    parent: str = ""
    outline: int = -1
    list_id: str = ""
    depth: int = -1
    is_hidden: bool | None = None
    is_bold: bool | None = None
    has_first_row: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What a style comes to with all it is based on.

    Attributes
    ----------
    chain
        Ids of the style and of those it is based on.
    names
        Their names with the outline level that each says, -1 where it says none.
    """

    chain: tuple[str, ...] = ()
    names: tuple[tuple[str, int], ...] = ()
    list_id: str = ""
    depth: int = -1
    is_hidden: bool = False
    is_bold: bool = False
    has_first_row: bool = False


@dataclass(frozen=True)
class Styles:
    """The styles of a document by their ids; ids are translated, names mostly are not.

    Attributes
    ----------
    default
        The id of the style of paragraphs that name none.
    """

    by_id: Mapping[str, Style] = field(default_factory=dict)
    default: str = ""
    _looks: dict[str, Look] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element | None) -> "Styles":
        """Return the styles that ``word/styles.xml`` defines."""
        nodes = [] if root is None else list(root.iter(f"{W}style"))
        standard = [
            str(node.get(f"{W}styleId"))
            for node in nodes
            if node.get(f"{W}type") == "paragraph"
            and str(node.get(f"{W}default") or "0").lower() not in _OFF
        ]
        by_id = {str(node.get(f"{W}styleId")): _style(node) for node in nodes}
        return cls(by_id, standard[0] if standard else "")

    def look(self, style_id: str) -> Look:
        """Return what a style comes to; one that is not defined is known by its id."""
        if style_id not in self._looks:
            self._looks[style_id] = self._look(style_id)
        return self._looks[style_id]

    def paragraph(self, node: etree._Element) -> Look:
        """Return what a paragraph's style comes to."""
        return self.look(value(node, f"{W}pPr/{W}pStyle") or self.default)

    def _look(self, style_id: str) -> Look:
        chain = dict(self._chain(style_id))
        if not chain:
            return Look((style_id,), ((style_id, -1),))
        styles = tuple(chain.values())
        return Look(
            tuple(chain),
            tuple((style.name, style.outline) for style in styles),
            next((style.list_id for style in styles if style.list_id), ""),
            next((style.depth for style in styles if style.depth >= 0), -1),
            next((style.is_hidden for style in styles if style.is_hidden is not None), False),
            next((style.is_bold for style in styles if style.is_bold is not None), False),
            any(style.has_first_row for style in styles),
        )

    def _chain(self, style_id: str) -> Iterator[tuple[str, Style]]:
        for _ in range(_MOST_PARENTS):
            found = self.by_id.get(style_id)
            if found is None:
                return
            yield style_id, found
            style_id = found.parent


def _style(node: etree._Element) -> Style:
    first_rows = node.findall(f"{W}tblStylePr[@{W}type='firstRow']")
    return Style(
        value(node, f"{W}name") or str(node.get(f"{W}styleId")),
        value(node, f"{W}basedOn"),
        whole(value(node, f"{W}pPr/{W}outlineLvl"), -1),
        value(node, f"{W}pPr/{W}numPr/{W}numId"),
        whole(value(node, f"{W}pPr/{W}numPr/{W}ilvl"), -1),
        is_on(node, f"{W}rPr/{W}vanish"),
        is_on(node, f"{W}rPr/{W}b"),
        any(len(one) for one in first_rows),
    )
