"""What a page's own words are, and how many of them a reader gives back.

The words of ``tests/html_pages`` stand between ``<!--[-->`` and ``<!--]-->`` in the pages
themselves; no reader sees comments.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lxml import html

from pipeline.model.source import Source

PAGES = Path(__file__).parent / "html_pages"
_OWN = re.compile(r"<!--\[-->(.*?)<!--\]-->", re.DOTALL)
_MARKS = re.compile(r"<!--[\[\]]-->")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|\w+")
_UNSEEN = "script style iframe option button label input noscript template".split()


@dataclass(frozen=True)
class Share:
    """Words that were kept, words that should have been, and words that are both."""

    kept: int
    own: int
    both: int

    @property
    def precision(self) -> float:
        return self.both / self.kept if self.kept else 0.0

    @property
    def recall(self) -> float:
        return self.both / self.own if self.own else 1.0


def pages(half: str) -> list[Path]:
    return sorted((PAGES / half).glob("*.html"))


def words(text: str) -> list[str]:
    """Words in small letters; signs of writing without blanks one by one."""
    return _WORD.findall(text.lower())


def plain(path: Path) -> str:
    """The page without the marks of its own words."""
    return _MARKS.sub("", path.read_text(encoding="utf-8"))


def own_words(path: Path) -> list[str]:
    return visible_words(" ".join(_OWN.findall(path.read_text(encoding="utf-8"))))


def read_words(source: Source) -> list[str]:
    """Words that were read as content: in the text, as who speaks, or as what was heard."""
    heard = [zone.aside for zone in source.zones if zone.rule != "html.boilerplate"]
    return words(" ".join([source.text, *heard, *(turn.speaker for turn in source.turns)]))


def visible_words(markup: str) -> list[str]:
    root = html.fromstring(f"<div>{markup}</div>")
    for node in [one for one in root.iter(*_UNSEEN) if one is not root]:
        node.drop_tree()
    return words(" ".join(str(part) for part in root.itertext()))


def share(kept: Iterable[str], own: Iterable[str]) -> Share:
    one, other = Counter(kept), Counter(own)
    return Share(one.total(), other.total(), (one & other).total())


def total(shares: Iterable[Share]) -> Share:
    found = list(shares)
    return Share(
        sum(one.kept for one in found),
        sum(one.own for one in found),
        sum(one.both for one in found),
    )
