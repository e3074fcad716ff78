"""Numbers of OpenDocument lists and headings, counted as they are printed. Pure on parsed XML.

A list begins anew unless it says that it goes on with the one before of its style, or with a
named one. A level begins again after a higher one was used. Bullets are not printed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from pipeline.extract.numerals import whole, written
from pipeline.extract.odt_styles import OUTLINE, TEXT, OdtLevel, OdtStyles

_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LEVELS = 10
_FORMS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
Counts = list[int | None]


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where in a list its items stand: of which style, how deep, on which count."""

    style: str
    counts: Counts
    depth: int = 0


@dataclass
class OdtLists:
    """The lists of a document by their ids and styles, and how far each has been counted."""

    styles: OdtStyles
    _counts: dict[str, Counts] = field(default_factory=dict)
    _outline: Counts = field(default_factory=lambda: [None] * _LEVELS)

    def place(self, node: etree._Element, outer: ListPlace | None) -> ListPlace:
        """Return where the items of a list stand that is in another one's item, or in none."""
        style = str(node.get(f"{TEXT}style-name") or "")
        if outer is not None:
            depth = min(outer.depth + 1, _LEVELS - 1)
            return replace(outer, style=style or outer.style, depth=depth)
        style = style or self._style_of_items(node)
        goes_on = str(node.get(f"{TEXT}continue-list") or "")
        if goes_on and f"id {goes_on}" in self._counts:
            counts = self._counts[f"id {goes_on}"]
        elif node.get(f"{TEXT}continue-numbering") == "true" and style in self._counts:
            counts = self._counts[style]
        else:
            counts = [None] * _LEVELS
        self._counts |= {style: counts, f"id {node.get(_XML_ID)}": counts}
        return ListPlace(style, counts)

    def is_marked(self, place: ListPlace) -> bool:
        """Whether a number or a bullet is printed before the items there; so if nobody says."""
        level = self.styles.lists.get(place.style, {}).get(place.depth)
        return level is None or level.is_marked

    def label(self, place: ListPlace, item: etree._Element) -> str:
        """Count one item and return its label as printed; empty for a bullet."""
        level = self._level(place.style, place.depth)
        told = item.get(f"{TEXT}start-value")
        count = place.counts[place.depth]
        if told is not None or count is None:
            place.counts[place.depth] = whole(told, level.start)
        else:
            place.counts[place.depth] = count + 1
        place.counts[place.depth + 1 :] = [None] * (_LEVELS - place.depth - 1)
        return self._written(place)

    def heading(self, node: etree._Element) -> str:
        """Count a heading that stands in no list, and return its number as printed."""
        if OUTLINE not in self.styles.lists or node.get(f"{TEXT}is-list-header") == "true":
            return ""
        if self.styles.list_style(str(node.get(f"{TEXT}style-name") or "")) == "":
            return ""
        depth = min(max(whole(node.get(f"{TEXT}outline-level"), 1), 1), _LEVELS) - 1
        return self.label(ListPlace(OUTLINE, self._outline, depth), node)

    def _level(self, style: str, depth: int) -> OdtLevel:
        return self.styles.lists.get(style, {}).get(depth, OdtLevel())

    def _written(self, place: ListPlace) -> str:
        level = self._level(place.style, place.depth)
        if not level.form:
            return "" if level.is_bullet else f"{level.before}{level.after}".strip()
        first = max(place.depth - level.shown + 1, 0)
        return f"{level.before}{'.'.join(self._shown(place, first))}{level.after}".strip()

    def _shown(self, place: ListPlace, first: int) -> Iterator[str]:
        for depth in range(first, place.depth + 1):
            level = self._level(place.style, depth)
            count = place.counts[depth]
            if level.form:
                number = level.start if count is None else count
                yield written(number, _FORMS.get(level.form, "decimal"))

    def _style_of_items(self, node: etree._Element) -> str:
        first = next(node.iter(f"{TEXT}p", f"{TEXT}h"), None)
        name = "" if first is None else str(first.get(f"{TEXT}style-name") or "")
        return self.styles.list_style(name) or ""
