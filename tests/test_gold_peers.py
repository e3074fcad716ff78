"""On pages without columns or tables, never worse than pdfplumber or pdfminer.six with layout.

The peers' words are scored as ours are, against the same typed pages. They hold no zones, so what
stands beside the text (``LOOSE``) is left out of their order as it is of ours.
"""

from collections import Counter
from pathlib import Path

import pdfplumber
import pytest
from gold.encode import PAGES, GoldPage, digest, read_page, words
from pdfminer.high_level import extract_text
from pdfminer.layout import LAParams
from test_gold_pages import GOLD, LOOSE, figures, order_of, path_of, reading_of, source_of

PLAIN = [path.stem for path in GOLD if read_page(path).is_plain]


def plumber_text(path: Path, page: int) -> str:
    with pdfplumber.open(path) as opened:
        return opened.pages[page - 1].extract_text(layout=True)


def miner_text(path: Path, page: int) -> str:
    return extract_text(path, page_numbers=[page - 1], laparams=LAParams())


PEERS = {"pdfplumber": plumber_text, "pdfminer.six": miner_text}


def peer_score(gold: GoldPage, text: str) -> tuple[float, float]:
    """Word F1 and order of what a peer read."""
    expected = [(word, block.zone) for block in gold.blocks for word in block.digests]
    read = [digest(word) for word in words(text)]
    both = (Counter(read) & Counter(word for word, _ in expected)).total()
    loose = Counter(word for word, zone in expected if zone in LOOSE)
    main = [word for word, zone in expected if zone not in LOOSE]
    return 2 * both / max(len(read) + len(expected), 1), order_of(main, read, loose)


@pytest.mark.parametrize("peer", PEERS)
@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_page_is_read_no_worse_than_by(name: str, peer: str):
    gold = read_page(PAGES / f"{name}.txt")
    path = path_of(gold)
    ours = figures(gold, reading_of(source_of(path), gold.page))
    f1, order = peer_score(gold, PEERS[peer](path, gold.page))
    print(f"\n{name}: F1 {ours.f1:.4f} beside {f1:.4f}, order {ours.order:.4f} beside {order:.4f}")
    assert ours.f1 >= f1
    assert ours.order >= order
