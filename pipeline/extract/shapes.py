"""The shapes programs give to a transcript's lines, each recognised by name. Pure.

    otter       Ann Lee  0:03                    a line; Teams in Word: ``Lee, Ann   0:03``
    line        Ann Lee 0:03                     a line; ``colon``: ``Ann Lee: 0:03``
    rev         Ann Lee (00:03):                 a line, or before words
    brackets    Ann Lee [00:00:03]               a line
    inline      Ann Lee [00:00:03] We moved
    trint       [00:00:03] Ann Lee: We moved     ``[00:00:03 - 00:00:06]`` too, as elsewhere
    word        00:00:03 Ann Lee                 a line; Happy Scribe: ``[00:00:03] - Ann Lee``
    columns     00:00:03, Ann Lee, We moved      with tabs between, or in cells of a table
    descript    Ann Lee: [00:00:03] We moved
    teams       00:00:03.120 --> 00:00:06.480    then ``Lee, Ann`` on the next line
    clock       Lee, Ann                         then ``0:03`` alone on the next line
    label       MS. DOE: / Q. / The CHAIRMAN.    without times (``speakers.heads``)

A shape with times is believed if two lines have it, their times go forward, and they begin
with the recording or people take turns in them. A programme of a day has full hours and
quarters, a list of citations (``John 3:16``) or results has neither. That no line has any of
them is a usual answer.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.conversation import takes_turns
from pipeline.extract.label_words import is_of_document
from pipeline.extract.speakers import TIME, Head, heads, is_name, seconds_of

_NAME = r"(?P<name>[^\W_][^\n\[\](){}#:;?!\t]{0,58}?)"
_TO = r"\s*(?:--?>|\u2192|[-\u2013\u2014])\s*"
_CLOCKED = r"\d{1,3}:\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?"
_FRAMES = r"(?:[:;]\d{2})?"
_SPAN = rf"(?P<time>{TIME})(?:{_TO}{TIME})?"
_BEFORE = rf"\s*[\[(]?{_SPAN}[\])]?"
_BEHIND = rf"[\[(]{_SPAN}[\])]"
_ARROW = re.compile(
    rf"\s*(?P<time>{_CLOCKED}|{TIME}){_FRAMES}{_TO}(?:{_CLOCKED}|{TIME}){_FRAMES}\s*$"
)
_SPOKEN = r"(?:\d{1,2} hours? )?(?:\d{1,2} minutes? )?\d{1,2} seconds?"
_ALONE = re.compile(rf"\s*(?:{_SPOKEN}\s*)?(?P<time>{TIME})\s*$")
_TOLD = re.compile(rf"\s*{_SPOKEN}\s*$")
_ANY_TIME = re.compile(r"\d:\d")
_LEAST = 2
_MOST_BLANKS = 7
_BEGINNING = 30.0
_QUARTER = 5
_LOOSE_SHAPES = ("line", "brackets", "colon")
_FORWARD = 0.9


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape's name and the heads it has in some lines, by the lines' numbers."""

    name: str
    heads: dict[int, Head]


def _by(pattern: str) -> Callable[[Sequence[str]], dict[int, Head]]:
    """A recogniser of one line by a pattern with ``name`` and ``time``."""
    compiled = re.compile(pattern)

    def recognise(lines: Sequence[str]) -> dict[int, Head]:
        found = ((number, compiled.match(line)) for number, line in enumerate(lines) if ":" in line)
        return {
            number: Head(_name(match["name"]), match.end(), seconds_of(match["time"]))
            for number, match in found
            if match and match["name"].count(" ") < _MOST_BLANKS
        }

    return recognise


def _teams(lines: Sequence[str]) -> dict[int, Head]:
    """Times alone on a line, the name alone on the next that has words."""
    found: dict[int, Head] = {}
    for number, line in enumerate(lines[:-1]):
        times = _ARROW.match(line)
        name = lines[number + 1]
        if times:
            found[number] = Head("", len(line), seconds_of(times["time"]))
        if times and not _ARROW.match(name) and _may_be_name(name):
            found[number + 1] = Head(_name(name), len(name))
    return found


def _clock(lines: Sequence[str]) -> dict[int, Head]:
    """The name alone on a line, the time alone on the next, or told in words before it."""
    found: dict[int, Head] = {}
    for number, (name, line) in enumerate(pairwise(lines)):
        time, is_told = _ALONE.match(line), bool(_TOLD.match(line))
        if (time or is_told) and not _is_time(name) and _may_be_name(name):
            found[number] = Head(_name(name), len(name))
            found[number + 1] = Head("", len(line))
        if (time and number + 1 in found) or (time and number in found and _TOLD.match(name)):
            found[number + 1] = Head("", len(line), seconds_of(time["time"]))
    return found


