"""Whether text recognition is installed, and which: it decides what scanned pages say."""

import functools
import re
import shutil
import subprocess

ADD_COMMAND = "apt-get install tesseract-ocr (Debian, Ubuntu), brew install tesseract (macOS)"


@functools.cache
def find_recogniser() -> str:
    """Return name and version of the text recognition on this machine, empty if there is none."""
    if shutil.which("tesseract") is None:
        return ""
    try:
        told = subprocess.run(
            ["tesseract", "--version"],  # noqa: S607 - found by PATH
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = re.search(r"tesseract v?([\d.]+)", told.stdout + told.stderr)
    return f"tesseract {found[1]}" if found else ""
