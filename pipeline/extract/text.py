"""Plain text in any common encoding; transcripts in question and answer form."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.errors import WrongFormatError
from pipeline.extract.banners import marking_rule
from pipeline.extract.building import Block, build, marks_apart, plain_block
from pipeline.extract.cleaning import clean
from pipeline.extract.encodings import encoding_of, known_encoding
from pipeline.extract.file import File
from pipeline.extract.joining import joined_over_asides
from pipeline.extract.line_numbers import has_numbers, without_numbers
from pipeline.extract.normalise import RawLine
from pipeline.extract.sections import with_sections
from pipeline.extract.turns import has_times, with_turns
from pipeline.extract.zones import list_marker
from pipeline.model.source import Source

_REPEATED = re.compile(r"\d+")
_MOST_CONTROLS = 0.02


def decode(data: bytes, name: str, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """Return a file's text and what a person should know of how it was read.

    Parameters
    ----------
    declared
        The encoding that the file says it is in; believed where it is not Unicode.

    Raises
    ------
    WrongFormatError
        If the bytes are no text.
    """
    text, warnings = _decoded(data, declared)
    return _checked(text, name), warnings


def _decoded(data: bytes, declared: str) -> tuple[str, tuple[str, ...]]:
    if data[:4] in (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"):
        return data.decode("utf-32", "replace"), ()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace"), ()
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if data[first::2].count(0) > len(data) // 3:
            return data.decode(encoding, "replace"), ("read as UTF-16",)
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        said = known_encoding(declared)
        encoding = said or encoding_of(data)
        shown = encoding.replace("cp125", "Windows-125")
        how = "as it says" if said else "look at accented letters"
        return data.decode(encoding, "replace"), (f"not UTF-8: read as {shown}, {how}",)


def _checked(text: str, name: str) -> str:
    controls = sum(ord(char) < 32 and char not in "\t\n\r\f\v" for char in text)
    if controls > len(text) * _MOST_CONTROLS or "\0" in text:
        raise WrongFormatError(
            "holds binary data, not text",
            where=name,
            remedy="Open it with the program that made it and save it as text.",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_plain(file: File) -> Source:
    """Return the Source of a plain text file."""
    text, warnings = decode(file.data, file.name)
    marked = without_numbers(marks_apart(plain_blocks(text)))
    blocks = with_turns(joined_over_asides(marked), file.speakers)
    return build(
        file,
        list(with_sections(blocks)),
        extractor="text",
        has_places=has_times(blocks) or has_numbers(blocks),
        warnings=warnings,
    )


def plain_blocks(text: str) -> list[Block]:
    """Return the blocks of plain text: paragraphs between blank lines, repeated heads aside."""
    heads = _repeated(text)
    return [
        block
        for paragraph in paragraphs(text.replace("\f", "\n\n"), heads)
        for block in _plain(paragraph, heads)
    ]


def paragraphs(text: str, heads: frozenset[str] = frozenset()) -> Iterator[list[str]]:
    """Yield the lines between blank ones; running heads and banners stand alone.

    Parameters
    ----------
    heads
        Lines that come back on every page, with ``#`` for their numbers.
    """
    paragraph: list[str] = []
    for line in text.split("\n"):
        alone = _mask(line) in heads or bool(marking_rule(line.strip()))
        if not line.strip() or alone:
            if paragraph:
                yield paragraph
            paragraph = []
        if alone and line.strip():
            yield [line]
        elif line.strip():
            paragraph.append(line)
    if paragraph:
        yield paragraph


def _repeated(text: str) -> frozenset[str]:
    """Lines that come back with only their numbers changed: ``... Page 1 of 2``."""
    pages = re.compile(r"\bpage \d+|\b\d+ of \d+|^\s*\d+\s*$", re.IGNORECASE)
    counts = Counter(_mask(line) for line in text.split("\n") if pages.search(line))
    return frozenset(mask for mask, count in counts.items() if mask and count >= 2)


def _mask(line: str) -> str:
    return _REPEATED.sub("#", clean(line))


def _plain(paragraph: Sequence[str], heads: frozenset[str]) -> Iterator[Block]:
    if _mask(paragraph[0]) in heads:
        yield plain_block("running-head", paragraph[0], "text.repeated", is_aside=True)
        return
    marking = marking_rule(paragraph[0].strip()) if len(paragraph) == 1 else ""
    if marking:
        yield plain_block("marking", paragraph[0], marking, is_aside=True)
        return
    lines: list[str] = []
    for line in paragraph:
        if lines and list_marker(line):
            yield _text_block(lines)
            lines = []
        lines.append(line)
    yield _text_block(lines)


def _text_block(lines: Sequence[str]) -> Block:
    raw = tuple(RawLine(line) for line in lines)
    if list_marker(lines[0]):
        return Block("list-item", raw, "text.list-marker", 0.8)
    return Block("body", raw, "text.paragraph")
