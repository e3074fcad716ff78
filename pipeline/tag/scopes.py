"""What a cue governs, read on a parse: the part of the sentence its grammar reaches.

A cue's words hang somewhere in the tree of the sentence. A negation or a modal verb governs
its clause without the clause's subject, "no" its noun, "without" its object, "if" its clause
and the one that depends on it, a verb of saying what is said (``tag.saying``). Clauses hung
on for their own sake (because, while, who) and clauses joined by "but" or with a subject of
their own are left out; what a denial leaves standing is told by ``tag.denial``.
"""

from spacy.tokens import Doc, Token

from pipeline.model.codebook import CueGroup
from pipeline.tag import denial
from pipeline.tag.along import clause_of, goes_along, without_apart
from pipeline.tag.grammar import (
    ON_NOUN,
    ON_PREDICATE,
    PASSIVE,
    PREDICATES,
    SUBJECTS,
    Span,
    Tokens,
    extraposed,
    following,
    forms,
    is_definite,
    opens_clause,
    subject_of,
    tree,
)

_WHOLE = frozenset({"time", "voice"})
_NONE = frozenset({"none", "nobody", "nothing", "one"})
_INVERTED = frozenset({"should", "were", "had", "absent"})
_GROUNDS = frozenset({"because", "since", "as", "although", "though", "while", "whereas"})
_IN_NO = frozenset({"way", "ways", "circumstance", "circumstances", "case", "event", "sense"})
_ATTITUDES = forms("assume believe feel guess hope imagine suspect think")


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
        return own | subject_of(top)
    reach = _before_of(doc, cue, top, group)
    if group.dimension == "polarity":
        reach = frozenset(i for i in reach if denial.in_same_part(doc, cue, i))
        reach |= denial.taken_up(doc, reach)
    return own | reach


def _before_of(doc: Doc, cue: Span, top: Token, group: CueGroup) -> Tokens:
    if doc[cue[1] - 1].lower_ == "than":
        return following(doc, cue)
    mark = next((t for t in doc[cue[0] : cue[1]] if opens_clause(t)), None)
    if mark is not None and group.dimension == "certainty":
        return _condition(mark.head, group)
    if mark is not None and group.dimension == "voice" and mark.i == cue[1] - 1:
        return tree(mark.head)
    if group.value == "conditional" and doc[cue[0]].lower_ in _INVERTED:
        return _inverted(doc[cue[0]], group)
    if top.pos_ in PREDICATES and top.dep_ not in {"aux", "auxpass", "prep"}:
        return _of_verb(doc, cue, top, group)
    if top.dep_ in ON_PREDICATE:
        return _of_head(doc, top, group)
    if top.dep_ in ON_NOUN:
        return _noun(top.head, group)
    if top.dep_ in {"prep", "pcomp"} and group.dimension != "mood":
        return _preposition(cue, top, group)
    if (
        top.pos_ == "NOUN"
        and top.lower_ not in _NONE
        and any(t.dep_ == "prep" for t in doc[cue[0] : cue[1]])
    ):
        return _object(cue, top, group)
    if top.dep_ in SUBJECTS | PASSIVE:
        clause = clause_of(top.head, with_subject=False, group=group)
        return _noun(top, group) | frozenset(i for i in clause if i >= cue[0])
    if top.dep_ in {"acomp", "oprd", "attr"}:
        return without_apart(top, group) | extraposed(top.head, cue)
    if top.dep_ in {"cc", "preconj"}:
        return _joined(top, group)
    return following(doc, cue)


def _of_verb(doc: Doc, cue: Span, verb: Token, group: CueGroup) -> Tokens:
    if group.dimension == "voice" and verb.dep_ == "advcl":
        return clause_of(verb.head, with_subject=True, group=group) - tree(verb)
    is_put_in = verb.dep_ == "parataxis" and not any(t.dep_ == "ccomp" for t in verb.children)
    if group.dimension == "certainty" and verb.lower_ in _ATTITUDES and is_put_in:
        return tree(verb.head)
    return _complement(doc, cue, verb, group)


def _of_head(doc: Doc, top: Token, group: CueGroup) -> Tokens:
    head = top.head
    if head.pos_ in PREDICATES or any(child.dep_ in SUBJECTS for child in head.children):
        reach = clause_of(head, with_subject=_reaches_subject(top, group), group=group)
        if group.dimension in _WHOLE or group.value == "conditional":
            return reach
        return _from(top, reach, head, group) | _identified(head, group)
    if top.dep_ == "neg" and head.dep_ == "prep" and head.i == top.i + 1 < len(doc) - 1:
        is_focus = doc[head.i + 1].text == ","
        return frozenset({head.i}) if is_focus else without_apart(head, group)
    if head.dep_ in ON_PREDICATE | ON_NOUN:
        return _of_head(doc, head, group) if head.dep_ in ON_PREDICATE else _noun(head.head, group)
    joined = {i for t in head.children if t.dep_ == "conj" for i in tree(t)}
    return tree(head) - (joined if top.dep_ == "neg" else frozenset())


def _from(cue: Token, reach: Tokens, head: Token, group: CueGroup) -> Tokens:
    """What stands before a cue it does not govern, but for the subject of a passive."""
    kept = {
        i
        for t in head.children
        if t.dep_ in PASSIVE | {"expl"} and not (group.value == "negated" and denial.is_beyond(t))
        for i in tree(t)
    }
    return frozenset(i for i in reach if i >= cue.i or i in kept or i == head.i)


