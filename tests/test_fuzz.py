"""The files that are changed at random: there are some of every kind, and always the same."""

import subprocess
import sys
from pathlib import Path

import pytest
from fuzz_extract import KINDS, inputs, seeds_of
from fuzz_seeds import made_seeds
from source_invariants import holds

from pipeline.extract import SUFFIXES, extract

SCRIPT = Path(__file__).parent / "fuzz_extract.py"


def test_made_seeds_are_read_with_all_that_is_in_them_and_are_the_same_each_time(tmp_path: Path):
    paths = made_seeds(tmp_path)
    first = [path.read_bytes() for path in paths]
    for path in paths:
        source = extract(path, "a")
        holds(source)
        assert "third" in source.text.lower() and "gone" not in source.text
        if path.suffix != ".epub":
            assert "NOFORN" in source.marking
    assert [path.read_bytes() for path in made_seeds(tmp_path)] == first


def test_every_kind_that_can_be_read_is_changed_but_where_real_files_are_needed(tmp_path: Path):
    kinds = {path.suffix for path in (*seeds_of(tmp_path), *made_seeds(tmp_path))}
    assert SUFFIXES - {".htm", ".markdown", ".pdf"} <= kinds
    assert SUFFIXES - {".markdown"} <= KINDS


def test_the_same_seed_makes_the_same_inputs(tmp_path: Path):
    seeds = made_seeds(tmp_path)
    one, two = inputs(seeds, 3), inputs(seeds, 3)
    assert [next(one) for _ in range(40)] == [next(two) for _ in range(40)]


@pytest.mark.parametrize("kind", [".odp", "pdf"])
def test_a_kind_without_a_file_is_said(tmp_path: Path, kind: str):
    command = [sys.executable, str(SCRIPT), "--data", str(tmp_path), "--kind", kind, "--count", "1"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 2 and "Traceback" not in ended.stderr
    assert f"no file ends in {kind}" in ended.stderr and ".pptx" in ended.stderr
