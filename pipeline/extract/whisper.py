"""Whisper's JSON: segments of one speaker joined into turns, times kept for each segment.

Read are ``segments`` with ``start``, ``end`` in seconds and ``text``, and the ``speaker`` that
WhisperX adds. All else in the file is left out.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

from pipeline.errors import WrongFormatError
from pipeline.extract.building import build
from pipeline.extract.cues import Cue, turns
from pipeline.extract.file import File
from pipeline.extract.text import decode
from pipeline.model.source import Source

_LONGEST = 1e7
_Seconds = Annotated[float, Field(ge=0, le=_LONGEST, allow_inf_nan=False)]


class _Segment(BaseModel):
    start: _Seconds
    end: _Seconds
    text: str
    speaker: str | None = None


class _Transcript(BaseModel):
    segments: list[_Segment]


def read(file: File) -> Source:
    """Return the Source of a transcript that Whisper or WhisperX wrote as JSON.

    Raises
    ------
    WrongFormatError
        If it is no JSON, or JSON of another kind.
    """
    text, warnings = decode(file.data, file.name)
    try:
        transcript = _Transcript.model_validate_json(text.encode("utf-8", "replace"))
    except ValidationError as reason:
        raise WrongFormatError(
            f"is no transcript as Whisper writes it: {_told(reason)}",
            where=file.name,
            remedy="Give the JSON that has segments with start, end and text, or save the "
            "transcript as WebVTT or plain text.",
        ) from reason
    return build(
        file,
        turns(list(_cues(transcript.segments)), "whisper.turn"),
        extractor="transcript/whisper",
        has_places=True,
        warnings=warnings,
    )


def _told(reason: ValidationError) -> str:
    first = reason.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else str(first["msg"])


def _cues(segments: Sequence[_Segment]) -> Iterator[Cue]:
    for segment in segments:
        words = segment.text.strip()
        seconds = (segment.start, max(segment.start, segment.end))
        if words:
            yield Cue(words, seconds, (segment.speaker or "").strip())
