"""Judgments carried to the codes of a codebook that has changed since they were made.

Nothing is stored: the record keeps every event as it was made, and whenever it is read a code's
earlier ids lead to what they are now. A rename and a merge carry; of a merge, present on either
is present, and where one coder's verdicts on its parts differ that is noted for a person. A
split carries nothing: whoever judged the whole did not say which part. Nothing moves unseen.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.model.carrying import Carried, Unplaced
from pipeline.model.judgment import VERDICTS, Event, Verdict
from pipeline.review.carry import Carrying
from pipeline.review.judgments import standing
from pipeline.review.lineage import Lineage

_RANK: Mapping[str, int] = {"present": 0, "unsure": 1, "absent": 2}
_COMPLETED = "its segment holds a judgment on a code that was split: read it again to its end"


@dataclass(frozen=True, slots=True)
class _Claim:
    """What one event says of one code as the codes were: the newest for each is kept."""

    event: Event
    code_id: str
    verdict: Verdict
    number: int


@dataclass
class _Following:
    """What has been found so far, by the ids of events."""

    folded: dict[str, Event]
    waiting: dict[str, str]
    notes: dict[str, str]


def follow(carrying: Carrying, line: Lineage) -> Carrying:
    """Return the events as they stand on the codes there are now.

    Events that wait for a person, because their text or their code is no longer one, have lost
    their segment; all others keep their place in the order.
    """
    stands = [event for event in standing(carrying.events) if event.segment_id]
    found = _Following({}, {}, {})
    for event in stands:
        _trace(event, line, found)
    for event in _completed_beside(stands, found.waiting):
        found.waiting[event.event_id] = _COMPLETED
        found.folded[event.event_id] = replace(event, segment_id="")
    _merge(stands, line, found)
    origins = {one.event.event_id: one for one in carrying.carried}
    told = [event for event in stands if event.event_id in found.folded]
    return Carrying(
        tuple(found.folded.get(event.event_id, event) for event in carrying.events),
        tuple(_carried(carrying.carried, told, found)),
        carrying.unplaced
        + tuple(
            Unplaced(
                origins[event.event_id].origin if event.event_id in origins else event,
                found.waiting[event.event_id],
            )
            for event in told
            if event.event_id in found.waiting
        ),
    )


def _carried(
    before: Sequence[Carried], told: Sequence[Event], found: _Following
) -> Iterator[Carried]:
    """What the text carried, now on its new code, then what only its code carried."""
    for one in before:
        event_id = one.event.event_id
        if event_id not in found.waiting:
            folded = found.folded.get(event_id, one.event)
            yield replace(one, event=folded, note=found.notes.get(event_id, ""))
    known = {one.event.event_id for one in before} | found.waiting.keys()
    for event in told:
        if event.event_id not in known:
            note = found.notes.get(event.event_id, "")
            yield Carried(found.folded[event.event_id], event, "same words", note)


def _trace(event: Event, line: Lineage, found: _Following) -> None:
    """Lead the codes an event names to what they are now."""
    if event.kind in ("undone", "segment_completed") or not event.code_id:
        return
    names = [event.code_id, event.value] if event.kind == "recoded" else [event.code_id]
    split = [name for name in names if len(line.heirs(name)) > 1]
    if split and event.kind == "memo_written":
        return
    now = [line.heirs(name)[0] if len(line.heirs(name)) == 1 else name for name in names]
    if split:
        parts = "; ".join(f"{name!r} was split in {', '.join(line.heirs(name))}" for name in split)
        found.waiting[event.event_id] = f"code {parts}: decide which"
        found.folded[event.event_id] = _rest_of(event, now, [name in split for name in names])
    elif now != names:
        found.folded[event.event_id] = _renamed(event, now)


def _renamed(event: Event, now: Sequence[str]) -> Event:
    if event.kind != "recoded":
        return replace(event, code_id=now[0])
    if now[0] == now[1]:
        return replace(event, kind="judged", code_id=now[1], value="present")
    return replace(event, code_id=now[0], value=now[1])


def _rest_of(event: Event, now: Sequence[str], is_split: Sequence[bool]) -> Event:
    """What of an event stands though a code of it was split: of a recoding, the other half."""
    if all(is_split):
        return replace(event, segment_id="")
    if is_split[0]:
        return replace(event, kind="judged", code_id=now[1], value="present")
    return replace(event, kind="judged", code_id=now[0], value="absent")


def _completed_beside(stands: Sequence[Event], waiting: Mapping[str, str]) -> Iterator[Event]:
    """Completions of segments where their coder's judgment on a split code waits.

    They would make that coder's silence on each part an "absent".
    """
    held = {(one.segment_id, one.coder_id) for one in stands if one.event_id in waiting}
    for event in stands:
        if event.kind == "segment_completed" and (event.segment_id, event.coder_id) in held:
            yield event


def _merge(stands: Sequence[Event], line: Lineage, found: _Following) -> None:
    """Let present on either of merged codes be present, and note where verdicts differ."""
    last = _last_versions(stands, line)
    places: defaultdict[tuple[str, str, str], dict[str, _Claim]] = defaultdict(dict)
    for number, event in enumerate(stands):
        for code_id, verdict in _verdicts(event):
            heirs = line.heirs(code_id)
            if len(heirs) == 1 and len(line.forebears(heirs[0])) > 1:
                place = (event.segment_id, event.coder_id, heirs[0])
                places[place][code_id] = _Claim(event, code_id, verdict, number)
    for (_, _, heir), claims in places.items():
        if len({claim.verdict for claim in claims.values()}) > 1:
            _settle(heir, list(claims.values()), last[heir], found)


def _settle(heir: str, claims: Sequence[_Claim], last: tuple[int, ...], found: _Following) -> None:
    own = next((one for one in claims if one.code_id == heir), None)
    newest = max(claims, key=lambda one: one.number)
    if own is newest and _version(own.event) > last:
        return
    winner = min(claims, key=lambda one: (_RANK[one.verdict], one.number))
    told = ", ".join(f"{one.verdict} on {one.code_id!r}" for one in claims)
    for claim in claims:
        event_id = claim.event.event_id
        found.notes[event_id] = f"merged in {heir!r}: {told}; counts as {winner.verdict}"
        folded = found.folded.get(event_id, claim.event)
        if claim.verdict != winner.verdict:
            folded = _yielding(folded, heir, winner.verdict)
        found.folded[event_id] = folded


def _yielding(event: Event, heir: str, verdict: Verdict) -> Event:
    """An event whose verdict on a merged code gives way to another of the same coder."""
    if event.kind == "recoded" and event.code_id == heir:
        return replace(event, kind="judged", code_id=event.value, value="present")
    return replace(event, value=verdict)


def _verdicts(event: Event) -> Iterator[tuple[str, Verdict]]:
    if event.kind == "judged":
        yield event.code_id, next(one for one in VERDICTS if one == event.value)
    elif event.kind == "recoded":
        yield event.code_id, "absent"
        yield event.value, "present"


def _last_versions(stands: Sequence[Event], line: Lineage) -> dict[str, tuple[int, ...]]:
    """For each code, the last version under which one of its earlier ids was judged."""
    last: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
    for event in stands:
        for code_id, _ in _verdicts(event):
            for heir in line.heirs(code_id):
                if heir != code_id:
                    last[heir] = max(last[heir], _version(event))
    return last


def _version(event: Event) -> tuple[int, ...]:
    """The numbers of the codebook's version, to compare by; none where it names none."""
    parts = event.codebook_version.rpartition("@")[2].split(".")
    return tuple(int(part) for part in parts) if all(part.isdigit() for part in parts) else ()
