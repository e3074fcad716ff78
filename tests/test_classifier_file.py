import json
from dataclasses import replace

import numpy as np
import pytest
from classifier_labels import invented_labels, sentence

from pipeline.errors import InputError
from pipeline.model.judgment import canonical_json
from pipeline.tag import model_file
from pipeline.tag.classifier import Labelled, propose, train
from pipeline.tag.evaluate import model_card, score_table
from pipeline.tag.learned import MODEL_ID
from pipeline.tag.model_file import from_json, to_json

pytestmark = pytest.mark.filterwarnings("error")
LABELS = [
    *invented_labels(),
    *invented_labels("mech.denial"),
    Labelled("Funds ran out.", "bar.money", True, "int-01"),
]
CLASSIFIER = train(LABELS, seed=7)
TEXT = to_json(CLASSIFIER)


def changed(place, value):
    """The file with one value set, by a path such as ``classifier.codes.0.intercept``."""
    content = json.loads(TEXT)
    *parents, last = place.split(".")
    inner = content
    for name in parents:
        inner = inner[int(name) if isinstance(inner, list) else name]
    inner[int(last) if isinstance(inner, list) else last] = value
    return canonical_json(content) + "\n"


def test_a_classifier_read_back_is_the_same_and_proposes_the_same():
    again = from_json(TEXT)
    segments = [sentence(label.text, str(n)) for n, label in enumerate(LABELS)]
    assert again == CLASSIFIER
    assert again.sha256 == CLASSIFIER.sha256
    assert to_json(again) == TEXT
    before, after = propose(CLASSIFIER, segments), propose(again, segments)
    assert before == after
    assert before
    assert np.max([abs(a.score - b.score) for a, b in zip(before, after, strict=True)]) < 1e-9


def test_words_beyond_ascii_are_read_back_as_they_were():
    labels = [
        replace(label, text=f"{label.text} Ünïcode’s Å ﬁn İstanbul 한국어") for label in LABELS
    ]
    classifier = train(labels, seed=0)
    assert any(not term.isascii() for term in classifier.vocabulary)
    assert from_json(to_json(classifier)) == classifier


def test_a_classifier_of_nothing_is_read_back():
    empty = train([], seed=0)
    assert from_json(to_json(empty)) == empty


def test_the_file_names_its_format_model_and_hash():
    content = json.loads(TEXT)
    assert content["format"] == "backing-classifier"
    assert content["sha256"] == CLASSIFIER.sha256
    assert content["classifier"]["model_id"] == MODEL_ID == "tfidf-lr.v1"


@pytest.mark.parametrize(
    ("place", "value", "what"),
    [
        ("format", "pickle", "as this version writes it"),
        ("schema", 2, "as this version writes it"),
        ("classifier.seed", "7", "as this version writes it"),
        ("classifier.idf", None, "as this version writes it"),
        ("classifier.idf", [1.5], "vocabulary and idf do not go together"),
        ("classifier.idf.0", 0.0, "an idf is not a number from 1 up"),
        ("classifier.idf.0", float("nan"), "an idf is not a number from 1 up"),
        ("classifier.vocabulary.0", "zzz", "vocabulary and idf do not go together"),
        ("classifier.model_id", "tfidf-lr.v9", "this version reads 'tfidf-lr.v1'"),
        ("classifier.codes.0.intercept", float("inf"), "is no usable number"),
        ("classifier.codes.0.weights.0", float("nan"), "is no usable number"),
        ("classifier.codes.0.weights.0", 1e300, "is no usable number"),
        ("classifier.codes.0.weights", [1.0], "terms and weights of 'bar.workforce'"),
        ("classifier.codes.0.terms.0", -1, "terms that are not in the vocabulary"),
        ("classifier.codes.0.terms.0", 10**9, "terms and weights of 'bar.workforce'"),
        ("classifier.codes.0.score.threshold", 0.1, "threshold or average precision"),
        ("classifier.codes.0.score.average_precision", 2.0, "threshold or average precision"),
        ("classifier.codes.0.score.model.true_positive", -1, "a count of 'bar.workforce'"),
        ("classifier.codes.0.score.code_id", "zzz", "codes are not in order"),
        ("classifier.codes.0.intercept", 0.25, "was changed since it was written"),
        ("classifier.codes.0.run", "rm -rf", "was changed since it was written"),
        ("sha256", "0" * 64, "'000000000000' was changed since it was written"),
    ],
)
def test_a_changed_file_is_refused_with_what_is_wrong(place, value, what):
    with pytest.raises(InputError, match=what) as refused:
        from_json(changed(place, value))
    assert "backing train" in refused.value.remedy


@pytest.mark.parametrize("text", ["", "[]", "{", "null", '"' * 9, "[" * 100_000, TEXT[:-9]])
def test_what_is_no_classifier_at_all_is_refused(text):
    with pytest.raises(InputError, match="no classifier as this version writes it"):
        from_json(text)


def test_a_file_beyond_the_bound_is_not_even_parsed(monkeypatch):
    monkeypatch.setattr(model_file, "MAX_CHARACTERS", len(TEXT) - 1)
    with pytest.raises(InputError, match="is longer than the"):
        from_json(TEXT)
    with pytest.raises(InputError, match="is longer than the"):
        to_json(CLASSIFIER)


def test_the_score_table_has_a_row_for_each_code_that_is_proposed():
    table = score_table(CLASSIFIER)
    assert [score.code_id for score in table] == ["bar.workforce", "mech.denial"]
    assert all(score.group_count == 6 and score.fold_count == 5 for score in table)
    assert all(score.model.positive_count == score.model.negative_count == 24 for score in table)


def test_the_card_says_what_the_figures_rest_on():
    card = model_card(CLASSIFIER)
    score = score_table(CLASSIFIER)[0]
    found, proposed = score.model.true_positive, score.model.proposed_count
    for words in (
        "It suggests, never decides.",
        "Folds are grouped by source",
        "Thresholds were tuned on the same folds",
        CLASSIFIER.sha256,
        CLASSIFIER.labelled_sha256,
        "97 judgments on passages of 6 sources and 0 examples",
        "| bar.workforce | 24 | 24 | 6 | 0 |",
        f"= {found}/{proposed} (",
        "- bar.money: 1 present, and 6 are needed (1 present, 0 absent, 1 groups)",
    ):
        assert words in card


def test_the_rows_of_the_card_have_as_many_cells_as_its_head():
    rows = [line for line in model_card(CLASSIFIER).splitlines() if line.startswith("|")]
    assert len(rows) == 4
    assert len({row.count("|") for row in rows}) == 1


def test_a_code_id_can_not_break_the_card():
    hostile = [replace(one, code_id="a|b\n<script>") for one in invented_labels()]
    card = model_card(train(hostile, seed=7))
    assert "<script>" not in card.replace("\\<script\\>", "")
    assert "| a\\|b \\<script\\> |" in card


def test_a_card_without_any_code_says_so():
    assert "No code has enough judgments for a model." in model_card(train([], seed=0))
