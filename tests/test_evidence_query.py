"""Queries: what is an anchor and a companion, what counts once, what is a conflict."""

from dataclasses import replace
from time import process_time

import pytest

from pipeline.evidence.query import evaluate
from pipeline.model.coding import Assertion, Coding
from pipeline.model.finding import CodeTerm, Evidence, Finding, Query
from pipeline.model.segment import Segment
from pipeline.model.study import Case, SourceEntry, Study

STUDY = Study(
    cases=(
        Case("north", code_id="case.north", members=("case.north.bay",)),
        Case("cross", is_default=True),
    ),
    sources=(
        SourceEntry("S2", "", type_id="interview", case_id="north"),
        SourceEntry("S1", "", type_id="speech"),
    ),
)


def term(*code_ids: str, **asserted: tuple[str, ...]) -> CodeTerm:
    return CodeTerm(code_ids[0], frozenset(code_ids), tuple(asserted.items()))


def coding(source_id: str, start: int, end: int, code_id: str = "act.drill", **more) -> Coding:
    segment_id = f"{source_id}@{start}-{end}"
    given = {"coder": "ana", "coder_kind": "person", "state": "accepted"} | more
    return Coding(source_id, segment_id, start, end, code_id, **given)


def supported(query: Query, *codings: Coding, segments=(), study=STUDY) -> tuple[Evidence, ...]:
    finding = Finding("F", "a statement", supports=(query,))
    return evaluate((finding,), codings, segments, study)[0]


def spans(evidence: tuple[Evidence, ...]) -> list[tuple[str, int, int]]:
    return [(one.source_id, one.start, one.end) for one in evidence]


DRILLS = Query(any=(term("act.drill"),))


@pytest.mark.parametrize("state", ["rejected", "stale"])
def test_a_rejected_or_stale_coding_is_neither_anchor_nor_companion_nor_excluder(state: str):
    assert not supported(DRILLS, coding("S1", 0, 5, state=state))
    both = Query(any=(term("act.drill"),), all=(term("eff.none"),))
    out = coding("S1", 0, 5, "eff.none", state=state)
    assert not supported(both, coding("S1", 0, 5), out)
    without = Query(any=(term("act.drill"),), none=(term("eff.none"),))
    assert supported(without, coding("S1", 0, 5), out)


@pytest.mark.parametrize("state", ["proposed", "waiting", "disputed"])
def test_what_is_inherited_counts_nowhere_until_a_person_accepts_it(state: str):
    offered = {"state": state, "is_inherited": True}
    assert not supported(DRILLS, coding("S1", 0, 5, **offered))
    both = Query(any=(term("act.drill"),), all=(term("eff.none"),))
    assert not supported(both, coding("S1", 0, 5), coding("S1", 0, 5, "eff.none", **offered))
    without = Query(any=(term("act.drill"),), none=(term("eff.none"),))
    [found] = supported(without, coding("S1", 0, 5), coding("S1", 0, 5, "eff.none", **offered))
    assert found.falls_with == ()
    assert supported(DRILLS, coding("S1", 0, 5, is_inherited=True))


@pytest.mark.parametrize(
    ("state", "layer"),
    [
        ("accepted", "confirmed"),
        ("settled", "confirmed"),
        ("proposed", "proposed"),
        ("waiting", "proposed"),
        ("disputed", "proposed"),
    ],
)
def test_only_what_persons_stand_behind_is_confirmed(state: str, layer: str):
    (found,) = supported(DRILLS, coding("S1", 0, 5, state=state))
    assert found.layer == layer


def test_nothing_in_a_heading_or_a_question_is_an_anchor_even_if_a_person_coded_it():
    heading = Segment("S1", 0, 9, "sentence", standing="excluded", zone="heading")
    assert not supported(DRILLS, coding("S1", 0, 9), segments=(heading,))
    assert not supported(DRILLS, coding("S1", 0, 9, is_context=True))


