"""What a change of the codebook would do to a study: to what is proposed, and to judgments.

A proposal is a code on a segment, whichever rules make it. Under a code's new id it is no new
proposal if one of the ids it had before was proposed there.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.model.codebook import Codebook
from pipeline.model.coding import Coding
from pipeline.review.judgments import Judgments
from pipeline.review.lineage import Lineage

Fate = Literal["kept", "carried", "to decide", "stale"]
Places = Mapping[str, Mapping[str, None]]


@dataclass(frozen=True, slots=True)
class Impact:
    """What would be proposed for a code, or by a rule: counts, and the segments that differ."""

    name: str
    code_id: str
    before_count: int
    after_count: int
    new: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JudgmentImpact:
    """Judgments on one code, and what becomes of them.

    Attributes
    ----------
    fate
        Kept under the same id; carried to a new one; to be decided by a person, since the
        code was split; stale, since there is no such code any more.
    """

    code_id: str
    becomes: tuple[str, ...]
    fate: Fate
    present_count: int
    absent_count: int
    unsure_count: int

    @property
    def count(self) -> int:
        """All judgments on the code."""
        return self.present_count + self.absent_count + self.unsure_count


def code_impacts(
    book: Codebook, line: Lineage, before: Sequence[Coding], after: Sequence[Coding]
) -> tuple[Impact, ...]:
    """Return each code of the new codebook, then those of the old that are split or gone."""
    old, new = _by_code(before), _by_code(after)
    found = [_of_code(code.code_id, line, old, new) for code in book.codable]
    for code_id in old:
        if len(heirs := line.heirs(code_id)) != 1:
            still = _union(new, heirs)
            gone = tuple(one for one in old[code_id] if one not in still)
            found.append(Impact(code_id, code_id, len(old[code_id]), 0, (), gone))
    return tuple(found)


def _of_code(code_id: str, line: Lineage, old: Places, new: Places) -> Impact:
    own = new.get(code_id, {})
    forebears = sorted(line.forebears(code_id))
    was = _union(old, forebears)
    only_its_own = _union(old, (one for one in forebears if line.heirs(one) == (code_id,)))
    return Impact(
        name=code_id,
        code_id=code_id,
        before_count=len(was),
        after_count=len(own),
        new=tuple(one for one in own if one not in was),
        gone=tuple(one for one in only_its_own if one not in own),
    )


def rule_impacts(before: Sequence[Coding], after: Sequence[Coding]) -> tuple[Impact, ...]:
    """Return each rule that holds in either, by its id, in the order of first holding."""
    old, new = _by_rule(before), _by_rule(after)
    code_of = {coding.origin_id: coding.code_id for coding in (*before, *after)}
    return tuple(
        Impact(
            name=rule_id,
            code_id=code_of[rule_id],
            before_count=len(old.get(rule_id, {})),
            after_count=len(new.get(rule_id, {})),
            new=tuple(one for one in new.get(rule_id, {}) if one not in old.get(rule_id, {})),
            gone=tuple(one for one in old.get(rule_id, {}) if one not in new.get(rule_id, {})),
        )
        for rule_id in dict.fromkeys((*new, *old))
    )


def judgment_impacts(judgments: Judgments, line: Lineage) -> tuple[JudgmentImpact, ...]:
    """Return what becomes of the judgments that stand in the text, by the code judged."""
    verdicts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (segment_id, code_id), decisions in judgments.decisions.items():
        if segment_id:
            verdicts[code_id].update(one.verdict for one in decisions)
    return tuple(_of_judgments(code_id, verdicts[code_id], line) for code_id in sorted(verdicts))


def _of_judgments(code_id: str, counts: Counter[str], line: Lineage) -> JudgmentImpact:
    heirs = line.heirs(code_id)
    fate: Fate = "stale"
    if heirs == (code_id,):
        fate = "kept"
    elif heirs:
        fate = "carried" if len(heirs) == 1 else "to decide"
    return JudgmentImpact(
        code_id, heirs, fate, counts["present"], counts["absent"], counts["unsure"]
    )


def _by_code(codings: Iterable[Coding]) -> dict[str, dict[str, None]]:
    return _grouped((coding.code_id, coding.segment_id) for coding in codings)


def _by_rule(codings: Iterable[Coding]) -> dict[str, dict[str, None]]:
    return _grouped((coding.origin_id, coding.segment_id) for coding in codings)


def _grouped(pairs: Iterator[tuple[str, str]]) -> dict[str, dict[str, None]]:
    found: dict[str, dict[str, None]] = {}
    for name, segment_id in pairs:
        found.setdefault(name, {})[segment_id] = None
    return found


def _union(places: Places, names: Iterable[str]) -> dict[str, None]:
    return {segment_id: None for name in names for segment_id in places.get(name, {})}
