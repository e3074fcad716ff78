"""How much one file may take: time, memory, and how many are read at once.

>>> limits_of({"BACKING_SECONDS_PER_FILE": "30"}).seconds_for(5_000_000)
40.0
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.errors import InputError

WORKERS = "BACKING_WORKERS"
SECONDS = "BACKING_SECONDS_PER_FILE"
MEMORY = "BACKING_MEMORY_MB"
# What a worker says first, how it ends where memory is wanting, and the most it hands over.
READY = b"ready\n"
NO_MEMORY = 77
MOST_ANSWER = 256_000_000
# Reading is not the only thing a researcher's machine does.
_MOST_WORKERS = 4
_SECONDS = 120
_MEMORY_MB = 1500
_SECONDS_PER_BYTE = 2 / 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading may take of this machine.

    Attributes
    ----------
    workers
        Files read at once.
    seconds
        Time for each file, whatever its size.
    memory_bytes
        What reading one file may add to the size of its process.
    """

    workers: int
    seconds: float = _SECONDS
    memory_bytes: int = _MEMORY_MB * 1_000_000

    def seconds_for(self, size: int) -> float:
        """Return the time a file of so many bytes has: two seconds more for each megabyte."""
        return self.seconds + size * _SECONDS_PER_BYTE


def limits_of(environment: Mapping[str, str]) -> Limits:
    """Return the limits, those that the environment names instead of the usual ones.

    Raises
    ------
    InputError
        If one of them is no whole number above nought.
    """
    return Limits(
        workers=_number(environment, WORKERS, min(os.cpu_count() or 1, _MOST_WORKERS)),
        seconds=_number(environment, SECONDS, _SECONDS),
        memory_bytes=_number(environment, MEMORY, _MEMORY_MB) * 1_000_000,
    )


def _number(environment: Mapping[str, str], name: str, usual: int) -> int:
    text = environment.get(name, "").strip()
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and int(text[:12]) > 0):
        raise InputError(
            f"is {text!r}, and not a whole number above 0",
            where=f"environment variable {name}",
            remedy=f"Set it to a number, or take it out: then it is {usual:,}.",
        )
    return int(text[:12])
