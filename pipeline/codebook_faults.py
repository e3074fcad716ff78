"""What is wrong in a codebook beyond its form: ids, rules, phrases, names of other things."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from pipeline.errors import Fault, did_you_mean
from pipeline.model.codebook import DIMENSIONS, Code, Codebook, Example, Line, Rule
from pipeline.model.phrase import PhraseError, parse_arrows, parse_phrase, pattern_count
from pipeline.token_faults import token_faults
from pipeline.yaml_file import MAX_TOLD, Key, YamlFile

MAX_PATTERNS = 10_000
_CODE_ID = r"[a-z0-9-]+(?:\.[a-z0-9-]+)+"


def codebook_faults(file: YamlFile, book: Codebook) -> tuple[Fault, ...]:
    """Return the faults of a codebook whose form is right, the first hundred of many.

    Of one that is too large only that is told.
    """
    return tuple(_size_faults(file, book)) or tuple(islice(_faults(file, book), MAX_TOLD))


def _faults(file: YamlFile, book: Codebook) -> Iterator[Fault]:
    yield from _id_faults(file, book)
    groups = [cues.name for cues in book.cues]
    for i, code in enumerate(book.codes):
        key: Key = ("codes", i)
        for j, rule in enumerate(code.rules):
            yield from _rule_faults(file, (*key, "rules", j), rule)
        if code.kind == "group" and code.rules:
            yield Fault(
                file.where((*key, "rules")),
                f"heading {code.code_id!r} can have no rules",
                "Put them with a code under it, or give the code another kind.",
            )
        for name, lines in (
            ("unless", code.unless),
            ("unless_near", code.unless_near),
            ("ambiguous", code.ambiguous),
        ):
            yield from _block_faults(file, (*key, name), lines, parse_phrase)
        for j, name in enumerate(code.watch):
            if name not in groups:
                hint = did_you_mean(name, groups) or f"One of {', '.join(groups)}."
                yield Fault(file.where((*key, "watch", j)), f"no assertion group {name!r}", hint)
        yield from _mention_faults(file, key, code, book)
        yield from _was_faults(file, key, code, book)
        yield from _example_faults(file, (*key, "examples"), code.examples)
    for cues in book.cues:
        key = ("assertion", cues.name)
        sets = ((cues.dimension, cues.value),)
        yield from _value_faults(file, (*key, "sets"), sets)
        for name, lines in (("before", cues.before), ("after", cues.after)):
            yield from _block_faults(file, (*key, name), lines, parse_phrase)
        yield from _block_faults(file, (*key, "pseudo"), cues.pseudo, parse_phrase)


def _size_faults(file: YamlFile, book: Codebook) -> Iterator[Fault]:
    """Whether all phrases together are more than a machine compiles while a person waits."""
    count = 0
    for line in _phrase_lines(book):
        try:
            count += pattern_count(parse_phrase(line.text))
        except PhraseError:
            continue
        if count > MAX_PATTERNS:
            yield Fault(
                f"{file.name}:{line.line}:{line.column}",
                f"the phrases up to here are more than {MAX_PATTERNS:,}, brackets multiplied out",
                "Make fewer of them: a prefix (deter*) or alternatives (deny|prevent).",
            )
            return


def _phrase_lines(book: Codebook) -> Iterator[Line]:
    for code in book.codes:
        for rule in code.rules:
            yield from (*rule.phrases, *rule.requires)
        yield from (*code.unless, *code.unless_near)
    for cues in book.cues:
        yield from (*cues.before, *cues.after, *cues.pseudo)


def _id_faults(file: YamlFile, book: Codebook) -> Iterator[Fault]:
    ids = [code.code_id for code in book.codes]
    seen: dict[str, str] = {}
    rules: dict[str, int] = {}
    for i, code in enumerate(book.codes):
        where = file.where(("codes", i, "id"))
        if code.code_id in seen:
            hint = f"It is at {seen[code.code_id]} already; ids are never used again."
            yield Fault(where, f"code {code.code_id!r} stands twice", hint)
        seen.setdefault(code.code_id, where)
        if code.parent_id and code.parent_id not in ids:
            yield Fault(
                where,
                f"code {code.code_id!r} has no heading {code.parent_id!r}",
                did_you_mean(code.parent_id, ids) or f"Add a code {code.parent_id!r}.",
            )
        for j, rule in enumerate(code.rules):
            if rule.rule_id in rules:
                yield Fault(
                    file.where(("codes", i, "rules", j, "id")),
                    f"rule {rule.rule_id!r} stands on line {rules[rule.rule_id]} already",
                    "Give it an id of its own: codings cite it.",
                )
            rules.setdefault(rule.rule_id, rule.line)


def _mention_faults(file: YamlFile, key: Key, code: Code, book: Codebook) -> Iterator[Fault]:
    """Codes that a hint in brackets sends a coder to: ``(act.presence)``."""
    ids = list(book.by_id)
    roots = {one.partition(".")[0] for one in ids}
    for name in ("include_when", "exclude_when"):
        for i, text in enumerate(getattr(code, name)):
            for found in _mentioned(text):
                near = did_you_mean(found, ids)
                if found not in book.by_id and (near or found.partition(".")[0] in roots):
                    where = file.where((*key, name, i))
                    yield Fault(where, f"there is no code {found!r}", near or "Name another.")


def _mentioned(text: str) -> Iterator[str]:
    for inside in re.findall(r"\(([^()]*)\)", text):
        for part in re.split(r"[,;]|\bor\b|\band\b|\bnot\b", inside):
            if re.fullmatch(_CODE_ID, part.strip()):
                yield part.strip()


def _was_faults(file: YamlFile, key: Key, code: Code, book: Codebook) -> Iterator[Fault]:
    counts = Counter(code.was)
    for i, old in enumerate(code.was):
        where = file.where((*key, "was", i))
        if old in book.by_id:
            hint = "was: names ids that are gone. Of a split, give each part a new id."
            yield Fault(where, f"{old!r} is still a code here", hint)
        elif not re.fullmatch(rf"{_CODE_ID}|[a-z0-9-]+", old):
            yield Fault(where, f"{old!r} is no id", "Small letters, digits, hyphens and dots.")
        elif counts[old] > 1:
            yield Fault(where, f"{old!r} stands twice here", "Keep one of them.")


def _rule_faults(file: YamlFile, key: Key, rule: Rule) -> Iterator[Fault]:
    forms = sum(bool(form) for form in (rule.phrases, rule.dep, rule.token))
    if forms != 1:
        yield Fault(
            file.where((*key, "id")),
            f"rule {rule.rule_id!r} has {forms} of phrases, dep and token",
            "Give exactly one; make two rules of two.",
        )
    yield from _block_faults(file, (*key, "phrases"), rule.phrases, parse_phrase)
    yield from _block_faults(file, (*key, "requires"), rule.requires, parse_phrase)
    yield from _block_faults(file, (*key, "dep"), rule.dep, parse_arrows)
    if rule.token:
        yield from token_faults(file, (*key, "token"), [json.loads(one.text) for one in rule.token])
    yield from _example_faults(file, (*key, "examples"), rule.examples)


def _block_faults(
    file: YamlFile, key: Key, lines: Iterable[Line], parse: Callable[[str], object]
) -> Iterator[Fault]:
    if key in file.folded:
        hint = f"Write {key[-1]}: | so that each line is a phrase."
        yield Fault(file.where(key), f"{key[-1]}: > joins its lines to one", hint)
    for line in lines:
        try:
            parse(line.text)
        except PhraseError as reason:
            where = f"{file.name}:{line.line}:{line.column + reason.column - 1}"
            yield Fault(where, f"{line.text[:100]!r}: {reason.what[:300]}", reason.hint)


def _example_faults(file: YamlFile, key: Key, examples: Sequence[Example]) -> Iterator[Fault]:
    positive = [one for one in examples if one.is_positive]
    negative = [one for one in examples if not one.is_positive]
    for i, example in enumerate(positive):
        yield from _value_faults(file, (*key, "positive", i, "expect"), example.expect)
    for i, example in enumerate(negative):
        here = (*key, "negative", i, "expect")
        yield from _value_faults(file, here, example.expect)
        if example.expect:
            yield Fault(
                file.where(here),
                "an example that is not to be proposed can expect nothing",
                "Take expect out, or put it with the positive ones.",
            )


def _value_faults(file: YamlFile, key: Key, values: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    for name, value in values:
        known = next((v for d, v in DIMENSIONS.items() if d == name), ())
        if value not in known:
            hint = did_you_mean(value, known) or f"One of {', '.join(known)}."
            yield Fault(file.where((*key, name)), f"{value!r} is no value of {name}", hint)
