"""The classifier on ValueEval's arguments, with conclusions for sources.

What is held here is less that it is good (words carry values badly to new topics) than that
its figures are true: grouped, near chance where there is nothing to learn, and borne out by
conclusions that no fold has seen.
"""

import random
import time
from dataclasses import replace

import pytest
from classifier_labels import sentence, value_labels

from pipeline.tag.classifier import propose, train

pytestmark = pytest.mark.filterwarnings("error")
CODES = (
    "Achievement",
    "Security: personal",
    "Security: societal",
    "Self-direction: action",
    "Self-direction: thought",
    "Tradition",
    "Universalism: concern",
    "Universalism: nature",
)


@pytest.fixture(scope="module")
def labels():
    return value_labels(1_000, CODES)


@pytest.fixture(scope="module")
def classifier(labels):
    return train(labels, seed=0)


def test_held_out_figures_beat_always_no(classifier):
    # In six slices drawn with other seeds the least gain of any code was 1.21 times, and
    # these four codes always gained more than 1.6 times.
    gain = {
        code.code_id: code.score.average_precision / code.score.always_no_average_precision
        for code in classifier.codes
    }
    assert min(gain.values()) > 1.1
    strong = ("Self-direction: action", "Self-direction: thought", "Tradition")
    assert all(gain[code_id] > 1.5 for code_id in (*strong, "Universalism: nature"))
    assert all(code.score.model.f1 > code.score.always_no.f1 for code in classifier.codes)


def test_accuracy_is_no_proof_of_worth_since_always_no_often_has_more_of_it(classifier):
    gains = [code.score.model.accuracy - code.score.always_no.accuracy for code in classifier.codes]
    assert any(gain > 0 for gain in gains)
    assert any(gain < 0 for gain in gains)


def test_every_code_it_proposes_is_proposed_better_than_by_chance(classifier):
    assert len(classifier.codes) >= 6
    for code in classifier.codes:
        below, _ = code.score.model.precision_interval
        assert below > code.score.always_no_average_precision


def test_folds_at_random_flatter_where_folds_by_conclusion_do_not(labels, classifier):
    apart = [replace(label, group=f"passage {n // len(CODES)}") for n, label in enumerate(labels)]
    leaking = {code.code_id: code.score.average_precision for code in train(apart, 0).codes}
    grouped = {code.code_id: code.score.average_precision for code in classifier.codes}
    assert set(grouped) <= set(leaking)
    gains = [leaking[code_id] - grouped[code_id] for code_id in grouped]
    assert sum(gains) / len(gains) > 0.03


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_shuffled_labels_score_near_chance(labels, seed):
    answers = [label.is_present for label in labels if label.code_id == "Security: societal"]
    random.Random(seed).shuffle(answers)
    of_code = [label for label in labels if label.code_id == "Security: societal"]
    shuffled = [
        replace(label, is_present=answer) for label, answer in zip(of_code, answers, strict=True)
    ]
    learnt = train(shuffled, seed=0)
    for code in learnt.codes:
        assert abs(code.score.average_precision - code.score.always_no_average_precision) < 0.05
    assert learnt.codes or "too few to tell" in learnt.too_few[0].reason


def test_precision_holds_on_conclusions_it_has_not_seen(labels):
    conclusions = sorted({label.group for label in labels})
    random.Random(1).shuffle(conclusions)
    seen = set(conclusions[: len(conclusions) // 2])
    learnt = train([label for label in labels if label.group in seen], seed=0)
    unseen = [label for label in labels if label.group not in seen]
    truth = {(label.text, label.code_id): label.is_present for label in unseen}
    text_of = {str(n): text for n, text in enumerate(sorted({label.text for label in unseen}))}
    proposals = propose(learnt, [sentence(text, number) for number, text in text_of.items()])
    better = 0
    for code in learnt.codes:
        right = [
            truth[text_of[one.segment.source_id], code.code_id]
            for one in proposals
            if one.code_id == code.code_id
        ]
        of_code = [present for (_, code_id), present in truth.items() if code_id == code.code_id]
        better += bool(right) and sum(right) / len(right) > sum(of_code) / len(of_code)
    assert better >= len(learnt.codes) - 1 >= 2


def test_twenty_judgments_are_told_to_be_too_few(labels):
    few = train([label for label in labels if label.code_id == "Universalism: nature"][:20], 0)
    assert few.codes == ()
    assert few.too_few[0].positive_count < 6


def test_twenty_codes_are_learnt_and_fifteen_thousand_segments_read_in_seconds():
    labels = value_labels(1_000)
    started = time.perf_counter()
    classifier = train(labels, seed=0)
    learnt = time.perf_counter()
    texts = [label.text for label in labels[::20]] * 15
    propose(classifier, [sentence(text, str(n)) for n, text in enumerate(texts)])
    read = time.perf_counter()
    assert len(texts) == 15_000
    assert learnt - started < 20
    assert read - learnt < 20
