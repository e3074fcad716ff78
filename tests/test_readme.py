"""The README does what it says: its console blocks run, its links lead somewhere."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from make_pictures import copy_study
from typer.main import get_command

from pipeline.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)


def test_the_first_screen_holds_two_commands_of_one_line_each():
    commands = [line for line in README.splitlines() if line.startswith("python3 -m venv ")]
    assert len(commands) == 2
    assert commands[0].endswith("/backing run")
    assert commands[1].endswith("/pytest -q")


@pytest.mark.parametrize("block", BLOCKS)
def test_a_console_block_runs_as_it_stands(block: str, tmp_path: Path):
    copy_study(tmp_path)
    backing = [sys.executable, "-m", "pipeline"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "BACKING_DEVICE": "test"}
    lines = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    assert len(lines) == 6
    for line in lines:
        words = shlex.split(line)
        if words[0] == "cp":
            for name in words[1:-1]:
                shutil.copy(tmp_path / name, tmp_path / words[-1])
            continue
        assert words[0] == "backing"
        done = subprocess.run(
            backing + words[1:],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        assert done.stdout


def test_every_link_of_the_readme_leads_to_a_file():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_every_command_stands_in_the_readme_and_has_help():
    group = get_command(app)
    for name, command in group.commands.items():
        assert f"backing {name}" in README, name
        assert command.help or command.commands


def test_every_file_of_outputs_is_explained_in_its_readme(tmp_path: Path):
    explained = (ROOT / "outputs" / "README.md").read_text(encoding="utf-8")
    for name in (
        "report.html",
        "codings.csv",
        "evidence_matrix.xlsx",
        "manifest.json",
        "classifier.md",
        "sources.csv",
        "evidence_totals.csv",
        "evidence_matrix.csv",
    ):
        assert f"`{name}`" in explained, name
