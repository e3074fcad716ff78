"""What may be said in blocks, line by line, each made when it is asked for. Pure."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from typing import overload

from pipeline.extract.building import Block
from pipeline.extract.normalise import RawLine


class Said(Sequence[str]):
    """The words of blocks' lines, one after the other, as a tuple of them would be.

    Those of one block are kept until another's are asked for.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._ends = list(accumulate(sum(1 for _ in texts_said(block)) for block in blocks))
        self._kept: tuple[int, Sequence[str]] = (-1, ())

    @property
    def opening(self) -> list[bool]:
        """For each line whether it is its block's first."""
        found = [False] * len(self)
        for start, end in zip([0, *self._ends], self._ends, strict=False):
            if end > start:
                found[start] = True
        return found

    def __len__(self) -> int:
        """Return how many lines there are."""
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...
    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        """Return one line's words, or a tuple of those of some."""
        if isinstance(at, slice):
            return tuple(self)[at]
        number = range(len(self))[at]
        which = bisect_right(self._ends, number)
        if self._kept[0] != which:
            self._kept = which, list(texts_said(self._blocks[which]))
        return self._kept[1][number - self._ends[which]]

    def __iter__(self) -> Iterator[str]:
        """Yield them in their order."""
        return chain.from_iterable(map(texts_said, self._blocks))


def texts_said(block: Block) -> Iterator[str]:
    """Yield the words of what ``lines_said`` yields."""
    for text in block.texts:
        if "\n" in text:
            yield from filter(str.strip, text.split("\n"))
        elif text.strip():
            yield text


def lines_said(block: Block) -> Iterator[RawLine]:
    """Yield the lines of a block that have words, those of more lines in their parts."""
    for line in block.lines:
        if "\n" not in line.text:
            if line.text.strip():
                yield line
            continue
        start = 0
        for found in re.finditer(r"\n|\Z", line.text):
            if line.text[start : found.start()].strip():
                yield line.part(start, found.start())
            start = found.end()
