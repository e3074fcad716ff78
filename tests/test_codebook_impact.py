"""`backing codebook impact`: what a change would do, before it is made and without a trace."""

import json
import shutil
from pathlib import Path

import pytest
from judged_study import OLD, accept_all, was
from small_study import code, content_of, write_book, write_study
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.codebook_check import check_codebook
from pipeline.codebook_impact import impact_of
from pipeline.impact_report import ImpactReport
from pipeline.judging import record_of
from pipeline.record_copy import events_of
from pipeline.review.impact import JudgmentImpact


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("study")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BACKING_DEVICE", "test")
        write_study(folder, *OLD)
        accept_all(folder, "ana")
    return folder


def impact(made: Path, tmp_path: Path, *codes: str, examples: int = 3) -> ImpactReport:
    new = write_book(tmp_path / "new.yaml", *codes, version="2.0.0")
    before = content_of(made)
    report = impact_of(new, made, examples=examples)
    assert content_of(made) == before, "impact writes nothing"
    return report


def test_the_same_codes_change_nothing(made: Path, tmp_path: Path):
    report = impact(made, tmp_path, *OLD)
    assert (report.before_count, report.after_count) == (5, 5)
    assert report.codes == report.rules == ()
    assert {one.fate for one in report.judgments} == {"kept"}


def test_a_changed_rule_tells_sentences_that_come_and_go(made: Path, tmp_path: Path):
    report = impact(
        made, tmp_path, code("staff", ("staff.word", "staff")), code("deny", ("deny.verb", "rain"))
    )
    [deny] = report.codes
    assert (deny.before_count, deny.after_count, deny.new_count, deny.gone_count) == (1, 1, 1, 1)
    assert [one.words for one in deny.new] == ["It rained on the coast."]
    assert [one.words for one in deny.gone] == ["They deny the enemy an easy victory."]
    assert deny.gone[0].judged == "1 present" and deny.gone[0].rules == ("deny.verb",)
    assert [(one.name, one.new_count, one.gone_count) for one in report.rules] == [
        ("deny.verb", 1, 1)
    ]


def test_as_many_sentences_are_shown_as_are_asked_for(made: Path, tmp_path: Path):
    wide = code("deny", ("deny.verb", "the"))
    [deny] = impact(made, tmp_path, OLD[0], wide, examples=2).codes
    assert deny.new_count == 6 and len(deny.new) == 2


def test_a_rename_proposes_nothing_anew_and_carries_judgments(made: Path, tmp_path: Path):
    report = impact(made, tmp_path, was(code("people", ("staff.word", "staff")), "staff"), OLD[1])
    assert report.codes == ()
    assert report.judgments == (
        JudgmentImpact("deny", ("deny",), "kept", 1, 0, 0),
        JudgmentImpact("staff", ("people",), "carried", 4, 0, 0),
    )


def test_a_split_is_to_be_decided_and_its_sentences_are_not_new(made: Path, tmp_path: Path):
    many = was(code("many", ("staff.word", "staff")), "staff")
    few = was(code("few", ("staff.few", "staff .. small")), "staff")
    report = impact(made, tmp_path, many, few, OLD[1])
    assert all(one.new_count == 0 for one in report.codes)
    split = next(one for one in report.judgments if one.code_id == "staff")
    assert (split.fate, split.becomes, split.count) == ("to decide", ("many", "few"), 4)


def test_a_code_that_goes_leaves_stale_judgments(made: Path, tmp_path: Path):
    report = impact(made, tmp_path, OLD[0])
    [deny] = report.codes
    assert (deny.name, deny.after_count, deny.gone_count) == ("deny", 0, 1)
    assert JudgmentImpact("deny", (), "stale", 1, 0, 0) in report.judgments


def test_a_merge_is_no_new_proposal(made: Path, tmp_path: Path):
    both = was(
        code("both", ("staff.word", "staff"), ("deny.verb", "deny ..5 victory")), "staff", "deny"
    )
    report = impact(made, tmp_path, both)
    assert report.codes == ()
    assert {one.fate for one in report.judgments} == {"carried"}


def test_text_and_json_say_the_same(made: Path, tmp_path: Path):
    new = write_book(tmp_path / "new.yaml", OLD[0], code("deny", ("deny.verb", "rain")))
    words = ["codebook", "impact", str(new), "--study", str(made), "--examples", "1"]
    shown = CliRunner().invoke(app, words).stdout
    assert "5 now, 5 then: 1 new, 1 no longer" in shown
    assert "It rained on the coast." in shown and "Judgments: 5 kept" in shown
    assert "deny.verb  +  It rained on the coast." in shown
    assert "-  They deny the enemy an easy victory." in shown
    told = json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout)
    assert told["codes"][0]["new"][0]["words"] == "It rained on the coast."


def test_an_earlier_id_that_is_mistyped_is_told_by_check(made: Path, tmp_path: Path):
    people = was(code("people", ("staff.word", "staff")), "stafff")
    new = write_book(tmp_path / "new.yaml", people, OLD[1])
    [lost] = check_codebook(new, None, made).study.lost
    assert (lost.code_id, lost.count, lost.hint) == ("staff", 4, "Did you mean 'stafff'?")


def test_without_a_study_it_says_what_to_name(tmp_path: Path):
    new = write_book(tmp_path / "new.yaml", *OLD)
    done = CliRunner().invoke(app, ["codebook", "impact", str(new), "--study", str(tmp_path)])
    assert done.exit_code != 0
    assert "Name the study's folder with --study" in str(done.exception)


def test_events_are_read_from_a_copy_or_from_lines(made: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("BACKING_DEVICE", "test")
    with record_of(made) as record:
        stored = tuple(link.event for link in record.events())
    assert events_of(made) == stored and len(stored) == 5
    assert events_of(tmp_path) == ()
    lines = Path(__file__).parent.parent / "record.jsonl"
    shutil.copyfile(lines, tmp_path / "record.jsonl")
    assert len(events_of(tmp_path)) == len(lines.read_text(encoding="utf-8").splitlines())
    assert [path.name for path in tmp_path.iterdir()] == ["record.jsonl"]
