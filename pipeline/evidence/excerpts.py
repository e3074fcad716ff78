"""Hits to evidence: each excerpt counted once, and in one bearing only.

Where queries of several bearings hold on one excerpt, it is held back as a conflict. A mere
proposal never holds back confirmed evidence, though: it is told as what the excerpt would
fall with, so that the confirmed layer does not move when a machine proposes more.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.evidence.places import Placed, Range
from pipeline.model.finding import BEARINGS, Bearing, Conflict, Evidence


@dataclass(frozen=True, slots=True)
class Hit:
    """One query that holds on one anchor."""

    bearing: Bearing
    anchor: Placed
    companions: tuple[Placed, ...]
    is_confirmed: bool
    falls_with: tuple[str, ...]
    note: str

    @property
    def proposed_codes(self) -> tuple[str, ...]:
        """The codes of it that nobody has confirmed."""
        codings = (placed.coding for placed in (self.anchor, *self.companions))
        return tuple(coding.code_id for coding in codings if not coding.is_confirmed)


def counted_once(
    finding_id: str, hits: Iterable[Hit]
) -> tuple[tuple[Evidence, ...], tuple[Conflict, ...]]:
    """Return the evidence by bearing and place, and the conflicts by place.

    Overlapping excerpts of one bearing count once: confirmed before proposed, then the
    widest, then the first in reading order gives the words; the ids of all stay.
    """
    by_place: defaultdict[Range, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_place[hit.anchor.characters].append(hit)
    kept: dict[Bearing, dict[Range, list[Hit]]] = {bearing: {} for bearing in BEARINGS}
    conflicts = []
    for place, found in sorted(by_place.items(), key=lambda item: item[0]):
        sided = _one_sided(found)
        if sided:
            kept[sided[0].bearing][place] = sided
        else:
            conflicts.append(_conflict(finding_id, found))
    evidence = [
        _evidence(finding_id, group) for bearing in BEARINGS for group in _merged(kept[bearing])
    ]
    return tuple(evidence), tuple(conflicts)


def _one_sided(hits: list[Hit]) -> list[Hit]:
    """The hits of the one bearing an excerpt has, none where bearings conflict."""
    bearings = {hit.bearing for hit in hits}
    if len(bearings) == 1:
        return hits
    confirmed = {hit.bearing for hit in hits if hit.is_confirmed}
    if len(confirmed) != 1:
        return []
    rivals = {code for hit in hits if hit.bearing not in confirmed for code in hit.proposed_codes}
    return [
        replace(hit, falls_with=tuple(sorted({*hit.falls_with, *rivals})))
        for hit in hits
        if hit.bearing in confirmed
    ]


def _merged(by_place: dict[Range, list[Hit]]) -> Iterator[list[Hit]]:
    """The hits of each excerpt that is counted, those that give its words first."""

    def precedence(place: Range) -> tuple[bool, int, int]:
        is_confirmed = any(hit.is_confirmed for hit in by_place[place])
        return not is_confirmed, place[0] - place[1], place[0]

    starts: list[int] = []
    ends: list[int] = []
    groups: list[list[Hit]] = []
    for place in sorted(by_place, key=precedence):
        number = bisect_left(ends, place[0])
        if number < len(ends) and starts[number] <= place[1]:
            groups[number].extend(by_place[place])
        else:
            starts.insert(number, place[0])
            ends.insert(number, place[1])
            groups.insert(number, list(by_place[place]))
    yield from groups


def _evidence(finding_id: str, hits: Sequence[Hit]) -> Evidence:
    ordered = _by_words(hits)
    first = ordered[0].anchor
    is_confirmed = ordered[0].is_confirmed
    anchor_ids = dict.fromkeys(hit.anchor.coding_id for hit in ordered)
    companions = {placed.rank: placed for hit in ordered for placed in hit.companions}
    companion_ids = (companions[rank].coding_id for rank in sorted(companions))
    falling = [set(hit.falls_with) for hit in hits if hit.is_confirmed == is_confirmed]
    return Evidence(
        finding_id,
        ordered[0].bearing,
        first.coding.source_id,
        first.coding.start,
        first.coding.end,
        first.case_id,
        first.source_type,
        "confirmed" if is_confirmed else "proposed",
        tuple(anchor_ids),
        tuple(one for one in companion_ids if one not in anchor_ids),
        tuple(sorted(set.intersection(*falling))),
        "; ".join(dict.fromkeys(hit.note for hit in hits if hit.note)),
    )


def _by_words(hits: Sequence[Hit]) -> list[Hit]:
    """Hits on the words that are shown first, of these the confirmed, then by reading order."""
    words = hits[0].anchor.characters

    def precedence(hit: Hit) -> tuple[bool, bool, bool, int]:
        anchor = hit.anchor
        is_elsewhere = anchor.characters != words
        return is_elsewhere, not hit.is_confirmed, not anchor.coding.is_confirmed, anchor.rank

    return sorted(hits, key=precedence)


def _conflict(finding_id: str, hits: Sequence[Hit]) -> Conflict:
    anchors = {hit.anchor.rank: hit.anchor for hit in hits}
    first = hits[0].anchor.coding
    bearings = {hit.bearing for hit in hits}
    return Conflict(
        finding_id,
        first.source_id,
        first.start,
        first.end,
        tuple(bearing for bearing in BEARINGS if bearing in bearings),
        tuple(anchors[rank].coding_id for rank in sorted(anchors)),
    )
