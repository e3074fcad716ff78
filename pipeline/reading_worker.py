"""The program that reads files for another: a line of JSON in, JSON out, for as long as asked.

``pipeline.reading`` starts it as a process of its own. Nothing is pickled on either side.
It takes its limits upon itself before it opens a file, and answers each request with one line:

    {"length": 4711}                          followed by so many bytes, the Source as JSON
    {"error": "EmptyFileError", "what": ...}  what a reader refused, and why
    {"error": "fault", "what": "KeyError", "trace": ...}

Where memory is wanting it ends with a status of its own: there may be none left to say so with.
"""

import contextlib
import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from pydantic import TypeAdapter

from pipeline.errors import ExtractionError
from pipeline.extract import extract
from pipeline.limits import MOST_ANSWER, NO_MEMORY, READY
from pipeline.model.reading import ReadingPlan
from pipeline.model.source import Source

try:
    import resource
except ImportError:  # Windows has no limits of this kind; the parent's clock holds there
    resource = None  # type: ignore[assignment]

_SOURCE = TypeAdapter(Source)
_PLAN = TypeAdapter(ReadingPlan)
_MOST_TRACE = 20_000

Read = Callable[[Path, str, ReadingPlan], Source]


def serve(read: Read = extract) -> None:
    """Answer requests until there are no more, or until memory is wanting."""
    try:
        _serve(read)
    except MemoryError:
        os._exit(NO_MEMORY)


def _serve(read: Read) -> None:
    requests, answers = _own_channels()
    _limit_size(int(sys.argv[1]))
    answers.write(READY)
    answers.flush()
    for line in requests:
        head, body = _answer(read, json.loads(line))
        answers.write(json.dumps(head).encode() + b"\n")
        answers.write(body)
        del body
        answers.flush()


def _own_channels() -> tuple[IO[bytes], IO[bytes]]:
    """Take the channels to the parent aside, so that nothing a library prints gets into them."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for channel in (0, 1, 2):
        os.dup2(nothing, channel)
    return requests, answers


def _answer(read: Read, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    path = Path(request["path"])
    _limit_time(request["seconds"])
    try:
        source = read(path, request["source_id"], _PLAN.validate_python(request["plan"]))
        body = _SOURCE.dump_json(source)
    except ExtractionError as error:
        return _refusal(type(error).__name__, error.what, error.where, error.remedy), b""
    except (FileNotFoundError, PermissionError, IsADirectoryError) as error:
        why = f"can not be opened: {error.strerror}"
        remedy = "Look whether it is there and may be read."
        return _refusal("ExtractionError", why, path.name, remedy), b""
    except MemoryError:
        os._exit(NO_MEMORY)
    except Exception as error:  # noqa: BLE001 - one file's fault must not end the run
        trace = traceback.format_exc()[-_MOST_TRACE:]
        return {"error": "fault", "what": type(error).__name__, "trace": trace}, b""
    if len(body) > MOST_ANSWER:
        os._exit(NO_MEMORY)
    return {"length": len(body)}, body


def _refusal(name: str, what: str, where: str, remedy: str) -> dict[str, Any]:
    return {"error": name, "what": what, "where": where, "remedy": remedy}


def _limit_size(memory_bytes: int) -> None:
    """Bound the address space to what there is now and so many bytes; leave no core files.

    macOS takes the first limit and does not keep it: there the parent watches the size.
    """
    if resource is None:
        return
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, ValueError):
        most = _size() + memory_bytes
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        if hard == resource.RLIM_INFINITY or hard > most:
            resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _size() -> int:
    """The address space of this process in bytes, where the system tells it."""
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[0]) * os.sysconf("SC_PAGESIZE") if told.exists() else 0


def _limit_time(seconds: float) -> None:
    """Bound the processor time too: the parent's clock is gone if the parent is.

    Twice the time by the clock, for what reads with two threads.
    """
    if resource is None:
        return
    with contextlib.suppress(OSError, ValueError):
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + 2 * seconds) + 10, hard))


if __name__ == "__main__":
    serve()
