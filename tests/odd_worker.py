"""A worker whose reader does as the file's text says: what real readers do by accident."""

import ctypes
import os
import signal
import sys
import time
from pathlib import Path

from pipeline.errors import EmptyFileError
from pipeline.model.reading import ReadingPlan
from pipeline.model.source import Source
from pipeline.reading_worker import serve

SLOW = 2.0
_HELD: list[bytes] = []


def read(path: Path, source_id: str, plan: ReadingPlan) -> Source:  # noqa: PLR0912 - a list
    words = path.read_text(encoding="utf-8")
    with path.with_suffix(".begun").open("a", encoding="utf-8") as begun:
        begun.write(f"{time.monotonic()}\n")
    match words.split()[0]:
        case "hang":
            time.sleep(600)
        case "slow":
            time.sleep(SLOW)
        case "wordy":
            raise EmptyFileError("long " * 10_000, where=path.name)
        case "busy":
            while True:
                pass
        case "abort":
            os.abort()
        case "segfault":
            ctypes.string_at(1)
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "leave":
            os._exit(0)
        case "greedy":
            _HELD.append(b"x" * 10**10)
        case "hoarding":
            _HELD.append(b"x" * 200_000_000)
        case "swelling":
            while True:
                _HELD.append(b"x" * 20_000_000)
                time.sleep(0.02)
        case "fault":
            raise KeyError(words)
        case "refuse":
            raise EmptyFileError("is empty \x1b[31m", where=path.name, remedy="Get it again.")
        case "print":
            print("{}\n" * 1000)
            os.write(1, b"\0" * 100_000)
            sys.stdin.read()
        case "lie":
            return Source("another", words)
        case "surrogate":
            return Source(source_id, "\ud800")
        case "password":
            return Source(source_id, repr(plan.passwords))
    return Source(source_id, words)


if __name__ == "__main__":
    serve(read)
