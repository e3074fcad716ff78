"""Rules in words, for people who do not write them.

>>> phrase_words("deny|prevent .. (quick|easy win) victory")
'“deny/prevent” … up to 3 words … “(quick / easy win) victory”'
>>> arrow_words("deny/VERB >dobj victory & >nsubj ally")
'“deny (verb)”, its object “victory”, its subject “ally”'
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.model.arrow import Arrow, parse_arrows
from pipeline.model.codebook import Code, Line, Rule
from pipeline.model.phrase import Gap, Word, pieces_of

_POS = {"NOUN": "noun", "VERB": "verb", "ADJ": "adjective", "ADV": "adverb", "PROPN": "name"}
_RELATIONS = {
    "dobj": "its object",
    "nsubj": "its subject",
    "prep": "with the preposition",
    "pobj": "followed by",
    "neg": "denied by",
    "amod": "described by",
    "aux": "with the auxiliary",
}


def phrase_words(text: str) -> str:
    """Return a line of the phrase language in words, neighbours within one pair of quotes."""
    told: list[str] = []
    run: list[str] = []
    for choices in pieces_of(text):
        if isinstance(gap := choices[0][0], Gap):
            told += [f"“{' '.join(run)}”", f"… {_reach(gap)} …"]
            run = []
        else:
            run.append(_piece(choices))
    return " ".join([*told, f"“{' '.join(run)}”"])


def _reach(gap: Gap) -> str:
    return f"up to {gap.most} {'word' if gap.most == 1 else 'words'}"


def _piece(choices: tuple[tuple[Word | Gap, ...], ...]) -> str:
    told = [" ".join(_part(part) for part in choice) for choice in choices]
    return told[0] if len(told) == 1 else f"({' / '.join(told)})"


def _part(part: Word | Gap) -> str:
    if isinstance(part, Gap):
        return f"… {_reach(part)} …"
    told = "/".join(_alternative(one) for one in part.alternatives)
    told += f" ({_POS[part.pos]})" if part.pos else ""
    return f"[{told}]" if part.is_optional else told


def _alternative(text: str) -> str:
    if text == "*":
        return "any word"
    return f"{text[:-1]}…" if text.endswith("*") else text


def arrow_words(text: str) -> str:
    """Return a line of dependency arrows in words."""
    arrows = parse_arrows(text)
    return ", ".join([f"“{_part(arrows.head)}”", *(_arrow(one) for one in arrows.arrows)])


def _arrow(arrow: Arrow) -> str:
    named = [_RELATIONS.get(one, f"with {one}") for one in arrow.relations]
    hung = "somewhere below it" if arrow.is_descendant else "hung on it"
    return f"{' or '.join(named) or hung} “{_part(arrow.word)}”"


def token_words(pattern: str) -> str:
    """Return a token pattern in words.

    >>> token_words('[{"LIKE_NUM": true}, {"LOWER": {"IN": ["percent", "per-cent"]}}]')
    'a number, then “percent” or “per-cent”'
    """
    return ", then ".join(_token(token) for token in json.loads(pattern))


def _token(token: Mapping[str, Any]) -> str:
    tests = [_test(name, value) for name, value in token.items() if name != "OP"]
    told = " that is ".join(tests) or "any word"
    operator = token.get("OP", "")
    return f"{told} ({'perhaps' if operator == '?' else f'{operator} times'})" if operator else told


def _test(name: str, value: object) -> str:
    if name == "LIKE_NUM" and value is True:
        return "a number"
    if isinstance(value, dict):
        return " and ".join(
            _values(name, listed, "" if choice == "IN" else "not ")
            for choice, listed in value.items()
        )
    return _values(name, [value], "")


def _values(name: str, values: list[object], negation: str) -> str:
    told = " or ".join(f"“{value}”" for value in values)
    is_spelling = name in ("LOWER", "ORTH", "TEXT")
    return f"{negation}{told}" if is_spelling else f"{negation}{name} {told}"


def rule_lines(rule: Rule) -> Iterator[str]:
    """Yield each way in which a rule holds, in words."""
    yield from (phrase_words(line.text) for line in rule.phrases)
    yield from (arrow_words(line.text) for line in rule.dep)
    yield from (token_words(line.text) for line in rule.token)


def code_restraints(code: Code) -> tuple[tuple[str, str], ...]:
    """Return what holds all rules of a code back: what it is, and the phrases in words."""
    return _told(
        ("Not where it is part of", code.unless), ("Not if the sentence has", code.unless_near)
    )


def rule_restraints(rule: Rule) -> tuple[tuple[str, str], ...]:
    """Return what holds one rule back."""
    weak = (("A weak ground", "the words often mean something else"),) if rule.is_weak else ()
    return _told(("Only if the sentence also has", rule.requires)) + weak


def _told(*blocks: tuple[str, Sequence[Line]]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (said, "; ".join(phrase_words(line.text) for line in lines))
        for said, lines in blocks
        if lines
    )