def test_a_word_of_the_query_lifts_what_silence_would_ask():
    reported = coding("S1", 0, 5, assertion=Assertion(voice="reported"), speaker_role="adversary")
    assert not supported(DRILLS, reported)
    for asserted in (
        (("voice", ("own", "reported")),),
        (("voice", ("reported",)),),
        (("speaker_role", ("adversary",)),),
        (("speaker_role", ()), ("voice", ())),
    ):
        assert supported(replace(DRILLS, asserted=asserted), reported)
    negated = coding("S1", 0, 5, assertion=Assertion(polarity="negated"))
    assert not supported(DRILLS, negated)
    assert supported(replace(DRILLS, asserted=(("polarity", ("affirmed", "negated")),)), negated)


def test_a_term_may_ask_more_of_its_companion_than_to_be_affirmed():
    hedged = coding("S1", 0, 5, "eff.none", assertion=Assertion(certainty="conditional"))
    anchor = coding("S1", 0, 5)
    plain = Query(any=(term("act.drill"),), all=(term("eff.none"),))
    assert supported(plain, anchor, hedged)
    asking = Query(any=(term("act.drill"),), all=(term("eff.none", certainty=("asserted",)),))
    assert not supported(asking, anchor, hedged)


def test_without_any_the_first_of_all_is_the_anchor():
    query = Query(all=(term("eff.none"), term("act.drill")))
    (found,) = supported(query, coding("S1", 0, 5, "eff.none"), coding("S1", 3, 9))
    assert spans((found,)) == [("S1", 0, 5)]
    assert found.companion_ids == (coding("S1", 3, 9).coding_id,)


def test_a_person_s_companion_is_shown_before_a_nearer_proposal():
    sure = coding("S1", 30, 35, "eff.none")
    near = coding("S1", 10, 15, "eff.none", state="proposed")
    paragraph = Segment("S1", 0, 40, "sentence")
    query = Query(any=(term("act.drill"),), all=(term("eff.none"),), within="paragraph")
    (found,) = supported(query, coding("S1", 0, 5), sure, near, segments=(paragraph,))
    assert (found.layer, found.companion_ids) == ("confirmed", (sure.coding_id,))


def test_a_member_asks_for_itself_and_a_case_for_all_its_members():
    bay = coding("S1", 0, 5, case_id="case.north.bay")
    north = coding("S2", 0, 5)
    for asked, expected in (
        ("north", [("S2", 0, 5), ("S1", 0, 5)]),
        ("case.north", [("S2", 0, 5), ("S1", 0, 5)]),
        ("case.north.bay", [("S1", 0, 5)]),
        ("cross", []),
    ):
        assert spans(supported(replace(DRILLS, cases=(asked,)), bay, north)) == expected


def test_a_source_the_study_does_not_list_comes_last_and_is_of_unknown_type():
    found = supported(DRILLS, coding("A9", 0, 5), coding("S1", 0, 5))
    assert spans(found) == [("S1", 0, 5), ("A9", 0, 5)]
    assert found[1].source_type == "unknown"


def test_a_distance_of_any_size_stays_within_its_source():
    ends = (Segment("S2", 0, 5, "sentence"), Segment("S1", 0, 5, "sentence"))
    query = Query(any=(term("act.drill"),), all=(term("eff.none"),), within=10**9)
    anchor, far = coding("S2", 0, 5), coding("S1", 0, 5, "eff.none")
    assert not supported(query, anchor, far, segments=ends)


def test_a_source_without_a_case_speaks_of_the_default_one():
    (found,) = supported(replace(DRILLS, cases=("cross",)), coding("S1", 0, 5))
    assert (found.case_id, found.source_type) == ("cross", "speech")


