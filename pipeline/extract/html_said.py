"""What the blocks of a page are by themselves: said, or a link, or a short line. Pure.

A sentence, or twelve words or more, most of them in no link, is said: that is never taken for a
menu. So is what a table holds, a quotation, a caption, a note. Short lines are neither: what
they are shows in what stands around them.
"""

import re

from pipeline.extract.html_walk import Piece

MOST_LINKED = 0.66
_MOST_LINKED_ROW = 0.9
_NEARLY_ALL = 0.85
_FEW_LETTERS = 20
_MUCH = 25
_LONG = 12
_LEAD_IN = 7
_SENTENCE = 4
_LINKED_SENTENCE = 6
_LABEL = 4
_QUOTED = ("block-quotation", "caption", "footnote")
_END = re.compile(
    r"[.?!\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964][\"'\u2019\u201d\u00bb\u300d)\]]*"
)
_STATED = re.compile(r"[.\u2026\u3002\u06d4\u0964][\"'\u2019\u201d\u00bb\u300d)\]]*")
_RIGHTS = re.compile(r"\u00a9|\(c\) ?\d{4}", re.IGNORECASE)
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_LAST = 8


def words_in(text: str) -> int:
    """Return how many words a text has; two signs of writing without blanks count as one."""
    return len(text.split()) + len(_UNSPACED.findall(text)) // 2


def text_of(piece: Piece) -> str:
    """Return a block's words."""
    return piece.block.lines[0].text.strip()


def is_link(piece: Piece) -> bool:
    """Whether nearly all of a block is links, and it is not so long that a link was left open."""
    if words_in(text_of(piece)) >= _MUCH and _ends(_END, text_of(piece)):
        return False
    most = _MOST_LINKED_ROW if piece.block.kind == "table" else MOST_LINKED
    return piece.linked > 0 and piece.linked >= most * piece.letters


def is_said(piece: Piece) -> bool:
    """Whether a block is prose, or another thing that is no menu by itself."""
    if piece.block.kind in _QUOTED or _is_quoted(piece):
        return True
    if piece.block.kind == "table" and _is_of_rows(piece):
        return True
    if is_link(piece) or not piece.letters:
        return False
    text = text_of(piece)
    count = words_in(text)
    if names_rights(piece):
        return False
    return (
        count >= _LONG
        or (count >= _SENTENCE and _ends(_END, text))
        or (count >= _LEAD_IN and text.endswith(":"))
    )


def ends_as_said(piece: Piece) -> bool:
    """Whether a block ends as a sentence does, however short: an answer."""
    return _ends(_END, text_of(piece)) and not names_rights(piece)


def names_rights(piece: Piece) -> bool:
    """Whether a block is a line that says whose the page is."""
    text = text_of(piece)
    return bool(_RIGHTS.search(text)) and words_in(text) <= 2 * _LONG


def is_line_of_links(piece: Piece) -> bool:
    """Whether a line is little else than links: one of most of it, or several with few words."""
    if piece.links < 2 or piece.linked >= _NEARLY_ALL * piece.letters:
        return is_link(piece)
    is_half = 2 * piece.linked >= piece.letters and not is_said(piece)
    return is_half and piece.letters - piece.linked <= _FEW_LETTERS


def is_stated(piece: Piece) -> bool:
    """Whether a link is a statement with its full stop: a title in a list of sources."""
    text = text_of(piece)
    return words_in(text) >= _LINKED_SENTENCE and _ends(_STATED, text)


def is_linked_sentence(piece: Piece) -> bool:
    """Whether a link alone in its line is a sentence, or a paragraph with many links."""
    text = text_of(piece)
    is_long = words_in(text) >= _LINKED_SENTENCE
    return is_long and _ends(_END, text) and (piece.links < 2 or piece.linked < piece.letters)


def is_label(piece: Piece) -> bool:
    """Whether a link is as short as the name of who speaks next, or a name and an office."""
    count = words_in(text_of(piece))
    return count <= (_LABEL if piece.links < 2 else 2 * _LABEL * ("," in text_of(piece)))


def _is_quoted(piece: Piece) -> bool:
    return piece.node.tag in ("blockquote", "pre") or any(
        True for _ in piece.node.iterancestors("blockquote", "pre")
    )


def _is_of_rows(piece: Piece) -> bool:
    """Whether a row is more than a line of links: not all of it is, or it is one of several."""
    cells = [cell for cell in text_of(piece).split(" | ") if cell.strip(" |")]
    beside = {getattr(one, "tag", "") for one in (piece.node.getprevious(), piece.node.getnext())}
    return not is_link(piece) or (len(cells) > 1 and "tr" in beside)


def _ends(end: re.Pattern[str], text: str) -> bool:
    return any(found.end() == len(text[-_LAST:]) for found in end.finditer(text[-_LAST:]))
