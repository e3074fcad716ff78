"""How far a denial reaches: what of a denied clause is still taken for granted.

"The drills did not change the balance of power by sea" leaves the drills, the balance and the
sea where they were. A denial reaches what its clause claims; things spoken of as given
(the, our, Japan's) are taken for granted, as are circumstances and what is known, felt or
said (Karttunen 1973, "Presuppositions of compound sentences", Linguistic Inquiry 4:169).
Verbs that bring a thing about or hold it are apart: "does not have the means".
"""

from spacy.tokens import Doc, Token

from pipeline.tag.grammar import (
    PASSIVE,
    PREDICATES,
    SUBJECTS,
    Span,
    Tokens,
    following,
    forms,
    has_complement,
    is_definite,
    is_repair,
    is_to_infinitive,
)

_RAISING = forms(
    "allow appear argue assume believe claim ensure expect feel find hope imagine indicate let "
    "permit prove say see seem show suggest suppose think want wish"
)
_HOLDING = forms(
    "achieve activate adopt apply attain be bring build conclude conduct create deliver "
    "demonstrate deploy draw enforce enjoy establish exercise feel find fulfil gain get "
    "give grant guarantee have hold honor honour implement impose invoke join keep lead "
    "maintain make meet muster need observe obtain offer play possess project provide "
    "pursue put reach realise realize receive respect restore secure see seek send set "
    "share show sign summon take uphold use want"
)
_OF_NOUN = frozenset({"of", "to"})
_ON_ABSENT = frozenset({"for", "in", "on", "toward", "towards", "about", "with"})
_TAKES_MATTER = frozenset(
    "appetite basis confidence desire evidence faith indication interest move movement need part "
    "plan plans place progress prospect reason role room sign signs substitute".split()
)
_ARGUMENT = frozenset({"to", "into", "toward", "towards"})
_PARTING = frozenset({";", ":", "—", "–", "--"})
_ANY = frozenset({"any", "anyone", "anything", "anybody"})
_NO = frozenset({"no", "any", "little", "few", "neither"})


def in_same_part(doc: Doc, cue: Span, token: int) -> bool:
    """Whether no mark that parts statements stands between a cue and a token."""
    first, last = min(cue[0], token), max(cue[1], token)
    return not any(t.text in _PARTING and not is_repair(doc, t.i) for t in doc[first:last])


def taken_up(doc: Doc, reach: Tokens) -> Tokens:
    """Return what takes up, after a dash, words that a denial reaches."""
    found: set[int] = set()
    for i in reach:
        if i + 2 < len(doc) and is_repair(doc, i + 1):
            found |= following(doc, (i, i + 2))
    return frozenset(found)


def is_beyond(child: Token) -> bool:
    """Whether a denial that reaches a word does not reach this one, which hangs on it."""
    head = child.head
    if child.dep_ == "agent":
        return not _is_any(child)
    if child.dep_ == "ccomp":
        return head.lower_ not in _RAISING | _TAKES_MATTER
    if child.dep_ == "prep":
        return _is_circumstance(child)
    if child.dep_ in SUBJECTS and head.dep_ in {"ccomp", "xcomp"}:
        return is_definite(child)
    if child.dep_ in {"dobj", "pobj", "appos"} | PASSIVE:
        verb = head.head if head.dep_ == "prep" else head
        is_given = verb.pos_ in PREDICATES and verb.lower_ not in _HOLDING
        return is_given and is_definite(child)
    return False


def _is_circumstance(prep: Token) -> bool:
    """Whether a preposition tells when, where or how, and nothing its word asks for."""
    head = prep.head
    if _is_any(prep) or prep.lower_ == "without":
        return False
    if head.pos_ in {"NOUN", "PROPN"}:
        is_matter = head.lower_ in _TAKES_MATTER and prep.lower_ in _ON_ABSENT
        return prep.lower_ not in _OF_NOUN and not is_matter
    if head.pos_ not in PREDICATES or prep.lower_ in _ARGUMENT:
        return False
    return has_complement(head) or prep.i < head.i


def _is_any(prep: Token) -> bool:
    """ "not at any time": what has "any" in it is denied along."""
    return any(t.lower_ in _ANY for t in prep.subtree)


def takes_along(clause: Token) -> bool:
    """Whether a clause hung on a denied word is denied with it.

    A purpose is where its verb has no object ("not here to fight"), and what is said of a
    noun that is itself denied ("no forces that deter").
    """
    if clause.dep_ == "advcl":
        return is_to_infinitive(clause) and not has_complement(clause.head)
    if clause.dep_ == "acl" and clause.head.lower_ in _TAKES_MATTER | {"intention", "plans"}:
        return True
    noun = clause.head
    while noun.dep_ == "pobj" and noun.head.lower_ == "of":
        noun = noun.head.head
    return any(t.lower_ in _NO for of in {noun, clause.head} for t in of.children)
