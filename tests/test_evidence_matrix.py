"""Rows, independent sources and distinct totals; sources that state the finding themselves."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.evidence.matrix import build_matrix, independence_groups, totals
from pipeline.model.finding import BEARINGS, Conflict, Evidence, Finding
from pipeline.model.study import Case, SourceEntry, SourceType, Study

CASES = (
    Case("north", members=("north.bay",)),
    Case("south", code_id="case.south"),
    Case("cross", is_default=True),
)
TYPES = (SourceType("speech"), SourceType("interview"))
FINDINGS = (Finding("F2", "two"), Finding("F1a", "one", parent_id="F1"))


def study(*entries: SourceEntry) -> Study:
    return Study(cases=CASES, source_types=TYPES, sources=entries)


def entry(source_id: str, *cites: str, **more) -> SourceEntry:
    return SourceEntry(source_id, "", **({"type_id": "speech", "cites": cites} | more))


def evidence(source_id: str, start: int = 0, **more) -> Evidence:
    given = {"case_id": "north", "finding_id": "F1a", "bearing": "supports", "layer": "confirmed"}
    given |= more
    return Evidence(
        source_id=source_id,
        start=start,
        end=start + 5,
        source_type="speech",
        coding_ids=(f"{source_id}-{start}",),
        **given,
    )


@pytest.mark.parametrize(
    ("cites", "voice"),
    [
        ({"A": (), "B": ()}, {"A": "A", "B": "B"}),
        ({"A": ("B",), "B": ()}, {"A": "B", "B": "B"}),
        ({"A": ("B",), "B": ("C",), "C": ()}, {"A": "C", "B": "C", "C": "C"}),
        ({"A": ("B", "C"), "B": (), "C": ()}, {"A": "B", "B": "B", "C": "B"}),
        ({"A": ("B",), "B": ("A",)}, {"A": "A", "B": "A"}),
        ({"A": ("elsewhere",), "B": ("elsewhere",)}, {"A": "A", "B": "A"}),
    ],
    ids=["nobody cites", "one cites", "a chain", "two are cited", "each other", "a third unknown"],
)
def test_sources_joined_by_citation_speak_with_the_voice_of_the_cited(cites, voice):
    assert independence_groups(study(*(entry(i, *c) for i, c in cites.items()))) == voice


def test_an_echo_has_a_row_and_counts_nothing_where_its_voice_is_heard():
    found = (evidence("memo"), evidence("talk"), evidence("talk", 10))
    matrix = build_matrix(FINDINGS, found, (), study(entry("memo", "talk"), entry("talk")))
    counts = {row.source_id: (row.source_count, row.excerpt_count) for row in matrix.rows}
    assert counts == {"memo": (0, 1), "talk": (1, 2)}


def test_an_echo_speaks_where_its_voice_has_nothing():
    found = (evidence("memo", case_id="south"), evidence("note", case_id="south"), evidence("talk"))
    own = study(entry("memo", "talk"), entry("talk"), entry("note", "talk"))
    rows = build_matrix(FINDINGS, found, (), own).rows
    assert [(row.case_id, row.source_id, row.source_count) for row in rows] == [
        ("north", "talk", 1),
        ("south", "memo", 1),
        ("south", "note", 0),
    ]


def test_cases_roll_up_and_rows_follow_the_study_s_order():
    found = (
        evidence("B", 20, case_id="case.south"),
        evidence("A", case_id="elsewhere"),
        evidence("B", case_id="north.bay", finding_id="F2"),
        evidence("B", layer="proposed"),
        evidence("B", 10, case_id="north.bay"),
        evidence("A", bearing="contradicts"),
        evidence("A"),
    )
    rows = build_matrix(FINDINGS, found, (), study(entry("B"), entry("A"))).rows
    assert [
        (row.finding_id, row.case_id, row.source_id, row.bearing, row.review_state) for row in rows
    ] == [
        ("F2", "north", "B", "supports", "confirmed"),
        ("F1a", "north", "B", "supports", "confirmed"),
        ("F1a", "north", "B", "supports", "proposed"),
        ("F1a", "north", "A", "supports", "confirmed"),
        ("F1a", "north", "A", "contradicts", "confirmed"),
        ("F1a", "south", "B", "supports", "confirmed"),
        ("F1a", "elsewhere", "A", "supports", "confirmed"),
    ]


@pytest.mark.parametrize("restates", ["F1a", "F1"])
def test_a_source_that_states_the_finding_is_kept_out_of_its_counts(restates: str):
    own = study(entry("report", restates=(restates,)), entry("talk"))
    found = (evidence("report"), evidence("talk"), evidence("report", finding_id="F2"))
    conflict = Conflict("F1a", "report", 20, 25, ("supports", "qualifies"), ("x",))
    matrix = build_matrix(FINDINGS, found, (conflict,), own)
    assert matrix.restated == found[:1]
    assert matrix.evidence == found[1:]
    assert {(row.finding_id, row.source_id) for row in matrix.rows} == {
        ("F1a", "talk"),
        ("F2", "report"),
    }
    assert not matrix.conflicts


def test_a_source_in_two_cases_and_layers_counts_once_in_the_totals():
    found = (
        evidence("talk"),
        evidence("talk", 10, case_id="south"),
        evidence("talk", 20, layer="proposed"),
        evidence("memo", case_id="south", layer="proposed"),
    )
    own = study(entry("talk"), entry("memo", "talk"))
    given_totals = totals(build_matrix(FINDINGS, found, (), own), own)
    by_place = {
        (t.case_id, t.review_state): (t.source_count, t.raw_source_count, t.excerpt_count)
        for t in given_totals
    }
    assert by_place == {
        ("", "confirmed"): (1, 1, 2),
        ("", "proposed"): (1, 2, 2),
        ("", "either"): (1, 2, 4),
        ("north", "confirmed"): (1, 1, 1),
        ("north", "proposed"): (1, 1, 1),
        ("north", "either"): (1, 1, 2),
        ("south", "confirmed"): (1, 1, 1),
        ("south", "proposed"): (1, 1, 1),
        ("south", "either"): (1, 2, 2),
    }


IDS = ("A", "B", "C", "D", "E")
STUDIES = st.permutations(IDS).flatmap(
    lambda ids: st.tuples(*(st.sets(st.sampled_from(IDS), max_size=2) for _ in ids)).map(
        lambda cited: study(*(entry(i, *sorted(c - {i})) for i, c in zip(ids, cited, strict=True)))
    )
)
EVIDENCE = st.lists(
    st.builds(
        evidence,
        st.sampled_from(IDS),
        st.integers(0, 40).map(lambda n: n * 10),
        finding_id=st.sampled_from(("F1a", "F2")),
        case_id=st.sampled_from(("north", "north.bay", "south", "cross")),
        bearing=st.sampled_from(BEARINGS),
        layer=st.sampled_from(("confirmed", "proposed")),
    ),
    max_size=30,
    unique_by=lambda e: (e.finding_id, e.source_id, e.start, e.bearing),
)


@settings(max_examples=300, deadline=None)
@given(STUDIES, EVIDENCE)
def test_within_a_cell_sums_of_rows_are_distinct_counts(own: Study, found: list[Evidence]):
    matrix = build_matrix(FINDINGS, found, (), own)
    voices = independence_groups(own)
    cells = {(r.finding_id, r.case_id, r.bearing, r.review_state) for r in matrix.rows}
    for cell in cells:
        rows = [
            r for r in matrix.rows if (r.finding_id, r.case_id, r.bearing, r.review_state) == cell
        ]
        behind = [
            e for e in found if (e.finding_id, own.roll_up(e.case_id), e.bearing, e.layer) == cell
        ]
        assert sum(r.source_count for r in rows) == len({voices[e.source_id] for e in behind})
        assert len(rows) == len({e.source_id for e in behind})
        assert sum(r.excerpt_count for r in rows) == len(behind)
        assert Counter(i for r in rows for i in r.coding_ids) == Counter(
            i for e in behind for i in e.coding_ids
        )
    assert sum(r.excerpt_count for r in matrix.rows) == len(found)


@settings(max_examples=300, deadline=None)
@given(STUDIES, EVIDENCE)
def test_totals_are_distinct_counts(own: Study, found: list[Evidence]):
    voices = independence_groups(own)
    for total in totals(build_matrix(FINDINGS, found, (), own), own):
        behind = [
            e
            for e in found
            if (e.finding_id, e.bearing) == (total.finding_id, total.bearing)
            and total.case_id in ("", own.roll_up(e.case_id))
            and total.review_state in ("either", e.layer)
        ]
        assert total.source_count == len({voices[e.source_id] for e in behind})
        assert total.raw_source_count == len({e.source_id for e in behind})
        assert total.excerpt_count == len(behind) > 0


@settings(max_examples=300, deadline=None)
@given(STUDIES)
def test_a_group_s_voice_is_one_of_its_members(own: Study):
    voices = independence_groups(own)
    assert set(voices) == set(IDS)
    for source_id, voice in voices.items():
        assert voices[voice] == voice
        for cited in own.by_id[source_id].cites:
            assert voices[cited] == voice
