"""A codebook file to a Codebook: every fault at once, each with file, line and a hint."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.codebook_faults import codebook_faults
from pipeline.codebook_form import (
    MAX_BYTES,
    MAX_VALUES,
    Block,
    CodeForm,
    CuesForm,
    ExamplesForm,
    FileForm,
    RuleForm,
)
from pipeline.codebook_sound import sound_part
from pipeline.errors import CodebookError
from pipeline.form_faults import in_order
from pipeline.model.codebook import (
    Code,
    Codebook,
    CueGroup,
    Example,
    Line,
    Rule,
)
from pipeline.model.judgment import canonical_json
from pipeline.yaml_file import Key, YamlFile, look_at_yaml

__all__ = ["load_codebook"]


def load_codebook(path: Path) -> Codebook:
    """Return the codebook in a file.

    Raises
    ------
    CodebookError
        With everything that is wrong in the file, each with its line.
    """
    file = look_at_yaml(path, path.name, CodebookError, max_bytes=MAX_BYTES, max_values=MAX_VALUES)
    content, faults = sound_part(file)
    book = _codebook(file, content) if content else None
    if book is not None:
        faults += codebook_faults(file, book)
    if faults or book is None:
        raise CodebookError(in_order(faults))
    return book


def _codebook(file: YamlFile, content: FileForm) -> Codebook:
    codes = tuple(_code(file, ("codes", i), code) for i, code in enumerate(content.codes))
    cues = tuple(_cue_group(file, name, group) for name, group in content.assertion.items())
    head = content.codebook
    return Codebook(
        codebook_id=head.id,
        version=head.version,
        title=head.title,
        language=head.language,
        codes=codes,
        cues=cues,
        sha256=hashlib.sha256(canonical_json(file.value).encode()).hexdigest(),
        path=file.name,
    )


def _code(file: YamlFile, key: Key, code: CodeForm) -> Code:
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


def _rule(file: YamlFile, key: Key, rule: RuleForm, code: CodeForm) -> Rule:
    content = rule.model_dump(exclude={"id", "examples"}) | {
        "unless": code.unless,
        "unless_near": code.unless_near,
    }
    return Rule(
        rule_id=rule.id,
        phrases=_lines(file, (*key, "phrases"), rule.phrases),
        dep=_lines(file, (*key, "dep"), rule.dep),
        token=tuple(
            Line(canonical_json(pattern), *file.lines[(*key, "token", i)])
            for i, pattern in enumerate(rule.token)
        ),
        requires=_lines(file, (*key, "requires"), rule.requires),
        is_weak=rule.weak,
        examples=tuple(_examples(file, (*key, "examples"), rule.examples)),
        sha256=hashlib.sha256(canonical_json(content).encode()).hexdigest(),
        line=file.line((*key, "id")),
    )


def _lines(file: YamlFile, key: Key, block: Block) -> tuple[Line, ...]:
    """One phrase a line; what follows a ``#`` after white space is a remark."""
    if isinstance(block, str):
        rows = file.rows(key, block)
    else:
        rows = [file.rows((*key, i), text)[0] for i, text in enumerate(block)]
    cleaned = [(re.sub(r"(^|\s)#.*", "", text), line, column) for text, line, column in rows]
    return tuple(
        Line(text.strip(), line, column + len(text) - len(text.lstrip()))
        for text, line, column in cleaned
        if text.strip()
    )


def _examples(file: YamlFile, key: Key, examples: ExamplesForm) -> Iterator[Example]:
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


def _cue_group(file: YamlFile, name: str, group: CuesForm) -> CueGroup:
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
