"""The PDF reader against sixteen pages that one judge typed by eye before it was written.

Words are compared as digests. Word F1 and order are over what is read in the flow and beside
it; zones are judged on the words that are found again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pytest
from gold.encode import PAGES, GoldPage, digest, read_page, words
from real_data import real_data_folder

from pipeline.extract import extract
from pipeline.model.source import Source

# Zones whose place among the body's blocks is not to be judged, only what is in them.
LOOSE = frozenset(
    "footnote figure caption running-head running-foot page-number line-number marking".split()
)
LEAST_ORDER = 0.97
GOLD = sorted(PAGES.glob("*.txt"))


@dataclass(frozen=True)
class Reading:
    """The words of a page as read, each with its zone: those in the flow, and those aside."""

    flow: tuple[tuple[str, str], ...]
    aside: tuple[tuple[str, str], ...]

    @property
    def all(self) -> tuple[tuple[str, str], ...]:
        return self.flow + self.aside


@dataclass(frozen=True)
class Figures:
    """How a page came out."""

    precision: float
    recall: float
    order: float
    right_zones: Counter[str]
    read_zones: Counter[str]
    gold_zones: Counter[str]

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def path_of(page: GoldPage) -> Path:
    return next(real_data_folder().rglob(page.file))


@cache
def source_of(path: Path) -> Source:
    return extract(path, "x")


def reading_of(source: Source, page: int) -> Reading:
    """The part of a source that stands on one page; a paragraph may run over it.

    A speaker's label, which is read into the turn and not into the text, counts as read.
    """
    flow: list[tuple[str, str]] = []
    aside: list[tuple[str, str]] = []
    for zone in source.zones:
        if zone.aside and zone.page == page:
            aside += ((digest(word), zone.kind) for word in words(zone.aside))
        elif zone.end > zone.start:
            parts = [p for p in source.places_of(zone.start, zone.end) if p.page == page]
            if parts:
                start, end = max(parts[0].start, zone.start), min(parts[-1].end, zone.end)
                label = "".join(f"{turn.speaker}:" for turn in source.turns if turn.start == start)
                flow += ((digest(word), zone.kind) for word in words(label))
                flow += ((digest(word), zone.kind) for word in words(source.text[start:end]))
    return Reading(tuple(flow), tuple(aside))


def figures(gold: GoldPage, reading: Reading) -> Figures:
    expected = [(word, block.zone) for block in gold.blocks for word in block.digests]
    have, want = Counter(w for w, _ in reading.all), Counter(w for w, _ in expected)
    both = (have & want).total()
    main = [word for word, zone in expected if zone not in LOOSE]
    loose = Counter(word for word, zone in expected if zone in LOOSE)
    flow = [(word, zone) for word, zone in reading.flow if zone not in LOOSE]
    return Figures(
        both / max(have.total(), 1),
        both / max(want.total(), 1),
        order_of(main, [word for word, _ in flow], loose),
        *zones_of(expected, reading.all),
    )


def order_of(expected: list[str], read: list[str], loose: Counter[str]) -> float:
    """1 less the edit distance of the words over the longer of the two; what belongs to a zone
    whose place is not judged and was read in the flow is left out of it.
    """
    spare = Counter(read) - Counter(expected)
    kept = []
    for word in read:
        if spare[word] and loose[word]:
            spare[word] -= 1
            loose[word] -= 1
        else:
            kept.append(word)
    return 1 - distance(expected, kept) / max(len(expected), len(kept), 1)


def distance(one: list[str], other: list[str]) -> int:
    """Levenshtein's distance over words."""
    row = list(range(len(other) + 1))
    for i, first in enumerate(one, start=1):
        last, row[0] = row[0], i
        for j, second in enumerate(other, start=1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (first != second))
    return row[-1]


def zones_of(
    expected: list[tuple[str, str]], read: tuple[tuple[str, str], ...]
) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Right, read and expected words by zone, over the words that are found again.

    Words are matched in order; what moved is matched by its word alone.
    """
    one, other = [w for w, _ in expected], [w for w, _ in read]
    pairs: list[tuple[str, str]] = []
    free: dict[str, list[str]] = defaultdict(list)
    left: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pairs += ((expected[a + n][1], read[c + n][1]) for n in range(b - a))
        else:
            left += expected[a:b]
            for word, zone in read[c:d]:
                free[word].append(zone)
    for word, zone in left:
        if free[word]:
            pairs.append((zone, free[word].pop(0)))
    pairs = [(gold, mine) for gold, mine in pairs if gold != "figure"]
    return (
        Counter(gold for gold, mine in pairs if gold == mine),
        Counter(mine for _, mine in pairs),
        Counter(gold for gold, _ in pairs),
    )


def all_figures(pages: Iterable[Path]) -> dict[str, Figures]:
    found = {}
    for path in pages:
        gold = read_page(path)
        source = source_of(path_of(gold))
        found[path.stem] = figures(gold, reading_of(source, gold.page))
    return found


def gold_words(found: dict[str, Figures]) -> Counter[str]:
    return sum((one.gold_zones for one in found.values()), Counter())


def mean_f1(found: dict[str, Figures]) -> float:
    return sum(one.f1 for one in found.values()) / len(found)


def mean_order(found: dict[str, Figures]) -> float:
    return sum(one.order for one in found.values()) / len(found)


def weighted_zones(found: dict[str, Figures]) -> float:
    zones, gold = zone_f1(found), gold_words(found)
    return sum(zones[zone] * gold[zone] for zone in zones) / gold.total()


def zone_f1(found: dict[str, Figures]) -> dict[str, float]:
    right = sum((one.right_zones for one in found.values()), Counter())
    read = sum((one.read_zones for one in found.values()), Counter())
    gold = gold_words(found)
    return {zone: 2 * right[zone] / (read[zone] + gold[zone]) for zone in sorted(gold)}


def report(found: dict[str, Figures]) -> str:
    """A table of all pages, for a person: ``python -m pytest -s`` prints it."""
    lines = [f"{'page':52} precision recall  F1    order"]
    for name, one in found.items():
        lines.append(
            f"{name:52} {one.precision:.3f}     {one.recall:.3f}   {one.f1:.3f} {one.order:.3f}"
        )
    gold = gold_words(found)
    lines.append(f"mean F1 {mean_f1(found):.4f}")
    lines.append(f"mean order {mean_order(found):.4f}")
    lines.append(f"zones, weighted by words {weighted_zones(found):.4f}")
    lines += [f"  {zone:14} {gold[zone]:5} {f1:.3f}" for zone, f1 in zone_f1(found).items()]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def found() -> dict[str, Figures]:
    return all_figures(GOLD)


def test_words_of_the_gold_pages_are_found_again(found: dict[str, Figures]):
    assert mean_f1(found) >= 0.99, report(found)


def test_words_of_the_gold_pages_stand_in_their_order(found: dict[str, Figures]):
    assert mean_order(found) >= LEAST_ORDER, report(found)


def test_zones_of_the_gold_pages_are_told(found: dict[str, Figures]):
    assert weighted_zones(found) >= 0.90, report(found)


if __name__ == "__main__":
    print(report(all_figures(GOLD)))
