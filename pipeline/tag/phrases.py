"""The phrase language on tokens: compiled to spaCy matchers, found by the words they need.

A word of a phrase accepts a token by its spelling alone, all inflections being listed when
the codebook is compiled, so that no model is needed; only a part of speech asks for one.
A matcher runs on a sentence only if, for one of its sequences, every word that has to be
there is there: what it finds is the same as if it ran on all of them.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

from spacy.language import Language
from spacy.matcher import DependencyMatcher, Matcher
from spacy.tokens import Doc

from pipeline.model.codebook import Line
from pipeline.model.phrase import Gap, Pos, Word, parse_phrase
from pipeline.model.phrase import Sequence as Phrase
from pipeline.tag.inflect import inflections

_POS: dict[Pos, list[str]] = {
    "NOUN": ["NOUN", "PROPN"],
    "VERB": ["VERB", "AUX"],
    "ADJ": ["ADJ"],
    "ADV": ["ADV"],
    "PROPN": ["PROPN"],
}
_HYPHENS: dict[str, Any] = {"ORTH": {"IN": ["-", "–", "—"]}, "OP": "?"}
_PARSED = frozenset({"POS", "TAG", "DEP", "LEMMA", "MORPH"})
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class TokenTest:
    """Which spellings a word of a phrase accepts; equal ones are the same object."""

    lower: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()

    def accepts(self, text: str) -> bool:
        """Whether a token spelled like this is one the word stands for."""
        lower = text.lower()
        return text in self.exact or lower in self.lower or lower.startswith(self.prefixes)

    @property
    def is_open(self) -> bool:
        """Whether any token will do (a lone ``*``)."""
        return not (self.lower or self.exact or self.prefixes)

    def pattern(self) -> dict[str, Any]:
        """Return the spaCy token pattern that accepts the same spellings."""
        if self.is_open:
            return {}
        if not self.prefixes and not self.exact:
            return {"LOWER": {"IN": sorted(self.lower)}}
        if not self.prefixes and not self.lower:
            return {"TEXT": {"IN": sorted(self.exact)}}
        folded = [re.escape(word) for word in sorted(self.lower)]
        folded += [re.escape(prefix) + ".*" for prefix in self.prefixes]
        exact = [re.escape(word) for word in sorted(self.exact)]
        return {"TEXT": {"REGEX": f"^(?:{'|'.join([*exact, '(?i:' + '|'.join(folded) + ')'])})$"}}


Pattern = list[tuple[TokenTest | None, dict[str, Any]]]


@dataclass(frozen=True)
class Matchable:
    """A matcher and, for each of its sequences, the tests that some token must pass."""

    matcher: Matcher | DependencyMatcher
    needed: tuple[frozenset[TokenTest], ...]
    needs_parse: bool

    def may_match(self, passed: frozenset[TokenTest]) -> bool:
        """Whether a sentence whose tokens pass these tests can hold a match."""
        return any(needed <= passed for needed in self.needed)

    def spans(self, doc: Doc) -> set[Span]:
        """Return the token spans matched."""
        if isinstance(self.matcher, DependencyMatcher):
            return {(min(tokens), max(tokens) + 1) for _, tokens in self.matcher(doc)}
        return {(start, end) for _, start, end in self.matcher(doc)}


def find(
    matchables: Iterable[Matchable], doc: Doc, passed: frozenset[TokenTest], *, by_parse: bool
) -> list[Span]:
    """Return the spans that a block's matchers find, those inside longer ones left out."""
    found = {
        span
        for matchable in matchables
        if (by_parse or not matchable.needs_parse) and matchable.may_match(passed)
        for span in matchable.spans(doc)
    }
    return [s for s in sorted(found) if not any(_inside(s, other) for other in found)]


def _inside(span: Span, other: Span) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]


def compile_phrases(lines: Sequence[Line], nlp: Language) -> tuple[Matchable, ...]:
    """Return a matcher for each set of words that patterns of a block have to find together.

    So a sentence runs the patterns of which it has every word, and no others of the block.
    """
    gathered: dict[tuple[frozenset[TokenTest], bool], list[Pattern]] = {}
    for line in lines:
        for phrase in parse_phrase(line.text):
            for pattern in _patterns(phrase, nlp):
                needed = frozenset(test for test, _ in pattern if test and not test.is_open)
                gathered.setdefault((needed, phrase.needs_parse), []).append(pattern)
    return tuple(
        Matchable(_matcher(patterns, nlp), (needed,), needs_parse)
        for (needed, needs_parse), patterns in gathered.items()
    )


def _matcher(patterns: Sequence[Pattern], nlp: Language) -> Matcher:
    matcher = Matcher(nlp.vocab, validate=False)
    matcher.add("phrase", [[token for _, token in pattern] for pattern in patterns])
    return matcher


