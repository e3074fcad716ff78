"""Pages drawn with what was read on them, by a process of its own: the file may be hostile.

``python -m pipeline.drawing FILE FOLDER`` takes the Source as JSON on its standard input and
writes ``ID.p1.png`` and so on.
"""

import subprocess
import sys
from pathlib import Path

from pydantic import TypeAdapter

from pipeline.errors import ExtractionError
from pipeline.extract.debug import pictures
from pipeline.extract.file import File
from pipeline.limits import Limits
from pipeline.model.reading import ReadingPlan
from pipeline.model.source import Source

_SOURCE = TypeAdapter(Source)
_PLAN = TypeAdapter(ReadingPlan)


def draw(path: Path, source: Source, plan: ReadingPlan, folder: Path, limits: Limits) -> list[Path]:
    """Return the pictures written for a PDF, one a page; none for what has no pages.

    Raises
    ------
    PseudonymisedError
        If names were replaced in the reading text: its pages are not shown.
    ExtractionError
        If the pages can not be drawn, or not within the limit of time.
    """
    source.check_pages_may_be_shown()
    if path.suffix.lower() != ".pdf":
        return []
    command = [sys.executable, "-P", "-m", "pipeline.drawing", str(path), str(folder)]
    asked = _SOURCE.dump_json(source) + b"\n" + _PLAN.dump_json(plan)
    try:
        done = subprocess.run(  # noqa: S603 - this program itself
            command,
            input=asked,
            capture_output=True,
            timeout=limits.seconds_for(path.stat().st_size),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ExtractionError(
            "can not be drawn in the time there is",
            where=path.name,
            remedy="Give it more with BACKING_SECONDS_PER_FILE.",
        ) from None
    if done.returncode:
        raise ExtractionError(
            "can not be drawn",
            where=path.name,
            remedy="Its text was read; open it in another program to see its pages.",
        )
    return [folder / name for name in done.stdout.decode().splitlines()]


def main() -> None:
    """Draw the pages of one file."""
    path, folder = Path(sys.argv[1]), Path(sys.argv[2])
    first, second = sys.stdin.buffer.read().split(b"\n", 1)
    source = _SOURCE.validate_json(first)
    plan = _PLAN.validate_json(second)
    file = File(path.name, path.read_bytes(), source.source_id, source.file_sha256, plan)
    for picture in pictures(file, source):
        name = f"{source.source_id}.p{picture.page}.png"
        (folder / name).write_bytes(picture.png)
        sys.stdout.write(name + "\n")


if __name__ == "__main__":
    main()
