"""A rule's own examples: tried on that rule, and no part of what codings cite."""

from pathlib import Path

from test_codebooks import SMALL

from pipeline.codebook_check import check_codebook
from pipeline.codebooks import load_codebook


def test_an_example_of_a_rule_is_tried_on_that_rule(tmp_path: Path):
    path = tmp_path / "small.yaml"
    own = (
        "    examples:\n      positive: [Too few people., They are short of work.]\n"
        "      negative: [The unit is short of staff.]\n"
        "  - id: workforce-2\n    phrases: short of work\n"
    )
    path.write_text(SMALL.replace("  watch:", own + "  watch:"), encoding="utf-8")
    report = check_codebook(path, None, tmp_path)
    assert report.example_count == 5
    assert [line.partition(": ")[2] for line in report.failing] == [
        "'They are short of work.' is not proposed for bar.workforce by rule workforce-1, "
        "only by workforce-2",
        "'The unit is short of staff.' is proposed for bar.workforce by rule workforce-1",
    ]


def test_examples_of_a_rule_do_not_change_what_codings_cite(tmp_path: Path):
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    before = load_codebook(path).by_id["bar.workforce"].rules[0].sha256
    own = "    examples: {positive: [Too few people.]}\n"
    path.write_text(SMALL.replace("  watch:", own + "  watch:"), encoding="utf-8")
    assert load_codebook(path).by_id["bar.workforce"].rules[0].sha256 == before
