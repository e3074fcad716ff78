"""RTF by striprtf: its words; what that library loses is said in a warning."""

import re
from collections.abc import Iterator
from itertools import groupby, islice

from striprtf.striprtf import rtf_to_text

from pipeline.errors import DamagedFileError, WrongFormatError
from pipeline.extract.building import Block, build, marks_apart, plain_block
from pipeline.extract.cleaning import clean
from pipeline.extract.file import File
from pipeline.extract.joining import joined_over_asides
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
_SIGN = re.compile(r"\\.|[{}]", re.DOTALL)
_ROW = re.compile(r"(?:[^|\n]*\|){2,}")
_MOST_HEADS, _LONGEST_HEAD = 100, 20_000
_LOSES = "read from RTF: footnotes are lost, deleted and hidden words are kept; better save as DOCX"


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
        raw = _INSTRUCTION.sub(r"\1 {", file.data.decode("latin-1"))
        text = _words(raw)
        heads = list(_heads(raw))
    except _FAULTS as reason:
        raise DamagedFileError(
            f"can not be read as RTF: {type(reason).__name__}",
            where=file.name,
            remedy="Open it in the program that made it and save it as DOCX.",
        ) from reason
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    marked = marks_apart(_blocks(lines))
    blocks = with_turns(joined_over_asides(marked), file.speakers)
    return build(
        file,
        [*heads, *with_sections(blocks)],
        extractor="rtf",
        has_places=has_times(blocks),
        warnings=[_LOSES],
    )


def _blocks(text: str) -> list[Block]:
    """Paragraphs, and the rows of tables, whose cells the library ends with bars."""
    blocks: list[Block] = []
    for is_row, lines in groupby(text.split("\n"), key=lambda line: bool(_ROW.fullmatch(line))):
        if is_row:
            rows = (" | ".join(clean(cell) for cell in line.split("|")[:-1]) for line in lines)
            blocks += (plain_block("table", row, "rtf.row") for row in rows)
        else:
            blocks += plain_blocks("\n\n".join(lines))
    return blocks


def _words(raw: str) -> str:
    text = str(rtf_to_text(raw, errors="replace"))  # type: ignore[no-untyped-call]
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _heads(raw: str) -> Iterator[Block]:
    """What stands above and below every page, which the library leaves out: there a marking may
    stand alone.
    """
    groups = [_group(raw, found.start()) for found in islice(_HEAD.finditer(raw), _MOST_HEADS)]
    for group in dict.fromkeys(groups):
        inner = _HEAD.sub("{", group, count=1)
        for line in _words(f"{{\\rtf1\\ansi {inner}}}").splitlines():
            if clean(line):
                kind: ZoneKind = "running-foot" if "footer" in group[:8] else "running-head"
                yield plain_block(kind, line, f"rtf.{kind}", is_aside=True)


def _group(raw: str, start: int) -> str:
    """A group from its bracket to the one that closes it, or as much as a head may hold."""
    depth = 0
    for sign in _SIGN.finditer(raw, start, start + _LONGEST_HEAD):
        depth += (sign[0] == "{") - (sign[0] == "}")
        if depth == 0:
            return raw[start : sign.end()]
    return raw[start : start + _LONGEST_HEAD]
