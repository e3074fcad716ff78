"""Tables as a person keeps them in a spreadsheet: each row with its line, every fault told.

Comma, semicolon or tab; UTF-8, UTF-16 as Excel's "Unicode text", or Windows-1252. A name read
wrongly is a name that stays in the text, so that what can not be read for certain is a fault.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import Fault

MORE = "?"
_END = "\x03end of the table\x03"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_REFUSED = {
    "\ufffd": "a letter in an encoding that can not be told",
    "\0": "a null character",
    _END[0]: "a control character",
}
_AS_UTF_8 = "Save it as CSV UTF-8."


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table as read.

    Attributes
    ----------
    rows
        The line that each row ends on, and its cells by their columns: None where it has fewer
        than the first row, and what it has more under ``?``.
    faults
        Why it can not be read, or not from some line on.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[int, dict[str, str | None]], ...] = ()
    faults: tuple[Fault, ...] = ()


def read_table(path: Path, name: str, *, is_unicode: bool = False) -> TableFile:
    """Return the table that a file holds.

    Parameters
    ----------
    name
        What the file is called in messages.
    is_unicode
        Whether an encoding that may be another one than Windows-1252 is a fault.
    """
    text, faults = _text(path.read_bytes(), name, is_unicode)
    if faults:
        return TableFile(faults=tuple(faults))
    found: list[tuple[int, list[str]]] = []
    faults = list(_rows(text, name, found))
    columns = found[0][1] if found else []
    rows = ((line, _by_column(columns, cells)) for line, cells in found[1:])
    return TableFile(tuple(columns), tuple(rows), tuple(faults))


def _by_column(columns: list[str], cells: list[str]) -> dict[str, str | None]:
    row: dict[str, str | None] = dict.fromkeys(columns)
    row |= dict(zip(columns, cells, strict=False))
    if len(cells) > len(columns):
        row[MORE] = "\t".join(cells[len(columns) :])
    return row


def _rows(text: str, name: str, found: list[tuple[int, list[str]]]) -> Iterator[Fault]:
    """Gather the rows that hold anything; a line of our own behind them shows an open quote."""
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    lines = csv.reader(io.StringIO(f"{text}\n{_END}", newline=""), delimiter=delimiter)
    before = 0
    try:
        for cells in lines:
            if cells and cells[-1].endswith(_END):
                break
            if cells:
                found.append((lines.line_num, cells))
            before = lines.line_num
    except csv.Error as reason:
        hint = "Look there for a cell that is much too long, or for stray quotation marks."
        yield Fault(f"{name}:{before + 1}", f"can not be read as a table: {reason}", hint)
        return
    if cells != [_END]:
        hint = "Close it, or write it twice where it is part of a cell."
        yield Fault(f"{name}:{before + 1}", "has a quotation mark that is not closed", hint)


def _text(data: bytes, name: str, is_unicode: bool) -> tuple[str, list[Fault]]:
    if data[:2] in _UTF_16:
        encoding = "utf-16"
    elif b"\0" in data[:2]:
        encoding = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
    else:
        encoding = "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as reason:
        if encoding != "utf-8-sig":
            return "", [Fault(f"{name}:1", f"is no UTF-16 throughout: {reason.reason}", _AS_UTF_8)]
        if is_unicode:
            line = data[: reason.start].count(b"\n") + 1
            what = "is not UTF-8: in another encoding a name may be read as another one"
            return "", [Fault(f"{name}:{line}", what, _AS_UTF_8)]
        text = data.decode("cp1252", errors="replace")
    for sign, what in _REFUSED.items():
        if sign in text:
            line = text[: text.index(sign)].count("\n") + 1
            return "", [Fault(f"{name}:{line}", f"holds {what}", _AS_UTF_8)]
    return text, []
