"""RTF by striprtf: its words; notes, comments and boxes, which the library loses, read apart."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from striprtf.striprtf import rtf_to_text

from pipeline.errors import DamagedFileError, WrongFormatError
from pipeline.extract.building import Block, build, marks_apart, plain_block
from pipeline.extract.cleaning import clean
from pipeline.extract.file import File
from pipeline.extract.joining import joined_over_asides
from pipeline.extract.rtf_groups import (
    Apart,
    group_at,
    joined,
    parted,
    set_apart,
    without_hidden,
    without_signs,
)
from pipeline.extract.rtf_places import PlacedApart, Said
from pipeline.extract.sections import with_sections
from pipeline.extract.text import plain_blocks
from pipeline.extract.turns import has_times, with_turns
from pipeline.model.source import Source
from pipeline.model.zone import ZoneKind

_FAULTS = (ValueError, IndexError, KeyError, TypeError, OverflowError, LookupError, RecursionError)
# The library looks for links by a pattern that takes n * n and puts their addresses between the
# words; a blank that means nothing keeps it from finding any.
_INSTRUCTION = re.compile(r"(\\fldinst)\{", re.IGNORECASE)
_HEAD = re.compile(r"\{\\(header|footer)[lrf]?(?![a-z])")
_ROW = re.compile(r"(?:[^|\n]*\|){2,}")
_MOST_HEADS, _LONGEST_HEAD = 100, 20_000
_CODEPAGE = re.compile(r"\\ansicpg\d{1,5}")
_FONTS = re.compile(r"\{\s*\\fonttbl")
_MOST_FONTS = 200_000
_LOSES = (
    "read from RTF: which paragraphs are headings is not read, formulas and embedded objects are "
    "left out; better save as DOCX"
)


def read(file: File) -> Source:
    """Return the Source of an RTF file.

    Raises
    ------
    WrongFormatError, DamagedFileError
        If it is no RTF, or can not be read.
    """
    if not file.data.lstrip()[:5] == b"{\\rtf":
        raise WrongFormatError(
            "is no RTF", where=file.name, remedy="Give it the ending of its kind."
        )
    try:
        text, heads, said, hidden = _parts(file.data.decode("latin-1"))
    except _FAULTS as reason:
        raise DamagedFileError(
            f"can not be read as RTF: {type(reason).__name__}",
            where=file.name,
            remedy="Open it in the program that made it and save it as DOCX.",
        ) from reason
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    placed = PlacedApart(said)
    marked = marks_apart(placed.blocks(_blocks(lines)))
    blocks = with_turns(joined_over_asides(marked), file.speakers)
    return build(
        file,
        [*heads, *with_sections([*blocks, *placed.left()])],
        extractor="rtf",
        has_places=has_times(blocks),
        warnings=[_LOSES, *_hidden(hidden)],
    )


def _parts(raw: str) -> tuple[str, list[Block], list[Said], Counter[str]]:
    """The words with signs in them, heads and feet, what stands apart, and what is hidden."""
    raw, hidden = without_hidden(_INSTRUCTION.sub(r"\1 {", raw))
    raw, apart = set_apart(raw)
    text = _words(raw)
    said = _said(raw, apart)
    return text, list(_heads(raw, said)), said, hidden


def _blocks(text: str) -> list[Block]:
    """Paragraphs, and the rows of tables, whose cells the library ends with bars."""
    blocks: list[Block] = []
    for is_row, lines in groupby(text.split("\n"), key=lambda line: bool(_ROW.fullmatch(line))):
        if is_row:
            rows = ([clean(cell) for cell in line.split("|")[:-1]] for line in lines)
            blocks += (
                plain_block("table", " | ".join(cells), "rtf.row") for cells in rows if any(cells)
            )
        else:
            blocks += plain_blocks("\n\n".join(lines))
    return blocks


def _words(raw: str) -> str:
    text = str(rtf_to_text(raw, errors="replace"))  # type: ignore[no-untyped-call]
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _said(raw: str, apart: Sequence[Apart]) -> list[Said]:
    """The words of notes, comments and boxes, all read at once with the file's own fonts."""
    if not apart:
        return []
    fonts = _FONTS.search(raw)
    table = group_at(raw, fonts.start()) if fonts else ""
    page = _CODEPAGE.search(raw)
    before = f"{page[0] if page else ''}{table[:_MOST_FONTS]}"
    words = _words(f"{{\\rtf1\\ansi{before} {joined(one.raw for one in apart)}}}")
    return [
        Said(one.kind, part, clean(_words(f"{{\\rtf1\\ansi {one.author}}}")) if one.author else "")
        for one, part in zip(apart, parted(words, len(apart)), strict=True)
    ]


def _hidden(counts: Counter[str]) -> Iterator[str]:
    for kind in ("hidden", "deleted"):
        if counts[kind]:
            yield f"{counts[kind]} stretches of {kind} text are left out"


def _heads(raw: str, said: Sequence[Said]) -> Iterator[Block]:
    """What stands above and below every page, which the library leaves out: there a marking may
    stand alone, in a box too.
    """
    starts = [found.start() for found in islice(_HEAD.finditer(raw), _MOST_HEADS)]
    for group in dict.fromkeys(group_at(raw, start, _LONGEST_HEAD) for start in starts):
        inner = _HEAD.sub("{", group, count=1)
        kind: ZoneKind = "running-foot" if "footer" in group[:8] else "running-head"
        for line in _words(f"{{\\rtf1\\ansi {inner}}}").splitlines():
            told, signs = without_signs(line)
            boxes = (said[number].words for _, number in signs if number < len(said))
            for words in (told, *(line for box in boxes for line in box.splitlines())):
                if clean(words):
                    yield plain_block(kind, words, f"rtf.{kind}", is_aside=True)
