"""Reading text out of raw lines, words torn at line ends joined, each change mapped. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.cleaning import Step, cleaned
from pipeline.extract.hyphens import Words, between
from pipeline.model.place import Box
from pipeline.model.places import RunRow, Setting


@dataclass(frozen=True, slots=True)
class RawLine:
    """A printed line before it is joined to its neighbours.

    Attributes
    ----------
    text
        As the engine gives it, with whatever it holds.
    indices
        For each character of ``text`` its number on the page as the engine counts, -1 for
        one that was put in; None where the format has none.
    line_label
        The number printed beside the line.
    note_marks
        Marks of notes cut out of ``text``: where, and the note's id.
    confidence
        How sure text recognition is of it, 0 to 1.
    """

    text: str
    page: int = 0
    page_label: str = ""
    box: Box | None = None
    seconds: tuple[float, float] | None = None
    indices: Sequence[int] | None = None
    line_label: str = ""
    note_marks: tuple[tuple[int, str], ...] = ()
    confidence: float = 1.0

    @property
    def setting(self) -> Setting:
        """What its place shares with its neighbours'."""
        return self.page, self.page_label, self.seconds, self.line_label, self.confidence

    def part(self, start: int, end: int) -> "RawLine":
        """Return a part of the line with the way back to its characters kept."""
        if not start and end == len(self.text):
            return self
        marks = self.note_marks
        return RawLine(
            self.text[start:end],
            self.page,
            self.page_label,
            self.box,
            self.seconds,
            None if self.indices is None else self.indices[start:end],
            self.line_label,
            tuple((at - start, mark) for at, mark in marks if start <= at <= end) if marks else (),
            self.confidence,
        )

    def without(self, start: int, end: int) -> "RawLine":
        """Return the line without a stretch of it."""
        if not start:
            return self.part(end, len(self.text))
        first, rest = self.part(0, start), self.part(end, len(self.text))
        indices = None
        if first.indices is not None and rest.indices is not None:
            indices = (*first.indices, *rest.indices)
        moved = tuple((at + start, mark) for at, mark in rest.note_marks)
        marks = first.note_marks + moved
        return replace(self, text=first.text + rest.text, indices=indices, note_marks=marks)


# Of a line in the reading text: start, end, and the line itself.
Span = tuple[int, int, RawLine]


@dataclass(frozen=True, slots=True)
class JoinedText:
    """The text of one block with the span of each of its lines and the way back.

    ``runs`` are rows of the numbers that make a ``Run``; ``raw_end`` is where the next block's
    raw characters begin; ``anchors`` say where in the reading text the mark of each note stood.
    """

    text: str
    spans: tuple[Span, ...]
    runs: tuple[RunRow, ...]
    raw_end: int
    anchors: tuple[tuple[str, int], ...] = ()


def join_lines(lines: Sequence[RawLine], start: int, raw: int, words: Words) -> JoinedText:
    """Return the text of one block.

    Parameters
    ----------
    start
        Where the block begins in the reading text.
    raw
        How many raw characters of the file come before it in reading order.
    """
    parts: list[str] = []
    last, spoken = "", None
    length = 0
    spans: list[Span] = []
    runs: list[RunRow] = []
    anchors: list[tuple[str, int]] = []
    for line in lines:
        found = cleaned(line.text)
        piece = found.text
        if not piece:
            raw += len(line.text) + 1
            continue
        if last:
            is_cut = spoken == line.seconds
            cut, blank = between(last, piece, words) if is_cut else (0, " ")
            if cut:
                parts[-1] = parts[-1][:-cut]
                length -= cut
                _shorten(spans, runs, start + length)
            parts.append(blank)
            length += len(blank)
        begin = start + length
        parts.append(piece)
        length += len(piece)
        end = start + length
        spans.append((begin, end, line))
        anchors += ((note, begin + _at(found.steps, at)) for at, note in line.note_marks)
        runs += _runs(found.steps, (begin, end), raw, line)
        raw += len(line.text) + 1
        last, spoken = piece, line.seconds
    return JoinedText("".join(parts), tuple(spans), tuple(runs), raw, tuple(anchors))


def _at(steps: Sequence[Step], raw: int) -> int:
    """Where in clean text a raw place is: behind the last character that stands before it."""
    behind = 0
    for start, end, raw_start, raw_end in steps:
        if raw_end <= raw:
            behind = end
        elif raw_start < raw and end - start == raw_end - raw_start:
            behind = start + raw - raw_start
    return behind


def _runs(
    steps: Sequence[Step], span: tuple[int, int], raw: int, line: RawLine
) -> Iterator[RunRow]:
    """Runs of one line, parted where the engine's numbers do not follow one another."""
    indices = line.indices
    begin = span[0]
    if len(steps) == 1 and (indices is None or isinstance(indices, range)):
        start, _, raw_start, raw_end = steps[0]
        index = -1 if indices is None else indices[raw_start]
        yield (*span, raw + raw_start, raw + raw_end, line.page, index)
        return
    for start, end, raw_start, raw_end in steps:
        if indices is None or isinstance(indices, range) or end - start != raw_end - raw_start:
            index = -1 if indices is None else indices[raw_start]
            yield (begin + start, begin + end, raw + raw_start, raw + raw_end, line.page, index)
            continue
        first = raw_start
        for place in range(raw_start + 1, raw_end + 1):
            if place < raw_end and indices[place] == indices[place - 1] + 1 and indices[first] >= 0:
                continue
            if indices[first] >= 0:
                at = begin + start + first - raw_start
                until = at + place - first
                yield (at, until, raw + first, raw + place, line.page, indices[first])
            first = place


def _shorten(spans: list[Span], runs: list[RunRow], end: int) -> None:
    """Let the last place and run end before a hyphen that was taken away."""
    start, _, line = spans.pop()
    if end > start:
        spans.append((start, end, line))
    run_start, run_end, raw_start, raw_end, page, index = runs.pop()
    if end > run_start:
        runs.append((run_start, end, raw_start, raw_end - (run_end - end), page, index))
