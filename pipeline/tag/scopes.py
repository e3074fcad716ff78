"""What a cue governs, read on a parse: the part of the sentence its grammar reaches.

A cue's words hang somewhere in the tree of the sentence. A negation or a modal verb governs
its clause without the clause's subject, "no" its noun, "without" its object, "if" its clause
and the one that depends on it, a verb of saying what is said. Clauses hung on for their own
sake (because, while, who) and clauses joined by "but" or with a subject of their own are left
out. Relations are those of spaCy's English models (ClearNLP; Choi & Palmer 2012).
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from pipeline.model.codebook import CueGroup
from pipeline.tag.inflect import inflections

Span = tuple[int, int]
Tokens = frozenset[int]
_SUBJECTS = frozenset({"nsubj", "csubj"})
_PASSIVE = frozenset({"nsubjpass", "csubjpass"})
_ON_PREDICATE = frozenset({"neg", "aux", "auxpass", "advmod", "npadvmod", "intj", "prt"})
_ON_NOUN = frozenset({"det", "amod", "nummod", "quantmod", "predet", "preconj", "poss", "compound"})
_APART = frozenset({"advcl", "relcl", "acl", "parataxis"})
_SAID = frozenset({"ccomp", "parataxis", "xcomp"})
_CLAUSAL = frozenset({"ccomp", "xcomp", "acl", "advcl", "pcomp", "relcl"})
_NO = frozenset({"no", "any", "little", "few", "neither"})
_RAISING = frozenset(
    form
    for verb in (
        "allow appear argue assume believe claim ensure expect feel find hope imagine indicate let "
        "permit prove say see seem show suggest suppose think want wish"
    ).split()
    for form in inflections(verb)
)
_PARTING = frozenset({";", ":", "—", "–", "--"})
_PREDICATES = frozenset({"VERB", "AUX"})


def governed(doc: Doc, cue: Span, group: CueGroup, *, forward: bool) -> Tokens:
    """Return the tokens that a cue governs, its own among them.

    Parameters
    ----------
    forward
        Whether the cue governs what follows it; else what is said of its subject.
    """
    top = doc[cue[0] : cue[1]].root
    own = frozenset(range(*cue))
    if not forward:
        return own | _subject_of(top)
    reach = _before_of(doc, cue, top, group)
    if group.dimension == "polarity":
        reach = frozenset(i for i in reach if _same_part(doc, cue, i))
    return own | reach


def _same_part(doc: Doc, cue: Span, token: int) -> bool:
    """Whether no mark that parts statements stands between a cue and a token."""
    first, last = min(cue[0], token), max(cue[1], token)
    return not any(t.text in _PARTING for t in doc[first:last])


def _before_of(doc: Doc, cue: Span, top: Token, group: CueGroup) -> Tokens:
    mark = next((t for t in doc[cue[0] : cue[1]] if _opens_clause(t)), None)
    if mark is not None and group.dimension == "certainty":
        return _condition(mark.head, group)
    if group.value == "conditional" and top.dep_ == "aux" and top.head.dep_ == "advcl":
        return _condition(top.head, group)
    if top.pos_ in _PREDICATES and top.dep_ not in {"aux", "auxpass"}:
        if group.dimension == "voice" and top.dep_ == "advcl":
            return _clause(top.head, with_subject=True, group=group) - _tree(top)
        return _complement(doc, cue, top, group)
    if top.dep_ in _ON_PREDICATE:
        return _of_head(top, group)
    if top.dep_ in _ON_NOUN:
        return _noun(top.head, group)
    if top.dep_ in {"prep", "pcomp"} and group.dimension != "mood":
        return _preposition(cue, top, group)
    if top.dep_ in _SUBJECTS | _PASSIVE:
        return _noun(top, group) | _clause(top.head, with_subject=False, group=group)
    if top.dep_ in {"acomp", "oprd", "attr"}:
        return _without_apart(top, group) | _extraposed(top.head, cue)
    return _following(doc, cue)


def _opens_clause(token: Token) -> bool:
    return token.dep_ == "mark" or (token.dep_ == "advmod" and token.tag_ == "WRB")


def _of_head(top: Token, group: CueGroup) -> Tokens:
    head = top.head
    if head.pos_ in _PREDICATES or any(child.dep_ in _SUBJECTS for child in head.children):
        reach = _clause(head, with_subject=_reaches_subject(top, group), group=group)
        return reach if group.dimension in {"time", "voice"} else _from(top, reach, head)
    if head.dep_ in _ON_PREDICATE | _ON_NOUN:
        return _of_head(head, group) if head.dep_ in _ON_PREDICATE else _noun(head.head, group)
    return _tree(head)


def _from(cue: Token, reach: Tokens, head: Token) -> Tokens:
    """What stands before a cue it does not govern, but for the subject of a passive."""
    kept = {i for t in head.children if t.dep_ in _PASSIVE | {"expl"} for i in _tree(t)}
    return frozenset(i for i in reach if i >= cue.i or i in kept or i == head.i)


def _reaches_subject(top: Token, group: CueGroup) -> bool:
    """What is set in a time, or told by someone, is the whole clause."""
    return group.dimension in {"time", "voice"} and top.dep_ not in {"aux", "neg"}


def _clause(head: Token, *, with_subject: bool, group: CueGroup) -> Tokens:
    found = {head.i}
    for child in head.children:
        if child.dep_ in _SUBJECTS and not with_subject:
            continue
        found |= _taken(child, group)
    return frozenset(found)


def _without_apart(top: Token, group: CueGroup) -> Tokens:
    """The tokens below one, but for clauses that say something of their own."""
    return frozenset({top.i}).union(*(_taken(child, group) for child in top.children))


def _taken(child: Token, group: CueGroup) -> Tokens:
    is_out = (child.dep_ in _APART and not _is_taken_along(child, group)) or (
        child.dep_ == "conj" and _stands_alone(child)
    )
    if is_out or (group.dimension == "polarity" and _is_beyond_denial(child)):
        return frozenset()
    return _without_apart(child, group)


def _is_beyond_denial(child: Token) -> bool:
    """What a denial does not reach: a thing's circumstances, what is known or meant."""
    if child.dep_ == "ccomp":
        return child.head.lower_ not in _RAISING
    if child.dep_ == "prep" and child.head.pos_ in {"NOUN", "PROPN"}:
        return child.lower_ not in {"of", "to"}
    return False


