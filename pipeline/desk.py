"""One coder's desk: what is to be decided, and decisions into the record.

The pages call this and nothing else. Every decision is one event, checked against the
protocol and against the words it was made on before it is stored.
"""

import secrets
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from pipeline.cache import Cache
from pipeline.errors import Fault, ReviewError, StudyError
from pipeline.judging import Judged, brought_to, judge, record_of, take_in_lines
from pipeline.model.judgment import Event, EventKind, canonical_json
from pipeline.review.judgments import fold
from pipeline.review.protocol import newest_on, refusal
from pipeline.review.queue import Card, newest_undoable, queue, ranked_codes, words_of
from pipeline.running import CACHE
from pipeline.showing import CardView, CodeRow, card_view, code_row, label_of, said_of
from pipeline.stages import Corpus, Inputs, outputs_of, quiet, read_corpus, read_inputs
from pipeline.store.record import new_event_id, utc_now
from pipeline.tagging import tag_corpus


@dataclass(frozen=True, slots=True)
class Decision:
    """What a coder's page sends; ``seen`` is the newest decision it knew of."""

    event_id: str
    segment_id: str = ""
    code_id: str = ""
    verdict: str = ""
    new_code_id: str = ""
    target_id: str = ""
    text: str = ""
    start: int = -1
    end: int = -1
    quotation: str = ""
    seen: str = ""


def open_desk(folder: Path, coder_id: str) -> "Desk":
    """Return a coder's desk for a study, its sources read and coded.

    Raises
    ------
    StudyError
        If the study names its coders and this is none of them.
    """
    inputs = read_inputs(folder)
    known = [coder.coder_id for coder in inputs.study.coders]
    if known and coder_id not in known:
        hint = f"One of {', '.join(known)}; or add the coder to study.yaml."
        raise StudyError((Fault("study.yaml", f"coder {coder_id!r} is not named", hint),))
    cache = Cache(outputs_of(folder) / CACHE)
    corpus = read_corpus(inputs, cache, quiet)
    proposals = tag_corpus(inputs, corpus, cache, quiet)
    with record_of(folder) as record:
        take_in_lines(folder, record)
        judged = judge(inputs, corpus, proposals, record, cache)
    return Desk(inputs, corpus, judged, coder_id)


