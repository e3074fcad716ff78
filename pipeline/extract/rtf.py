"""RTF by striprtf: its words; what that library loses is said in a warning."""

import re

from striprtf.striprtf import rtf_to_text

from pipeline.errors import DamagedFileError, WrongFormatError
from pipeline.extract.building import build, marks_apart
from pipeline.extract.file import File
from pipeline.extract.joining import joined_over_asides
from pipeline.extract.sections import with_sections
from pipeline.extract.text import plain_blocks
from pipeline.extract.turns import has_times, with_turns
from pipeline.model.source import Source

_FAULTS = (ValueError, IndexError, KeyError, TypeError, OverflowError, LookupError, RecursionError)
# The library looks for links by a pattern that takes n * n and puts their addresses between the
# words; a blank that means nothing keeps it from finding any.
_INSTRUCTION = re.compile(r"(\\fldinst)\{", re.IGNORECASE)
_LOSES = "read from RTF: footnotes are lost, deleted and hidden words are kept; better save as DOCX"


def read(file: File) -> Source:
    """Return the Source of an RTF file.

    Raises
    ------
    WrongFormatError, DamagedFileError
        If it is no RTF, or can not be read.
    """
    if not file.data.lstrip()[:5] == b"{\\rtf":
        raise WrongFormatError(
            "is no RTF", where=file.name, remedy="Give it the ending of its kind."
        )
    try:
        raw = _INSTRUCTION.sub(r"\1 {", file.data.decode("latin-1"))
        text = str(rtf_to_text(raw, errors="replace"))  # type: ignore[no-untyped-call]
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    except _FAULTS as reason:
        raise DamagedFileError(
            f"can not be read as RTF: {type(reason).__name__}",
            where=file.name,
            remedy="Open it in the program that made it and save it as DOCX.",
        ) from reason
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    marked = marks_apart(plain_blocks(lines.replace("\n", "\n\n")))
    blocks = with_turns(joined_over_asides(marked), file.speakers)
    return build(
        file,
        list(with_sections(blocks)),
        extractor="rtf",
        has_places=has_times(blocks),
        warnings=[_LOSES],
    )
