"""No codebook can make the program hang: each of these is refused, and at once."""

import json
import time
from pathlib import Path

import pytest
from test_codebook_faults import with_rule
from test_codebooks import SMALL, faults_of

from pipeline.codebooks import load_codebook
from pipeline.errors import CodebookError
from pipeline.model.codebook import Code, Codebook, Line, Rule
from pipeline.tag.parse import load_language
from pipeline.tag.phrases import compile_tokens
from pipeline.tag.rules import compile_tagger, fire

MOST_SECONDS = 2.5  # of this process; far above what each takes


def phrases(*lines: str) -> str:
    return with_rule("    phrases: |\n" + "".join(f"      {line}\n" for line in lines))


def tokens(pattern: str) -> str:
    return with_rule(f"    token: {pattern}\n")


CODES = "".join(
    f"- {{id: x.y{i}, label: L, definition: D, watch: [negatedd]}}\n" for i in range(990)
)
HOSTILE = {
    "megabytes": ("x" * 1_000_001, "At most 1,000,000"),
    "open brackets": ("[" * 900_000, "too many levels"),
    "braces": ("{" * 100_000 + ":" * 100, "too many levels"),
    "closed brackets": ("a: " + "[" * 100_000 + "]" * 100_000, "too many levels"),
    "indents": ("".join(" " * i + "a:\n" for i in range(1_000)), "too many levels"),
    "values": ("a: [" + "x," * 300_000 + "]", "too many values"),
    "dashes": ("- " * 300_000, "too many levels"),
    "aliases": ("a: &a x\nb: [" + "*a," * 30_000 + "]", "an alias"),
    "laughs": ("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n", "an alias"),
    "itself": ("a: &a [*a]\n", "an alias"),
    "names": ("".join(f"k{i}: 1\n" for i in range(18_000)), "not known here"),
    "a name of many letters": ("x" * 900_000 + ": 1\n", ""),
    "codes of no form": (SMALL.partition("codes:")[0] + "codes: [" + "x," * 35_000 + "]", "codes"),
    "codes without a heading": (SMALL.replace("- id: bar\n", CODES + "- id: bar\n"), "no heading"),
    "codes": (SMALL + CODES * 2, "at most 1000"),
    "lines": (phrases(*(["deny"] * 70_000)), "at most 100000 characters"),
    "lines of many blocks": (
        SMALL
        + "".join(
            f"- id: m{n}\n  label: M\n  definition: M\n  unless: |\n" + "   ab\n" * 14_000
            for n in range(11)
        ),
        "more than 10,000",
    ),
    "a long line": (phrases("deny " * 200), "At most 500"),
    "blanks": (with_rule("    dep: 'a" + " " * 90_000 + "b'\n"), "At most 500"),
    "groups": (phrases("(a|b|c|d) " * 12), "multiply out"),
    "apart": (phrases("don't|can't|won't|isn't|aren't " * 12), "multiply out"),
    "contracted": (phrases("dont|cant|wont|isnt|arent|cannot " * 12), "multiply out"),
    "gaps": (phrases("the ..12 the ..12 the ..12 the"), "for 36 words"),
    "optional words": (phrases("a " + "a? " * 12 + "b ..10 c"), "for 22 words"),
    "alternatives": (phrases("|".join(f"w{i}" for i in range(90))), "alternatives for one word"),
    "all phrases": (
        with_rule(
            "".join(
                ("  - id: r\n" if i else "").replace("r", f"r{i}")
                + "    phrases: |\n"
                + "      (a|b|c|d) (a|b|c|d) (a|b|c|d) (a|b|c|d)\n" * 50
                for i in range(2)
            )
        ),
        "more than 10,000",
    ),
    "arrows": (with_rule("    dep: say" + " >> the" * 12 + "\n"), "a line of 12 arrows"),
    "below": (with_rule("    dep: say >> the & >> of & >> to\n"), "more than 2 of >>"),
    "stars of arrows": (with_rule("    dep: say >> * & > *\n"), "may be any"),
    "a regular expression": (tokens('[[{TEXT: {REGEX: "(a+)+$"}}]]'), "IN or NOT_IN"),
    "plus": (tokens('[[{LOWER: a, OP: "+"}]]'), "no bound"),
    "star": (tokens('[[{LOWER: a, OP: "*"}]]'), "no bound"),
    "open bound": (tokens('[[{LOWER: a, OP: "{1,}"}]]'), "no bound"),
    "high bound": (tokens('[[{LOWER: a, OP: "{0,99}"}]]'), "no bound"),
    "bounds": (tokens("[[" + "{OP: '{0,12}'}, " * 8 + "{LOWER: a}]]"), "for 96 words"),
    "extension": (tokens("[[{_: {secret: 1}}]]"), "no token attribute"),
    "fuzzy": (tokens("[[{LOWER: {FUZZY: deter}}]]"), "not taken"),
    "nothing": (tokens("[[{OP: '?'}]]"), "has to be there"),
    "empty pattern": (tokens("[[]]"), "0 tokens"),
    "many values": (tokens("[[{LOWER: {IN: [" + "a," * 900 + "]}}]]"), "900 values"),
    "a long example": (SMALL.replace("Too few people work there.", "y" * 3_000), "2000"),
    "a long id": (SMALL.replace("id: workforce-1", "id: " + "w" * 300), "200 characters"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_codebook_is_refused_at_once(tmp_path: Path, name: str):
    text, expected = HOSTILE[name]
    begun = time.process_time()
    told = faults_of(tmp_path, text)
    assert time.process_time() - begun < MOST_SECONDS
    assert any(expected in fault for fault in told), told[:3]
    assert len(told) <= 300
    assert max(map(len, told)) < 1_500


def test_a_file_without_end_is_refused(tmp_path: Path):
    with pytest.raises(CodebookError):
        load_codebook(tmp_path)


@pytest.mark.parametrize(
    "line", ["the|of|a|to ..12 the|of|a|to", "the ..7 of ..8 the", "the ..12 end"]
)
def test_the_widest_gaps_take_no_time_on_a_long_sentence(line: str):
    rule = Rule("wide", (Line(line),))
    nlp = load_language(None)
    tagger = compile_tagger(Codebook("b", "1.0.0", codes=(Code("a", "A", rules=(rule,)),)), nlp)
    sentence = (
        "The head of the staff of the brigade told a man of the port to move to the end. " * 4
    )
    begun = time.process_time()
    assert list(fire(tagger, [sentence]))
    assert time.process_time() - begun < MOST_SECONDS


@pytest.mark.parametrize(
    "pattern",
    [
        [{"LOWER": {"IN": ["a", "b"]}, "OP": "{1,3}"}, {"LENGTH": {"NOT_IN": [1, 2]}}],
        [{"LIKE_NUM": True}, {"ORTH": "%", "OP": "?"}],
        [{"POS": {"NOT_IN": ["NOUN", "X"]}}, {"DEP": {"IN": ["dobj", "ROOT"]}}, {"TAG": "VBD"}],
        [{"SHAPE": "dddd"}, {"IS_LOWER": False, "OP": "!"}, {"TEXT": "x", "OP": "{2}"}],
    ],
)
def test_every_pattern_that_is_taken_compiles(tmp_path: Path, pattern: list):
    path = tmp_path / "small.yaml"
    path.write_text(tokens(json.dumps([pattern])), encoding="utf-8")
    [rule] = load_codebook(path).by_id["bar.workforce"].rules
    nlp = load_language(None)
    [matchable] = compile_tokens((Line(rule.token[0].text),), nlp)
    assert matchable.needs_parse or matchable.spans(nlp("It was 5 % in 1999.")) is not None
