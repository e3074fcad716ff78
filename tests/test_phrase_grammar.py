"""The grammar in codebooks/README.md: each construct named there is tried, both ways."""

import re
from pathlib import Path

import pytest

from pipeline import codebook_faults, codebook_form, token_faults
from pipeline.codebooks import load_codebook
from pipeline.language_model import find_model
from pipeline.model import arrow, phrase, phrase_word
from pipeline.model.codebook import Code, Codebook, Rule
from pipeline.model.phrase import PhraseError, parse_arrows, parse_phrase
from pipeline.tag.parse import load_language
from pipeline.tag.rules import compile_tagger, fire

README = (Path(__file__).parent.parent / "codebooks" / "README.md").read_text(encoding="utf-8")
[GRAMMAR] = re.findall(r"```ebnf\n(.*?)```", README, re.DOTALL)
MODEL = find_model()
# Construct, line, a sentence in which it is found, one in which it is not.
CONSTRUCTS = [
    ("phrase", "political will", "They lack political will.", "They will, the political ones."),
    ("part", "basing (air field|port)", "A basing port.", "Basing in an air base."),
    ("word", "deny|prevent access", "It prevented access.", "It granted access."),
    ("group", "(long term|lasting) tie", "A lasting tie.", "A long tie."),
    ("inner", "(very long term|brief) tie", "A very long term tie.", "A very brief term tie."),
    ("element", "(long .. term|brief) tie", "A long and dull term tie.", "A long tie."),
    ("alternative", "SPP|share*|deny it", "They denied it.", "The spp stays."),
    ("plain", "share", "It SHARED what it had.", "It was shareware."),
    ("exact", "SPP", "The SPP stays.", "The spp stays."),
    ("prefix", "deter*", "Deterrence holds.", "They detest it."),
    ("any", "* power", "Air power counts.", "Power counts."),
    ("gap", "deny ..2 victory", "Deny them a victory.", "Deny them all of the victory."),
    ("separator", "host-nation", "The host nation pays.", "The host's nation pays."),
    ("remark", "deny it   # not: allow it", "They deny it.", "They allow it."),
]
PARSED = [
    ("pos", "resolve/NOUN", "Their resolve is strong.", "They resolve the dispute."),
    (
        "arrows",
        "deny/VERB >dobj victory",
        "The victory was denied.",
        "Victory came; they denied it.",
    ),
    ("arrow", "share >dobj data & >nsubj ally", "The ally shares data.", "Data share the ally."),
    ("child", "share >dobj data", "They share data.", "They share news of the data."),
    ("below", "share >> ally", "They share the views of an ally.", "The ally left."),
    ("relation", "share >neg not|n't", "They do not share it.", "They share, not sell, it."),
]


def fires(rule: Rule, sentence: str, nlp) -> bool:
    book = Codebook("tried", "1.0.0", codes=(Code("a", "A", rules=(rule,)),))
    return bool(list(fire(compile_tagger(book, nlp), [sentence])))


def rule_of(tmp_path: Path, line: str, field: str = "phrases") -> Rule:
    """The rule as the reader of codebooks makes it, remarks taken out."""
    path = tmp_path / "tried.yaml"
    path.write_text(
        "schema: backing-codebook/1\ncodebook: {id: tried, version: 1.0.0}\n"
        "codes:\n- id: a\n  label: A\n  definition: A.\n  rules:\n  - id: r\n"
        f"    {field}: |\n      {line}\n",
        encoding="utf-8",
    )
    return load_codebook(path).codes[0].rules[0]


@pytest.mark.parametrize(("name", "line", "found", "not_found"), CONSTRUCTS)
def test_a_construct_means_what_the_grammar_says(
    tmp_path: Path, name: str, line: str, found: str, not_found: str
):
    nlp = load_language(None)
    rule = rule_of(tmp_path, line)
    assert fires(rule, found, nlp)
    assert not fires(rule, not_found, nlp)


@pytest.mark.skipif(MODEL is None, reason="asks for the language model")
@pytest.mark.parametrize(("name", "line", "found", "not_found"), PARSED)
def test_a_construct_that_asks_for_a_parse_means_what_the_grammar_says(
    tmp_path: Path, name: str, line: str, found: str, not_found: str
):
    nlp = load_language(MODEL.folder)
    rule = rule_of(tmp_path, line, "dep" if ">" in line else "phrases")
    assert fires(rule, found, nlp)
    assert not fires(rule, not_found, nlp)


def test_every_construct_of_the_grammar_is_tried():
    named = set(re.findall(r"^([a-z]+) +=", GRAMMAR, re.MULTILINE))
    assert named == {name for name, *_ in (*CONSTRUCTS, *PARSED)}


@pytest.mark.parametrize(
    "line",
    [".. deny", "deny ..", "deny()", "a/NOUN|b", "((a b)|c)", "a*b", "a|", "de*", "deny /VERB"],
)
def test_what_the_grammar_does_not_have_is_refused(line: str):
    with pytest.raises(PhraseError):
        parse_phrase(line)


@pytest.mark.parametrize("line", ["deny", "deny dobj victory", "> dobj", "deny >x y"])
def test_arrows_that_the_grammar_does_not_have_are_refused(line: str):
    with pytest.raises(PhraseError):
        parse_arrows(line)


def test_the_limits_in_the_readme_are_those_of_the_reader():
    limits = README.partition("### Limits")[2].partition("## Examples")[0]
    for number in (
        codebook_form.MAX_BYTES,
        codebook_form.MAX_CODES,
        codebook_faults.MAX_PATTERNS,
        phrase_word.MAX_LENGTH,
        phrase_word.MAX_ALTERNATIVES,
        phrase.MAX_WORDS,
        phrase.MAX_SEQUENCES,
        phrase.MAX_GAP,
        phrase.MAX_SLACK,
        arrow.MAX_ARROWS,
        arrow.MAX_BELOW,
    ):
        assert re.search(rf"(?<![\d,]){number:,}(?!\d|,\d)", limits), number
    for name in token_faults._KNOWN:
        assert f"`{name}" in README, name
