"""Coded excerpts drawn into a block of text: nested spans, split only where they cross.

Codings of the same words share one span, named for the first of them; the others' names
stand on spans just inside it, so that each `text/ID.html#CODING_ID` lands on its words. Where
two excerpts cross, the inner one is closed and opened again: its first piece keeps the
name, the further pieces bear a class, and a rule of style lights them with the first.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from markupsafe import Markup, escape

from pipeline.model.coding import Coding, State

LINES: dict[State, str] = {
    "settled": "settled",
    "accepted": "accepted",
    "disputed": "disputed",
    "proposed": "proposed",
    "waiting": "proposed",
    "stale": "stale",
    "rejected": "hidden",
}
_STRENGTH = ("settled", "accepted", "disputed", "proposed", "stale", "hidden")
_DRAWN_DEPTH = 2


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """The codings of one excerpt; ``line`` is how it is underlined."""

    start: int
    end: int
    codings: tuple[Coding, ...] = field(compare=False)

    @property
    def line(self) -> str:
        """The line of the surest of its codings."""
        return min((LINES[coding.state] for coding in self.codings), key=_STRENGTH.index)


@dataclass(frozen=True, slots=True)
class DrawnText:
    """A block's text as HTML, and the codings that had to be drawn in several pieces."""

    html: Markup
    split_ids: tuple[str, ...]


def marks_of(codings: Iterable[Coding]) -> tuple[Mark, ...]:
    """Return the marks of a source's codings: one per excerpt, in reading order."""
    ordered = sorted(codings, key=lambda c: (c.start, c.end, c.code_id, c.coding_id))
    return tuple(
        Mark(start, end, tuple(own))
        for (start, end), own in groupby(ordered, key=lambda c: (c.start, c.end))
    )


def draw(
    text: str,
    span: tuple[int, int],
    marks: tuple[Mark, ...],
    turnovers: tuple[tuple[int, str], ...] = (),
) -> DrawnText:
    """Return the text at ``span`` with its marks, and with the places where a page begins.

    Parameters
    ----------
    marks
        Those that touch the span, in reading order.
    turnovers
        Offsets inside the span, each with what to print there.
    """
    start, end = span
    labels = dict(turnovers)
    begin: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in sorted(marks, key=lambda mark: -mark.end):
        begin[max(mark.start, start)].append(mark)
    edges = {start, end, *labels, *begin} | {min(mark.end, end) for mark in marks}
    cuts = sorted(edge for edge in edges if start <= edge <= end)
    pen = _Pen(start, end)
    for here, following in zip(cuts, [*cuts[1:], end], strict=True):
        pen.close(here)
        for mark in begin[here]:
            pen.begin(mark, is_first=mark.start >= start)
        if here in labels:
            pen.html.append(Markup('<span class="leaf" data-p="{}"></span>').format(labels[here]))
        pen.html.append(escape(text[here:following]))
    pen.close(end)
    return DrawnText(Markup("").join(pen.html), tuple(pen.split_ids))


class _Pen:
    """Writes one block: the pieces so far, and the stack of marks that are open."""

    def __init__(self, start: int, end: int) -> None:
        self.html: list[Markup] = []
        self.split_ids: list[str] = []
        self._end = end
        self._open: list[Mark] = []

    def close(self, here: int) -> None:
        """Close what ends here and what was opened after it; open the latter again."""
        ending = (n for n, mark in enumerate(self._open) if min(mark.end, self._end) == here)
        lowest = next(ending, len(self._open))
        closed = self._open[lowest:]
        del self._open[lowest:]
        self.html.extend(Markup("</span>") * len(mark.codings) for mark in closed)
        for mark in closed:
            if min(mark.end, self._end) > here:
                self.begin(mark, is_first=False)

    def begin(self, mark: Mark, *, is_first: bool) -> None:
        """Open a mark: the first piece bears the codings' names, further ones a class."""
        drawn = sum(above.line != "hidden" for above in self._open)
        line = mark.line if drawn < _DRAWN_DEPTH else "hidden"
        self._open.append(mark)
        for number, coding in enumerate(mark.codings):
            classes = "x" if number else f"x {line} d{drawn}"
            if is_first:
                opening = Markup('<span class="{}" id="{}">').format(classes, coding.coding_id)
            else:
                opening = Markup('<span class="{} c-{}">').format(classes, coding.coding_id)
                self.split_ids.append(coding.coding_id)
            self.html.append(opening)
