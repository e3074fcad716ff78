"""`backing codebook impact`: a changed codebook tried on a study before it is put there."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.codebooks import load_codebook
from pipeline.impact_report import Changed, ImpactReport, Sentence
from pipeline.judging import carry_to
from pipeline.record_copy import events_of
from pipeline.review.follow import follow
from pipeline.review.impact import Impact, code_impacts, judgment_impacts, rule_impacts
from pipeline.review.judgments import Judgments, fold
from pipeline.review.lineage import lineage_of
from pipeline.stages import Say, quiet
from pipeline.study import load_study
from pipeline.trial import Trial, try_codebooks

__all__ = ["EXAMPLES", "ImpactReport", "impact_of"]
EXAMPLES = 3


def impact_of(
    new: Path, folder: Path, *, examples: int = EXAMPLES, say: Say = quiet
) -> ImpactReport:
    """Return what a codebook would change in a study; nothing is written there.

    Parameters
    ----------
    examples
        How many sentences are shown for each code and rule.

    Raises
    ------
    CodebookError
        With every fault, if the new codebook or the study's own can not be used.
    StudyError
        If there is no study in the folder, or it can not be used.
    """
    book = load_codebook(new)
    own = load_codebook(folder / load_study(folder).codebook_path)
    before, after = try_codebooks(folder, [own, book], say)
    line = lineage_of(book)
    carrying = carry_to(before.inputs.study, before.corpus, events_of(folder))
    followed = follow(carrying, line)
    shown = _Shown(before, after, fold(carrying.events), examples)
    codes = code_impacts(book, line, before.codings, after.codings)
    rules = rule_impacts(before.codings, after.codings)
    return ImpactReport(
        old=own.name,
        new=book.name,
        source_count=len(before.corpus.sources),
        before_count=_count(before),
        after_count=_count(after),
        codes=tuple(shown.changed(one, is_rule=False) for one in codes if one.new or one.gone),
        rules=tuple(shown.changed(one, is_rule=True) for one in rules if one.new or one.gone),
        judgments=judgment_impacts(fold(carrying.events), line),
        differing_count=sum(bool(one.note) for one in followed.carried),
        unplaced_count=len(carrying.unplaced),
        unread=tuple(one.path for one in before.corpus.unread),
    )


def _count(trial: Trial) -> int:
    """Codes on segments, however many rules propose each."""
    return len({(one.segment_id, one.code_id) for one in trial.codings})


@dataclass(frozen=True)
class _Shown:
    """Turns segments into the sentences of a report."""

    before: Trial
    after: Trial
    judgments: Judgments
    most: int

    def changed(self, one: Impact, *, is_rule: bool) -> Changed:
        """A code or a rule with sentences for what differs."""
        return Changed(
            name=one.name,
            code_id=one.code_id,
            before_count=one.before_count,
            after_count=one.after_count,
            new_count=len(one.new),
            gone_count=len(one.gone),
            new=tuple(self._sentences(self.after, one, one.new, is_rule)),
            gone=tuple(self._sentences(self.before, one, one.gone, is_rule)),
        )

    def _sentences(
        self, trial: Trial, one: Impact, segment_ids: Sequence[str], is_rule: bool
    ) -> Iterator[Sentence]:
        for segment_id in segment_ids[: self.most]:
            here = [coding for coding in trial.codings if coding.segment_id == segment_id]
            rules = [c.origin_id for c in here if is_rule or c.code_id == one.code_id]
            codes = {c.code_id for c in here if (c.origin_id if is_rule else c.code_id) == one.name}
            yield Sentence(
                segment_id=segment_id,
                words=trial.words(segment_id),
                rules=(one.name,) if is_rule else tuple(rules),
                judged=self._judged(segment_id, codes | {one.code_id}),
            )

    def _judged(self, segment_id: str, code_ids: set[str]) -> str:
        verdicts = Counter(
            decision.verdict
            for code_id in code_ids
            for decision in self.judgments.decisions.get((segment_id, code_id), ())
        )
        return ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items()))
