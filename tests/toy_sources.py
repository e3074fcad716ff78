"""Three invented sources, hostile where a document can be.

They hold markup, formulas, emoji, combining marks, writing from right to left.
"""

from pipeline.model.place import Place
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.model.zone import Turn, Zone

INTERVIEW = (
    "Would you say that exercises deter on their own?",
    "No. Exercises by themselves can not shift the balance.",
    "What they do is make the reinforcing brigade usable.",
    "And the seminars?",
    "Without the brigade they deter nobody. =1+1 is still two, as we say here 👩‍👩‍👧.",
)
STRATEGY = (
    "1 Purpose",
    "The exercises of this year strengthened deterrence in the <script>alert('region')</script> "
    "and were noticed. Partners may see this differently.",
    "Cafe\u0301 talk ]]> & “quotes”: stocks remain short, and no seminar fills them. "
    "Joint readiness, where it was reached, changed what the other side foresaw.",
    "שלום: the coast is <b>not</b> defended by exercises.",
    "Sources: see annex.",
)
MEMO = (
    '=HYPERLINK("http://x","y") said the note. The interview was right: exercises alone '
    "shift little.",
    "@lunch -1 nothing of note.",
)


def _starts(parts: tuple[str, ...]) -> list[int]:
    starts, position = [], 0
    for part in parts:
        starts.append(position)
        position += len(part) + 1
    return starts


def transcript() -> Source:
    starts = _starts(INTERVIEW)
    who = ("Interviewer", "Official <A>", "Official <A>", "Interviewer", "Official <A>")
    ends = [start + len(part) for start, part in zip(starts, INTERVIEW, strict=True)]
    turns = ((0, 0), (1, 2), (3, 3), (4, 4))
    return Source(
        "D001",
        "\n".join(INTERVIEW),
        zones=tuple(Zone("body", s, e, "cue") for s, e in zip(starts, ends, strict=True)),
        places=tuple(
            Place(s, e, seconds=(n * 61.5, n * 61.5 + 60.0))
            for n, (s, e) in enumerate(zip(starts, ends, strict=True))
        ),
        turns=tuple(Turn(starts[a], ends[b], who[a]) for a, b in turns),
        extractor="transcript/vtt",
        file_sha256="ab" * 32,
    )


def plan() -> Source:
    starts = _starts(STRATEGY)
    ends = [start + len(part) for start, part in zip(starts, STRATEGY, strict=True)]
    kinds = ("heading", "body", "body", "body", "references")
    text = "\n".join(STRATEGY)
    turnover = text.index("Joint readiness")
    zones = [Zone(k, s, e, "r") for k, s, e in zip(kinds, starts, ends, strict=True)]
    zones.insert(0, Zone("running-head", 0, 0, "top", aside="Plan <head> 2024"))
    zones.insert(4, Zone("page-number", turnover, turnover, "foot", aside="xii"))
    return Source(
        "D 002",
        text,
        zones=tuple(zones),
        places=(Place(0, turnover, page=14, page_label="xii"), Place(turnover, len(text), page=15)),
        extractor="pdf/pdfplumber",
        file_sha256="cd" * 32,
        warnings=("two columns were read as one on page 14",),
    )


def memo() -> Source:
    return Source("D003", "\n".join(MEMO), extractor="text/plain", file_sha256="ef" * 32)


def segments_of(source: Source) -> tuple[Segment, ...]:
    """One segment per sentence, by the plainest of rules."""
    segments, start, block = [], 0, 0
    for position, character in enumerate(source.text):
        ends = character == "\n" or source.text[position : position + 2] in (". ", "? ")
        if ends or position == len(source.text) - 1:
            stop = position if character == "\n" else position + 1
            if stop > start:
                segments.append(Segment(source.source_id, start, stop, "sentence", block))
            start = position + (1 if character == "\n" else 2)
            block += character == "\n"
    return tuple(segments)
