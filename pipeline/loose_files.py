"""Files read and coded without a study: the reading text of each, or codings as a table."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.codebook_check import rules_off
from pipeline.codebooks import load_codebook
from pipeline.corpus import free_id
from pipeline.drawing import draw
from pipeline.errors import ExtractionError
from pipeline.export import columns, tables
from pipeline.export.bundle import Bundle
from pipeline.language_model import find_model
from pipeline.limits import limits_of
from pipeline.model.codebook import Codebook
from pipeline.model.coding import Coding
from pipeline.model.finding import EvidenceMatrix
from pipeline.model.source import Source
from pipeline.model.study import SourceEntry, Study, ZonePolicy
from pipeline.plans import plan_of
from pipeline.reading import ReadingRequest, read_all
from pipeline.segment import segment
from pipeline.tag.context import propose_in_context
from pipeline.tag.names import AmbiguousNames, compile_names
from pipeline.tag.parse import load_language
from pipeline.tag.rules import Tagger, compile_tagger

# Without a study nothing says what counts; these zones are never evidence in any.
_POLICY = ZonePolicy(
    frozenset(
        {
            "running-head",
            "running-foot",
            "page-number",
            "marking",
            "contents",
            "references",
            "acronyms",
            "footnote",
        }
    )
)


@dataclass(frozen=True, slots=True)
class FilesReport:
    """What was made of some files.

    Attributes
    ----------
    written
        Files written, or nothing where the table goes to the terminal.
    table
        Codings as CSV, or empty.
    unread
        A message for each file that could not be read.
    notices
        What was off in this run.
    """

    written: tuple[Path, ...] = ()
    table: str = ""
    unread: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def extract_files(files: Sequence[Path], out: Path, *, draws: bool = False) -> FilesReport:
    """Write ``ID.txt`` and ``ID.json`` for each file that can be read.

    Parameters
    ----------
    draws
        Whether each page of a PDF is drawn too, with what was read on it: ``ID.p1.png``.
    """
    out.mkdir(parents=True, exist_ok=True)
    requests = _requests(files)
    by_id = {request.source_id: request for request in requests}
    sources, unread = _read(requests)
    faults = list(unread)
    written: list[Path] = []
    for source in sources:
        written += _write(source, out)
        if draws:
            request = by_id[source.source_id]
            try:
                written += draw(request.path, source, request.plan, out, limits_of(os.environ))
            except ExtractionError as reason:
                faults.append(str(reason))
    return FilesReport(written=tuple(written), unread=tuple(faults))


def _write(source: Source, out: Path) -> tuple[Path, Path]:
    """Write what a source says, and all else that is known of it as JSON."""
    text, rest = out / f"{source.source_id}.txt", out / f"{source.source_id}.json"
    text.write_bytes(source.text.encode())
    content = {name: value for name, value in asdict(source).items() if name != "text"}
    content["text_sha256"] = source.text_sha256
    content |= {"places": [asdict(one) for one in source.places]}
    content |= {"runs": [asdict(one) for one in source.runs]}
    lines = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    rest.write_text(lines, encoding="utf-8", newline="\n")
    return text, rest


def _requests(files: Sequence[Path]) -> list[ReadingRequest]:
    taken: set[str] = set()
    requests: list[ReadingRequest] = []
    for path in files:
        source_id = free_id(path, taken)
        taken.add(source_id)
        plan = plan_of(Study(), _unlisted(source_id), os.environ)
        requests.append(ReadingRequest(path, source_id, plan))
    return requests


def _unlisted(source_id: str) -> SourceEntry:
    return SourceEntry(source_id, path="", is_listed=False)


def _read(requests: Sequence[ReadingRequest]) -> tuple[list[Source], tuple[str, ...]]:
    sources: list[Source] = []
    unread: list[str] = []
    there = [request for request in requests if request.path.is_file()]
    found = read_all(there, limits_of(os.environ))
    for request in requests:
        read = next(found) if request in there else _absent(request.path)
        if isinstance(read, Source):
            sources.append(read)
        else:
            unread.append(str(read))
    return sources, tuple(unread)


def _absent(path: Path) -> ExtractionError:
    return ExtractionError("there is no such file", where=path.as_posix())


def tag_files(files: Sequence[Path], codebook: Path) -> FilesReport:
    """Return proposed codings of any files as CSV with the columns of ``codings.csv``.

    Raises
    ------
    CodebookError
        If the codebook can not be used.
    """
    book = load_codebook(codebook)
    model = find_model()
    tagger = compile_tagger(book, load_language(model.folder if model else None))
    names = compile_names(book, load_language(None))
    sources, unread = _read(_requests(files))
    codings = [coding for source in sources for coding in _proposed(tagger, names, source)]
    bundle = _bare_bundle(book, sources, codings)
    table = tables.csv_bytes(columns.CODINGS, tables.coding_rows(bundle)).decode()
    return FilesReport(table=table, unread=unread, notices=tuple(rules_off(book, model)))


def _proposed(tagger: Tagger, names: AmbiguousNames, source: Source) -> tuple[Coding, ...]:
    segments = segment(source, _unlisted(source.source_id), _POLICY)
    return propose_in_context(tagger, names, source, segments)


def _bare_bundle(book: Codebook, sources: Sequence[Source], codings: Sequence[Coding]) -> Bundle:
    return Bundle(
        study=Study(),
        codebook=book,
        sources=tuple(sources),
        segments=(),
        codings=tuple(codings),
        matrix=EvidenceMatrix((), (), (), ()),
    )
