"""The quotations that outputs hold, read back from the tables, the pages and the workbook."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from lxml import etree, html

from pipeline.errors import Fault
from pipeline.export import CARRIED_FILE

_CODINGS = "codings.csv"
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# Where it stands, its source, from, to, its words.
Quotation = tuple[str, str, int, int, str]
Words = tuple[str, int, int, str]
WordsOf = Callable[[Mapping[str, str]], Words | None]


def quotations(out: Path) -> Iterator[Quotation | Fault]:
    """Yield (where, source, start, end, words) of every quotation in tables and pages.

    A table that can not be read to its end is a fault; what comes before is yielded.
    """
    yield from _table(out / _CODINGS, _coded)
    yield from _table(out / CARRIED_FILE, _carried)
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


def _table(path: Path, words_of: WordsOf) -> Iterator[Quotation | Fault]:
    if not path.is_file():
        return
    text = path.read_text(encoding="utf-8", errors="replace")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    try:
        for row in rows:
            found = words_of(row)
            if found:
                yield (f"{path.name}:{rows.line_num}", *found)
    except (csv.Error, KeyError, ValueError, TypeError) as reason:
        where = f"{path.name}:{rows.line_num + isinstance(reason, csv.Error)}"
        what = f"is no row of the table that was exported: {type(reason).__name__} {reason}"
        yield Fault(where, what, "Make it anew: backing run.")


def _coded(row: Mapping[str, str]) -> Words | None:
    if row["state"] == "stale":
        return None
    return row["source_id"], int(row["start"]), int(row["end"]), row["quotation"]


def _carried(row: Mapping[str, str]) -> Words | None:
    """The words that a judgment made on an earlier text was carried to."""
    if not row["new_start"]:
        return None
    return row["source_id"], int(row["new_start"]), int(row["new_end"]), row["quotation_new"]


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
