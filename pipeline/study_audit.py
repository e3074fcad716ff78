"""How a codebook's rules do in a study's sentences, as a person reads it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import did_you_mean
from pipeline.model.codebook import Codebook
from pipeline.record_copy import events_of
from pipeline.report_table import ReportTable, short
from pipeline.review.judgments import standing
from pipeline.review.lineage import lineage_of, lost_codes
from pipeline.review.rule_audit import (
    Overlap,
    RuleHits,
    Shadowed,
    overlaps,
    rule_hits,
    shadowed_rules,
)
from pipeline.stages import Say
from pipeline.tag.parse import lines_switched_off
from pipeline.trial import try_codebooks

FLOOD_SHARE = 0.05
_MOST_PAIRS = 10
_RULE = ("rule", "code", "line", "sentences")


@dataclass(frozen=True, slots=True)
class OverlapShown:
    """Two codes with sentences in common, and one of these."""

    overlap: Overlap
    sentence: str


@dataclass(frozen=True, slots=True)
class LostJudgments:
    """Judgments on an id that leads to no code, and the name that was probably meant."""

    code_id: str
    count: int
    hint: str


@dataclass(frozen=True, slots=True)
class StudyAudit:
    """What a person should look at, after the rules were run on a study.

    Attributes
    ----------
    dead
        Rules that hold in no sentence here and in no positive example of their code.
    flooding
        Rules that hold in more than ``flood_share`` of all sentences.
    shadowed
        Rules each of whose sentences other rules of the same code propose as well.
    overlapping
        The pairs of codes with the largest share of sentences in common.
    lost
        Judgments on ids that are no code and that no code says it was.
    """

    source_count: int
    sentence_count: int
    proposal_count: int
    flood_share: float
    rules: tuple[RuleHits, ...]
    dead: tuple[RuleHits, ...]
    flooding: tuple[RuleHits, ...]
    shadowed: tuple[Shadowed, ...]
    overlapping: tuple[OverlapShown, ...]
    lost: tuple[LostJudgments, ...] = ()

    @property
    def summary(self) -> str:
        """Return what was counted, in one line."""
        return (
            f"In {self.source_count:,} sources, {self.sentence_count:,} sentences: "
            f"{self.proposal_count:,} proposals; {len(self.dead):,} rules dead, "
            f"{len(self.flooding):,} flooding, {len(self.shadowed):,} shadowed"
        )

    @property
    def tables(self) -> tuple[ReportTable, ...]:
        """Return one table for each thing to look at."""
        return (
            ReportTable(
                "Dead rules",
                ("rule", "code", "line"),
                tuple((one.rule_id, one.code_id, str(one.line)) for one in self.dead),
                "They hold in no sentence here and in no positive example of their code.",
            ),
            ReportTable(
                "Flooding rules",
                (*_RULE, "share"),
                tuple((*_row(one), f"{one.share:.1%}") for one in self.flooding),
                f"They hold in more than {self.flood_share:.1%} of all sentences (--flood).",
            ),
            ReportTable(
                "Shadowed rules",
                (*_RULE, "also by"),
                tuple((*_row(one), ", ".join(one.by)) for one in self.shadowed),
                "Other rules of the code propose all their sentences here. "
                "Take out one at a time: two may shadow each other.",
            ),
            self._overlap_table(),
            ReportTable(
                "Judgments on ids that are no code",
                ("id", "judgments", "hint"),
                tuple((one.code_id, f"{one.count:,}", one.hint) for one in self.lost),
                "They count nowhere. Where a code took its place, name the id there under was:.",
            ),
        )

    def _overlap_table(self) -> ReportTable:
        rows = (
            (
                f"{one.overlap.code_id}, {one.overlap.other_id}",
                f"{one.overlap.common_count:,}",
                f"{one.overlap.share:.0%}",
                short(one.sentence),
            )
            for one in self.overlapping
        )
        return ReportTable(
            "Codes that overlap most",
            ("codes", "common", "share", "for example"),
            tuple(rows),
            "Share: of the sentences with either code, those with both.",
        )


def _row(one: RuleHits | Shadowed) -> tuple[str, ...]:
    return (one.rule_id, one.code_id, str(one.line), f"{one.hit_count:,}")


def audit_study(
    folder: Path, book: Codebook, tried: frozenset[str], flood_share: float, say: Say
) -> StudyAudit:
    """Return how a codebook's rules do in a study, of which nothing is changed.

    Parameters
    ----------
    tried
        Rules that hold in a positive example: they are not dead.

    Raises
    ------
    StudyError
        If the study can not be used.
    """
    [trial] = try_codebooks(folder, [book], say)
    hits = rule_hits(book, trial.codings, len(trial.sentences))
    off = {rule for rule, _, _ in lines_switched_off(book)} if not trial.inputs.model else set()
    return StudyAudit(
        source_count=len(trial.corpus.sources),
        sentence_count=len(trial.sentences),
        proposal_count=len(trial.codings),
        flood_share=flood_share,
        rules=hits,
        dead=tuple(h for h in hits if not h.hit_count and h.rule_id not in tried | off),
        flooding=tuple(h for h in hits if h.share > flood_share),
        shadowed=shadowed_rules(book, trial.codings),
        overlapping=tuple(
            OverlapShown(one, trial.words(one.segment_id))
            for one in overlaps(trial.codings)[:_MOST_PAIRS]
        ),
        lost=tuple(_lost(folder, book)),
    )


def _lost(folder: Path, book: Codebook) -> Iterator[LostJudgments]:
    """Yield what is judged and leads nowhere: an id mistyped under ``was``, or a code taken out."""
    line = lineage_of(book)
    known = [*line.successors, *book.by_id]
    for code_id, count in lost_codes(standing(events_of(folder)), line).items():
        yield LostJudgments(code_id, count, did_you_mean(code_id, known))
