"""Each folder of tests/golden/ is one run of the command line, kept as files.

``cmd`` is the command, ``expected.txt`` what it printed on both channels and its exit status.
To accept a change, run ``pytest tests/test_golden.py --regen`` and read the difference.
"""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CASES = sorted(path.parent for path in Path(__file__).parent.glob("golden/*/cmd"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_command_prints_what_it_printed(
    case: Path, tmp_path: Path, request: pytest.FixtureRequest
):
    folder = shutil.copytree(case, tmp_path / "here")
    written = tmp_path / "out"
    words = shlex.split((case / "cmd").read_text(encoding="utf-8").replace("{tmp}", "../out"))
    assert words[0] == "backing"
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *words[1:]],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "BACKING_DEVICE": "test", "COLUMNS": "100"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    files = sorted(path.name for path in written.iterdir()) if written.is_dir() else []
    actual = f"{done.stdout}---\n{done.stderr}---\n{' '.join(files)}\nexit {done.returncode}\n"
    expected = case / "expected.txt"
    if request.config.getoption("--regen"):
        expected.write_text(actual, encoding="utf-8", newline="\n")
    assert "Traceback" not in actual
    assert actual == expected.read_text(encoding="utf-8")


def test_a_mistyped_command_exits_with_2():
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "runn"], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 2
