"""The wheel, installed into an environment of its own, makes, runs and verifies a study."""

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_wheel_brings_everything_a_new_study_needs(tmp_path: Path):
    built = tmp_path / "wheels"
    call(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--no-deps",
            "--no-build-isolation",
            "-q",
            "-w",
            str(built),
            str(ROOT),
        ],
        tmp_path,
    )
    [wheel] = built.glob("backing-*.whl")
    home = tmp_path / "env"
    venv.create(home, with_pip=True, system_site_packages=False)
    scripts = home / ("Scripts" if sys.platform == "win32" else "bin")
    call([str(scripts / "python"), "-m", "pip", "install", "-q", "--no-deps", str(wheel)], tmp_path)
    # The libraries of this environment stand behind the wheel's own files.
    site = next(home.rglob("site-packages"))
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    (site / "libraries.pth").write_text("\n".join(libraries), encoding="utf-8")
    backing = str(scripts / "backing")
    where = call(
        [str(scripts / "python"), "-c", "import pipeline; print(pipeline.__file__)"], tmp_path
    )
    assert str(home) in where, "the wheel is tested, not the checkout"
    call([backing, "init", "study"], tmp_path)
    (tmp_path / "study" / "corpus" / "talk.txt").write_text(
        "Deterrence by denial. Our exercises deter nobody.", encoding="utf-8"
    )
    assert "1 sources read" in call([backing, "run", "--study", "study"], tmp_path)
    assert "All of it holds" in call([backing, "verify", "--study", "study"], tmp_path)
    assert "Python" in call([backing, "doctor"], tmp_path)
    assert list(site.glob("pipeline/web/static/app.js"))


def call(words: list[str], cwd: Path) -> str:
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}
    environment["BACKING_DEVICE"] = "test"
    done = subprocess.run(
        words, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout
