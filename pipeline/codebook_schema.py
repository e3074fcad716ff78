"""The schema by which an editor completes and checks a codebook while it is written.

JSON Schema, draft 2020-12, made from the form that the reader itself uses. It stands beside
the codebooks as ``codebook.schema.json``. What it can not say (phrases, ids of other codes)
``backing codebook check`` does.
"""

import json
from typing import Any

from pipeline.codebook_form import ExampleForm, FileForm
from pipeline.model.codebook import DIMENSIONS

SCHEMA_FILE = "codebook.schema.json"


def schema_text() -> str:
    """Return the schema as it stands in its file."""
    schema = FileForm.model_json_schema(by_alias=True)
    forms = schema["$defs"]
    forms["ExamplesForm"]["properties"] = {
        name: {**side, "items": _text_or(ExampleForm.__name__)}
        for name, side in forms["ExamplesForm"]["properties"].items()
    }
    forms["ExampleForm"]["properties"]["expect"] |= _dimensions()
    forms["CuesForm"]["properties"]["sets"] |= _dimensions()
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A codebook of Backing",
        "$comment": "Made from the reader's form by tests/make_schema.py; not written by hand.",
    }
    return json.dumps(head | _plain(schema), indent=2) + "\n"


def _text_or(form: str) -> dict[str, Any]:
    return {"anyOf": [{"type": "string", "minLength": 1}, {"$ref": f"#/$defs/{form}"}]}


def _dimensions() -> dict[str, Any]:
    """Dimensions with their values, so that an editor offers them."""
    return {
        "properties": {name: {"enum": list(values)} for name, values in DIMENSIONS.items()},
        "additionalProperties": False,
    }


def _plain(part: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """The schema without titles that only repeat names, and tests of names that are listed."""
    if isinstance(part, list):
        return [_plain(one) for one in part]
    if not isinstance(part, dict):
        return part
    dropped = {"propertyNames"} | ({"title"} if isinstance(part.get("title"), str) else set())
    return {name: _plain(one) for name, one in part.items() if name not in dropped}
