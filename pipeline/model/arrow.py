"""Lines of dependency arrows: a head word and what hangs on it.

>>> arrows = parse_arrows("deny/VERB >dobj victory")
>>> str(arrows.head), arrows.arrows[0].relations
('deny/VERB', ('dobj',))
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from pipeline.errors import did_you_mean
from pipeline.model.phrase_word import MAX_LENGTH, PhraseError, Word, parse_word, with_columns

# The relations of English parses (ClearNLP), which dependency arrows ask for.
RELATIONS = tuple(
    "acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj "
    "csubjpass dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod "
    "oprd parataxis pcomp pobj poss preconj predet prep prt punct quantmod relcl xcomp".split()
)
# A matcher tries every word for every arrow; below (>>) there are many.
MAX_ARROWS = 3
MAX_BELOW = 2


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
        If an arrow is not of the form ``>relation word``, or the line is above its limits.
    """
    if len(text) > MAX_LENGTH:
        raise PhraseError(f"a line of {len(text):,} characters", 1, f"At most {MAX_LENGTH}.")
    (head, column), *rest = _nodes(text)
    arrows: list[Arrow] = []
    parent = 0
    for number, (piece, at) in enumerate(rest, start=1):
        arrow = _arrow(piece, at, parent)
        arrows.append(arrow)
        if "prep" in arrow.relations:
            parent = number
    if not 0 < len(arrows) <= MAX_ARROWS:
        raise PhraseError(
            f"a line of {len(arrows)} arrows", 1, f"Write one to {MAX_ARROWS}: >dobj word."
        )
    if sum(arrow.is_descendant for arrow in arrows) > MAX_BELOW:
        raise PhraseError(f"more than {MAX_BELOW} of >>", 1, "Write > for what hangs directly.")
    found = Arrows(parse_word(head, column), tuple(arrows))
    if sum("*" in word.alternatives for word in (found.head, *(a.word for a in arrows))) > 1:
        raise PhraseError("more than one word that may be any", 1, "Name all but one.")
    return found


def _nodes(text: str) -> list[tuple[str, int]]:
    """The head and each arrow with its word, cut before ``>`` and at ``&``."""
    starts = [0, *(m.start() for m in re.finditer(r"(?<=\s)(?:>|&(?=\s))", text)), len(text)]
    nodes = []
    for start, end in pairwise(starts):
        piece = text[start:end]
        bare = piece.removeprefix("&").strip()
        if bare or start == 0:
            nodes.append((bare, start + piece.find(bare) + 1))
    return nodes


def _arrow(piece: str, column: int, parent: int) -> Arrow:
    match = _ARROW.fullmatch(piece)
    if not match:
        raise PhraseError(f"{piece!r} is no arrow", column, "Write >relation word.")
    for relation, at in with_columns(match[2].split("|"), column + match.start(2)):
        if match[2] and relation not in RELATIONS:
            hint = did_you_mean(relation, RELATIONS) or f"One of {', '.join(RELATIONS)}."
            raise PhraseError(f"relation {relation!r} is unknown", at, hint)
    relations = tuple(relation for relation in match[2].split("|") if relation)
    word = parse_word(match[3], column + match.start(3))
    return Arrow(parent, word, relations, match[1] == ">>")
