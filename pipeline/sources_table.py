"""sources.csv, made and edited in a spreadsheet, instead of the list in study.yaml."""

import re
from pathlib import Path

from pipeline.errors import Fault, did_you_mean
from pipeline.model.study import UNKNOWN_TYPE
from pipeline.study_form import OverrideForm, SourceForm
from pipeline.table_file import MORE, read_table

SOURCES_FILE = "sources.csv"
_PLAIN = ("id", "path", "title", "date", "case", "marking", "interest", "password_env", "password")


def read_sources(path: Path) -> tuple[list[SourceForm], list[str], list[Fault]]:
    """Read sources.csv: its sources, the line of each, and every fault."""
    table = read_table(path, SOURCES_FILE)
    known = list(SourceForm.model_fields)
    sources, wheres, faults = [], [], list(table.faults)
    for name in table.columns:
        if name not in known:
            hint = did_you_mean(name, known) or f"One of {', '.join(known)}."
            faults.append(Fault(f"{SOURCES_FILE}:1", f"column {name!r} is not known", hint))
    for line, cells in table.rows:
        where = f"{SOURCES_FILE}:{line}"
        row = {column: cell for column, cell in cells.items() if cell is not None}
        if MORE in row or len(row) < len(cells):
            faults.append(Fault(where, "has more or fewer cells than the first row"))
        elif not row.get("id") or not row.get("path"):
            faults.append(Fault(where, "a source needs an id and a path"))
        elif row.get("marking_override") and not re.match(r"[^:]+:\s*\S", row["marking_override"]):
            what = f"marking_override {row['marking_override']!r} does not say who and why"
            faults.append(Fault(where, what, "Write NAME: REASON."))
        elif not faults:
            sources.append(_from_row(row))
            wheres.append(where)
    return sources, wheres, faults


def _from_row(row: dict[str, str]) -> SourceForm:
    def parts(name: str) -> list[str]:
        return [part.strip() for part in row.get(name, "").split(";") if part.strip()]

    speakers = {
        name.strip(): role.strip()
        for name, _, role in (part.partition("=") for part in parts("speakers"))
    }
    plain = {name: row.get(name, "").strip() for name in _PLAIN}
    by, _, reason = (part.strip() for part in row.get("marking_override", "").partition(":"))
    return SourceForm(
        **plain,
        marking_override=OverrideForm(by=by, reason=reason) if by and reason else None,
        type=row.get("type", "").strip() or UNKNOWN_TYPE,
        speakers=speakers,
        cites=parts("cites"),
        restates=parts("restates"),
    )
