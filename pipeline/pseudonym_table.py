"""The table of pseudonyms: name, pseudonym, source_id. It leaves the study's folder for nothing.

What is wrong with it is told by lines: the names themselves are never printed.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from pipeline.corpus import CORPUS
from pipeline.errors import Fault, did_you_mean
from pipeline.model.study import NamePair
from pipeline.table_file import MORE, read_table

_COLUMNS = ("name", "pseudonym", "source_id")
_Row = Mapping[str, str | None]
_Lines = list[tuple[int, NamePair]]


def read_pseudonyms(
    folder: Path, name: str, where: str, source_ids: frozenset[str]
) -> tuple[tuple[NamePair, ...], list[Fault]]:
    """Return the pairs of a table in the study's folder, and everything that is wrong with it.

    Parameters
    ----------
    where
        Where the study names the table, for a table that is not there.
    """
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
        hint = "Write it from the study's folder, with forward slashes."
        return (), [Fault(where, f"pseudonyms {name!r} leads out of the study", hint)]
    if path.parts[:1] in ((CORPUS,), ("outputs",)):
        what = f"pseudonyms {name!r} lies among what is read or exported"
        return (), [Fault(where, what, "Put it beside study.yaml.")]
    if not (folder / name).is_file():
        hint = f"Make it, a table with the columns {', '.join(_COLUMNS)}, or take the line out."
        return (), [Fault(where, f"pseudonyms {name!r} is not in the study's folder", hint)]
    table = read_table(folder / name, name, is_unicode=True)
    faults = [*table.faults] or list(_column_faults(name, list(table.columns)))
    if faults:
        return (), faults
    lines: _Lines = []
    for line, row in table.rows:
        faults += _row_faults(f"{name}:{line}", row, source_ids)
        lines.append((line, _pair(row)))
    faults += _pair_faults(name, lines)
    return tuple(pair for _, pair in lines), faults


def _column_faults(name: str, found: list[str]) -> Iterator[Fault]:
    for column in found:
        if column not in _COLUMNS:
            hint = did_you_mean(column, _COLUMNS) or f"One of {', '.join(_COLUMNS)}."
            yield Fault(f"{name}:1", "has a column that is not known", hint)
    for column in _COLUMNS[:2]:
        if column not in found:
            yield Fault(f"{name}:1", f"has no column {column!r}", "Add it to the first row.")


def _pair(row: _Row) -> NamePair:
    cells = (
        unicodedata.normalize("NFC", " ".join((row.get(column) or "").split()))
        for column in _COLUMNS
    )
    return NamePair(*cells)


def _row_faults(where: str, row: _Row, source_ids: frozenset[str]) -> Iterator[Fault]:
    if MORE in row:
        yield Fault(where, "has more cells than the first row", "Put quotation marks round commas.")
    pair = _pair(row)
    for column, value in (("name", pair.name), ("pseudonym", pair.pseudonym)):
        if not re.search(r"\w", value):
            yield Fault(where, f"the {column} is empty", "Fill it in, or take the line out.")
    if pair.pseudonym and not re.match(r"[\w(\[]", pair.pseudonym):
        yield Fault(where, "the pseudonym does not begin with a letter", "Begin it with one.")
    if pair.source_id and pair.source_id not in source_ids:
        hint = did_you_mean(pair.source_id, sorted(source_ids))
        yield Fault(
            where,
            f"source_id {pair.source_id!r} is no source of the study",
            hint or "Leave it empty for every confidential source.",
        )


def _pair_faults(name: str, lines: _Lines) -> Iterator[Fault]:
    """Yield what is wrong between lines: two pseudonyms for a name, a name in a pseudonym."""
    first: dict[tuple[str, str], tuple[int, str]] = {}
    for line, pair in lines:
        where = f"{name}:{line}"
        key = pair.name.casefold(), pair.source_id
        number, pseudonym = first.setdefault(key, (line, pair.pseudonym))
        if pair.name and pseudonym != pair.pseudonym:
            yield Fault(
                where,
                f"the name of line {number} stands here again with another pseudonym",
                "Keep one of the two, or name the source of each in source_id.",
            )
        for other, named in lines:
            if named.name and _holds(pair.pseudonym, named.name):
                whose = "its own name" if other == line else f"the name of line {other}"
                yield Fault(where, f"the pseudonym holds {whose}", "Take another pseudonym.")
                break


def _holds(pseudonym: str, name: str) -> bool:
    pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
    return re.search(pattern, pseudonym, re.IGNORECASE) is not None
