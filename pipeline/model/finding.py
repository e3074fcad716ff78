"""Findings: propositions a study defends, what is asked of the codings, and what bears on them."""

from dataclasses import dataclass
from typing import Literal

Bearing = Literal["supports", "contradicts", "qualifies"]
BEARINGS: tuple[Bearing, ...] = ("supports", "contradicts", "qualifies")
Layer = Literal["confirmed", "proposed"]
Scope = Literal["excerpt", "sentence", "paragraph", "turn"]
Asserted = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class CodeTerm:
    """A code as a query names it.

    Attributes
    ----------
    written
        As in the file: ``act.*``.
    code_ids
        The codable codes it stands for.
    asserted
        Dimension (or ``speaker_role``) and the values allowed; empty where silent.
    """

    written: str
    code_ids: frozenset[str]
    asserted: Asserted = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What must be found near what, for an excerpt to bear on a finding.

    Attributes
    ----------
    within
        Scope in which the codes must meet; a number is that many sentences.
    asserted
        What the anchor's assertion must be, where the file says so.
    note
        Why this counts: the warrant, in Toulmin's word.
    """

    any: tuple[CodeTerm, ...] = ()
    all: tuple[CodeTerm, ...] = ()
    none: tuple[CodeTerm, ...] = ()
    asserted: Asserted = ()
    within: Scope | int = "excerpt"
    cases: tuple[str, ...] = ()
    source_types: tuple[str, ...] = ()
    note: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Needs:
    """The least evidence the team asks of itself: independent sources, types, cases."""

    source_count: int = 0
    source_type_count: int = 0
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One proposition (a part of a finding is one too, under its parent's id)."""

    finding_id: str
    statement: str
    parent_id: str = ""
    parent_statement: str = ""
    kind: Literal["empirical", "normative"] = "empirical"
    wording: Literal["asserted", "hedged"] = "asserted"
    rests_on: tuple[str, ...] = ()
    supports: tuple[Query, ...] = ()
    contradicts: tuple[Query, ...] = ()
    qualifies: tuple[Query, ...] = ()
    needs: Needs = Needs()
    line: int = 0

    def queries(self, bearing: Bearing) -> tuple[Query, ...]:
        """Return the queries of one bearing."""
        return {
            "supports": self.supports,
            "contradicts": self.contradicts,
            "qualifies": self.qualifies,
        }[bearing]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One excerpt that bears on one finding.

    Attributes
    ----------
    coding_ids
        The codings on this excerpt that anchor it; the first names its words.
    companion_ids
        The codings that had to stand near it.
    layer
        As sure as its least sure coding.
    falls_with
        Proposed codes that, if accepted, would take the excerpt out.
    """

    finding_id: str
    bearing: Bearing
    source_id: str
    start: int
    end: int
    case_id: str
    source_type: str
    layer: Layer
    coding_ids: tuple[str, ...]
    companion_ids: tuple[str, ...] = ()
    falls_with: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """An excerpt on which queries of several bearings of one finding hold: counted nowhere."""

    finding_id: str
    source_id: str
    start: int
    end: int
    bearings: tuple[Bearing, ...]
    coding_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One tidy row: (finding, case, source type, source, bearing, layer).

    Attributes
    ----------
    source_count
        1 where the source speaks for its group of dependent sources within this finding,
        case, bearing and layer, 0 where it repeats another: the sum counts independent
        sources, the rows count raw ones.
    """

    finding_id: str
    case_id: str
    source_type: str
    source_id: str
    bearing: Bearing
    review_state: Layer
    source_count: int
    excerpt_count: int
    coding_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceMatrix:
    """The rows, the evidence behind them and the excerpts held back as conflicts.

    Attributes
    ----------
    restated
        Evidence from sources that themselves state the finding: on record, counted nowhere.
    """

    findings: tuple[Finding, ...]
    rows: tuple[MatrixRow, ...]
    evidence: tuple[Evidence, ...]
    conflicts: tuple[Conflict, ...]
    restated: tuple[Evidence, ...] = ()