def _object(cue: Span, word: Token, group: CueGroup) -> Tokens:
    """ "lack of X", "no progress in the area of X": what stands in the cue's last preposition."""
    found = {word.i}
    for child in word.children:
        if cue[0] <= child.i < cue[1]:
            found |= _object(cue, child, group)
        elif word.dep_ == "prep":
            found |= without_apart(child, group)
    return frozenset(found)


def _joined(word: Token, group: CueGroup) -> Tokens:
    """ "nor can they": what the word joins on, or what it stands first in."""
    after = [t for t in word.head.children if t.dep_ == "conj" and t.i > word.i]
    joined = word.head if word.head.i > word.i else next(iter(after), word.head)
    if joined.pos_ in PREDICATES:
        return _from(word, clause_of(joined, with_subject=False, group=group), joined, group)
    return without_apart(joined, group)


def _identified(verb: Token, group: CueGroup) -> Tokens:
    """ "what they do not want is X": the thing identified, which the free clause denies."""
    if group.dimension != "polarity" or verb.dep_ != "csubj" or verb.head.pos_ != "AUX":
        return frozenset()
    if not any(t.tag_ == "WP" for t in verb.subtree):
        return frozenset()
    found = (t for t in verb.head.children if t.dep_ == "attr" and t.i > verb.i)
    return frozenset(i for t in found for i in without_apart(t, group))


def _reaches_subject(top: Token, group: CueGroup) -> bool:
    """What is set in a time, or told by someone, is the whole clause."""
    if group.value == "conditional":
        return True
    return group.dimension in _WHOLE and top.dep_ not in {"aux", "neg"}


def _inverted(first: Token, group: CueGroup) -> Tokens:
    """ "should deterrence fail", "absent such help": a condition without "if"."""
    verb = first.head if first.dep_ in {"aux", "auxpass"} else first
    if first.lower_ != "absent" and verb.dep_ == "advcl":
        return _condition(verb, group)
    return frozenset(range(len(first.doc)))


def _condition(verb: Token, group: CueGroup) -> Tokens:
    """The clause of an "if"; with it what hangs on the condition, unless the cue concedes."""
    inner = tree(verb) - {
        i for t in verb.subtree if t.dep_ == "relcl" and is_definite(t.head) for i in tree(t)
    }
    if verb.dep_ != "advcl" or "," in group.ends_at:
        return inner
    outer = verb.head
    while outer.dep_ == "xcomp" or (outer.dep_ == "advmod" and outer.pos_ == "ADV"):
        outer = outer.head
    return inner | clause_of(outer, with_subject=True, group=group)


def _complement(doc: Doc, cue: Span, verb: Token, group: CueGroup) -> Tokens:
    """What a verb takes: "fail to deter", "urge allies to share"; not who does it."""
    found: set[int] = set()
    is_all = group.value in {"inquiry", "reported"} or (
        group.dimension == "certainty" and verb.lower_ in _ATTITUDES
    )
    for child in verb.children:
        is_apart = child.dep_ in {"advcl", "relcl"} and not goes_along(child, group)
        if child.dep_ in SUBJECTS | PASSIVE | {"conj"} or is_apart or child.i < cue[0]:
            continue
        found |= _without_grounds(child) if is_all else without_apart(child, group)
    if not found and verb.dep_ == "parataxis":
        return clause_of(verb.head, with_subject=True, group=group)
    return frozenset(found) or following(doc, cue)


def _without_grounds(top: Token) -> Tokens:
    """What is thought or said, but for the grounds given for it."""
    grounds = {
        i
        for t in top.subtree
        if t.dep_ == "mark" and t.lower_ in _GROUNDS and t.head.dep_ == "advcl"
        for i in tree(t.head)
    }
    return tree(top) - grounds


def _noun(noun: Token, group: CueGroup) -> Tokens:
    """A noun and what it takes; in "no drill deters" the predicate, in "take no part" the verb."""
    found = without_apart(noun, group)
    if group.dimension != "polarity":
        return found
    if noun.dep_ in SUBJECTS | PASSIVE:
        clause = clause_of(noun.head, with_subject=False, group=group)
        return found | frozenset(i for i in clause if i >= noun.left_edge.i)
    if noun.dep_ in {"dobj", "attr"}:
        return found | {noun.head.i}
    if noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.lower_ in _IN_NO:
        return found | clause_of(noun.head.head, with_subject=True, group=group)
    return found


def _preposition(cue: Span, top: Token, group: CueGroup) -> Tokens:
    """ "without X" governs X; "in the past" and "according to X" what they are said of."""
    inside = [child for child in top.children if cue[0] <= child.i < cue[1]]
    is_whole = any(child.dep_ in {"pobj", "pcomp", "amod"} for child in inside)
    outer = top.head if top.dep_ == "prep" else top.head.head
    if is_whole and group.dimension == "certainty":
        return tree(outer)
    above = (
        clause_of(outer, with_subject=True, group=group)
        if outer.pos_ in PREDICATES
        else without_apart(outer, group)
    )
    if group.dimension in _WHOLE:
        return above - (tree(top) if group.dimension == "voice" else frozenset())
    below = without_apart(top, group)
    return below | (above if group.value == "conditional" else frozenset())
