"""What the engine finds is what running every spaCy matcher over every sentence finds.

Random codebooks of every construct of the grammar against random sentences. The reference
has no anchors, no candidates and no batches: it parses each sentence whole and runs each
matcher on it. The last test counts how often each construct was tried and how often it held.
"""

import json
import os
import re
from collections import Counter
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.matcher import DependencyMatcher
from spacy.tokens import Doc

from pipeline.language_model import find_model
from pipeline.model.codebook import Code, Codebook, Line, Rule
from pipeline.tag.arrows import compile_arrows
from pipeline.tag.lexicon import Lexicon
from pipeline.tag.parse import load_language, parse, tokenize
from pipeline.tag.phrases import compile_phrases, compile_tokens
from pipeline.tag.rules import compile_tagger, fire

Spans = set[tuple[int, int]]
Found = set[tuple[int, str, tuple[tuple[int, int], ...]]]
TRIED: Counter[str] = Counter()
HELD: Counter[str] = Counter()
CONSTRUCTS = {
    "word": r"^\w+$",
    "alternatives": r"\w\|\w",
    "prefix": r"\w\*",
    "exact": r"[A-Z]{2}|[A-Z][a-z]",
    "optional": r"\w\?",
    "gap": r"\.\.(?!\d)",
    "gap of n": r"\.\.\d",
    "any word": r"(?<!\S)\*",
    "group": r"\(.* .*\|",
    "part of speech": r"/[A-Z]+",
    "hyphen": r"\w-\w",
    "two for the tokenizer": r"cannot|don't",
    "possessive": r" 's",
    "joined": r"long term",
    "child": r"(?<!>)>\w+ ",
    "descendant": r">> ",
    "two children": r" & ",
    "on the preposition": r">prep \S+ >pobj",
    "relations": r">\w+\|\w+ ",
    "any child": r"> ",
    "LOWER": r'"LOWER":"',
    "TEXT": r'"TEXT"',
    "IN": r'"IN"',
    "NOT_IN": r'"NOT_IN"',
    "OP": r'"OP"',
    "no spelling": r'"IS_TITLE"',
}
WORDS = ["deter", "ally", "plan", "share", "Moscow", "the", "not", "on", "of", "quickly", "data"]
NOUNS, VERBS = ["ally", "plan", "data", "coast", "exercise"], ["deter", "share", "plan", "exercise"]

word = st.sampled_from(
    [*WORDS, "plan|ally", "det*", "SPP", "share|Moscow", "cannot", "don't", "exercise/NOUN",
     "plan|deter/VERB", "long term", "long-term", "Moscow 's"]
)  # fmt: skip
inner = st.one_of(
    word,
    st.sampled_from(["..", "..1", "..5", "*", "(long term|ally)", "quickly?", "the|not?"]),
)
phrase = st.one_of(
    word,
    st.builds(lambda a, mid, b: " ".join([a, *mid, b]), word, st.lists(inner, max_size=2), word),
)
noun, verb = st.sampled_from([*NOUNS, "*", "plan|ally"]), st.sampled_from([*VERBS, "plan/VERB"])
arrows = st.one_of(
    st.builds("{} >dobj {}".format, verb, noun),
    st.builds("{} >nsubj|dobj {}".format, verb, noun),
    st.builds("{} >nsubj {} & >dobj {}".format, verb, noun, st.sampled_from(NOUNS)),
    st.builds("{} >prep on >pobj {}".format, st.sampled_from(["share", "plan", "data"]), noun),
    st.builds("{} >> {}".format, verb, noun),
    st.builds("{} > {}".format, verb, noun),
    st.builds("{} >neg not|n't".format, verb),
)
token = st.sampled_from(
    [
        {"LOWER": "deter"},
        {"LOWER": {"IN": ["allies", "plans"]}},
        {"TEXT": "Moscow"},
        {"LOWER": {"NOT_IN": ["the", "of"]}},
        {"LOWER": "the", "OP": "?"},
        {"LOWER": "not", "OP": "{0,2}"},
        {"IS_TITLE": True},
        {"POS": "VERB"},
    ]
)
firm = token.filter(lambda one: "OP" not in one)
patterns = st.builds(lambda a, mid: [a, *mid], firm, st.lists(token, max_size=2)).map(
    lambda pattern: json.dumps(pattern, separators=(",", ":"), sort_keys=True)
)
sentences = st.lists(
    st.lists(
        st.sampled_from(
            [*WORDS, "deterred", "allies", "Plans", "shares", "longterm", "long", "term", "-", ",",
             "SPP", "cannot", "don\u2019t", "moscow", "exercises", "coast", "Moscow's", "long-term",
             "plan exercises on the coast", "share data on the coast", "not share the data"]
        ),
        min_size=1,
        max_size=14,
    ).map(" ".join),
    min_size=1,
    max_size=3,
)  # fmt: skip


