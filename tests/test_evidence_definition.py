"""Queries against their definition, written word for word and without any haste."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from test_evidence_query import STUDY, coding, supported, term

from pipeline.evidence.query import evaluate
from pipeline.model.coding import Assertion, Coding
from pipeline.model.finding import Finding, Query
from pipeline.model.segment import Segment

CODES = ("act.drill", "act.visit", "eff.none", "bar.time")
SIDES = ("supports", "contradicts")
SCOPES = ("excerpt", "sentence", "paragraph", "turn", 0, 1, 2)


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
