"""Segments: the units of text that coders and taggers judge.

A segment names a half-open span ``[start, end)`` of one source. It holds no copy of the
words: ask the source, so that a quotation can not drift from the record.

    >>> Segment("int-07", start=10, end=35, kind="sentence", block=1).segment_id
    'int-07@10-35'

In Krippendorff's terms (Content Analysis, chapter "Unitizing") a segment is a *recording
unit*; the paragraph or turn around it is its *context unit*.
"""

from dataclasses import dataclass
from typing import Literal

from pipeline.errors import OffsetError
from pipeline.model.zone import ZoneKind

SegmentKind = Literal["sentence", "paragraph", "turn"]
Standing = Literal["counted", "context", "excluded"]


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """A span of one source, in reading order when sorted.

    Attributes
    ----------
    source_id
        The source that the offsets count into.
    start, end
        Unicode code points; ``end`` is not inside. Not bytes, UTF-16 units or tokens.
    kind
        How the span was cut.
    block
        Which block of the source it stands in, counted from 0: sentences of one
        paragraph share it.
    turn
        Which speaker turn it stands in, counted from 0; -1 where nobody speaks.
    zone
        What the block is.
    speaker, speaker_role
        Who speaks, as the file and as the study name them.
    language
        ISO 639-1; empty where it can not be told.
    standing
        ``counted`` as evidence; ``context``: read, shown, never counted; ``excluded``: on
        record only.

    Raises
    ------
    OffsetError
        If the span is empty or begins before the text does.
    """

    source_id: str
    start: int
    end: int
    kind: SegmentKind
    block: int = 0
    turn: int = -1
    zone: ZoneKind = "body"
    speaker: str = ""
    speaker_role: str = ""
    standing: Standing = "counted"
    language: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise OffsetError(
                f"a segment can not span [{self.start}, {self.end})", where=self.source_id
            )

    @property
    def segment_id(self) -> str:
        """A name made of source and place, the same in every run that reads the same text."""
        return f"{self.source_id}@{self.start}-{self.end}"
