"""How many of the pages' own words are read, and how much else, on ``tests/html_pages``.

PYTHONPATH=.:tests python tests/bench/bench_html.py [seen] [held]
"""

import sys
import tempfile
from pathlib import Path

from html_words import Share, own_words, pages, plain, read_words, share, total

from pipeline.extract import extract


def measured(path: Path) -> Share:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        copy.write_text(plain(path), encoding="utf-8")
        return share(read_words(extract(copy, "x")), own_words(path))


def main() -> None:
    for half in sys.argv[1:] or ("seen", "held"):
        shares = {path.stem: measured(path) for path in pages(half)}
        for name, one in [*shares.items(), (f"{half}, all words", total(shares.values()))]:
            print(f"{name:22} precision {one.precision:.3f}  recall {one.recall:.3f}")


if __name__ == "__main__":
    main()
