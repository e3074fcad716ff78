"""The files of a study's corpus: those it lists, and those it does not."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path

from pipeline.errors import printable
from pipeline.model.source import Source
from pipeline.model.study import SourceEntry, Study

CORPUS = "corpus"


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A source as the study has it and the file behind it; no hash where there is no file."""

    entry: SourceEntry
    path: Path
    sha256: str


def corpus_files(folder: Path, study: Study) -> tuple[CorpusFile, ...]:
    """Return the listed sources in the study's order, then what else lies in ``corpus/``.

    README files, hidden files and the lock files of office programs are no sources. What can not
    be opened, or is a link that leads out of the study, has no hash.
    """
    homes = (folder.resolve(), (folder / CORPUS).resolve())
    entries = [*study.sources, *_unlisted(folder, study)]
    return tuple(
        CorpusFile(entry, folder / entry.path, _sha256(folder / entry.path, homes))
        for entry in entries
    )


def with_entries(study: Study, files: Iterable[CorpusFile]) -> Study:
    """Return the study with the unlisted files among its sources."""
    return replace(study, sources=tuple(file.entry for file in files))


def lines_to_add(entry: SourceEntry, source: Source | None) -> str:
    """Return the line that lists a file in study.yaml, with what the file claims of itself.

    Title and date come from the file's own metadata: a proposal, to be looked at.
    """
    told = dict(source.proposals) if source else {}
    claims = "".join(
        f", {name}: {quoted(told[name])}" for name in ("title", "date") if told.get(name)
    )
    path = quoted(entry.path) if entry.path.isprintable() else _escaped(entry.path)
    return f"- {{id: {entry.source_id}, path: {path}{claims}, type: ..., case: {entry.case_id}}}"


def quoted(text: str) -> str:
    """Return a text as a YAML scalar that is nothing but text, odd characters as blanks."""
    plain = printable(text)
    return "'" + plain.replace("'", "''") + "'"


def _escaped(path: str) -> str:
    """The path as a YAML scalar that means exactly it: a screenshot's name holds narrow blanks."""
    escaped = (
        char if char.isprintable() and char not in '"\\' else f"\\U{ord(char):08X}" for char in path
    )
    return f'"{"".join(escaped)}"'


def _unlisted(folder: Path, study: Study) -> list[SourceEntry]:
    listed = {_norm(entry.path) for entry in study.sources}
    taken = {entry.source_id.casefold() for entry in study.sources}
    corpus = folder / CORPUS
    found = sorted(
        (path.relative_to(folder).as_posix(), path)
        for path in corpus.rglob("*")
        if _is_source(path)
    )
    entries = []
    for name, path in found:
        if _norm(name) in listed:
            continue
        source_id = free_id(path, taken)
        taken.add(source_id.casefold())
        path_told, title = _told(name), _told(path.stem)
        entries.append(
            SourceEntry(source_id, path_told, title, case_id=study.default_case, is_listed=False)
        )
    return entries


def _told(name: str) -> str:
    """A name with what is no UTF-8 in it written out: it can be told, and no file is called so."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _norm(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def _is_source(path: Path) -> bool:
    if path.is_symlink() or not path.is_file() or path.name.startswith((".", "~$")):
        return False
    return path.stem.lower() != "readme"


def free_id(path: Path, taken: set[str]) -> str:
    """Return an id made of a file's name that is not among those taken."""
    plain = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60] or "source"
    first = (stem, f"{stem}-{path.suffix.lstrip('.').lower()}")
    numbered = (f"{stem}-{number}" for number in count(2))
    return next(one for one in chain(first, numbered) if one not in taken)


def _sha256(path: Path, homes: Iterable[Path]) -> str:
    try:
        if not path.is_file() or not any(map(path.resolve().is_relative_to, homes)):
            return ""
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
