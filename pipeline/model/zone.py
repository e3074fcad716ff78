"""Zones and turns: what each block of a source is, and who says it."""

from dataclasses import dataclass
from typing import Literal

from pipeline.model.place import Box

ZoneKind = Literal[
    "body",
    "heading",
    "list-item",
    "table",
    "caption",
    "footnote",
    "running-head",
    "running-foot",
    "page-number",
    "contents",
    "references",
    "acronyms",
    "abstract",
    "methods",
    "marking",
    "block-quotation",
    "line-number",
    "comment",
    "stage-direction",
]


@dataclass(frozen=True, slots=True)
class Zone:
    """One block of a source: a paragraph, a heading, a table row, a running head.

    Blocks that are kept out of the reading text (running heads, page numbers, stamps)
    have ``start == end``, the point they were taken from, and their words in ``aside``.

    Attributes
    ----------
    rule, confidence
        Which rule said so and how sure it is, 0 to 1.
    marking
        The portion mark or rule of an interview that holds for it, as written, several
        joined by ``; ``: ``(S//NF)``, ``off the record``.
    columns
        The header names of a table's row, one for each cell, where the table has some.
    anchor
        Where in the reading text a note's marker stood; -1 where none was found.
    language
        ISO 639-1, empty where it is not told from the source's.
    noise
        Why the block looks wrongly recognised, empty where it does not.
    box
        Where on its page a block stands that was kept out of the text.
    """

    kind: ZoneKind
    start: int
    end: int
    rule: str
    confidence: float = 1.0
    page: int = 0
    aside: str = ""
    marking: str = ""
    columns: tuple[str, ...] = ()
    anchor: int = -1
    language: str = ""
    noise: str = ""
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker said without another speaking; ``speaker`` as the file writes it.

    ``proposed_role`` is a guess from the label or from who asks; the study's role holds.
    """

    start: int
    end: int
    speaker: str
    proposed_role: str = ""
