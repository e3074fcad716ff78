"""Line numbers printed in a transcript's margin, as courts and hearings have them. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.extract.building import Block
from pipeline.extract.normalise import RawLine

_NUMBER = re.compile(r"\s{0,8}(?P<number>\d{1,2})(?:\s+|$)")
_LEAST = 5
_SHARE = 0.8


def without_numbers(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with the numbers before their lines kept as line labels.

    They are line numbers if four in five lines begin with one and each goes on from the last.
    """
    lines = [line for block in blocks if not block.is_aside for line in block.lines]
    found = [match for line in lines if (match := _NUMBER.match(line.text))]
    following = sum(
        int(two["number"]) == int(one["number"]) + 1 or two["number"] == "1"
        for one, two in pairwise(found)
    )
    is_numbered = len(found) >= max(_LEAST, _SHARE * len(lines))
    if not is_numbered or following < _SHARE * (len(found) - 1):
        return list(blocks)
    made = (
        block if block.is_aside else replace(block, kind="body", lines=_labelled(block.lines))
        for block in blocks
    )
    return [block for block in made if block.lines]


def has_numbers(blocks: Sequence[Block]) -> bool:
    """Whether any line has a number printed beside it."""
    return any(line.line_label for block in blocks for line in block.lines)


def _labelled(lines: Sequence[RawLine]) -> tuple[RawLine, ...]:
    made = []
    for line in lines:
        found = _NUMBER.match(line.text)
        start = found.end() if found else 0
        if line.text[start:].strip():
            label = found["number"] if found else ""
            made.append(replace(line.part(start, len(line.text)), line_label=label))
    return tuple(made)
