"""The evidence matrix as a workbook, for those who read and sort in one.

All text is written as text, so that a quotation that begins with ``=`` stays a quotation.
The only formulas are our own links: a sheet holds 65,530 link objects and any number of
formulas, and each carries its text as cached value for programs that do not calculate.
"""

import io
import re
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.export.bundle import Bundle
from pipeline.export.grid import Grid
from pipeline.export.placement import Placement
from pipeline.export.sheets import (
    Link,
    Sheet,
    SheetCell,
    codings_sheet,
    evidence_sheet,
    matrix_sheet,
    read_me_sheet,
    sources_sheet,
)
from pipeline.export.tables import cell_text

TEXT_LIMIT = 32_767
FORMULA_TEXT_LIMIT = 255
ROW_LIMIT = 1_048_576
CUT = " … [cut: a cell holds 32,767 characters; see the .csv]"
_NOT_XML = re.compile("[\ufffe\uffff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_LIKE_A_CALL = re.compile(r"\w\(")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# A date of its own choosing: the same content must give the same bytes.
_CREATED = datetime(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class _Formats:
    head: Format
    text: Format
    link: Format
    strong: Format


def workbook_bytes(bundle: Bundle, grid: Grid, placement: Placement) -> bytes:
    """Return evidence_matrix.xlsx."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, dict(_OPTIONS))
    book.set_properties({"title": bundle.study.title, "created": _CREATED})
    base = {"text_wrap": True, "valign": "top", "font_name": "Calibri", "font_size": 10}
    formats = _Formats(
        head=book.add_format(base | {"bold": True, "bottom": 1, "bg_color": "#F0EDE6"}),
        text=book.add_format(base),
        link=book.add_format(base | {"font_color": "#17497A", "underline": 1}),
        strong=book.add_format(base | {"bold": True, "top": 1}),
    )
    for sheet in (
        matrix_sheet(bundle, grid, placement),
        evidence_sheet(bundle, placement),
        codings_sheet(bundle),
        sources_sheet(bundle),
        read_me_sheet(bundle, grid),
    ):
        _write(book.add_worksheet(sheet.name), sheet, formats)
    book.close()
    return written.getvalue()


def cut_text(text: str) -> str:
    """Return a text that a cell can hold, saying so where it had to be cut.

    The limit is in UTF-16 units, of which an emoji takes two. The two code points that no
    XML file can hold are replaced.
    """
    text = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
    if len(text.encode("utf-16-le")) // 2 <= TEXT_LIMIT:
        return text
    kept = text.encode("utf-16-le")[: (TEXT_LIMIT - len(CUT)) * 2]
    return kept.decode("utf-16-le", errors="ignore") + CUT


def _write(page: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.freeze_panes(1, sheet.fixed_column_count)
    for number, width in enumerate(sheet.widths):
        page.set_column(number, number, width)
    for number, title in enumerate(sheet.header):
        page.write_string(0, number, title, formats.head)
    for number in sorted(sheet.strong_rows):
        page.set_row(number + 1, None, formats.strong)
    for line, row in enumerate(sheet.rows[: ROW_LIMIT - 2], start=1):
        for number, cell in enumerate(row):
            form = formats.strong if line - 1 in sheet.strong_rows else formats.text
            _write_cell(page, line, number, cell, formats.link if _is_link(cell) else form)
    if len(sheet.rows) > ROW_LIMIT - 2:
        told = f"cut: a sheet holds {ROW_LIMIT:,} rows; all {len(sheet.rows):,} are in the .csv"
        page.write_string(ROW_LIMIT - 1, 0, told, formats.strong)


def _is_link(cell: SheetCell) -> bool:
    return isinstance(cell, Link)


def _write_cell(page: Worksheet, line: int, number: int, cell: SheetCell, form: Format) -> None:
    if isinstance(cell, Link):
        text = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", cut_text(cell.text))
        page.write_formula(line, number, _formula(cell.href, text), form, text)
    elif isinstance(cell, bool) or not isinstance(cell, int | float):
        _write_text(page, line, number, cut_text(cell_text(cell)), form)
    else:
        page.write_number(line, number, cell, form)


def _write_text(page: Worksheet, line: int, number: int, text: str, form: Format) -> None:
    # XlsxWriter takes a text like "<r>...</r>" for markup of its own and copies it unescaped.
    if not text:
        return
    if text.startswith("<r>") and text.endswith("</r>"):
        page.write_rich_string(line, number, form, text[:1], form, text[1:], form)
    else:
        page.write_string(line, number, text, form)


def _formula(href: str, text: str) -> str:
    """Return a link; a text within a formula holds 255 characters at most.

    XlsxWriter looks for names of functions in texts too, and rewrites a formula that has one.
    """
    is_plain = len(text.encode("utf-16-le")) <= 2 * FORMULA_TEXT_LIMIT
    label = text if is_plain and not _LIKE_A_CALL.search(text) else "open"
    doubled = label.replace('"', '""')
    return f'=HYPERLINK("{href}","{doubled}")'
