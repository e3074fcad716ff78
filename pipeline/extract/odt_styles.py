"""What the styles of an OpenDocument text say: names, lists, hidden words. Pure on parsed XML."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.extract.numerals import whole

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{{{_URN}office:1.0}}"
TEXT = f"{{{_URN}text:1.0}}"
TABLE = f"{{{_URN}table:1.0}}"
DRAW = f"{{{_URN}drawing:1.0}}"
STYLE = f"{{{_URN}style:1.0}}"
OUTLINE = "outline"
_MOST_PARENTS = 30
_DISPLAYS = {"none": True, "true": False}
_LEVEL_NAMES = {
    f"{TEXT}list-level-style-number",
    f"{TEXT}list-level-style-bullet",
    f"{TEXT}list-level-style-image",
    f"{TEXT}outline-level-style",
}


@dataclass(frozen=True, slots=True)
class OdtStyle:
    """What one style says itself; ``list_style`` and ``is_hidden`` are None where it is silent."""

    name: str
    parent: str = ""
    list_style: str | None = None
    is_hidden: bool | None = None


@dataclass(frozen=True, slots=True)
class OdtLevel:
    """How one level of a list is numbered.

    Attributes
    ----------
    form
        ``1``, ``a``, ``A``, ``i`` or ``I``; empty for a bullet or nothing.
    shown
        How many levels are printed, its own the last.
    is_bullet
        Whether a sign or a picture stands before its items.
    """

    form: str = ""
    before: str = ""
    after: str = ""
    start: int = 1
    shown: int = 1
    is_bullet: bool = False

    @property
    def is_marked(self) -> bool:
        """Whether anything is printed before its items."""
        return self.is_bullet or bool(f"{self.form}{self.before}{self.after}".strip())


@dataclass(frozen=True)
class OdtStyles:
    """Styles by family and name, and the levels of list styles by their names.

    Two parts of a file may mean different styles by one name: the first given holds.
    """

    by_name: Mapping[tuple[str, str], OdtStyle] = field(default_factory=dict)
    lists: Mapping[str, Mapping[int, OdtLevel]] = field(default_factory=dict)

    @classmethod
    def of(cls, *roots: etree._Element | None) -> "OdtStyles":
        """Return the styles of some parts: of ``content.xml``, then of ``styles.xml``."""
        by_name: dict[tuple[str, str], OdtStyle] = {}
        lists: dict[str, Mapping[int, OdtLevel]] = {}
        for root in roots:
            for node in root.iter(f"{STYLE}style") if root is not None else ():
                key = str(node.get(f"{STYLE}family")), str(node.get(f"{STYLE}name"))
                by_name.setdefault(key, _style(node))
            for node in root.iter(f"{TEXT}list-style") if root is not None else ():
                lists.setdefault(str(node.get(f"{STYLE}name")), _levels(node))
            for node in root.iter(f"{TEXT}outline-style") if root is not None else ():
                lists.setdefault(OUTLINE, _levels(node))
        return cls(by_name, lists)

    def names(self, name: str) -> str:
        """Return the names of a paragraph's style and its parents, in small letters."""
        return " ".join([name, *(one.name for one in self._chain("paragraph", name))]).lower()

    def is_hidden(self, family: str, name: str) -> bool | None:
        """Whether a style hides its words, None where it does not say."""
        told = (one.is_hidden for one in self._chain(family, name))
        return next((one for one in told if one is not None), None)

    def list_style(self, name: str) -> str | None:
        """Return the list style that a paragraph's style brings, empty for none whatever."""
        told = (one.list_style for one in self._chain("paragraph", name))
        return next((one for one in told if one is not None), None)

    def _chain(self, family: str, name: str) -> Iterator[OdtStyle]:
        for _ in range(_MOST_PARENTS):
            found = self.by_name.get((family, name))
            if found is None:
                return
            yield found
            name = found.parent


def _style(node: etree._Element) -> OdtStyle:
    properties = node.find(f"{STYLE}text-properties")
    display = "" if properties is None else str(properties.get(f"{TEXT}display") or "")
    list_style = node.get(f"{STYLE}list-style-name")
    return OdtStyle(
        str(node.get(f"{STYLE}display-name") or node.get(f"{STYLE}name")),
        str(node.get(f"{STYLE}parent-style-name") or ""),
        None if list_style is None else str(list_style),
        _DISPLAYS.get(display),
    )


def _levels(node: etree._Element) -> Mapping[int, OdtLevel]:
    return {
        whole(child.get(f"{TEXT}level"), 1) - 1: OdtLevel(
            str(child.get(f"{STYLE}num-format") or ""),
            str(child.get(f"{STYLE}num-prefix") or ""),
            str(child.get(f"{STYLE}num-suffix") or ""),
            whole(child.get(f"{TEXT}start-value"), 1),
            whole(child.get(f"{TEXT}display-levels"), 1),
            str(child.tag).endswith(("-bullet", "-image")),
        )
        for child in node
        if child.tag in _LEVEL_NAMES
    }
