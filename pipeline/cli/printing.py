"""What commands print: tables on stdout, progress on stderr."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from pipeline.errors import printable
from pipeline.report_table import ReportTable
from pipeline.stages import Say

stderr = Console(stderr=True, highlight=False, soft_wrap=True)
_WIDTH_OF_A_PIPE = 110


@contextmanager
def progress() -> Iterator[Say]:
    """Give a function by which a command says how far it is."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    is_off = not stderr.is_terminal
    with Progress(*columns, console=stderr, transient=True, disable=is_off) as bars:
        tasks: dict[str, Any] = {}

        def say(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done)

        yield say


def print_tables(tables: Iterable[ReportTable]) -> None:
    """Print tables under their titles; as wide as the terminal, where there is one."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_WIDTH_OF_A_PIPE)
    for table in tables:
        typer.echo()
        console.print(Text(printable(table.title), style="bold"))
        if table.note:
            console.print(Text(printable(table.note), style="dim"))
        console.print(_drawn(table))


def _drawn(table: ReportTable) -> Table:
    """Cells are text and never markup: they come from files."""
    last = len(table.columns) - 1
    drawn = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for number, name in enumerate(table.columns):
        values = [row[number] for row in table.rows]
        is_number = all(_is_number(value) for value in values)
        drawn.add_column(
            name,
            justify="right" if is_number else "left",
            overflow="fold",
            ratio=1 if number == last and not is_number else None,
        )
    for row in table.rows:
        drawn.add_row(*(Text(printable(cell)) for cell in row))
    return drawn


def _is_number(value: str) -> bool:
    return value.strip("+-%").replace(",", "").replace(".", "").isdigit() or not value