def test_overlapping_excerpts_count_once_in_the_widest_words_and_keep_all_ids():
    wide, narrow, apart = coding("S1", 0, 20), coding("S1", 5, 30), coding("S1", 30, 35)
    found = supported(DRILLS, narrow, apart, wide)
    assert spans(found) == [("S1", 5, 30), ("S1", 30, 35)]
    assert found[0].coding_ids == (narrow.coding_id, wide.coding_id)


def test_a_wide_proposal_never_gives_the_words_of_confirmed_evidence():
    confirmed = coding("S1", 5, 9)
    proposal = coding("S1", 0, 50, coder="rules", coder_kind="rule", state="proposed")
    (found,) = supported(DRILLS, proposal, confirmed)
    assert (spans((found,)), found.layer) == ([("S1", 5, 9)], "confirmed")
    assert found.coding_ids == (confirmed.coding_id, proposal.coding_id)


TWO_SIDED = Finding(
    "F", "a statement", supports=(DRILLS,), contradicts=(Query(any=(term("eff.none"),)),)
)


def test_two_confirmed_bearings_are_a_conflict_and_no_evidence():
    evidence, (conflict,) = evaluate(
        (TWO_SIDED,), (coding("S1", 0, 5), coding("S1", 0, 5, "eff.none")), (), STUDY
    )
    assert not evidence
    assert conflict.bearings == ("supports", "contradicts")


def test_a_proposal_does_not_hold_back_confirmed_evidence_but_is_told():
    rival = coding("S1", 0, 5, "eff.none", state="proposed")
    (found,), conflicts = evaluate((TWO_SIDED,), (coding("S1", 0, 5), rival), (), STUDY)
    assert not conflicts
    assert (found.bearing, found.layer) == ("supports", "confirmed")
    assert found.falls_with == ("eff.none",)


def test_two_proposed_bearings_are_a_conflict():
    codings = (
        coding("S1", 0, 5, state="proposed"),
        coding("S1", 0, 5, "eff.none", state="proposed"),
    )
    evidence, conflicts = evaluate((TWO_SIDED,), codings, (), STUDY)
    assert (len(evidence), len(conflicts)) == (0, 1)


def test_what_one_query_would_lose_another_may_still_hold():
    fragile = Query(any=(term("act.drill"),), none=(term("bar.time"),), note="alone")
    codings = (coding("S1", 0, 5), coding("S1", 0, 5, "bar.time", state="proposed"))
    (alone,) = supported(fragile, *codings)
    assert alone.falls_with == ("bar.time",)
    finding = Finding("F", "a statement", supports=(fragile, replace(DRILLS, note="anyway")))
    (both,), _ = evaluate((finding,), codings, (), STUDY)
    assert (both.falls_with, both.note) == ((), "alone; anyway")


def many_codings(count: int, code_count: int) -> tuple[tuple[Segment, ...], tuple[Coding, ...]]:
    """Codings in one source and one turn, two to a sentence: the worst place for a scope."""
    segments = tuple(
        Segment("S1", n * 50, n * 50 + 48, "sentence", block=n // 4, turn=0)
        for n in range(count // 2)
    )
    codings = tuple(
        coding(
            "S1",
            n // 2 * 50,
            n // 2 * 50 + 48,
            f"code.{n * 7919 % code_count}",
            state="accepted" if n % 3 else "proposed",
        )
        for n in range(count)
    )
    return segments, codings


@pytest.mark.parametrize("within", ["turn", 2])
def test_fifty_thousand_codings_and_forty_queries_take_seconds(within: str | int):
    segments, codings = many_codings(50_000, 77)
    findings = tuple(
        Finding(
            f"F{n}",
            "a statement",
            supports=(
                Query(
                    any=(term(*(f"code.{n * 3 % 77 + k}" for k in range(5))),),
                    all=(term(*(f"code.{n % 77 + k}" for k in range(10))),),
                    none=(term(f"code.{n + 20}"),),
                    within=within,
                ),
            ),
        )
        for n in range(40)
    )
    began = process_time()
    evaluate(findings, codings, segments, STUDY)
    assert process_time() - began < 15
