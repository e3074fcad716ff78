"""The eighteen worked examples of finding queries, each as the file says."""

import pytest
from evidence_examples import Example, examples

from pipeline.evidence.matrix import build_matrix, independence_groups, totals
from pipeline.evidence.query import evaluate
from pipeline.evidence.weigh import weigh
from pipeline.model.finding import BEARINGS, Evidence, EvidenceMatrix

EXAMPLES = examples()
NEAR_COPIES = pytest.mark.xfail(
    strict=True, reason="E12's memo repeats wording and cites nothing: needs near-duplicates"
)


def having(part: str, late: tuple[str, ...] = ()) -> list:
    return [
        pytest.param(
            example, id=example.example_id, marks=NEAR_COPIES if example.example_id in late else ()
        )
        for example in EXAMPLES
        if part in example.wanted
    ]


def matrix_of(example: Example) -> EvidenceMatrix:
    evidence, conflicts = evaluate(
        example.findings, example.codings, example.segments, example.study
    )
    return build_matrix(example.findings, evidence, conflicts, example.study)


def shown(example: Example, found: Evidence, wanted: dict) -> dict:
    """What came out, told with as much as the example tells."""
    code_of = {coding.coding_id: coding.code_id for coding in example.codings}
    told = example.quotation(found)
    companions = [code_of[coding_id] for coding_id in found.companion_ids]
    if companions or "with" in wanted:
        told["with"] = companions
    if "review_state" in wanted:
        told["review_state"] = found.layer
    if found.falls_with:
        told["would_fall_with"] = ", ".join(found.falls_with)
    return told


def test_all_the_examples_are_here():
    assert [example.example_id for example in EXAMPLES] == [f"E{n:02}" for n in range(1, 19)]


@pytest.mark.parametrize("example", having("expect"))
def test_the_evidence_is_what_the_example_says(example: Example):
    evidence, _ = evaluate(example.findings, example.codings, example.segments, example.study)
    for part, expected in example.expected.items():
        for bearing in BEARINGS:
            found = [e for e in evidence if (e.finding_id, e.bearing) == (part, bearing)]
            wanted = expected.get(bearing, [])
            assert len(found) == len(wanted), (part, bearing)
            assert [shown(example, e, w) for e, w in zip(found, wanted, strict=True)] == wanted


@pytest.mark.parametrize("example", having("expect"))
def test_the_conflicts_are_what_the_example_says(example: Example):
    _, conflicts = evaluate(example.findings, example.codings, example.segments, example.study)
    assert [example.quotation(c) for c in conflicts] == example.wanted.get("conflict", [])


@pytest.mark.parametrize("example", having("counts", late=("E12",)))
def test_the_counts_are_what_the_example_says(example: Example):
    found = {
        total.bearing: {
            "raw": total.raw_source_count,
            "independent": total.source_count,
            "excerpts": total.excerpt_count,
        }
        for total in totals(matrix_of(example), example.study)
        if (total.case_id, total.review_state) == ("", "confirmed")
    }
    assert found == example.wanted["counts"]


@pytest.mark.parametrize("example", having("by_case"))
def test_the_cells_of_each_case_are_what_the_example_says(example: Example):
    cells: dict[str, dict[str, int]] = {}
    for row in matrix_of(example).rows:
        cell = cells.setdefault(row.case_id, {})
        cell[row.bearing] = cell.get(row.bearing, 0) + row.source_count
    assert cells == example.wanted["by_case"]


@pytest.mark.parametrize("example", having("groups", late=("E12",)))
def test_the_groups_are_what_the_example_says(example: Example):
    groups: dict[str, list[str]] = {}
    for source_id, voice in independence_groups(example.study).items():
        groups.setdefault(voice, []).append(source_id)
    assert list(groups.values()) == example.wanted["groups"]


@pytest.mark.parametrize("example", having("flags", late=("E12",)))
def test_the_flags_of_the_example_are_raised(example: Example):
    wanted = example.wanted["flags"]
    by_part = wanted if isinstance(wanted, dict) else {"X": wanted}
    weighings = weigh(matrix_of(example), example.codings, example.study)
    raised = {w.finding_id: {flag.name for flag in w.flags} for w in weighings}
    for part, names in by_part.items():
        assert set(names) <= raised[part]
