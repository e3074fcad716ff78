"""The examples of a codebook tried on its rules: what fails, and which rules they reach."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.model.codebook import Codebook, Example
from pipeline.model.coding import Coding
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.tag.propose import propose
from pipeline.tag.rules import Tagger


@dataclass(frozen=True, slots=True)
class Placed:
    """An example with the code it belongs to, and its rule where it is the rule's own."""

    code_id: str
    rule_id: str
    example: Example


def examples_of(book: Codebook) -> Iterator[Placed]:
    """Yield every example of a codebook, a code's own before those of its rules."""
    for code in book.codable:
        yield from (Placed(code.code_id, "", example) for example in code.examples)
        for rule in code.rules:
            yield from (Placed(code.code_id, rule.rule_id, example) for example in rule.examples)


def example_faults(tagger: Tagger) -> Iterator[tuple[int, str]]:
    """Yield the line and the fault of each example that does not hold, hard ones left out."""
    for one in examples_of(tagger.codebook):
        if not one.example.is_hard and (fault := _fault(tagger, one)):
            yield one.example.line, fault


def rules_tried(tagger: Tagger) -> frozenset[str]:
    """Return the rules that hold in a positive example of their code."""
    return frozenset(
        coding.origin_id
        for one in examples_of(tagger.codebook)
        if one.example.is_positive
        for coding in proposed_in(tagger, one.example.text)
        if coding.code_id == one.code_id
    )


def _fault(tagger: Tagger, placed: Placed) -> str:
    example, rule_id = placed.example, placed.rule_id
    proposed = proposed_in(tagger, example.text)
    of_code = [one for one in proposed if one.code_id == placed.code_id]
    codings = [one for one in of_code if rule_id in ("", one.origin_id)]
    if bool(codings) != example.is_positive:
        return _verdict(placed, codings, of_code)
    for dimension, value in example.expect:
        found = codings[0].assertion.value(dimension)
        if found != value:
            return f"{example.text!r}: {dimension} is {found}, expected {value}"
    return ""


def _verdict(placed: Placed, codings: list[Coding], of_code: list[Coding]) -> str:
    verb = "is" if codings else "is not"
    asked = f"for {placed.code_id}" + (f" by rule {placed.rule_id}" if placed.rule_id else "")
    by = f" by {codings[0].origin_id}" if codings and not placed.rule_id else ""
    others = dict.fromkeys(one.origin_id for one in of_code)
    only = f", only by {', '.join(others)}" if placed.rule_id and others and not codings else ""
    return f"{placed.example.text!r} {verb} proposed {asked}{by}{only}"


def proposed_in(tagger: Tagger, text: str) -> tuple[Coding, ...]:
    """Return the codings of a sentence given as it is, without blocks."""
    source = Source("example", text)
    return propose(tagger, source, (Segment("example", 0, len(text), "sentence"),))