def _is_time(line: str) -> bool:
    return bool(_ALONE.match(line) or _TOLD.match(line) or _ARROW.match(line))


def _may_be_name(line: str) -> bool:
    return line.count(" ") < _MOST_BLANKS and line.strip().rstrip(":")[-1:].isalnum()


_TIMED: dict[str, Callable[[Sequence[str]], dict[int, Head]]] = {
    "teams": _teams,
    "clock": _clock,
    "rev": _by(rf"\s*{_NAME}\s*{_BEHIND}:\s*"),
    "brackets": _by(rf"\s*{_NAME}\s*{_BEHIND}\s*$"),
    "trint": _by(rf"{_BEFORE}\s+(?:[-\u2013]\s+)?(?:\*\*)?{_NAME}(?::\*\*|\*\*:|:)\s+"),
    "word": _by(rf"{_BEFORE}\s+(?:[-\u2013]\s+)?{_NAME}\s*$"),
    "columns": _by(rf"{_BEFORE} ?\t+ ?{_NAME} ?\t+ ?(?=\S)"),
    "columns-behind": _by(rf"\s*{_NAME} ?\t+ ?[\[(]?{_SPAN}[\])]? ?\t+ ?(?=\S)"),
    "descript": _by(rf"\s*{_NAME}:\s*{_BEHIND}\s*"),
    "otter": _by(rf"\s*{_NAME}(?:,?\s{{2,}}|\t|,\s+)(?P<time>{TIME})\s*$"),
    "colon": _by(rf"\s*{_NAME}:\s+{_SPAN}\s*$"),
    "line": _by(rf"\s*{_NAME},?\s+(?P<time>{TIME})\s*$"),
    "inline": _by(rf"\s*{_NAME}\s+{_BEHIND}\s+(?=\S)"),
}


def shape_of(
    lines: Sequence[str], opening: Sequence[bool], names: Sequence[str] = ()
) -> Shape | None:
    """Return the shape most lines have that any have, None if they are no known transcript.

    Parameters
    ----------
    opening
        For each line whether it begins a paragraph.
    names
        Speakers the study names.
    """
    has_times = sum(bool(_ANY_TIME.search(line)) for line in lines) >= _LEAST
    best = _timed(lines) if has_times else None
    if best:
        return Shape(best.name, heads(lines, opening, names, best.heads))
    labelled = heads(lines, opening, names)
    if not labelled:
        return None
    return Shape("label", _times_between(lines) | labelled if has_times else labelled)


def _timed(lines: Sequence[str]) -> Shape | None:
    """The shape with times that most lines have, None if there is none to be believed."""
    shapes = (Shape(name, recognise(lines)) for name, recognise in _TIMED.items())
    timed = [
        shape
        for shape in shapes
        if _goes_forward(shape) and _is_of_speech(shape) and _has_words(shape, lines)
    ]
    return max(timed, key=lambda shape: len(shape.heads), default=None)


def _times_between(lines: Sequence[str]) -> dict[int, Head]:
    """Times that stand alone between what is said, as Google Meet puts them every few minutes."""
    found = {
        number: Head("", len(line), seconds_of(time["time"]))
        for number, line in enumerate(lines)
        if (time := _ALONE.match(line))
    }
    return found if _goes_forward(Shape("label", found)) else {}


def _name(words: str) -> str:
    return " ".join(words.split()).rstrip(",:")


def _goes_forward(shape: Shape) -> bool:
    times = _times(shape)
    forward = sum(one <= two for one, two in pairwise(times))
    return len(times) >= _LEAST and forward >= _FORWARD * (len(times) - 1)


def _has_words(shape: Shape, lines: Sequence[str]) -> bool:
    """Whether words stand behind half of the heads or under them: a list of tracks has none."""
    behind = sum(bool(lines[number][head.end :].strip()) for number, head in shape.heads.items())
    named = sum(bool(head.speaker) for head in shape.heads.values())
    return 2 * (behind + len(lines) - len(shape.heads)) >= named


def _times(shape: Shape) -> list[float]:
    return [head.at for head in shape.heads.values() if head.at is not None]


def _is_of_speech(shape: Shape) -> bool:
    """Whether heads are of a recording: from its beginning, or people take turns in it.

    Lines that give a time as citations do are believed from the beginning only.
    """
    names = [head.speaker for head in shape.heads.values() if head.speaker]
    is_talk = takes_turns(names)
    likely = sum(
        not is_of_document(name) and is_name(name) and (is_talk or not name[0].islower())
        for name in names
    )
    if not names or 2 * likely < len(names):
        return False
    times = _times(shape)
    is_begun = times[0] < _BEGINNING
    if is_begun and shape.name not in ("inline", "word"):
        return True
    is_of_a_day = not is_begun and all(time % _QUARTER == 0 for time in times)
    return shape.name not in _LOOSE_SHAPES and not is_of_a_day and is_talk
