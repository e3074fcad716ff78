"""Files read without a study: past what can not be read, and from a plain script."""

import os
import subprocess
import sys
from pathlib import Path

import hostile

from pipeline.commands import extract_files


def test_extracting_files_goes_on_past_what_can_not_be_read(tmp_path: Path):
    (tmp_path / "a.txt").write_text("Words.", encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(hostile.all_hostile()["page-named.pdf"]())
    report = extract_files([tmp_path / name for name in ("b.pdf", "no.txt", "a.txt")], tmp_path)
    assert [path.name for path in report.written] == ["a.txt", "a.json"]
    assert len(report.unread) == 2


def test_a_script_without_a_guard_may_run_a_study(tmp_path: Path):
    (tmp_path / "a.txt").write_text("Words.", encoding="utf-8")
    script = tmp_path / "script.py"
    script.write_text(
        "from pathlib import Path\nfrom pipeline.commands import extract_files\n"
        "print(extract_files([Path('a.txt')], Path('out')).unread)\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, script.name],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("()\n", "")
