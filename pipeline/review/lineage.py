"""What became of a code's id: kept, renamed, merged with others, split, or gone.

A code says under ``was`` which ids it had before. One old id of one code is a rename, several
old ids of one code a merge, one old id of several codes a split.

    >>> from pipeline.model.codebook import Code, Codebook
    >>> book = Codebook("b", "2.0.0", codes=(Code("x", "X", was=("a", "b")), Code("y", "Y")))
    >>> line = lineage_of(book)
    >>> line.heirs("a"), line.heirs("y"), line.heirs("z")
    (('x',), ('y',), ())
    >>> sorted(line.forebears("x"))
    ['a', 'b', 'x']
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.model.codebook import Codebook
from pipeline.model.judgment import Event


@dataclass(frozen=True)
class Lineage:
    """The codes of a codebook and the ids they had before."""

    was: Mapping[str, tuple[str, ...]]
    successors: Mapping[str, tuple[str, ...]]

    def heirs(self, code_id: str) -> tuple[str, ...]:
        """Return the codes that an id stands for now: itself, one, several, or none."""
        return (code_id,) if code_id in self.was else self.successors.get(code_id, ())

    def forebears(self, code_id: str) -> frozenset[str]:
        """Return the ids whose judgments a code has: its own and those it had before."""
        return frozenset((code_id, *self.was.get(code_id, ())))


def lost_codes(events: Iterable[Event], line: Lineage) -> dict[str, int]:
    """Return the ids that stand in judgments and lead to no code, each with how many."""
    counts: Counter[str] = Counter()
    for event in events:
        names = {event.code_id} | ({event.value} if event.kind == "recoded" else set())
        counts.update(name for name in names if name and not line.heirs(name))
    return dict(sorted(counts.items()))


def lineage_of(book: Codebook) -> Lineage:
    """Return what a codebook says its codes were before."""
    successors: defaultdict[str, list[str]] = defaultdict(list)
    for code in book.codes:
        for old in code.was:
            successors[old].append(code.code_id)
    return Lineage(
        {code.code_id: code.was for code in book.codes},
        {old: tuple(new) for old, new in successors.items()},
    )