def _is_taken_along(child: Token, group: CueGroup) -> bool:
    """A purpose goes with its verb; "no forces that deter" goes with its noun."""
    if child.dep_ == "advcl":
        hung = {t.dep_ for t in child.children}
        if any(t.dep_ == "aux" and t.lower_ == "to" for t in child.children):
            return True
        is_bare = child.tag_ == "VBG" and not hung & (_SUBJECTS | _PASSIVE | {"mark"})
        return is_bare and group.dimension != "polarity"
    if group.dimension == "polarity":
        return any(t.lower_ in _NO for t in child.head.children)
    return False


def _stands_alone(conjunct: Token) -> bool:
    """Joined by "but", or with a subject or a helping verb of its own."""
    if any(child.dep_ in _SUBJECTS | _PASSIVE | {"aux", "neg"} for child in conjunct.children):
        return True
    return any(t.dep_ == "cc" and t.lower_ in {"but", "yet"} for t in conjunct.head.children)


def _condition(verb: Token, group: CueGroup) -> Tokens:
    """The clause of an "if"; with it what hangs on the condition, unless the cue concedes."""
    inner = _tree(verb)
    if verb.dep_ != "advcl" or "," in group.ends_at:
        return inner
    return inner | _clause(verb.head, with_subject=True, group=group)


def _complement(doc: Doc, cue: Span, verb: Token, group: CueGroup) -> Tokens:
    """What a verb takes: "fail to deter", "urge allies to share"; not who does it."""
    found: set[int] = set()
    for child in verb.children:
        is_apart = child.dep_ in {"advcl", "relcl"} and not _is_taken_along(child, group)
        if child.dep_ in _SUBJECTS | _PASSIVE | {"conj"} or is_apart or child.i < cue[0]:
            continue
        found |= _tree(child) if group.value == "inquiry" else _without_apart(child, group)
    if not found and verb.dep_ == "parataxis":
        return _clause(verb.head, with_subject=True, group=group)
    return frozenset(found) or _following(doc, cue)


def _noun(noun: Token, group: CueGroup) -> Tokens:
    """A noun and what it takes; in "no drill deters" the predicate, in "take no part" the verb."""
    found = _without_apart(noun, group)
    if group.dimension != "polarity":
        return found
    if noun.dep_ in _SUBJECTS | _PASSIVE:
        return found | _clause(noun.head, with_subject=False, group=group)
    if noun.dep_ in {"dobj", "attr"}:
        return found | {noun.head.i}
    if noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.lower_ in _IN_NO:
        return found | _clause(noun.head.head, with_subject=True, group=group)
    return found


