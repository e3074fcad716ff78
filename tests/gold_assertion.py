"""How well assertions are read on real sentences that were judged: the table.

    BACKING_TEST_DATA=... PYTHONPATH=tests:. python tests/gold_assertion.py

Precision and recall of each value that is not the plain case, by the clause method and by the
parse method, with percentile intervals from drawing documents anew 2,000 times. Chance drew
``assertion.tsv``; ``cues.tsv`` was drawn by words and looked at while the layer was made;
``assertion_anew.tsv`` was judged when it was done.
"""

import csv
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from gold_sentences import documents, read, sentence_sha256
from real_data import real_data_folder

from pipeline.codebooks import load_codebook
from pipeline.language_model import find_model
from pipeline.model.codebook import DIMENSIONS, Dimension
from pipeline.model.coding import Assertion
from pipeline.tag.assertion import assertion
from pipeline.tag.cues import Method, find_cues
from pipeline.tag.parse import load_language, parse, tokenize
from pipeline.tag.rules import Tagger, compile_tagger

GOLD = Path(__file__).parent / "gold" / "sentences"
BOOK = Path(__file__).parent.parent / "codebooks" / "deterrence.yaml"
FILES = ("assertion.tsv", "cues.tsv", "assertion_anew.tsv")
DRAWS, SEED = 2_000, 3


@dataclass(frozen=True)
class Judged:
    """A sentence with the words that were judged and what the judge said of them."""

    document: str
    text: str
    code_id: str
    matched: tuple[tuple[int, int], ...]
    values: dict[Dimension, str]
    speaker: str


@dataclass(frozen=True)
class Figure:
    """Precision and recall of one value, with intervals; None where there is nothing to divide."""

    dimension: Dimension
    value: str
    precision: float | None
    recall: float | None
    precision_interval: tuple[float, float]
    recall_interval: tuple[float, float]
    found_count: int
    judged_count: int


def judged(name: str, data: Path) -> list[Judged]:
    """Return the rows of one gold file, with the words of their sentences."""
    with (GOLD / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    texts = sentences_of({row["document"] for row in rows}, data)
    return [
        Judged(
            row["document"],
            texts[row["sentence_sha256"]],
            row["code"],
            tuple(_span(span) for span in row["matched"].split(";")),
            {dimension: row[dimension] for dimension in DIMENSIONS},
            row["speaker"],
        )
        for row in rows
        if row["sentence_sha256"] in texts
    ]


def _span(written: str) -> tuple[int, int]:
    start, _, end = written.partition("-")
    return int(start), int(end)


def sentences_of(names: set[str], data: Path) -> dict[str, str]:
    """Return the sentences of some documents by their hash."""
    return dict(_sentences_of(frozenset(names), data))


@cache
def _sentences_of(names: frozenset[str], data: Path) -> tuple[tuple[str, str], ...]:
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for document in documents(data, Path(folder)):
            if document.name in names:
                source, segments = read(document)
                texts = [source.quote(one.start, one.end) for one in segments]
                found += [(sentence_sha256(text), text) for text in texts]
    return tuple(found)


def tagger() -> Tagger:
    """Return the shipped codebook, with the language model if there is one."""
    model = find_model()
    return compile_tagger(load_codebook(BOOK), load_language(model.folder if model else None))


def asserted(rows: Sequence[Judged], tagger: Tagger, method: Method) -> Iterator[Assertion]:
    """Yield how the machine says that each row is asserted."""
    for row in rows:
        doc = tokenize(tagger.nlp, row.text)
        if method == "parse":
            [doc] = parse(tagger.nlp, [doc])
        spans = [doc.char_span(a, b, alignment_mode="expand") for a, b in row.matched]
        yield assertion(
            find_cues(tagger.cues, doc, tagger.lexicon.passed(row.text), method),
            [(span.start, span.end) for span in spans if span is not None],
            doc,
            0,
            carries_negation=tagger.codebook.by_id[row.code_id].carries_negation,
        )


def figures(rows: Sequence[Judged], found: Sequence[Assertion]) -> Iterator[Figure]:
    """Yield precision and recall for each value that is not the plain case."""
    names = sorted({row.document for row in rows})
    number = np.array([names.index(row.document) for row in rows])
    chance = np.random.default_rng(SEED)
    draws = chance.integers(0, len(names), (DRAWS, len(names)))
    weights = np.stack([np.bincount(draw, minlength=len(names)) for draw in draws])[:, number]
    for dimension, values in DIMENSIONS.items():
        for value in values[1:]:
            is_found = np.array([one.value(dimension) == value for one in found])
            is_judged = np.array([row.values[dimension] == value for row in rows])
            yield _figure(dimension, value, is_found, is_judged, weights)


def _figure(
    dimension: Dimension, value: str, found: np.ndarray, true: np.ndarray, weights: np.ndarray
) -> Figure:
    both = found & true
    return Figure(
        dimension,
        value,
        _share(both.sum(), found.sum()),
        _share(both.sum(), true.sum()),
        _interval(weights @ both, weights @ found),
        _interval(weights @ both, weights @ true),
        int(found.sum()),
        int(true.sum()),
    )


def _share(part: int, whole: int) -> float | None:
    return float(part / whole) if whole else None


def _interval(parts: np.ndarray, wholes: np.ndarray) -> tuple[float, float]:
    shares = parts[wholes > 0] / wholes[wholes > 0]
    if not shares.size:
        return (0.0, 1.0)
    low, high = np.quantile(shares, [0.025, 0.975])
    return float(low), float(high)


def line(figure: Figure) -> str:
    """Return a row of the table."""
    cells = [f"{figure.dimension:9} {figure.value:12}"]
    for name, share, (low, high) in (
        ("precision", figure.precision, figure.precision_interval),
        ("recall", figure.recall, figure.recall_interval),
    ):
        said = "none" if share is None else f"{share:.2f} [{low:.2f}, {high:.2f}]"
        cells.append(f"{name} {said}")
    return "  ".join(cells) + f"  found {figure.found_count}, judged {figure.judged_count}"


def main() -> None:
    """Print the tables."""
    data = real_data_folder()
    made = tagger()
    for name in FILES:
        rows = judged(name, data)
        methods: tuple[Method, ...] = ("clause", "parse")
        for method in methods:
            found = list(asserted(rows, made, method))
            right = sum(
                all(one.value(d) == row.values[d] for d in DIMENSIONS)
                for row, one in zip(rows, found, strict=True)
            )
            print(f"\n{name}, {method} method: {len(rows)} sentences, {right} right in all five")
            for figure in figures(rows, found):
                print(line(figure))


if __name__ == "__main__":
    main()
