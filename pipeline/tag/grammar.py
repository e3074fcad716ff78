"""What a parse says of a word, in the terms that scopes need.

Relations are those of spaCy's English models (ClearNLP; Choi & Palmer 2012).
"""

from spacy.tokens import Doc, Token

from pipeline.tag.inflect import inflections

Span = tuple[int, int]
Tokens = frozenset[int]
SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE = frozenset({"nsubjpass", "csubjpass"})
ON_PREDICATE = frozenset({"neg", "aux", "auxpass", "advmod", "npadvmod", "intj", "prt"})
ON_NOUN = frozenset({"det", "amod", "nummod", "quantmod", "predet", "preconj", "poss", "compound"})
APART = frozenset({"advcl", "relcl", "acl", "parataxis"})
CLAUSAL = frozenset({"ccomp", "xcomp", "acl", "advcl", "pcomp", "relcl"})
PREDICATES = frozenset({"VERB", "AUX"})
DASHES = frozenset({"—", "–", "--", "-"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
_LOOKED_BACK = 4


def forms(verbs: str) -> frozenset[str]:
    """Return every inflection of some verbs, written one after the other."""
    return frozenset(form for verb in verbs.split() for form in inflections(verb))


def tree(top: Token) -> Tokens:
    """Return a token and all that hangs on it."""
    return frozenset(token.i for token in top.subtree)


def opens_clause(token: Token) -> bool:
    """Whether it is a word like "if", "that" or "when" that begins a clause."""
    return token.dep_ == "mark" or (token.dep_ == "advmod" and token.tag_ == "WRB")


def is_to_infinitive(verb: Token) -> bool:
    """Whether a verb stands with "to": a purpose, or what a plan is for."""
    return any(t.dep_ == "aux" and t.lower_ == "to" for t in verb.children)


def has_complement(verb: Token) -> bool:
    """Whether a verb has what it asks for, so that a preposition tells circumstances."""
    return any(t.dep_ in {"dobj", "attr", "acomp", "oprd"} | PASSIVE for t in verb.children)


def is_definite(noun: Token) -> bool:
    """Whether a noun speaks of a thing as given: the, this, our, Japan's; or names it."""
    if noun.pos_ == "PRON":
        return noun.lower_ not in {"anything", "anyone", "anybody", "something", "someone"}
    if any(t.dep_ == "det" and t.lower_ in {"any", "no", "a", "an", "some"} for t in noun.children):
        return False
    return noun.pos_ == "PROPN" or any(
        t.dep_ == "poss" or (t.dep_ == "det" and t.lower_ in _DEFINITE) for t in noun.children
    )


def is_repair(doc: Doc, dash: int) -> bool:
    """Whether a speaker takes up words again after a dash: "I would not — I would not"."""
    if doc[dash].text not in DASHES or not 0 < dash < len(doc) - 1:
        return False
    said = {doc[i].lower_ for i in range(max(dash - _LOOKED_BACK, 0), dash)}
    return doc[dash + 1].lower_ in said


def extraposed(be: Token, cue: Span) -> Tokens:
    """Return the clause after an adjective: "it is vital that we deter"."""
    found: set[int] = set()
    for child in be.children:
        if child.i >= cue[1] and child.dep_ in CLAUSAL | {"nsubj", "attr", "prep"}:
            found |= tree(child)
    return frozenset(found)


def following(doc: Doc, cue: Span) -> Tokens:
    """Return the largest part of the sentence that begins where the cue ends."""
    if cue[1] >= len(doc):
        return frozenset()
    top = doc[cue[1]]
    while top.head.i != top.i and top.head.left_edge.i >= cue[1]:
        top = top.head
    return frozenset(i for i in tree(top) if i >= cue[1])


def subject_of(top: Token) -> Tokens:
    """Return what is said to be absent, doubtful or over: the subject of the cue's verb."""
    verb = top
    while verb.dep_ in {"acomp", "attr", "oprd", "prep", "pobj", "advmod", "npadvmod", "xcomp"}:
        verb = verb.head
    found = {verb.i} if verb.pos_ in PREDICATES else set()
    for child in verb.children:
        if child.dep_ in SUBJECTS | PASSIVE | {"expl", "attr", "dobj"} and child.i < top.i:
            found |= tree(child)
    if verb.dep_ in {"acl", "relcl"}:
        found |= tree(verb.head) - tree(verb)
    return frozenset(found)
