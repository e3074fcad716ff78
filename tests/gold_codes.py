"""How well the codebook's rules find on real paragraphs what two blind readers found.

    BACKING_TEST_DATA=... PYTHONPATH=tests:. python tests/gold_codes.py [CODEBOOK.yaml]

The unit is a sentence and a code (themes, context, method). Against each reader, and against
what both found; intervals are percentile intervals from drawing documents anew 2,000 times.
"""

import csv
import sys
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
from gold_assertion import BOOK, DRAWS, GOLD, SEED
from gold_sentences import documents, read, sentence_sha256
from real_data import real_data_folder

from pipeline.codebooks import load_codebook
from pipeline.language_model import find_model
from pipeline.model.codebook import Codebook
from pipeline.tag.parse import load_language
from pipeline.tag.propose import propose
from pipeline.tag.rules import compile_tagger

Pairs = set[tuple[str, str, str]]


def by_reader(lot: str, name: str) -> tuple[Pairs, list[tuple[str, str]]]:
    """Return a reader's (document, sentence, code), and all sentences that were read."""
    with (GOLD / f"codes_{lot}_reader_{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    found = {
        (row["document"], row["sentence_sha256"], code)
        for row in rows
        for code in row["codes"].split()
    }
    return found, [(row["document"], row["sentence_sha256"]) for row in rows]


def by_machine(book: Codebook, wanted: set[tuple[str, str]], folder: Path) -> tuple[Pairs, int]:
    """Return what the rules propose on those sentences, and how many of them were found again."""
    model = find_model()
    tagger = compile_tagger(book, load_language(model.folder if model else None))
    kinds = {code.code_id for code in book.codable if code.kind not in {"case", "actor"}}
    found: Pairs = set()
    seen: set[tuple[str, str]] = set()
    for document in documents(real_data_folder(), folder):
        if document.name not in {name for name, _ in wanted}:
            continue
        source, segments = read(document)
        for one in segments:
            seen.add((document.name, sentence_sha256(source.quote(one.start, one.end))))
        for coding in propose(tagger, source, segments):
            key = document.name, sentence_sha256(source.quote(coding.start, coding.end))
            if key in wanted and coding.code_id in kinds:
                found.add((*key, coding.code_id))
    return found, len(seen & wanted)


def figures(found: Pairs, wanted: Pairs) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    both = len(found & wanted)
    precision, recall = both / max(len(found), 1), both / max(len(wanted), 1)
    return precision, recall, 2 * both / max(len(found) + len(wanted), 1)


def interval(found: Pairs, wanted: Pairs, names: list[str]) -> str:
    """Return the 95 % interval of F1 over documents."""
    chance = np.random.default_rng(SEED)
    counts = [
        Counter(document for document, *_ in pairs) for pairs in (found & wanted, found, wanted)
    ]
    table = np.array([[count[name] for name in names] for count in counts])
    draws = table[:, chance.integers(0, len(names), (DRAWS, len(names)))].sum(axis=2)
    low, high = np.quantile(2 * draws[0] / np.maximum(draws[1] + draws[2], 1), [0.025, 0.975])
    return f"[{low:.2f}, {high:.2f}]"


def table(lot: str, book: Codebook) -> None:
    """Print the table of one lot of sentences."""
    (a, read_a), (b, _) = by_reader(lot, "a"), by_reader(lot, "b")
    wanted = set(read_a)
    with tempfile.TemporaryDirectory() as folder:
        machine, seen = by_machine(book, wanted, Path(folder))
    names = sorted({name for name, _ in wanted})
    print(f"\n{lot} lot, {book.name}: {seen} of {len(wanted)} sentences, {len(names)} documents")
    print(f"proposals {len(machine)}, reader a {len(a)}, reader b {len(b)}, both {len(a & b)}")
    for label, one, other in (
        ("readers between them", a, b),
        ("machine against reader a", machine, a),
        ("machine against reader b", machine, b),
        ("machine against both", machine, a & b),
    ):
        precision, recall, f1 = figures(one, other)
        spread = interval(one, other, names)
        print(f"{label:26} precision {precision:.2f}  recall {recall:.2f}  F1 {f1:.2f} {spread}")
    right = len(machine & (a | b)) / max(len(machine), 1)
    print(f"proposals that at least one reader has too: {right:.2f}")


def main(path: Path) -> None:
    """Print the tables."""
    book = load_codebook(path)
    for lot in ("first", "second"):
        if (GOLD / f"codes_{lot}_reader_b.tsv").is_file():
            table(lot, book)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else BOOK)