_IN_NO = frozenset({"way", "ways", "circumstance", "circumstances", "case", "event", "sense"})


def _preposition(cue: Span, top: Token, group: CueGroup) -> Tokens:
    """ "without X" governs X; "in the past" and "according to X" what they are said of."""
    inside = [child for child in top.children if cue[0] <= child.i < cue[1]]
    is_whole = any(child.dep_ in {"pobj", "pcomp", "amod"} for child in inside)
    outer = top.head if top.dep_ == "prep" else top.head.head
    above = (
        _clause(outer, with_subject=True, group=group)
        if outer.pos_ in _PREDICATES
        else _without_apart(outer, group)
    )
    if group.dimension in {"time", "voice"} or (is_whole and group.dimension == "certainty"):
        return above - (_tree(top) if group.dimension == "voice" else frozenset())
    below = _without_apart(top, group)
    return below | (above if group.value == "conditional" else frozenset())


def _extraposed(be: Token, cue: Span) -> Tokens:
    """ "it is vital that we deter", "is likely to deter": the clause after the adjective."""
    found: set[int] = set()
    for child in be.children:
        if child.i >= cue[1] and child.dep_ in _CLAUSAL | {"nsubj", "attr", "prep"}:
            found |= _tree(child)
    return frozenset(found)


def _following(doc: Doc, cue: Span) -> Tokens:
    """The largest part of the sentence that begins where the cue ends."""
    if cue[1] >= len(doc):
        return frozenset()
    top = doc[cue[1]]
    while top.head is not top and top.head.left_edge.i >= cue[1]:
        top = top.head
    return frozenset(i for i in _tree(top) if i >= cue[1])


def _subject_of(top: Token) -> Tokens:
    """What is said to be absent, doubtful or over: the subject of the cue's verb."""
    verb = top
    while verb.dep_ in {"acomp", "attr", "oprd", "prep", "pobj", "advmod", "npadvmod", "xcomp"}:
        verb = verb.head
    found = {verb.i} if verb.pos_ in _PREDICATES else set()
    for child in verb.children:
        if child.dep_ in _SUBJECTS | _PASSIVE | {"expl", "attr", "dobj"} and child.i < top.i:
            found |= _tree(child)
    if verb.dep_ in {"acl", "relcl"}:
        found |= _tree(verb.head) - _tree(verb)
    return frozenset(found)


def said(verb: Token) -> Tokens:
    """Return what a verb of saying reports: its clause, or the one it is put into or after."""
    found = frozenset(i for t in verb.children if t.dep_ in _SAID for i in _up_to_but(t))
    if not found and verb.dep_ in {"parataxis", "advcl"}:
        return _tree(verb.head) - _tree(verb)
    return found


def _up_to_but(clause: Token) -> Tokens:
    """What is said, but for a statement joined by "but" that has a subject of its own."""
    found = _tree(clause)
    if not any(t.dep_ == "cc" and t.lower_ in {"but", "yet"} for t in clause.children):
        return found
    for child in clause.children:
        hung = {t.dep_ for t in child.children}
        if child.dep_ == "conj" and hung & (_SUBJECTS | _PASSIVE) and "mark" not in hung:
            found -= _tree(child)
    return found


def sayer(verb: Token) -> Span | None:
    """Return the words that name who says it: the verb's subject, "by" whom, "to" whom it is."""
    for child in verb.children:
        if child.dep_ in {"nsubj"}:
            return _named(child)
        if child.dep_ == "agent":
            return next((_named(t) for t in child.children if t.dep_ == "pobj"), None)
    if verb.dep_ in {"relcl", "acl"}:
        return _named(verb.head, without=verb)
    if verb.dep_ in {"conj", "advcl", "xcomp"} and verb.tag_ != "VB":
        return sayer(verb.head)
    return None


def _named(noun: Token, without: Token | None = None) -> Span | None:
    if noun.dep_ == "nsubj" and noun.tag_ in {"WDT", "WP"} and noun.head.dep_ == "relcl":
        return _named(noun.head.head, without=noun.head)
    kept = [t.i for t in _phrase(noun) if without is None or t not in without.subtree]
    return (kept[0], noun.i + 1) if kept else None


def _phrase(noun: Token) -> Iterator[Token]:
    return (t for t in noun.subtree if noun.left_edge.i <= t.i <= noun.i)


def _tree(top: Token) -> Tokens:
    return frozenset(token.i for token in top.subtree)
