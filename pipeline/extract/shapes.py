"""Transcripts in plain lines, as programs that transcribe write them. Pure.

Each shape is one pattern with a name; a text has a shape only if its pattern comes back. What
has none is no transcript of these, and that is a normal answer.

    >>> lines = ["Ann Lee  0:03", "We moved.", "", "Bob Ray  0:09", "Why?"]
    >>> [(one.speaker, one.seconds) for one in transcript_of(lines).utterances]
    [('Ann Lee', (3.0, 9.0)), ('Bob Ray', (9.0, 9.0))]
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_NAME = r"[^\s:\[\](){}#|*][^:\[\](){}#|*\n]{0,58}?"
_LEAST = 2
_LEAST_ALONE = 3
_MOST_BEFORE = 12


@dataclass(frozen=True, slots=True)
class Shape:
    """How one program writes a turn.

    Attributes
    ----------
    pattern
        With the groups ``name`` and ``time``; ``text`` where the words follow on its line.
    ends
        Whether the time ends the turn; else it begins it.
    """

    name: str
    pattern: re.Pattern[str]
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one speaker says from one label to the next, a line for each paragraph.

    ``seconds`` are its start and end in the recording; both the same where only one is known.
    """

    speaker: str
    lines: tuple[str, ...]
    seconds: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Transcript:
    """A transcript: its shape's name, the lines before its first turn, its turns, its credits."""

    shape: str
    before: tuple[str, ...]
    utterances: tuple[Utterance, ...]
    credits: tuple[str, ...] = ()


SHAPES = (
    Shape("rev", re.compile(rf"(?P<name>{_NAME}) \((?P<time>{_TIME})\):?\s*(?P<text>.*)")),
    Shape("trint", re.compile(rf"\[(?P<time>{_TIME})\]\s+(?P<name>{_NAME}):\s*(?P<text>.*)")),
    Shape("descript", re.compile(rf"(?P<name>{_NAME}):\s*\[(?P<time>{_TIME})\]\s*(?P<text>.*)")),
    Shape("otter", re.compile(rf"(?P<name>{_NAME})(?:\s{{2,}}|\t)(?P<time>{_TIME})\s*(?P<text>)")),
    Shape(
        "f4",
        re.compile(rf"(?P<name>{_NAME}):\s*(?P<text>.*?)\s*#(?P<time>{_TIME})(?:-\d)?#\s*"),
        ends=True,
    ),
)
_CREDIT = re.compile(
    r"(?:transcribed|transcript|recorded|generated) (?:by|with)\b.*", re.IGNORECASE
)
_NAME_ALONE = re.compile(_NAME)
_TIME_ALONE = re.compile(_TIME)


def seconds_of(time: str) -> float:
    """Return a time of a recording in seconds.

    >>> seconds_of("0:03"), seconds_of("1:02:03.5")
    (3.0, 3723.5)
    """
    total = 0.0
    for part in time.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total


def transcript_of(lines: Sequence[str]) -> Transcript | None:
    """Return the transcript that some lines are, None if they have no known shape.

    A shape counts if two speakers come back, or one speaks three times, and little stands
    before the first of them.
    """
    lines = [line.strip() for line in _in_one_line(lines)]
    for shape in SHAPES:
        found = [(n, m) for n, line in enumerate(lines) if (m := shape.pattern.fullmatch(line))]
        speakers = [match["name"] for _, match in found]
        is_enough = len(speakers) >= _LEAST_ALONE or len(set(speakers)) >= _LEAST
        if is_enough and found[0][0] <= _MOST_BEFORE and _rises(m["time"] for _, m in found):
            return _transcript(shape, lines, found)
    return None


def _in_one_line(lines: Sequence[str]) -> Iterator[str]:
    """Lines, a name and a time that stand alone below each other put on one (older Teams)."""
    kept = [line for line in lines if line.strip()]
    times = [n for n, line in enumerate(kept) if _TIME_ALONE.fullmatch(line.strip())]
    if len(times) < _LEAST_ALONE or times[0] == 0:
        yield from lines
        return
    skipped = set(times)
    for number, line in enumerate(kept):
        if number in skipped:
            continue
        if number + 1 in skipped and _NAME_ALONE.fullmatch(line.strip()):
            yield f"{line.strip()}  {kept[number + 1].strip()}"
        else:
            yield line


def _rises(times: Iterator[str]) -> bool:
    """Whether the times of a recording go on, but for one or two."""
    seconds = [seconds_of(time) for time in times]
    back = sum(b < a for a, b in pairwise(seconds))
    return back * 10 <= len(seconds)


def _transcript(
    shape: Shape, lines: Sequence[str], found: Sequence[tuple[int, re.Match[str]]]
) -> Transcript:
    utterances: list[Utterance] = []
    ends = [number for number, _ in found[1:]] + [len(lines)]
    times = [seconds_of(match["time"]) for _, match in found]
    tail: list[str] = []
    for place, ((number, match), end) in enumerate(zip(found, ends, strict=True)):
        said = [match["text"], *lines[number + 1 : end]]
        if end == len(lines):
            tail = [line for line in said if _CREDIT.fullmatch(line)]
        kept = tuple(line for line in said if line and line not in tail)
        if shape.ends:
            seconds = (times[place - 1] if place else 0.0, times[place])
        else:
            following = times[place + 1] if place + 1 < len(times) else times[place]
            seconds = (times[place], max(following, times[place]))
        if kept:
            utterances.append(Utterance(match["name"].strip(), kept, seconds))
    before = tuple(line for line in lines[: found[0][0]] if line)
    return Transcript(shape.name, before, tuple(_without_times(utterances)), tuple(tail))


def _without_times(utterances: Sequence[Utterance]) -> Iterator[Utterance]:
    """Utterances without the pure times that stand inside their words."""
    for one in utterances:
        lines = tuple(
            cut for line in one.lines if (cut := re.sub(rf"\[{_TIME}\]\s*", "", line).strip())
        )
        if lines:
            yield replace(one, lines=lines)
