"""WebVTT and SRT: cues of one speaker joined into turns, times kept for each cue."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.errors import WrongFormatError
from pipeline.extract.building import Block, build
from pipeline.extract.file import File
from pipeline.extract.normalise import RawLine
from pipeline.extract.speakers import label_of
from pipeline.extract.spoken import directions_apart
from pipeline.extract.text import decode
from pipeline.model.source import Source

_TIME = r"(?:(\d{1,4}):)?(\d{2}):(\d{2})[.,](\d{3})"
_TIMES = re.compile(rf"\s*{_TIME}\s+-->\s+{_TIME}(?:\s.*)?$")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
_TAG = re.compile(r"<[^>]*>")
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Cue:
    """What one voice says in one cue, and when."""

    speaker: str
    text: str
    seconds: tuple[float, float]


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
    cues = _with_labels(without_rolling(list(_cues(text))))
    return build(
        file,
        directions_apart(_turns(cues)),
        extractor="transcript/vtt",
        has_places=True,
        warnings=warnings,
    )


def read_srt(file: File) -> Source:
    """Return the Source of a SubRip file.

    Raises
    ------
    WrongFormatError
        If no cue with its times stands in it.
    """
    text, warnings = decode(file.data, file.name)
    found = list(_cues(text))
    if not found:
        raise WrongFormatError(
            "holds no cue with its times", where=file.name, remedy="Export it as SRT again."
        )
    return build(
        file,
        directions_apart(_turns(_with_labels(without_rolling(found)))),
        extractor="transcript/srt",
        has_places=True,
        warnings=warnings,
    )


def without_rolling(cues: Sequence[Cue]) -> list[Cue]:
    """Return cues without the words each repeats of the one before, as rolling captions do."""
    kept: list[Cue] = []
    last = ""
    for cue in cues:
        said = cue.text
        if last and cue.speaker == (kept[-1].speaker if kept else ""):
            said = _without(last, said)
        last = cue.text
        if said:
            kept.append(replace(cue, text=said))
    return kept


def _without(last: str, text: str) -> str:
    """A text without the longest end of the last one that it begins with, of two words or more."""
    before, words = last.split(), text.split()
    for count in range(min(len(before), len(words)), 1, -1):
        if before[-count:] == words[:count]:
            return " ".join(words[count:])
    return text


def _cues(text: str) -> Iterator[Cue]:
    for chunk in re.split(r"\n{2,}", text):
        lines = chunk.strip("\n").split("\n")
        if re.match(r"(WEBVTT|NOTE|STYLE|REGION)\b", lines[0]):
            continue
        number = next((n for n, line in enumerate(lines[:2]) if _TIMES.match(line)), None)
        if number is None:
            continue
        times = _TIMES.match(lines[number])
        if times:
            seconds = (_seconds(times.groups()[:4]), _seconds(times.groups()[4:]))
            yield from _voices(" ".join(lines[number + 1 :]), seconds)


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60_000 + seconds * 1000 + thousandths) / 1000


def _voices(text: str, seconds: tuple[float, float]) -> Iterator[Cue]:
    """Each voice of a cue; words before the first voice belong to nobody named."""
    pieces = _VOICE.split(text)
    for speaker, words in zip(["", *pieces[1::2]], pieces[::2], strict=True):
        said = html.unescape(_TAG.sub("", words)).strip()
        if said:
            yield Cue(html.unescape(speaker).strip(), said, seconds)


def _with_labels(cues: list[Cue]) -> list[Cue]:
    """Take ``Name: words`` for a voice where no cue has one and the name comes back."""
    if any(cue.speaker for cue in cues):
        return cues
    labels = [label_of(cue.text) for cue in cues]
    names = [label for label, _ in labels if label]
    found, speaker = [], ""
    for cue, (label, start) in zip(cues, labels, strict=True):
        if label and names.count(label) >= _LEAST:
            speaker = label
            found.append(replace(cue, speaker=speaker, text=cue.text[start:]))
        else:
            found.append(replace(cue, speaker=speaker))
    return found


def _turns(cues: list[Cue]) -> Iterator[Block]:
    """One block for each turn, one line for each cue, so that split sentences are whole."""
    lines: list[RawLine] = []
    speaker = ""
    for cue in cues:
        if lines and cue.speaker != speaker and cue.speaker:
            yield Block("body", tuple(lines), "vtt.turn", speaker=speaker)
            lines = []
        speaker = cue.speaker or speaker
        lines.append(RawLine(cue.text, seconds=cue.seconds))
    if lines:
        yield Block("body", tuple(lines), "vtt.turn", speaker=speaker)
