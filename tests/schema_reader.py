"""Holds a value against the part of JSON Schema that the codebooks' schema uses, for tests."""

import re
from collections.abc import Iterator
from typing import Any

_TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
}
_SAID = {"description", "default", "title", "$comment", "$schema", "$defs"}


def departures(value: Any, schema: dict, root: dict, where: str = "") -> Iterator[str]:
    """Yield where a value departs from a schema; an unknown keyword is an error of the test."""
    for keyword, asked in schema.items():
        if keyword in _SAID:
            continue
        if keyword == "$ref":
            target = root
            for part in asked.removeprefix("#/").split("/"):
                target = target[part]
            yield from departures(value, target, root, where)
        elif keyword == "anyOf":
            if all(list(departures(value, one, root, where)) for one in asked):
                yield f"{where}: no branch"
        elif not _holds(keyword, asked, value):
            yield f"{where}: {keyword}"
        yield from _within(keyword, asked, value, schema, root, where)


def _within(
    keyword: str, asked: Any, value: Any, schema: dict, root: dict, where: str
) -> Iterator[str]:
    if keyword == "items" and isinstance(value, list):
        for i, one in enumerate(value):
            yield from departures(one, asked, root, f"{where}/{i}")
    elif keyword == "properties" and isinstance(value, dict):
        for name in value.keys() & asked.keys():
            yield from departures(value[name], asked[name], root, f"{where}/{name}")
    elif keyword == "additionalProperties" and isinstance(value, dict):
        for name in value.keys() - schema.get("properties", {}).keys():
            if asked is False:
                yield f"{where}/{name}: not known"
            elif asked is not True:
                yield from departures(value[name], asked, root, f"{where}/{name}")


def _holds(keyword: str, asked: Any, value: Any) -> bool:
    size = len(value) if isinstance(value, (str, list, dict)) else 0
    tests = {
        "type": lambda: (
            isinstance(value, _TYPES[asked])
            and not (asked == "integer" and isinstance(value, bool))
        ),
        "required": lambda: not isinstance(value, dict) or set(asked) <= value.keys(),
        "enum": lambda: value in asked,
        "const": lambda: value == asked,
        "pattern": lambda: not isinstance(value, str) or re.search(asked, value),
        "minimum": lambda: not isinstance(value, int) or value >= asked,
        "maximum": lambda: not isinstance(value, int) or value <= asked,
        **{name: lambda: size >= asked for name in ("minLength", "minItems", "minProperties")},
        **{name: lambda: size <= asked for name in ("maxLength", "maxItems", "maxProperties")},
        **{name: lambda: True for name in ("items", "properties", "additionalProperties")},
    }
    return bool(tests[keyword]())
