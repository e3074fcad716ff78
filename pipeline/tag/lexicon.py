"""Which rules a sentence may hold, told from its words before it is cut into tokens.

The tokenizer cuts each run of letters between blanks on its own, so what a run's tokens can
stand for is asked once for every spelling of it. A rule is looked up by its rarest word, its
anchor, and is a candidate only where all its words are there. Nearly all sentences have no
candidate, and cost one look-up a word.
"""

from collections.abc import Iterable, Mapping, Sequence

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language

from pipeline.tag.phrases import Matchable, TokenTest

_MOST_KNOWN = 200_000
_FEW = 600
_START = 3
_QUOTES = str.maketrans({"’": "'", "‘": "'"})
Passed = frozenset[TokenTest]


def plain_quotes(text: str) -> str:
    """Return a text with typographic apostrophes as plain ones; its length stays."""
    return text.translate(_QUOTES) if "’" in text or "‘" in text else text


class Lexicon:
    """Remembers which tests the tokens of each run of letters pass.

    What is remembered is bounded: it is forgotten when it has grown to 200,000 spellings.
    """

    def __init__(self, nlp: Language, matchables: Sequence[Matchable]) -> None:
        self._tokenizer = nlp.tokenizer
        self._by_lower: dict[str, list[TokenTest]] = {}
        self._by_start: dict[str, list[TokenTest]] = {}
        for test in _tests(matchables):
            for word in sorted(test.lower | {exact.lower() for exact in test.exact}):
                self._by_lower.setdefault(word, []).append(test)
            for prefix in test.prefixes:
                self._by_start.setdefault(prefix[:_START], []).append(test)
        self._known: dict[str, tuple[TokenTest, ...]] = {}
        asked = [*self._by_lower, *(p for test in _tests(matchables) for p in test.prefixes)]
        self._few = tuple(sorted(set(asked))) if len(asked) <= _FEW else None

    def passed(self, sentence: str) -> Passed:
        """Return every test that some token of a sentence passes."""
        known, found = self._known, list[TokenTest]()
        for run in set(plain_quotes(sentence).split()):
            tests = known.get(run)
            if tests is None:
                tests = self._learn(run)
            if tests:
                found += tests
        return frozenset(found)

    def _learn(self, run: str) -> tuple[TokenTest, ...]:
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        tests: set[TokenTest] = set()
        if self._may_pass(run):
            tests = {test for token in self._tokenizer(run) for test in self._of(token.text)}
        self._known[run] = tuple(tests)
        return self._known[run]

    def _may_pass(self, run: str) -> bool:
        """Whether some word asked for is among the letters of a run; not asked of many words.

        A token is a part of its run, letter by letter, so what is in no part is in no token.
        """
        if self._few is None or not run.isascii():
            return True
        lower = run.lower()
        return any(word in lower for word in self._few)

    def _of(self, token: str) -> list[TokenTest]:
        lower = token.lower()
        near = [*self._by_lower.get(lower, ()), *self._by_start.get(lower[:_START], ())]
        return [test for test in near if test.accepts(token)]


def _tests(matchables: Iterable[Matchable]) -> list[TokenTest]:
    seen = {test: None for m in matchables for needed in m.needed for test in needed}
    return list(seen)


class Anchors:
    """Finds the rules that a sentence may hold: those of which it has every word needed."""

    def __init__(self, rules: Sequence[Sequence[Matchable]]) -> None:
        uses: dict[TokenTest, int] = {}
        for matchables in rules:
            for test in _tests(matchables):
                uses[test] = uses.get(test, 0) + 1
        self._always: set[int] = set()
        self._anchored: dict[TokenTest, dict[tuple[Passed, int], None]] = {}
        for number, matchables in enumerate(rules):
            for needed in (needed for m in matchables for needed in m.needed):
                if not needed:
                    self._always.add(number)
                    continue
                anchor = min(needed, key=lambda test: _commonness(test, uses))
                self._anchored.setdefault(anchor, {})[needed, number] = None

    def candidates(self, passed: Passed) -> list[int]:
        """Return the numbers of the rules that may hold, in order."""
        found = set(self._always)
        anchored = self._anchored
        for test in passed:
            for needed, number in anchored.get(test, ()):
                if needed <= passed:
                    found.add(number)
        return sorted(found)


def _commonness(test: TokenTest, uses: Mapping[TokenTest, int]) -> tuple[bool, bool, int, str]:
    """Order of anchors: words that mean something, whole words, those of few rules."""
    first = min((*test.lower, *test.exact, *test.prefixes))
    return bool(test.lower & STOP_WORDS), bool(test.prefixes), uses[test], first
