"""In which single-byte encoding an old text was written, where it does not say. Pure.

Each candidate is tried. Its letters beyond ASCII must be those of one language's alphabet, and
no capital stands within a word: in the wrong encoding they are of several, or capitals are
mixed in. Where two do as well the first holds, so that a text with a single accent is read as
Windows-1252, as before: a line of Latvian can be too short to tell from French.
"""

import codecs
import re

CANDIDATES = (
    *("cp1252", "cp1250", "cp1257", "iso8859-2", "iso8859-16", "cp1254"),
    *("cp1251", "koi8-u", "iso8859-5", "cp1253"),
)
_LOWER = (
    "äöüß",
    "àâæçéèêëîïôœùûüÿ",
    "áéíñóúü",
    "àèéìíîòóùú",
    "áâãàçéêíóôõú",
    "åäöéü",
    "æøåéóò",
    "äöõüšž",
    "āčēģīķļņšūž",
    "ąčęėįšųūž",
    "ąćęłńóśźż",
    "áčďéěíňóřšťúůýžäĺľŕô",
    "áéíóöőúüű",
    "čćđšž",
    "ăâîșțşţ",
    "çğıöşüâî",
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяѝ",
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
)
_ALPHABETS = tuple(frozenset(lower + lower.upper() + "İ") for lower in _LOWER)
# Those that pages of the past say they are in; Latin-1 is read as browsers read it.
_KNOWN = {
    *CANDIDATES,
    *("iso8859-3", "iso8859-4", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-9", "iso8859-10"),
    *("iso8859-13", "iso8859-14", "iso8859-15", "cp1255", "cp1256", "cp1258", "koi8-r", "cp866"),
    *("shift_jis", "cp932", "euc_jp", "gb2312", "gbk", "gb18030", "big5", "euc_kr", "cp949"),
}
_LATIN_1 = ("iso8859-1", "ascii")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000


def encoding_of(data: bytes) -> str:
    """Return the encoding whose letters make most sense, one of ``CANDIDATES``.

    >>> encoding_of("Mācības rāda, ka trūkst ķieģeļu un šķūņu.".encode("cp1257"))
    'cp1257'
    >>> encoding_of("Учения показывают, чего не хватает.".encode("koi8-u"))
    'koi8-u'
    """
    return max(CANDIDATES, key=lambda encoding: _sense(data[:_SAMPLE], encoding))


def known_encoding(declared: str) -> str:
    """Return Python's name for an encoding that a file says it is in, empty for one unknown.

    >>> known_encoding("windows-1251"), known_encoding("ISO-8859-1"), known_encoding("rot13")
    ('cp1251', 'cp1252', '')
    """
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return ""
    return "cp1252" if name in _LATIN_1 else name if name in _KNOWN else ""


def _sense(data: bytes, encoding: str) -> float:
    """What share of the letters beyond ASCII is of one alphabet, less what can not be."""
    text = data.decode(encoding, "replace")
    letters = [char for char in text if char > "\x7f" and char.isalpha()]
    wrong = sum(char == "\ufffd" or "\x7f" < char < "\xa0" for char in text)
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    mixed = sum(not (word.islower() or word.isupper() or word.istitle()) for word in words)
    total = len(letters) + wrong
    if not total:
        return 0.0
    own = max(sum(char in alphabet for char in letters) for alphabet in _ALPHABETS)
    return (own - wrong) / total - mixed / max(len(words), 1)
