"""One function for each command; the faces call these and print what comes back."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.codebooks import load_codebook
from pipeline.corpus import free_id
from pipeline.desk import Decision, Desk, open_desk
from pipeline.doctor import Part, examine
from pipeline.drawing import draw
from pipeline.errors import ExtractionError, InputError, StudyError
from pipeline.export import columns, tables
from pipeline.export.bundle import Bundle
from pipeline.findings import load_findings
from pipeline.judging import record_of, renamed
from pipeline.language_model import ADD_COMMAND, find_model
from pipeline.limits import limits_of
from pipeline.model.codebook import Code, Codebook, Example
from pipeline.model.coding import Coding
from pipeline.model.finding import EvidenceMatrix
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.model.study import SourceEntry, Study, ZonePolicy
from pipeline.newstudy import init
from pipeline.plans import plan_of
from pipeline.reading import ReadingRequest, read_all
from pipeline.running import RunReport, run
from pipeline.segment import segment
from pipeline.store.exchange import ImportReport, export_lines, import_lines
from pipeline.study import load_study
from pipeline.tag.parse import lines_switched_off, load_language
from pipeline.tag.rules import Tagger, compile_tagger, propose
from pipeline.verify import VerifyReport, verify

__all__ = [
    "CheckReport",
    "Decision",
    "Desk",
    "FilesReport",
    "ImportReport",
    "Part",
    "RunReport",
    "VerifyReport",
    "check_codebook",
    "examine",
    "export_record",
    "extract_files",
    "import_record",
    "init",
    "names_in_record",
    "open_desk",
    "run",
    "tag_files",
    "verify",
]
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


@dataclass(frozen=True, slots=True)
class CheckReport:
    """A codebook that loads, looked through: what holds of its examples."""

    codebook: str
    code_count: int
    rule_count: int
    example_count: int
    hard_count: int
    failing: tuple[str, ...]
    notices: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        """Whether every example that is not marked hard holds."""
        return not self.failing

    @property
    def summary(self) -> str:
        """Return the counts, and each example that does not hold with its line."""
        held = self.example_count - self.hard_count - len(self.failing)
        head = (
            f"{self.codebook}: {self.code_count} codes, {self.rule_count} rules; "
            f"{held} of {self.example_count - self.hard_count} examples hold, "
            f"{self.hard_count} marked hard"
        )
        return "\n".join([head, *self.failing, *(f"Note: {notice}" for notice in self.notices)])


def extract_files(files: Sequence[Path], out: Path, *, draws: bool = False) -> FilesReport:
    """Write ``ID.txt`` and ``ID.json`` for each file that can be read.

    Parameters
    ----------
    draws
        Whether each page of a PDF is drawn too, with what was read on it: ``ID.p1.png``.
    """
    out.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    requests = _requests(files)
    path_of = {request.source_id: request.path for request in requests}
    sources, unread = _read(requests)
    faults = list(unread)
    for source in sources:
        text, rest = out / f"{source.source_id}.txt", out / f"{source.source_id}.json"
        text.write_bytes(source.text.encode())
        content = {name: value for name, value in asdict(source).items() if name != "text"}
        content["text_sha256"] = source.text_sha256
        rest.write_text(
            json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n",
            encoding="utf-8",
            newline="\n",
        )
        written += [text, rest]
        if draws:
            plan = plan_of(Study(), _unlisted(source.source_id), os.environ)
            try:
                path = path_of[source.source_id]
                written += draw(path, source, plan, out, limits_of(os.environ))
            except ExtractionError as reason:
                faults.append(str(reason))
    return FilesReport(written=tuple(written), unread=tuple(faults))


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
    sources, unread = _read(_requests(files))
    codings = [coding for source in sources for coding in _proposed(tagger, source)]
    bundle = _bare_bundle(book, sources, codings)
    table = tables.csv_bytes(columns.CODINGS, tables.coding_rows(bundle)).decode()
    return FilesReport(table=table, unread=unread, notices=tuple(_switched_off(book)))


def _proposed(tagger: Tagger, source: Source) -> tuple[Coding, ...]:
    return propose(tagger, source, segment(source, _unlisted(source.source_id), _POLICY))


def _bare_bundle(book: Codebook, sources: Sequence[Source], codings: Sequence[Coding]) -> Bundle:
    return Bundle(
        study=Study(),
        codebook=book,
        sources=tuple(sources),
        segments=(),
        codings=tuple(codings),
        matrix=EvidenceMatrix((), (), (), ()),
    )


def _switched_off(book: Codebook) -> Iterator[str]:
    off = lines_switched_off(book)
    if off and find_model() is None:
        yield (
            f"no English language model is installed: {len(off)} lines of rules that need one are "
            f"off. Add it with {ADD_COMMAND}"
        )


def check_codebook(codebook: Path, findings: Path | None, study: Path) -> CheckReport:
    """Return how a codebook's examples do; findings are checked against it where given.

    Raises
    ------
    CodebookError
        With every fault, if either file can not be used.
    """
    book = load_codebook(codebook)
    if findings is not None:
        load_findings(findings, book, load_study(study))
    model = find_model()
    tagger = compile_tagger(book, load_language(model.folder if model else None))
    examples = [(code, example) for code in book.codable for example in code.examples]
    failing = [
        f"{book.path}:{example.line}: {fault}"
        for code, example in examples
        if not example.is_hard and (fault := _example_fault(tagger, code, example))
    ]
    return CheckReport(
        codebook=book.name,
        code_count=len(book.codable),
        rule_count=sum(len(code.rules) for code in book.codes),
        example_count=len(examples),
        hard_count=sum(example.is_hard for _, example in examples),
        failing=tuple(failing),
        notices=tuple(_switched_off(book)),
    )


def _example_fault(tagger: Tagger, code: Code, example: Example) -> str:
    source = Source("example", example.text)
    codings = [c for c in _proposed_in(tagger, source) if c.code_id == code.code_id]
    if bool(codings) != example.is_positive:
        verb = "is not" if example.is_positive else "is"
        rules = "".join(f" by {coding.origin_id}" for coding in codings[:1])
        return f"{example.text!r} {verb} proposed for {code.code_id}{rules}"
    for dimension, value in example.expect:
        found = codings[0].assertion.value(dimension)
        if found != value:
            return f"{example.text!r}: {dimension} is {found}, expected {value}"
    return ""


def _proposed_in(tagger: Tagger, source: Source) -> tuple[Coding, ...]:
    """Codings of a sentence given as it is, without blocks."""
    whole = Segment(source.source_id, 0, len(source.text), "sentence")
    return propose(tagger, source, (whole,))


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
