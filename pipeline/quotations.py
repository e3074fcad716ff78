"""The quotations that outputs hold, read back from the tables, the pages and the workbook."""

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from pipeline.export import CARRIED_FILE

_CODINGS = "codings.csv"
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# Where it stands, its source, from, to, its words.
Quotation = tuple[str, str, int, int, str]


def quotations(out: Path) -> Iterator[Quotation]:
    """Yield (where, source, start, end, words) of every quotation in tables and pages."""
    path = out / _CODINGS
    if path.is_file():
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
        for row in rows:
            if row["state"] != "stale":
                where = f"{_CODINGS}:{rows.line_num}"
                start, end = int(row["start"]), int(row["end"])
                yield where, row["source_id"], start, end, row["quotation"]
    yield from _carried(out)
    for page in [out / "report.html", *sorted((out / "findings").glob("*.html"))]:
        if not page.is_file():
            continue
        tree = html.fromstring(page.read_bytes())
        for node in tree.iterfind(".//*[@data-source]"):
            where = f"{page.relative_to(out).as_posix()}:{node.sourceline}"
            start, end = int(node.get("data-start", "0")), int(node.get("data-end", "0"))
            yield (
                where,
                str(node.get("data-source")),
                start,
                end,
                "".join(str(part) for part in node.itertext()),
            )


def _carried(out: Path) -> Iterator[Quotation]:
    """The words that judgments made on an earlier text were carried to."""
    path = out / CARRIED_FILE
    if not path.is_file():
        return
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    for row in rows:
        if row["new_start"]:
            where = f"{CARRIED_FILE}:{rows.line_num}"
            start, end = int(row["new_start"]), int(row["new_end"])
            yield where, row["source_id"], start, end, row["quotation_new"]


def workbook_rows(path: Path) -> Iterator[tuple[str, int, dict[str, str]]]:
    """Yield (sheet, number, cells by their column's head) of each row below a head."""
    with zipfile.ZipFile(path) as package:
        strings = [
            "".join(str(part) for part in node.itertext(f"{_SHEET}t"))
            for node in etree.fromstring(package.read("xl/sharedStrings.xml"))
        ]
        for name in sorted(package.namelist()):
            if not name.startswith("xl/worksheets/sheet"):
                continue
            head: dict[str, str] = {}
            for node in etree.fromstring(package.read(name)).iter(f"{_SHEET}row"):
                cells = {_column(cell): _value(cell, strings) for cell in node}
                if not head and "source_id" in cells.values():
                    head = cells
                elif head:
                    row = {head[column]: value for column, value in cells.items() if column in head}
                    yield Path(name).stem, int(node.get("r", "0")), row


def _column(cell: etree._Element) -> str:
    return str(cell.get("r", "")).rstrip("0123456789")


def _value(cell: etree._Element, strings: list[str]) -> str:
    value = cell.findtext(f"{_SHEET}v") or ""
    return strings[int(value)] if cell.get("t") == "s" else value
