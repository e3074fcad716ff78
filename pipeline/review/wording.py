"""When the words of two readings of one sentence are the same.

Three grades, each looser than the one before: character for character; white space, hyphens
within words and the shape of quotation marks apart; a mark before or after the sentence
apart (a list's, a footnote's, a portion's). Nothing looser counts as the same words.

>>> method_of("the inter-\\u00adoperable  force", "the interoperable force")
'same words, white space and hyphens apart'
>>> method_of("We wait.", "(a) We wait.\\u00b9"), method_of("1.5 million", "5 million")
('same words, marks apart', None)
"""

import re
import unicodedata

from pipeline.model.carrying import Method

_SHAPES = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011", "-"),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff", ""),
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
    }
)
_HYPHEN = re.compile(r"(?<=[^\W\d_])-\s*(?=[^\W\d_])")
_SPACE = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
_LEADING = re.compile(
    r"\s*(?:[\u2022\u25e6\u25aa\u2023\u00b7*\u2013\u2014-](?=\s)"
    r"|\(?(?:\d{1,3}|[a-z]|[ivxl]{2,5}|[IVXL]{2,5})[.)](?=\s)"
    r"|\((?:U|C|S|TS|CUI|FOUO|U//FOUO|(?:S|TS)//[A-Z ,/]{2,20})\)(?=\s)"
    r"|[\"'(\[])\s*"
)
_TRAILING = re.compile(
    r"\s*(?:\[\d{1,3}\]|[\u00b9\u00b2\u00b3\u2070-\u2079]+"
    r"|(?<=[^\d\s][.!?])\d{1,3}|(?<=[^\d\s][.!?][\"'])\d{1,3}|[\"')\]])\s*\Z"
)


def loose(text: str) -> str:
    """Return text without white space (but between figures), hyphens within words, shapes.

    >>> loose("\\u201cShort- and  long-term\\u201d in 20 10-15 steps")
    '"Shortandlongterm"in20 10-15steps'
    """
    text = unicodedata.normalize("NFC", text.translate(_SHAPES))
    return _SPACE.sub("", _HYPHEN.sub("", text)).replace("\n", " ")


def core(text: str) -> str:
    """Return the loose form without the marks around a sentence; never empty for any words.

    >>> core("\\u2022 (U) \\u201cWe wait.\\u201d12"), core("1.")
    ('Wewait.', '1.')
    """
    kept = text.translate(_SHAPES)
    while (found := _LEADING.match(kept)) or (found := _TRAILING.search(kept)):
        rest = kept[found.end() :] if found.start() == 0 else kept[: found.start()]
        if not rest.strip():
            break
        kept = rest
    return loose(kept)


def method_of(old: str, new: str) -> Method | None:
    """Return how two wordings are the same, None where they are not."""
    if old == new:
        return "same words"
    if loose(old) == loose(new):
        return "same words, white space and hyphens apart"
    return "same words, marks apart" if core(old) == core(new) else None


def locate(words: str, text: str) -> tuple[int, int] | None:
    """Return where words stand in a sentence, white space and hyphens apart.

    None where they do not, or do more than once.

    >>> locate("long- term", "a longterm plan"), locate("no", "no, no")
    ((2, 10), None)
    """
    places = [found.span() for found in re.finditer(f"(?={re.escape(words)})", text)]
    if len(places) == 1:
        return places[0][0], places[0][0] + len(words)
    between = "[\\s\u00ad\u200b\u2010\u2011-]*"
    pattern = between.join(_alike(letter) for letter in loose(words) if not letter.isspace())
    found = list(re.finditer(pattern, text)) if pattern and not places else []
    return found[0].span() if len(found) == 1 else None


def _alike(letter: str) -> str:
    if letter == "'":
        return "['\u2018\u2019\u201a\u201b\u2032]"
    return '["\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]' if letter == '"' else re.escape(letter)
