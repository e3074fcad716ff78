"""What is wrong in a codebook beyond its form: ids, rules, phrases, names of other things."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from pipeline.errors import Fault
from pipeline.model.codebook import DIMENSIONS, Code, Codebook, Line
from pipeline.model.phrase import PhraseError, parse_arrows, parse_phrase
from pipeline.yaml_file import Key, YamlFile, did_you_mean


def codebook_faults(file: YamlFile, book: Codebook) -> tuple[Fault, ...]:
    """Return every fault of a codebook whose form is right, in the order of its lines."""
    return tuple(sorted(_faults(file, book), key=_line_of))


def _line_of(fault: Fault) -> tuple[int, str]:
    numbers = re.findall(r":(\d+)", fault.where)
    return (int(numbers[0]) if numbers else 0, fault.what)


def _faults(file: YamlFile, book: Codebook) -> Iterator[Fault]:
    yield from _id_faults(file, book)
    groups = [cues.name for cues in book.cues]
    for i, code in enumerate(book.codes):
        key: Key = ("codes", i)
        yield from _rule_faults(file, key, code)
        plain = (*code.unless, *code.unless_near, *code.ambiguous)
        yield from _line_faults(file, plain, parse_phrase)
        for j, name in enumerate(code.watch):
            if name not in groups:
                hint = did_you_mean(name, groups) or f"One of {', '.join(groups)}."
                yield Fault(file.where((*key, "watch", j)), f"no assertion group {name!r}", hint)
        for example in code.examples:
            where = f"{file.name}:{example.line}"
            yield from _value_faults(where, example.expect)
            if example.expect and not example.is_positive:
                yield Fault(
                    where,
                    "an example that is not to be proposed can expect nothing",
                    "Take expect out, or put it with the positive ones.",
                )
    for cues in book.cues:
        yield from _value_faults(f"{file.name}:{cues.line}", ((cues.dimension, cues.value),))
        yield from _line_faults(file, (*cues.before, *cues.after, *cues.pseudo), parse_phrase)


def _id_faults(file: YamlFile, book: Codebook) -> Iterator[Fault]:
    ids = [code.code_id for code in book.codes]
    for i, code in enumerate(book.codes):
        where = file.where(("codes", i, "id"))
        if code.code_id in ids[:i]:
            yield Fault(where, f"code {code.code_id!r} stands twice", "Ids are never used again.")
        if code.parent_id and code.parent_id not in ids:
            yield Fault(
                where,
                f"code {code.code_id!r} has no heading {code.parent_id!r}",
                did_you_mean(code.parent_id, ids) or f"Add a code {code.parent_id!r}.",
            )
    rules = [(rule.rule_id, rule.line) for code in book.codes for rule in code.rules]
    seen: dict[str, int] = {}
    for rule_id, line in rules:
        if rule_id in seen:
            yield Fault(
                f"{file.name}:{line}", f"rule {rule_id!r} stands on line {seen[rule_id]} already"
            )
        seen.setdefault(rule_id, line)


def _rule_faults(file: YamlFile, key: Key, code: Code) -> Iterator[Fault]:
    if code.kind == "group" and code.rules:
        yield Fault(file.where((*key, "rules")), f"heading {code.code_id!r} can have no rules")
    for rule in code.rules:
        where = f"{file.name}:{rule.line}"
        forms = sum(bool(form) for form in (rule.phrases, rule.dep, rule.token))
        if forms != 1:
            yield Fault(
                where,
                f"rule {rule.rule_id!r} has {forms} of phrases, dep and token",
                "Give exactly one; make two rules of two.",
            )
        yield from _line_faults(file, (*rule.phrases, *rule.requires), parse_phrase)
        yield from _line_faults(file, rule.dep, parse_arrows)
        yield from _token_faults(file, rule.token)


def _line_faults(
    file: YamlFile, lines: Iterable[Line], parse: Callable[[str], object]
) -> Iterator[Fault]:
    for line in lines:
        try:
            parse(line.text)
        except PhraseError as reason:
            yield Fault(f"{file.name}:{line.line}", f"{line.text!r}: {reason.what}", reason.hint)


_TOKEN_KEYS = frozenset(
    {
        "ORTH",
        "TEXT",
        "LOWER",
        "LENGTH",
        "IS_ALPHA",
        "IS_DIGIT",
        "IS_PUNCT",
        "IS_UPPER",
        "IS_TITLE",
        "LIKE_NUM",
        "SHAPE",
        "POS",
        "TAG",
        "DEP",
        "MORPH",
        "OP",
    }
)
_OPERATORS = re.compile(r"[!?]|\{\d{1,2}(,\d{1,2})?\}|\{,\d{1,2}\}")


def _token_faults(file: YamlFile, lines: Sequence[Line]) -> Iterator[Fault]:
    """Raw spaCy patterns are bounded: no REGEX, no unbounded repetition."""
    for line in lines:
        where = f"{file.name}:{line.line}"
        for token in json.loads(line.text):
            for name, value in token.items():
                if name not in _TOKEN_KEYS:
                    hint = did_you_mean(name, sorted(_TOKEN_KEYS))
                    yield Fault(where, f"{name!r} is no token attribute we take", hint)
                elif name == "OP" and not _OPERATORS.fullmatch(str(value)):
                    yield Fault(where, f"OP {value!r} has no bound", "Write {0,5} or '?'.")
                elif isinstance(value, dict) and not set(value) <= {"IN", "NOT_IN"}:
                    yield Fault(where, f"{sorted(value)} is not taken for {name}", "IN or NOT_IN.")


def _value_faults(where: str, values: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    for name, value in values:
        known = next((v for d, v in DIMENSIONS.items() if d == name), ())
        if value not in known:
            hint = did_you_mean(value, known) or f"One of {', '.join(known)}."
            yield Fault(where, f"{value!r} is no value of {name}", hint)
