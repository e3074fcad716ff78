"""What a changed codebook would do to a study, as a person reads it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.report_table import ReportTable, short
from pipeline.review.impact import JudgmentImpact


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that would be proposed, or would no longer be, and who judged it so far."""

    segment_id: str
    words: str
    rules: tuple[str, ...]
    judged: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A code or a rule whose proposals would not be the same."""

    name: str
    code_id: str
    before_count: int
    after_count: int
    new_count: int
    gone_count: int
    new: tuple[Sentence, ...]
    gone: tuple[Sentence, ...]


@dataclass(frozen=True)
class ImpactReport:
    """What would be proposed anew and no longer, and which judgments it touches.

    Attributes
    ----------
    before_count, after_count
        Codes on sentences, however many rules propose each.
    differing_count
        Judgments of one coder on codes that would be merged, which do not agree.
    unplaced_count
        Judgments that wait already, because their text has changed.
    """

    old: str
    new: str
    source_count: int
    before_count: int
    after_count: int
    codes: tuple[Changed, ...]
    rules: tuple[Changed, ...]
    judgments: tuple[JudgmentImpact, ...]
    differing_count: int
    unplaced_count: int
    unread: tuple[str, ...]

    @property
    def summary(self) -> str:
        """Return the counts, one line for proposals and one for judgments."""
        new = sum(one.new_count for one in self.codes)
        gone = sum(one.gone_count for one in self.codes)
        fates: Counter[str] = Counter()
        for one in self.judgments:
            fates[one.fate] += one.count
        lines = [
            f"{self.old} to {self.new}, in {self.source_count:,} sources; nothing was changed.",
            f"Proposals: {self.before_count:,} now, {self.after_count:,} then: "
            f"{new:,} new, {gone:,} no longer",
            f"Judgments: {fates['kept']:,} kept, {fates['carried']:,} carried to a code's new id, "
            f"{fates['to decide']:,} to decide after a split, {fates['stale']:,} on codes that go",
        ]
        if self.differing_count:
            lines.append(
                f"Note: {self.differing_count:,} judgments of one coder on codes that are merged "
                "do not agree; present on either counts as present"
            )
        if self.unplaced_count:
            lines.append(
                f"Note: {self.unplaced_count:,} judgments wait already, their text having changed"
            )
        if self.unread:
            lines.append(f"Note: not read: {', '.join(self.unread)}")
        return "\n".join(lines)

    @property
    def tables(self) -> tuple[ReportTable, ...]:
        """Return the changes as tables; those without rows left out."""
        counted = ("now", "then", "new", "no longer")
        touched = [one for one in self.judgments if one.fate != "kept"]
        every = (
            ReportTable("Codes", ("code", *counted), tuple(map(_counts, self.codes))),
            ReportTable("Rules", ("rule", *counted), tuple(map(_counts, self.rules))),
            _sentences("Proposed anew", self.codes, is_new=True),
            _sentences("No longer proposed", self.codes, is_new=False),
            _by_rule(self.rules),
            ReportTable(
                "Judgments",
                ("code", "then", "what becomes of them", "present", "absent", "unsure"),
                tuple(_judgments(one) for one in touched),
            ),
        )
        return tuple(table for table in every if table.rows)


def _counts(one: Changed) -> tuple[str, ...]:
    counts = (one.before_count, one.after_count, one.new_count, one.gone_count)
    return (one.name, *(f"{count:,}" for count in counts))


def _sentences(title: str, codes: Iterable[Changed], *, is_new: bool) -> ReportTable:
    rows = (
        (one.code_id, ", ".join(sentence.rules), sentence.judged, short(sentence.words))
        for one in codes
        for sentence in (one.new if is_new else one.gone)
    )
    note = "" if is_new else "What a coder found present stays, as that coder's own."
    return ReportTable(title, ("code", "rule", "judged so far", "sentence"), tuple(rows), note)


def _by_rule(rules: Iterable[Changed]) -> ReportTable:
    """What each rule gains (+) and loses (-), whether or not another rule has it too."""
    rows = (
        (rule.name if number == 0 else "", sign, short(sentence.words))
        for rule in rules
        for number, (sign, sentence) in enumerate(
            [*(("+", one) for one in rule.new), *(("-", one) for one in rule.gone)]
        )
    )
    note = "A sentence stands here too where another rule proposes its code."
    return ReportTable("Sentences of each rule", ("rule", "", "sentence"), tuple(rows), note)


def _judgments(one: JudgmentImpact) -> tuple[str, ...]:
    counts = (one.present_count, one.absent_count, one.unsure_count)
    return (one.code_id, ", ".join(one.becomes), one.fate, *(f"{count:,}" for count in counts))
