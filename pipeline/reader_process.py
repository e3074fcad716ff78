"""The parent's end of one worker: start it, ask it, watch it, end it."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import PipelineError
from pipeline.limits import MOST_ANSWER, NO_MEMORY, READY, Limits

WORKER = "pipeline.reading_worker"
_MOST_HEAD = 1_000_000
_SECONDS_TO_START = 120.0
_SECONDS_TO_END = 5.0
_SECONDS_BETWEEN_LOOKS = 0.05
# How a library ends its process where memory is refused; other causes end it so too.
_WANTING = {"SIGABRT", "SIGTRAP", "SIGILL", "SIGSEGV", "SIGBUS"}
# What an idle worker holds, with room to spare.
_AT_START = 300_000_000
_HAS_PROC = Path("/proc/self/statm").exists()
_PS = shutil.which("ps")

Cause = Literal["time", "memory", "crash"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker said: the line, and the Source as JSON where it read one."""

    head: dict[str, Any]
    body: bytes


@dataclass(frozen=True, slots=True)
class Death:
    """A worker that ended instead of answering; ``how`` is the signal or the exit status."""

    cause: Cause
    how: str


class ReaderProcess:
    """One worker, which reads a file at a time; ended when it dies or is no longer needed."""

    def __init__(self, program: str, limits: Limits) -> None:
        path = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
        self._process = subprocess.Popen(  # noqa: S603 - this program's own module
            [sys.executable, "-P", "-m", program, str(limits.memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,
        )
        self._limits = limits
        self._largest = 0
        self._killed_for: Cause | None = None
        self._deadline = time.monotonic() + _SECONDS_TO_START
        self._is_over = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()
        self._is_ready = False

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def ask(self, request: dict[str, Any], seconds: float) -> Answer | Death:
        """Return the answer to a request, or how the worker ended over it.

        Raises
        ------
        PipelineError
            If it could not be started at all; what it printed stands on stderr.
        """
        self._wait_until_ready()
        self._deadline = time.monotonic() + seconds
        found = None
        with contextlib.suppress(OSError):  # its pipe is closed: it has ended, as ``_death`` tells
            found = self._exchange(json.dumps({**request, "seconds": seconds}).encode() + b"\n")
        self._deadline = float("inf")
        return found or self._death()

    def end(self) -> None:
        """End it, whatever it is doing, and wait until it is gone."""
        self._is_over.set()
        self._kill()
        self._process.wait()
        for channel in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                assert channel is not None
                channel.close()

    def _wait_until_ready(self) -> None:
        if self._is_ready:
            return
        assert self._process.stdout is not None
        if self._process.stdout.readline(len(READY)) != READY:
            self.end()
            raise PipelineError(
                f"the program that reads files could not be started ({sys.executable})",
                remedy="This is a fault of the program or of how it is installed: "
                "`backing doctor` tells what is missing.",
            )
        self._is_ready = True

    def _exchange(self, request: bytes) -> Answer | None:
        """The answer, None where the worker ended or said something that is none."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(request)
        self._process.stdin.flush()
        try:
            head = json.loads(self._process.stdout.readline(_MOST_HEAD))
            length = int(head.get("length", 0))
        except (ValueError, TypeError, AttributeError, RecursionError):
            return None
        if not 0 <= length <= MOST_ANSWER:
            return None
        body = self._process.stdout.read(length)
        return Answer(head, body) if len(body) == length else None

    def _death(self) -> Death:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_SECONDS_TO_END)
        self.end()
        status = self._process.returncode
        if self._killed_for:
            return Death(self._killed_for, "ended by the limit")
        if status == NO_MEMORY:
            return Death("memory", "MemoryError")
        how = _name_of(status)
        if how == "SIGXCPU":
            return Death("time", how)
        # The system takes the largest process when memory runs out, by a signal none can refuse.
        is_wanting = how in _WANTING and self._largest * 2 > self._limits.memory_bytes
        return Death("memory" if is_wanting or how == "SIGKILL" else "crash", how)

    def _watch(self) -> None:
        """Kill the worker when its time or its memory is used up."""
        interval = _SECONDS_BETWEEN_LOOKS
        while not self._is_over.wait(interval):
            if time.monotonic() > self._deadline:
                self._killed_for = "time"
                self._kill()
                return
            size, resident = size_of(self.pid)
            interval = _SECONDS_BETWEEN_LOOKS if size else 10 * _SECONDS_BETWEEN_LOOKS
            self._largest = max(self._largest, size, resident)
            if resident > self._limits.memory_bytes + _AT_START:
                self._killed_for = "memory"
                self._kill()
                return

    def _kill(self) -> None:
        """End the worker and what it started."""
        if self._process.poll() is not None:
            return
        if hasattr(os, "killpg"):
            with contextlib.suppress(OSError):
                os.killpg(self.pid, signal.SIGKILL)
        self._process.kill()


def size_of(pid: int) -> tuple[int, int]:
    """Return address space and resident size of a process in bytes, 0 for what is not told.

    By ``/proc`` where there is one, else by ``ps``, which knows the second only; on Windows
    both are 0, and a file is bounded by its time alone.
    """
    if not _HAS_PROC:
        return 0, size_by_ps(pid)
    try:
        size, resident = Path(f"/proc/{pid}/statm").read_text().split()[:2]
        page = os.sysconf("SC_PAGESIZE")
        return int(size) * page, int(resident) * page
    except (OSError, ValueError):
        return 0, 0


def size_by_ps(pid: int) -> int:
    """Return the resident size of a process in bytes as ``ps`` tells it, 0 where it does not."""
    if _PS is None:
        return 0
    command = [_PS, "-o", "rss=", "-p", str(pid)]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    told = done.stdout.strip()
    return int(told) * 1024 if told.isdigit() else 0


def _name_of(status: int) -> str:
    if status >= 0:
        return f"exit status {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"
