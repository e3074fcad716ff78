"""Pages made of strings at places, as an engine gives them: no PDF is needed."""

from dataclasses import dataclass, field, replace

import numpy as np

from pipeline.extract.characters import Characters, PageShape, turned

WIDTH, HEIGHT = 600.0, 800.0
FONTS = ("Times", "Times-Bold", "Wingdings")


@dataclass
class Sheet:
    """A page of 600 by 800 points; letters are half as wide as they are high."""

    letters: list[str] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    fonts: list[int] = field(default_factory=list)

    def put(self, text: str, x: float, top: float, size: float = 10, font: int = 0) -> "Sheet":
        """Set a line, and end it as PDFium does."""
        self.run(text, x, top, size, font)
        for end in "\r\n":
            self._add(end, (0.0, 0.0, 0.0, 0.0), size, font)
        return self

    def run(self, text: str, x: float, top: float, size: float = 10, font: int = 0) -> "Sheet":
        """Set letters without an end of the line; x and top in points from the upper left."""
        for number, letter in enumerate(text):
            left = x + number * size / 2
            self._add(
                letter, (left, HEIGHT - top - size, left + size / 2, HEIGHT - top), size, font
            )
        return self

    def lines(self, texts: list[str], x: float, top: float, leading: float = 12) -> "Sheet":
        """Set lines one below the other."""
        for number, text in enumerate(texts):
            self.put(text, x, top + number * leading)
        return self

    def glyph(self, text: str, x: float, top: float, width: float) -> "Sheet":
        """Set letters that share one box, as those of a ligature do."""
        for letter in text:
            self._add(letter, (x, HEIGHT - top - 10, x + width, HEIGHT - top), 10, 0)
        return self

    def _add(
        self, letter: str, box: tuple[float, float, float, float], size: float, font: int
    ) -> None:
        self.letters.append(letter)
        self.boxes.append(box)
        self.sizes.append(size)
        self.fonts.append(font)

    def characters(self) -> Characters:
        """The page as the engine's."""
        return Characters(
            "".join(self.letters),
            np.array(self.boxes, np.float32).reshape(-1, 4),
            np.array(self.sizes, np.float32),
            np.array(self.fonts, np.int32),
            np.zeros(len(self.letters), np.int32),
            FONTS,
            PageShape(0.0, 0.0, WIDTH, HEIGHT),
        )


def turned_by(page: Characters, quarters: int) -> Characters:
    """The same page with everything on it turned clockwise; its text runs so too."""
    boxes = turned(page.boxes, quarters, page.shape)
    width, height = (HEIGHT, WIDTH) if quarters % 2 else (WIDTH, HEIGHT)
    up = np.stack(
        (boxes[:, 0], height - boxes[:, 3], boxes[:, 2], height - boxes[:, 1]), axis=1
    ).astype(np.float32)
    ways = np.full(len(page.text), quarters % 4, np.int32)
    return replace(page, boxes=up, quarters=ways, shape=PageShape(0.0, 0.0, width, height))


def mirrored(page: Characters) -> Characters:
    """The same page as seen from behind."""
    boxes = page.boxes.copy()
    boxes[:, 0], boxes[:, 2] = WIDTH - page.boxes[:, 2], WIDTH - page.boxes[:, 0]
    return replace(page, boxes=boxes)
