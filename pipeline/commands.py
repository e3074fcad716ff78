"""One function for each command; the faces call these and print what comes back."""

from pathlib import Path

from pipeline.codebook_check import FLOOD_SHARE, CheckReport, check_codebook
from pipeline.codebook_compare import DiffReport, compare_codebooks
from pipeline.codebook_impact import EXAMPLES, ImpactReport, impact_of
from pipeline.codebook_print import print_codebook
from pipeline.desk import Decision, Desk, open_desk
from pipeline.doctor import Part, examine
from pipeline.errors import InputError, StudyError
from pipeline.judging import record_of, renamed
from pipeline.loose_files import FilesReport, extract_files, tag_files
from pipeline.newstudy import init
from pipeline.run_report import RunReport
from pipeline.running import run
from pipeline.store.exchange import ImportReport, export_lines, import_lines
from pipeline.study import load_study
from pipeline.verify import VerifyReport, verify

__all__ = [
    "EXAMPLES",
    "FLOOD_SHARE",
    "CheckReport",
    "Decision",
    "Desk",
    "DiffReport",
    "FilesReport",
    "ImpactReport",
    "ImportReport",
    "Part",
    "RunReport",
    "VerifyReport",
    "check_codebook",
    "compare_codebooks",
    "examine",
    "export_record",
    "extract_files",
    "impact_of",
    "import_record",
    "init",
    "names_in_record",
    "open_desk",
    "print_codebook",
    "run",
    "tag_files",
    "verify",
]


def export_record(study: Path) -> tuple[str, ...]:
    """Return the record as JSON, one event a line, by chain and place."""
    with record_of(study) as record:
        return tuple(export_lines(record))


def names_in_record(study: Path) -> int:
    """Return how many events hold a name that the study replaces: the record is never rewritten."""
    try:
        loaded = load_study(study)
    except StudyError:
        return 0
    with record_of(study) as record:
        events = [link.event for link in record.events()]
    return sum(one != shown for one, shown in zip(events, renamed(loaded, events), strict=True))


def import_record(study: Path, file: Path) -> ImportReport:
    """Take in the events of an exported record.

    Raises
    ------
    InputError
        If the file can not be read as text.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as reason:
        raise InputError(
            f"can not be read: {reason}", where=file.name, remedy="Name a file made by export."
        ) from reason
    with record_of(study) as record:
        return import_lines(record, lines)
