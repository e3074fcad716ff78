"""The form of a codebook file, field by field; an editor's schema is made from it.

What the descriptions say is what an editor shows beside a field. Bounds keep any file from
taking more time than a person would wait.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from pipeline.model.codebook import Carry, CodeKind, Dimension

MAX_BYTES = 1_000_000
MAX_VALUES = 40_000
MAX_CODES = 1_000
_STRICT = ConfigDict(extra="forbid", strict=True)
CODE_ID = r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$"
_Short = Annotated[str, Field(max_length=200)]
_Prose = Annotated[str, Field(max_length=5_000)]
_Prompts = Annotated[list[_Prose], Field(max_length=50)]
_Lines = Annotated[str, Field(max_length=100_000)]
_LineList = Annotated[list[Annotated[str, Field(max_length=1_000)]], Field(max_length=2_000)]
Block = _Lines | _LineList


def _block(description: str) -> Any:  # noqa: ANN401 - as pydantic's own Field
    return Field(default="", description=f"{description} One phrase a line: write | after it.")


class ExampleForm(BaseModel):
    """A sentence that tries the rules."""

    model_config = _STRICT
    text: str = Field(min_length=1, max_length=2_000, description="The sentence.")
    hard: bool = Field(
        default=False, description="Right by definition and beyond rules: expected to fail."
    )
    expect: dict[Dimension, _Short] = Field(
        default={}, description="How the sentence must be asserted: {certainty: hedged}."
    )
    why: _Prose = Field(default="", description="A word to the next person.")


class ExamplesForm(BaseModel):
    """Sentences that try the rules: each a text, or a mapping with text."""

    model_config = _STRICT
    positive: list[ExampleForm] = Field(
        default=[], max_length=500, description="Each must be proposed."
    )
    negative: list[ExampleForm] = Field(
        default=[], max_length=500, description="None may be proposed: the look-alikes you fear."
    )

    @field_validator("positive", "negative", mode="before")
    @classmethod
    def _plain_text_is_an_example(cls, value: object) -> object:
        if not isinstance(value, list):
            return value
        return [{"text": item} if isinstance(item, str) else item for item in value]


class RuleForm(BaseModel):
    """One way in which the machine proposes the code: exactly one of phrases, dep, token."""

    model_config = _STRICT
    id: _Short = Field(
        pattern=r"^[a-z0-9][a-z0-9.-]*$",
        description="Unique in the codebook and stable: every coding it proposes cites it.",
    )
    phrases: Block = _block("Phrases, any of which proposes the code.")
    dep: Block = _block("Dependency arrows: deny/VERB >dobj victory.")
    token: list[list[dict[str, Any]]] = Field(
        default=[],
        max_length=100,
        description="spaCy token patterns, for what phrases can not say.",
    )
    requires: Block = _block("At least one of these must be in the sentence too.")
    weak: bool = Field(default=False, description="Proposals are marked as weakly grounded.")
    examples: ExamplesForm = Field(
        default=ExamplesForm(),
        description="Sentences this very rule must propose (positive) and must not (negative).",
    )


class CodeForm(BaseModel):
    """A concept that sentences can be coded with, or a heading over such."""

    model_config = _STRICT
    id: _Short = Field(
        pattern=CODE_ID,
        description="Stable and dotted; the dots are the hierarchy. Never used again.",
    )
    kind: CodeKind = Field(
        default="theme", description="theme if left out; a group is a heading, without rules."
    )
    label: _Short = Field(min_length=1, description="What a coder sees first.")
    definition: _Prose = Field(min_length=1, description="What the code means.")
    include_when: _Prompts = Field(default=[], description="When to use it: hard cases.")
    exclude_when: _Prompts = Field(
        default=[], description="When not; name the code to use instead: (act.presence)."
    )
    rules: list[RuleForm] = Field(
        default=[], max_length=200, description="How the machine proposes it; any rule does."
    )
    unless: Block = _block("The match falls if one of these overlaps it.")
    unless_near: Block = _block("The match falls if one of these is in the sentence.")
    watch: Annotated[list[_Short], Field(max_length=50)] = Field(
        default=[], description="Assertion groups a coder settles before the excerpt counts."
    )
    examples: ExamplesForm = Field(
        default=ExamplesForm(), description="Sentences that must, or must not, be proposed."
    )
    carries_negation: bool = Field(
        default=False, description="The code's own meaning is negative: no effect, can not share."
    )
    was: _Short | Annotated[list[_Short], Field(max_length=50)] = Field(
        default=[],
        description="Ids it had before: a rename; of several codes, a merge. Judgments follow.",
    )
    carry: Carry = Field(
        default="",
        description="turn or paragraph: what it names is offered to later sentences.",
    )
    ambiguous: Block = _block("Names that also name something else.")


class CuesForm(BaseModel):
    """Words that say how a sentence asserts what a code names."""

    model_config = _STRICT
    sets: dict[Dimension, _Short] = Field(
        min_length=1, max_length=1, description="One dimension and its value: {polarity: negated}."
    )
    before: Block = _block("Cues that govern what comes after them.")
    after: Block = _block("Cues that govern what comes before them.")
    pseudo: Block = _block("Phrases that hold a cue's words and are none.")
    verbs: Annotated[list[_Short], Field(max_length=500)] = Field(
        default=[], description="Verbs of saying, in any inflection."
    )
    ends_at: Annotated[list[_Short], Field(max_length=200)] = Field(
        default=[], description="Words and marks where the stretch ends."
    )
    ends_with: Annotated[list[_Short], Field(max_length=20)] = Field(
        default=[], description="Marks at the sentence's end: ['?']."
    )
    quotes: bool = Field(
        default=False, description="Three words or more in quotation marks are reported."
    )
    max_tokens: int = Field(
        default=0, ge=0, le=200, description="How many words the stretch has at most; 0: no end."
    )


class HeadForm(BaseModel):
    """What names this version of the codebook."""

    model_config = _STRICT
    id: _Short = Field(pattern=CODE_ID, description="The codebook's name.")
    title: _Short = Field(default="", description="Printed above it.")
    version: _Short = Field(
        pattern=r"^\d+\.\d+\.\d+$",
        description="Last number: wording. Middle: new codes, rules. First: meanings changed.",
    )
    language: Literal["en"] = Field(default="en", description="The language of its rules.")
    unit_of_coding: Literal["sentence"] = Field(
        default="sentence", description="What a code is given to."
    )


class FileForm(BaseModel):
    """A codebook file."""

    model_config = _STRICT
    form: Literal["backing-codebook/1"] = Field(
        alias="schema", description="The form of this file."
    )
    codebook: HeadForm = Field(description="What names this version.")
    assertion: Annotated[dict[_Short, CuesForm], Field(max_length=100)] = Field(
        default={}, description="Groups of cues by name; they hold for all codes."
    )
    codes: list[CodeForm] = Field(
        min_length=1, max_length=MAX_CODES, description="Headings before what stands under them."
    )
