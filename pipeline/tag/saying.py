"""Who says what: what a verb of saying reports, and the words that name who says it.

What "I", "we" or "this report" says is the text's own voice, and so is what the leaders of a
joint statement affirm in it. What evidence shows, and what someone is asked whether they
think, is nobody's report.
"""

from spacy.tokens import Token

from pipeline.tag.grammar import DASHES, PASSIVE, PREDICATES, SUBJECTS, Span, Tokens, forms, tree

_FIRST_PERSON = frozenset({"i", "we", "me", "us"})
_OWN = frozenset({"my", "our"})
_OWN_WORK = frozenset(
    "administration article chapter country delegation document government paper report strategy "
    "study".split()
)
_ISSUERS = frozenset(
    "allies countries governments heads leaders members ministers nations participants parties "
    "partners presidents principals secretaries sides".split()
)
_ISSUING = forms(
    "acknowledge affirm announce confirm declare emphasise emphasize express note reaffirm recall "
    "recognise recognize reiterate state stress underline underscore welcome"
)
_NOBODY = frozenset(
    "data evidence event events experience fact facts figures history it lesson lessons nothing "
    "everything reality record results success that these this those which wisdom".split()
)
_REPORTS = forms("news report reporting rumor rumour word")
_SHOWING = forms("be confirm convey imply indicate mean prove reveal say signal suggest tell")
_SAID = frozenset({"ccomp", "parataxis", "xcomp"})
_LEFT_OUT = frozenset({"relcl", "acl", "advcl", "parataxis", "punct"})
_FURTHEST_THAT = 20


def said(verb: Token) -> Tokens:
    """Return what a verb of saying reports: its clause, or the one it is put into or after."""
    found = frozenset(i for t in verb.children if _is_said(t) for i in _up_to_but(t))
    if not found:
        found = _after_that(verb)
    is_put_in = verb.dep_ in {"parataxis", "advcl"} and any(
        t.dep_ in SUBJECTS | PASSIVE for t in verb.children
    )
    if not found and is_put_in:
        return tree(verb.head) - tree(verb)
    if found and _is_taken_up(verb):
        found |= frozenset(i for i in tree(verb.head) if i > verb.i)
    return found


def _is_said(clause: Token) -> bool:
    """Whether a clause is what its verb reports, not what a thing announced is for."""
    if clause.dep_ == "xcomp" and clause.head.lower_ in _ISSUING:
        return not any(t.dep_ == "dobj" for t in clause.head.children)
    return clause.dep_ in _SAID


def _after_that(verb: Token) -> Tokens:
    """What "that" begins after the verb, where the parser hung it on another word."""
    below = sorted(tree(verb))
    doc = verb.doc
    for i in below:
        is_near = verb.i < i <= verb.i + _FURTHEST_THAT
        if is_near and doc[i].lower_ == "that" and doc[i].tag_ == "IN":
            return frozenset(j for j in below if j >= i)
    return frozenset()


def _is_taken_up(verb: Token) -> bool:
    """Whether what is said goes on after a dash: "has said he is keen — was keen to come"."""
    head = verb.head
    between = verb.doc[verb.i : head.i] if head.i > verb.i else ()
    return (
        verb.dep_ == "ccomp"
        and any(t.text in DASHES for t in between)
        and not any(t.dep_ in SUBJECTS for t in head.children)
    )


def _up_to_but(clause: Token) -> Tokens:
    """What is said, but for a statement joined by "but" that has a subject of its own."""
    found = tree(clause)
    if not any(t.dep_ == "cc" and t.lower_ in {"but", "yet"} for t in clause.children):
        return found
    for child in clause.children:
        hung = {t.dep_ for t in child.children}
        first = child.doc[child.left_edge.i].lower_
        if child.dep_ == "conj" and hung & (SUBJECTS | PASSIVE) and first != "that":
            found -= tree(child)
    return found


def sayer(word: Token) -> Token | None:
    """Return the noun that says it: a verb's subject, "by" whom, "to" whom, whose claim it is."""
    if word.pos_ in {"NOUN", "PROPN"}:
        owner = next((t for t in word.children if t.dep_ == "poss"), None)
        return owner or (word if word.lower_ in _REPORTS else None)
    for child in word.children:
        if child.dep_ == "nsubj" and child.lower_ != "it":
            return _meant(child)
        if child.dep_ == "agent":
            return next((t for t in child.children if t.dep_ == "pobj"), None)
    if any(t.dep_ == "auxpass" for t in word.children):
        return _told_in(word)
    return _through(word)


def _through(verb: Token) -> Token | None:
    """Who says what a verb without a subject of its own reports."""
    if verb.dep_ == "relcl" or (verb.dep_ == "acl" and verb.tag_ != "VB"):
        return verb.head
    if verb.dep_ == "pcomp" and verb.head.lower_ in {"by", "in"}:
        outer = verb.head.head
        return sayer(outer) if outer.pos_ in PREDICATES else None
    if verb.dep_ in {"conj", "advcl", "xcomp"} and (verb.tag_ != "VB" or verb.dep_ == "conj"):
        return sayer(verb.head)
    return None


def _told_in(verb: Token) -> Token | None:
    """ "it was declared in the resolutions that": where it stands is who says it."""
    for prep in verb.children:
        if prep.dep_ == "prep" and prep.lower_ == "in" and prep.i > verb.i:
            return next((t for t in prep.children if t.dep_ == "pobj"), None)
    return None


def _meant(noun: Token) -> Token:
    """The noun that "who" or "that" stands for."""
    is_relative = noun.tag_ in {"WDT", "WP"} and noun.head.dep_ == "relcl"
    return noun.head.head if is_relative else noun


def according_to(top: Token) -> Token | None:
    """Return who is named by the object of "according to" or "in the view of"."""
    if top.dep_ not in {"prep", "pcomp"}:
        return None
    return next((t for t in top.subtree if t.dep_ == "pobj" and t.i > top.i), None)


def named(noun: Token) -> Span:
    """Return the words that name someone: with "of", "and" and office, without "who ..."."""
    left_out = {i for t in noun.children if t.dep_ in _LEFT_OUT for i in tree(t)}
    office = [t for t in noun.children if t.dep_ == "appos" and t.i > noun.i]
    commas = {i for t in office for i in range(noun.i + 1, t.i) if noun.doc[i].text == ","}
    kept = sorted(tree(noun) - (left_out - commas))
    end = noun.i + 1
    while end in kept:
        end += 1
    start = noun.i
    while start - 1 in kept:
        start -= 1
    return start, end


def is_own(noun: Token, verb: Token) -> bool:
    """Whether who says it is the text's own voice: I, we, this report, a statement's leaders."""
    joined = [noun, *(t for t in noun.children if t.dep_ == "conj")]
    if any(t.lower_ in _FIRST_PERSON | _OWN for t in joined):
        return True
    hung = {t.lower_ for t in noun.children}
    if noun.lower_ == "delegation" or (noun.lower_ in _OWN_WORK and hung & {"this", "our", "my"}):
        return True
    return noun.lower_ in _ISSUERS and "the" in hung and verb.lower_ in _ISSUING


def is_no_report(noun: Token | None, verb: Token) -> bool:
    """Whether nobody is told to have said it: evidence shows it, or someone is asked for it."""
    if noun is None:
        return verb.tag_ in {"VB", "VBG"}
    if noun.lower_ in _NOBODY and verb.lower_ in _SHOWING:
        return True
    return noun.lower_ == "you" and verb.tag_ == "VB"
