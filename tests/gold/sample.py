"""Draws the pages of the gold set; prints file, page (from 1) and SHA-256 of the file.

python tests/gold/sample.py              the first sample (needs BACKING_TEST_DATA)
python tests/gold/sample.py second       the second, of files of which the first holds no page

How it was done: the candidates are the PDF files of `pdf`, `maxqda/results` and
`maxqda/results/transcripts` that open without a password, and in them the pages on which PDFium
gives at least MINIMUM characters. The seed shuffles the files, then draws one page of each. Files
are taken in that order, at most as many of a family of near-copies as `families` says, until
`wanted` are taken. Of these at least `plain_wanted` pages must stand without columns and without
tables: once the other places are full, drawing goes on, past all pages that are not in `plain`.
`plain` was filled by looking at each drawn page, before anything was typed and before any result
was seen. The second sample passes over every file of the first.

Left out beforehand: pages that are nothing but one huge table, of more than 600 cells or more
than 5,000 words (HUGE). They would outweigh all others, and test little but patience.
"""

import hashlib
import os
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

MINIMUM = 400
FOLDERS = ("pdf", "maxqda/results", "maxqda/results/transcripts")
HUGE = {"nics-background-checks-2015-11-rotated", "coded-segments"}


@dataclass(frozen=True, slots=True)
class Draw:
    """A sample: its seed, how many pages and plain ones, the most of a family, the plain files."""

    seed: int
    wanted: int
    plain_wanted: int
    families: Mapping[str, tuple[str, int]]
    plain: frozenset[str]


# P1 to P7 are printed alike, the two outlines have the same text.
FIRST = Draw(
    seed=1,
    wanted=16,
    plain_wanted=6,
    families={
        **{f"P{number}": ("transcript", 2) for number in range(1, 8)},
        "habibi": ("habibi", 1),
        "habibi-rotated": ("habibi", 1),
        "mistitled_outlines_example": ("outline", 1),
        "pdflatex-outline": ("outline", 1),
    },
    plain=frozenset(
        {"P2", "P7", "crazyones-pdfa", "issue-848", "pdflatex-outline", "scotus-transcript-p1"}
    ),
)
# The first sample holds the other outline.
SECOND = Draw(
    seed=2,
    wanted=10,
    plain_wanted=4,
    families={
        **{f"P{number}": ("transcript", 1) for number in range(1, 8)},
        "mistitled_outlines_example": ("outline", 0),
    },
    plain=frozenset({"P4", "2023-06-20-PV", "cupertino_usd_4-6-16", "issue-982-example"})
    | {"P1", "P3", "P5", "P6", "pdflatex-4-pages"},
)


def text_pages(path: Path) -> list[int]:
    """Return the pages, counted from 1, with at least MINIMUM characters; none if it is closed."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return []
    lengths = (document[at].get_textpage().count_chars() for at in range(len(document)))
    return [number for number, length in enumerate(lengths, 1) if length >= MINIMUM]


def drawn(folder: Path, seed: int, known: Set[Path]) -> Iterator[tuple[Path, int]]:
    """Yield every candidate file not known with one page of it, in the order of the draw."""
    files = sorted(path for name in FOLDERS for path in (folder / name).glob("*.pdf"))
    pages = {path: text_pages(path) for path in files if path.stem not in HUGE}
    generator = random.Random(seed)
    order = [path for path in files if pages.get(path)]
    generator.shuffle(order)
    for path in order:
        page = generator.choice(pages[path])
        if path not in known:
            yield path, page


def sample(folder: Path, draw: Draw, known: Set[Path] = frozenset()) -> list[tuple[Path, int]]:
    """Return the taken pages in the order of the draw."""
    taken: list[tuple[Path, int]] = []
    families: Counter[str] = Counter()
    others = draw.wanted - draw.plain_wanted
    for path, page in drawn(folder, draw.seed, known):
        family, most = draw.families.get(path.stem, (path.stem, 1))
        is_full = path.stem not in draw.plain and others == 0
        if families[family] == most or is_full or len(taken) == draw.wanted:
            continue
        families[family] += 1
        others -= path.stem not in draw.plain
        taken.append((path, page))
    return taken


def main() -> None:
    """Print the sample as tab-separated values."""
    folder = Path(os.environ["BACKING_TEST_DATA"])
    pages = sample(folder, FIRST)
    if sys.argv[1:] == ["second"]:
        pages = sample(folder, SECOND, {path for path, _ in pages})
    for path, page in pages:
        print(path.name, page, hashlib.sha256(path.read_bytes()).hexdigest(), sep="\t")


if __name__ == "__main__":
    main()
