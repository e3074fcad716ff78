"""One word of the phrase language: its alternatives, its part of speech, its faults.

>>> str(parse_word("deny|prevent/VERB"))
'deny|prevent/VERB'
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.errors import did_you_mean

Pos = Literal["NOUN", "VERB", "ADJ", "ADV", "PROPN"]
POS: tuple[Pos, ...] = ("NOUN", "VERB", "ADJ", "ADV", "PROPN")
MAX_LENGTH = 500
MAX_ALTERNATIVES = 60
_WORD = re.compile(r"[^\s()|/?*]+\*?")
# Words of letters alone that an English tokenizer takes apart.
_CONTRACTED = re.compile(
    r"(i|you|s?he|it|we|th(at|is|ere|[eo]se|ey)|who|what|whe(n|re)|why|how|y)(d|all|ll|re|s|ve|ma?)"
    r"(ve)?|(ai|are|ca|could|dare|did|do|does|had|has|have|is|may|might|must|need|ought|sha|should"
    r"|was|were|wo|would)n?t(ve)?|(could|might|must|should|would|not)ve|cannot|gonna|gotta"
)


class PhraseError(ValueError):
    """A phrase that is not of the language; ``column`` is 1-based within the line."""

    def __init__(self, what: str, column: int, hint: str = "") -> None:
        self.what, self.column, self.hint = what, column, hint
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Word:
    """One word: any of the alternatives, each a base form, a prefix (``deter*``) or exact.

    An alternative with a capital letter means exactly this spelling; a lone ``*`` is any
    word.
    """

    alternatives: tuple[str, ...]
    pos: Pos | None = None
    is_optional: bool = False

    def __str__(self) -> str:
        return (
            "|".join(self.alternatives)
            + (f"/{self.pos}" if self.pos else "")
            + ("?" if self.is_optional else "")
        )


def may_part(alternative: str) -> bool:
    """Whether a tokenizer may make several words of an alternative."""
    if alternative.endswith("*"):
        return False
    return not alternative.isalpha() or bool(_CONTRACTED.fullmatch(alternative.lower()))


def parse_word(spec: str, column: int = 1) -> Word:
    """Return one word as written in a phrase or at a dependency arrow.

    Raises
    ------
    PhraseError
        If an alternative is empty or the part of speech is unknown.
    """
    body, is_optional = (spec[:-1], True) if spec.endswith("?") and len(spec) > 1 else (spec, False)
    body, slash, pos = body.partition("/")
    if slash and pos not in POS:
        hint = did_you_mean(pos, POS) or f"One of {', '.join(POS)}."
        raise PhraseError(f"part of speech {pos!r} is unknown", column + len(body) + 1, hint)
    alternatives = tuple(body.split("|"))
    if len(alternatives) > MAX_ALTERNATIVES:
        raise PhraseError(
            f"{len(alternatives)} alternatives for one word", column, f"At most {MAX_ALTERNATIVES}."
        )
    for alternative, at in with_columns(alternatives, column):
        _check_alternative(alternative, spec, at)
    return Word(alternatives, next((p for p in POS if p == pos), None), is_optional)


def with_columns(pieces: Sequence[str], column: int) -> Iterator[tuple[str, int]]:
    """Pieces that one character parts, each with where it begins."""
    for piece in pieces:
        yield piece, column
        column += len(piece) + 1


def _check_alternative(alternative: str, spec: str, column: int) -> None:
    if alternative != "*" and not _WORD.fullmatch(alternative):
        raise PhraseError(
            f"{spec!r} has an alternative that is no word: {alternative!r}",
            column,
            "Several words as one alternative stand in brackets: (long term|lasting).",
        )
    if alternative.endswith("*") and 0 < len(alternative[:-1]) < 3:
        raise PhraseError(
            f"the prefix {alternative!r} is too short", column, "Give at least three letters."
        )
