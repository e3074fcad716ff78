"""Flags: what makes a finding fragile, each with its reason in words.

A check returns the reason, or nothing where there is none. All are of confirmed evidence.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.evidence.ground import Ground, count_voices

ONE_VOICE_BELOW = 2
ONE_VOICE_FROM = 3
STRONG_AT_LEAST = 2


@dataclass(frozen=True, slots=True)
class Flag:
    """A warning about a finding: its name, and in words why it was raised."""

    name: str
    explanation: str


def flags(ground: Ground, weak: Mapping[str, str]) -> Iterator[Flag]:
    """Yield the flags of a finding, always in the same order.

    Parameters
    ----------
    weak
        The findings that can not carry another, as ``weak_grounds`` gives them.
    """
    for name, check in CHECKS:
        if reason := check(ground):
            yield Flag(name, reason)
    if reason := _normative_weak_ground(ground, weak):
        yield Flag("normative_weak_ground", reason)
    if not ground.finding.contradicts:
        yield Flag("no_contradiction_asked", "no query asks what would contradict it")


def weak_grounds(grounds: Sequence[Ground]) -> Mapping[str, str]:
    """Return the ids of findings that can not carry another, each with the reason.

    Those without enough support, those contested or contradicted, and normative ones that
    rest on such. A parent is named with the first of its parts that is weak.
    """
    reasons = {ground.finding: _weakness(ground) for ground in grounds}
    weak: dict[str, str] = {}
    before = -1
    while before != len(weak):
        before = len(weak)
        for finding, own_reason in reasons.items():
            bad = [i for i in finding.rests_on if i in weak and finding.kind == "normative"]
            reason = own_reason or (f"it rests on {', '.join(bad)}" if bad else "")
            if reason:
                weak.setdefault(finding.finding_id, reason)
            if reason and finding.parent_id:
                weak.setdefault(finding.parent_id, f"its part {finding.finding_id}: {reason}")
    return weak


def _weakness(ground: Ground) -> str:
    if reason := _no_support(ground) or _below_needs(ground) or _contested(ground):
        return reason
    if ground.balance != "contradicted":
        return ""
    return f"{_many(ground.contradicting_count, 'independent source')} against it"


def _no_support(ground: Ground) -> str:
    return "" if ground.support else "no confirmed excerpt supports it"


def _below_needs(ground: Ground) -> str:
    needs = ground.finding.needs
    unmet = []
    if ground.supporting_count < needs.source_count:
        asked = _many(needs.source_count, "independent source")
        unmet.append(f"needs {asked}, has {ground.supporting_count:,}")
    if len(ground.types) < needs.source_type_count:
        asked = _many(needs.source_type_count, "source type")
        unmet.append(f"needs {asked} among independent sources, has {len(ground.types):,}")
    unmet += [
        f"needs support for {ground.case_label(case_id)}, has none"
        for case_id in needs.cases
        if not ground.supports_in(case_id, ground.support)
    ]
    return "; ".join(unmet)


def _empty_cell(ground: Ground) -> str:
    declared = [case.case_id for case in ground.study.cases if not case.is_default]
    return "; ".join(
        f"nothing supports it for {ground.case_label(case_id)}: {_emptiness(ground, case_id)}"
        for case_id in ground.finding.needs.cases or declared
        if not ground.supports_in(case_id, ground.support)
    )


def _emptiness(ground: Ground, case_id: str) -> str:
    study, finding = ground.study, ground.finding
    if ground.supports_in(case_id, ground.proposed_support):
        return "what would is only proposed"
    # A source of the default case, or of none, can speak of every case.
    open_to = ("", study.default_case, study.roll_up(case_id))
    in_scope = any(
        study.roll_up(entry.case_id) in open_to
        and not {finding.finding_id, finding.parent_id} & set(entry.restates)
        for entry in study.sources
    )
    return "not found, or not yet read" if in_scope else "no source of the study is about it"


def _single_source(ground: Ground) -> str:
    if ground.supporting_count != 1:
        return ""
    return f"one independent source supports it: {_titles(ground, ground.supporters)}"


def _single_type(ground: Ground) -> str:
    if ground.supporting_count < 2 or len(ground.types) > 1:
        return ""
    labels = {kind.type_id: kind.label for kind in ground.study.source_types}
    kind = next(iter(ground.types))
    return f"all {ground.supporting_count:,} sources are of one type: {labels.get(kind) or kind}"


def _single_case(ground: Ground) -> str:
    if len(ground.study.cases) < 2 or len(ground.cases) != 1:
        return ""
    return f"all support is about one case: {ground.case_label(next(iter(ground.cases)))}"


def _one_voice(ground: Ground) -> str:
    is_even = ground.effective_number >= ONE_VOICE_BELOW
    if ground.supporting_count < ONE_VOICE_FROM or is_even:
        return ""
    counts = Counter(ground.voices.get(one.source_id, one.source_id) for one in ground.support)
    return (
        f"{max(counts.values()):,} of {len(ground.support):,} excerpts come from one of the "
        f"{ground.supporting_count:,} sources: in effect there are {ground.effective_number:.2f}"
    )


def _only_hedged(ground: Ground) -> str:
    certainties = {
        coding.assertion.certainty for one in ground.support for coding in ground.anchors(one)
    }
    if not certainties or "asserted" in certainties:
        return ""
    return f"hedged or conditional: {_every(ground)}"


def _only_reported(ground: Ground) -> str:
    voices = {coding.assertion.voice for one in ground.support for coding in ground.anchors(one)}
    return f"reported from someone else: {_every(ground)}" if voices == {"reported"} else ""


def _only_machine(ground: Ground) -> str:
    if ground.support or not ground.proposed_support:
        return ""
    count = count_voices(ground.proposed_support, ground.voices)
    return f"nobody has confirmed any of it: {_many(count, 'source')} only by proposals"


def _interested_source(ground: Ground) -> str:
    by_id = ground.study.by_id
    interested = [i for i in ground.supporters if i in by_id and by_id[i].interest]
    if not interested or 2 * len(interested) < ground.supporting_count:
        return ""
    return (
        f"{len(interested):,} of {_many(ground.supporting_count, 'supporting source')} "
        f"with an interest of their own: {_titles(ground, interested)}"
    )


def _contested(ground: Ground) -> str:
    if ground.balance != "contested":
        return ""
    return (
        f"{_many(ground.supporting_count, 'independent source')} for it, "
        f"{ground.contradicting_count:,} against it"
    )


def _unresolved_conflict(ground: Ground) -> str:
    if not ground.conflict_count:
        return ""
    return (
        f"{_many(ground.conflict_count, 'excerpt')} with several bearings on it, "
        "counted nowhere until a person decides"
    )


def _wording_above_evidence(ground: Ground) -> str:
    if ground.finding.wording != "asserted":
        return ""
    strong, count = ground.strong_count, ground.supporting_count
    reasons = []
    if strong < STRONG_AT_LEAST or 2 * strong < count:
        reasons.append(f"{strong:,} of {_many(count, 'source')} asserting it in their own voice")
    if ground.balance != "supported":
        reasons.append(f"the balance is {ground.balance!r}")
    if _below_needs(ground):
        reasons.append("less evidence than it needs")
    return f"worded as certain on {'; '.join(reasons)}" if reasons else ""


def _normative_weak_ground(ground: Ground, weak: Mapping[str, str]) -> str:
    if ground.finding.kind != "normative":
        return ""
    bad = (other for other in ground.finding.rests_on if other in weak)
    return "; ".join(f"rests on {other}: {weak[other]}" for other in bad)


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _every(ground: Ground) -> str:
    count = len(ground.support)
    return "the one supporting excerpt" if count == 1 else f"all {count:,} supporting excerpts"


def _titles(ground: Ground, source_ids: tuple[str, ...] | list[str]) -> str:
    by_id = ground.study.by_id
    return ", ".join((i in by_id and by_id[i].title) or i for i in source_ids)


CHECKS: tuple[tuple[str, Callable[[Ground], str]], ...] = (
    ("no_support", _no_support),
    ("below_needs", _below_needs),
    ("empty_cell", _empty_cell),
    ("single_source", _single_source),
    ("single_type", _single_type),
    ("single_case", _single_case),
    ("one_voice", _one_voice),
    ("only_hedged", _only_hedged),
    ("only_reported", _only_reported),
    ("only_machine", _only_machine),
    ("interested_source", _interested_source),
    ("contested", _contested),
    ("unresolved_conflict", _unresolved_conflict),
    ("wording_above_evidence", _wording_above_evidence),
)
