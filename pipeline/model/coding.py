"""Codings: one code applied to one excerpt by one coder, person or machine.

>>> Assertion(polarity="negated").departures
('polarity: negated',)
"""

import hashlib
from dataclasses import dataclass
from typing import Literal

from pipeline.model.codebook import DIMENSIONS, Dimension
from pipeline.model.zone import ZoneKind

CoderKind = Literal["person", "rule", "model"]
State = Literal["proposed", "waiting", "accepted", "rejected", "disputed", "settled", "stale"]
CONFIRMED: frozenset[State] = frozenset({"accepted", "settled"})


@dataclass(frozen=True, slots=True, order=True)
class Cue:
    """The words on which an assertion rests, and the stretch they govern (code points).

    On a parse the stretch runs from the first to the last word governed; words between that
    the cue does not govern ("does not, while others do, deter") lie in it all the same.
    ``speaker_start`` and ``speaker_end`` are the words that name who says it, 0 and 0 where
    nobody is named.
    """

    dimension: Dimension
    value: str
    start: int
    end: int
    scope_start: int
    scope_end: int
    speaker_start: int = 0
    speaker_end: int = 0


@dataclass(frozen=True, slots=True)
class Assertion:
    """How an excerpt asserts what a code names. It annotates; it never drops or flips.

    Attributes
    ----------
    method
        How scopes were found: ``parse``, by grammar; ``clause``, by words and clause ends;
        ``sentence``, for a coding that no rule made, cues that govern most of the sentence.
    """

    polarity: str = "affirmed"
    certainty: str = "asserted"
    time: str = "current"
    mood: str = "statement"
    voice: str = "own"
    cues: tuple[Cue, ...] = ()
    method: str = "clause"

    def value(self, dimension: Dimension) -> str:
        """Return the value along one dimension."""
        return str(getattr(self, dimension))

    @property
    def departures(self) -> tuple[str, ...]:
        """What is not the plain case (affirmed, asserted, current, statement, own)."""
        return tuple(
            f"{dimension}: {self.value(dimension)}"
            for dimension, values in DIMENSIONS.items()
            if self.value(dimension) != values[0]
        )


@dataclass(frozen=True, slots=True)
class Coding:
    """One code on one excerpt.

    Attributes
    ----------
    start, end
        The excerpt: what is quoted and counted.
    segment_id
        The segment that was judged; a coder may have moved the excerpt's edges.
    coder, coder_kind
        Who applied it: a person's id, ``rules``, or the model's name.
    origin_id, origin_sha256
        The rule or model and its content; empty for a person.
    matched
        Spans of the words that made a machine propose it, within the source.
    score
        A model's probability, 0 to 1; 1 for rules and persons.
    reason
        For a model, the words that moved it; for a rule what makes it doubtful: ``weak``,
        ``ambiguous: ...``; for what is inherited where it was named.
    is_inherited
        Whether another sentence's words speak for it: ``matched`` stands there, not here.
    case_id
        The excerpt's own case if it names one, else its source's.
    decided_by, decided_at
        The coders whose judgments made the state and the newest of their times (UTC).
    """

    source_id: str
    segment_id: str
    start: int
    end: int
    code_id: str
    coder: str
    coder_kind: CoderKind
    origin_id: str = ""
    origin_sha256: str = ""
    matched: tuple[tuple[int, int], ...] = ()
    score: float = 1.0
    reason: str = ""
    assertion: Assertion = Assertion()
    is_inherited: bool = False
    is_context: bool = False
    speaker: str = ""
    speaker_role: str = ""
    case_id: str = ""
    source_type: str = ""
    zone: ZoneKind = "body"
    state: State = "proposed"
    decided_by: tuple[str, ...] = ()
    decided_at: str = ""
    codebook_version: str = ""
    text_sha256: str = ""

    @property
    def coding_id(self) -> str:
        """A name made of what the coding is, the same in every run that makes it again."""
        parts = (self.segment_id, self.code_id, self.coder, self.origin_id)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]

    @property
    def is_confirmed(self) -> bool:
        """Whether a person stands behind it: accepted or settled."""
        return self.state in CONFIRMED

    @property
    def is_only_offered(self) -> bool:
        """Whether it is inherited and no person stands behind it: then it counts nowhere."""
        return self.is_inherited and not self.is_confirmed
