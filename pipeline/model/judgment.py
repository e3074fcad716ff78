"""Judgments: what coders decided, as events that are only ever added to.

``None`` (nobody judged) and "absent" are different values everywhere.
"""

import json
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, get_args

Verdict = Literal["present", "absent", "unsure"]
EventKind = Literal[
    "judged", "recoded", "span_changed", "segment_completed", "memo_written", "undone"
]
EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
Shown = Literal["proposals", "blind", "peers"]


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the coders' record.

    Attributes
    ----------
    event_id
        Made by whoever decides, so that sending it twice stores it once.
    value
        The verdict, the new code of a recoding, or a memo's text.
    target_id
        The event it undoes.
    shown
        What the coder saw before deciding.
    codebook_version
        As codings cite it: ``deterrence@0.2.0``.
    text_sha256
        Of the reading text that the offsets count in.
    happened_at
        UTC, ISO 8601 with milliseconds and ``Z``.
    body
        Canonical JSON of the rest: span and quotation, reason, ids of the proposals shown.
    """

    event_id: str
    coder_id: str
    kind: EventKind
    source_id: str = ""
    segment_id: str = ""
    code_id: str = ""
    target_id: str = ""
    value: str = ""
    shown: Shown = "proposals"
    codebook_version: str = ""
    text_sha256: str = ""
    happened_at: str = ""
    body: str = "{}"


@dataclass(frozen=True, slots=True)
class Link:
    """An event in its chain (one chain per coder and device)."""

    event: Event
    chain_id: str
    chain_seq: int
    prev_sha256: str
    sha256: str
    schema: int = 1


def canonical_json(value: object) -> str:
    """Return JSON with sorted keys, no spaces, NFC: the same bytes for the same content."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", text)


def link_sha256(event: Event, chain_id: str, chain_seq: int, prev: str, schema: int = 1) -> str:
    """Return the hash that ties an event to the one before it in its chain."""
    content = {name: getattr(event, name) for name in Event.__slots__}
    content |= {"chain_id": chain_id, "chain_seq": chain_seq, "schema": schema}
    return sha256(f"{prev}\n{canonical_json(content)}".encode()).hexdigest()
