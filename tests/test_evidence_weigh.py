"""Balance and flags; the worked toy of the design, number for number."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evidence.matrix import build_matrix
from pipeline.evidence.query import evaluate
from pipeline.evidence.weigh import Weighing, balance_of, effective_number, weigh
from pipeline.model.coding import Assertion, Coding
from pipeline.model.finding import CodeTerm, Finding, Needs, Query
from pipeline.model.study import Case, SourceEntry, SourceType, Study


def asks(code_id: str) -> tuple[Query, ...]:
    return (Query(any=(CodeTerm(code_id, frozenset({code_id})),)),)


def entry(source_id: str, type_id: str = "interview", case_id: str = "baltics", **more):
    return SourceEntry(source_id, "", f"Source {source_id}", type_id, case_id=case_id, **more)


STUDY = Study(
    cases=(
        Case("baltics", "Baltic states"),
        Case("romania", "Romania"),
        Case("cross", "Cross-case", is_default=True),
    ),
    source_types=(SourceType("interview", "Interview by the team"), SourceType("speech")),
    sources=(
        entry("S1"),
        entry("S2"),
        entry("S3", "field-note", "romania", cites=("S1",)),
        entry("S4", "speech"),
        entry("S5", "literature", "romania", interest="sells the drills"),
        entry("S6", case_id="romania"),
        entry("S7", case_id=""),
    ),
)
FINDING = Finding("F", "a statement", supports=asks("for"), contradicts=asks("against"))


def codings(
    source_id: str, count: int = 1, code_id: str = "for", coder: str = "c1", **more
) -> tuple[Coding, ...]:
    case_id = STUDY.entry(source_id).case_id
    offset = 1000 if code_id == "against" else 0
    state = more.pop("state", "accepted")
    return tuple(
        Coding(
            source_id,
            f"{source_id}@{start}-{start + 5}",
            start,
            start + 5,
            code_id,
            coder,
            "person",
            assertion=Assertion(**more),
            case_id=case_id,
            state=state,
        )
        for start in range(offset, offset + count * 10, 10)
    )


def weighed(*made: tuple[Coding, ...], findings=(FINDING,), study=STUDY) -> Weighing:
    """The last finding, weighed."""
    flat = tuple(coding for one in made for coding in one)
    evidence, conflicts = evaluate(findings, flat, (), study)
    return weigh(build_matrix(findings, evidence, conflicts, study), flat, study)[-1]


def flags(weighing: Weighing) -> dict[str, str]:
    return {flag.name: flag.explanation for flag in weighing.flags}


TOY = replace(FINDING, needs=Needs(4, 2, ("baltics", "romania")))
TOY_CODINGS = (
    codings("S1", 9),
    codings("S2", certainty="hedged"),
    codings("S3", 2, coder="c2", voice="reported"),
    codings("S4", coder="c2"),
    codings("S5", certainty="hedged"),
    codings("S6", 1, "against", coder="c2"),
)


def test_the_toy_stands_as_the_design_works_it_out():
    toy = weighed(*TOY_CODINGS, findings=(TOY,))
    assert (toy.supporting_count, toy.contradicting_count) == (4, 1)
    assert toy.contradicting_share == pytest.approx(0.2)
    assert toy.balance == toy.balance_with_proposals == "supported"
    assert toy.effective_count == pytest.approx(196 / 124)
    assert set(flags(toy)) == {"one_voice"}
    assert "11 of 14 excerpts" in flags(toy)["one_voice"]


@pytest.mark.parametrize(
    ("left_out", "expected"),
    [
        ({"S1", "S3"}, (3, 1, "supported")),
        ({"S1", "S2", "S3", "S6"}, (2, 0, "supported")),
        ({"S1", "S2", "S5"}, (2, 1, "contested")),
        ({"S3", "S4", "S6"}, (3, 0, "supported")),
    ],
    ids=["a group", "the interviews and their echo", "coder c1", "coder c2"],
)
def test_the_toy_without_some_of_its_codings(left_out: set[str], expected):
    kept = [one for one in TOY_CODINGS if one[0].source_id not in left_out]
    toy = weighed(*kept, findings=(TOY,))
    assert (toy.supporting_count, toy.contradicting_count, toy.balance) == expected
    assert "below_needs" in flags(toy)


@pytest.mark.parametrize(
    ("for_it", "against_it", "balance"),
    [
        (0, 0, "nothing"),
        (1, 0, "supported"),
        (0, 1, "contradicted"),
        (2, 1, "contested"),
        (1, 2, "contested"),
        (5, 2, "supported"),
        (2, 5, "contradicted"),
    ],
)
def test_a_third_is_contested_and_less_is_not(for_it: int, against_it: int, balance: str):
    assert balance_of(for_it, against_it) == balance


@given(st.lists(st.integers(1, 50), min_size=1, max_size=20))
def test_the_effective_number_lies_between_one_and_the_number_of_sources(counts: list[int]):
    assert 1 <= effective_number(counts) <= len(counts) * (1 + 1e-12)
    assert effective_number([7] * len(counts)) == pytest.approx(len(counts))


def test_nothing_at_all_is_named_and_so_is_each_unmet_need():
    empty = weighed(findings=(TOY,))
    assert (empty.balance, empty.contradicting_share, empty.effective_count) == ("nothing", None, 0)
    said = flags(empty)
    assert {"no_support", "below_needs", "empty_cell", "wording_above_evidence"} <= set(said)
    assert said["below_needs"] == (
        "needs 4 independent sources, has 0; needs 2 source types among independent sources, "
        "has 0; needs support for Baltic states, has none; needs support for Romania, has none"
    )


def test_an_echo_brings_no_second_source_type():
    said = flags(
        weighed(codings("S1"), codings("S3"), findings=(replace(FINDING, needs=Needs(0, 2)),))
    )
    assert "has 1" in said["below_needs"]
    assert said["single_source"] == "one independent source supports it: Source S1"


def test_an_empty_cell_says_which_kind_of_empty_it_is():
    away = Study(cases=STUDY.cases, sources=(entry("S1"), entry("S2")))
    cells = {
        "only proposals": (STUDY, (codings("S1"), codings("S6", state="proposed"))),
        "a source, nothing found": (STUDY, (codings("S1"),)),
        "no source": (away, (codings("S1"),)),
    }
    said = {
        kind: flags(weighed(*made, study=study))["empty_cell"].partition(": ")[2]
        for kind, (study, made) in cells.items()
    }
    assert said == {
        "only proposals": "what would is only proposed",
        "a source, nothing found": "not found, or not yet read",
        "no source": "no source of the study is about it",
    }
    assert "empty_cell" not in flags(weighed(codings("S1"), codings("S6")))


def test_the_default_case_is_no_cell_to_fill_but_counts_as_the_one_case():
    said = flags(weighed(codings("S7")))
    assert "Cross-case" not in said["empty_cell"]
    assert said["single_case"] == "all support is about one case: Cross-case"


def test_one_type_of_several_sources_is_told_by_its_label():
    said = flags(weighed(codings("S1"), codings("S6")))
    assert said["single_type"] == "all 2 sources are of one type: Interview by the team"
    assert "single_type" not in flags(weighed(codings("S1"), codings("S4")))
    assert "single_type" not in flags(weighed(codings("S1")))


@pytest.mark.parametrize(
    ("assertion", "name"),
    [
        ({"certainty": "hedged"}, "only_hedged"),
        ({"voice": "reported"}, "only_reported"),
    ],
)
def test_support_that_is_all_of_a_weak_kind_is_told(assertion: dict, name: str):
    assert name in flags(weighed(codings("S1", 2, **assertion)))
    assert name not in flags(weighed(codings("S1", 2, **assertion), codings("S2")))
    assert name not in flags(weighed())


def test_support_that_is_only_proposed_is_told():
    said = flags(weighed(codings("S1", 2, state="proposed"), codings("S3", state="waiting")))
    assert {"no_support", "only_machine"} <= set(said)
    assert said["only_machine"] == "nobody has confirmed any of it: 1 source only by proposals"
    assert "only_machine" not in flags(weighed(codings("S1"), codings("S2", state="proposed")))


def test_the_balance_with_proposals_stands_beside_the_confirmed_one():
    both = weighed(codings("S1"), codings("S6", 1, "against", state="proposed"))
    assert (both.balance, both.balance_with_proposals) == ("supported", "contested")


def test_interested_sources_are_told_from_half_of_the_support_on():
    half = flags(weighed(codings("S1"), codings("S5")))
    assert "Source S5" in half["interested_source"]
    assert "interested_source" not in flags(weighed(codings("S1"), codings("S2"), codings("S5")))


def test_a_contested_finding_and_a_conflict_are_told():
    said = flags(weighed(codings("S1"), codings("S6", 1, "against")))
    assert said["contested"] == "1 independent source for it, 1 against it"
    clash = replace(FINDING, qualifies=asks("for"))
    said = flags(weighed(codings("S1"), findings=(clash,)))
    assert said["unresolved_conflict"].startswith("1 excerpt with several bearings")
    assert "no_support" in said


def test_a_hedged_wording_is_never_above_its_evidence():
    assert "wording_above_evidence" in flags(weighed(codings("S1")))
    assert "wording_above_evidence" not in flags(
        weighed(codings("S1"), findings=(replace(FINDING, wording="hedged"),))
    )
    assert "wording_above_evidence" not in flags(weighed(codings("S1"), codings("S2")))


NORMATIVE = Finding(
    "N", "do it", kind="normative", rests_on=("F",), supports=asks("for"), contradicts=asks("x")
)
OVER = replace(NORMATIVE, finding_id="O", rests_on=("N",))


@pytest.mark.parametrize(
    ("ground", "made", "is_weak"),
    [
        (FINDING, (codings("S1"),), False),
        (replace(FINDING, supports=asks("other")), (codings("S1"),), True),
        (replace(FINDING, needs=Needs(2)), (codings("S1"),), True),
        (FINDING, (codings("S1"), codings("S6", 1, "against")), True),
        (FINDING, (codings("S1"), *(codings(i, 1, "against") for i in ("S2", "S4", "S6"))), True),
        (replace(FINDING, finding_id="Fa", parent_id="F", needs=Needs(2)), (codings("S1"),), True),
    ],
    ids=["firm", "no support", "below needs", "contested", "contradicted", "a part of a parent"],
)
def test_a_recommendation_is_as_weak_as_what_it_rests_on(ground: Finding, made, is_weak: bool):
    for top in (NORMATIVE, OVER):
        said = flags(weighed(*made, findings=(ground, NORMATIVE, top)))
        assert ("normative_weak_ground" in said) == is_weak


def test_recommendations_that_rest_on_one_another_are_not_followed_for_ever():
    circle = replace(NORMATIVE, rests_on=("O",))
    assert "normative_weak_ground" not in flags(
        weighed(codings("S1"), findings=(FINDING, circle, OVER))
    )
    assert "normative_weak_ground" in flags(weighed(findings=(FINDING, circle, OVER)))


def test_a_finding_nothing_could_contradict_is_told():
    alone = replace(FINDING, contradicts=())
    assert "no_contradiction_asked" in flags(weighed(codings("S1"), findings=(alone,)))
    assert "no_contradiction_asked" not in flags(weighed(codings("S1")))
