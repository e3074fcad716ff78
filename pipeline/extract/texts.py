"""The words of a page's lines in one piece of bytes: each is made when it is asked for. Pure.

A line as a string of its own takes half as much again as its letters, and twice or four times
that for one dash or one rare sign in it.

    >>> texts = Texts.of(["We doubted", "they meant it\u2014then."])
    >>> texts[1], texts[-2:], len(texts)
    ('they meant it\u2014then.', ('We doubted', 'they meant it\u2014then.'), 2)
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import overload

import numpy as np

from pipeline.extract.characters import Ints


class Texts(Sequence[str]):
    """Strings in their order, equal to a tuple of the same."""

    __slots__ = ("_bytes", "_edges")

    def __init__(self, data: bytes, edges: Ints) -> None:
        self._bytes, self._edges = data, edges

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Texts":
        """Return the same strings, packed."""
        parts = [text.encode("utf-8", "surrogatepass") for text in texts]
        edges = np.array(list(accumulate(map(len, parts), initial=0)), np.int32)
        return cls(b"".join(parts), edges)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._edges) - 1

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...
    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        """Return one of them, or a tuple of some."""
        found = range(len(self))[at]
        if isinstance(found, int):
            return next(self._some(found, found + 1))
        if found.step != 1:
            return tuple(self)[at]
        return tuple(self._some(found.start, found.stop)) if found else ()

    def __iter__(self) -> Iterator[str]:
        """Yield them in their order."""
        return self._some(0, len(self))

    def __eq__(self, other: object) -> bool:
        """Whether the other holds the same."""
        return isinstance(other, (Texts, tuple)) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        """Return the hash that a tuple of the same has."""
        return hash(tuple(self))

    def __repr__(self) -> str:
        """Return how a tuple of the same is shown."""
        return repr(tuple(self))

    def _some(self, start: int, end: int) -> Iterator[str]:
        edges = self._edges[start : end + 1].tolist()
        if self._bytes.isascii():
            whole = self._bytes[edges[0] : edges[-1]].decode("ascii")
            first = edges[0]
            return (whole[one - first : two - first] for one, two in pairwise(edges))
        data = self._bytes
        return (data[one:two].decode("utf-8", "surrogatepass") for one, two in pairwise(edges))
