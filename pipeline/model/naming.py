"""Names and what stands in their place: how a name is found in words however it is set. Pure.

>>> names = Names.of((("Ana Pop", "Official A"),))
>>> names.put_in("Ana POP's view, as Pop, Ana told ana.pop@example.org")
"Official A's view, as Official A told Official A@example.org"
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

_ANY = {"'": "'\u2019\u02bc", "-": "\\-\u2010\u2011"}
_ALIKE = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-"})
_LETTER_BEFORE, _LETTER_AFTER = r"(?<![^\W_])", r"(?![^\W_])"


@dataclass(frozen=True, slots=True)
class Edit:
    """Words that take the place of ``[start, end)``."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Names:
    """What to look for, and what takes its place.

    Attributes
    ----------
    forms
        What each begins with, its expression, and what a match becomes; those that begin alike
        stand together, in the order they are tried.
    """

    forms: tuple[tuple[str, str, str], ...]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Names":
        """Return the names of pairs of name and pseudonym; of two for one name the first holds.

        A name is found as written, any word of it in capitals, over white space of any kind,
        with its family name first ("Pop, Ana", "Pop Ana"), and with its words tied together in
        letters of any size ("ana.pop", "Ana_Pop"); each of these without its accents too; longer
        names before shorter ones.
        """
        known: dict[str, tuple[int, str, str]] = {}
        for name, pseudonym in pairs:
            plain = unicodedata.normalize("NFC", name).translate(_ALIKE)
            for tier, key, expression in (*_forms(plain.split()), *_forms(bare(plain).split())):
                known.setdefault(f"{min(tier, 1)}{key}", (tier, expression, pseudonym))
        tried = sorted(known.items(), key=lambda item: (-len(item[0]), item[1][0], item[0]))
        forms = [(_first(key[1]), one, pseudonym) for key, (_, one, pseudonym) in tried]
        return cls(tuple(sorted(forms, key=lambda form: form[0])))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        alike = groupby(self.forms, key=lambda form: form[0])
        branches = (
            f"{first}(?:{'|'.join(f'({expression})' for _, expression, _ in forms)})"
            for first, forms in alike
        )
        return re.compile("|".join(branches))

    def found(self, text: str, start: int, end: int) -> Iterator[Edit]:
        """Yield each name in ``[start, end)``; an accent that follows makes another word of it."""
        if not self.forms:
            return
        for match in self._pattern.finditer(text, start, end):
            following = text[match.end() : match.end() + 1] or " "
            if not unicodedata.category(following).startswith("M"):
                yield Edit(*match.span(), self.forms[(match.lastindex or 1) - 1][2])

    def put_in(self, text: str) -> str:
        """Return a text that nothing counts in, with its names replaced."""
        text = unicodedata.normalize("NFC", text)
        return Shift(tuple(self.found(text, 0, len(text)))).text(text)


def bare(name: str) -> str:
    """Return a name without its accents, as it is written where they can not be typed.

    >>> bare("\u0218tefan Zo\u00eb \u0141")
    'Stefan Zoe \u0141'
    """
    apart = unicodedata.normalize("NFD", name)
    kept = "".join(char for char in apart if not unicodedata.category(char).startswith("M"))
    return unicodedata.normalize("NFC", kept)


def _first(char: str) -> str:
    """A look at the character that a form begins with, in either case."""
    return f"(?=[{''.join(_ANY.get(one, re.escape(one)) for one in _cases(char))}])"


def _cases(char: str) -> list[str]:
    return sorted({one[:1] for one in (char, char.upper(), char.lower())})


def _forms(words: list[str]) -> Iterator[tuple[int, str, str]]:
    """Yield rank, key and expression of the ways to write a name; none for no words."""
    if not words:
        return
    spaced = r"\s+".join(map(_cased, words))
    yield 0, " ".join(words), _bounded(words, spaced)
    if len(words) == 1:
        return
    turned = [words[-1], *words[:-1]]
    comma = rf"{_cased(turned[0])},?\s+" + r"\s+".join(map(_cased, turned[1:]))
    yield 1, " ".join(turned), _bounded(turned, comma)
    for order in (words, turned):
        tied = r"[._\-]".join(map(_expression, order))
        yield 2, "_".join(order).casefold(), _bounded(order, f"(?i:{tied})")


def _bounded(words: list[str], inner: str) -> str:
    before = _LETTER_BEFORE if re.match(r"\w", words[0]) else ""
    after = _LETTER_AFTER if re.search(r"\w\Z", words[-1]) else ""
    return f"{before}{inner}{after}"


def _cased(word: str) -> str:
    """A word as written, with a capital, in capitals."""
    forms = dict.fromkeys((word, word[:1].upper() + word[1:], word.upper()))
    return f"(?:{'|'.join(map(_expression, forms))})"


def _expression(word: str) -> str:
    return "".join(f"[{_ANY[c]}]" if c in _ANY else re.escape(c) for c in word)


@dataclass(frozen=True)
class Shift:
    """Edits in order, and where each offset of the old text comes to stand in the new."""

    edits: tuple[Edit, ...]

    @cached_property
    def _ends(self) -> list[int]:
        return [edit.end for edit in self.edits]

    @cached_property
    def _gains(self) -> list[int]:
        gains = [0]
        for edit in self.edits:
            gains.append(gains[-1] + len(edit.words) - (edit.end - edit.start))
        return gains

    def at(self, offset: int) -> int:
        """Return the new offset; one within a name comes to stand at its pseudonym's end."""
        number = bisect_left(self._ends, offset)
        if number < len(self.edits) and self.edits[number].start < offset:
            return self.edits[number].end + self._gains[number + 1]
        return offset + self._gains[number]

    def text(self, text: str) -> str:
        """Return the text with every edit made."""
        parts, last = [], 0
        for edit in self.edits:
            parts += [text[last : edit.start], edit.words]
            last = edit.end
        return "".join([*parts, text[last:]])
