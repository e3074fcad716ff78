"""What waits for a coder, in reading order, and the codes as a coder finds them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.model.codebook import Code, Codebook
from pipeline.model.coding import Coding
from pipeline.model.judgment import Event
from pipeline.review.judgments import Judgments, standing


@dataclass(frozen=True, slots=True)
class Card:
    """One decision to make: a code on a segment, with every proposal that speaks for it."""

    segment_id: str
    code_id: str
    proposals: tuple[Coding, ...]

    @property
    def source_id(self) -> str:
        """The source of the segment."""
        return self.proposals[0].source_id


def queue(codings: Sequence[Coding], judgments: Judgments, coder_id: str) -> tuple[Card, ...]:
    """Return a card for each (segment, code) a machine proposed and the coder has not judged.

    Codings come in the order of sources; cards keep it, then go by place and code. Segments
    that the coder has read to the end, and excerpts that are context only, are left out.
    """
    judged = {
        place
        for place, decisions in judgments.decisions.items()
        if any(decision.coder_id == coder_id for decision in decisions)
    }
    waiting: dict[tuple[str, str], list[Coding]] = {}
    for coding in codings:
        place = (coding.segment_id, coding.code_id)
        if coding.coder_kind == "person" or coding.is_context or place in judged:
            continue
        if (coding.segment_id, coder_id) not in judgments.completed:
            waiting.setdefault(place, []).append(coding)
    order = {source: n for n, source in enumerate(dict.fromkeys(c.source_id for c in codings))}
    cards = [Card(*place, tuple(proposals)) for place, proposals in waiting.items()]
    cards.sort(key=lambda card: (order[card.source_id], card.proposals[0].start, card.code_id))
    return tuple(cards)


def newest_undoable(events: Sequence[Event], coder_id: str) -> Event | None:
    """Return the coder's newest event that stands, None where there is none."""
    mine = [event for event in standing(events) if event.coder_id == coder_id]
    return mine[-1] if mine else None


def ranked_codes(book: Codebook, events: Iterable[Event], coder_id: str) -> tuple[Code, ...]:
    """Return the codable codes, those the coder used last and most first.

    The last four used stand on top, newest first; the rest by how often they were used,
    then in the codebook's order.
    """
    used = [
        event.value if event.kind == "recoded" else event.code_id
        for event in standing(tuple(events))
        if event.coder_id == coder_id
        and (event.kind == "recoded" or (event.kind == "judged" and event.value == "present"))
    ]
    recent = list(dict.fromkeys(reversed(used)))[:4]
    often = Counter(used)
    place = {code.code_id: number for number, code in enumerate(book.codes)}
    return tuple(
        sorted(
            book.codable,
            key=lambda code: (
                recent.index(code.code_id) if code.code_id in recent else len(recent),
                -often[code.code_id],
                place[code.code_id],
            ),
        )
    )


def words_of(code: Code, book: Codebook) -> tuple[str, ...]:
    """Return the words by which a code is found: its label, its id, its parents' labels."""
    words = code.label.lower().split() + code.code_id.replace(".", " ").replace("-", " ").split()
    parent = book.by_id.get(code.parent_id)
    while parent is not None:
        words += parent.label.lower().split()
        parent = book.by_id.get(parent.parent_id)
    return tuple(dict.fromkeys(word.strip("(),/") for word in words))
