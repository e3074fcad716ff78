import numpy as np
import pytest
from classifier_labels import invented_labels
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.tag.folds import best_threshold, confusion_at, grouped_folds, out_of_fold
from pipeline.tag.learned import CodeScore, Confusion, wilson_interval
from pipeline.tag.tfidf import count_terms, repeated_terms

pytestmark = pytest.mark.filterwarnings("error")
LABELLED = sorted(invented_labels())
TEXTS = [label.text for label in LABELLED]
LABELS = np.array([int(label.is_present) for label in LABELLED])
GROUPS = np.unique([label.group for label in LABELLED], return_inverse=True)[1]
ROWS = np.arange(len(LABELLED))
FOLDS = grouped_folds(LABELS, GROUPS, seed=0)


def held_out_scores(texts=TEXTS, labels=LABELS, extra=()):
    """Scores; ``extra`` are passages with their group that no label of this code is about."""
    every = [*texts, *(text for text, _ in extra)]
    groups = np.array([*GROUPS, *(group for _, group in extra)])
    counts = count_terms(every, repeated_terms(every))
    return out_of_fold(counts, groups, ROWS, labels, FOLDS)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 12)), min_size=12, max_size=60),
    st.integers(0, 50),
)
@pytest.mark.filterwarnings("default:The least populated class")
def test_folds_never_divide_a_group_and_hold_out_every_label_once(judged, seed):
    labels = np.array([int(present) for present, _ in judged])
    groups = np.array([group for _, group in judged])
    folds = grouped_folds(labels, groups, seed)
    for rest, held in folds:
        assert not set(groups[rest]) & set(groups[held])
        assert set(labels[rest]) == {0, 1}
    if folds:
        assert sorted(np.concatenate([held for _, held in folds])) == list(range(len(judged)))


def test_folds_are_the_same_for_the_same_seed_and_others_for_another():
    def held(seed):
        return [rows.tolist() for _, rows in grouped_folds(LABELS, GROUPS, seed)]

    assert held(1) == held(1)
    assert any(held(1) != held(seed) for seed in range(2, 6))


def test_a_label_has_no_part_in_the_score_of_its_own_group():
    before = held_out_scores()
    for _, held in FOLDS:
        turned = LABELS.copy()
        turned[held] = 1 - turned[held]
        assert np.array_equal(held_out_scores(labels=turned)[held], before[held])


def test_the_words_of_a_held_out_group_do_not_choose_the_terms_it_is_scored_by():
    before = held_out_scores()
    for _, held in FOLDS:
        more = [("too few instructors, vacant posts", GROUPS[row]) for row in held]
        assert np.array_equal(held_out_scores(extra=more)[held], before[held])


def test_a_group_without_known_words_scores_zero():
    _, held = FOLDS[0]
    texts = list(TEXTS)
    for row in held:
        texts[row] = "qqq zzz"
    assert not held_out_scores(texts=texts)[held].any()


def test_the_threshold_is_the_lowest_of_the_best_and_never_below_one_half():
    labels = np.array([1, 1, 0, 0])
    assert best_threshold(np.array([0.9, 0.8, 0.6, 0.1]), labels) == 0.61
    assert best_threshold(np.array([0.4, 0.3, 0.2, 0.1]), labels) == 0.5


def test_a_score_at_the_threshold_is_proposed():
    found = confusion_at(0.6, np.array([0.6, 0.59, 0.7, 0.1]), np.array([1, 1, 0, 0]))
    assert found == Confusion(1, 1, 1, 1)


def test_figures_of_a_confusion():
    found = Confusion(true_positive=6, false_positive=2, false_negative=4, true_negative=88)
    assert (found.precision, found.recall, found.accuracy) == (0.75, 0.6, 0.94)
    assert found.f1 == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))


def test_always_no_has_no_precision_no_recall_and_a_fine_accuracy():
    score = CodeScore("c", 5, 0, 5, 0.5, 0.8, Confusion(6, 2, 4, 88))
    never = score.always_no
    assert (never.precision, never.precision_interval) == (None, None)
    assert (never.recall, never.f1, never.accuracy) == (0.0, 0.0, 0.9)
    assert score.always_no_average_precision == 0.1


@pytest.mark.parametrize(
    ("part", "whole", "below", "above"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_intervals_are_those_of_newcombe_1998_table_1(part, whole, below, above):
    assert wilson_interval(part, whole) == pytest.approx((below, above), abs=5e-5)


@settings(max_examples=300)
@given(st.integers(0, 5_000), st.integers(0, 5_000))
def test_an_interval_holds_its_share_and_stays_a_share(part, more):
    interval = wilson_interval(part, part + more)
    if part + more == 0:
        assert interval is None
    else:
        below, above = interval
        assert 0 <= below <= part / (part + more) <= above <= 1
