"""The phrase language, from a line of text to sequences of words (no library, no matching).

    >>> [str(sequence) for sequence in parse_phrase("(long term|lasting) tie|bond")]
    ['long term tie|bond', 'lasting tie|bond']

``codebooks/README.md`` describes the language to those who write codebooks. This module
knows its grammar and its limits; ``tag.phrases`` gives it a meaning on tokens.
"""

import re
from dataclasses import dataclass
from itertools import product
from math import prod

from pipeline.model.arrow import Arrows, parse_arrows
from pipeline.model.phrase_word import (
    MAX_LENGTH,
    POS,
    PhraseError,
    Pos,
    Word,
    may_part,
    parse_word,
    with_columns,
)

__all__ = [
    "MAX_GAP",
    "POS",
    "Arrows",
    "Gap",
    "PhraseError",
    "Pos",
    "Sequence",
    "Word",
    "parse_arrows",
    "parse_phrase",
    "parse_word",
    "pattern_count",
    "pieces_of",
]

# A matcher tries every way in which a gap can be filled: twice as many for each word more.
MAX_GAP = 12
MAX_SLACK = 15
MAX_WORDS = 16
MAX_SEQUENCES = 256
_DEFAULT_GAP = 3
_GAP = re.compile(r"\.\.(\d*)")


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to ``most`` words of any kind."""

    most: int

    def __str__(self) -> str:
        return f"..{self.most}"


@dataclass(frozen=True, slots=True)
class Sequence:
    """Words and gaps in order."""

    parts: tuple[Word | Gap, ...]

    def __str__(self) -> str:
        return " ".join(str(part) for part in self.parts)

    @property
    def needs_parse(self) -> bool:
        """Whether a part of speech is asked for, which takes a language model."""
        return any(isinstance(part, Word) and part.pos for part in self.parts)


def parse_phrase(text: str) -> tuple[Sequence, ...]:
    """Return the sequences a phrase stands for, groups multiplied out.

    Hyphens separate words as blanks do, since hyphenated, open and joined spellings count
    as one.

    Raises
    ------
    PhraseError
        If the phrase is not of the language or is above its limits.
    """
    if len(text) > MAX_LENGTH:
        raise PhraseError(f"a phrase of {len(text):,} characters", 1, f"At most {MAX_LENGTH}.")
    choices = [_choices(piece, column) for piece, column in _pieces(text)]
    count = prod(len(choice) for choice in choices)
    if count > MAX_SEQUENCES:
        raise PhraseError(
            f"the groups multiply out to {count:,} phrases", 1, "Split it into several lines."
        )
    sequences = tuple(Sequence(tuple(p for c in combo for p in c)) for combo in product(*choices))
    for sequence in sequences:
        _check(sequence)
    if (patterns := pattern_count(sequences)) > MAX_SEQUENCES:
        raise PhraseError(
            f"its words that are two for the tokenizer multiply out to {patterns:,} phrases",
            1,
            "Split it into several lines.",
        )
    return sequences


def pieces_of(text: str) -> tuple[tuple[tuple[Word | Gap, ...], ...], ...]:
    """Return a phrase piece by piece, each with its alternatives, brackets not multiplied out.

    Raises
    ------
    PhraseError
        If the phrase is not of the language.
    """
    return tuple(tuple(_choices(piece, column)) for piece, column in _pieces(text))


def pattern_count(sequences: tuple[Sequence, ...]) -> int:
    """Return how many patterns sequences are at most, where words are taken apart.

    >>> pattern_count(parse_phrase("can't|won't share"))
    3
    """
    return sum(
        prod(1 + sum(map(may_part, p.alternatives)) for p in s.parts if isinstance(p, Word))
        for s in sequences
    )


def _pieces(text: str) -> list[tuple[str, int]]:
    """Cut a line at blanks and hyphens that stand outside brackets."""
    pieces, start, depth = [], -1, 0
    for index, char in enumerate(text + " "):
        depth += (char == "(") - (char == ")")
        if depth not in (0, 1):
            raise PhraseError("brackets do not match or stand within brackets", index + 1)
        if depth == 0 and (char.isspace() or char == "-"):
            if start >= 0:
                pieces.append((text[start:index], start + 1))
            start = -1
        elif start < 0:
            start = index
    if depth:
        raise PhraseError("a bracket is not closed", text.rfind("(") + 1)
    if not pieces:
        raise PhraseError("the phrase is empty", 1)
    return pieces


def _choices(piece: str, column: int) -> list[tuple[Word | Gap, ...]]:
    gap = _GAP.fullmatch(piece)
    if gap:
        most = int(gap[1] or _DEFAULT_GAP)
        if most > MAX_GAP:
            raise PhraseError(f"a gap of {most} words", column, f"At most {MAX_GAP}.")
        return [(Gap(most),)]
    if not piece.startswith("("):
        return [(parse_word(piece, column),)]
    if not piece.endswith(")"):
        raise PhraseError(
            f"{piece!r} goes on after its bracket",
            column + piece.rfind(")") + 1,
            "Put a blank after it.",
        )
    inner = with_columns(piece[1:-1].split("|"), column + 1)
    return [_inside(alternative, at) for alternative, at in inner]


def _inside(alternative: str, column: int) -> tuple[Word | Gap, ...]:
    words = list(re.finditer(r"[^\s-]+", alternative))
    if not words:
        raise PhraseError("a group has an empty alternative", column)
    return tuple(
        part
        for word in words
        for choice in _choices(word[0], column + word.start())
        for part in choice
    )


def _check(sequence: Sequence) -> None:
    words = [part for part in sequence.parts if isinstance(part, Word)]
    if len(words) > MAX_WORDS:
        raise PhraseError(f"{len(words)} words in one phrase", 1, f"At most {MAX_WORDS}.")
    if isinstance(sequence.parts[0], Gap) or isinstance(sequence.parts[-1], Gap):
        raise PhraseError("a phrase can not begin or end with a gap", 1, "Name a word there.")
    firm = [word for word in words if not word.is_optional and word.alternatives != ("*",)]
    if not firm:
        raise PhraseError("no word of the phrase has to be there", 1, "Name at least one word.")
    slack = sum(part.most if isinstance(part, Gap) else part.is_optional for part in sequence.parts)
    if slack > MAX_SLACK:
        raise PhraseError(
            f"gaps and optional words for {slack} words",
            1,
            f"At most {MAX_SLACK} in a phrase; split it, or make the gaps smaller.",
        )
