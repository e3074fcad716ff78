"""Whisper's JSON: segments with times, with speakers where a program added them."""

import json
from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import WrongFormatError
from pipeline.extract.building import Block, build
from pipeline.extract.file import File
from pipeline.extract.normalise import RawLine
from pipeline.extract.spoken import directions_apart
from pipeline.extract.text import decode
from pipeline.model.source import Source


class _Segment(BaseModel):
    model_config = ConfigDict(extra="ignore")
    start: float = 0.0
    end: float = 0.0
    text: str
    speaker: str = ""


class _Whole(BaseModel):
    model_config = ConfigDict(extra="ignore")
    segments: list[_Segment]


def read(file: File) -> Source:
    """Return the Source of a transcript as Whisper and WhisperX write it.

    Raises
    ------
    WrongFormatError
        If the file holds other JSON, or none.
    """
    text, warnings = decode(file.data, file.name)
    try:
        whole = _Whole.model_validate(json.loads(text))
    except (ValueError, RecursionError, ValidationError) as reason:
        raise WrongFormatError(
            "holds no segments of a transcript",
            where=file.name,
            remedy="Export the transcript as WebVTT, or as JSON with segments.",
        ) from reason
    return build(
        file,
        directions_apart(_turns(whole.segments)),
        extractor="transcript/whisper",
        has_places=True,
        warnings=warnings,
    )


def _turns(segments: list[_Segment]) -> Iterator[Block]:
    """One block for each turn; without speakers, one for the whole."""
    lines: list[RawLine] = []
    speaker = ""
    for one in segments:
        if lines and one.speaker and one.speaker != speaker:
            yield Block("body", tuple(lines), "whisper.turn", speaker=speaker)
            lines = []
        speaker = one.speaker or speaker
        if one.text.strip():
            lines.append(RawLine(one.text.strip(), seconds=(one.start, max(one.end, one.start))))
    if lines:
        yield Block("body", tuple(lines), "whisper.turn", speaker=speaker)
