"""What RTF keeps in groups that striprtf passes over: notes, comments, boxes; hidden words. Pure.

Each note, comment and box is cut out of the file, and a sign with its number is put where it
stood, so that it can be read for itself and find its place again.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

SIGN = re.compile("\ufdd0([0-9]{1,6})\ufdd0")
_END = "\ufdd1"
_STRAY = {0xFDD0: None, 0xFDD1: None}
# A file's own signs of this kind: they mean nothing, and would be taken for ours.
_FORGED = re.compile(r"\\u(?:-0*(?:560|559)|0*(?:64976|64977))(?!\d)")
_PUT_IN = r"{{\uc0\u-560 {0}\u-560 }}"
_PUT_END = r"{\uc0\u-559 }"
_APART = re.compile(r"(?<!\\)\{\s*(?:\\\*\s*)?\\(footnote|annotation|shpgrp|shp|do)(?![a-z])")
_BOX = re.compile(r"(?<!\\)\{\s*(?:\\\*\s*)?\\(shptxt|dptxbxtext)(?![a-z])")
_AUTHOR = re.compile(r"\{\s*\\\*\s*\\atnauthor ([^{}]{1,200})\}")
_AUTHOR_REACH = 400
_MOST = 20_000
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|(?P<brace>[{}])|(?P<mark>\\\*)|"
    r"(?P<said>\\'[0-9a-fA-F]{2}|\\[^a-zA-Z*]|[^\\{}]+|\\)",
    re.DOTALL,
)
_HIDES = frozenset({"v", "deleted"})
_CHARACTERS = frozenset(
    (
        *("u", "tab", "line", "emdash", "endash", "emspace", "enspace", "qmspace", "bullet"),
        *("lquote", "rquote", "ldblquote", "rdblquote"),
    )
)
_NO_TEXT = frozenset("fonttbl colortbl stylesheet info listtable pict fldinst xe tc".split())


@dataclass(frozen=True, slots=True)
class Apart:
    """A note, a comment or a box, cut out of the file: its words as RTF, and who says them."""

    kind: Literal["footnote", "endnote", "comment", "box"]
    raw: str
    author: str = ""


def group_at(raw: str, start: int, longest: int = 0) -> str:
    """Return a group from its bracket to the one that closes it, or as much as it may hold.

    Parameters
    ----------
    longest
        How many characters it may hold; 0 for any number, and then nothing for one not closed.
    """
    depth = 0
    for sign in _BRACE.finditer(raw, start, start + longest if longest else len(raw)):
        depth += (sign[0] == "{") - (sign[0] == "}")
        if depth == 0:
            return raw[start : sign.end()]
    return raw[start : start + longest] if longest else ""


def set_apart(raw: str) -> tuple[str, list[Apart]]:
    """Return the file with signs where its notes, comments and boxes stood, and those."""
    raw = _FORGED.sub(r"\\u65533", raw)
    kept: list[str] = []
    found: list[Apart] = []
    position = 0
    while len(found) < _MOST and (start := _APART.search(raw, position)) is not None:
        group = group_at(raw, start.start())
        if not group:
            break
        before = raw[max(start.start() - _AUTHOR_REACH, position) : start.start()]
        one = _apart(before, start, group)
        kept.append(raw[position : start.start()])
        kept.append(_PUT_IN.format(len(found)) if one else "")
        found += [one] if one else []
        position = start.start() + len(group)
    return "".join((*kept, raw[position:])), found


def _apart(before: str, start: re.Match[str], group: str) -> Apart | None:
    """What a group is, by it and by what stands before it; None for a shape without words."""
    inner = f"{{{group[start.end() - start.start() :]}"
    if start[1] == "footnote":
        return Apart("endnote" if "\\ftnalt" in group else "footnote", inner)
    if start[1] == "annotation":
        authors = _AUTHOR.findall(before)
        return Apart("comment", inner, authors[-1] if authors else "")
    boxes = list(_boxes(group))
    newest = "shptxt" if any(kind == "shptxt" for kind, _ in boxes) else "dptxbxtext"
    told = "".join(box for kind, box in boxes if kind == newest)
    return Apart("box", told) if told else None


def _boxes(group: str) -> Iterator[tuple[str, str]]:
    """The boxes in a shape; what newer programs read is told again for older ones."""
    position = 0
    while (start := _BOX.search(group, position)) is not None:
        box = group_at(group, start.start())
        if not box:
            return
        yield start[1], f"{{{box[start.end() - start.start() :]}"
        position = start.start() + len(box)


def without_signs(words: str) -> tuple[str, list[tuple[int, int]]]:
    """Return words without signs, and for each sign where it stood in them and its number."""
    parts, found = list[str](), list[tuple[int, int]]()
    position = length = 0
    for sign in SIGN.finditer(words):
        parts.append(words[position : sign.start()].translate(_STRAY))
        length += len(parts[-1])
        found.append((length, int(sign[1])))
        position = sign.end()
    return "".join((*parts, words[position:].translate(_STRAY))), found


def joined(parts: Iterator[str]) -> str:
    """Return several stretches of RTF as one, with a sign behind each."""
    return "".join(f"{part}{_PUT_END}" for part in parts)


def parted(words: str, count: int) -> list[str]:
    """Return the words of stretches that were read as one."""
    parts = words.split(_END)[:count]
    return [*parts, *[""] * (count - len(parts))]


@dataclass(slots=True)
class _State:
    """How the words of a group are: hidden or deleted, and whether it is none of the text."""

    hidden: frozenset[str] = frozenset()
    is_text: bool = True


def without_hidden(raw: str) -> tuple[str, Counter[str]]:
    """Return the file without hidden and deleted words, and how many stretches were either."""
    counts = Counter[str]()
    if not re.search(r"\\(?:v|deleted)(?![a-zA-Z])", raw):
        return raw, counts
    kept: list[str] = []
    open_ones = [_State()]
    was = ""
    for token in _TOKEN.finditer(raw):
        state = open_ones[-1]
        if token["brace"] == "{":
            open_ones.append(_State(state.hidden, state.is_text))
        elif token["brace"] and len(open_ones) > 1:
            open_ones.pop()
        elif token["word"]:
            _turn(state, token["word"], token["number"])
        is_said = token["said"] or token["word"] in _CHARACTERS
        if not (is_said and state.hidden):
            kept.append(token[0])
        if is_said and state.is_text and token[0].strip():
            now = "deleted" if "deleted" in state.hidden else "hidden" if state.hidden else ""
            counts[now] += now != was
            was = now
    return "".join(kept), counts


def _turn(state: _State, word: str, number: str | None) -> None:
    if word in _HIDES:
        is_on = number is None or int(number) != 0
        state.hidden = state.hidden | {word} if is_on else state.hidden - {word}
    elif word == "plain":
        state.hidden = frozenset()
    elif word in _NO_TEXT:
        state.is_text = False
