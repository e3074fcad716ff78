"""What a learnt code is worth on sources it has not seen.

Passages of one source resemble one another, so a fold holds whole groups: with passages
dealt out at random a model is tested on the neighbours of what it learnt from. The words it
may use and their weights are chosen without the fold that is held out, too.
"""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import StratifiedGroupKFold

from pipeline.tag.learned import Confusion
from pipeline.tag.tfidf import Floats, Ints, choose_terms, weigh

MAX_FOLDS = 5
# Below one half the model itself holds the code for the less likely answer. On ValueEval's
# arguments (20 codes, unseen conclusions) a floor of 0.3 made 1.4 to 2.6 times as many
# proposals, and their precision fell from about .4 to between .24 and .31.
MIN_THRESHOLD = 0.5
_THRESHOLDS = np.arange(round(100 * MIN_THRESHOLD), 100) / 100
_INVERSE_PENALTY = 1.0
_MAX_STEPS = 1_000

Fold = tuple[Ints, Ints]


def grouped_folds(labels: Ints, groups: Ints, seed: int) -> tuple[Fold, ...]:
    """Return (training, held-out) row numbers; no group stands on both sides of any fold.

    At most ``MAX_FOLDS``, fewer where fewer groups hold the code or its absence; empty where
    no division leaves both answers in every training part.
    """
    most = min(MAX_FOLDS, *(len(np.unique(groups[labels == answer])) for answer in (0, 1)))
    for fold_count in range(most, 1, -1):
        cut = StratifiedGroupKFold(fold_count, shuffle=True, random_state=seed)
        folds = tuple(cut.split(np.zeros(len(labels)), labels, groups))
        if all(len(held) and len(np.unique(labels[rest])) == 2 for rest, held in folds):
            return folds
    return ()


def fit(weighed: csr_matrix, labels: Ints) -> tuple[Floats, float]:
    """Return weights and intercept of a logistic regression, both answers of equal weight."""
    regression = LogisticRegression(
        C=_INVERSE_PENALTY, class_weight="balanced", max_iter=_MAX_STEPS, random_state=0
    ).fit(weighed, labels)
    return regression.coef_[0], float(regression.intercept_[0])


def scores(weighed: csr_matrix, weights: Floats | csr_matrix, intercepts: Floats) -> Floats:
    """Return scores from 0 to 1, passages x codes; 0 for a passage without one known term."""
    product = weighed @ weights
    dense = product if isinstance(product, np.ndarray) else product.toarray()
    scored: Floats = expit(dense + intercepts)
    scored[np.diff(weighed.indptr) == 0] = 0.0
    return scored


def out_of_fold(
    counts: csr_matrix, passage_groups: Ints, rows: Ints, labels: Ints, folds: Sequence[Fold]
) -> Floats:
    """Return, for each label, its score by a model that saw nothing of its group.

    Parameters
    ----------
    counts, passage_groups
        All passages of the training data, of other codes too: terms are chosen from those
        whose groups are not held out.
    rows
        The passage each label is about.
    """
    scored = np.zeros(len(labels))
    for rest, held in folds:
        held_groups = np.unique(passage_groups[rows[held]])
        columns, idf = choose_terms(counts[~np.isin(passage_groups, held_groups)])
        if not len(columns):
            continue
        weighed = weigh(counts[rows][:, columns], idf)
        weights, intercept = fit(weighed[rest], labels[rest])
        scored[held] = scores(weighed[held], weights, np.array(intercept))
    return scored


def confusion_at(threshold: float, scored: Floats, labels: Ints) -> Confusion:
    """Return what proposing every score of at least ``threshold`` gets right and wrong."""
    proposed, present = scored >= threshold, labels == 1
    return Confusion(
        int(np.sum(proposed & present)),
        int(np.sum(proposed & ~present)),
        int(np.sum(~proposed & present)),
        int(np.sum(~proposed & ~present)),
    )


def best_threshold(scored: Floats, labels: Ints) -> float:
    """Return the hundredth from ``MIN_THRESHOLD`` up with the highest F1, the lowest of ties.

    Chosen on the scores it is then judged by, so the F1 there is somewhat too good.
    """
    f1 = [confusion_at(each, scored, labels).f1 or 0.0 for each in _THRESHOLDS]
    return float(_THRESHOLDS[int(np.argmax(f1))])


def average_precision(scored: Floats, labels: Ints) -> float:
    """Return the precision averaged over the ranks of the positives: no threshold needed."""
    return float(average_precision_score(labels, scored))
