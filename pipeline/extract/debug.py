"""Pages drawn with what was read on them, for people to look at: zones, columns, order.

Each block has a frame in its zone's colour and its number in reading order; blocks that are
read down one column share a line at its right edge. What was kept out of the text is hatched.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from pipeline.extract.file import File
from pipeline.extract.lines import Bounds
from pipeline.extract.pdfium import open_pdfium
from pipeline.model.source import Source
from pipeline.model.zone import Zone

DOTS_PER_INCH = 110
_COLOURS = {
    "body": (0, 90, 181),
    "heading": (200, 30, 40),
    "list-item": (0, 130, 90),
    "table": (150, 80, 0),
    "caption": (140, 0, 140),
    "footnote": (110, 110, 0),
    "block-quotation": (0, 120, 140),
    "references": (90, 90, 160),
    "contents": (90, 90, 160),
    "acronyms": (90, 90, 160),
}
_ASIDE = (120, 120, 120)
_OTHER = (60, 60, 60)
_LABEL_POINTS = 11
_STEP = 6.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """One block on a page: its number in reading order, its zone, its frame in points."""

    number: int
    zone: Zone
    box: Bounds


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page's number from 1 and its picture as PNG."""

    page: int
    png: bytes


def pictures(file: File, source: Source) -> Iterator[PagePicture]:
    """Yield each page of a PDF with what was read on it.

    Raises
    ------
    PseudonymisedError
        If names were replaced in the reading text: its pages are not shown.
    EncryptedFileError, DamagedFileError
        If the file can not be opened any more.
    """
    source.check_pages_may_be_shown()
    with open_pdfium(file) as document:
        for page in range(1, document.page_count + 1):
            drawn = document.picture(page - 1, DOTS_PER_INCH).convert("RGB")
            picture = _draw(drawn, blocks_on(source, page))
            stream = io.BytesIO()
            picture.save(stream, "PNG", optimize=False)
            yield PagePicture(page, stream.getvalue())


def blocks_on(source: Source, page: int) -> tuple[Drawn, ...]:
    """Return the blocks with a place on a page, in reading order, numbered from 1.

    A paragraph that goes on in the next column is drawn once in each, under one number.
    """
    drawn: list[Drawn] = []
    number = 0
    for zone in source.zones:
        if zone.aside:
            boxes = [zone.box] if zone.page == page and zone.box else []
        else:
            places = source.places_of(zone.start, zone.end)
            boxes = [place.box for place in places if place.page == page and place.box]
        if not boxes:
            continue
        number += 1
        for one in boxes:
            bounds = (one.x0, one.top, one.x1, one.bottom)
            last = drawn[-1] if drawn else None
            if last and last.number == number and _goes_down(last.box, bounds):
                drawn[-1] = Drawn(number, zone, _around(last.box, bounds))
            else:
                drawn.append(Drawn(number, zone, bounds))
    return tuple(drawn)


def _around(one: Bounds, other: Bounds) -> Bounds:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def columns(blocks: Sequence[Drawn]) -> tuple[tuple[Drawn, ...], ...]:
    """Return the blocks of the flow in the columns they are read down."""
    found: list[list[Drawn]] = []
    for block in blocks:
        if block.zone.aside:
            continue
        if found and _goes_down(found[-1][-1].box, block.box):
            found[-1].append(block)
        else:
            found.append([block])
    return tuple(tuple(column) for column in found)


def _goes_down(one: Bounds, other: Bounds) -> bool:
    shared = min(one[2], other[2]) - max(one[0], other[0])
    return other[1] >= one[1] and shared > 0.5 * min(one[2] - one[0], other[2] - other[0])


def _draw(page: Image.Image, blocks: Sequence[Drawn]) -> Image.Image:
    """The page with its blocks, and under it what the colours mean."""
    picture = Image.new("RGB", (page.width, page.height + 2 * _LABEL_POINTS + 8), "white")
    picture.paste(page)
    layer = ImageDraw.Draw(picture, "RGBA")
    font = ImageFont.load_default(_LABEL_POINTS)
    scale = DOTS_PER_INCH / 72
    for block in blocks:
        colour = _colour(block.zone)
        x0, top, x1, bottom = (edge * scale for edge in block.box)
        frame = (x0 - 2, top - 1, max(x1 + 2, x0), max(bottom + 1, top))
        layer.rectangle(frame, outline=(*colour, 255), fill=(*colour, 26), width=1)
        if block.zone.aside:
            _hatch(layer, frame)
        mark = f"{block.number}{'?' if block.zone.noise else ''}"
        width = layer.textlength(mark, font=font) + 4
        left = max(frame[0] - width - 1, 0)
        layer.rectangle((left, top - 1, left + width, top + _LABEL_POINTS + 1), fill=colour)
        layer.text((left + 2, top - 2), mark, fill=(255, 255, 255), font=font)
    for column in columns(blocks):
        right = max(block.box[2] for block in column) * scale + _STEP
        span = (column[0].box[1] * scale, max(block.box[3] for block in column) * scale)
        layer.line((right, span[0], right, span[1]), fill=(0, 0, 0, 150), width=2)
    _legend(layer, font, blocks, page.height + 6)
    return picture


def _colour(zone: Zone) -> tuple[int, int, int]:
    return _ASIDE if zone.aside else _COLOURS.get(zone.kind, _OTHER)


def _legend(
    layer: ImageDraw.ImageDraw,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    blocks: Sequence[Drawn],
    top: float,
) -> None:
    x = 6.0
    shown = {("aside: " if b.zone.aside else "") + b.zone.kind: _colour(b.zone) for b in blocks}
    for name, colour in sorted(shown.items()):
        layer.rectangle((x, top + 2, x + 10, top + 12), fill=colour)
        layer.text((x + 14, top), name, fill=(20, 20, 20), font=font)
        x += 26 + layer.textlength(name, font=font)


def _hatch(layer: ImageDraw.ImageDraw, frame: tuple[float, float, float, float]) -> None:
    x = frame[0]
    while x < frame[2]:
        layer.line((x, frame[3], min(x + 8, frame[2]), frame[1]), fill=(*_ASIDE, 110))
        x += 8
