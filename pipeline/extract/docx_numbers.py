"""Numbers of Word's lists, counted as Word prints them. Pure on parsed XML."""

from collections import defaultdict
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_HUNDREDS = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"))


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: ``%1.`` in decimals from 1."""

    form: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass
class Numbering:
    """The lists of a document and how far each has been counted."""

    levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, root: etree._Element | None) -> "Numbering":
        """Return the lists that ``word/numbering.xml`` defines."""
        made = cls()
        if root is None:
            return made
        for abstract in root.iter(f"{W}abstractNum"):
            name = str(abstract.get(f"{W}abstractNumId"))
            for level in abstract.iter(f"{W}lvl"):
                made.levels[name, _whole(level.get(f"{W}ilvl"))] = _level(level)
        for number in root.iter(f"{W}num"):
            name = str(number.get(f"{W}numId"))
            made.lists[name] = _value(number, "abstractNumId")
            for override in number.iter(f"{W}lvlOverride"):
                start = _value(override, "startOverride")
                if start:
                    made.starts[name, _whole(override.get(f"{W}ilvl"))] = _whole(start)
        return made

    def label(self, list_id: str, depth: int) -> str:
        """Count one item and return its label as printed; empty for a bullet or no list."""
        abstract = self.lists.get(list_id)
        level = self.levels.get((abstract, depth)) if abstract is not None else None
        if level is None or level.form in ("bullet", "none"):
            return ""
        counts = self._counts[list_id]
        start = self.starts.get((list_id, depth), level.start)
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        text = level.text
        for place in range(depth + 1):
            own = self.levels.get((str(abstract), place), Level())
            text = text.replace(f"%{place + 1}", _written(counts.get(place, own.start), own.form))
        return text


def _level(node: etree._Element) -> Level:
    start = _value(node, "start")
    return Level(_value(node, "numFmt"), _value(node, "lvlText"), _whole(start) if start else 1)


def _value(node: etree._Element, name: str) -> str:
    found = node.find(f"{W}{name}")
    return "" if found is None else str(found.get(f"{W}val") or "")


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 0


def _written(number: int, form: str) -> str:
    if form.endswith("Roman"):
        text = _roman(number)
        return text.upper() if form.startswith("upper") else text
    if form.endswith("Letter"):
        count, letter = divmod(max(number, 1) - 1, 26)
        text = chr(ord("a") + letter) * (min(count, 5) + 1)
        return text.upper() if form.startswith("upper") else text
    return f"{number:02}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 400:
        return str(number)
    text = ""
    for value, sign in (*_HUNDREDS, *_ROMAN):
        while number >= value:
            text += sign
            number -= value
    return text
