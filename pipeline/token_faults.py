"""Raw token patterns of a codebook: which attributes are taken, with which values, how often.

spaCy would take more: regular expressions, unbounded repetition, extension attributes. Those
can take a machine hours over one sentence, or ask for what no codebook can know.
"""

import re
from collections.abc import Iterator
from typing import Any

from pipeline.errors import Fault, did_you_mean
from pipeline.model.arrow import RELATIONS
from pipeline.model.phrase import MAX_GAP, MAX_SLACK, MAX_WORDS
from pipeline.yaml_file import Key, YamlFile

_WORDS = ("ORTH", "TEXT", "LOWER", "SHAPE", "TAG")
_FLAGS = ("IS_ALPHA", "IS_DIGIT", "IS_PUNCT", "IS_UPPER", "IS_LOWER", "IS_TITLE", "LIKE_NUM")
_UNIVERSAL = tuple(
    "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
)
_OF_A_LIST = {"POS": _UNIVERSAL, "DEP": ("ROOT", *RELATIONS)}
_KNOWN = (*_WORDS, "LENGTH", *_FLAGS, *_OF_A_LIST, "OP")
_OPERATOR = re.compile(r"([?!])|\{(\d{1,2})\}|\{(\d{0,2}),(\d{1,2})\}")
_MOST_VALUES = 200
_BOUNDS = f"Write '?' or '{{0,5}}'; at most {MAX_GAP}."
_PATTERN = "Write a list of tokens: [{LOWER: deter}, {LOWER: by}]."


def token_faults(file: YamlFile, key: Key, patterns: list[list[dict[str, Any]]]) -> Iterator[Fault]:
    """Yield what is wrong in the patterns of one rule, each where it stands."""
    for i, pattern in enumerate(patterns):
        here = (*key, i)
        if not 0 < len(pattern) <= MAX_WORDS:
            yield Fault(
                file.where(here), f"a pattern of {len(pattern)} tokens", f"One to {MAX_WORDS}."
            )
        slack = 0
        for j, token in enumerate(pattern):
            for name, value in token.items():
                yield from _attribute_faults(file.where((*here, j, name)), name, value)
            slack += _slack(token.get("OP"))
        if slack > MAX_SLACK:
            what = f"repetitions for {slack} words"
            yield Fault(file.where(here), what, f"At most {MAX_SLACK} in a pattern.")
        if pattern and all(_may_be_left_out(token.get("OP")) for token in pattern):
            yield Fault(file.where(here), "no token of the pattern has to be there", _PATTERN)


def _attribute_faults(where: str, name: str, value: object) -> Iterator[Fault]:
    if name == "OP":
        if _bounds(value) is None:
            yield Fault(where, f"OP {str(value)[:60]!r} has no bound that we take", _BOUNDS)
    elif name not in _KNOWN:
        hint = did_you_mean(name, _KNOWN) or f"One of {', '.join(_KNOWN)}."
        yield Fault(where, f"{name[:60]!r} is no token attribute we take", hint)
    elif isinstance(value, dict):
        yield from _choice_faults(where, name, value)
    else:
        yield from _value_faults(where, name, value)


def _choice_faults(where: str, name: str, value: dict[str, Any]) -> Iterator[Fault]:
    for choice, listed in value.items():
        if choice not in ("IN", "NOT_IN"):
            hint = did_you_mean(choice, ("IN", "NOT_IN")) or "IN or NOT_IN, with a list."
            yield Fault(where, f"{choice[:60]!r} is not taken for {name}", hint)
        elif name in _FLAGS or not isinstance(listed, list):
            yield Fault(where, f"{choice} of {name} is no list that we take", f"{name}: a value.")
        elif len(listed) > _MOST_VALUES:
            yield Fault(where, f"{len(listed):,} values for {name}", f"At most {_MOST_VALUES}.")
        else:
            for one in listed:
                yield from _value_faults(where, name, one)


def _value_faults(where: str, name: str, value: object) -> Iterator[Fault]:
    shown = f"{str(value)[:60]!r} is no value of {name}"
    if name in _FLAGS:
        if not isinstance(value, bool):
            yield Fault(where, shown, "true or false.")
    elif name == "LENGTH":
        if isinstance(value, bool) or not isinstance(value, int):
            yield Fault(where, shown, "A whole number.")
    elif not isinstance(value, str):
        yield Fault(where, shown, "A word; a number stands in quotation marks.")
    elif name in _OF_A_LIST and value not in _OF_A_LIST[name]:
        known = _OF_A_LIST[name]
        yield Fault(where, shown, did_you_mean(value, known) or f"One of {', '.join(known)}.")


def _bounds(operator: object) -> tuple[int, int] | None:
    """The least and the most tokens an operator stands for, None where it is not taken."""
    found = _OPERATOR.fullmatch(operator) if isinstance(operator, str) else None
    if found is None:
        return None
    if found[1]:
        return (0, 1)
    least, most = (found[2], found[2]) if found[2] else (found[3] or "0", found[4])
    bounds = (int(least), int(most))
    return bounds if bounds[0] <= bounds[1] <= MAX_GAP and bounds[1] > 0 else None


def _slack(operator: object) -> int:
    bounds = (1, 1) if operator is None else _bounds(operator)
    return bounds[1] - bounds[0] if bounds else 0


def _may_be_left_out(operator: object) -> bool:
    bounds = (1, 1) if operator is None else _bounds(operator)
    return bounds is not None and bounds[0] == 0
