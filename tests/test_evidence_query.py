"""Queries against their definition, at every scope; what counts once; what is a conflict."""

from dataclasses import replace
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
CODES = ("act.drill", "act.visit", "eff.none", "bar.time")
SIDES = ("supports", "contradicts")
SCOPES = ("excerpt", "sentence", "paragraph", "turn", 0, 1, 2)


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


@st.composite
def layouts(draw: st.DrawFn) -> tuple[Segment, ...]:
    """Two sources of sentences, with paragraphs, turns and zones."""
    segments = []
    for source_id in ("S1", "S2"):
        start = block = 0
        turn = last_turn = -1
        zone = "body"
        for _ in range(draw(st.integers(1, 8))):
            if draw(st.booleans()):
                block += 1
                speaks = draw(st.booleans())
                last_turn += speaks
                turn = last_turn if speaks else -1
                zone = draw(st.sampled_from(("body", "list-item")))
            end = start + draw(st.integers(1, 6))
            segments.append(Segment(source_id, start, end, "sentence", block, turn, zone))
            start = end + draw(st.integers(0, 1))
    return tuple(segments)


@st.composite
def coded(draw: st.DrawFn) -> tuple[tuple[Segment, ...], tuple[Coding, ...]]:
    segments = draw(layouts())
    codings = []
    for number in range(draw(st.integers(0, 14))):
        start = draw(st.integers(0, 30))
        codings.append(
            coding(
                draw(st.sampled_from(("S1", "S2"))),
                start,
                start + draw(st.integers(1, 12)),
                draw(st.sampled_from(CODES)),
                coder=f"coder-{number}",
                state=draw(st.sampled_from(("accepted", "settled", "proposed", "rejected"))),
                assertion=Assertion(polarity=draw(st.sampled_from(("affirmed", "negated")))),
            )
        )
    return segments, tuple(codings)


def meet(a: Coding, b: Coding, within: str | int, segments: tuple[Segment, ...]) -> bool:
    """The definition of scopes, word for word and without any haste."""
    if a.source_id != b.source_id:
        return False
    if within == "excerpt":
        return a.start < b.end and b.start < a.end
    own = [s for s in segments if s.source_id == a.source_id]
    of_a, of_b = ([s for s in own if s.start < c.end and c.start < s.end] for c in (a, b))
    if within == "sentence":
        return any(s in of_b for s in of_a)
    if within == "paragraph":
        return any(s.block == t.block for s in of_a for t in of_b)
    if within == "turn":
        return any(s.turn == t.turn >= 0 for s in of_a for t in of_b)
    runs = [0]
    for before, after in pairwise(own):
        same = before.turn == after.turn and (after.turn >= 0 or before.zone == after.zone)
        runs.append(runs[-1] + (not same))
    return any(
        abs(own.index(s) - own.index(t)) <= within and runs[own.index(s)] == runs[own.index(t)]
        for s in of_a
        for t in of_b
    )


def by_definition(query: Query, codings, segments) -> dict[str, tuple[bool, tuple[str, ...]]]:
    """For each anchor that holds: whether it is confirmed, and what it would fall with."""
    standing = [c for c in codings if c.state != "rejected"]
    affirmed = [c for c in standing if c.assertion.polarity == "affirmed"]
    (anchor_term,), all_terms, none_terms = query.any, query.all, query.none
    held = {}
    for anchor in affirmed:
        if anchor.code_id not in anchor_term.code_ids:
            continue
        near = [c for c in standing if meet(anchor, c, query.within, segments)]
        companions = [
            [c for c in near if c.code_id in t.code_ids and c in affirmed] for t in all_terms
        ]
        against = [c for c in near for t in none_terms if c.code_id in t.code_ids]
        if not all(companions) or any(c.is_confirmed for c in against):
            continue
        sure = anchor.is_confirmed and all(any(c.is_confirmed for c in cs) for cs in companions)
        held[anchor.coding_id] = (sure, tuple(sorted({c.code_id for c in against})))
    return held


QUERIES = st.builds(
    Query,
    any=st.tuples(st.sets(st.sampled_from(CODES), min_size=1).map(lambda ids: term(*sorted(ids)))),
    all=st.lists(st.sampled_from(CODES).map(term), max_size=2).map(tuple),
    none=st.lists(
        st.sets(st.sampled_from(CODES), min_size=1).map(lambda ids: term(*sorted(ids))), max_size=1
    ).map(tuple),
    within=st.sampled_from(SCOPES),
)


@settings(max_examples=600, deadline=None)
@given(coded(), QUERIES)
def test_a_query_holds_exactly_where_its_definition_says(content, query: Query):
    segments, codings = content
    expected = by_definition(query, codings, segments)
    evidence = supported(query, *codings, segments=segments)
    assert sorted(i for one in evidence for i in one.coding_ids) == sorted(expected)
    by_id = {c.coding_id: c for c in codings}
    for one in evidence:
        sure = [expected[i][0] for i in one.coding_ids]
        assert (one.layer == "confirmed") == any(sure)
        falling = [set(expected[i][1]) for i in one.coding_ids if expected[i][0] == any(sure)]
        assert set(one.falls_with) == set.intersection(*falling)
        words = by_id[one.coding_ids[0]]
        assert (one.start, one.end) == (words.start, words.end)
        anchors = [by_id[i] for i in one.coding_ids]
        for companion in (by_id[i] for i in one.companion_ids):
            assert any(meet(anchor, companion, query.within, segments) for anchor in anchors)


@settings(max_examples=300, deadline=None)
@given(coded(), QUERIES, QUERIES, st.randoms())
def test_the_order_of_codings_and_segments_changes_nothing(content, for_it, against, random):
    segments, codings = content
    finding = Finding("F", "a statement", supports=(for_it,), contradicts=(against,))
    before = evaluate((finding,), codings, segments, STUDY)
    shuffled, moved = list(codings), list(segments)
    random.shuffle(shuffled)
    random.shuffle(moved)
    assert evaluate((finding,), shuffled, moved, STUDY) == before


@settings(max_examples=300, deadline=None)
@given(coded(), QUERIES, QUERIES)
def test_an_excerpt_counts_once_for_a_bearing_and_never_for_two(content, for_it, against):
    segments, codings = content
    finding = Finding("F", "a statement", supports=(for_it,), contradicts=(against,))
    evidence, conflicts = evaluate((finding,), codings, segments, STUDY)
    for bearing in SIDES:
        own = [one for one in evidence if one.bearing == bearing]
        assert own == sorted(own, key=lambda e: (e.source_id != "S2", e.start))
        for before, after in pairwise(own):
            assert before.source_id != after.source_id or before.end <= after.start
    sides = [{i for e in evidence if e.bearing == b for i in e.coding_ids} for b in SIDES]
    held_back = {i for conflict in conflicts for i in conflict.coding_ids}
    places = [{(c.source_id, c.start, c.end) for c in codings if c.coding_id in s} for s in sides]
    assert not places[0] & places[1]
    assert not held_back & (sides[0] | sides[1])


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
