"""Pages whose text is mirrored: told by the steps from character to character. Pure."""

import numpy as np
import numpy.typing as npt

from pipeline.extract.characters import Floats
from pipeline.extract.right_to_left import is_right_to_left

_FEW = 0.2
_LEAST_STEPS = 10


def unmirrored(boxes: Floats, codes: npt.NDArray[np.uint32]) -> tuple[Floats, bool]:
    """Return the boxes of a page, flipped where its steps go left within lines, or up from
    line to line, and whether they were."""
    if len(boxes) < _LEAST_STEPS:
        return boxes, False
    if not _looks_mirrored(boxes):
        return boxes, False
    height = np.maximum(boxes[:, 3] - boxes[:, 1], 0.1)
    across, down = np.diff(boxes[:, 0]), np.diff((boxes[:, 1] + boxes[:, 3]) / 2)
    is_step = (np.abs(down) < 0.2 * height[1:]) & (np.abs(across) < 3 * height[1:])
    is_step &= np.abs(across) > 0.01
    right_to_left = is_right_to_left(codes)
    goes_wrong = (across > 0) if right_to_left else (across < 0)
    flips = False
    if is_step.sum() >= _LEAST_STEPS and (~goes_wrong[is_step]).mean() < _FEW and not right_to_left:
        boxes = _flipped(boxes, 0)
        flips = True
    is_new_row = (np.abs(down) > 0.5 * height[1:]) & (np.abs(down) < 3 * height[1:])
    if is_new_row.sum() >= 3 and (down[is_new_row] > 0).mean() < _FEW:
        boxes = _flipped(boxes, 1)
        flips = True
    return boxes, flips


def _looks_mirrored(boxes: Floats) -> bool:
    """A first look: whether most steps go left, or the page is read upwards."""
    steps = boxes[1:, 0] > boxes[:-1, 0]
    half = len(boxes) // 2
    goes_up = boxes[half:, 1].mean() < boxes[:half, 1].mean()
    return bool(steps.mean() < 0.7 or goes_up)


def _flipped(boxes: Floats, axis: int) -> Floats:
    flipped = boxes.copy()
    edge = boxes[:, axis + 2].max() + boxes[:, axis].min()
    flipped[:, axis], flipped[:, axis + 2] = edge - boxes[:, axis + 2], edge - boxes[:, axis]
    return flipped
