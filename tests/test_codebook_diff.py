"""`backing codebook diff`: what became of codes, meanings, rules and cues."""

import json
from pathlib import Path

from small_study import code, write_book
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.codebook_compare import compare_codebooks
from pipeline.review.codebook_diff import Became, Change, CodebookDiff

A = code("a", ("a.one", "deny it"))
B = code("b", ("b.one", "share"))
C = code("c", ("c.one", "keep"))


def diff_of(tmp_path: Path, old: tuple, new: tuple, version: str = "2.0.0") -> CodebookDiff:
    before = write_book(tmp_path / "old.yaml", *old)
    after = write_book(tmp_path / "new.yaml", *new, version=version)
    return compare_codebooks(before, after).diff


def was(text: str, *ids: str) -> str:
    return text.replace("  label:", f"  was: [{', '.join(ids)}]\n  label:")


def test_the_same_codebook_has_no_change(tmp_path: Path):
    found = diff_of(tmp_path, (A, B), (B, A), "1.0.0")
    assert found.is_empty
    assert found == CodebookDiff("small@1.0.0", "small@1.0.0")


def test_codes_come_and_go(tmp_path: Path):
    found = diff_of(tmp_path, (A, B), (A, C))
    assert (found.codes_added, found.codes_removed) == (("c",), ("b",))
    assert (found.rules_added, found.rules_removed) == (("c.one",), ("b.one",))


def test_an_id_that_another_code_was_is_a_rename_and_its_rules_are_the_same(tmp_path: Path):
    found = diff_of(tmp_path, (A, B), (A, was(code("d", ("b.one", "share")), "b")))
    assert found.codes_renamed == (Became(("b",), ("d",)),)
    assert not found.codes_added and not found.codes_removed and not found.rules
    assert {change.field for change in found.meanings} == {"label", "definition"}


def test_a_merge_may_keep_the_id_of_one(tmp_path: Path):
    found = diff_of(tmp_path, (A, B, C), (A, was(B, "c")))
    assert found.codes_merged == (Became(("b", "c"), ("b",)),)
    found = diff_of(tmp_path, (A, B, C), (A, was(code("d"), "b", "c")))
    assert found.codes_merged == (Became(("b", "c"), ("d",)),)


def test_an_id_that_several_codes_were_is_a_split(tmp_path: Path):
    found = diff_of(tmp_path, (A, B), (A, was(code("d"), "b"), was(code("e"), "b")))
    assert found.codes_split == (Became(("b",), ("d", "e")),)
    assert not found.codes_renamed and not found.codes_removed and not found.codes_added


def test_a_rule_is_changed_if_its_content_is(tmp_path: Path):
    found = diff_of(tmp_path, (A,), (code("a", ("a.one", "deny it; prevent it")),))
    assert found.rules == (Change("a.one", "phrases", (), ("prevent it",)),)
    found = diff_of(tmp_path, (A,), (code("a", ("a.two", "deny it")),))
    assert found.rules_renamed == (Became(("a.one",), ("a.two",)),)
    found = diff_of(
        tmp_path, (A, B), (code("a"), code("b", ("b.one", "share"), ("a.one", "deny it")))
    )
    assert Change("a.one", "code", ("a",), ("b",)) in found.rules
    unless = A.replace("  rules:", "  unless: deny it all\n  rules:")
    assert diff_of(tmp_path, (A,), (unless,)).rules == (
        Change("a.one", "unless", (), ("deny it all",)),
    )


def test_cues_are_compared(tmp_path: Path):
    old = write_book(tmp_path / "old.yaml", A)
    cues = (
        "assertion:\n  negated:\n    sets: {polarity: negated}\n    before: |\n      not\ncodes:\n"
    )
    new = tmp_path / "new.yaml"
    new.write_text(old.read_text(encoding="utf-8").replace("codes:\n", cues), encoding="utf-8")
    found = compare_codebooks(old, new).diff
    assert found.cues == (
        Change("negated", "sets", (), ("polarity: negated",)),
        Change("negated", "before", (), ("not",)),
    )


def test_a_version_that_was_not_raised_enough_is_told(tmp_path: Path):
    assert (
        diff_of(tmp_path, (A, B), (A,), "1.1.0")
        .notices[0]
        .startswith("this change asks for the first number of the version")
    )
    assert diff_of(tmp_path, (A,), (A, B), "1.0.0").asks_for == "middle"
    assert diff_of(tmp_path, (A,), (A, B), "1.1.0").notices == ()
    wording = A.replace("What a is.", "What a means.")
    assert diff_of(tmp_path, (A,), (wording,), "1.0.1").notices == ()
    assert "below" in diff_of(tmp_path, (A,), (A,), "0.9.0").notices[0]


def test_an_id_of_twice_ago_that_is_forgotten_is_told(tmp_path: Path):
    found = diff_of(tmp_path, (was(B, "a"),), (was(C, "b"),))
    assert "'b' was a before: name it too under was: of c" in found.notices[0]
    assert diff_of(tmp_path, (was(B, "a"),), (was(C, "a", "b"),)).notices == ()


def test_text_and_json_say_the_same(tmp_path: Path):
    old = write_book(tmp_path / "old.yaml", A, B)
    new = write_book(tmp_path / "new.yaml", code("a", ("a.one", "deny all")), was(C, "b"))
    words = ["codebook", "diff", str(old), str(new)]
    shown = CliRunner().invoke(app, words).stdout
    assert "codes renamed: 1" in shown and "-  deny it" in shown and "+  deny all" in shown
    told = json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout)
    assert told["codes_renamed"] == [{"old": ["b"], "new": ["c"]}]
    assert told["asks_for"] == "middle"
