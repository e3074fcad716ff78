"""Numbers of Word's lists, counted as Word prints them. Pure on parsed XML.

Lists that share one definition go on counting together, unless one of them starts anew. A level
begins again after a higher one was used. Bullets are not printed.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.extract.docx_styles import W, is_on, value
from pipeline.extract.numerals import whole, written

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: ``%1.`` in decimals from 1.

    Attributes
    ----------
    restart
        After a use of which level above (1-based) it begins again: any where it is -1, none
        where it is 0.
    style
        The paragraph style that means this level.
    is_legal
        Whether the numbers of the levels above are written in digits whatever they are.
    is_hidden
        Whether its number is not printed.
    """

    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int = -1
    style: str = ""
    is_legal: bool = False
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class ListForm:
    """A list: whose count it shares, its levels, and where it starts anew at what."""

    definition: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int] = field(default_factory=dict)

    def level(self, depth: int) -> Level:
        """Return how a level is numbered."""
        return self.levels.get(depth, Level())

    def start(self, depth: int) -> int:
        """Return what a level begins with."""
        return self.starts.get(depth, self.level(depth).start)


@dataclass
class Numbering:
    """The lists of a document by their ids, and how far each definition has been counted."""

    lists: Mapping[str, ListForm] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, root: etree._Element | None) -> "Numbering":
        """Return the lists that ``word/numbering.xml`` defines."""
        if root is None:
            return cls()
        forms = {str(one.get(f"{W}abstractNumId")): one for one in root.iter(f"{W}abstractNum")}
        named = {value(one, f"{W}styleLink"): key for key, one in forms.items()}
        levels = {key: _levels(one) for key, one in forms.items()}
        lists = {}
        for node in root.iter(f"{W}num"):
            key = value(node, f"{W}abstractNumId")
            link = value(forms.get(key), f"{W}numStyleLink")
            key = named.get(link, key) if link else key
            lists[str(node.get(f"{W}numId"))] = _list(key, levels.get(key, {}), node)
        return cls(lists)

    def depth_of_styles(self, list_id: str, style_ids: Iterable[str]) -> int:
        """Return the level of a list that the first of some styles means, -1 where none does."""
        levels = self.lists[list_id].levels if list_id in self.lists else {}
        by_style = {level.style: depth for depth, level in levels.items() if level.style}
        return next((by_style[one] for one in style_ids if one in by_style), -1)

    def is_marked(self, list_id: str, depth: int) -> bool:
        """Whether anything is printed before a paragraph of a list: a number or a bullet."""
        found = self.lists.get(list_id)
        if found is None or not 0 <= depth < _LEVELS:
            return False
        level = found.level(depth)
        printed = _PLACE.sub("", level.text) if level.form == "none" else level.text
        return bool(printed.strip()) and not level.is_hidden

    def label(self, list_id: str, depth: int) -> str:
        """Count one item and return its label as printed; empty for a bullet or no list."""
        found = self.lists.get(list_id)
        if found is None or not 0 <= depth < _LEVELS:
            return ""
        counts = self._counts.setdefault(found.definition, [None] * _LEVELS)
        counts[depth] = self._next(list_id, found, depth, counts[depth])
        for below in range(depth + 1, _LEVELS):
            restart = found.level(below).restart
            if restart == -1 or depth + 1 <= restart:
                counts[below] = None
        level = found.level(depth)
        if level.form == "bullet" or level.is_hidden:
            return ""
        return _PLACE.sub(lambda place: _count(found, counts, level, int(place[1])), level.text)

    def _next(self, list_id: str, found: ListForm, depth: int, count: int | None) -> int:
        is_new = depth in found.starts and (list_id, depth) not in self._begun
        self._begun.add((list_id, depth))
        return found.start(depth) if is_new or count is None else count + 1


def _count(found: ListForm, counts: list[int | None], level: Level, place: int) -> str:
    above = found.level(place - 1)
    count = counts[place - 1]
    form = "decimal" if level.is_legal and above.form != "decimalZero" else above.form
    return written(found.start(place - 1) if count is None else count, form)


def _list(key: str, levels: Mapping[int, Level], node: etree._Element) -> ListForm:
    own, starts = dict(levels), {}
    for override in node.iterfind(f"{W}lvlOverride"):
        own |= _levels(override)
        start = value(override, f"{W}startOverride")
        if start:
            starts[whole(override.get(f"{W}ilvl"), 0)] = whole(start, 1)
    return ListForm(key, own, starts)


def _levels(node: etree._Element) -> dict[int, Level]:
    return {
        whole(one.get(f"{W}ilvl"), 0): Level(
            value(one, f"{W}numFmt") or "decimal",
            value(one, f"{W}lvlText"),
            whole(value(one, f"{W}start"), 1),
            whole(value(one, f"{W}lvlRestart"), -1),
            value(one, f"{W}pStyle"),
            bool(is_on(one, f"{W}isLgl")),
            bool(is_on(one, f"{W}rPr/{W}vanish")),
        )
        for one in node.iterfind(f"{W}lvl")
        if whole(one.get(f"{W}ilvl"), 0) < _LEVELS
    }
