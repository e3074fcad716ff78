"""What may follow what: why a coder's next event is refused, or nothing."""

import json
from collections.abc import Sequence

from pipeline.errors import OffsetError, ReviewError
from pipeline.model.judgment import VERDICTS, Event
from pipeline.review.judgments import standing


def refusal(
    events: Sequence[Event], new: Event, seen: str, text: str
) -> ReviewError | OffsetError | None:
    """Return why the protocol forbids an event, or nothing.

    Parameters
    ----------
    seen
        Id of the newest event on this (segment, code) that the coder's page knew of.
    text
        The source's reading text, against which the quotation is held.
    """
    if new.kind == "undone":
        return _undo_refusal(events, new)
    if new.kind == "judged" and new.value not in VERDICTS:
        return ReviewError(f"{new.value!r} is no verdict", remedy=f"One of {', '.join(VERDICTS)}.")
    if new.kind == "recoded" and new.value == new.code_id:
        return ReviewError(f"it has the code {new.code_id!r} already", remedy="Choose another.")
    return _words_refusal(new, text) or _stale_refusal(events, new, seen)


def _undo_refusal(events: Sequence[Event], new: Event) -> ReviewError | None:
    target = next((event for event in events if event.event_id == new.target_id), None)
    if target is None:
        return ReviewError("there is no such decision to undo", remedy="Reload the page.")
    if target.coder_id != new.coder_id:
        return ReviewError(
            f"that was decided by {target.coder_id}", remedy="Only its maker can undo it."
        )
    kept = {event.event_id for event in standing(events)}
    is_live_undo = target.kind == "undone" and target.target_id not in kept
    if target.event_id not in kept and not is_live_undo:
        return ReviewError("that decision is undone already", remedy="Reload the page.")
    return None


def _words_refusal(new: Event, text: str) -> OffsetError | None:
    body = json.loads(new.body)
    if "quotation" not in body:
        return None
    start, end = int(body.get("start", -1)), int(body.get("end", -1))
    if 0 <= start < end <= len(text) and text[start:end] == body["quotation"]:
        return None
    return OffsetError(
        f"the words at [{start}, {end}) are not those quoted",
        where=new.source_id,
        remedy="The source was read anew. Reload the page.",
    )


def _stale_refusal(events: Sequence[Event], new: Event, seen: str) -> ReviewError | None:
    newest = newest_on(events, new.coder_id, new.segment_id, new.code_id)
    if new.kind not in ("judged", "recoded") or newest is None or newest.event_id == seen:
        return None
    what = newest.value if newest.kind == "judged" else "another code"
    return ReviewError(
        f"this was decided elsewhere as {what}", remedy="Nothing was stored. Reload to go on."
    )


def newest_on(
    events: Sequence[Event], coder_id: str, segment_id: str, code_id: str
) -> Event | None:
    """Return a coder's newest standing decision on (segment, code), None where there is none."""
    return next(
        (
            event
            for event in reversed(standing(events))
            if event.kind in ("judged", "recoded")
            and (event.coder_id, event.segment_id) == (coder_id, segment_id)
            and (event.code_id == code_id or (event.kind == "recoded" and event.value == code_id))
        ),
        None,
    )
