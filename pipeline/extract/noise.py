"""Whether a block looks wrongly recognised: told to a person, never corrected. Pure."""

import re

_ODD = re.compile("[\ufffd\ue000-\uf8ff\u0080-\u009f]")
_OTHER_SCRIPT = re.compile("[\u0370-\u06ff]")
_MIXED = re.compile(
    r"[A-Za-z]+[\u0370-\u03ff\u0400-\u04ff\u0590-\u06ff]+|"
    r"[\u0370-\u03ff\u0400-\u04ff\u0590-\u06ff]+[A-Za-z]+|"
    r"[\u0370-\u03ff\u0400-\u04ff]+[\u0590-\u06ff]+|[\u0590-\u06ff]+[\u0370-\u03ff\u0400-\u04ff]+"
)
_BROKEN = re.compile(
    r"(?<![\w'\u2019-])(?:[b-hj-zB-HJ-Z]|[bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ]{5,}"
    r"|[a-z]+\d[a-z]+|[a-z]+[|{}~^\\][a-z]*|[a-z]+[A-Z][a-z]*[A-Z]\w*)(?![\w'\u2019.-])"
)
_SCRIPTS = ("[\u0370-\u03ff]{2}", "[\u0400-\u04ff]{2}", "[\u0590-\u06ff]{2}")
_PLAIN = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,;:'()-/%$?"
_LEAST_WORDS = 6
_SHARE = 0.25


def noise_of(text: str) -> str:
    """Return why a block's characters look wrong, empty where they do not.

    >>> noise_of("The brigade arrived in Tallinn before the first snow fell.")
    ''
    >>> noise_of("T h e b r i g a d e c a m e t o u s l a t e")
    'letters stand apart'
    """
    words = text.count(" ") + 1
    if not text.isascii():
        odd = len(_ODD.findall(text)) if _ODD.search(text) else 0
        if odd > 2 and odd * 20 > len(text):
            return "characters without a meaning"
        if _OTHER_SCRIPT.search(text) and (_is_mixed(text, words) or sum(_scripts(text)) > 1):
            return "letters of two scripts side by side"
    if words < _LEAST_WORDS:
        return ""
    letters = text.encode("ascii", "replace")
    if len(letters.translate(None, _PLAIN)) * 50 < len(text) and 3.2 < len(text) / words < 10:
        return ""
    broken = _BROKEN.findall(text)
    if len(broken) <= _SHARE * words:
        return ""
    single = sum(len(word) == 1 for word in broken)
    return "letters stand apart" if single * 2 > len(broken) else "many words no language has"


def _is_mixed(text: str, words: int) -> bool:
    mixed = len(_MIXED.findall(text))
    return mixed > 0 and mixed * 10 >= words


def _scripts(text: str) -> list[bool]:
    """Whether words of Greek, of Cyrillic, of Hebrew or Arabic letters stand in it."""
    return [bool(re.search(pattern, text)) for pattern in _SCRIPTS]
