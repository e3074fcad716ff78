"""Many files to Sources, each read by a worker process that can not take the run with it.

Workers are programs of their own that stay for file after file. A request is a line of JSON
and so is the answer, checked here against the form of a Source: a worker taken over by a
hostile file could lie about that file, and send nothing that runs. What remains: it runs as
the same person on the same machine, so it is no wall against a reader's own weakness.

A worker has a limit of time, and of memory where the system keeps one: the address space on
Linux; by watching the process's size on macOS; on Windows by time alone. One that dies may
have been full from the file before, so its file is read once more in a new worker while no
other reads; only then is the file blamed.
"""

import logging
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from pipeline.errors import (
    ExtractionError,
    NeededTooMuchMemoryError,
    ReaderCrashedError,
    ReaderFaultError,
    TookTooLongError,
    printable,
)
from pipeline.limits import MEMORY, SECONDS, Limits
from pipeline.model.naming import Names
from pipeline.model.reading import AS_IT_IS, ReadingPlan
from pipeline.model.source import Source
from pipeline.reader_process import WORKER, Answer, Death, ReaderProcess

_log = logging.getLogger(__name__)
_SOURCE = TypeAdapter(Source)
_MOST_WORDS = 2000


@dataclass(frozen=True, slots=True)
class ReadingRequest:
    """One file to be read, and how."""

    path: Path
    source_id: str
    plan: ReadingPlan = AS_IT_IS


def read_all(
    requests: Sequence[ReadingRequest], limits: Limits, program: str = WORKER
) -> Iterator[Source | ExtractionError]:
    """Yield for each request, in their order, what was read or why nothing was.

    Parameters
    ----------
    program
        The module that is run as a worker: one that calls ``reading_worker.serve``.

    Raises
    ------
    PipelineError
        If no worker can be started.
    """
    if not requests:
        return
    for request, found in _Readers(limits, program).answers(requests):
        yield _outcome(request, found, limits)


class _Readers:
    """Workers, one to a thread, each kept until it dies or all files are read."""

    def __init__(self, limits: Limits, program: str) -> None:
        self._limits = limits
        self._program = program
        self._own = threading.local()
        self._started: list[ReaderProcess] = []
        self._is_over = False

    def answers(
        self, requests: Sequence[ReadingRequest]
    ) -> Iterator[tuple[ReadingRequest, Answer | Death]]:
        """Yield each request with its answer, as soon as those before it have theirs."""
        count = min(self._limits.workers, len(requests))
        with ThreadPoolExecutor(count, thread_name_prefix="reading") as threads:
            waiting = deque((one, threads.submit(self._read, one)) for one in requests)
            try:
                while waiting:
                    request, future = waiting.popleft()
                    found = future.result()
                    if isinstance(found, Death) and found.cause != "time":
                        wait([other for _, other in waiting])
                        found = self._read_alone(request)
                    yield request, found
            finally:
                threads.shutdown(wait=False, cancel_futures=True)
                self._end_all()

    def _read(self, request: ReadingRequest) -> Answer | Death:
        process: ReaderProcess | None = getattr(self._own, "process", None)
        if process is None:
            process = self._own.process = self._start()
        found = process.ask(_content(request), self._seconds(request))
        if isinstance(found, Death):
            self._own.process = None
        return found

    def _read_alone(self, request: ReadingRequest) -> Answer | Death:
        process = self._start()
        found = process.ask(_content(request), self._seconds(request))
        process.end()
        return found

    def _start(self) -> ReaderProcess:
        process = ReaderProcess(self._program, self._limits)
        self._started.append(process)
        if self._is_over:
            process.end()
        return process

    def _end_all(self) -> None:
        self._is_over = True
        for process in self._started:
            process.end()

    def _seconds(self, request: ReadingRequest) -> float:
        return self._limits.seconds_for(_size(request.path))


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _content(request: ReadingRequest) -> dict[str, Any]:
    return {
        "path": str(request.path),
        "source_id": request.source_id,
        "plan": asdict(request.plan),
    }


def _outcome(
    request: ReadingRequest, found: Answer | Death, limits: Limits
) -> Source | ExtractionError:
    if isinstance(found, Death):
        return _blame(request, found, limits)
    if "error" in found.head:
        return _refused(request, found.head)
    try:
        source = _SOURCE.validate_json(found.body)
    except ValidationError:
        return _fault(request, "an answer that is no source")
    if source.source_id != request.source_id:
        return _fault(request, "an answer about another source")
    return source


def _blame(request: ReadingRequest, death: Death, limits: Limits) -> ExtractionError:
    name = printable(request.path.name)
    if death.cause == "time":
        seconds = limits.seconds_for(_size(request.path))
        return TookTooLongError(
            f"was not read within {seconds:,.0f} seconds",
            where=name,
            remedy="Save it anew from the program it was made with, or split it; or give each "
            f"file more time: {SECONDS}={max(int(limits.seconds) * 5, 1)}",
        )
    if death.cause == "memory":
        megabytes = limits.memory_bytes // 1_000_000
        return NeededTooMuchMemoryError(
            f"could not be read within {megabytes:,} MB of memory",
            where=name,
            remedy="A small file that needs so much is made to do harm: look where it is from. "
            f"Split a large one, or give each file more: {MEMORY}={megabytes * 2}",
        )
    return ReaderCrashedError(
        f"ended the process that read it, and again when read alone ({death.how})",
        where=name,
        remedy="The file may be damaged or made to do harm: look where it is from, save it anew "
        "from the program it was made with, and add that copy. Please report it.",
    )


def _fault(request: ReadingRequest, what: str) -> ReaderFaultError:
    return ReaderFaultError(
        f"met a fault of this program: {what}",
        where=printable(request.path.name),
        remedy="Please report it, with what `backing -v` prints and, if you may share it, the "
        "file. Saved anew or in another format, it may be readable.",
    )


def _refused(request: ReadingRequest, head: dict[str, Any]) -> ExtractionError:
    """The error a worker told, of its class, as far as it is one of ours; a file's own words may
    be in it, and names in these.
    """
    kind = _kinds().get(str(head["error"]))
    names = Names.of(request.plan.pseudonyms)
    if kind is None:
        trace = names.put_in(str(head.get("trace", "")))
        _log.debug("%s: %s", names.put_in(request.path.name), trace)
        return _fault(request, _plain(head.get("what", "")))
    told = (str(head.get(name, "")) for name in ("what", "where", "remedy"))
    what, where, remedy = (_plain(names.put_in(words)) for words in told)
    return kind(what, where=where, remedy=remedy)


def _kinds(root: type[ExtractionError] = ExtractionError) -> dict[str, type[ExtractionError]]:
    kinds = {root.__name__: root}
    for kind in root.__subclasses__():
        kinds |= _kinds(kind)
    return kinds


def _plain(words: object) -> str:
    """Words as they may be printed: a file's own may have got into a message."""
    return printable(str(words)[:_MOST_WORDS])
