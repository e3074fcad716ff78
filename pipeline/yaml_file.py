"""YAML as the researcher's files use it: plain values, and the line of each of them.

Only safe scalars: text, whole and decimal numbers, ``true``/``false``, ``null``. ``no`` and
``on`` are text, a date is text. No tags, no anchors, no duplicate keys, bounds on size, on
depth and on the number of values, each looked at before anything is built.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import Fault, FaultsError

MAX_BYTES = 8_000_000
MAX_VALUES = 200_000
MAX_TOLD = 100
_MAX_DEPTH = 40
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
Key = tuple[str | int, ...]
Mark = tuple[int, int]


@dataclass(frozen=True)
class YamlFile:
    """A file's content and where each part of it stands.

    Attributes
    ----------
    value
        Mappings, lists and scalars.
    lines
        1-based line and column of each value, by its path of keys and indexes; of a value
        with a name, where the name stands.
    starts
        The same for the value itself; of a block (``|``), its first line.
    folded
        The texts written with ``>``, whose lines are joined.
    name
        The file's name as messages give it.
    faults
        What is wrong in its YAML and stops nothing from being looked at.
    """

    value: Any
    lines: Mapping[Key, Mark]
    name: str
    starts: Mapping[Key, Mark]
    folded: frozenset[Key] = frozenset()
    text_lines: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()

    def where(self, key: Key) -> str:
        """Return ``file:line:column`` of a value, or of the nearest part that holds it."""
        while key and key not in self.lines:
            key = key[:-1]
        line, column = self.lines.get(key, (1, 1))
        return f"{self.name}:{line}:{column}"

    def line(self, key: Key) -> int:
        """Return the 1-based line of a value; 0 if it is not in the file."""
        return self.lines.get(key, (0, 0))[0]

    def rows(self, key: Key, text: str) -> list[tuple[str, int, int]]:
        """Return the lines of a text, each with its line and column in the file."""
        first, column = self.starts.get(key, (0, 1))
        rows = _LINE_END.split(text)
        return [
            (row, first + i, self._column(first + i, row, 1 if i else column))
            for i, row in enumerate(rows)
        ]

    def _column(self, line: int, text: str, first: int) -> int:
        """Where words stand in a line of the file, ``first`` if they are written otherwise."""
        written = self.text_lines[line - 1] if 0 < line <= len(self.text_lines) else ""
        return written.find(text, first - 1) + 1 or first


def read_yaml(
    path: Path,
    name: str,
    error: type[FaultsError],
    *,
    max_bytes: int = MAX_BYTES,
    max_values: int = MAX_VALUES,
) -> YamlFile:
    """Return a file's values with their lines.

    Raises
    ------
    FaultsError
        Of the class given, if the file can not be had or is no YAML of the kind above.
    """
    file = look_at_yaml(path, name, error, max_bytes=max_bytes, max_values=max_values)
    if file.faults:
        raise error(file.faults)
    return file


def look_at_yaml(
    path: Path,
    name: str,
    error: type[FaultsError],
    *,
    max_bytes: int = MAX_BYTES,
    max_values: int = MAX_VALUES,
) -> YamlFile:
    """Return a file's values with their lines, and its faults where the rest can be read.

    Raises
    ------
    FaultsError
        Of the class given, if nothing of the file can be read.
    """
    text = _text_of(path, name, error, max_bytes)
    try:
        fault = _beyond_bounds(text, name, max_values)
        if fault:
            raise error((fault,))
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as reason:
        mark = reason.problem_mark
        where = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        hint = "Look at indentation, quotation marks and brackets just before."
        raise error((Fault(where, f"is no YAML: {reason.problem}", hint),)) from reason
    except yaml.YAMLError as reason:
        raise error((Fault(name, f"is no YAML: {reason}"),)) from reason
    reader = _Reader(name)
    value = reader.value(node, ()) if node is not None else {}
    return YamlFile(
        value,
        reader.lines,
        name,
        reader.starts,
        frozenset(reader.folded),
        tuple(_LINE_END.split(text)),
        tuple(reader.faults[:MAX_TOLD]),
    )


def _text_of(path: Path, name: str, error: type[FaultsError], max_bytes: int) -> str:
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= max_bytes else b""
    except OSError as reason:
        raise error((Fault(name, f"can not be read: {reason.strerror}"),)) from reason
    if max(size, len(data)) > max_bytes:
        raise error((Fault(name, f"has {size:,} bytes", f"At most {max_bytes:,}."),))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        raise error((Fault(name, "is not UTF-8 text", "Save it as UTF-8."),)) from reason


def _beyond_bounds(text: str, name: str, max_values: int) -> Fault | None:
    """The first place that is too deep, or where there are too many values, event by event."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH or count > max_values:
            mark = event.start_mark
            where = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
            if depth > _MAX_DEPTH:
                return Fault(where, "too many levels, one in another", f"At most {_MAX_DEPTH}.")
            return Fault(where, "too many values in the file", f"At most {max_values:,}.")
    return None


class _Reader:
    """Turns YAML nodes into values, noting lines and faults on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Key, Mark] = {}
        self.starts: dict[Key, Mark] = {}
        self.folded: list[Key] = []
        self.faults: list[Fault] = []
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, key: Key) -> object:
        mark = node.start_mark
        self.lines[key] = self.starts[key] = (mark.line + 1, mark.column + 1)
        if id(node) in self._seen:
            self._fault(node, "an alias for what stands elsewhere", "Write the value out.")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, key)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*key, i)) for i, child in enumerate(node.value)]
        style = getattr(node, "style", None)
        if style in ("|", ">"):
            self.lines[key] = self.starts[key] = (mark.line + 2, 1)
        if style == ">":
            self.folded.append(key)
        return _scalar(str(node.value), style)

    def _mapping(self, node: yaml.MappingNode, key: Key) -> dict[str, object]:
        values: dict[str, object] = {}
        for name_node, child in node.value:
            if not isinstance(name_node, yaml.ScalarNode):
                self._fault(name_node, "a name that is no word", "Write name: value.")
                continue
            name = str(name_node.value)
            if name in values:
                self._fault(name_node, f"{name[:100]!r} stands twice here", "Keep one of them.")
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
