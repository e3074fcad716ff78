"""How a sentence asserts the words of a code: the constructs the layer reads, by name.

The words in square brackets are those matched. All sentences are invented.
"""

import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipeline.codebooks import load_codebook
from pipeline.language_model import find_model
from pipeline.model.coding import Assertion
from pipeline.tag.assertion import assertion
from pipeline.tag.cues import Method, SentenceCues, find_cues
from pipeline.tag.parse import can_parse, load_language, parse, tokenize
from pipeline.tag.rules import compile_tagger

MODEL = find_model()
TAGGER = compile_tagger(
    load_codebook(Path(__file__).parent.parent / "codebooks" / "deterrence.yaml"),
    load_language(MODEL.folder if MODEL else None),
    only=(),
)
METHODS: tuple[Method, ...] = ("parse", "clause") if can_parse(TAGGER.nlp) else ("clause",)
needs_parser = pytest.mark.skipif(
    not can_parse(TAGGER.nlp) and os.environ.get("CI") != "true", reason="no language model"
)


def read(text: str, method: Method) -> tuple[Doc, SentenceCues]:
    doc = tokenize(TAGGER.nlp, text)
    if method == "parse":
        [doc] = parse(TAGGER.nlp, [doc])
    return doc, find_cues(TAGGER.cues, doc, TAGGER.lexicon.passed(text), method)


def asserted(marked: str, method: Method, *, carries_negation: bool = False) -> Assertion:
    """How a sentence asserts its words in square brackets."""
    text = marked.replace("[", "").replace("]", "")
    doc, found = read(text, method)
    spans = []
    for number, one in enumerate(re.finditer(r"\[(.*?)\]", marked)):
        start = one.start() - 2 * number
        span = doc.char_span(start, start + len(one[1]), alignment_mode="expand")
        spans.append((span.start, span.end))
    return assertion(found, spans, doc, 0, carries_negation=carries_negation)


def speakers(marked: str) -> list[str]:
    text = marked.replace("[", "").replace("]", "")
    cues = asserted(marked, "parse").cues
    return [text[c.speaker_start : c.speaker_end] for c in cues if c.dimension == "voice"]


DENIED = {
    "a verb denied": "The drills do not [deter] anyone.",
    "nobody": "Nobody was [deterred].",
    "no noun": "There are no [joint exercises] this year.",
    "no longer": "The brigade is no longer [stationed there].",
    "without": "They crossed without [overflight rights].",
    "neg-raising": "I do not believe that the drills [provoke] anyone.",
    "a thing ended": "The scandal eroded [political will].",
    "a failure": "The plan failed to [deter] the raiders.",
    "rather than": "It brought anger rather than [deterrence].",
    "not X but Y": "They wanted not [deterrence] but talks.",
}
DENIED_ON_A_PARSE = {
    "what a free clause denies": "What they do not want is further [force posture].",
    "a thing held or brought about": "The council does not have the [political will].",
    "the lesser term of a comparison": "Others feared abandonment more than [provocation].",
    "what progress lacks": "The lack of progress in the area of [arms control] is known.",
    "a clause joined by nor": "They did not come, nor can they [deter] anyone.",
}
NOT_DENIED = {
    "not only": "The drills not only [deter], they reassure.",
    "a negation cancelled": "They never fail to [deter] the raiders.",
    "no doubt": "No doubt the drills [deter] raiders.",
    "not limited to": "Steps including but not limited to [export controls] were taken.",
    "another clause": "They do not share, but the drills [deter] raiders.",
    "said here and denied there": "[Escalation] came; nobody wanted [escalation] here.",
}
NOT_DENIED_ON_A_PARSE = {
    "a thing given": "The storm did not change our [strong relationship].",
    "circumstances": "They did not sign the treaty during the [joint exercises].",
    "the doer of a passive": "The raiders were not stopped by the [joint exercises].",
    "what stands before nobody": "In this age of [interdependence] nobody is spared.",
    "no place where not": "There is no place where they are not [working together].",
    "the focus of not": "It works for, not against, our [shared values].",
    "the ending of a hindrance as subject": "Suspension of the ban will [strengthen deterrence].",
    "a clause about a noun": "They did not like the law that [strengthens deterrence].",
}
REPORTED = {
    "a verb of saying": ("Moscow says that every drill is a [provocation].", "Moscow"),
    "a verb at the end": ("Every drill is a [provocation], Moscow says.", "Moscow"),
    "according to": ("According to Moscow, the drills [deter] raiders.", "Moscow"),
    "clear that": ("The President has been clear that they [deter].", "The President"),
}
REPORTED_ON_A_PARSE = {
    "an office and a country": (
        "The President of Norland said that drills [deter] raiders.",
        "The President of Norland",
    ),
    "two who say it": (
        "Both you and the mayor said that drills [deter] raiders.",
        "Both you and the mayor",
    ),
    "a name before a colon": (
        "Ana Berg: \N{LEFT DOUBLE QUOTATION MARK}The drills [deter] us.",
        "Ana Berg",
    ),
    "who in a clause": (
        "He met mayors who say that drills [deter] raiders.",
        "mayors",
    ),
    "the doer of a passive": ("It was said by Ana Berg that drills [deter].", "Ana Berg"),
}
OWN = {
    "I": "I said that the drills [deter] raiders.",
    "we": "We have said that the drills [deter] raiders.",
    "a noun": "It is a question of [deterrence].",
}
OWN_ON_A_PARSE = {
    "this report": "This report argues that drills [deter] raiders.",
    "the leaders of a joint statement": "The leaders announced that drills [deter] raiders.",
    "evidence": "The evidence shows and tells us that drills [deter] raiders.",
    "who is asked": "Do you think that drills [deter] raiders?",
    "it is wise to say": "It is common sense to say that drills [deter] raiders.",
    "let me say": "Let me say that the drills [deter] raiders.",
    "a word in marks": 'The "[off-ramp]" is closed.',
    "the title of a meeting": 'The theme "Building [resilience] through common hope" was read.',
}
CONDITIONAL = {
    "if": "If they leave, the drills [deter] nobody.",
    "would": "Such drills would [deter] raiders.",
    "an inversion": "Should deterrence fail, they [defend every inch].",
    "absent": "Absent such help, the drills [deter] nobody.",
}


