"""What a finding stands on: its confirmed evidence in numbers, and its balance."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from pipeline.evidence.duplicates import independence_groups, speakers
from pipeline.evidence.places import asked_case, source_order
from pipeline.model.coding import Coding
from pipeline.model.finding import Evidence, EvidenceMatrix, Finding
from pipeline.model.study import Study

Balance = Literal["nothing", "contradicted", "contested", "supported"]
CONTESTED_FROM = Fraction(1, 3)


def balance_of(supporting_count: int, contradicting_count: int) -> Balance:
    """Return the balance of independent sources in words; exactly a third is contested.

    >>> balance_of(4, 1), balance_of(2, 1), balance_of(0, 0)
    ('supported', 'contested', 'nothing')
    """
    both = supporting_count + contradicting_count
    if not both:
        return "nothing"
    if Fraction(supporting_count, both) < CONTESTED_FROM:
        return "contradicted"
    return "supported" if Fraction(contradicting_count, both) < CONTESTED_FROM else "contested"


def effective_number(excerpt_counts: Iterable[int]) -> float:
    """Return how many equal sources would be as diverse as these: 1 / Σ pᵢ², 0 for none.

    The inverse of Simpson's concentration; Hill's (1973) diversity of order 2.

    >>> round(effective_number((9, 1, 1)), 2)
    1.46
    """
    counts = tuple(excerpt_counts)
    squares = sum(count * count for count in counts)
    return sum(counts) ** 2 / squares if squares else 0.0


@dataclass(frozen=True)
class Ground:
    """The evidence of one finding, the confirmed supporting excerpts above all.

    Attributes
    ----------
    support
        Confirmed excerpts that support it.
    supporting_count, contradicting_count
        Independent sources with confirmed evidence.
    proposed_support
        Excerpts that would support it, if someone confirmed them.
    balance_with_proposals
        The balance when the proposals are taken in.
    """

    finding: Finding
    study: Study
    codings: Mapping[str, Coding]
    voices: Mapping[str, str]
    support: tuple[Evidence, ...]
    proposed_support: tuple[Evidence, ...]
    contradicting_count: int
    balance_with_proposals: Balance
    conflict_count: int

    @property
    def balance(self) -> Balance:
        """The balance of the confirmed layer."""
        return balance_of(self.supporting_count, self.contradicting_count)

    @property
    def supporting_count(self) -> int:
        """Independent sources that support the finding."""
        return len(self.supporters)

    @cached_property
    def supporters(self) -> tuple[str, ...]:
        """The sources that speak for their groups, in the study's order."""
        order = source_order(self.study, (one.source_id for one in self.support))
        speaking = speakers((one.source_id for one in self.support), self.voices, order)
        return tuple(sorted(speaking, key=lambda source_id: order[source_id]))

    @cached_property
    def types(self) -> frozenset[str]:
        """The source types of independent supporters: an echo adds none."""
        return frozenset(
            one.source_type for one in self.support if one.source_id in self.supporters
        )

    @cached_property
    def cases(self) -> frozenset[str]:
        """The declared cases in which something supports the finding."""
        return frozenset(self.study.roll_up(one.case_id) for one in self.support)

    def supports_in(self, case_id: str, evidence: Iterable[Evidence]) -> bool:
        """Return whether some of the evidence is about a case, or a member of one."""
        asked = asked_case(case_id, self.study)
        return any(asked in (one.case_id, self.study.roll_up(one.case_id)) for one in evidence)

    @cached_property
    def effective_number(self) -> float:
        """How many supporters there are if one that carries most excerpts counts most."""
        counts = Counter(self.voices.get(one.source_id, one.source_id) for one in self.support)
        return effective_number(counts.values())

    @cached_property
    def strong_count(self) -> int:
        """Independent sources with an excerpt asserted as a statement in their own voice."""
        strong = (one for one in self.support if any(map(_is_strong, self.anchors(one))))
        return count_voices(strong, self.voices)

    def anchors(self, evidence: Evidence) -> tuple[Coding, ...]:
        """Return the confirmed codings on an excerpt."""
        codings = (self.codings[coding_id] for coding_id in evidence.coding_ids)
        return tuple(coding for coding in codings if coding.is_confirmed)

    def case_label(self, case_id: str) -> str:
        """Return a case's label, its id where the study gives none."""
        labels = {case.case_id: case.label for case in self.study.cases}
        return labels.get(case_id) or case_id


def grounds(matrix: EvidenceMatrix, codings: Sequence[Coding], study: Study) -> Iterator[Ground]:
    """Yield what each finding of a matrix stands on."""
    by_id = {coding.coding_id: coding for coding in codings}
    voices = independence_groups(study)
    by_finding: defaultdict[str, list[Evidence]] = defaultdict(list)
    for one in matrix.evidence:
        by_finding[one.finding_id].append(one)
    conflict_counts = Counter(conflict.finding_id for conflict in matrix.conflicts)
    for finding in matrix.findings:
        own = by_finding[finding.finding_id]
        supports = [one for one in own if one.bearing == "supports"]
        contradicts = [one for one in own if one.bearing == "contradicts"]
        yield Ground(
            finding,
            study,
            by_id,
            voices,
            tuple(one for one in supports if one.layer == "confirmed"),
            tuple(one for one in supports if one.layer == "proposed"),
            count_voices((one for one in contradicts if one.layer == "confirmed"), voices),
            balance_of(count_voices(supports, voices), count_voices(contradicts, voices)),
            conflict_counts[finding.finding_id],
        )


def count_voices(evidence: Iterable[Evidence], voices: Mapping[str, str]) -> int:
    """Return how many independent sources some evidence comes from."""
    return len({voices.get(one.source_id, one.source_id) for one in evidence})


def _is_strong(coding: Coding) -> bool:
    asserted = coding.assertion
    return (asserted.certainty, asserted.voice, asserted.mood) == ("asserted", "own", "statement")
