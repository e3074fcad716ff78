"""What of a codebook file has the right form, so that the rest is looked through in one go.

A field of the wrong form is told and taken out, or a stand-in put where the form asks for one,
and what is left is read as if it were the file. Nothing is ever coded with it: a file that
has a fault is refused.
"""

import copy
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from pipeline.codebook_form import FileForm
from pipeline.errors import Fault
from pipeline.form_faults import form_faults
from pipeline.yaml_file import MAX_TOLD, Key, YamlFile

_STAND_INS: Mapping[str, Any] = {
    "schema": "backing-codebook/1",
    "codebook": {"id": "stand-in", "version": "0.0.0"},
    "version": "0.0.0",
    "label": "?",
    "definition": "?",
    "text": "?",
    "sets": {"polarity": "negated"},
}
_Mended = dict[str, Any] | None


def sound_part(file: YamlFile) -> tuple[FileForm | None, tuple[Fault, ...]]:
    """Return the file's form without what is wrong in it, and what is wrong.

    None where nothing is left to look at.
    """
    try:
        return FileForm.model_validate(file.value), file.faults
    except ValidationError as error:
        faults = file.faults + form_faults(file, FileForm, error)
        mended = _mended(file, error)
    try:
        return (FileForm.model_validate(mended) if mended else None), faults
    except ValidationError as error:
        return None, faults + form_faults(replace(file, value=mended), FileForm, error)


def _mended(file: YamlFile, error: ValidationError) -> _Mended:
    if not isinstance(file.value, dict) or error.error_count() > MAX_TOLD:
        return None
    items = error.errors(include_url=False, include_input=False)
    value = copy.deepcopy(file.value)
    for number, item in enumerate(items):
        key = _key_in(value, item["loc"])
        if item["type"] == "missing":
            key = (*key, str(item["loc"][-1]))
        _take_out(value, key, number)
    return value


def _key_in(value: Any, loc: tuple[int | str, ...]) -> Key:  # noqa: ANN401 - whatever a file holds
    """The part of a path that is in the file."""
    key: Key = ()
    for part in loc:
        within = isinstance(value, dict) and part in value
        if within or (isinstance(value, list) and isinstance(part, int) and part < len(value)):
            value, key = value[part], (*key, part)
    return key


def _take_out(root: dict[str, Any], key: Key, number: int) -> None:
    """Delete the field at a path, or put a stand-in there that the form accepts."""
    while key and isinstance(key[-1], int):
        key = key[:-1]
    if not key:
        return
    holder: Any = root
    for part in key[:-1]:
        if isinstance(holder, dict) and part not in holder:
            return
        holder = holder[part]
    if not isinstance(holder, dict):
        return
    name = str(key[-1])
    if name == "id":
        holder[name] = f"stand-in-{number}"
    elif name in _STAND_INS:
        holder[name] = _STAND_INS[name]
    else:
        holder.pop(name, None)
