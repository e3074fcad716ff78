"""What is kept of earlier runs: named by everything that decided it, taken by nothing else."""

import os
import shutil
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from test_layers import imports

from pipeline.manifest import library_versions
from pipeline.newstudy import init
from pipeline.stages import READING
from pipeline.tagging import CODING

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pipeline"
STAGES = {"reading": READING, "coding": CODING}


def run_in(study: Path, *places: Path) -> None:
    path = os.pathsep.join(str(place) for place in places)
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "run"],
        cwd=study,
        env={**os.environ, "PYTHONPATH": path, "BACKING_DEVICE": "test"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def kept(study: Path) -> dict[str, set[str]]:
    folders = sorted((study / "outputs" / ".cache").iterdir())
    return {folder.name: {path.name for path in folder.iterdir()} for folder in folders}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program, and a study that was run with it."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(PACKAGE, folder / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    init(folder / "study")
    talk = folder / "study" / "corpus" / "talk.txt"
    talk.write_text("Exercises deter nobody.\n", encoding="utf-8")
    run_in(folder / "study", folder)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "folder")


@pytest.mark.parametrize("name", STAGES)
def test_a_stage_is_named_by_every_file_that_decides_what_it_makes(name: str):
    parts = STAGES[name]
    files = [path for part in parts for path in (PACKAGE / part).rglob("*.py")]
    assert files
    used = {
        module.split(".")[1]
        for path in files
        for module in imports(path)
        if module.startswith("pipeline.")
    }
    assert used - {"errors"} <= set(parts), "errors are words for a person and decide nothing"


@pytest.mark.parametrize(
    ("changed", "is_read_anew", "is_coded_anew"),
    [
        ("extract/text.py", True, False),
        ("tag/rules.py", False, True),
        ("model/segment.py", True, True),
        ("export/report.py", False, False),
    ],
)
def test_a_changed_program_makes_anew_what_it_may_have_changed(
    folder: Path, changed: str, is_read_anew: bool, is_coded_anew: bool
):
    before = kept(folder / "study")
    with (folder / "pipeline" / changed).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    run_in(folder / "study", folder)
    after = kept(folder / "study")
    assert len(before["source"]) == len(after["source"]) == 1
    assert (before["source"] != after["source"]) == is_read_anew
    assert (before["codings"] != after["codings"]) == is_coded_anew
    assert (before["classifier"] != after["classifier"]) == is_coded_anew


def test_another_version_of_a_library_makes_everything_anew(folder: Path):
    before = kept(folder / "study")
    told = folder / "newer" / "pypdfium2-99.dist-info"
    told.mkdir(parents=True)
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: pypdfium2\nVersion: 99\n")
    run_in(folder / "study", folder / "newer", folder)
    after = kept(folder / "study")
    for kind, names in before.items():
        assert names and not names & after[kind], kind


def test_every_library_that_reads_or_codes_is_among_those_whose_version_counts():
    distributions = packages_distributions()
    used = {
        distribution
        for part in {*READING, *CODING}
        for path in (PACKAGE / part).rglob("*.py")
        for module in imports(path)
        for distribution in distributions.get(module.split(".")[0], ())
        if distribution != "backing"
    }
    assert {"pypdfium2", "spacy"} <= used <= set(library_versions())
