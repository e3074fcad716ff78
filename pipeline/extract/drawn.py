"""What charts and diagrams of Office files say, from the parts that hold them. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pipeline.extract.building import Block, plain_block
from pipeline.extract.cleaning import clean

DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = f"{{{CHART}}}"
_D = f"{{{DIAGRAM}}}"
_NO_NODES = frozenset({"pres", "parTrans", "sibTrans"})
_MOST_POINT = 1_000_000


@dataclass(frozen=True, slots=True)
class _Series:
    name: str
    categories: dict[int, str]
    values: dict[int, str]


def chart_blocks(root: etree._Element) -> Iterator[Block]:
    """Yield a chart's titles and labels, then a row for each category, its series as columns."""
    for rich in root.iter(f"{_C}rich"):
        said = " ".join(
            "".join(str(one.text or "") for one in paragraph.iter(f"{A}t"))
            for paragraph in rich.iterfind(f"{A}p")
        )
        if clean(said):
            yield plain_block("caption", said, "drawn.chart-title")
    series = [_series(node) for node in root.iter(f"{_C}ser")]
    places = sorted({at for one in series for at in (*one.categories, *one.values)})
    names = ("", *(one.name for one in series))
    if places and any(names):
        yield plain_block("table", " | ".join(names), "drawn.chart-head")
    for at in places:
        category = next((one.categories[at] for one in series if at in one.categories), "")
        cells = (category, *(one.values.get(at, "") for one in series))
        columns = names if any(names) else ()
        yield plain_block("table", " | ".join(cells), "drawn.chart", columns=columns)


def diagram_blocks(root: etree._Element) -> Iterator[Block]:
    """Yield the words of each node of a diagram (SmartArt), in the order of its list."""
    for point in root.iter(f"{_D}pt"):
        body = point.find(f"{_D}t")
        if body is None or point.get("type") in _NO_NODES:
            continue
        for paragraph in body.iterfind(f"{A}p"):
            said = "".join(str(one.text or "") for one in paragraph.iter(f"{A}t"))
            if clean(said):
                yield plain_block("body", said, "drawn.diagram")


def _series(node: etree._Element) -> _Series:
    name = " ".join(clean(str(one.text or "")) for one in node.iterfind(f"{_C}tx//{_C}v"))
    return _Series(name, _points(node, "cat") or _points(node, "xVal"), _values(node))


def _values(node: etree._Element) -> dict[int, str]:
    found = _points(node, "val") or _points(node, "yVal")
    return {at: _figure(text) for at, text in found.items()}


def _points(node: etree._Element, name: str) -> dict[int, str]:
    """The cached points of one kind by their places; levels of one place behind each other."""
    found: dict[int, str] = {}
    for point in node.iterfind(f"{_C}{name}//{_C}pt"):
        told = str(point.get("idx") or "")
        text = clean(" ".join(str(one.text or "") for one in point.iterfind(f"{_C}v")))
        if told.isascii() and told.isdigit() and int(told[:9]) < _MOST_POINT and text:
            at = int(told[:9])
            found[at] = f"{text} {found[at]}" if at in found else text
    return found


def _figure(text: str) -> str:
    """A figure without the last digits that only a computer's arithmetic put there."""
    try:
        return f"{float(text):.12g}"
    except ValueError:
        return text
