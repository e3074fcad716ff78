"""`backing codebook check` in a study: dead, flooding, double and shadowed rules, overlaps."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_study import code, content_of, write_book, write_study
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.cli.printing import print_tables
from pipeline.codebook_check import check_codebook
from pipeline.codebooks import load_codebook
from pipeline.model.coding import Coding
from pipeline.report_table import ReportTable
from pipeline.review.rule_audit import overlaps, rule_hits, same_rules, shadowed_rules
from pipeline.trial import study_of

EXAMPLE = "  examples:\n    positive: [They lack tanks.]\n"
CODES = (
    code("staff", ("staff.word", "staff"), ("staff.small", "staff .. small")),
    code("deny", ("deny.verb", "deny ..5 victory"), ("deny.never", "zeppelin")),
    code("data", ("data.share", "share .. data"), ("data.again", "share .. data")),
    code("tank", ("tank.lack", "lack tank"), more=EXAMPLE),
)


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study")
    book = write_study(folder, *CODES)
    before = content_of(folder)
    made = check_codebook(book, None, folder)
    assert content_of(folder) == before, "check writes nothing"
    return made


def test_a_rule_without_a_sentence_or_example_is_dead(report):
    assert [one.rule_id for one in report.study.dead] == ["deny.never"]
    assert report.is_good


def test_a_rule_that_holds_in_many_sentences_floods(report):
    assert report.study.sentence_count == 9
    [word, *_] = report.study.flooding
    assert (word.rule_id, word.hit_count) == ("staff.word", 4)
    assert word.share == pytest.approx(4 / 9)


def test_a_rule_is_shadowed_where_others_propose_all_of_its_sentences(report):
    shadows = {one.rule_id: one.by for one in report.study.shadowed}
    assert shadows == {
        "staff.small": ("staff.word",),
        "data.share": ("data.again",),
        "data.again": ("data.share",),
    }


def test_rules_of_the_same_content_are_told(report):
    assert report.same_rules == (("data.share", "data.again"),)


def test_codes_that_share_sentences_are_told_with_one_of_them(report):
    [one] = report.study.overlapping
    assert (one.overlap.code_id, one.overlap.other_id) == ("data", "staff")
    assert (one.overlap.common_count, one.overlap.share) == (2, 0.5)
    assert one.sentence == "The staff shares its data with allies."


def test_tables_and_json_say_the_same(tmp_path: Path):
    book = write_study(tmp_path, *CODES)
    words = ["codebook", "check", str(book), "--study", str(tmp_path), "--flood", "0.3"]
    shown = CliRunner().invoke(app, words)
    assert shown.exit_code == 0, shown.output
    for expected in ("Dead rules", "deny.never", "Flooding rules", "44.4%", "Shadowed", "50%"):
        assert expected in shown.stdout
    told = json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout)
    assert [one["rule_id"] for one in told["study"]["flooding"]] == ["staff.word"]
    assert told["study"]["flood_share"] == 0.3


def test_the_study_is_the_one_that_the_codebook_lies_in(tmp_path: Path, monkeypatch):
    book = write_study(tmp_path, *CODES)
    assert study_of(book) == tmp_path.resolve()
    outside = write_book(tmp_path / "other" / "deep" / "small.yaml", *CODES)
    assert study_of(outside) == Path()
    monkeypatch.chdir(tmp_path)
    assert check_codebook(outside, None, None).study is not None


def test_without_a_study_it_says_so(tmp_path: Path):
    book = write_book(tmp_path / "small.yaml", *CODES)
    shown = CliRunner().invoke(app, ["codebook", "check", str(book), "--study", str(tmp_path)])
    assert shown.exit_code == 0
    assert "there is no study in" in shown.stdout
    assert "Dead rules" not in shown.stdout


def test_what_a_file_says_is_never_markup_and_steers_no_terminal(capsys):
    print_tables([ReportTable("[b]T", ("a",), (("[red]x[/red] \x1b[2J",),), "[i]note")])
    assert capsys.readouterr().out.split() == ["[b]T", "[i]note", "a", "[red]x[/red]", "[2J"]


def test_order_of_lines_makes_no_other_rule(tmp_path: Path):
    path = tmp_path / "small.yaml"
    write_book(
        path, code("x", ("x.a", "deny it; prevent it")), code("y", ("y.a", "prevent it; deny it"))
    )
    assert same_rules(load_codebook(path)) == (("x.a", "y.a"),)


CODINGS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "a.c"]), st.integers(0, 3), st.integers(0, 2)), max_size=30
)


@given(CODINGS)
def test_shares_are_shares_and_no_pair_stands_in_line(drawn):
    codings = [
        Coding("s", f"s@{n}-{n + 1}", n, n + 1, code_id, "rules", "rule", f"{code_id}-{rule}")
        for code_id, n, rule in drawn
    ]
    for one in overlaps(codings, least_common=1):
        assert 0 < one.share <= 1
        assert {one.code_id, one.other_id} != {"a", "a.c"}


def test_no_sentences_make_no_share(tmp_path: Path):
    book = load_codebook(write_book(tmp_path / "small.yaml", *CODES))
    assert {one.share for one in rule_hits(book, [], 0)} == {0.0}
    assert shadowed_rules(book, []) == ()
