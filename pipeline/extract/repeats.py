"""Stretches of a page that are printed a second time almost where they stood. Pure."""

import numpy as np
import numpy.typing as npt

_HALF = 0.5
_RUN = 4
_SAME_STEP = 0.1
_STEPS = (1, 2, 3)


def printed_again(
    codes: npt.NDArray[np.uint32], boxes: npt.NDArray[np.float32]
) -> npt.NDArray[np.bool_]:
    """Return which characters are of four in a row that were printed before, all moved alike."""
    doubled = np.zeros(len(codes), np.bool_)
    if len(codes) <= 2 * _RUN:
        return doubled
    count = len(codes) - _RUN + 1
    keys = np.zeros(count, np.uint64)
    for place in range(_RUN):
        keys = keys * np.uint64(1_000_003) + codes[place : place + count]
    corners = boxes[:, :2]
    reach = _HALF * np.maximum(boxes[:count, 3] - boxes[:count, 1], 1)
    order = np.lexsort((boxes[:count, 1], keys))
    for step in _STEPS:
        pair = np.sort(np.stack((order[:-step], order[step:])), axis=0)
        first, second = pair[:, (keys[pair[0]] == keys[pair[1]]) & (pair[1] - pair[0] >= _RUN)]
        moved = corners[second] - corners[first]
        moved_last = corners[second + _RUN - 1] - corners[first + _RUN - 1]
        is_same = (np.abs(moved) < reach[first, None]).all(axis=1)
        is_same &= (np.abs(moved - moved_last) < _SAME_STEP * reach[first, None]).all(axis=1)
        for place in range(_RUN):
            doubled[second[is_same] + place] = True
    return doubled
