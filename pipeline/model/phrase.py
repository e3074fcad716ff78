"""The phrase language, from a line of text to sequences of words (no library, no matching).

    >>> [str(sequence) for sequence in parse_phrase("(long term|lasting) tie|bond")]
    ['long term tie|bond', 'lasting tie|bond']

``codebooks/README.md`` describes the language to those who write codebooks. This module
knows its grammar and its limits; ``tag.phrases`` gives it a meaning on tokens.
"""

import re
from dataclasses import dataclass
from itertools import product
from typing import Literal

Pos = Literal["NOUN", "VERB", "ADJ", "ADV", "PROPN"]
POS: tuple[Pos, ...] = ("NOUN", "VERB", "ADJ", "ADV", "PROPN")
MAX_GAP = 20
MAX_WORDS = 16
MAX_SEQUENCES = 256
_DEFAULT_GAP = 3
_GAP = re.compile(r"\.\.(\d*)")
_WORD = re.compile(r"[^\s()|/?*]+\*?")


class PhraseError(ValueError):
    """A phrase that is not of the language; ``column`` is 1-based within the line."""

    def __init__(self, what: str, column: int, hint: str = "") -> None:
        self.what, self.column, self.hint = what, column, hint
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to ``most`` words of any kind."""

    most: int

    def __str__(self) -> str:
        return f"..{self.most}"


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
    choices = [_choices(piece, column) for piece, column in _pieces(text)]
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > MAX_SEQUENCES:
        raise PhraseError(
            f"the groups multiply out to {count:,} phrases", 1, "Split it into several lines."
        )
    sequences = tuple(Sequence(tuple(p for c in combo for p in c)) for combo in product(*choices))
    for sequence in sequences:
        _check(sequence)
    return sequences


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
        raise PhraseError(f"part of speech {pos!r} is unknown", column, f"One of {', '.join(POS)}.")
    alternatives = tuple(body.split("|"))
    for alternative in alternatives:
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
    return Word(alternatives, next((p for p in POS if p == pos), None), is_optional)


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
        raise PhraseError("a bracket is not closed", len(text))
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
        raise PhraseError(f"{piece!r} goes on after its bracket", column, "Put a blank after it.")
    return [_inside(alternative, column) for alternative in piece[1:-1].split("|")]


def _inside(alternative: str, column: int) -> tuple[Word | Gap, ...]:
    words = alternative.replace("-", " ").split()
    if not words:
        raise PhraseError("a group has an empty alternative", column)
    return tuple(part for word in words for choice in _choices(word, column) for part in choice)


def _check(sequence: Sequence) -> None:
    words = [part for part in sequence.parts if isinstance(part, Word)]
    if len(words) > MAX_WORDS:
        raise PhraseError(f"{len(words)} words in one phrase", 1, f"At most {MAX_WORDS}.")
    if isinstance(sequence.parts[0], Gap) or isinstance(sequence.parts[-1], Gap):
        raise PhraseError("a phrase can not begin or end with a gap", 1)
    firm = [word for word in words if not word.is_optional and word.alternatives != ("*",)]
    if not firm:
        raise PhraseError("no word of the phrase has to be there", 1, "Name at least one word.")


@dataclass(frozen=True, slots=True)
class Arrow:
    """A node hung on an earlier one: child (or descendant) by one of these relations."""

    parent: int
    word: Word
    relations: tuple[str, ...] = ()
    is_descendant: bool = False


@dataclass(frozen=True, slots=True)
class Arrows:
    """A head and what hangs on it: ``deny|frustrate/VERB >dobj objective & >nsubj ally``."""

    head: Word
    arrows: tuple[Arrow, ...]


_ARROW = re.compile(r"(>>?)([a-z:|]*)\s+(\S+)")


def parse_arrows(text: str) -> Arrows:
    """Return a line of dependency arrows as a head and its children.

    A node reached by ``prep`` carries the arrows that follow it, so that ``>prep on >pobj
    coast`` hangs the coast on the preposition.

    Raises
    ------
    PhraseError
        If an arrow is not of the form ``>relation word``.
    """
    head, *rest = re.split(r"\s+(?=>)|\s+&\s+", text.strip())
    arrows: list[Arrow] = []
    parent = 0
    for number, piece in enumerate(rest, start=1):
        match = _ARROW.fullmatch(piece.strip())
        if not match:
            raise PhraseError(
                f"{piece!r} is no arrow", text.find(piece) + 1, "Write >relation word."
            )
        relations = tuple(relation for relation in match[2].split("|") if relation)
        arrows.append(Arrow(parent, parse_word(match[3]), relations, match[1] == ">>"))
        if "prep" in relations:
            parent = number
    if not arrows:
        raise PhraseError("a line of arrows needs at least one arrow", 1, "Write >dobj word.")
    return Arrows(parse_word(head), tuple(arrows))
