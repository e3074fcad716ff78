"""A codebook looked through: whether its own examples hold, and which rules are off here."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.codebooks import load_codebook
from pipeline.findings import load_findings
from pipeline.language_model import ADD_COMMAND, LanguageModel, find_model
from pipeline.model.codebook import Codebook, Example
from pipeline.model.coding import Coding
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.study import load_study
from pipeline.tag.parse import lines_switched_off, load_language
from pipeline.tag.rules import Tagger, compile_tagger, propose


@dataclass(frozen=True, slots=True)
class CheckReport:
    """A codebook that loads, looked through: what holds of its examples."""

    codebook: str
    code_count: int
    rule_count: int
    example_count: int
    hard_count: int
    failing: tuple[str, ...]
    notices: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        """Whether every example that is not marked hard holds."""
        return not self.failing

    @property
    def summary(self) -> str:
        """Return the counts, and each example that does not hold with its line."""
        held = self.example_count - self.hard_count - len(self.failing)
        head = (
            f"{self.codebook}: {self.code_count} codes, {self.rule_count} rules; "
            f"{held} of {self.example_count - self.hard_count} examples hold, "
            f"{self.hard_count} marked hard"
        )
        return "\n".join([head, *self.failing, *(f"Note: {notice}" for notice in self.notices)])


def check_codebook(codebook: Path, findings: Path | None, study: Path) -> CheckReport:
    """Return how a codebook's examples do; findings are checked against it where given.

    Raises
    ------
    CodebookError
        With every fault, if either file can not be used.
    """
    book = load_codebook(codebook)
    if findings is not None:
        load_findings(findings, book, load_study(study))
    model = find_model()
    tagger = compile_tagger(book, load_language(model.folder if model else None))
    examples = list(_examples(book))
    failing = [
        f"{book.path}:{example.line}: {fault}"
        for code_id, rule_id, example in examples
        if not example.is_hard and (fault := _example_fault(tagger, code_id, rule_id, example))
    ]
    return CheckReport(
        codebook=book.name,
        code_count=len(book.codable),
        rule_count=sum(len(code.rules) for code in book.codes),
        example_count=len(examples),
        hard_count=sum(example.is_hard for _, _, example in examples),
        failing=tuple(failing),
        notices=tuple(rules_off(book, model)),
    )


def _examples(book: Codebook) -> Iterator[tuple[str, str, Example]]:
    """Each example with its code, and its rule where it is the rule's own."""
    for code in book.codable:
        yield from ((code.code_id, "", example) for example in code.examples)
        for rule in code.rules:
            yield from ((code.code_id, rule.rule_id, example) for example in rule.examples)


def _example_fault(tagger: Tagger, code_id: str, rule_id: str, example: Example) -> str:
    source = Source("example", example.text)
    of_code = [one for one in _proposed_in(tagger, source) if one.code_id == code_id]
    codings = [one for one in of_code if rule_id in ("", one.origin_id)]
    asked = f"for {code_id}" + (f" by rule {rule_id}" if rule_id else "")
    if bool(codings) != example.is_positive:
        verb = "is not" if example.is_positive else "is"
        others = {one.origin_id: None for one in of_code if one.origin_id != rule_id}
        told = f", only by {', '.join(others)}" if rule_id and others and not codings else ""
        by = f" by {codings[0].origin_id}" if codings and not rule_id else ""
        return f"{example.text!r} {verb} proposed {asked}{by}{told}"
    for dimension, value in example.expect:
        found = codings[0].assertion.value(dimension)
        if found != value:
            return f"{example.text!r}: {dimension} is {found}, expected {value}"
    return ""


def _proposed_in(tagger: Tagger, source: Source) -> tuple[Coding, ...]:
    """Codings of a sentence given as it is, without blocks."""
    whole = Segment(source.source_id, 0, len(source.text), "sentence")
    return propose(tagger, source, (whole,))


def rules_off(book: Codebook, model: LanguageModel | None) -> Iterator[str]:
    """Yield how many rules are off for want of a language model, and how one is added."""
    off = lines_switched_off(book) if model is None else ()
    if off:
        rules = len({rule_id for rule_id, _, _ in off})
        yield (
            f"no English language model is installed: {len(off)} lines of {rules} rules that need "
            f"one are off. Add it with {ADD_COMMAND}"
        )
