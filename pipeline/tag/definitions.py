"""Where a text says what an acronym stands for, in brackets or in words.

"Security cooperation (SC)" and "SC (security cooperation)" define one; so does speech: "SC,
I mean our supply command". Letters are aligned with words from their beginnings, narrower
than Schwartz & Hearst (2003, Pac Symp Biocomput 8:451), which takes letters from anywhere.

    >>> [(one.short, one.long) for one in learn("The Department of Defense (DoD) pays.")]
    [('DoD', 'Department of Defense')]
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

Span = tuple[int, int]
_SHORT = r"[A-Z](?:[A-Za-z]|[&/-](?=[A-Z])){1,9}"
_OPENED = re.compile(
    rf"[(\[]\s*(?:(?:hereafter|hereinafter|or|the|abbreviated|called)\s+)*[\"“‘']?"
    rf"(?P<short>{_SHORT})[\"”’']?(?=\s*[)\],;(\[])"
)
_REVERSED = re.compile(rf"\b(?P<short>{_SHORT})\s*[(\[](?P<long>[^()\[\]]{{3,120}})[)\],;]?")
_SPOKEN = re.compile(
    rf"\b(?P<short>{_SHORT})[\s,–—-]+(?:I mean|we mean|meaning|that is|i\.e\.|short for|"
    rf"stands? for|as in)[\s,]+(?P<long>[^.;:!?()\[\]–—]{{3,120}})"
)
_LISTED = re.compile(rf"\W*(?P<short>{_SHORT})[\s|:=,–—.-]+(?P<long>[^()\[\]|]{{3,120}}?)[\s|.]*")
_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset(
    "a an and at by for from in of on or the to with our their its his her my".split()
)
_MOST_BEFORE = 160


@dataclass(frozen=True, slots=True, order=True)
class Definition:
    """One place where a source says what an acronym stands for.

    Attributes
    ----------
    start, end
        The whole definition, long form and acronym: nothing in it is resolved. 0 and 0 for
        one of a list of acronyms, which holds from the source's beginning.
    """

    short: str
    long: str
    start: int
    end: int

    def means_the_same(self, other: "Definition") -> bool:
        """Whether two long forms are one, but for endings and small words."""
        own, others = _content(self.long), _content(other.long)
        return len(own) == len(others) and all(map(_alike, own, others))


def _content(long: str) -> list[str]:
    words = (word[0].lower() for word in _WORD.finditer(long))
    return [word for word in words if word not in _SMALL]


def _alike(one: str, other: str) -> bool:
    shared = max(4, min(len(one), len(other)) - 2)
    return one == other or (len(one) > 3 < len(other) and one[:shared] == other[:shared])


def learn(text: str) -> tuple[Definition, ...]:
    """Return every definition of an acronym in a text, in reading order."""
    found: dict[tuple[str, int], Definition] = {}
    for one in sorted((*_opened(text), *_following(text)), key=lambda d: (d.start, d.end)):
        found.setdefault((one.short, one.end), one)
    return tuple(found.values())


def listed(line: str) -> Definition | None:
    """Return what a line of a list of acronyms defines, for the whole source.

    >>> listed("SC | security cooperation").long
    'security cooperation'
    """
    found = _LISTED.fullmatch(line)
    if not found:
        return None
    short, words = _singular(found["short"]), _WORD.findall(found["long"])
    is_one = _is_acronym(short) and len(words) > 1 and _stands_for(_letters(short), words)
    return Definition(short, " ".join(found["long"].split()), 0, 0) if is_one else None


def _opened(text: str) -> Iterator[Definition]:
    """Long form first: "security cooperation (SC)"."""
    for found in _OPENED.finditer(text):
        before = text[max(found.start() - _MOST_BEFORE, 0) : found.start()]
        before = re.split(r"[.;:!?()\[\]\n]", before)[-1]
        words = list(_WORD.finditer(before))
        short = _singular(found["short"])
        first = _begin(short, [word[0] for word in words])
        if first is not None:
            start = found.start() - len(before) + words[first].start()
            long = text[start : found.start()].rstrip(" \"“”‘’'(")
            yield Definition(short, " ".join(long.split()), start, found.end())


def _following(text: str) -> Iterator[Definition]:
    """Acronym first: "SC (security cooperation)", "SC, I mean our supply command"."""
    for pattern in (_REVERSED, _SPOKEN):
        for found in pattern.finditer(text):
            short = _singular(found["short"])
            words = list(_WORD.finditer(found["long"]))
            span = _within(short, [word[0] for word in words])
            if span:
                start, end = words[span[0]].start(), words[span[1] - 1].end()
                long = " ".join(found["long"][start:end].split())
                yield Definition(short, long, found.start(), found.start("long") + end)


def _singular(short: str) -> str:
    return short[:-1] if short.endswith("s") and len(short) > 2 else short


def _letters(short: str) -> str:
    return re.sub(r"[^a-z]", "", short.lower())


def _begin(short: str, words: Sequence[str]) -> int | None:
    """Where the words begin that, to the last one, give the acronym's letters."""
    letters = _letters(short)
    if not _is_acronym(short):
        return None
    for first in range(max(len(words) - 2 * len(letters) - 2, 0), len(words)):
        if _stands_for(letters, words[first:]):
            return first
    return None


def _within(short: str, words: Sequence[str]) -> Span | None:
    """The first words after an acronym that give its letters, small words before them left out."""
    letters, first = _letters(short), 0
    if not _is_acronym(short):
        return None
    while first < len(words) and words[first].lower() in _SMALL:
        first += 1
    for end in range(min(len(words), first + 2 * len(letters) + 2), first, -1):
        if _stands_for(letters, words[first:end]):
            return first, end
    return None


def _stands_for(letters: str, words: Sequence[str]) -> bool:
    """Whether words give all the letters: two or more, no small one at the edges."""
    lower = tuple(word.lower() for word in words)
    is_edged = lower[0] in _SMALL or lower[-1] in _SMALL
    return len(lower) > 1 and not is_edged and _gives(letters, lower)


def _is_acronym(short: str) -> bool:
    return sum(letter.isupper() for letter in short) >= 2


@lru_cache(maxsize=4096)
def _gives(letters: str, words: tuple[str, ...]) -> bool:
    """Whether each word gives its first letter, and perhaps more; small words may give none."""
    if not words or not letters:
        return not words and not letters
    word, rest = words[0], words[1:]
    if word in _SMALL and _gives(letters, rest):
        return True
    if word[0] != letters[0]:
        return False
    return any(_gives(letters[count:], rest) for count in _taken(letters, word))


def _taken(letters: str, word: str) -> Iterator[int]:
    """How many of the first letters a word can give, in its order: one, two, ..."""
    at = 0
    for count, letter in enumerate(letters, 1):
        at = word.find(letter, at) + 1
        if not at:
            return
        yield count
