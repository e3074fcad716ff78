"""The form of a findings file, as pydantic checks it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from pipeline.model.finding import Scope

_STRICT = ConfigDict(extra="forbid", strict=True)


class WithinForm(BaseModel):
    """A number of sentences."""

    model_config = _STRICT
    sentences: int = Field(ge=0, le=50)


class TermForm(BaseModel):
    """A code, with what its own assertion must be."""

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)
    code: str
    asserted: dict[str, str | list[str]] = Field(default={}, alias="as")


class QueryForm(BaseModel):
    """One query."""

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)
    any: list[TermForm] = []
    all: list[TermForm] = []
    none: list[TermForm] = []
    asserted: dict[str, str | list[str]] = Field(default={}, alias="as")
    within: Scope | WithinForm = "excerpt"
    cases: list[str] = []
    source_types: list[str] = []
    note: str = ""

    @field_validator("any", "all", "none", mode="before")
    @classmethod
    def _plain_text_is_a_code(cls, value: object) -> object:
        if not isinstance(value, list):
            return value
        return [{"code": item} if isinstance(item, str) else item for item in value]


class NeedsForm(BaseModel):
    """The least evidence asked for."""

    model_config = _STRICT
    sources: int = Field(default=0, ge=0)
    source_types: int = Field(default=0, ge=0)
    cases: list[str] = []


class PartForm(BaseModel):
    """One proposition."""

    model_config = _STRICT
    id: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9-]*$")
    statement: str = Field(min_length=1)
    kind: Literal["empirical", "normative"] = "empirical"
    wording: Literal["asserted", "hedged"] = "asserted"
    rests_on: list[str] = []
    supports: list[QueryForm] = []
    contradicts: list[QueryForm] = []
    qualifies: list[QueryForm] = []
    needs: NeedsForm = NeedsForm()


class FindingForm(PartForm):
    """A proposition, or the heading of its parts."""

    parts: list[PartForm] = []


class FileForm(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)
    form: Literal["backing-findings/1"] = Field(alias="schema")
    codebook: str
    findings: list[FindingForm] = []
