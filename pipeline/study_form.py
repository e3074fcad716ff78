"""The form of study.yaml, as pydantic checks it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.model.study import UNKNOWN_TYPE
from pipeline.model.zone import ZoneKind

_STRICT = ConfigDict(extra="forbid", strict=True)
_VARIABLE = r"^([A-Za-z_][A-Za-z0-9_]*)?$"
_ID = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"


class AboutForm(BaseModel):
    """What the study is."""

    model_config = _STRICT
    id: str = Field(pattern=_ID)
    title: str = Field(min_length=1)
    kind: Literal["evaluation", "literature review", "case study"] = "case study"
    authority: str = ""
    marking: str = ""
    synthetic: bool = False


class QuestionForm(BaseModel):
    """A research question."""

    model_config = _STRICT
    id: str
    text: str
    findings: list[str] = []


class StepForm(BaseModel):
    """A step of the approach."""

    model_config = _STRICT
    id: str
    label: str
    uses: list[str] = []
    output: str = ""


class CaseForm(BaseModel):
    """A case and its members."""

    model_config = _STRICT
    id: str = Field(pattern=_ID)
    label: str = ""
    code: str = ""
    members: list[str] = []
    default: bool = False


class SourceTypeForm(BaseModel):
    """A kind of source."""

    model_config = _STRICT
    id: str = Field(pattern=_ID)
    label: str = ""
    voice: str = ""
    confidential: bool = False


class OverrideForm(BaseModel):
    """Who answers for a source that is marked above the study, and why."""

    model_config = _STRICT
    by: str = Field(pattern=r"\S")
    reason: str = Field(pattern=r"\S")


class SourceForm(BaseModel):
    """One source."""

    model_config = _STRICT
    id: str
    path: str
    title: str = ""
    type: str = UNKNOWN_TYPE
    date: str = ""
    case: str = ""
    marking: str = ""
    speakers: dict[str, str] = {}
    cites: list[str] = []
    restates: list[str] = []
    interest: str = ""
    password_env: str = Field(default="", pattern=_VARIABLE)
    password: str = ""
    marking_override: OverrideForm | None = None


class CoderForm(BaseModel):
    """A person who judges."""

    model_config = _STRICT
    id: str = Field(pattern=_ID)
    role: Literal["coder", "adjudicator", "lead"] = "coder"


class ZonesForm(BaseModel):
    """What is read and not counted."""

    model_config = _STRICT
    exclude: list[ZoneKind] = []
    context_only: list[ZoneKind] = []
    context_roles: list[str] = []


class FileForm(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)
    form: Literal["backing-study/1"] = Field(alias="schema")
    study: AboutForm
    codebook: str
    findings: str = ""
    pseudonyms: str = ""
    steps: list[StepForm] = []
    questions: list[QuestionForm] = []
    cases: list[CaseForm] = Field(min_length=1)
    source_types: list[SourceTypeForm] = Field(min_length=1)
    speaker_roles: list[str] = []
    sources: list[SourceForm] = []
    zones: ZonesForm = ZonesForm()
    coders: list[CoderForm] = []
    marking_scale: dict[str, str] = {}
    seed: int = 0
