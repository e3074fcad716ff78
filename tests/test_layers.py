"""The shape of the package, kept true: who may import whom, and one door for each library."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline

ROOT = Path(pipeline.__file__).parent
CORE = {"model", "segment", "tag", "review", "evidence"}
OUTER = {"extract", "export", "store"}
FACES = {"cli", "web"}
PARTS = CORE | OUTER | FACES
LAYERS = {
    "errors": set(),
    "model": {"errors"},
    "segment": {"errors", "model"},
    "tag": {"errors", "model", "segment"},
    "review": {"errors", "model"},
    "evidence": {"errors", "model", "review"},
    "extract": {"errors", "model"},
    "export": {"errors", "model"},
    "store": {"errors", "model"},
}
DOORS = {
    "pdfplumber": {"extract"},
    "pypdfium2": {"extract"},
    "py3langid": {"extract"},
    "pptx": {"extract"},
    "striprtf": {"extract"},
    "spacy": {"segment", "tag"},
    "sklearn": {"tag"},
    "scipy": {"tag"},
    "sqlalchemy": {"store"},
    "sqlite3": {"store"},
    "yaml": {"yaml_file"},
    "pandas": {"export"},
    "xlsxwriter": {"export"},
    "typer": {"cli"},
    "rich": {"cli"},
    "starlette": {"web"},
    "uvicorn": {"serve"},
}
# What starts the faces: the pages for the command line, and the command line itself.
STARTERS = {"serve": {"web"}, "__main__": {"cli"}}
FORBIDDEN_CALLS = {"open", "print", "input"}
FORBIDDEN_ATTRIBUTES = {"now", "utcnow", "today", "read_text", "read_bytes", "write_text"}
MODULES = sorted(ROOT.rglob("*.py"))


def part_of(path: Path) -> str:
    first = path.relative_to(ROOT).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            yield node.module or ""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_imports_only_what_its_layer_may(path: Path):
    part = part_of(path)
    inside = {name.split(".")[1] for name in imports(path) if name.startswith("pipeline.")}
    if part in LAYERS:
        wrong = inside - LAYERS[part] - {part}
        assert not wrong, f"{part} may import {sorted(LAYERS[part])}, not {sorted(wrong)}"
    elif part in FACES:
        assert not inside & (FACES - {part}), "the faces never import each other"
        assert not inside & (OUTER | (CORE - {"model"})), f"{part} reaches the rest through stages"
    elif part not in STARTERS:
        assert not inside & FACES, f"{part} stands below the command line and the pages"
    else:
        assert inside & FACES <= STARTERS[part]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_each_library_has_one_door(path: Path):
    part = part_of(path)
    for name in imports(path):
        library = name.split(".")[0]
        assert part in DOORS.get(library, {part}), f"{library} belongs to {DOORS[library]}"


@pytest.mark.parametrize(
    "path", [path for path in MODULES if part_of(path) in CORE], ids=lambda path: path.name
)
def test_the_core_does_no_io_and_knows_no_clock(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in FORBIDDEN_CALLS, f"line {node.lineno}: {node.func.id}()"
        if isinstance(node, ast.Attribute):
            assert node.attr not in FORBIDDEN_ATTRIBUTES, f"line {node.lineno}: .{node.attr}"
    assert not {"random", "time", "os", "socket"} & {name.split(".")[0] for name in imports(path)}


def test_no_module_of_the_package_unpickles_or_evaluates():
    for path in MODULES:
        names = {name.split(".")[0] for name in imports(path)}
        assert not names & {"pickle", "joblib", "marshal", "shelve"}, path.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"eval", "exec"}, path.name
