"""Two codebook files compared, as a person reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.codebooks import load_codebook
from pipeline.report_table import ReportTable
from pipeline.review.codebook_diff import Became, Change, CodebookDiff, diff_codebooks


@dataclass(frozen=True)
class DiffReport:
    """What changed from one codebook file to another."""

    diff: CodebookDiff

    @property
    def summary(self) -> str:
        """Return what changed in a few words, and what to mind."""
        one = self.diff
        counts = {
            "codes added": one.codes_added,
            "codes removed": one.codes_removed,
            "codes renamed": one.codes_renamed,
            "codes merged": one.codes_merged,
            "codes split": one.codes_split,
            "meanings changed": {change.name for change in one.meanings},
            "rules added": one.rules_added,
            "rules removed": one.rules_removed,
            "rules renamed": one.rules_renamed,
            "rules changed": {change.name for change in one.rules},
            "groups of cues changed": {change.name for change in one.cues},
        }
        told = "; ".join(f"{name}: {len(found):,}" for name, found in counts.items() if found)
        head = f"{one.old} to {one.new}: {told or 'the same but for remarks and order'}"
        return "\n".join([head, *(f"Note: {notice}" for notice in one.notices)])

    @property
    def tables(self) -> tuple[ReportTable, ...]:
        """Return the changes as tables; those without rows left out."""
        one = self.diff
        codes = (
            *(("added", "", code_id) for code_id in one.codes_added),
            *(("removed", code_id, "") for code_id in one.codes_removed),
            *_became("renamed", one.codes_renamed),
            *_became("merged", one.codes_merged),
            *_became("split", one.codes_split),
        )
        rules = (
            *(("added", "", rule_id) for rule_id in one.rules_added),
            *(("removed", rule_id, "") for rule_id in one.rules_removed),
            *_became("renamed", one.rules_renamed),
        )
        what = ("what", "before", "now")
        words = ("", "words")
        every = (
            ReportTable("Codes", what, codes),
            ReportTable("What codes mean", ("code", "field", *words), _rows(one.meanings)),
            ReportTable("Rules", what, rules),
            ReportTable("Rules changed", ("rule", "field", *words), _rows(one.rules)),
            ReportTable("Assertion cues", ("group", "field", *words), _rows(one.cues)),
        )
        return tuple(table for table in every if table.rows)


def _became(what: str, changes: Iterable[Became]) -> tuple[tuple[str, str, str], ...]:
    return tuple((what, ", ".join(one.old), ", ".join(one.new)) for one in changes)


def _rows(changes: Iterable[Change]) -> tuple[tuple[str, str, str, str], ...]:
    """A line for what was taken (-) and what was put (+), the name only on the first."""
    rows = []
    for change in changes:
        signed = [*(("-", one) for one in change.taken), *(("+", one) for one in change.put)]
        for number, (sign, text) in enumerate(signed):
            name, field = ("", "") if number else (change.name, change.field)
            rows.append((name, field, sign, text))
    return tuple(rows)


def compare_codebooks(old: Path, new: Path) -> DiffReport:
    """Return what changed from one codebook file to another.

    Raises
    ------
    CodebookError
        With every fault of the first of them that has any.
    """
    return DiffReport(diff_codebooks(load_codebook(old), load_codebook(new)))
