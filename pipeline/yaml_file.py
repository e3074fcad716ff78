"""YAML as the researcher's files use it: plain values, and the line of each of them.

Only safe scalars: text, whole and decimal numbers, ``true``/``false``, ``null``. ``no`` and
``on`` are text, a date is text. No tags, no anchors, no duplicate keys, a bound on size.
"""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from pipeline.errors import Fault, FaultsError

MAX_BYTES = 8_000_000
_MAX_DEPTH = 40
Key = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class YamlFile:
    """A file's content and where each part of it stands.

    Attributes
    ----------
    value
        Mappings, lists and scalars.
    lines
        1-based line and column of each value, by its path of keys and indexes.
    name
        The file's name as messages give it.
    """

    value: Any
    lines: Mapping[Key, tuple[int, int]]
    name: str

    def where(self, key: Key) -> str:
        """Return ``file:line:column`` of a value, or of the nearest part that holds it."""
        while key and key not in self.lines:
            key = key[:-1]
        line, column = self.lines.get(key, (1, 1))
        return f"{self.name}:{line}:{column}"

    def line(self, key: Key) -> int:
        """Return the 1-based line of a value; 0 if it is not in the file."""
        return self.lines.get(key, (0, 0))[0]


def read_yaml(path: Path, name: str, error: type[FaultsError]) -> YamlFile:
    """Return a file's values with their lines.

    Raises
    ------
    FaultsError
        Of the class given, if the file can not be had or is no YAML of the kind above.
    """
    try:
        data = path.read_bytes()
    except OSError as reason:
        raise error((Fault(name, f"can not be read: {reason.strerror}"),)) from reason
    if len(data) > MAX_BYTES:
        raise error((Fault(name, f"has {len(data):,} bytes", f"At most {MAX_BYTES:,}."),))
    try:
        text = data.decode("utf-8-sig")
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except UnicodeDecodeError as reason:
        raise error((Fault(name, "is not UTF-8 text", "Save it as UTF-8."),)) from reason
    except yaml.MarkedYAMLError as reason:
        mark = reason.problem_mark
        where = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        raise error((Fault(where, f"is no YAML: {reason.problem}"),)) from reason
    except yaml.YAMLError as reason:
        raise error((Fault(name, f"is no YAML: {reason}"),)) from reason
    reader = _Reader(name)
    value = reader.value(node, ()) if node is not None else {}
    if reader.faults:
        raise error(tuple(reader.faults))
    return YamlFile(value, reader.lines, name)


class _Reader:
    """Turns YAML nodes into values, noting lines and faults on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Key, tuple[int, int]] = {}
        self.faults: list[Fault] = []
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, key: Key) -> object:
        mark = node.start_mark
        self.lines[key] = (mark.line + 1, mark.column + 1)
        if id(node) in self._seen or len(key) > _MAX_DEPTH:
            self._fault(node, "an alias, or too many levels", "Write the value out.")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, key)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*key, i)) for i, child in enumerate(node.value)]
        style = getattr(node, "style", None)
        if style in ("|", ">"):
            self.lines[key] = (mark.line + 2, 1)
        return _scalar(str(node.value), style)

    def _mapping(self, node: yaml.MappingNode, key: Key) -> dict[str, object]:
        values: dict[str, object] = {}
        for name_node, child in node.value:
            name = str(name_node.value)
            if name in values:
                self._fault(name_node, f"{name!r} stands twice here", "Keep one of them.")
            values[name] = self.value(child, (*key, name))
            if getattr(child, "style", None) not in ("|", ">"):
                mark = name_node.start_mark
                self.lines[(*key, name)] = (mark.line + 1, mark.column + 1)
        return values

    def _fault(self, node: yaml.Node, what: str, hint: str) -> None:
        mark = node.start_mark
        self.faults.append(Fault(f"{self.name}:{mark.line + 1}:{mark.column + 1}", what, hint))


def _scalar(text: str, style: str | None) -> str | int | float | bool | None:
    if style:
        return text
    if text in ("", "null", "~"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if re.fullmatch(r"[-+]?\d{1,15}", text):
        return int(text)
    if re.fullmatch(r"[-+]?\d{1,15}\.\d{1,15}", text):
        return float(text)
    return text


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
        faults = tuple(_fault(file, model, dict(item)) for item in reason.errors())
        raise error(tuple(sorted(set(faults), key=lambda fault: _place(fault.where)))) from reason


def _place(where: str) -> tuple[int, ...]:
    return tuple(int(part) for part in where.split(":")[1:] if part.isdigit())


def _fault(file: YamlFile, model: type[BaseModel], item: Mapping[str, Any]) -> Fault:
    key: Key = tuple(item["loc"])
    kind = str(item["type"])
    shown = ".".join(str(part) for part in key)
    if kind == "extra_forbidden":
        names = _names(model)
        return Fault(
            file.where(key), f"{key[-1]!r} is not known here", did_you_mean(str(key[-1]), names)
        )
    if kind == "missing":
        return Fault(file.where(key[:-1]), f"{key[-1]!r} is missing", f"Add it: {key[-1]}: ...")
    if kind == "literal_error":
        expected = re.findall(r"'([^']+)'", str(item["ctx"]["expected"]))
        hint = did_you_mean(str(item["input"]), expected) or f"One of {', '.join(expected)}."
        return Fault(file.where(key), f"{item['input']!r} is not known for {shown}", hint)
    return Fault(file.where(key), f"{shown}: {item['msg'][:1].lower()}{item['msg'][1:]}")


def _names(model: type[BaseModel]) -> list[str]:
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
    return sorted(names)


def _models_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type):
        return [annotation] if issubclass(annotation, BaseModel) else []
    return [found for part in getattr(annotation, "__args__", ()) for found in _models_in(part)]


def did_you_mean(written: str, known: Sequence[str]) -> str:
    """Return a hint naming the nearest known name, or nothing if none is near."""
    near = difflib.get_close_matches(written, known, n=1, cutoff=0.6)
    return f"Did you mean {near[0]!r}?" if near else ""