@pytest.mark.parametrize("text", DENIED.values(), ids=DENIED)
@pytest.mark.parametrize("method", METHODS)
def test_a_denial_is_told(text: str, method: Method):
    assert asserted(text, method).polarity == "negated"


@needs_parser
@pytest.mark.parametrize("text", DENIED_ON_A_PARSE.values(), ids=DENIED_ON_A_PARSE)
def test_a_denial_that_only_grammar_shows_is_told(text: str):
    assert asserted(text, "parse").polarity == "negated"


@pytest.mark.parametrize("text", NOT_DENIED.values(), ids=NOT_DENIED)
@pytest.mark.parametrize("method", METHODS)
def test_what_is_not_denied_is_affirmed(text: str, method: Method):
    assert asserted(text, method).polarity == "affirmed"


@needs_parser
@pytest.mark.parametrize("text", NOT_DENIED_ON_A_PARSE.values(), ids=NOT_DENIED_ON_A_PARSE)
def test_what_a_denial_leaves_standing_is_affirmed(text: str):
    assert asserted(text, "parse").polarity == "affirmed"


@pytest.mark.parametrize(("text", "_"), REPORTED.values(), ids=REPORTED)
@pytest.mark.parametrize("method", METHODS)
def test_what_another_says_is_reported(text: str, _: str, method: Method):
    assert asserted(text, method).voice == "reported"


@needs_parser
@pytest.mark.parametrize(
    ("text", "speaker"),
    [*REPORTED.values(), *REPORTED_ON_A_PARSE.values()],
    ids=[*REPORTED, *REPORTED_ON_A_PARSE],
)
def test_who_says_it_is_named(text: str, speaker: str):
    assert speaker in speakers(text)


@pytest.mark.parametrize("text", OWN.values(), ids=OWN)
@pytest.mark.parametrize("method", METHODS)
def test_what_the_text_says_itself_is_its_own(text: str, method: Method):
    assert asserted(text, method).voice == "own"


@needs_parser
@pytest.mark.parametrize("text", OWN_ON_A_PARSE.values(), ids=OWN_ON_A_PARSE)
def test_what_nobody_else_is_told_to_say_is_own(text: str):
    assert asserted(text, "parse").voice == "own"


@pytest.mark.parametrize("text", CONDITIONAL.values(), ids=CONDITIONAL)
@pytest.mark.parametrize("method", METHODS)
def test_a_condition_is_told(text: str, method: Method):
    assert asserted(text, method).certainty == "conditional"


@needs_parser
def test_what_is_urged_goes_on_after_and():
    text = "We call on all states to free them and to stop the [persecution of opponents]."
    assert asserted(text, "parse").mood == "prescription"


@pytest.mark.parametrize("method", METHODS)
def test_a_question_without_a_mark_is_one(method: Method):
    assert asserted("I wonder if the drills [deter] anyone.", method).mood == "question"


@pytest.mark.parametrize("method", METHODS)
def test_a_pledge_is_prospective_and_an_attitude_is_not(method: Method):
    assert asserted("They pledge to [share data].", method).time == "prospective"
    assert asserted("They remain committed to the [rule of law].", method).time == "current"


@pytest.mark.parametrize("method", METHODS)
def test_a_purpose_is_neither_claimed_nor_denied(method: Method):
    assert asserted("Missiles are meant to [deter] a landing.", method).departures == ()


@pytest.mark.parametrize("method", METHODS)
def test_a_negation_that_is_the_codes_own_is_not_counted_again(method: Method):
    text = "They do [not share] anything."
    assert asserted(text, method, carries_negation=True).polarity == "affirmed"
    assert asserted(text, method).polarity == "negated"


@needs_parser
def test_a_belief_that_the_code_names_is_no_report():
    assert asserted("[Moscow believes] that drills are weak.", "parse").voice == "own"


WORDS = st.sampled_from(
    "not no never nobody without more than rather said says that if unless should would may "
    'will must the drills deter deterrence Moscow Ana I we you they , . ; : \N{EM DASH} “ ” " ? '
    "and but nor of by in to be is been clear according which who fail lack think believe 's n't "
    "absent were had as long so agreed according whether wonder".split()
)
SALAD = st.lists(WORDS, min_size=1, max_size=25).map(" ".join)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=SALAD)
def test_cues_and_scopes_lie_within_any_salad_of_words(method: Method, text: str):
    doc, found = read(text, method)
    for reach in found.reaches:
        assert 0 <= reach.cue[0] < reach.cue[1] <= len(doc)
        assert reach.governed
        assert 0 <= min(reach.governed) <= reach.cue[0]
        assert reach.cue[1] <= max(reach.governed) + 1 <= len(doc)
        if reach.speaker:
            assert 0 <= reach.speaker[0] < reach.speaker[1] <= len(doc)
    whole = assertion(found, [(0, len(doc))], doc, 0, carries_negation=False)
    for cue in whole.cues:
        assert 0 <= cue.scope_start <= cue.start < cue.end <= cue.scope_end <= len(text)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=SALAD, other=SALAD)
def test_a_sentence_is_read_alike_whatever_was_read_before(method: Method, text: str, other: str):
    first = read(text, method)[1]
    read(other, method)
    assert read(text, method)[1] == first
