"""The phrase language: what each construct accepts, and how a fault is told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.codebook import Line
from pipeline.model.phrase import PhraseError, parse_arrows, parse_phrase
from pipeline.tag.inflect import inflections
from pipeline.tag.lexicon import Lexicon
from pipeline.tag.parse import load_language, tokenize
from pipeline.tag.phrases import compile_phrases, find

NLP = load_language(None)


def found(phrase: str, text: str) -> list[str]:
    """The words a phrase matches in a text, by the anchors and the matcher together."""
    matchables = compile_phrases((Line(phrase),), NLP)
    doc = tokenize(NLP, text)
    passed = Lexicon(NLP, matchables).passed(text)
    return [doc[a:b].text for a, b in find(matchables, doc, passed, by_parse=False)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("deny|prevent", "They prevented it.", ["prevented"]),
        ("deny", "Denying it denied nothing.", ["Denying", "denied"]),
        ("deter*", "Deterrence deters; determine does not.", ["Deterrence", "deters", "determine"]),
        ("SPP", "The SPP and the spp.", ["SPP"]),
        ("quick? victory", "A victory, a quick victory.", ["victory", "quick victory"]),
        ("deny .. access", "They deny us any access.", ["deny us any access"]),
        ("deny ..1 access", "They deny us any access.", []),
        (
            "(long term|lasting) tie",
            "Long-term ties, lasting tie.",
            ["Long-term ties", "lasting tie"],
        ),
        ("long term", "longterm, long-term and long term", ["longterm", "long-term", "long term"]),
        ("F 16", "An F-16, an F16.", ["F-16", "F16"]),
        ("cannot deter", "It can not deter. They cannot deter.", ["can not deter", "cannot deter"]),
        ("don't know", "We don\u2019t know.", ["don't know"]),
        ("U.S. force", "The U.S. forces left.", ["U.S. forces"]),
        ("host nation", "host\u2013nation", ["host\u2013nation"]),
        ("deter * ally", "to deter every ally", ["deter every ally"]),
        ("take advantage", "They took advantage of it.", ["took advantage"]),
    ],
)
def test_a_construct_accepts_what_the_language_says(phrase: str, text: str, expected: list[str]):
    assert found(phrase, text) == expected


@pytest.mark.parametrize(
    ("phrase", "what"),
    [
        ("", "empty"),
        (".. deny", "begin or end with a gap"),
        ("deny ..", "begin or end with a gap"),
        ("deny ..99 access", "a gap of 99"),
        ("exercise/NOUN|drill", "unknown"),
        ("exercise/THING", "unknown"),
        ("(a b|c", "not closed"),
        ("a) b", "do not match"),
        ("((a) b)", "within brackets"),
        ("de*", "too short"),
        ("a||b", "no word"),
        ("quick?", "has to be there"),
        ("* *", "has to be there"),
        (" ".join(["word"] * 17), "17 words"),
        (" ".join(["(a b|c d|e f|g h)"] * 5), "multiply out"),
    ],
)
def test_a_fault_of_a_phrase_is_told(phrase: str, what: str):
    with pytest.raises(PhraseError, match=what):
        parse_phrase(phrase)


@settings(max_examples=400, deadline=None)
@given(st.text("abcDE ()|?*./-1,\\[+{", max_size=30))
def test_any_line_is_a_phrase_or_a_told_fault(line: str):
    try:
        sequences = parse_phrase(line)
    except PhraseError as reason:
        assert reason.what and reason.column >= 0
        return
    assert sequences
    compile_phrases((Line(line),), NLP)


def test_arrows_hang_children_on_the_head_and_on_prepositions():
    arrows = parse_arrows("focus/VERB >prep on >pobj coast & >nsubj ally|partner")
    assert [(arrow.parent, arrow.relations, str(arrow.word)) for arrow in arrows.arrows] == [
        (0, ("prep",), "on"),
        (1, ("pobj",), "coast"),
        (1, ("nsubj",), "ally|partner"),
    ]
    with pytest.raises(PhraseError, match="no arrow"):
        parse_arrows("focus >>")


@pytest.mark.parametrize(
    ("base", "form"),
    [
        ("deny", "denied"),
        ("deter", "deterred"),
        ("impose", "imposing"),
        ("ally", "allies"),
        ("withdraw", "withdrew"),
        ("loss", "losses"),
        ("tie", "tying"),
        ("agree", "agreed"),
        ("focus", "focused"),
        ("plan", "planning"),
    ],
)
def test_a_base_form_stands_for_its_inflections(base: str, form: str):
    assert form in inflections(base)
