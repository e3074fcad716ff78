"""sources.csv, made and edited in a spreadsheet, instead of the list in study.yaml."""

import csv
import io
import re
from pathlib import Path

from pipeline.errors import Fault, did_you_mean
from pipeline.model.study import UNKNOWN_TYPE
from pipeline.study_form import OverrideForm, SourceForm

SOURCES_FILE = "sources.csv"
_PLAIN = ("id", "path", "title", "date", "case", "marking", "interest", "password_env", "password")


def table_rows(path: Path) -> "csv.DictReader[str]":
    """Return the rows of a table as Excel writes it: comma, semicolon or tab; UTF-8 or
    Windows-1252. Cells beyond the first row's stand under ``?``.
    """
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    return csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="?")


def read_sources(path: Path) -> tuple[list[SourceForm], list[str], list[Fault]]:
    """Read sources.csv: its sources, the line of each, and every fault."""
    rows = table_rows(path)
    known = list(SourceForm.model_fields)
    sources, wheres, faults = [], [], []
    for name in rows.fieldnames or []:
        if name not in known:
            hint = did_you_mean(name, known) or f"One of {', '.join(known)}."
            faults.append(Fault(f"{SOURCES_FILE}:1", f"column {name!r} is not known", hint))
    for row in rows:
        where = f"{SOURCES_FILE}:{rows.line_num}"
        if "?" in row or None in row.values():
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
