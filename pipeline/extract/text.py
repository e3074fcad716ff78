"""Plain text and Markdown in any common encoding; transcripts in question and answer form."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.errors import WrongFormatError
from pipeline.extract.building import Block, build, marks_apart, plain_block
from pipeline.extract.cleaning import clean
from pipeline.extract.encodings import encoding_of, known_encoding
from pipeline.extract.file import File
from pipeline.extract.joining import joined_over_asides
from pipeline.extract.line_numbers import has_numbers, without_numbers
from pipeline.extract.marking import marking_rule
from pipeline.extract.normalise import RawLine
from pipeline.extract.sections import with_sections
from pipeline.extract.turns import has_times, with_turns
from pipeline.extract.zones import list_marker
from pipeline.model.source import Source

_HEADING = re.compile(r"#{1,6}\s+(?P<text>.*)")
_ITEM = re.compile(r"\s*(?:[-*+\u2022]|\d{1,3}[.)]|[a-z][.)])\s+(?P<text>.*)")
_RULE = re.compile(r"\s*([-*_=])(\s*\1){2,}\s*$")
# What is stressed holds no mark of its kind but within a word, so each is looked at once; what
# stands in it with marks of that kind loses them first.
_STARS = re.compile(
    r"(?<![\w\\])(?<!\w\*)(?<!\w\*\*)(\*{1,3})(?=[^\s*])"
    r"((?:[^*]|(?<=\w)\*(?=\w))++)(?<=\S)\1(?!\*{0,2}\w)"
)
_STROKES = re.compile(
    r"(?<![^\W_])(?<!\\)(?<![^\W_]_)(?<![^\W_]__)(?<!\*)(_{1,3})(?=[^\s_])"
    r"((?:[^_]|(?<=[^\W_])_(?=[^\W_]))++)(?<=\S)\1(?!_{0,2}[^\W_]|\*)"
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,2000}(?:\s+\"[^\"]{0,500}\")?\)")
_NOTE = re.compile(r"\[\^([^\]]+)\]:\s*(?P<text>.*)")
_NOTE_MARK = re.compile(r"\[\^[^\[\]]+\]")
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
        for paragraph in _paragraphs(text.replace("\f", "\n\n"), heads)
        for block in _plain(paragraph, heads)
    ]


def _paragraphs(text: str, heads: frozenset[str]) -> Iterator[list[str]]:
    """Lines between blank ones; running heads and banners stand alone."""
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


def read_markdown(file: File) -> Source:
    """Return the Source of a Markdown file; front matter is kept aside."""
    text, warnings = decode(file.data, file.name)
    blocks: list[Block] = []
    front = re.match(r"---\n(.*?)\n---\s*\n", text, re.DOTALL)
    if front:
        blocks.append(plain_block("running-head", front[1], "markdown.front-matter", is_aside=True))
        text = text[front.end() :]
    text = _without_comments(text)
    for paragraph in _paragraphs(text, frozenset()):
        blocks += _markdown(paragraph)
    blocks = with_turns(marks_apart(blocks), file.speakers)
    return build(
        file,
        list(with_sections(blocks)),
        extractor="markdown",
        has_places=has_times(blocks),
        warnings=warnings,
    )


def _without_comments(text: str) -> str:
    kept: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        kept.append(text[position:start])
        position = end + 3
    return "".join((*kept, text[position:]))


def _unclosed(heading: str) -> str:
    """A heading's words without the marks that close it, which stand after a blank."""
    words = heading.rstrip().rstrip("#")
    return words.rstrip() if words[-1:].isspace() or not words else heading.rstrip()


def _markdown(paragraph: Sequence[str]) -> Iterator[Block]:
    lines: list[str] = []
    for line in paragraph:
        block = _single(line)
        if block is None and not (lines and _ITEM.match(line)):
            lines.append(line)
            continue
        if lines:
            yield _markdown_block(lines)
        lines = [] if block else [line]
        if block:
            yield block
    if lines:
        yield _markdown_block(lines)


def _single(line: str) -> Block | None:
    """A line that is a block by itself: heading, table row, rule, note, banner."""
    stripped = line.strip()
    heading = _HEADING.match(stripped)
    if heading:
        return plain_block("heading", _unmarked(_unclosed(heading["text"])), "markdown.heading")
    if stripped.startswith("|") and stripped.count("|") > 1:
        cells = [_unmarked(cell.strip()) for cell in stripped.strip("|").split("|")]
        if all(re.fullmatch(r":?-{2,}:?", cell) for cell in cells if cell):
            return plain_block("table", stripped, "markdown.table-rule", is_aside=True)
        return plain_block("table", " | ".join(cells), "markdown.table")
    if _RULE.match(line):
        return plain_block("running-head", stripped, "markdown.rule", is_aside=True)
    note = _NOTE.match(stripped)
    if note:
        return plain_block("footnote", _unmarked(note["text"]), "markdown.footnote")
    marking = marking_rule(stripped)
    return plain_block("marking", stripped, marking, is_aside=True) if marking else None


def _markdown_block(lines: Sequence[str]) -> Block:
    if lines[0].lstrip().startswith(">"):
        quoted = (RawLine(_unmarked(line.lstrip().lstrip(">").strip())) for line in lines)
        return Block("block-quotation", tuple(quoted), "markdown.quotation")
    item = _ITEM.match(lines[0])
    if item:
        first, rest = item["text"], lines[1:]
        raw = tuple(RawLine(_unmarked(line)) for line in (first, *rest))
        return Block("list-item", raw, "markdown.list")
    return Block("body", tuple(RawLine(_unmarked(line)) for line in lines), "markdown.paragraph")


def _unmarked(text: str) -> str:
    """The words without emphasis, links, marks of notes and backslashes before signs."""
    text = _NOTE_MARK.sub("", _LINK.sub(r"\1", text))
    for _ in range(3):
        text = _STROKES.sub(r"\2", _STARS.sub(r"\2", text))
    return _ESCAPED.sub(r"\1", text.replace("`", ""))
