"""Whisper's JSON: segments of one speaker joined into turns, times kept for each segment.

Read are ``segments`` with ``start``, ``end`` in seconds and ``text``, and the ``speaker`` that
WhisperX adds; a bare list of such segments, as those of faster-whisper are kept; and the
``transcription`` of whisper.cpp, whose ``offsets`` are thousandths. All else is left out. A
time that is null or missing is that of the segment before or after.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Annotated, Any

from pydantic import BaseModel, Field, ValidationError, model_validator

from pipeline.errors import WrongFormatError
from pipeline.extract.building import build
from pipeline.extract.cues import Cue, turns
from pipeline.extract.file import File
from pipeline.extract.text import decode
from pipeline.model.source import Source

_LONGEST = 1e7
_Seconds = Annotated[float, Field(ge=0, le=_LONGEST, allow_inf_nan=False)]


class _Offsets(BaseModel):
    start: Annotated[int, Field(alias="from", ge=0, le=_LONGEST * 1000)]
    end: Annotated[int, Field(alias="to", ge=0, le=_LONGEST * 1000)]


class _Segment(BaseModel):
    start: _Seconds | None = None
    end: _Seconds | None = None
    offsets: _Offsets | None = None
    text: str
    speaker: str | None = None

    @property
    def told(self) -> tuple[float | None, float | None]:
        """When it begins and ends, None where the file does not say."""
        if self.offsets:
            return self.offsets.start / 1000, self.offsets.end / 1000
        return self.start, self.end


class _Transcript(BaseModel):
    segments: list[_Segment]

    @model_validator(mode="before")
    @classmethod
    def _of_any_program(cls, content: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
        if isinstance(content, list):
            return {"segments": content}
        if isinstance(content, dict) and "transcription" in content:
            return {"segments": content["transcription"]}
        return content


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
    told = [time for segment in transcript.segments for time in segment.told]
    return build(
        file,
        turns(list(_cues(transcript.segments)), "whisper.turn", file.speakers),
        extractor="transcript/whisper",
        has_places=any(time is not None for time in told),
        warnings=[*warnings, *_untimed(transcript.segments)],
    )


def _told(reason: ValidationError) -> str:
    first = reason.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else str(first["msg"])


def _untimed(segments: Sequence[_Segment]) -> Iterator[str]:
    count = sum(None in segment.told for segment in segments)
    if count:
        yield (
            f"{count} of {len(segments)} segments give no time of their own where they begin or "
            "end: those beside them stand for it"
        )


def _cues(segments: Sequence[_Segment]) -> Iterator[Cue]:
    for segment, seconds in zip(segments, _seconds(segments), strict=True):
        words = segment.text.strip()
        if words:
            yield Cue(words, seconds, (segment.speaker or "").strip())


def _seconds(segments: Sequence[_Segment]) -> Iterator[tuple[float, float]]:
    """Each segment's times; one that is not told is the last told before, or the next."""
    told = [segment.told for segment in segments]
    last = 0.0
    for (start, end), (following, _) in pairwise([*told, (None, None)]):
        first = last if start is None else start
        beside = first if following is None else following
        last = max(first, beside if end is None else end)
        yield first, last
