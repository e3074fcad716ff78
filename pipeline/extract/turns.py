"""Paragraphs of a transcript into turns: labels go, speakers and times are kept. Pure.

A turn goes on until another label: two paragraphs with one label, or two cues of one speaker,
are one turn. Whether a label that comes again is the same person is not for a program to say:
most transcripts repeat it after a pause or a page. So two reporters who ask one after the
other under ``Q`` are one turn too; each of their paragraphs is a zone of its own, and nothing
said under another label is ever in it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from pipeline.extract.building import Block
from pipeline.extract.normalise import RawLine
from pipeline.extract.printed import chained
from pipeline.extract.said import Said, lines_said
from pipeline.extract.shapes import Shape, shape_of
from pipeline.extract.speakers import TIME, Head, is_stage_direction, label_of, seconds_of
from pipeline.model.zone import ZoneKind

_SPOKEN = ("body", "list-item")
_MARK = re.compile(
    rf"^\s*[\[(](?P<lead>{TIME})[\])]:\s*"
    rf"|\[(?P<square>{TIME})\]\s*"
    r"|\((?P<round>\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?)\)\s*"
    r"|#(?P<end>\d{1,2}:\d{2}:\d{2}-\d{1,3})#\s*"
)
_CREDIT = re.compile(
    r"(?:transcribed (?:by|with) |transcript(?:ion)? (?:by|provided by|services? by) "
    r"|this transcript (?:was|is) |https?://\S*$).{0,160}"
    r"|.{1,80} (?:started|stopped) transcription",
    re.IGNORECASE | re.DOTALL,
)
_CLOCK = re.compile(r"(?:END:?\s+)?\d{1,2}:\d{2}\s*[AP]\.?M\.?(?:\s+[A-Z]{2,4})?\.?|\(?END\)?")
_MOST_HEADER_BLOCKS = 12
_LONGEST_HEADER = 400
_LEAST_WORDS = 2
_CELL = " | "
_LETTERS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of one line: whose it is, and how many times of the recording came before."""

    raw: RawLine
    speaker: str
    begins: bool
    marks: int


@dataclass
class _Reading:
    """What is known of a transcript as its lines are read one after the other."""

    speaker: str = ""
    begins: bool = False
    marks: list[float] = field(default_factory=list)
    is_end: bool = False

    def line(self, raw: RawLine, head: Head | None) -> Iterator[_Part]:
        if head and head.speaker:
            self.speaker, self.begins = head.speaker, True
        if head and head.at is not None:
            self.marks.append(head.at)
        start = head.end if head else 0
        holds_mark = any(sign in raw.text for sign in "[(#")
        for mark in _MARK.finditer(raw.text, start) if holds_mark else ():
            yield from self._part(raw, start, mark.start())
            self._mark(mark)
            start = mark.end()
        yield from self._part(raw, start, len(raw.text))

    def _part(self, raw: RawLine, start: int, end: int) -> Iterator[_Part]:
        if raw.text[start:end].strip():
            part = raw.part(start, end) if end - start < len(raw.text) else raw
            yield _Part(part, self.speaker, self.begins, len(self.marks))
            self.begins = False

    def _mark(self, mark: re.Match[str]) -> None:
        if mark["end"]:
            self.is_end = True
        time = mark["lead"] or mark["square"] or mark["round"] or mark["end"].replace("-", ".")
        self.marks.append(seconds_of(time))

    def timed(self, part: _Part) -> RawLine:
        """Return the part with its times: from the last mark to the next."""
        if not self.marks or not (part.marks or self.is_end):
            return part.raw
        start = self.marks[part.marks - 1] if part.marks else 0.0
        end = self.marks[part.marks] if part.marks < len(self.marks) else start
        return replace(part.raw, seconds=(start, max(start, end)))


def with_turns(blocks: Sequence[Block], names: Sequence[str] = ()) -> list[Block]:
    """Return the blocks with their speakers, if they are a transcript of a known shape.

    A paragraph without label goes on with the last speaker. Labels and times of the recording
    are taken from the words; a paragraph that is all stage direction, credit or clock is set
    aside.

    Parameters
    ----------
    names
        Speakers the study names: their labels are believed wherever they stand.
    """
    blocks = _rows_said(blocks, names)
    spoken = [number for number, block in enumerate(blocks) if _may_be_spoken(block)]
    said = Said([blocks[number] for number in spoken])
    shape = shape_of(said, said.opening, names)
    if shape is None:
        return list(blocks)
    reading = _Reading()
    parts: dict[int, list[_Part]] = {number: [] for number in spoken}
    every = ((number, raw) for number in spoken for raw in lines_said(blocks[number]))
    for count, (number, raw) in enumerate(every):
        parts[number] += reading.line(raw, shape.heads.get(count))
    made: list[Block] = []
    for number, block in enumerate(blocks):
        made += _spoken(block, parts[number], reading, shape) if number in parts else [block]
    return _header_apart(made, shape)


