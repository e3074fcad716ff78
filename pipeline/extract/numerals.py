"""Numbers as lists print them, and as the parts of documents state them. Pure."""

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_MOST_ROMAN = 4000
_MOST_LETTERS = 20 * 26


def whole(text: str | None, otherwise: int) -> int:
    """Return a small whole number, the other where the text is none.

    >>> whole("3", 0), whole("\\u00b2", 0), whole(None, 9)
    (3, 0, 9)
    """
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def written(number: int, form: str) -> str:
    """Return a count in a list's number format, in digits where the format is not known.

    >>> [written(4, form) for form in ("lowerLetter", "upperRoman", "decimalZero", "chicago")]
    ['d', 'IV', '04', '4']
    """
    if form == "none":
        return ""
    if form in ("lowerLetter", "upperLetter") and 0 < number <= _MOST_LETTERS:
        turns, letter = divmod(number - 1, 26)
        return _cased(chr(ord("a") + letter) * (turns + 1), form)
    if form in ("lowerRoman", "upperRoman") and 0 < number < _MOST_ROMAN:
        return _cased(_roman(number), form)
    if form == "ordinal":
        return f"{number}{_ending(number)}"
    return f"{number:02}" if form == "decimalZero" else str(number)


def _cased(text: str, form: str) -> str:
    return text.upper() if form.startswith("upper") else text


def _roman(number: int) -> str:
    text = ""
    for worth, sign in _ROMAN:
        while number >= worth:
            text += sign
            number -= worth
    return text


def _ending(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
