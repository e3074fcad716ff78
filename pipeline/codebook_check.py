"""A codebook looked through: whether its examples hold, and how its rules do in a study."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.codebooks import load_codebook
from pipeline.example_trial import example_faults, examples_of, rules_tried
from pipeline.findings import load_findings
from pipeline.language_model import ADD_COMMAND, LanguageModel, find_model
from pipeline.model.codebook import Codebook
from pipeline.report_table import ReportTable
from pipeline.review.rule_audit import same_rules
from pipeline.stages import Say, quiet
from pipeline.study import load_study
from pipeline.study_audit import FLOOD_SHARE, StudyAudit, audit_study
from pipeline.tag.parse import lines_switched_off, load_language
from pipeline.tag.rules import compile_tagger
from pipeline.trial import has_study, study_of

__all__ = ["FLOOD_SHARE", "CheckReport", "check_codebook", "rules_off"]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """A codebook that loads, looked through.

    Attributes
    ----------
    failing
        Each example that does not hold, with its line.
    same_rules
        Rules of the same content, in groups.
    study
        How the rules do in a study's sentences; None where there is no study.
    """

    codebook: str
    code_count: int
    rule_count: int
    example_count: int
    hard_count: int
    failing: tuple[str, ...]
    notices: tuple[str, ...]
    same_rules: tuple[tuple[str, ...], ...] = ()
    study: StudyAudit | None = None

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
        told = [self.study.summary] if self.study else []
        notes = [f"Note: {notice}" for notice in self.notices]
        return "\n".join([head, *self.failing, *told, *notes])

    @property
    def tables(self) -> tuple[ReportTable, ...]:
        """What a person should look at, as tables; those without rows left out."""
        same = ReportTable(
            "Rules of the same content",
            ("rules",),
            tuple((", ".join(group),) for group in self.same_rules),
            "Keep one, or say in their words what sets them apart.",
        )
        every = (same, *(self.study.tables if self.study else ()))
        return tuple(table for table in every if table.rows)


def check_codebook(
    codebook: Path,
    findings: Path | None,
    study: Path | None,
    *,
    flood_share: float = FLOOD_SHARE,
    say: Say = quiet,
) -> CheckReport:
    """Return how a codebook does: its examples, and where there is a study its rules there.

    Findings are checked against it where given. Where no study is named, it is the one that
    the codebook lies in, or the one here.

    Raises
    ------
    CodebookError
        With every fault, if either file can not be used.
    StudyError
        If there is a study and it can not be used.
    """
    book = load_codebook(codebook)
    folder = study or study_of(codebook)
    if findings is not None:
        load_findings(findings, book, load_study(folder))
    model = find_model()
    tagger = compile_tagger(book, load_language(model.folder if model else None))
    failing = [f"{book.path}:{line}: {fault}" for line, fault in example_faults(tagger)]
    audit = None
    if has_study(folder):
        audit = audit_study(folder, book, rules_tried(tagger), flood_share, say)
    examples = list(examples_of(book))
    return CheckReport(
        codebook=book.name,
        code_count=len(book.codable),
        rule_count=sum(len(code.rules) for code in book.codes),
        example_count=len(examples),
        hard_count=sum(one.example.is_hard for one in examples),
        failing=tuple(failing),
        notices=(*rules_off(book, model), *(() if audit else _without_study(folder))),
        same_rules=same_rules(book),
        study=audit,
    )


def _without_study(folder: Path) -> Iterator[str]:
    yield (
        f"there is no study in {folder.as_posix()}: faults and examples are checked, and not how "
        "the rules do in sources. Run it where study.yaml is, or name the folder with --study"
    )


def rules_off(book: Codebook, model: LanguageModel | None) -> Iterator[str]:
    """Yield how many rules are off for want of a language model, and how one is added."""
    off = lines_switched_off(book) if model is None else ()
    if off:
        rules = len({rule_id for rule_id, _, _ in off})
        yield (
            f"no English language model is installed: {len(off)} lines of {rules} rules that need "
            f"one are off. Add it with {ADD_COMMAND}"
        )
