"""Prints a page of the gold set with the words that can be found again in the PDF, `?` for others.

python tests/gold/show.py P2 4          (needs BACKING_TEST_DATA; also for the second sample)
"""

import hashlib
import os
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pypdfium2
from encode import PAGES, SECOND, GoldPage, digest, read_page, words

# What PDFium writes for a hyphen at a line's end.
LINE_HYPHENS = re.compile("[\ufffe\uffff\u0002\u00ad]")
NOTE_BEFORE = re.compile(r"^\d+(?=[^\W\d])")
NOTE_AFTER = re.compile(r"(?<=\D)\d+$")


def candidates(text: str) -> Iterator[str]:
    """Yield the words of a page's text and what its line ends and raised numbers may hide."""
    for word in words(text):
        yield word
        yield LINE_HYPHENS.sub("", word)
        yield LINE_HYPHENS.sub("-", word)
        yield NOTE_AFTER.sub("", word)
        yield NOTE_BEFORE.sub("", word)
        yield from NOTE_BEFORE.findall(word)
    lines = [line.split() for line in text.splitlines() if line.split()]
    for before, after in pairwise(lines):
        yield before[-1] + after[0]
        yield before[-1].rstrip("-") + after[0]


def shown(page: GoldPage, text: str) -> Iterator[str]:
    """Yield each block as its zone and its words, as far as they stand in the text."""
    known = {digest(word): word for word in candidates(text)}
    for block in page.blocks:
        yield f"{block.zone}\t{' '.join(known.get(each, '?') for each in block.digests)}"


def main() -> None:
    """Print the page named by the file's name without its ending, and the page's number."""
    stem, number = sys.argv[1:]
    name = f"{stem}.p{number}.txt"
    page = read_page(next(folder / name for folder in (PAGES, SECOND) if (folder / name).exists()))
    path = next(Path(os.environ["BACKING_TEST_DATA"]).rglob(page.file))
    if hashlib.sha256(path.read_bytes()).hexdigest() != page.sha256:
        print(f"{path} is another file than the one judged: its SHA-256 differs", file=sys.stderr)
    text = pypdfium2.PdfDocument(path)[page.page - 1].get_textpage().get_text_range()
    print("\n".join(shown(page, text)))


if __name__ == "__main__":
    main()