def block(texts: st.SearchStrategy[str], least: int = 0) -> st.SearchStrategy[tuple[Line, ...]]:
    return st.lists(texts, min_size=least, max_size=3).map(lambda t: tuple(map(Line, t)))


@st.composite
def rules(draw: st.DrawFn, rule_id: str) -> Rule:
    form, texts = draw(
        st.sampled_from([("phrases", phrase), ("phrases", phrase), ("dep", arrows),
                         ("token", patterns)])
    )  # fmt: skip
    requires = draw(block(phrase)) if draw(st.booleans()) else ()
    return Rule(rule_id, **{form: draw(block(texts, 1))}, requires=requires, sha256="x")


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    codes = []
    for number in range(draw(st.integers(1, 4))):
        made = [draw(rules(f"r{number}-{i}")) for i in range(draw(st.integers(1, 2)))]
        unless = draw(block(phrase)) if draw(st.booleans()) else ()
        near = draw(block(phrase)) if draw(st.integers(0, 3)) == 0 else ()
        codes.append(Code(f"c{number}", "", rules=tuple(made), unless=unless, unless_near=near))
    return Codebook("random", "1.0.0", codes=tuple(codes))


@cache
def language() -> Language:
    model = find_model()
    if model is None:
        reason = "no English language model is installed"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return load_language(model.folder)


def spans(rule_lines: tuple[Line, ...], how: str, nlp: Language, doc: Doc) -> Spans:
    """The outermost spans that one block's matchers find in a sentence."""
    compiled = {"phrases": compile_phrases, "dep": compile_arrows, "token": compile_tokens}
    made: Spans = set()
    for one in compiled[how](rule_lines, nlp):
        if one.needs_parse and not doc.has_annotation("DEP"):
            continue
        if isinstance(one.matcher, DependencyMatcher):
            made |= {(min(tokens), max(tokens) + 1) for _, tokens in one.matcher(doc)}
        else:
            made |= {(start, end) for _, start, end in one.matcher(doc)}
    return {s for s in made if not any(s != o and o[0] <= s[0] and s[1] <= o[1] for o in made)}


def naive(book: Codebook, nlp: Language, texts: list[str]) -> Found:
    holding: Found = set()
    for number, text in enumerate(texts):
        [doc] = (
            parse(nlp, [tokenize(nlp, text)]) if nlp.has_pipe("parser") else [tokenize(nlp, text)]
        )
        for code in book.codes:
            near = spans(code.unless_near, "phrases", nlp, doc)
            barred = spans(code.unless, "phrases", nlp, doc)
            for rule in code.rules:
                how = "phrases" if rule.phrases else "dep" if rule.dep else "token"
                found = spans(rule.phrases or rule.dep or rule.token, how, nlp, doc)
                kept = [s for s in found if not any(s[0] < b and a < s[1] for a, b in barred)]
                is_met = not rule.requires or spans(rule.requires, "phrases", nlp, doc)
                if kept and not near and is_met:
                    holding.add((number, rule.rule_id, tuple(sorted(kept))))
    return holding