def _rows_said(blocks: Sequence[Block], names: Sequence[str]) -> list[Block]:
    """Rows of a table of speakers, words and perhaps times as paragraphs of such a shape."""
    rows = [
        number
        for number, block in enumerate(blocks)
        if block.kind == "table" and block.lines and not block.is_aside
    ]
    told = [_as_paragraph(blocks[number].opening) for number in rows]
    shape = shape_of(told, [True] * len(told), names)
    heads = shape.heads if shape else {}
    if 0 in heads and [head.speaker for head in heads.values()].count(heads[0].speaker) == 1:
        heads = {row: head for row, head in heads.items() if row}
    words = sum(len(_LETTERS.findall(told[row], head.end)) for row, head in heads.items())
    if not heads or 3 * len(heads) < 2 * len(rows) or words < _LEAST_WORDS * len(heads):
        return list(blocks)
    made = list(blocks)
    for row in heads:
        first = replace(made[rows[row]].lines[0], text=told[row])
        lines = chained((first,), made[rows[row]].lines[1:])
        made[rows[row]] = replace(made[rows[row]], kind="body", lines=lines, columns=())
    return made


def _as_paragraph(row: str) -> str:
    """A row's cells as a line begins in a transcript, each of its characters where it was."""
    cells = row.count(_CELL)
    return row.replace(_CELL, ":  ") if cells == 1 else row.replace(_CELL, " \t ", 2)


def _may_be_spoken(block: Block) -> bool:
    """Whether a block can be speech; a short answer may have been taken for a heading."""
    if block.is_aside or not block.lines:
        return False
    is_labelled = block.kind == "heading" and label_of(block.opening) is not None
    return is_labelled or block.kind in _SPOKEN


def has_times(blocks: Sequence[Block]) -> bool:
    """Whether any line has its time in a recording."""
    return any(line.seconds for block in blocks for line in block.lines)


def _spoken(
    block: Block, parts: Sequence[_Part], reading: _Reading, shape: Shape
) -> Iterator[Block]:
    """The turns, or parts of turns, in one block."""
    name = "f4" if reading.is_end else shape.name
    turn = 0
    numbered = []
    for place, part in enumerate(parts):
        turn += part.begins and place > 0
        numbered.append((turn, part))
    for _, group in groupby(numbered, key=lambda pair: pair[0]):
        those = [part for _, part in group]
        lines = tuple(reading.timed(part) for part in those)
        said = " ".join(line.text.strip() for line in lines)
        is_own = not those[0].begins or shape.name != "label"
        aside = _aside(said) if is_own else ""
        if aside:
            is_direction = aside == "turn.direction" and bool(those[0].speaker)
            kind: ZoneKind = "stage-direction" if is_direction else "running-foot"
            yield Block(kind, lines, aside, 0.9, is_aside=True)
        elif not those[0].speaker or (block.kind == "heading" and not those[0].begins):
            yield replace(block, lines=lines)
        else:
            kind = "body" if those[0].begins else block.kind
            speaker, rule = those[0].speaker, f"turn.{name}"
            yield replace(block, kind=kind, lines=lines, rule=rule, speaker=speaker)


def _aside(text: str) -> str:
    """The rule that sets a paragraph aside, empty if it is speech."""
    if is_stage_direction(text):
        return "turn.direction"
    if _CREDIT.fullmatch(text.strip()):
        return "turn.credit"
    return "turn.clock" if _CLOCK.fullmatch(" ".join(text.split())) else ""


def _header_apart(blocks: Sequence[Block], shape: Shape) -> list[Block]:
    """Set aside what a transcribing program writes over the first turn: title, date, names."""
    first = next((n for n, block in enumerate(blocks) if block.speaker), 0)
    over = [n for n in range(first) if not blocks[n].is_aside and blocks[n].kind in _SPOKEN]
    length = max((sum(map(len, blocks[n].texts)) for n in over), default=0)
    if shape.name == "label" or len(over) > _MOST_HEADER_BLOCKS or length > _LONGEST_HEADER:
        return list(blocks)
    return [
        replace(block, kind="running-head", rule="turn.header", is_aside=True)
        if number in over
        else block
        for number, block in enumerate(blocks)
    ]
