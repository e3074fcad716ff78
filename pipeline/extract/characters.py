"""The characters of one page as an engine gives them: text, boxes, sizes, fonts, angles.

Both engines give this one model, and everything after it is pure.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pipeline.extract.repeats import printed_again

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

HYPHEN = 0xFFFE
SLANTED = 4
_SYMBOLS = ("symbol", "dingbat", "wingding", "webding", "advpi", "bullet")
_EDGE = 1.0
_TAG = 6
_LEAST_REPEATED = 10
_FEW_REPEATED = 0.1
_BOLD = ("bold", "black", "heavy", "semib", "demi", "cmbx", "sfbx")


@dataclass(frozen=True, slots=True)
class PageShape:
    """A page's visible rectangle in its own space, and how it is turned when shown.

    Attributes
    ----------
    left, bottom, right, top
        In points; the page's own space counts upwards.
    quarters
        Quarter turns clockwise: ``/Rotate`` by 90.
    """

    left: float
    bottom: float
    right: float
    top: float
    quarters: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as the page is shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.quarters % 2 else (width, height)

    def shown(self, boxes: Floats) -> Floats:
        """Return boxes (left, bottom, right, top) as (x0, top, x1, bottom) on the shown page."""
        return turned(boxes, self.quarters, self)


@dataclass(frozen=True)
class Characters:
    """What stands on one page, in the engine's own order.

    Attributes
    ----------
    text
        One code point for each entry; line ends and blanks are among them.
    boxes
        Shape (n, 4): left, bottom, right, top in the page's own space, in points; from the
        font's ascent to its descent.
    sizes, fonts, quarters
        Shape (n,): font size in points, number of the font in ``font_names``, quarter turns
        clockwise of the way the text runs, ``SLANTED`` more where it runs slanted.
    confidence
        Shape (n,): how sure text recognition is of each, 0 to 1; None where the file says
        what stands there.
    may_be_mirrored
        Whether letters can stand as in a mirror; False where the file says that they do not.
    answers_from
        Where what was filled into a form's fields begins; None where there are none.
    """

    text: str
    boxes: Floats
    sizes: Floats
    fonts: Ints
    quarters: Ints
    font_names: tuple[str, ...]
    shape: PageShape
    confidence: Floats | None = None
    may_be_mirrored: bool = True
    answers_from: int | None = None

    @classmethod
    def none(cls) -> "Characters":
        """Return an empty page."""
        whole = np.zeros(0, np.int32)
        boxes = np.zeros((0, 4), np.float32)
        shape = PageShape(0.0, 0.0, 0.0, 0.0)
        return cls("", boxes, whole.astype(np.float32), whole, whole, (), shape)

    @cached_property
    def codes(self) -> npt.NDArray[np.uint32]:
        """The code points, shape (n,)."""
        return np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), np.uint32)

    @cached_property
    def ink(self) -> Ints:
        """The places of characters that leave ink on the page that is shown, in order."""
        codes, boxes, shape = self.codes, self.boxes, self.shape
        is_ink = (codes > 0x20) & (codes != 0xA0) & (codes != 0x3000) & (codes != 0xFEFF)
        is_ink &= (codes < 0x2000) | (codes > 0x200B)
        with np.errstate(invalid="ignore"):
            x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
            is_ink &= (shape.left - _EDGE <= x) & (x <= shape.right + _EDGE)
            is_ink &= (shape.bottom - _EDGE <= y) & (y <= shape.top + _EDGE)
        return np.flatnonzero(is_ink).astype(np.int32)

    @cached_property
    def is_printed_again(self) -> bool:
        """Whether some of the page is printed in two passes: only where lines come twice."""
        lines = [line for line in self.text.split("\n") if len(line) > _LEAST_REPEATED]
        if len(lines) - len(set(lines)) <= _FEW_REPEATED * len(lines):
            return False
        return bool(printed_again(self.codes[self.ink], self.boxes[self.ink]).any())

    @cached_property
    def ink_by_slant(self) -> tuple[Ints, Ints]:
        """The ink that runs with the page's edges, and the ink that runs slanted over it.

        Where most does, the page itself is slanted.
        """
        is_slanted = self.quarters[self.ink] >= SLANTED
        if is_slanted.sum() * 2 > len(is_slanted):
            is_slanted[:] = False
        return self.ink[~is_slanted], self.ink[is_slanted]


def is_bold(font_name: str) -> bool:
    """Whether a font's name says that it is bold; weights in the file often do not.

    >>> is_bold("ABCDEF+Melior-Bold"), is_bold("Arial,Bold"), is_bold("CMBX12"), is_bold("CMR10")
    (True, True, True, False)
    """
    name = font_name.lower()
    return any(word in name for word in _BOLD) or name.endswith(("-b", ".b"))


def untagged(font_name: str) -> str:
    """Return a font's name without the tag that each part of a font has of its own.

    >>> untagged("ABBOLD+Times-Roman"), untagged("C+Sans")
    ('Times-Roman', 'C+Sans')
    """
    tag, _, name = font_name.partition("+")
    return name if len(tag) == _TAG and tag.isalpha() and tag.isupper() and name else font_name


def is_symbol(font_name: str) -> bool:
    """Whether a font draws signs in the place of letters.

    >>> is_symbol("ABCDEF+Wingdings-Regular"), is_symbol("Times")
    (True, False)
    """
    name = font_name.lower()
    return any(word in name for word in _SYMBOLS)


def turned(boxes: Floats, quarters: int, shape: PageShape) -> Floats:
    """Return boxes as (x0, top, x1, bottom) on the page turned clockwise by quarter turns.

    Text that runs ``n`` quarters clockwise stands upright on the page turned by ``-n``.
    """
    left, bottom, right, top = boxes.T
    if quarters % 4 == 0:
        parts = (left - shape.left, shape.top - top, right - shape.left, shape.top - bottom)
    elif quarters % 4 == 1:
        parts = (bottom - shape.bottom, left - shape.left, top - shape.bottom, right - shape.left)
    elif quarters % 4 == 2:
        parts = (shape.right - right, bottom - shape.bottom, shape.right - left, top - shape.bottom)
    else:
        parts = (shape.top - top, shape.right - right, shape.top - bottom, shape.right - left)
    return np.stack(parts, axis=1)