def compile_tokens(lines: Sequence[Line], nlp: Language) -> tuple[Matchable, ...]:
    """Return a matcher for raw spaCy patterns (JSON lists), found by the spellings they name."""
    if not lines:
        return ()
    patterns = [json.loads(line.text) for line in lines]
    matcher = Matcher(nlp.vocab, validate=False)
    matcher.add("token", patterns)
    asks = {key.upper() for pattern in patterns for token in pattern for key in token}
    needed = tuple(
        frozenset(test for token in pattern if (test := _spelling(token))) for pattern in patterns
    )
    return (Matchable(matcher, needed, bool(asks & _PARSED)),)


def _spelling(token: dict[str, Any]) -> TokenTest | None:
    """The spellings that a token of a raw pattern must have, None where it names none."""
    if str(token.get("OP", "1"))[0] in "?*!{":
        return None
    for key, exactly in (("LOWER", False), ("ORTH", True), ("TEXT", True)):
        asked = token.get(key)
        words = asked.get("IN") if isinstance(asked, dict) else asked
        if words:
            spellings = frozenset([words] if isinstance(words, str) else words)
            return TokenTest(exact=spellings) if exactly else TokenTest(lower=spellings)
    return None


def attributes(word: Word) -> dict[str, Any]:
    """Return the spaCy pattern of one word: its spellings and part of speech."""
    pattern = token_test(word.alternatives).pattern()
    return pattern | ({"POS": {"IN": _POS[word.pos]}} if word.pos else {})


def _patterns(phrase: Phrase, nlp: Language) -> Iterable[Pattern]:
    """All spaCy patterns of one sequence: words the tokenizer splits, joined spellings."""
    choices = [_part_choices(part, nlp) for part in phrase.parts]
    for combination in product(*choices):
        parts = [part for choice in combination for part in choice]
        yield _pattern(parts)
        if not any(isinstance(part, Gap) for part in parts):
            yield from _joined(parts)


def _part_choices(part: Word | Gap, nlp: Language) -> list[list[Word | Gap]]:
    if isinstance(part, Gap):
        return [[part]]
    whole, split = [], []
    for alternative in part.alternatives:
        tokens = (
            [alternative] if "*" in alternative else [t.text for t in nlp.tokenizer(alternative)]
        )
        if len(tokens) == 1:
            whole.append(alternative)
        else:
            split.append([Word((token,)) for token in tokens])
    choices: list[list[Word | Gap]] = [list(words) for words in split]
    if whole:
        choices.insert(0, [Word(tuple(whole), part.pos, part.is_optional)])
    return choices


def _pattern(parts: Sequence[Word | Gap]) -> Pattern:
    pattern: Pattern = []
    after_word = False
    for part in parts:
        if isinstance(part, Gap):
            pattern.append((None, {"OP": f"{{0,{part.most}}}"}))
            after_word = False
            continue
        if after_word:
            pattern.append((None, _HYPHENS))
        test = token_test(part.alternatives)
        token = attributes(part) | ({"OP": "?"} if part.is_optional else {})
        pattern.append((None if part.is_optional else test, token))
        after_word = True
    return pattern


def _joined(parts: Sequence[Word | Gap]) -> Iterable[Pattern]:
    """Patterns with two neighbours written as one token: longterm, F-16."""
    for index in range(len(parts) - 1):
        pair = parts[index : index + 2]
        words = [part for part in pair if isinstance(part, Word) and not part.is_optional]
        if len(words) < 2 or any(len(w.alternatives) > 1 or w.pos for w in words):
            continue
        first, second = (word.alternatives[0] for word in words)
        if not (re.fullmatch(r"[A-Za-z]{3,}|[A-Z]+", first) and re.fullmatch(r"\w{2,}\*?", second)):
            continue
        joined = Word((first + second, f"{first}-{second}"))
        yield _pattern([*parts[:index], joined, *parts[index + 2 :]])


@lru_cache(maxsize=100_000)
def token_test(alternatives: tuple[str, ...]) -> TokenTest:
    """Return which spellings a word's alternatives stand for, inflections listed."""
    lower: set[str] = set()
    exact: set[str] = set()
    prefixes: set[str] = set()
    for alternative in alternatives:
        if alternative == "*":
            return _interned(frozenset(), frozenset(), ())
        if alternative.endswith("*"):
            prefixes.add(alternative[:-1].lower())
        elif any(char.isupper() for char in alternative):
            exact.add(alternative)
        else:
            lower |= {form for stem in inflections(alternative) for form in (stem, stem + ".")}
    return _interned(frozenset(lower), frozenset(exact), tuple(sorted(prefixes)))


@lru_cache(maxsize=100_000)
def _interned(lower: frozenset[str], exact: frozenset[str], prefixes: tuple[str, ...]) -> TokenTest:
    return TokenTest(lower, exact, prefixes)
