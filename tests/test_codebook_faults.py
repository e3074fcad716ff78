"""Every fault of a codebook at its line and column, all at once, each with a hint."""

import os
from pathlib import Path

import pytest
from test_codebooks import SMALL, faults_of

from pipeline.codebooks import load_codebook
from pipeline.language_model import find_model
from pipeline.model.arrow import RELATIONS
from pipeline.model.phrase_word import may_part
from pipeline.tag.parse import load_language

DEP = "    dep: deny/VERB >dobj victory\n"
PHRASES = "    phrases: |\n      too few people\n\n      # nothing here\n      short of staff\n"


def with_rule(rule: str) -> str:
    return SMALL.replace(PHRASES, rule)


@pytest.mark.parametrize(
    ("rule", "where", "what", "hint"),
    [
        ("    phrases: |\n      short of  staff/NUON\n", "20:23", "'NUON' is unknown", "'NOUN'"),
        ("    phrases: |\n      # a\n\n        ab* deny\n", "22:9", "'ab*' is too short", "three"),
        ("    phrases: |\n      a (long term|x y/VREB)\n", "20:24", "'VREB' is unknown", "'VERB'"),
        ("    phrases: deny|de* it\n", "19:19", "'de*' is too short", "three"),
        ("    phrases: ['two words', \"deny/X it\"]\n", "19:34", "'X' is unknown", "One of NOUN"),
        ("    phrases:\n    - deny ..30 it\n", "20:12", "a gap of 30 words", "At most 12."),
        ("    phrases: |\n      (a b|c\n", "20:7", "a bracket is not closed", ""),
        ("    phrases: |\n      (a b|c)d\n", "20:14", "goes on after its bracket", "a blank"),
        (
            "    phrases: >\n      deny it\n      prevent it\n",
            "20:1",
            "joins its lines",
            "phrases: |",
        ),
        ("    dep: deny/VERB >dobjj victory\n", "19:21", "'dobjj' is unknown", "'dobj'"),
        ("    dep: |\n      deny >dobj|subj victory\n", "20:18", "'subj' is unknown", "'nsubj'"),
        ("    dep: |\n      deny >dobj victory/NON\n", "20:26", "'NON' is unknown", "'NOUN'"),
        ("    dep: |\n      deny >dobj\n", "20:12", "'>dobj' is no arrow", ">relation word"),
        ("    dep: |\n      deny\n", "20:7", "a line of 0 arrows", ">dobj word"),
        ("    token: [[{LOWR: deter}]]\n", "19:15", "'LOWR' is no token attribute", "'LOWER'"),
        ("    token: [[{POS: NUON}]]\n", "19:15", "'NUON' is no value of POS", "'NOUN'"),
        ("    token: [[{DEP: dobjx}]]\n", "19:15", "'dobjx' is no value of DEP", "'dobj'"),
        ("    token: [[{IS_TITLE: 'yes'}]]\n", "19:15", "'yes' is no value", "true or false"),
        ("    token: [[{LOWER: {INN: [a]}}]]\n", "19:15", "'INN' is not taken", "'IN'"),
        ("    token: [[{LOWER: 5}]]\n", "19:15", "'5' is no value of LOWER", "quotation marks"),
    ],
)
def test_a_fault_of_a_rule_points_into_the_line_of_the_file(
    tmp_path: Path, rule: str, where: str, what: str, hint: str
):
    [told] = faults_of(tmp_path, with_rule(rule))
    assert told.startswith(f"small.yaml:{where}: "), told
    assert what in told.splitlines()[0]
    assert hint in told.partition("\n")[2]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "  watch:",
            "  exclude_when: [staff lost (bar.workforc)]\n  watch:",
            "no code 'bar.workforc'",
        ),
        ("  watch:", "  exclude_when: [staff lost (bar.workforc)]\n  watch:", "'bar.workforce'"),
        ("  watch:", "  was: [bar, bar.x, bar.x, 'B y']\n  watch:", "'bar' is still a code here"),
        ("  watch:", "  was: [bar, bar.x, bar.x, 'B y']\n  watch:", "'bar.x' stands twice here"),
        ("  watch:", "  was: [bar, bar.x, bar.x, 'B y']\n  watch:", "'B y' is no id"),
        ("  watch:", "  phrases: deny\n  watch:", "how far its line is indented"),
        ("  watch:", "  unless: 5\n  watch:", "codes.1.unless: input should be a valid string, or"),
        ("{polarity: negated}", "{polarty: negated}", "Did you mean 'polarity'?"),
        ("why: nobody", "wy: nobody", "Did you mean 'why'?"),
        ("codes:\n", "? [a, b]\n: c\ncodes:\n", "a name that is no word"),
        ("codes:\n", "form: backing-codebook/1\ncodes:\n", "'form' is not known here"),
    ],
)
def test_names_of_other_things_are_looked_up(tmp_path: Path, old: str, new: str, expected: str):
    told = faults_of(tmp_path, SMALL.replace(old, new, 1))
    assert any(expected in fault for fault in told), told


def test_a_word_in_brackets_that_is_no_id_is_left_alone(tmp_path: Path):
    path = tmp_path / "small.yaml"
    remark = "  exclude_when: ['as said (see p.12), e.g. (i.e.) for staff (bar.workforce)']\n"
    path.write_text(SMALL.replace("  watch:", remark + "  watch:"), encoding="utf-8")
    assert load_codebook(path)


def test_faults_of_form_and_of_content_are_told_in_one_go(tmp_path: Path):
    text = (
        SMALL.replace("label: Workforce", "lable: Workforce")
        .replace("version: 1.0.0", "version: one")
        .replace("short of staff", "short of st*")
        .replace("[negated]", "[negatd]")
        .replace("- id: bar\n", "- id: bar\n  id: bar\n")
    )
    told = faults_of(tmp_path, text)
    for expected in ("'label' is missing", "'lable'", "version", "'st*'", "'negatd'", "twice here"):
        assert any(expected in fault for fault in told), expected
    places = [tuple(map(int, fault.split(":")[1:3])) for fault in told]
    assert places == sorted(places)


def test_what_the_tokenizer_takes_apart_is_counted_as_such():
    nlp = load_language(None)
    words = {word for word, parts in nlp.tokenizer.rules.items() if len(parts) > 1}
    assert [word for word in words if word.isalpha() and not may_part(word)] == []
    assert not any(may_part(word) for word in ("intent", "forces", "deterrent", "shared", "cans"))


def test_the_relations_of_arrows_are_those_of_the_parser():
    spacy = pytest.importorskip("spacy")
    model = find_model()
    if model is None and os.environ.get("CI") != "true":
        pytest.skip("no language model here")
    assert model is not None
    labels = spacy.load(model.folder).get_pipe("parser").labels
    assert set(labels) - {"ROOT"} == set(RELATIONS)
