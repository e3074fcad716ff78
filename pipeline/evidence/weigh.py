"""How strong a finding is and what makes it fragile: a balance in words, and flags.

A flag is a warning to be read with the excerpts, never a score: nothing here rates a finding.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.evidence.flags import Flag, flags, weak_grounds
from pipeline.evidence.ground import Balance, balance_of, effective_number, grounds
from pipeline.model.coding import Coding
from pipeline.model.finding import EvidenceMatrix
from pipeline.model.study import Study

__all__ = ["Balance", "Flag", "Weighing", "balance_of", "effective_number", "weigh"]


@dataclass(frozen=True, slots=True)
class Weighing:
    """How the evidence for one finding stands.

    Attributes
    ----------
    supporting_count, contradicting_count
        Independent sources with confirmed evidence.
    effective_count
        Supporting sources, weighed by how many of the excerpts each carries.
    """

    finding_id: str
    balance: Balance
    balance_with_proposals: Balance
    supporting_count: int
    contradicting_count: int
    effective_count: float
    flags: tuple[Flag, ...]

    @property
    def contradicting_share(self) -> float | None:
        """The part of the sources, 0 to 1, that contradicts; None where there are none."""
        both = self.supporting_count + self.contradicting_count
        return self.contradicting_count / both if both else None


def weigh(matrix: EvidenceMatrix, codings: Sequence[Coding], study: Study) -> tuple[Weighing, ...]:
    """Return how each finding stands, in the order of the findings.

    Balance and flags are of the confirmed layer, unless a name says otherwise.

    Parameters
    ----------
    codings
        All that the matrix was made from: certainty and voice are read from them.
    """
    stands_on = tuple(grounds(matrix, codings, study))
    weak = weak_grounds(stands_on)
    return tuple(
        Weighing(
            ground.finding.finding_id,
            ground.balance,
            ground.balance_with_proposals,
            ground.supporting_count,
            ground.contradicting_count,
            ground.effective_number,
            tuple(flags(ground, weak)),
        )
        for ground in stands_on
    )
