"""Blocks into a Source: one reading text, zones, places and turns that agree with it."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.errors import NoTextError
from pipeline.extract.banners import marking_rule
from pipeline.extract.cleaning import clean
from pipeline.extract.file import File
from pipeline.extract.hyphens import Words
from pipeline.extract.normalise import RawLine, join_lines
from pipeline.extract.portion_marks import enumerates, opening_of, portion_at
from pipeline.extract.printed import Lined, chained, first_text, texts_of
from pipeline.extract.proposals import proposals_of
from pipeline.model.place import Box, PageRecord
from pipeline.model.places import PlaceRows, RunRows
from pipeline.model.source import Source
from pipeline.model.zone import Turn, Zone, ZoneKind

SEPARATOR = "\n\n"
_LIST_REACH = 8


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch that is read as one: a paragraph, a heading, a row, or something set aside.

    Attributes
    ----------
    is_aside
        Kept on record and out of the reading text.
    speaker
        Who says it, empty where nobody does.
    role
        A proposal for the speaker's role.
    marking
        The portion marks that were taken from its beginning.
    columns
        The header names of a table's row.
    noise
        Why it looks wrongly recognised.
    note
        The id of the note or comment it is.
    """

    kind: ZoneKind
    lines: Lined
    rule: str
    confidence: float = 1.0
    is_aside: bool = False
    speaker: str = ""
    role: str = ""
    marking: str = ""
    columns: tuple[str, ...] = ()
    noise: str = ""
    note: str = ""

    @property
    def texts(self) -> Sequence[str]:
        """The words of each of its lines."""
        return texts_of(self.lines)

    @property
    def opening(self) -> str:
        """The words of its first line, empty if it has none."""
        return first_text(self.lines)

    @property
    def page(self) -> int:
        """The page it begins on, 0 where there are none."""
        return self.lines[0].page if self.lines else 0


def plain_block(kind: ZoneKind, text: str, rule: str, **more: object) -> Block:
    """Return a block of one line without place."""
    return replace(Block(kind, (RawLine(text),), rule), **more)  # type: ignore[arg-type]


def marks_apart(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks without handling marks in their words: each is a block set aside.

    A block remembers the portion marks it began with; one that is a banner, alone, is all
    aside. A letter that goes on a list of letters (``(B)``, then ``(C)``) is no mark.
    """
    kept: list[Block] = []
    openings: deque[str] = deque(maxlen=_LIST_REACH)
    for block in blocks:
        first = "" if block.is_aside else block.opening
        mark, before, end = portion_at(first)
        if first and len(block.lines) == 1 and marking_rule(first):
            kept.append(replace(block, kind="marking", rule="marking.banner", is_aside=True))
        elif mark and not enumerates(mark, openings):
            line = block.lines[0]
            aside = line.part(before, before + len(mark))
            kept.append(Block("marking", (aside,), "marking.portion", 0.95, is_aside=True))
            lines = chained((line.without(before, end),), block.lines[1:])
            marks = f"{block.marking} {mark}".strip()
            kept.append(replace(block, lines=lines, marking=marks))
        else:
            kept.append(block)
        openings.append(opening_of(first))
    return kept


def build(
    file: File,
    blocks: list[Block],
    *,
    extractor: str,
    has_places: bool,
    warnings: Sequence[str] = (),
    pages: Sequence[PageRecord] = (),
    proposals: Sequence[tuple[str, str]] = (),
) -> Source:
    """Return a Source whose zones, places and runs lie in its text, in order.

    The list of blocks is emptied as their words go into the text: of a long file both would
    be held.

    Raises
    ------
    NoTextError
        If no block holds a word.
    """
    blocks[:] = marks_apart(blocks)
    words = Words.asked_for(lambda: (text for block in blocks for text in block.texts))
    made = _Text(words, has_places)
    waiting = deque(blocks)
    blocks.clear()
    while waiting:
        block = waiting.popleft()
        if block.is_aside:
            made.put_aside(block)
        else:
            made.add(block)
    if not made.length:
        raise NoTextError(
            "holds no text that can be read, only pictures perhaps",
            where=file.name,
            remedy="Put it through a program that recognises text (OCR), then add it again.",
        )
    return Source(
        file.source_id,
        "".join(made.parts),
        tuple(made.anchored()),
        made.places.packed(),
        tuple(made.turns),
        extractor,
        file.sha256,
        tuple(warnings),
        made.runs.packed(),
        tuple(pages),
        proposals=proposals_of(proposals),
    )


@dataclass
class _Text:
    """The reading text as it grows, and everything that counts in it."""

    words: Words
    has_places: bool
    length: int = 0
    raw: int = 0
    parts: list[str] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)
    places: PlaceRows = field(default_factory=PlaceRows)
    runs: RunRows = field(default_factory=RunRows)
    turns: list[Turn] = field(default_factory=list)
    anchors: dict[str, int] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)

    def anchored(self) -> Iterator[Zone]:
        """Yield the zones, each note with the place of its mark."""
        for number, zone in enumerate(self.zones):
            anchor = self.anchors.get(self.notes.get(number, ""), -1)
            yield replace(zone, anchor=anchor) if anchor >= 0 else zone

    def put_aside(self, block: Block) -> None:
        texts = block.texts
        aside = clean(" ".join(texts))
        self.raw += sum(map(len, texts)) + len(texts)
        if block.note:
            self.notes[len(self.zones)] = block.note
        self.zones.append(
            Zone(
                block.kind,
                self.length,
                self.length,
                block.rule,
                block.confidence,
                block.page,
                aside,
                box=around([line.box for line in block.lines if line.box]),
            )
        )

    def add(self, block: Block) -> None:
        start = self.length + len(SEPARATOR) if self.length else 0
        joined = join_lines(block.lines, start, self.raw, self.words)
        self.raw = joined.raw_end
        if not joined.text:
            return
        if self.length:
            self.parts.append(SEPARATOR)
        self.parts.append(joined.text)
        self.length = start + len(joined.text)
        self.zones.append(
            Zone(
                block.kind,
                start,
                self.length,
                block.rule,
                block.confidence,
                block.page,
                marking=block.marking,
                columns=block.columns,
                noise=block.noise,
            )
        )
        self.anchors.update(joined.anchors)
        if block.note:
            self.notes[len(self.zones) - 1] = block.note
        self.runs.add(joined.runs)
        for begin, end, line in joined.spans if self.has_places else ():
            self.places.add(begin, end, line.box, line.setting)
        _say(self.turns, block, start, self.length)


def around(boxes: Sequence[Box]) -> Box | None:
    """Return the smallest rectangle around some, None around none."""
    if not boxes:
        return None
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


def _say(turns: list[Turn], block: Block, start: int, end: int) -> None:
    """Lengthen the last turn if the same speaker goes on, else begin one."""
    if not block.speaker:
        return
    if turns and turns[-1].speaker == block.speaker:
        turns[-1] = replace(turns[-1], end=end)
    else:
        turns.append(Turn(start, end, block.speaker, block.role))
