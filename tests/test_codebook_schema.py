"""The editor's schema is up to date, accepts what the reader accepts and names its fields."""

import json
from pathlib import Path

import pytest
from pydantic import BaseModel
from schema_reader import departures
from test_codebooks import SMALL

from pipeline import codebook_form
from pipeline.codebook_schema import SCHEMA_FILE, schema_text
from pipeline.errors import CodebookError
from pipeline.yaml_file import read_yaml

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads(schema_text())


def departures_of(path: Path) -> list[str]:
    return list(departures(read_yaml(path, path.name, CodebookError).value, SCHEMA, SCHEMA))


def test_the_schema_in_the_repository_is_the_one_that_the_form_gives():
    written = (ROOT / "codebooks" / SCHEMA_FILE).read_text(encoding="utf-8")
    assert written == schema_text(), "run python tests/make_schema.py"


def test_the_shipped_codebook_holds_by_the_schema():
    assert departures_of(ROOT / "codebooks" / "deterrence.yaml") == []


def test_the_schema_names_every_field_that_the_reader_accepts():
    forms = [
        form
        for form in vars(codebook_form).values()
        if isinstance(form, type) and issubclass(form, BaseModel) and form is not BaseModel
    ]
    assert len(forms) == 7
    for form in forms:
        part = SCHEMA if form is codebook_form.FileForm else SCHEMA["$defs"][form.__name__]
        fields = {info.alias or name for name, info in form.model_fields.items()}
        assert part["properties"].keys() == fields, form.__name__
        assert part["additionalProperties"] is False
        for name in fields:
            assert part["properties"][name].get("description"), f"{form.__name__}.{name}"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("label: Workforce", "lable: Workforce", "/codes/1: required"),
        ("label: Workforce", "lable: Workforce", "/codes/1/lable: not known"),
        ("kind: group", "kind: grup", "/codes/0/kind: enum"),
        ("{polarity: negated}", "{polarity: negative}", "/assertion/negated/sets/polarity: enum"),
        ("version: 1.0.0", "version: one", "/codebook/version: pattern"),
        ("- Too few people work there.", "- {txt: Too few.}", "/codes/1/examples/positive/0"),
    ],
)
def test_an_editor_marks_what_the_reader_refuses(tmp_path: Path, old: str, new: str, expected: str):
    path = tmp_path / "small.yaml"
    path.write_text(SMALL.replace(old, new), encoding="utf-8")
    assert any(one.startswith(expected) for one in departures_of(path)), departures_of(path)
