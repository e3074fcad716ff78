"""Markdown: its headings, lists, tables, quotations and notes, without the signs that make them."""

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.banners import marking_rule
from pipeline.extract.building import Block, build, marks_apart, plain_block
from pipeline.extract.file import File
from pipeline.extract.normalise import RawLine
from pipeline.extract.sections import with_sections
from pipeline.extract.text import decode, paragraphs
from pipeline.extract.turns import has_times, with_turns
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


def read(file: File) -> Source:
    """Return the Source of a Markdown file; front matter is kept aside."""
    text, warnings = decode(file.data, file.name)
    blocks: list[Block] = []
    front = re.match(r"---\n(.*?)\n---\s*\n", text, re.DOTALL)
    if front:
        blocks.append(plain_block("running-head", front[1], "markdown.front-matter", is_aside=True))
        text = text[front.end() :]
    text = _without_comments(text)
    for paragraph in paragraphs(text):
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
