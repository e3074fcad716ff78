"""A file's content as a form (a pydantic model), or every departure from it with a hint."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.errors import Fault, FaultsError, did_you_mean
from pipeline.yaml_file import MAX_TOLD, Key, YamlFile

Model = TypeVar("Model", bound=BaseModel)


def validated(file: YamlFile, model: type[Model], error: type[FaultsError]) -> Model:
    """Return the file's content as ``model``.

    Raises
    ------
    FaultsError
        Of the class given, with every departure from the model at once.
    """
    try:
        return model.model_validate(file.value)
    except ValidationError as reason:
        raise error(form_faults(file, model, reason)) from reason


def form_faults(
    file: YamlFile, model: type[BaseModel], error: ValidationError
) -> tuple[Fault, ...]:
    """Return every departure from a form in the order of the file, the first hundred of many."""
    items = error.errors(include_url=False)
    by_place: dict[Key, list[Mapping[str, Any]]] = {}
    for item in items:
        by_place.setdefault(_told_key(file, item["loc"], str(item["type"])), []).append(dict(item))
    kept = list(by_place.items())[:MAX_TOLD]
    faults = {_fault(file, model, key, at) for key, at in kept}
    return in_order(faults)


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return faults by line and column of ``file:line:column``, each once."""
    return tuple(sorted(set(faults), key=lambda fault: (_place(fault.where), fault)))


def _place(where: str) -> tuple[int, ...]:
    return tuple(int(part) for part in where.split(":")[1:] if part.isdigit())


def _told_key(file: YamlFile, loc: Iterable[str | int], kind: str) -> Key:
    """The path as the file has it: pydantic adds which branch of a choice it tried."""
    parts = list(loc)
    last = parts.pop() if kind in ("missing", "extra_forbidden") else None
    key: Key = ()
    for part in parts:
        if (*key, part) in file.lines:
            key = (*key, part)
    return key if last is None else (*key, last)


def _fault(
    file: YamlFile, model: type[BaseModel], key: Key, items: Sequence[Mapping[str, Any]]
) -> Fault:
    item = items[0]
    kind = str(item["type"])
    shown = ".".join(str(part)[:60] for part in key)
    name = str(key[-1])[:100] if key else ""
    if kind == "extra_forbidden":
        return Fault(file.where(key), f"{name!r} is not known here", _name_hint(model, key))
    if kind == "missing":
        return Fault(file.where(key[:-1]), f"{name!r} is missing", f"Add it: {name}: ...")
    if kind == "literal_error":
        expected = re.findall(r"'([^']+)'", str(item["ctx"]["expected"]))
        written = str(item["input"])[:100]
        hint = did_you_mean(written, expected) or f"One of {', '.join(expected)}."
        return Fault(file.where(key), f"{written!r} is not known for {shown}", hint)
    said = dict.fromkeys(f"{one['msg'][:1].lower()}{one['msg'][1:]}"[:300] for one in items)
    return Fault(file.where(key), f"{shown}: {', or '.join(said)}")


def _name_hint(model: type[BaseModel], key: Key) -> str:
    here, name = _names_at(model, key), str(key[-1])
    if name in _names(model):
        return "It belongs elsewhere: look at how far its line is indented."
    return did_you_mean(name, here) or f"Known here: {', '.join(here)}."


def _names_at(model: type[BaseModel], key: Key) -> list[str]:
    """The field names that may stand where the key's last part stands."""
    current = [model]
    for part in key[:-1]:
        within = [
            found
            for form in current
            for name, info in form.model_fields.items()
            if (info.alias or name) == part
            for found in _models_in(info.annotation)
        ]
        current = within or current
    return sorted({info.alias or n for form in current for n, info in form.model_fields.items()})


def _names(model: type[BaseModel]) -> set[str]:
    """All field names of a model and of the models within it."""
    names: set[str] = set()
    waiting: list[type[BaseModel]] = [model]
    seen: set[type[BaseModel]] = set()
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        for name, info in current.model_fields.items():
            names.add(info.alias or name)
            waiting += _models_in(info.annotation)
    return names


def _models_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and not hasattr(annotation, "__args__"):
        return [annotation] if issubclass(annotation, BaseModel) else []
    return [found for part in getattr(annotation, "__args__", ()) for found in _models_in(part)]
