"""What goes along with a word that a cue governs, and what says something of its own."""

from spacy.tokens import Token

from pipeline.model.codebook import CueGroup
from pipeline.tag import denial
from pipeline.tag.grammar import APART, PASSIVE, SUBJECTS, Tokens, forms, is_to_infinitive

_KNOWING = forms("acknowledge forget know note realise realize recognise recognize remember")
_SHOWING = forms(
    "address celebrate communicate discuss emphasise emphasize highlight reaffirm "
    "recall recognise recognize reflect reiterate stress underscore welcome"
)


def clause_of(head: Token, *, with_subject: bool, group: CueGroup) -> Tokens:
    """Return a clause: its verb and what goes with it."""
    found = {head.i}
    for child in head.children:
        if child.dep_ in SUBJECTS and not with_subject:
            continue
        found |= _taken(child, group)
    return frozenset(found)


def without_apart(top: Token, group: CueGroup) -> Tokens:
    """Return the tokens below one, but for clauses that say something of their own."""
    return frozenset({top.i}).union(*(_taken(child, group) for child in top.children))


def _taken(child: Token, group: CueGroup) -> Tokens:
    is_out = (child.dep_ in APART and not goes_along(child, group)) or (
        child.dep_ == "conj" and _stands_alone(child)
    )
    if is_out or _is_left(child, group):
        return frozenset()
    return without_apart(child, group)


def _is_left(child: Token, group: CueGroup) -> bool:
    """Whether a cue of this dimension leaves standing what hangs on a word it governs."""
    if group.dimension == "polarity":
        return denial.is_beyond(child)
    if group.dimension == "mood":
        return child.dep_ == "ccomp" and child.head.lower_ in _KNOWING
    if group.value == "prospective":
        return child.dep_ in {"dobj", "prep"} and child.head.lower_ in _SHOWING
    return False


def goes_along(child: Token, group: CueGroup) -> bool:
    """Whether a clause is governed with its word: a purpose, what a plan is for."""
    if group.dimension == "polarity":
        return denial.takes_along(child)
    if is_to_infinitive(child):
        return child.dep_ in {"advcl", "acl"}
    hung = {t.dep_ for t in child.children}
    is_bare = child.tag_ == "VBG" and not hung & (SUBJECTS | PASSIVE | {"mark"})
    return child.dep_ == "advcl" and is_bare and group.dimension != "mood"


def _stands_alone(conjunct: Token) -> bool:
    """Joined by "but", or with a subject or a helping verb of its own."""
    own = SUBJECTS | PASSIVE | {"aux", "neg"}
    if any(t.dep_ in own and t.lower_ != "to" for t in conjunct.children):
        return True
    return any(t.dep_ == "cc" and t.lower_ in {"but", "yet"} for t in conjunct.head.children)
