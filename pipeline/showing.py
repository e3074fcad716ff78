"""A card as a person sees it: the words in their paragraph, the code, the reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.export.excerpts import cue_notes
from pipeline.model.codebook import Code, Codebook
from pipeline.model.coding import Coding
from pipeline.model.judgment import Event
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.review.queue import Card
from pipeline.stages import Corpus, Inputs

_AROUND = 2
_VERDICTS = {"present": "accepted", "absent": "rejected", "unsure": "left unsure"}
_SAID = {
    "segment_completed": "Saved: nothing else in this sentence.",
    "memo_written": "Saved: memo.",
    "undone": "Undone. Here is the proposal again.",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the quotation, alike throughout."""

    text: str
    is_matched: bool
    is_cue: bool


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code in the list one finds codes in."""

    code_id: str
    label: str
    path: str
    words: str


@dataclass(frozen=True, slots=True)
class CardView:
    """Everything a card shows, in plain values."""

    key: str
    segment_id: str
    code_id: str
    start: int
    end: int
    quotation: str
    seen: str
    where: str
    before: tuple[str, ...]
    pieces: tuple[Piece, ...]
    after: tuple[str, ...]
    code_label: str
    path: str
    definition: str
    include_when: tuple[str, ...]
    exclude_when: tuple[str, ...]
    reasons: tuple[str, ...]
    asserted: str
    cues: tuple[str, ...]
    watch: str
    same_words: str
    memos: tuple[str, ...]


def code_row(code: Code, book: Codebook, words: Sequence[str]) -> CodeRow:
    """Return a code as the list shows it."""
    return CodeRow(code.code_id, code.label, path_of(code, book), " ".join(words))


def label_of(code_id: str, book: Codebook) -> str:
    """Return a code's label, its id where the codebook no longer has it."""
    code = book.by_id.get(code_id)
    return code.label if code else code_id


def said_of(event: Event, book: Codebook) -> str:
    """Return what was decided, for the status line."""
    label = label_of(event.code_id, book)
    if event.kind == "judged":
        return f"Saved: {_VERDICTS[event.value]}, {label}."
    if event.kind == "recoded":
        return f"Saved: {label} became {label_of(event.value, book)}."
    return _SAID.get(event.kind, "Saved.")


def path_of(code: Code, book: Codebook) -> str:
    """Return the labels of a code's parents and its own id: ``Barrier > bar.workforce``."""
    labels: list[str] = []
    parent = book.by_id.get(code.parent_id)
    while parent is not None:
        labels.insert(0, parent.label)
        parent = book.by_id.get(parent.parent_id)
    return " > ".join([*labels, code.code_id])


def card_view(
    card: Card,
    inputs: Inputs,
    corpus: Corpus,
    *,
    key: str,
    seen: str,
    memos: tuple[str, ...],
    same_words: Sequence[str],
) -> CardView:
    """Return a card with its words in their place."""
    first = card.proposals[0]
    source = corpus.by_id[card.source_id]
    segment = corpus.segment_by_id[card.segment_id]
    code = inputs.book.by_id[card.code_id]
    before, after = _around(source, segment, corpus)
    return CardView(
        key=key,
        segment_id=card.segment_id,
        code_id=card.code_id,
        start=first.start,
        end=first.end,
        quotation=source.quote(first.start, first.end),
        seen=seen,
        where=_where(inputs, source, segment),
        before=before,
        pieces=_pieces(source, first.start, first.end, card.proposals),
        after=after,
        code_label=code.label,
        path=path_of(code, inputs.book),
        definition=code.definition,
        include_when=code.include_when,
        exclude_when=code.exclude_when,
        reasons=tuple(_reason(source, proposal) for proposal in card.proposals),
        asserted="; ".join(first.assertion.departures) or "plainly, in the speaker's own voice",
        cues=_cues(source, card.proposals),
        watch=", ".join(code.watch),
        same_words=", ".join(same_words),
        memos=memos,
    )


def _where(inputs: Inputs, source: Source, segment: Segment) -> str:
    entry = inputs.study.entry(source.source_id)
    parts = [entry.title]
    for place in source.places_of(segment.start, segment.end)[:1]:
        if place.page:
            parts.append(f"page {place.page_label or place.page}")
        if place.seconds:
            minutes, seconds = divmod(int(place.seconds[0]), 60)
            parts.append(f"{minutes}:{seconds:02d}")
    if segment.speaker:
        role = f" ({segment.speaker_role})" if segment.speaker_role else ""
        parts.append(f"{segment.speaker}{role}")
    return ", ".join(parts)


def _around(
    source: Source, segment: Segment, corpus: Corpus
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sentences before and after in reading order, two each."""
    segments = corpus.segments_of[source.source_id]
    at = segments.index(segment)
    before = segments[max(at - _AROUND, 0) : at]
    after = segments[at + 1 : at + 1 + _AROUND]
    first, last = (
        tuple(source.quote(one.start, one.end) for one in those) for those in (before, after)
    )
    return first, last


def _pieces(source: Source, start: int, end: int, proposals: Sequence[Coding]) -> tuple[Piece, ...]:
    matched = [span for proposal in proposals for span in proposal.matched]
    cues = [(cue.start, cue.end) for proposal in proposals for cue in proposal.assertion.cues]
    edges = {start, end} | {edge for span in (*matched, *cues) for edge in span}
    ordered = sorted(edge for edge in edges if start <= edge <= end)
    return tuple(
        Piece(source.text[a:b], _covers(matched, a, b), _covers(cues, a, b))
        for a, b in pairwise(ordered)
    )


def _cues(source: Source, proposals: Sequence[Coding]) -> tuple[str, ...]:
    """Each cue once, with what it governs and who is told to say it."""
    notes = [note for one in proposals for note in cue_notes(source, one)]
    return tuple(dict.fromkeys(note.told_in_full for note in notes))


def _covers(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(a <= start and end <= b for a, b in spans)


def _reason(source: Source, proposal: Coding) -> str:
    if proposal.coder_kind == "model":
        return f"classifier, score {proposal.score:.2f}, moved by: {proposal.reason}"
    words = " / ".join(source.text[a:b] for a, b in proposal.matched)
    ground = proposal.reason.replace("weak", "a weak ground", 1)
    if proposal.is_inherited:
        return f"inherited, {ground}: \u201c{words}\u201d (rule {proposal.origin_id})"
    told = f" ({ground})" if ground else ""
    return f"rule {proposal.origin_id}{told}: \u201c{words}\u201d"
