"""SubRip (SRT): cues of one speaker joined into turns, times kept for each cue."""

import re
from collections.abc import Iterator

from pipeline.errors import WrongFormatError
from pipeline.extract.building import build
from pipeline.extract.cues import Cue, turns
from pipeline.extract.file import File
from pipeline.extract.speakers import seconds_of
from pipeline.extract.text import decode
from pipeline.extract.transcript import without_tags
from pipeline.model.source import Source

_TIME = r"(\d{1,4}:\d{1,2}:\d{1,2}[,.]\d{3})"
_TIMES = re.compile(rf"^[ \t]{{0,8}}{_TIME}[ \t]*-->[ \t]*{_TIME}(?:[ \t].*)?$", re.MULTILINE)
_STYLE = re.compile(r"\{\\[^{}\n]*\}")
_NUMBER = re.compile(r"(?:^|\n)[ \t]*\d+\s*\Z")


def read(file: File) -> Source:
    """Return the Source of an SRT file.

    Raises
    ------
    WrongFormatError
        If no line of it gives the times of a cue.
    """
    text, warnings = decode(file.data, file.name)
    if not _TIMES.search(text):
        raise WrongFormatError(
            "has no line of times such as 00:00:03,120 --> 00:00:06,480",
            where=file.name,
            remedy="Export it as SRT again, or give it the ending of its kind.",
        )
    return build(
        file,
        turns(list(_cues(text)), "srt.turn", file.speakers),
        extractor="transcript/srt",
        has_places=True,
        warnings=warnings,
    )


def _cues(text: str) -> Iterator[Cue]:
    """Each cue, from its times to the number of the next; blank lines may stand in it."""
    found = list(_TIMES.finditer(text))
    ends = [times.start() for times in found[1:]] + [len(text)]
    for times, end in zip(found, ends, strict=True):
        words = text[times.end() : end]
        if end < len(text):
            words = _NUMBER.sub("", words)
        lines = (without_tags(_STYLE.sub("", line)) for line in words.split("\n"))
        said = "\n".join(line for line in lines if line)
        start, stop = map(seconds_of, times.groups())
        if said:
            yield Cue(said, (start, max(start, stop)))
