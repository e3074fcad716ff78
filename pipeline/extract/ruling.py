"""What is drawn on a page of a PDF: straight lines, edges of frames, pictures."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from pypdfium2 import raw

from pipeline.extract.characters import Floats, PageShape
from pipeline.extract.pdfium_calls import bounds_of, objects_of, segment_counts

_FRAME = 5
_MOST_SEGMENTS = 2_000
_MOST_OBJECTS = 20_000
_MOST_LINES = 4_000
_LEAST_CROSSINGS = 8
_LEAST_ON_ONE = 3
_THIN = 3.0
_LONG = 8.0


@dataclass(frozen=True, slots=True)
class Ruling:
    """Straight lines and edges of frames on a page, as (x0, top, x1, bottom) as shown."""

    across: Floats
    down: Floats

    @property
    def may_frame_cells(self) -> bool:
        """Whether lines across meet lines down, within two points, as those of cells do: often, and
        some line three others. A drawing of very many lines is no table.
        """
        if not len(self.across) or not len(self.down):
            return False
        if len(self.across) + len(self.down) > _MOST_LINES:
            return False
        across, down = self.across[:, None, :], self.down[None, :, :]
        meets = (across[..., 0] - 2 <= down[..., 0]) & (down[..., 0] <= across[..., 2] + 2)
        meets &= (down[..., 1] - 2 <= across[..., 1]) & (across[..., 1] <= down[..., 3] + 2)
        most = max(meets.sum(axis=0).max(), meets.sum(axis=1).max())
        return bool(meets.sum() >= _LEAST_CROSSINGS and most >= _LEAST_ON_ONE)


def ruling_of(page: int, shape: PageShape) -> Ruling:
    """Return the straight lines and the edges of frames on a loaded page.

    Parameters
    ----------
    page
        Its address.
    """
    paths = objects_of(page, raw.FPDF_PAGEOBJ_PATH, _MOST_OBJECTS)
    counts = segment_counts(paths)
    simple = bounds_of([path for path, count in zip(paths, counts, strict=True) if count <= _FRAME])
    drawn = [
        line
        for path, count in zip(paths, counts, strict=True)
        if count > _FRAME
        for line in _lines_of(path)
    ][:_MOST_OBJECTS]
    if drawn:
        simple = np.concatenate([simple, np.array(drawn, np.float32)])
    return _ruling(simple, shape)


def picture_share(page: int, shape: PageShape) -> float:
    """Return how much of a loaded page pictures cover, 0 to 1."""
    boxes = bounds_of(objects_of(page, raw.FPDF_PAGEOBJ_IMAGE, _MOST_OBJECTS))
    area = max((shape.right - shape.left) * (shape.top - shape.bottom), 1.0)
    covered = np.maximum(boxes[:, 2] - boxes[:, 0], 0) * np.maximum(boxes[:, 3] - boxes[:, 1], 0)
    return min(float(covered.sum()) / area, 1.0)


def _lines_of(address: int) -> Iterator[tuple[float, float, float, float]]:
    """Straight parts of a path that is drawn in many, in the page's space."""
    item = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
    matrix = _matrix_of(item)
    last: tuple[float, float] | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(min(raw.FPDFPath_CountSegments(item), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(item, number)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        at = np.array([x.value, y.value, 1.0]) @ matrix
        point = (float(at[0]), float(at[1]))
        if kind == raw.FPDF_SEGMENT_LINETO and last is not None:
            yield (
                min(last[0], point[0]),
                min(last[1], point[1]),
                max(last[0], point[0]),
                max(last[1], point[1]),
            )
        last = point


def _matrix_of(item: Any) -> npt.NDArray[np.float64]:  # noqa: ANN401
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, matrix):
        return np.eye(3)
    return np.array([[matrix.a, matrix.b, 0], [matrix.c, matrix.d, 0], [matrix.e, matrix.f, 1.0]])


def _ruling(paths: Floats, shape: PageShape) -> Ruling:
    if not len(paths):
        return Ruling(paths, paths)
    boxes = shape.shown(paths)
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    across = boxes[(height <= _THIN) & (width >= _LONG)]
    down = boxes[(width <= _THIN) & (height >= _LONG)]
    frames = boxes[(width > _THIN) & (height > _THIN)]
    top, bottom = frames.copy(), frames.copy()
    top[:, 3], bottom[:, 1] = frames[:, 1], frames[:, 3]
    left, right = frames.copy(), frames.copy()
    left[:, 2], right[:, 0] = frames[:, 0], frames[:, 2]
    return Ruling(np.concatenate([across, top, bottom]), np.concatenate([down, left, right]))
