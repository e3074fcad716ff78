"""File to Source: one reader a format; layout, zones and normalising are pure."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from pipeline.errors import DamagedFileError, EmptyFileError, WrongFormatError
from pipeline.extract.file import File
from pipeline.extract.language import with_language
from pipeline.extract.marking import with_markings
from pipeline.extract.pseudonyms import with_pseudonyms
from pipeline.extract.roles import proposed_roles
from pipeline.model.reading import AS_IT_IS, ReadingPlan
from pipeline.model.source import Source

__all__ = ["SUFFIXES", "extract"]
Reader = Callable[[File], Source]
# Module and function, imported when the first such file is read: all together take 30 MB and
# the third of a second.
_READERS = {
    ".pdf": ("pdf", "read"),
    ".docx": ("docx", "read"),
    ".html": ("html", "read"),
    ".htm": ("html", "read"),
    ".md": ("markdown", "read"),
    ".markdown": ("markdown", "read"),
    ".txt": ("text", "read_plain"),
    ".vtt": ("transcript", "read"),
    ".srt": ("srt", "read"),
    ".json": ("whisper", "read"),
    ".odt": ("odt", "read"),
    ".epub": ("epub", "read"),
    ".pptx": ("pptx", "read"),
    ".rtf": ("rtf", "read"),
    ".eml": ("email", "read"),
}
SUFFIXES = frozenset(_READERS)
MAX_BYTES = 400_000_000


def extract(path: Path, source_id: str, plan: ReadingPlan = AS_IT_IS) -> Source:
    """Return what a file says, with its pages, zones, speakers and handling markings.

    Raises
    ------
    ExtractionError
        Of the class that names the cause: empty, encrypted, damaged, of another format than
        its name says, or without text.
    """
    if path.suffix.lower() not in _READERS:
        raise WrongFormatError(
            f"{path.suffix or 'a file without an ending'} is no kind that can be read",
            where=path.name,
            remedy=f"Save it as one of {', '.join(sorted(SUFFIXES))}.",
        )
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise DamagedFileError(
            f"has {size:,} bytes, more than {MAX_BYTES:,}", where=path.name, remedy="Split it."
        )
    data = path.read_bytes()
    if not data.strip():
        raise EmptyFileError("the file is empty", where=path.name, remedy="Get it again.")
    file = File(path.name, data, source_id, hashlib.sha256(data).hexdigest(), plan)
    source = with_markings(with_pseudonyms(_reader(path)(file), plan.pseudonyms))
    source = with_language(source)
    return replace(source, turns=proposed_roles(source.turns, source.text))


def _reader(path: Path) -> Reader:
    module, function = _READERS[path.suffix.lower()]
    found: Reader = getattr(import_module(f"pipeline.extract.{module}"), function)
    return found
