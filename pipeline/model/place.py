"""Places: where a stretch of reading text stands on its pages, and what it was made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the page's top left corner as it is shown."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch of reading text stands: one printed line, or one cue of a recording.

    Attributes
    ----------
    start, end
        Code points of the reading text.
    page
        1-based as a reader counts; 0 where the format has no pages.
    page_label
        What is printed as the page's number; empty where nothing is.
    box
        The line's rectangle, where the format has one.
    seconds
        Start and end in the recording, where there is one.
    line_label
        The number printed beside the line, as hearings and transcripts are cited by.
    confidence
        How sure text recognition is of the line, 0 to 1; 1 where none was needed.
    """

    start: int
    end: int
    page: int = 0
    page_label: str = ""
    box: Box | None = None
    seconds: tuple[float, float] | None = None
    line_label: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of reading text and the raw characters it was made of.

    Raw characters are counted in reading order over the whole file, so that both sides
    only ever rise. Where both are equally long, character answers to character; where not
    (a ligature, an accent composed, a name replaced), the whole answers to the whole. What lies
    between two runs was put in: a blank for a line's end.

    Attributes
    ----------
    start, end
        Code points of the reading text.
    raw_start, raw_end
        Raw characters, counted over the file in reading order.
    page, index
        1-based page, and the number on it of the first raw character as the engine counts
        them; 0 and -1 where the format has none.
    """

    start: int
    end: int
    raw_start: int
    raw_end: int
    page: int = 0
    index: int = -1


@dataclass(frozen=True, slots=True)
class PageRecord:
    """How one page was read.

    Attributes
    ----------
    label
        What is printed as its number.
    width, height
        In points, as it is shown.
    engine, reason
        What read it, and why not the usual engine.
    """

    page: int
    label: str = ""
    width: float = 0.0
    height: float = 0.0
    engine: str = ""
    reason: str = ""
