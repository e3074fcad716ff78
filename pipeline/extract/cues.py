"""Cues of a recording into turns: one speaker's cues joined, each with its times. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.extract.building import Block
from pipeline.extract.joining import joined_over_asides
from pipeline.extract.label_words import is_of_document
from pipeline.extract.normalise import RawLine
from pipeline.extract.speakers import Head, is_stage_direction, label_of, labels_among, pattern_of

_LEAST = 2
_LEAST_ROLLING = 3
_MOST_LINES = 8
_PAUSE = 2.0
_ANY_WORDS = re.compile(r"(?P<name>[^\s:][^:\n]{0,63}):\s+(?=\S)")
_CHANGE = re.compile(r"\s*>>\s*")
_END = re.compile(r"[.?!\u2026][\"\u201d\u2019')\]]*$")


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown or said between two times.

    Attributes
    ----------
    text
        Its lines, parted by line feeds.
    seconds
        From the recording's start: where it begins and ends.
    speaker
        As the file names it, empty where it does not.
    begins
        Whether another voice than the last begins here, named or not.
    """

    text: str
    seconds: tuple[float, float]
    speaker: str = ""
    begins: bool = False


def turns(cues: Sequence[Cue], rule: str, names: Sequence[str] = ()) -> list[Block]:
    """Return one block for each turn, in it a line for each cue, so that sentences are whole.

    A cue that is only a stage direction is set aside. Where nobody is named, a new block
    begins after a sentence's end followed by two seconds of silence. Labels with one of the
    names that the study gives are believed wherever they stand.
    """
    if not any(cue.speaker for cue in cues):
        cues = _labelled(unrolled(cues), names)
    return joined_over_asides(list(_blocks(cues, rule)))


def unrolled(cues: Sequence[Cue]) -> list[Cue]:
    """Return the cues without what each repeats of the one before, if most do so.

    Such captions show the last line again above the new one, or a line as it grows.
    """
    repeated = [_repeated(one.text, two.text) for one, two in pairwise(cues)]
    if not _is_rolling(cues, repeated):
        return list(cues)
    kept = [cues[0]]
    for cue, cut in zip(cues[1:], repeated, strict=True):
        rest = cue.text[cut:].strip()
        if rest:
            kept.append(replace(cue, text=rest))
    return kept


def _is_rolling(cues: Sequence[Cue], repeated: Sequence[int]) -> bool:
    """Whether half the cues repeat the last; of very few, all do and each has new words."""
    rolling = sum(map(bool, repeated))
    if rolling >= _LEAST_ROLLING:
        return rolling * 2 >= len(repeated)
    has_new = all(len(cue.text) > cut for cue, cut in zip(cues[1:], repeated, strict=True))
    return rolling == len(repeated) >= _LEAST and has_new


def _repeated(before: str, text: str) -> int:
    """How many characters at a cue's beginning the cue before has already shown."""
    old, new = before.split("\n"), text.split("\n")
    for count in range(min(len(old), len(new), _MOST_LINES), 0, -1):
        if new[:count] == old[-count:]:
            return len("\n".join(new[:count]))
    if text.startswith(before) and text[len(before) :][:1].isspace():
        return len(before)
    last = old[-1]
    if text.startswith(last) and text[len(last) :][:1].isspace():
        return len(last)
    return 0


def _labelled(cues: Sequence[Cue], names: Sequence[str]) -> list[Cue]:
    """Take ``Name: words`` at a line's beginning for a voice, where the name comes back.

    Where every cue begins with a name, as Zoom writes them, one who speaks once is believed,
    and any words before a colon are a name.
    """
    lines = [
        Cue(line, cue.seconds) for cue in cues for line in cue.text.split("\n") if line.strip()
    ]
    found: list[tuple[Cue, list[str]]] = []
    speaker = ""
    for line, label in zip(lines, _labels(cues, lines, names), strict=True):
        change = _CHANGE.match(line.text)
        if label:
            speaker = label.speaker
            found.append((Cue("", line.seconds, speaker), [line.text[label.end :]]))
        elif change:
            speaker = ""
            begun = Cue("", line.seconds, begins=True)
            found.append((begun, [line.text[change.end() :]]))
        elif found and found[-1][0].seconds == line.seconds:
            found[-1][1].append(line.text)
        else:
            found.append((replace(line, speaker=speaker), [line.text]))
    return [replace(cue, text="\n".join(words)) for cue, words in found]


def _labels(cues: Sequence[Cue], lines: Sequence[Cue], names: Sequence[str]) -> list[Head | None]:
    """For each line the label that is believed, None where there is none."""
    any_words = [_ANY_WORDS.match(cue.text) for cue in cues]
    told = {match["name"] for match in any_words if match}
    is_everywhere = len(cues) > 1 and all(map(_label, (cue.text for cue in cues)))
    is_zoom = len(cues) > 2 * len(told) and all(any_words)
    named = pattern_of(names)
    labels = [_label(line.text, named, is_zoom=is_zoom) for line in lines]
    counts = Counter(label.speaker for label in labels if label)
    known = labels_among(labels, names)
    return [
        label
        if label
        and (
            is_zoom
            or label.speaker in known
            or ((is_everywhere or counts[label.speaker] >= _LEAST) and _is_name(label.speaker))
        )
        else None
        for label in labels
    ]


def _is_name(label: str) -> bool:
    return not is_of_document(label)


def _label(
    text: str, named: re.Pattern[str] | None = None, *, is_zoom: bool = False
) -> Head | None:
    """The label a line begins with, behind the mark of a change or in brackets too."""
    change = _CHANGE.match(text)
    start = change.end() if change else 0
    found = named and named.match(text, start)
    if not found and is_zoom and not label_of(text[start:]):
        found = _ANY_WORDS.match(text, start)
    if found:
        return Head(" ".join(found["name"].split()), found.end())
    label = label_of(text[start:])
    return Head(label.speaker, start + label.end) if label else None


def _blocks(cues: Sequence[Cue], rule: str) -> Iterator[Block]:
    lines: list[RawLine] = []
    last: Cue | None = None
    for cue in cues:
        said = cue.text.replace("\n", " ").strip()
        is_direction = is_stage_direction(said)
        if lines and last and (is_direction or _begins(last, cue)):
            yield Block("body", tuple(lines), rule, speaker=last.speaker)
            lines = []
        line = RawLine(said, seconds=cue.seconds)
        if is_direction:
            yield Block("stage-direction", (line,), "turn.direction", is_aside=True)
        elif said:
            lines.append(line)
            last = cue
    if lines and last:
        yield Block("body", tuple(lines), rule, speaker=last.speaker)


def _begins(last: Cue, cue: Cue) -> bool:
    """Whether a cue begins a block of its own."""
    if cue.begins or cue.speaker != last.speaker:
        return True
    is_silent = cue.seconds[0] - last.seconds[1] >= _PAUSE
    return not cue.speaker and is_silent and bool(_END.search(last.text.rstrip()))
