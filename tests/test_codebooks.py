"""Codebook and findings files: every fault at once, each with its line and a hint."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.codebook_check import rules_off
from pipeline.codebooks import load_codebook
from pipeline.errors import CodebookError, StudyError
from pipeline.findings import load_findings
from pipeline.language_model import LanguageModel
from pipeline.study import load_study

ROOT = Path(__file__).parent.parent
SMALL = """\
schema: backing-codebook/1
codebook: {id: small, version: 1.0.0}
assertion:
  negated:
    sets: {polarity: negated}
    before: |
      not
      never   # a remark
codes:
- id: bar
  kind: group
  label: Barrier
  definition: What stands in the way.
- id: bar.workforce
  label: Workforce
  definition: Too few people.
  rules:
  - id: workforce-1
    phrases: |
      too few people

      # nothing here
      short of staff
  watch: [negated]
  examples:
    positive:
    - Too few people work there.
    negative:
    - {text: People work there., why: nobody is missing}
"""


def faults_of(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "small.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError) as caught:
        load_codebook(path)
    return [str(fault) for fault in caught.value.faults]


def test_lines_of_a_block_keep_their_line_in_the_file(tmp_path: Path):
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    book = load_codebook(path)
    [rule] = book.by_id["bar.workforce"].rules
    assert [(line.text, line.line) for line in rule.phrases] == [
        ("too few people", 20),
        ("short of staff", 23),
    ]
    assert [line.text for line in book.cues[0].before] == ["not", "never"]
    assert [example.line for example in book.by_id["bar.workforce"].examples] == [27, 29]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("label: Workforce", "lable: Workforce", "15:3: 'lable' is not known here"),
        ("label: Workforce", "lable: Workforce", "Did you mean 'label'?"),
        (
            "too few people\n",
            "(too few people\n",
            "20:7: '(too few people': a bracket is not closed",
        ),
        ("id: bar.workforce", "id: bra.workforce", "has no heading 'bra'"),
        ("id: bar.workforce", "id: bra.workforce", "Did you mean 'bar'?"),
        ("watch: [negated]", "watch: [negatd]", "no assertion group 'negatd'"),
        ("{polarity: negated}", "{polarity: negative}", "'negative' is no value of polarity"),
        (
            "    phrases: |",
            "    weak: true\n    dep: a >dobj b\n    phrases: |",
            "2 of phrases, dep",
        ),
        ("version: 1.0.0", "version: one", "codebook.version"),
        ("- id: bar\n", "- id: bar\n  id: bar2\n", "'id' stands twice here"),
        ("kind: group", "kind: grup", "Did you mean 'group'?"),
        ("schema: backing-codebook/1", "schema: [", "is no YAML"),
        (
            "why: nobody is missing",
            "expect: {polarity: negated}",
            "29:34: an example that is not to be proposed can expect nothing",
        ),
    ],
)
def test_a_fault_is_told_with_its_line_and_a_hint(
    tmp_path: Path, old: str, new: str, expected: str
):
    assert SMALL.count(old) == 1
    told = faults_of(tmp_path, SMALL.replace(old, new))
    assert any(expected in fault for fault in told), told


def test_rules_that_need_a_language_model_are_told_where_there_is_none(tmp_path: Path):
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    assert list(rules_off(load_codebook(path), None)) == []
    needs_one = "  - id: workforce-2\n    dep: |\n      lack >dobj staff\n      want >dobj people\n"
    path.write_text(SMALL.replace("  watch:", f"{needs_one}  watch:"), encoding="utf-8")
    book = load_codebook(path)
    [told] = rules_off(book, None)
    assert "2 lines of 1 rules that need one are off" in told
    assert "pip install 'backing[parse]'" in told
    a_model = LanguageModel("en", "1", tmp_path, "00", is_known=True)
    assert list(rules_off(book, a_model)) == []


def test_all_faults_are_told_at_once(tmp_path: Path):
    text = SMALL.replace("too few people\n", "too few (people\n").replace("[negated]", "[x, y]")
    assert len(faults_of(tmp_path, text)) == 3


@pytest.mark.parametrize(
    "pattern",
    [
        '[{"TEXT": {"REGEX": "(a+)+$"}}]',
        '[{"LOWER": "a", "OP": "+"}]',
        '[{"_": {"x": 1}}]',
        '[{"LOWER": "a", "OP": "{1,}"}]',
        '[{"LOWER": {"FUZZY": "deter"}}]',
    ],
)
def test_a_raw_pattern_without_bounds_is_refused(tmp_path: Path, pattern: str):
    text = SMALL.replace(
        "    phrases: |\n      too few people\n\n      # nothing here\n      short of staff\n",
        f"    token: [{pattern}]\n",
    )
    assert faults_of(tmp_path, text)


def test_yaml_that_grows_when_read_is_refused(tmp_path: Path):
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    assert any("alias" in fault for fault in faults_of(tmp_path, bomb))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200) | st.binary(max_size=200))
def test_any_file_is_a_codebook_or_a_told_fault(tmp_path_factory, content: str | bytes):
    path = tmp_path_factory.mktemp("any") / "book.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "replace"))
    with pytest.raises(CodebookError) as caught:
        load_codebook(path)
    assert all(fault.where.startswith("book.yaml") for fault in caught.value.faults)


FINDINGS = """\
schema: backing-findings/1
codebook: deterrence@0
findings:
- id: X
  statement: Sharing holds effect back.
  supports:
  - {any: [bar.info-sharing], note: named}
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("bar.info-sharing", "bar.info-sharin", "Did you mean 'bar.info-sharing'?"),
        ("[bar.info-sharing]", "[mech.cost]", "Write mech.cost.*"),
        ("note: named", "as: {polarity: positive}", "affirmed"),
        ("note: named", "cases: [balkans]", "'balkans' is not declared in cases"),
        ("note: named", "source_types: [speach]", "Did you mean 'speech'?"),
        ("{any: [bar.info-sharing], note: named}", "{}", "names no code"),
        ("  supports:", "  rests_on: [Z]\n  supports:", "rests on 'Z'"),
        ("deterrence@0", "deterrence@9", "written for 'deterrence@9'"),
        ("note: named", "within: page", "within"),
    ],
)
def test_a_fault_of_a_finding_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, expected: str
):
    path = tmp_path / "x.findings.yaml"
    path.write_text(FINDINGS.replace(old, new), encoding="utf-8")
    book = load_codebook(ROOT / "codebooks" / "deterrence.yaml")
    with pytest.raises(CodebookError) as caught:
        load_findings(path, book, load_study(ROOT))
    told = [str(fault) for fault in caught.value.faults]
    assert any(expected in fault for fault in told), told
    assert all(fault.startswith("x.findings.yaml:") for fault in told)


