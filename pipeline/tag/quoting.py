"""Words set in quotation marks, and who is quoted.

A sentence may hold one mark of a quotation that goes over several. Names and words held at
a distance ("Brave Shield", "off-ramp") stand in such marks too and report nothing.
"""

from collections.abc import Collection, Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from pipeline.tag.grammar import Span
from pipeline.tag.saying import named, sayer

_OPENING, _CLOSING = frozenset({"“", "``", "«"}), frozenset({"”", "''", "»"})
_EITHER = '"'
_LEAST_QUOTED = 3
_LOOKED_BACK = 12
_NAMING = frozenset("called entitled motto named slogan theme title titled topic".split())
_BEFORE_COLON = 3


def quoted(doc: Doc) -> Iterator[Span]:
    """Yield the quotations of a sentence, marks and all, those cut off at its edges too."""
    for start, end in _between_marks(doc):
        before = {t.lower_ for t in doc[max(start - _LOOKED_BACK, 0) : start]}
        if not (before & _NAMING or _is_name(doc[start:end])):
            yield start, end


def _between_marks(doc: Doc) -> Iterator[Span]:
    start = -1
    has_begun = False
    for token in doc:
        if start < 0 and _opens(token):
            start, has_begun = token.i, True
        elif _closes(token) and (start >= 0 or not has_begun):
            yield max(start, 0), token.i + 1
            start, has_begun = -1, True
    if start >= 0:
        yield start, len(doc)


def _opens(token: Token) -> bool:
    if token.text == _EITHER:
        return not token.whitespace_ and token.i + 1 < len(token.doc)
    return token.text in _OPENING


def _closes(token: Token) -> bool:
    return token.text in _CLOSING or token.text == _EITHER


def _is_name(words: Words) -> bool:
    """Whether what is quoted is a name or a word or two, and nobody's statement."""
    written = "".join(t.text_with_ws for t in words).split()
    said = [word.strip("\"“”«»'`.,;:!?()") for word in written]
    said = [word for word in said if word]
    long = [word for word in said if len(word) > 3]
    return len(said) < _LEAST_QUOTED or all(word[0].isupper() for word in long)


def quoted_by(doc: Doc, quotation: Span, verbs: Collection[str]) -> Token | None:
    """Return who is quoted: who stands before a colon, else who says something nearest by."""
    head = _heading(doc, quotation[0])
    if head is not None:
        return head
    saying = [t for t in doc if t.lower_ in verbs and not quotation[0] <= t.i < quotation[1]]
    saying.sort(key=lambda t: min(abs(t.i - quotation[0]), abs(t.i - quotation[1])))
    saying += [t for t in doc[: quotation[0]] if t.pos_ == "VERB"][-1:]
    return next((who for verb in saying if (who := sayer(verb)) is not None), None)


def _heading(doc: Doc, start: int) -> Token | None:
    """Return who is named before a colon that a quotation follows: "Ana Berg: ..."."""
    colon = next((t.i for t in doc[max(start - _BEFORE_COLON, 0) : start] if t.text == ":"), 0)
    names = [t for t in doc[:colon] if t.pos_ == "PROPN"]
    if not names or any(t.pos_ == "VERB" for t in doc[:colon]):
        return None
    name = names[0]
    while name.head in names and name.head.i != name.i:
        name = name.head
    return name


def speaker_span(noun: Token | None) -> Span | None:
    """Return the words that name a speaker, if there is one."""
    return named(noun) if noun is not None else None
