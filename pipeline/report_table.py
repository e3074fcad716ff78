"""Rows under a title, as a command shows them; how they are drawn is the command line's matter."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table of a report.

    Attributes
    ----------
    note
        What the rows mean and what to do about them, shown below the title.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def short(text: str, most: int = 160) -> str:
    """Return a text in one line, cut at a word if it is long.

    >>> short("It holds,\\n as   ever.", 12)
    'It holds, …'
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[: most - 2].rsplit(" ", 1)[0] + " …"