class Desk:
    """A coder's queue and the record it writes to; one decision at a time."""

    def __init__(self, inputs: Inputs, corpus: Corpus, judged: Judged, coder_id: str) -> None:
        self.coder_id = coder_id
        self.study_title = inputs.study.title
        self._inputs = inputs
        self._corpus = corpus
        self._codings = judged.codings
        self._events = list(judged.events)
        self._lock = threading.Lock()

    def new_event_id(self) -> str:
        """Return an id for the decision that the next form will send."""
        return new_event_id(time.time_ns() // 1_000_000, secrets.token_bytes(10))

    @property
    def undoable(self) -> str:
        """The id of the coder's newest decision that stands, empty where there is none."""
        newest = newest_undoable(self._events, self.coder_id)
        return newest.event_id if newest else ""

    @property
    def left(self) -> str:
        """How much is left to decide, in words."""
        cards = self._cards()
        if not cards:
            return "nothing left"
        here = sum(card.source_id == cards[0].source_id for card in cards)
        title = self._inputs.study.entry(cards[0].source_id).title
        return f"{len(cards):,} proposals left, {here:,} of them in {title}"

    def status(self, said: str) -> str:
        """Return what the last decision was, for the status line; empty for an unknown id."""
        event = next((one for one in reversed(self._events) if one.event_id == said), None)
        return said_of(event, self._inputs.book) if event else ""

    def codes(self) -> tuple[CodeRow, ...]:
        """Return every code that can be given, those used last and most first."""
        book = self._inputs.book
        ranked = ranked_codes(book, self._events, self.coder_id)
        return tuple(code_row(code, book, words_of(code, book)) for code in ranked)

    def view(self, at: str, after: str) -> CardView | None:
        """Return a card: the one named by ``at``, the one after ``after``, or the next.

        None where nothing is left.
        """
        cards = self._cards()
        chosen = next((card for card in cards if _key(card) == at), None)
        if chosen is None and after:
            keys = [_key(card) for card in cards]
            number = keys.index(after) + 1 if after in keys else 0
            chosen = cards[number % len(cards)] if cards else None
        chosen = chosen or (cards[0] if cards else None)
        if chosen is None:
            return None
        newest = newest_on(self._events, self.coder_id, chosen.segment_id, chosen.code_id)
        memos = [
            event.value
            for event in fold(self._events).memos
            if event.segment_id == chosen.segment_id and event.coder_id == self.coder_id
        ]
        return card_view(
            chosen,
            self._inputs,
            self._corpus,
            key=_key(chosen),
            seen=newest.event_id if newest else "",
            memos=tuple(memos),
            same_words=self._same_words(chosen),
        )

    def judge(self, decision: Decision) -> str:
        """Record a verdict on a proposal and return where to go on."""
        return self._store(decision, "judged", decision.code_id, decision.verdict)

    def judge_other(self, decision: Decision) -> str:
        """Record that a code no machine proposed is present; stay at the proposal."""
        self._known_code(decision.code_id)
        event = self._event(decision, "judged", decision.code_id, "present")
        seen = newest_on(self._events, self.coder_id, event.segment_id, event.code_id)
        return self._append(event, seen.event_id if seen else "", decision.text)

    def recode(self, decision: Decision) -> str:
        """Record that the words bear another code than the one proposed."""
        self._known_code(decision.new_code_id)
        return self._store(decision, "recoded", decision.code_id, decision.new_code_id)

    def complete(self, decision: Decision) -> str:
        """Record that the segment is read and nothing else is in it."""
        return self._store(decision, "segment_completed", "", "")

    def write_memo(self, decision: Decision) -> str:
        """Record a memo on the segment; stay at the proposal."""
        if not decision.text.strip():
            raise ReviewError("the memo is empty", remedy="Write something first.")
        event = self._event(decision, "memo_written", decision.code_id, decision.text.strip())
        return self._append(event, "", f"{decision.segment_id}|{decision.code_id}")

    def undo(self, decision: Decision) -> str:
        """Record that a decision is undone and return to its proposal."""
        target = next((e for e in self._events if e.event_id == decision.target_id), None)
        event = self._event(decision, "undone", "", "")
        at = f"{target.segment_id}|{target.code_id}" if target else ""
        return self._append(event, "", at)

    def _store(self, decision: Decision, kind: EventKind, code_id: str, value: str) -> str:
        return self._append(self._event(decision, kind, code_id, value), decision.seen, "")

    def _event(self, decision: Decision, kind: EventKind, code_id: str, value: str) -> Event:
        segment = self._corpus.segment_by_id.get(decision.segment_id)
        if segment is None and kind != "undone":
            raise ReviewError(
                f"there is no segment {decision.segment_id!r}", remedy="Reload the page."
            )
        source = self._corpus.by_id[segment.source_id] if segment else None
        words = {
            "start": decision.start,
            "end": decision.end,
            "quotation": decision.quotation,
        }
        return Event(
            event_id=decision.event_id,
            coder_id=self.coder_id,
            kind=kind,
            source_id=source.source_id if source else "",
            segment_id=decision.segment_id if segment else "",
            code_id=code_id,
            target_id=decision.target_id if kind == "undone" else "",
            value=value,
            shown="proposals",
            codebook_version=self._inputs.book.name,
            text_sha256=source.text_sha256 if source else "",
            happened_at=utc_now(),
            body=canonical_json(words if segment else {}),
        )

    def _append(self, event: Event, seen: str, at: str) -> str:
        """Store an event unless the protocol forbids it; the same id twice is stored once."""
        with self._lock, record_of(self._inputs.folder) as record:
            stored = [link.event for link in record.events()]
            self._events = list(brought_to(self._inputs, self._corpus, stored).events)
            known = any(one.event_id == event.event_id for one in self._events)
            if not known:
                text = self._corpus.by_id[event.source_id].text if event.source_id else ""
                forbidden = refusal(self._events, event, seen, text)
                if forbidden is not None:
                    raise forbidden
                record.append([event])
                self._events.append(event)
        return "/?" + urlencode({"at": at, "said": event.event_id})

    def _known_code(self, code_id: str) -> None:
        code = self._inputs.book.by_id.get(code_id)
        if code is None or code.kind == "group":
            raise ReviewError(f"{code_id!r} is no code that can be given", remedy="Choose one.")

    def _cards(self) -> tuple[Card, ...]:
        return queue(self._codings, fold(self._events), self.coder_id)

    def _same_words(self, card: Card) -> tuple[str, ...]:
        """Other codes proposed on the same segment."""
        others = {
            coding.code_id
            for coding in self._codings
            if coding.segment_id == card.segment_id and coding.code_id != card.code_id
        }
        return tuple(label_of(code_id, self._inputs.book) for code_id in sorted(others))


def _key(card: Card) -> str:
    return f"{card.segment_id}|{card.code_id}"
