"""Signs that Word documents name by their number in a symbol font, as Unicode writes them. Pure."""

import re

_CODE = re.compile(r"[0-9A-Fa-f]{1,6}")
_UNKNOWN = "\u2022"
_PRIVATE = range(0xF000, 0xF100)

# The font Symbol from 0x22 on: Greek letters, then signs; a blank where it has plain ASCII.
_SYMBOL_GREEK = (
    "\u0391\u0392\u03a7\u0394\u0395\u03a6\u0393\u0397\u0399\u03d1\u039a\u039b\u039c"
    "\u039d\u039f\u03a0\u0398\u03a1\u03a3\u03a4\u03a5\u03c2\u03a9\u039e\u03a8\u0396"
)
_SYMBOL_SMALL = (
    "\u03b1\u03b2\u03c7\u03b4\u03b5\u03c6\u03b3\u03b7\u03b9\u03d5\u03ba\u03bb\u03bc"
    "\u03bd\u03bf\u03c0\u03b8\u03c1\u03c3\u03c4\u03c5\u03d6\u03c9\u03be\u03c8\u03b6"
)
_SYMBOL = {
    **{ord("A") + place: sign for place, sign in enumerate(_SYMBOL_GREEK)},
    **{ord("a") + place: sign for place, sign in enumerate(_SYMBOL_SMALL)},
    **{code: chr(code) for code in (*range(0x21, 0x40), 0x5B, 0x5D, 0x5F, 0x7B, 0x7C, 0x7D)},
    0x22: "\u2200",
    0x24: "\u2203",
    0x27: "\u220b",
    0x2A: "\u2217",
    0x2D: "\u2212",
    0x40: "\u2245",
    0x5C: "\u2234",
    0x5E: "\u22a5",
    0x7E: "\u223c",
    0xA1: "\u03d2",
    0xA2: "\u2032",
    0xA3: "\u2264",
    0xA4: "\u2044",
    0xA5: "\u221e",
    0xAB: "\u2194",
    0xAC: "\u2190",
    0xAD: "\u2191",
    0xAE: "\u2192",
    0xAF: "\u2193",
    0xB0: "\u00b0",
    0xB1: "\u00b1",
    0xB2: "\u2033",
    0xB3: "\u2265",
    0xB4: "\u00d7",
    0xB5: "\u221d",
    0xB6: "\u2202",
    0xB8: "\u00f7",
    0xB9: "\u2260",
    0xBA: "\u2261",
    0xBB: "\u2248",
    0xBC: "\u2026",
    0xC5: "\u2295",
    0xC6: "\u2205",
    0xC7: "\u2229",
    0xC8: "\u222a",
    0xC9: "\u2283",
    0xCC: "\u2282",
    0xCD: "\u2286",
    0xCE: "\u2208",
    0xCF: "\u2209",
    0xD1: "\u2207",
    0xD2: "\u00ae",
    0xD3: "\u00a9",
    0xD4: "\u2122",
    0xD5: "\u220f",
    0xD6: "\u221a",
    0xD7: "\u22c5",
    0xD8: "\u00ac",
    0xD9: "\u2227",
    0xDA: "\u2228",
    0xDB: "\u21d4",
    0xDC: "\u21d0",
    0xDD: "\u21d1",
    0xDE: "\u21d2",
    0xDF: "\u21d3",
    0xE5: "\u2211",
    0xF2: "\u222b",
}
_WINGDINGS = {
    0x4A: "\u263a",
    0x6C: "\u25cf",
    0x6E: "\u25a0",
    0x6F: "\u25a1",
    0xA7: "\u25aa",
    0xA8: "\u25fb",
    0xDF: "\u2190",
    0xE0: "\u2192",
    0xE1: "\u2191",
    0xE2: "\u2193",
    0xFB: "\u2717",
    0xFC: "\u2713",
    0xFD: "\u2612",
    0xFE: "\u2611",
}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def symbol(font: str, code: str) -> str:
    """Return a sign; a bullet for one that no letter of Unicode is known for.

    >>> symbol("Symbol", "F061"), symbol("Times New Roman", "2190"), symbol("Webdings", "F04B")
    ('\u03b1', '\u2190', '\u2022')
    """
    if not _CODE.fullmatch(code):
        return ""
    number = int(code, 16)
    place = number - _PRIVATE.start if number in _PRIVATE else number
    known = _FONTS.get(font.lower())
    if known is not None and place < 0x100:
        return known.get(place, _UNKNOWN)
    is_plain = number in range(0x20, 0xD800) or number in range(0xF900, 0xFFFE)
    return chr(number) if is_plain else _UNKNOWN