def test_the_shipped_findings_load_and_stars_stand_for_descendants():
    book = load_codebook(ROOT / "codebooks" / "deterrence.yaml")
    study = load_study(ROOT)
    findings = load_findings(ROOT / study.findings_path, book, study)
    assert {finding.finding_id for finding in findings} >= {"F1", "F2a", "F2b", "F3", "F6b"}
    [goals] = next(f for f in findings if f.finding_id == "F1").supports[0].any
    assert goals.code_ids == book.descendants("goal")


STUDY = """\
schema: backing-study/1
study: {id: s, title: A study}
codebook: codebooks/deterrence.yaml
cases:
- {id: baltics, code: case.baltics}
- {id: cross, default: true}
source_types:
- {id: speech}
speaker_roles: [interviewer]
sources:
- {id: a, path: corpus/a.txt, type: speech, case: baltics, speakers: {Interviewer: interviewer}}
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("corpus/a.txt", "../a.txt", "leads out of the study"),
        ("corpus/a.txt", "/etc/passwd", "leads out of the study"),
        ("corpus/a.txt", "'C:\\a.txt'", "leads out of the study"),
        ("type: speech,", "type: speach,", "Did you mean 'speech'?"),
        ("case: baltics", "case: baltic", "Did you mean 'baltics'?"),
        ("default: true", "default: false", "0 cases are marked default"),
        ("{id: a,", "{id: con,", "can not name a file"),
        ("interviewer}}", "interviewr}}", "Did you mean 'interviewer'?"),
        ("default: true", "default: yes", "valid boolean"),
        ("speakers:", "cites: [b], speakers:", "cites 'b', which is no source"),
    ],
)
def test_a_fault_of_the_study_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, expected: str
):
    (tmp_path / "study.yaml").write_text(STUDY.replace(old, new), encoding="utf-8")
    with pytest.raises(StudyError) as caught:
        load_study(tmp_path)
    told = [str(fault) for fault in caught.value.faults]
    assert any(expected in fault for fault in told), told
    assert all(fault.startswith("study.yaml:") for fault in told)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_sources_may_stand_in_a_table_made_with_a_spreadsheet(
    tmp_path: Path, delimiter: str, encoding: str
):
    (tmp_path / "study.yaml").write_text(STUDY.partition("sources:\n")[0], encoding="utf-8")
    rows = [
        ["id", "path", "title", "type", "case", "speakers", "cites"],
        [
            "a",
            "corpus/a.txt",
            "R\u00e9sum\u00e9",
            "speech",
            "baltics",
            "Interviewer=interviewer",
            "",
        ],
        ["b", "corpus/b.txt", "", "speech", "", "", "a"],
    ]
    text = "\r\n".join(delimiter.join(row) for row in rows) + "\r\n"
    (tmp_path / "sources.csv").write_bytes(text.encode(encoding))
    study = load_study(tmp_path)
    assert [entry.source_id for entry in study.sources] == ["a", "b"]
    assert study.entry("a").title == "R\u00e9sum\u00e9"
    assert study.entry("a").role_of("Interviewer") == "interviewer"
    assert study.entry("b").case_id == "cross"
    assert study.entry("b").cites == ("a",)


def test_a_fault_of_the_table_names_its_row(tmp_path: Path):
    (tmp_path / "study.yaml").write_text(STUDY.partition("sources:\n")[0], encoding="utf-8")
    (tmp_path / "sources.csv").write_text("id,path,typ\na,corpus/a.txt,speech\n", encoding="utf-8")
    with pytest.raises(StudyError, match=r"sources.csv:1: column 'typ' is not known"):
        load_study(tmp_path)


def test_how_far_a_code_carries_is_said_at_it_or_at_its_heading(tmp_path: Path):
    path = tmp_path / "small.yaml"
    text = SMALL.replace(
        "  kind: group\n", "  kind: group\n  carry: turn\n  ambiguous: [georgia]\n"
    )
    path.write_text(text, encoding="utf-8")
    book = load_codebook(path)
    carrier = book.carrier_of("bar.workforce")
    assert carrier is not None and (carrier.code_id, carrier.carry) == ("bar", "turn")
    assert [line.text for line in book.by_id["bar"].ambiguous] == ["georgia"]
    path.write_text(SMALL, encoding="utf-8")
    assert load_codebook(path).carrier_of("bar.workforce") is None


def test_a_carry_or_an_ambiguous_name_out_of_form_is_a_fault(tmp_path: Path):
    text = SMALL.replace("  kind: group\n", "  kind: group\n  carry: page\n")
    assert any("carry" in fault for fault in faults_of(tmp_path, text))
    text = SMALL.replace("  kind: group\n", "  kind: group\n  ambiguous: [(georgia]\n")
    assert any("(georgia" in fault for fault in faults_of(tmp_path, text))
