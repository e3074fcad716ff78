"""Judgments made on an earlier text or codebook: those found again, and those that were not.

The record itself is never touched: what is said here is computed whenever it is read.

>>> body = '{"end":3,"quotation":"No.","start":0}'
>>> excerpt_of(Event("e1", "ana", "judged", "talk", "talk@0-3", body=body))
Excerpt(start=0, end=3, quotation='No.')
>>> span_of("talk@0-3"), span_of("talk")
((0, 3), None)
"""

import json
import re
from dataclasses import asdict, dataclass, replace
from typing import Literal

from pipeline.model.judgment import Event, canonical_json
from pipeline.model.naming import Names

_TOLD = ("quotation", "reason")
Method = Literal[
    "same words",
    "same words, white space and hyphens apart",
    "same words, marks apart",
    "unique order",
]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The words an event was made on, and where they stood: code points, ``end`` not inside."""

    start: int
    end: int
    quotation: str


@dataclass(frozen=True, slots=True)
class Carried:
    """A judgment found again in the text as it is read now, or on what its code is now.

    Attributes
    ----------
    event
        With segment, text and excerpt of the new text, and the code as it is now.
    origin
        As it is stored.
    method
        How it was found: its sentence stands there word for word; the same but for white
        space, hyphens and the shape of quotation marks; the same but for a list's, a note's
        or a portion's mark; or the words stand several times and only this place keeps the
        order and the distance of the judgments around it.
    note
        What a person should look at, if anything: verdicts on merged codes that differ.
    """

    event: Event
    origin: Event
    method: Method
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A judgment that waits for a person, as it is stored, and why."""

    event: Event
    reason: str


def excerpt_of(event: Event) -> Excerpt | None:
    """Return what an event's body says of its words, None where it says nothing whole."""
    body = _body_of(event)
    start, end, words = body.get("start"), body.get("end"), body.get("quotation")
    if isinstance(start, int) and isinstance(end, int) and isinstance(words, str) and words:
        return Excerpt(start, end, words)
    return None


def with_excerpt(event: Event, excerpt: Excerpt) -> Event:
    """Return an event made on another excerpt, all else its body holds kept."""
    return replace(event, body=canonical_json(_body_of(event) | asdict(excerpt)))


def with_names(event: Event, names: Names) -> Event:
    """Return an event with names replaced in its words: a quotation, a reason, a memo."""
    body = _body_of(event)
    told = {key: body[key] for key in _TOLD if isinstance(body.get(key), str)}
    said = {key: names.put_in(str(words)) for key, words in told.items()}
    is_memo = event.kind == "memo_written"
    return replace(
        event,
        value=names.put_in(event.value) if is_memo else event.value,
        body=event.body if said == told else canonical_json(body | said),
    )


def without_words(one: Unplaced) -> Unplaced:
    """Return a judgment without the words that its body quotes or gives as a reason."""
    body = {key: told for key, told in _body_of(one.event).items() if key not in _TOLD}
    return replace(one, event=replace(one.event, body=canonical_json(body)))


def _body_of(event: Event) -> dict[str, object]:
    try:
        body = json.loads(event.body)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def span_of(segment_id: str) -> tuple[int, int] | None:
    """Return the offsets in a segment's id, None where it has none."""
    found = re.fullmatch(r".*@(\d{1,18})-(\d{1,18})", segment_id, re.ASCII | re.DOTALL)
    return (int(found[1]), int(found[2])) if found else None
