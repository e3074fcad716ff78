"""Whether labels are of people who talk with each other, and which of them. Pure.

A label is believed only if it comes back, or is dressed as those are that do ("AIDE:" among
"MS. DOE:"). Where they say by themselves whose they are ("Q", "MODERATOR", "MS. DOE", "P1")
that is enough. Plain ones ("Ann", "KIRBY") must do what talk does: be most of all labels, take
turns in no fixed order, and not be words the text has in small letters.

>>> sorted(believed(["Ann", "Bob", "Ann", "Bob"], 4, frozenset))
['Ann', 'Bob']
>>> sorted(believed(["Purpose", "Background", "Purpose", "Background"], 4, frozenset))
[]
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence, Set
from itertools import groupby, pairwise

from pipeline.extract.label_words import is_of_document, is_of_person

_COURT = re.compile(r"(?:THE|MR\.|MRS\.|MS\.|DR\.) [A-Z'\u2019-]{3,}$")
_ACTOR = re.compile(r"\w{3,}(?:er|or|ist|ian|man|woman|ee|ant)", re.IGNORECASE)
_LEAST = 2
_LEAST_CHANGES = 3
_INITIALS = 2
_FORMAL_REACH = 25
_PLAIN_REACH = 5


def believed(
    labels: Sequence[str], paragraphs: int, small_words: Callable[[], Set[str]]
) -> frozenset[str]:
    """Return the labels that are speakers', none where they make no conversation.

    Parameters
    ----------
    labels
        In the order in which they stand.
    paragraphs
        How many there are, with labels and without.
    small_words
        Gives the words that stand in small letters in the text.
    """
    of_document = {label for label in set(labels) if is_of_document(label)}
    plain = [label for label in labels if label not in of_document]
    names = _recurring(Counter(plain), paragraphs)
    said = [label for label in plain if label in names]
    if len(names) < _LEAST or not _is_enough(names, len(said), paragraphs):
        return frozenset()
    of_person = {label for label in names if is_of_person(label)}
    told = sum(label in of_person or (label == "A" and "Q" in names) for label in said)
    of_documents = sum(label in of_document for label in labels[labels.index(said[0]) :])
    is_most = 3 * len(said) >= 2 * len(plain) and len(said) >= 4 * of_documents
    is_talk = is_most and takes_turns(said) and not _are_words(said, small_words)
    if 2 * told < len(said) and not is_talk:
        return frozenset()
    if 5 * len(plain) < 4 * paragraphs:
        return names
    others = plain[plain.index(said[0]) :] if is_talk else filter(is_of_person, plain)
    return names | frozenset(others)


def _recurring(counts: Counter[str], paragraphs: int) -> frozenset[str]:
    """Names that come back, and those dressed in capitals like them.

    Names in small letters must stand before half of the paragraphs.
    """
    recurring = {name for name, count in counts.items() if count >= _LEAST}
    small = {name for name in recurring if name.islower()}
    if sum(counts[name] for name in small) * 2 < paragraphs:
        recurring -= small
    if "Q" not in recurring:
        recurring.discard("A")
    if {"Q", "A"} <= recurring:
        recurring |= {name for name in counts if _COURT.match(name)}
    if any(map(_is_of_hearing, recurring)):
        recurring |= set(filter(_is_of_hearing, counts))
    formal = [name for name in recurring if _is_formal(name)]
    if not formal or len(formal) * 2 < len(recurring - {"Q", "A"}):
        return frozenset(recurring)
    families = {name.split()[-1] for name in formal}
    return frozenset(recurring | {name for name in counts if _is_formal(name) or name in families})


def _is_of_hearing(name: str) -> bool:
    """Whether a title stands before a name in capitals: "Senator REED"."""
    return is_of_person(name) and not name.isupper() and name.rsplit(maxsplit=1)[-1].isupper()


def _is_formal(name: str) -> bool:
    """Whether a name is set in capitals and can be nothing else: "MS. DOE", "AIDE"."""
    is_capital = name.isupper() and sum(map(str.isalpha, name)) > 2
    return is_capital and (" " in name or is_of_person(name))


def _is_enough(names: Set[str], said: int, paragraphs: int) -> bool:
    """Whether labels stand before a good part of the paragraphs.

    Long statements come between formal labels, fewer between plain ones.
    """
    is_formal = any(_is_formal(name) and is_of_person(name) for name in names)
    return said * (_FORMAL_REACH if is_formal else _PLAIN_REACH) >= paragraphs


def takes_turns(said: Sequence[str]) -> bool:
    """Whether one speaks again after another, and three or more do so in no fixed order."""
    runs = [label for label, _ in groupby(said)]
    followed = set(pairwise(runs))
    is_fixed = len(set(runs)) > 2 and len(followed) == len({one for one, _ in followed})
    return len(runs) >= max(_LEAST_CHANGES, len(set(runs)) + 1) and not is_fixed


def _are_words(said: Sequence[str], small_words: Callable[[], Set[str]]) -> bool:
    """Whether most labels are ordinary words, and not of those who do something."""
    likely = {label for label in set(said) if _may_be_words(label)}
    if 2 * sum(label in likely for label in said) <= len(said):
        return False
    known = small_words()
    ordinary = {one for one in likely if all(word.casefold() in known for word in one.split())}
    return 2 * sum(label in ordinary for label in said) > len(said)


def _may_be_words(label: str) -> bool:
    words = label.split()
    is_long = all(len(word) > _INITIALS for word in words)
    return is_long and not is_of_person(label) and not _ACTOR.fullmatch(words[-1])
