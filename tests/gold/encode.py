"""Turns typed pages into digests, so that the gold set can be shared without others' sentences.

python tests/gold/encode.py FOLDER OUT      reads FOLDER/FILE.pN.txt, writes OUT/FILE.pN.txt,
where OUT is tests/gold/pages (the first sample), tests/gold/second or tests/gold/twice
"""

import hashlib
import re
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path

PAGES = Path(__file__).resolve().parent / "pages"
SECOND = PAGES.with_name("second")
TWICE = PAGES.with_name("twice")
LENGTH = 8
BAR = "|"
PLAIN_MARKS = str.maketrans("’‘“”–—‐‑", "''\"\"----")
# Han characters, and the punctuation set with them, stand without spaces: each is a word.
UNSPACED = re.compile(r"([\u2e80-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef])")


@dataclass(frozen=True, slots=True)
class GoldBlock:
    """A paragraph, heading, item, row or note: its zone and the digests of its words in order."""

    zone: str
    digests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A judged page: the file's name, the page from 1, the file's SHA-256, and its blocks."""

    file: str
    page: int
    sha256: str
    judge: str
    is_plain: bool
    blocks: tuple[GoldBlock, ...]


def words(text: str) -> list[str]:
    """Return the words of a text: white space parts them, and each Han character is one.

    >>> words("sites | 2.1333  一级 公路 Q（peu/d）")
    ['sites', '2.1333', '一', '级', '公', '路', 'Q', '（', 'peu/d', '）']
    """
    return [word for word in UNSPACED.sub(r" \1 ", text).split() if word != BAR]


def digest(word: str) -> str:
    """Return the first 8 hex digits of the SHA-256 of a word, quotes and dashes made plain.

    >>> digest("don’t") == digest("don't"), digest("“so”") == digest("‘‘so’’")
    (True, True)
    >>> digest("well–being"), digest("Well-being")
    ('2bbcc060', 'aafbd650')
    """
    plain = unicodedata.normalize("NFC", word).translate(PLAIN_MARKS).replace("''", '"')
    return hashlib.sha256(plain.encode()).hexdigest()[:LENGTH]


def encoded(line: str) -> str:
    """Return a line of a typed page with digests for its words; head lines (`# `) as they are."""
    if line.startswith("# "):
        return line
    zone, _, text = line.partition("\t")
    return f"{zone}\t{' '.join(map(digest, words(text)))}"


def read_page(path: Path) -> GoldPage:
    """Return a page of the gold set as it is stored."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    parts = (line.split("\t") for line in lines if not line.startswith("# "))
    blocks = tuple(GoldBlock(zone, tuple(digests.split())) for zone, digests in parts)
    is_plain = head["plain"] == "yes"
    return GoldPage(
        head["file"], int(head["page"]), head["sha256"], head["judge"], is_plain, blocks
    )


def main() -> None:
    """Encode every typed page of the first folder named into the second."""
    typed, out = map(Path, sys.argv[1:])
    out.mkdir(exist_ok=True)
    for path in sorted(typed.glob("*.p*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        text = "\n".join(map(encoded, lines)) + "\n"
        (out / path.name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
