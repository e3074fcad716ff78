"""A study's events read without opening its record: what is only looked at is not touched."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.judging import RECORD, RECORD_LINES, record_of, take_in_lines
from pipeline.model.judgment import Event


def events_of(folder: Path) -> tuple[Event, ...]:
    """Return a study's events from a copy of its record and of the lines beside it.

    Raises
    ------
    RecordError
        If the record does not hold together.
    """
    names = [RECORD, f"{RECORD}-wal", RECORD_LINES]
    present = [folder / name for name in names if (folder / name).is_file()]
    if not present:
        return ()
    with TemporaryDirectory() as copied:
        for path in present:
            shutil.copyfile(path, Path(copied) / path.name)
        with record_of(Path(copied)) as record:
            take_in_lines(Path(copied), record)
            return tuple(link.event for link in record.events())
