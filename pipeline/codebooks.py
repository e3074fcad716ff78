"""A codebook file to a Codebook: every fault at once, each with file, line and a hint."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from pipeline.codebook_faults import codebook_faults
from pipeline.errors import CodebookError
from pipeline.model.codebook import (
    Carry,
    Code,
    Codebook,
    CodeKind,
    CueGroup,
    Dimension,
    Example,
    Line,
    Rule,
)
from pipeline.model.judgment import canonical_json
from pipeline.yaml_file import Key, YamlFile, read_yaml, validated

__all__ = ["load_codebook"]
_STRICT = ConfigDict(extra="forbid", strict=True)
_CODE_ID = r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$"
Block = str | list[str]


class _Example(BaseModel):
    model_config = _STRICT
    text: str = Field(min_length=1)
    hard: bool = False
    expect: dict[Dimension, str] = {}
    why: str = ""


class _Examples(BaseModel):
    model_config = _STRICT
    positive: list[_Example] = []
    negative: list[_Example] = []

    @field_validator("positive", "negative", mode="before")
    @classmethod
    def _plain_text_is_an_example(cls, value: object) -> object:
        if not isinstance(value, list):
            return value
        return [{"text": item} if isinstance(item, str) else item for item in value]


class _Rule(BaseModel):
    model_config = _STRICT
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")
    phrases: Block = ""
    dep: Block = ""
    token: list[list[dict[str, Any]]] = []
    requires: Block = ""
    weak: bool = False


class _Code(BaseModel):
    model_config = _STRICT
    id: str = Field(pattern=_CODE_ID)
    kind: CodeKind = "theme"
    label: str = Field(min_length=1)
    definition: str = Field(min_length=1)
    include_when: list[str] = []
    exclude_when: list[str] = []
    rules: list[_Rule] = []
    unless: Block = ""
    unless_near: Block = ""
    watch: list[str] = []
    examples: _Examples = _Examples()
    carries_negation: bool = False
    was: str | list[str] = []
    carry: Carry = ""
    ambiguous: Block = ""


class _Cues(BaseModel):
    model_config = _STRICT
    sets: dict[Dimension, str] = Field(min_length=1, max_length=1)
    before: Block = ""
    after: Block = ""
    pseudo: Block = ""
    verbs: list[str] = []
    ends_at: list[str] = []
    ends_with: list[str] = []
    quotes: bool = False
    max_tokens: int = Field(default=0, ge=0, le=200)


class _Head(BaseModel):
    model_config = _STRICT
    id: str = Field(pattern=_CODE_ID)
    title: str = ""
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    language: Literal["en"] = "en"
    unit_of_coding: Literal["sentence"] = "sentence"


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)
    form: Literal["backing-codebook/1"] = Field(alias="schema")
    codebook: _Head
    assertion: dict[str, _Cues] = {}
    codes: list[_Code] = Field(min_length=1)


def load_codebook(path: Path) -> Codebook:
    """Return the codebook in a file.

    Raises
    ------
    CodebookError
        With everything that is wrong in the file, each with its line.
    """
    file = read_yaml(path, path.name, CodebookError)
    content = validated(file, _File, CodebookError)
    codes = tuple(_code(file, ("codes", i), code) for i, code in enumerate(content.codes))
    cues = tuple(_cue_group(file, name, group) for name, group in content.assertion.items())
    head = content.codebook
    book = Codebook(
        codebook_id=head.id,
        version=head.version,
        title=head.title,
        language=head.language,
        codes=codes,
        cues=cues,
        sha256=hashlib.sha256(canonical_json(file.value).encode()).hexdigest(),
        path=path.name,
    )
    faults = codebook_faults(file, book)
    if faults:
        raise CodebookError(faults)
    return book


def _code(file: YamlFile, key: Key, code: _Code) -> Code:
    return Code(
        code_id=code.id,
        label=code.label,
        definition=code.definition,
        kind=code.kind,
        include_when=tuple(code.include_when),
        exclude_when=tuple(code.exclude_when),
        rules=tuple(
            _rule(file, (*key, "rules", i), rule, code) for i, rule in enumerate(code.rules)
        ),
        unless=_lines(file, (*key, "unless"), code.unless),
        unless_near=_lines(file, (*key, "unless_near"), code.unless_near),
        watch=tuple(code.watch),
        examples=tuple(_examples(file, (*key, "examples"), code.examples)),
        carries_negation=code.carries_negation,
        was=(code.was,) if isinstance(code.was, str) else tuple(code.was),
        carry=code.carry,
        ambiguous=_lines(file, (*key, "ambiguous"), code.ambiguous),
        line=file.line((*key, "id")),
    )


def _rule(file: YamlFile, key: Key, rule: _Rule, code: _Code) -> Rule:
    content = rule.model_dump(exclude={"id"}) | {
        "unless": code.unless,
        "unless_near": code.unless_near,
    }
    return Rule(
        rule_id=rule.id,
        phrases=_lines(file, (*key, "phrases"), rule.phrases),
        dep=_lines(file, (*key, "dep"), rule.dep),
        token=tuple(
            Line(canonical_json(pattern), file.line((*key, "token", i)))
            for i, pattern in enumerate(rule.token)
        ),
        requires=_lines(file, (*key, "requires"), rule.requires),
        is_weak=rule.weak,
        sha256=hashlib.sha256(canonical_json(content).encode()).hexdigest(),
        line=file.line((*key, "id")),
    )


def _lines(file: YamlFile, key: Key, block: Block) -> tuple[Line, ...]:
    """One phrase a line; what follows a ``#`` after white space is a remark."""
    first = file.line(key)
    if isinstance(block, str):
        rows = [(text, first + i) for i, text in enumerate(block.splitlines())]
    else:
        rows = [(text, file.line((*key, i))) for i, text in enumerate(block)]
    cleaned = [(re.sub(r"(^|\s)#.*", "", text).strip(), line) for text, line in rows]
    return tuple(Line(text, line) for text, line in cleaned if text)


def _examples(file: YamlFile, key: Key, examples: _Examples) -> Iterator[Example]:
    for name, is_positive in (("positive", True), ("negative", False)):
        for i, example in enumerate(getattr(examples, name)):
            yield Example(
                text=example.text,
                is_positive=is_positive,
                is_hard=example.hard,
                expect=tuple(example.expect.items()),
                why=example.why,
                line=file.line((*key, name, i)),
            )


def _cue_group(file: YamlFile, name: str, group: _Cues) -> CueGroup:
    key: Key = ("assertion", name)
    (dimension, value), *_ = group.sets.items()
    return CueGroup(
        name=name,
        dimension=dimension,
        value=value,
        before=_lines(file, (*key, "before"), group.before),
        after=_lines(file, (*key, "after"), group.after),
        pseudo=_lines(file, (*key, "pseudo"), group.pseudo),
        verbs=tuple(group.verbs),
        ends_at=tuple(group.ends_at),
        ends_with=tuple(group.ends_with),
        quotes=group.quotes,
        max_tokens=group.max_tokens,
        line=file.line(key),
    )
