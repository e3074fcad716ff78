"""WebVTT: cues of one speaker joined into turns, times kept for each cue."""

import html
import re
from collections.abc import Iterator

from pipeline.errors import WrongFormatError
from pipeline.extract.building import build
from pipeline.extract.cues import Cue, turns
from pipeline.extract.file import File
from pipeline.extract.speakers import seconds_of
from pipeline.extract.text import decode
from pipeline.model.source import Source

_TIME = r"((?:\d{1,4}:)?\d{1,2}:\d{2}\.\d{3})"
_TIMES = re.compile(rf"\s*{_TIME}\s+-->\s+{_TIME}(?:\s.*)?$")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^<>]*)>|</v\s*>")
_TAG = re.compile(
    r"<rt>[^<\n]*</rt>|</?(?:[bcisuv]|rt|ruby|font)(?:\.[^\s<>]*)?>|</?lang(?:[ .][^<>]*)?>"
    r"|<font\s[^<>]*>|<(?:\d{1,4}:)?\d{1,2}:\d{2}\.\d{3}>",
    re.IGNORECASE,
)
_WEBEX = re.compile(r"\d+ \"(?P<name>[^\"\n]{1,80})\" \(\d+\)$")
_SET_APART = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)(?:\s|$)")


def read(file: File) -> Source:
    """Return the Source of a WebVTT file.

    Raises
    ------
    WrongFormatError
        If the file does not begin with WEBVTT.
    """
    text, warnings = decode(file.data, file.name)
    if not re.match(r"WEBVTT(?:[ \t].*)?(?:\n|$)", text):
        raise WrongFormatError(
            "does not begin with WEBVTT", where=file.name, remedy="Export it as WebVTT again."
        )
    return build(
        file,
        turns(list(_cues(text)), "vtt.turn", file.speakers),
        extractor="transcript/vtt",
        has_places=True,
        warnings=warnings,
    )


def _cues(text: str) -> Iterator[Cue]:
    """Each voice of each cue; its settings, notes and styles are left out.

    An id is read only for the name that Webex writes in it: ``1 "Ann Lee" (3456)``.
    """
    for chunk in re.split(r"\n{2,}", text):
        lines = chunk.strip("\n").split("\n")
        found = [(n, times) for n, line in enumerate(lines) if (times := _TIMES.match(line))]
        if not found or (_SET_APART.match(lines[0]) and not lines[0].startswith("WEBVTT")):
            continue
        ends = [number for number, _ in found[1:]] + [len(lines)]
        for (number, times), end in zip(found, ends, strict=True):
            start, stop = map(seconds_of, times.groups())
            words = "\n".join(lines[number + 1 : end])
            named = _WEBEX.match(lines[number - 1]) if number else None
            yield from _voices(words, (start, max(start, stop)), named["name"] if named else "")


def without_tags(line: str) -> str:
    """Return a line's words without the tags of captions; any other ``<`` is a word's.

    >>> without_tags("<i>if</i> x < 5 &amp; y")
    'if x < 5 & y'
    """
    return html.unescape(_TAG.sub("", line)).strip()


def _voices(text: str, seconds: tuple[float, float], name: str) -> Iterator[Cue]:
    """Each voice of a cue; words outside of voices are of whom the cue's id names, if anyone."""
    pieces = _VOICE.split(text)
    for speaker, words in zip([name, *pieces[1::2]], pieces[::2], strict=True):
        lines = (without_tags(line) for line in words.split("\n"))
        said = "\n".join(line for line in lines if line)
        if said:
            yield Cue(said, seconds, " ".join(html.unescape(speaker or "").split()))
