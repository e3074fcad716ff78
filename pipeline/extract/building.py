"""Blocks into a Source: one reading text, zones, places and turns that agree with it."""

import unicodedata
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.errors import NoTextError
from pipeline.extract.marking import enumerates, marking_rule, opening_of, portion_of
from pipeline.extract.normalise import RawLine, Words, join_lines
from pipeline.model.source import Place, Source, Turn, Zone, ZoneKind

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
    marking
        The portion marks that were taken from its beginning.
    """

    kind: ZoneKind
    lines: tuple[RawLine, ...]
    rule: str
    confidence: float = 1.0
    is_aside: bool = False
    speaker: str = ""
    marking: str = ""


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
        first = block.lines[0] if block.lines and not block.is_aside else None
        mark, rest = portion_of(first.text) if first else ("", "")
        if first and len(block.lines) == 1 and marking_rule(first.text):
            kept.append(replace(block, kind="marking", rule="marking.banner", is_aside=True))
        elif first and mark and not enumerates(mark, openings):
            aside = replace(first, text=mark)
            kept.append(Block("marking", (aside,), "marking.portion", 0.95, is_aside=True))
            lines = (replace(first, text=rest), *block.lines[1:])
            marks = f"{block.marking} {mark}".strip()
            kept.append(replace(block, lines=lines, marking=marks))
        else:
            kept.append(block)
        openings.append(opening_of(first.text) if first else "")
    return kept


def build(
    source_id: str,
    blocks: Sequence[Block],
    *,
    extractor: str,
    file_sha256: str,
    has_places: bool,
    warnings: Sequence[str] = (),
) -> Source:
    """Return a Source whose zones and places lie in its text, in order.

    Raises
    ------
    NoTextError
        If no block holds a word.
    """
    blocks = marks_apart(blocks)
    words = Words.of(line.text for block in blocks for line in block.lines)
    text = ""
    zones: list[Zone] = []
    places: list[Place] = []
    turns: list[Turn] = []
    for block in blocks:
        page = block.lines[0].page if block.lines else 0
        if block.is_aside:
            aside = " ".join(line.text.strip() for line in block.lines)
            zones.append(
                Zone(
                    block.kind,
                    len(text),
                    len(text),
                    block.rule,
                    block.confidence,
                    page,
                    unicodedata.normalize("NFC", aside),
                )
            )
            continue
        start = len(text) + len(SEPARATOR) if text else 0
        piece, those = join_lines(block.lines, start, words)
        if not piece:
            continue
        text += (SEPARATOR if text else "") + piece
        zones.append(
            Zone(
                block.kind,
                start,
                len(text),
                block.rule,
                block.confidence,
                page,
                marking=block.marking,
            )
        )
        places += those if has_places else ()
        _say(turns, block.speaker, start, len(text))
    if not text:
        raise NoTextError(
            "holds no text that can be read, only pictures perhaps",
            where=source_id,
            remedy="Put it through a program that recognises text (OCR), then add it again.",
        )
    return Source(
        source_id,
        text,
        tuple(zones),
        tuple(places),
        tuple(turns),
        extractor,
        file_sha256,
        tuple(warnings),
    )


def joined_over_asides(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with paragraphs made whole that a page's head or foot cut in two.

    The second half begins with a small letter, the first ends without a sentence's end; what
    stood between them is kept after them.
    """
    joined: list[Block] = []
    last = -1
    for block in blocks:
        if not block.is_aside and last >= 0 and _goes_on(joined[last], block):
            joined[last] = replace(joined[last], lines=(*joined[last].lines, *block.lines))
            continue
        joined.append(block)
        if not block.is_aside and block.kind not in ("footnote", "table", "caption"):
            last = len(joined) - 1
    return joined


def _goes_on(first: Block, second: Block) -> bool:
    if second.kind != "body" or first.kind not in ("body", "list-item", "block-quotation"):
        return False
    if first.speaker != second.speaker or second.marking:
        return False
    end = first.lines[-1].text.rstrip() if first.lines else ""
    start = second.lines[0].text.lstrip() if second.lines else ""
    if end.endswith("-"):
        return start[:1].isalpha()
    return bool(end) and end[-1] not in '.?!:;"\u201d' and start[:1].islower()


def _say(turns: list[Turn], speaker: str, start: int, end: int) -> None:
    """Lengthen the last turn if the same speaker goes on, else begin one."""
    if not speaker:
        return
    if turns and turns[-1].speaker == speaker:
        turns[-1] = Turn(turns[-1].start, end, speaker)
    else:
        turns.append(Turn(start, end, speaker))