def engine(book: Codebook, nlp: Language, texts: list[str]) -> Found:
    return {
        (candidate.number, firing.rule.rule.rule_id, firing.matched)
        for candidate, firings in fire(compile_tagger(book, nlp), texts)
        for firing in firings
    }


def count(book: Codebook, found: Found) -> None:
    held = {rule_id for _, rule_id, _ in found}
    for rule in (rule for code in book.codes for rule in code.rules):
        for line in (*rule.phrases, *rule.dep, *rule.token):
            for name, pattern in CONSTRUCTS.items():
                if re.search(pattern, line.text):
                    TRIED[name] += 1
                    HELD[name] += rule.rule_id in held


def by_arrow(line: str) -> Codebook:
    rule = Rule("r0", dep=(Line(line),), sha256="x")
    return Codebook("arrow", "1.0.0", codes=(Code("c0", "", rules=(rule,)),))


@settings(max_examples=200, deadline=None)
@example(by_arrow("share >nsubj ally & >dobj data"), ["Our allies share the data."])
@example(by_arrow("deter >nsubj|dobj ally"), ["They deter the ally."])
@example(by_arrow("plan >prep on >pobj coast"), ["plan exercises on the coast"])
@example(by_arrow("share >neg not|n't"), ["They do not share the data."])
@example(by_arrow("share >> coast"), ["They share the data of the coast."])
@example(by_arrow("share > data"), ["They share the data."])
@given(codebooks(), sentences)
def test_with_a_model_the_engine_finds_what_every_matcher_finds(book: Codebook, texts: list[str]):
    found = engine(book, language(), texts)
    assert found == naive(book, language(), texts)
    count(book, found)


@settings(max_examples=200, deadline=None)
@given(codebooks(), sentences)
def test_without_a_model_too(book: Codebook, texts: list[str]):
    blank = load_language(None)
    found = engine(book, blank, texts)
    assert found == naive(book, blank, texts)
    count(book, found)


def test_every_construct_was_tried_and_held_somewhere():
    if not TRIED:
        pytest.skip("counts what the two properties above tried, and they were not run")
    assert {name: TRIED[name] for name in CONSTRUCTS if TRIED[name] < 20} == {}
    assert {name for name in CONSTRUCTS if not HELD[name]} == set()


@settings(max_examples=500, deadline=None)
@example("10a.m. U.S.'s \u201cNo.\u201d don\u2019t cannot :) e.g.\u00a05\u2013 x\x1cy")
@given(
    st.text(
        "aAbN .,'-\u2019\u201c\u201d\u00a0\n\x1c\u20285:)(/$%&@_\u0130\u00df\u03a3", max_size=40
    )
)
def test_runs_between_blanks_are_cut_as_the_whole_sentence_is(text: str):
    blank = load_language(None)
    whole = [token.text for token in tokenize(blank, text) if not token.is_space]
    runs = [
        token.text for run in text.replace("\u2019", "'").split() for token in blank.tokenizer(run)
    ]
    assert whole == runs


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["deter", "Deterred", "DETER", "deters.", "x", "\u0130deter"])))
def test_a_lexicon_passes_what_the_tokens_pass(words: list[str]):
    blank = load_language(None)
    matchables = compile_phrases((Line("deter|ally"), Line("det* SPP")), blank)
    text = " ".join(words)
    tests = {test for one in matchables for needed in one.needed for test in needed}
    passing = {t for t in tests for token in tokenize(blank, text) if t.accepts(token.text)}
    assert Lexicon(blank, matchables).passed(text) == passing


def test_parses_do_not_depend_on_what_stands_beside():
    nlp = language()
    texts = [f"We plan exercises with our allies on the coast in {year}." for year in range(80)]
    alone = [d for text in texts for d in parse(nlp, [tokenize(nlp, text)])]
    together = parse(nlp, [tokenize(nlp, text) for text in texts])
    for one, other in zip(alone, together, strict=True):
        assert [(t.head.i, t.dep_, t.tag_) for t in one] == [
            (t.head.i, t.dep_, t.tag_) for t in other
        ]
