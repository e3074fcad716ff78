"""Draws the pages of the gold set; prints file, page (from 1) and SHA-256 of the file.

python tests/gold/sample.py        (needs BACKING_TEST_DATA)

How it was done: the candidates are the PDF files of `pdf`, `maxqda/results` and
`maxqda/results/transcripts` that open without a password, and in them the pages on which PDFium
gives at least MINIMUM characters. The seed shuffles the files, then draws one page of each. Files
are taken in that order, at most as many of a family of near-copies as FAMILIES says, until WANTED
are taken. Of these at least PLAIN_WANTED pages must stand without columns and without tables: once
the other places are full, drawing goes on, past all pages that are not in PLAIN. PLAIN was filled
by looking at each drawn page, before anything was typed and before any result was seen.

Left out beforehand: pages that are nothing but one huge table, of more than 600 cells or more
than 5,000 words (HUGE). They would outweigh all others, and test little but patience.
"""

import hashlib
import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

SEED = 1
MINIMUM = 400
WANTED = 16
PLAIN_WANTED = 6
FOLDERS = ("pdf", "maxqda/results", "maxqda/results/transcripts")
HUGE = {"nics-background-checks-2015-11-rotated", "coded-segments"}
# Near-copies by family: P1 to P7 are printed alike, the two outlines have the same text.
FAMILIES = {
    **{f"P{number}": ("transcript", 2) for number in range(1, 8)},
    "habibi": ("habibi", 1),
    "habibi-rotated": ("habibi", 1),
    "mistitled_outlines_example": ("outline", 1),
    "pdflatex-outline": ("outline", 1),
}
PLAIN = {"P2", "P7", "crazyones-pdfa", "issue-848", "pdflatex-outline", "scotus-transcript-p1"}


def text_pages(path: Path) -> list[int]:
    """Return the pages, counted from 1, with at least MINIMUM characters; none if it is closed."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return []
    lengths = (document[at].get_textpage().count_chars() for at in range(len(document)))
    return [number for number, length in enumerate(lengths, 1) if length >= MINIMUM]


def drawn(folder: Path) -> Iterator[tuple[Path, int]]:
    """Yield every candidate file with one page of it, in the order of the draw."""
    files = sorted(path for name in FOLDERS for path in (folder / name).glob("*.pdf"))
    pages = {path: text_pages(path) for path in files if path.stem not in HUGE}
    generator = random.Random(SEED)
    order = [path for path in files if pages.get(path)]
    generator.shuffle(order)
    for path in order:
        yield path, generator.choice(pages[path])


def sample(folder: Path) -> list[tuple[Path, int]]:
    """Return the taken pages in the order of the draw."""
    taken: list[tuple[Path, int]] = []
    families: Counter[str] = Counter()
    others = WANTED - PLAIN_WANTED
    for path, page in drawn(folder):
        family, most = FAMILIES.get(path.stem, (path.stem, 1))
        is_full = path.stem not in PLAIN and others == 0
        if families[family] == most or is_full or len(taken) == WANTED:
            continue
        families[family] += 1
        others -= path.stem not in PLAIN
        taken.append((path, page))
    return taken


def main() -> None:
    """Print the sample as tab-separated values."""
    for path, page in sample(Path(os.environ["BACKING_TEST_DATA"])):
        print(path.name, page, hashlib.sha256(path.read_bytes()).hexdigest(), sep="\t")


if __name__ == "__main__":
    main()
