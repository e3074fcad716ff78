"""Codebooks: codes with definitions, examples and the rules by which a machine proposes them.

Field names follow MacQueen, McLellan, Kay & Milstein (1998), "Codebook Development for
Team-Based Qualitative Analysis": label, definition, when to use, when not, examples.

    >>> Code("bar.workforce", "Too few specialists").parent_id
    'bar'
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

CodeKind = Literal["theme", "case", "actor", "context", "method", "group"]
Carry = Literal["", "turn", "paragraph"]
Dimension = Literal["polarity", "certainty", "time", "mood", "voice"]
DIMENSIONS: dict[Dimension, tuple[str, ...]] = {
    "polarity": ("affirmed", "negated"),
    "certainty": ("asserted", "hedged", "conditional"),
    "time": ("current", "historical", "prospective"),
    "mood": ("statement", "prescription", "question", "inquiry"),
    "voice": ("own", "reported"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a phrase block, with its line and column in the file."""

    text: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which the machine proposes a code; exactly one of the three forms is given.

    Attributes
    ----------
    phrases, dep
        Lines of the phrase language and of dependency arrows (``codebooks/README.md``).
    token
        Raw spaCy Matcher patterns as canonical JSON, the escape hatch.
    requires
        At least one of these must stand in the same sentence.
    is_weak
        Offered to coders, marked as a weak ground.
    examples
        Sentences that this very rule must, or must not, propose.
    sha256
        Of everything that decides when the rule fires, so that a coding names the rule as
        it was.
    """

    rule_id: str
    phrases: tuple[Line, ...] = ()
    dep: tuple[Line, ...] = ()
    token: tuple[Line, ...] = ()
    requires: tuple[Line, ...] = ()
    is_weak: bool = False
    examples: "tuple[Example, ...]" = ()
    sha256: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that must, or must not, be proposed for its code or by its rule.

    Attributes
    ----------
    is_hard
        Right by definition and beyond rules: expected to fail.
    expect
        The assertion it must be given: pairs of dimension and value.
    """

    text: str
    is_positive: bool
    is_hard: bool = False
    expect: tuple[tuple[Dimension, str], ...] = ()
    why: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Code:
    """A concept that excerpts can be coded with.

    Attributes
    ----------
    kind
        ``group`` is a heading that can not be applied; the other kinds keep themes apart
        from cases, actors and context in counts.
    unless, unless_near
        Phrases that stop a match where they overlap it, or stand in the same sentence.
    watch
        Assertion cues a coder must settle before the excerpt counts.
    carries_negation
        The code's own meaning is negative ("no effect"): a negation inside the matched
        words is not counted again.
    was
        Ids this code had before.
    carry
        How far what one sentence names is offered for later ones: within a speaker's
        ``turn``, or the ``paragraph``. Of a heading it holds for the codes below.
    ambiguous
        Names that also name something else. Of a heading they hold for the codes below.
    """

    code_id: str
    label: str
    definition: str = ""
    kind: CodeKind = "theme"
    include_when: tuple[str, ...] = ()
    exclude_when: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    unless: tuple[Line, ...] = ()
    unless_near: tuple[Line, ...] = ()
    watch: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    carries_negation: bool = False
    was: tuple[str, ...] = ()
    carry: Carry = ""
    ambiguous: tuple[Line, ...] = ()
    line: int = 0

    @property
    def parent_id(self) -> str:
        """The id of the heading above, empty at the top: the dots are the hierarchy."""
        return self.code_id.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class CueGroup:
    """Words that say how an excerpt asserts what a code names (ConText; Harkema et al. 2009).

    Attributes
    ----------
    dimension, value
        What the cue sets: ``polarity``, ``negated``.
    before, after
        Cues that govern what follows, or precedes, them.
    pseudo
        Phrases that hold a cue's words and are none.
    verbs
        Verbs of saying, which report what follows.
    ends_at
        Words where a cue's scope ends.
    ends_with
        Characters that, at the end of the sentence, are the cue.
    max_tokens
        How far a cue reaches.
    """

    name: str
    dimension: Dimension
    value: str
    before: tuple[Line, ...] = ()
    after: tuple[Line, ...] = ()
    pseudo: tuple[Line, ...] = ()
    verbs: tuple[str, ...] = ()
    ends_at: tuple[str, ...] = ()
    ends_with: tuple[str, ...] = ()
    quotes: bool = False
    max_tokens: int = 0
    line: int = 0


@dataclass(frozen=True)
class Codebook:
    """Codes in file order, the assertion cues, and what names this version of both."""

    codebook_id: str
    version: str
    title: str = ""
    language: str = "en"
    codes: tuple[Code, ...] = ()
    cues: tuple[CueGroup, ...] = ()
    sha256: str = ""
    path: str = ""

    @cached_property
    def by_id(self) -> dict[str, Code]:
        """The codes by their ids, headings among them."""
        return {code.code_id: code for code in self.codes}

    @property
    def name(self) -> str:
        """How codings cite it: ``deterrence@0.2.0``."""
        return f"{self.codebook_id}@{self.version}"

    @property
    def codable(self) -> tuple[Code, ...]:
        """The codes that can be applied, headings left out."""
        return tuple(code for code in self.codes if code.kind != "group")

    def carrier_of(self, code_id: str) -> Code | None:
        """Return the nearest of a code and its headings that says how far it carries.

        Codes with one carrier are a group: naming any of them ends what was carried.
        """
        code = self.by_id.get(code_id)
        while code is not None and not code.carry:
            code = self.by_id.get(code.parent_id)
        return code

    def descendants(self, code_id: str) -> frozenset[str]:
        """Return the codable ids under ``code_id``, itself among them if codable."""
        return frozenset(
            code.code_id
            for code in self.codable
            if code.code_id == code_id or code.code_id.startswith(code_id + ".")
        )
