"""Every error this package raises on purpose.

    PipelineError                     exit 1
    ├── InputError                    exit 3   a file the researcher gave us
    │   ├── StudyError                         ... study.yaml or sources.csv
    │   ├── CodebookError                      ... codes or findings that can not be used
    │   ├── MarkingError                       ... a handling marking that names no level
    │   └── ExtractionError                    ... whose text could not be read
    │       ├── EmptyFileError                     nothing in it
    │       ├── EncryptedFileError                 needs a password
    │       ├── DamagedFileError                   begins right, can not be read to its end
    │       ├── WrongFormatError                   is not what its name says
    │       ├── NoTextError                        pictures of text, or no text at all
    │       ├── TooDemandingError                  would take more than a file may
    │       │   ├── TookTooLongError                   ... of time
    │       │   └── NeededTooMuchMemoryError           ... of memory
    │       ├── ReaderCrashedError                 ended the process that read it, twice
    │       ├── ReaderFaultError                   met a fault of this program
    │       ├── AboveMarkingError                  is marked higher than the study may hold
    │       └── PseudonymisedError                 shows names that its reading text does not
    ├── OffsetError                   exit 4   a quotation and its source disagree
    ├── ReviewError                   exit 5   a review step that the protocol forbids
    │   └── RecordError                        ... or a record whose chain does not hold
    ├── InsufficientDataError         exit 6   a figure that the data can not support
    └── MissingPartError              exit 7   something this machine lacks

An error says what is wrong, where, and what to do next, in that order. Anything
else that escapes is a bug in this package, and keeps its traceback. (Exit 2 is
the command line's own, for a mistyped command.)

A ReaderFaultError is such a bug too. It is told as the file's all the same, with exit 3 and
the traceback under ``backing -v``, because it meets one file of many: the others are read,
and what was made of them stands.
"""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass


def printable(words: str) -> str:
    """Return words with blanks for what would steer a terminal or break a line.

    >>> printable("a\\x1b[2J\\nb")
    'a [2J b'
    """
    return "".join(char if char.isprintable() else " " for char in words)


def did_you_mean(written: str, known: Sequence[str]) -> str:
    """Return a hint naming the nearest known name, or nothing if none is near.

    >>> did_you_mean("lable", ["label", "kind"]), did_you_mean("noun", ["NOUN", "VERB"])
    ("Did you mean 'label'?", "Did you mean 'NOUN'?")
    """
    folded = {name.casefold(): name for name in reversed(known)}
    near = difflib.get_close_matches(written[:100].casefold(), list(folded), n=1, cutoff=0.6)
    return f"Did you mean {folded[near[0]]!r}?" if near else ""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in a file the researcher gave us.

    Attributes
    ----------
    where
        File and, where known, line and column: ``study.yaml:12:3``.
    what
        What is wrong, the offending value in ``repr``.
    hint
        What to do next; may be empty.
    is_warning
        Told, but nothing stops for it.
    """

    where: str
    what: str
    hint: str = ""
    is_warning: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f"\n    {self.hint}" if self.hint else "")


class PipelineError(Exception):
    """The root of every error raised on purpose; ``exit_status`` is the command's."""

    exit_status = 1

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}\n    {self.remedy}" if self.remedy else head


class InputError(PipelineError):
    """A file the researcher gave us can not be used as it is."""

    exit_status = 3


class FaultsError(InputError):
    """A file with one or more faults, all of them told at once."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


class StudyError(FaultsError):
    """study.yaml or sources.csv says something that can not be carried out."""


class CodebookError(FaultsError):
    """A codebook or a findings file can not be used as written."""


class MarkingError(InputError):
    """A handling marking names no level that is known."""


class ExtractionError(InputError):
    """The text of a source could not be read."""


class EmptyFileError(ExtractionError):
    """The file holds no byte, or no character that is not white space."""


class EncryptedFileError(ExtractionError):
    """The file asks for a password."""


class DamagedFileError(ExtractionError):
    """The file begins as its kind does and can not be read to its end."""


class WrongFormatError(ExtractionError):
    """The file is not what its name says."""


class NoTextError(ExtractionError):
    """The file can be read and holds no text, only pictures of it perhaps."""


class TooDemandingError(ExtractionError):
    """Reading the file takes more than one file may take from the others."""


class TookTooLongError(TooDemandingError):
    """The file was not read within its time."""


class NeededTooMuchMemoryError(TooDemandingError):
    """The file could not be read within its memory."""


class ReaderCrashedError(ExtractionError):
    """The process that read the file ended of itself, and once more with that file alone."""


class ReaderFaultError(ExtractionError):
    """A reader met something it was not written for: a fault of this program."""


class AboveMarkingError(ExtractionError):
    """The file is marked higher than the study may hold, and nobody answers for it."""


class PseudonymisedError(ExtractionError):
    """The file's pages show names that were replaced in its reading text."""


class OffsetError(PipelineError):
    """A quotation and its source disagree."""

    exit_status = 4


class ReviewError(PipelineError):
    """A review step that the protocol forbids."""

    exit_status = 5


class RecordError(ReviewError):
    """The coders' record does not hold together."""


class InsufficientDataError(PipelineError):
    """A figure that the data can not support."""

    exit_status = 6


class MissingPartError(PipelineError):
    """Something this machine lacks; the remedy names the command that adds it."""

    exit_status = 7
