"""A classifier learnt from judgments: one logistic regression over n-grams per code.

It proposes where rules have no words for a code; it never decides. Only what was judged is
learnt from: a passage that nobody judged for a code is neither present nor absent.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from itertools import groupby

import numpy as np
from scipy.sparse import csr_matrix

from pipeline.model.codebook import Codebook
from pipeline.model.judgment import canonical_json
from pipeline.tag.folds import (
    average_precision,
    best_threshold,
    confusion_at,
    fit,
    grouped_folds,
    out_of_fold,
)
from pipeline.tag.learned import (
    EXAMPLE_GROUP,
    Classifier,
    CodeModel,
    CodeScore,
    Labelled,
    TooFew,
)
from pipeline.tag.proposals import ModelProposal, propose
from pipeline.tag.tfidf import (
    DECIMALS,
    Floats,
    Ints,
    choose_terms,
    count_terms,
    repeated_terms,
    weigh,
)

__all__ = [
    "Classifier",
    "Labelled",
    "ModelProposal",
    "TooFew",
    "example_labels",
    "propose",
    "train",
]

MIN_POSITIVES = 6
MIN_NEGATIVES = 6
# Positives from three sources that coders judged, or five groups of each answer where
# codebook examples count as groups: fewer, and a fold holds out nearly all there is.
MIN_SOURCES = 3
MIN_GROUPS = 5
# One lucky find is no evidence, however rare the code.
MIN_FOUND = 3
_LIBRARIES = ("numpy", "scikit-learn", "scipy")


@dataclass(frozen=True, slots=True)
class _Passages:
    """The distinct (group, text) of all training data, counted, with a number per group."""

    row_of: dict[tuple[str, str], int]
    groups: Ints
    counts: csr_matrix
    terms: tuple[str, ...]


def example_labels(codebook: Codebook) -> tuple[Labelled, ...]:
    """Return the codebook's examples as training data, each a group of its own.

    An example speaks of its own code only: what stands for one code may well hold another.
    """
    return tuple(
        Labelled(
            text=example.text,
            code_id=code.code_id,
            is_present=example.is_positive,
            group=f"{EXAMPLE_GROUP}{code.code_id}:{number}",
        )
        for code in codebook.codable
        for number, example in enumerate(code.examples, start=1)
    )


def train(labelled: Sequence[Labelled], seed: int) -> Classifier:
    """Return a classifier for the codes with enough judgments; their order is nothing.

    Parameters
    ----------
    seed
        Decides which groups stand in which fold, nothing else.
    """
    ordered = sorted(labelled)
    passages = _passages(ordered)
    columns, idf = choose_terms(passages.counts)
    weighed = weigh(passages.counts[:, columns], idf)
    outcomes = [
        _learn(code_id, of_code, passages, weighed, seed) for code_id, of_code in _by_code(ordered)
    ]
    groups = {label.group for label in ordered}
    example_count = sum(group.startswith(EXAMPLE_GROUP) for group in groups)
    content = canonical_json([asdict(label) for label in ordered])
    return Classifier(
        vocabulary=tuple(passages.terms[column] for column in columns),
        idf=tuple(idf.tolist()),
        codes=tuple(outcome for outcome in outcomes if isinstance(outcome, CodeModel)),
        too_few=tuple(outcome for outcome in outcomes if isinstance(outcome, TooFew)),
        label_count=len(ordered),
        source_count=len(groups) - example_count,
        example_count=example_count,
        seed=seed,
        labelled_sha256=hashlib.sha256(content.encode()).hexdigest(),
        versions=tuple((name, version(name)) for name in _LIBRARIES),
    )


def _by_code(ordered: Sequence[Labelled]) -> Iterator[tuple[str, list[Labelled]]]:
    by_code = sorted(ordered, key=lambda label: label.code_id)
    for code_id, of_code in groupby(by_code, key=lambda label: label.code_id):
        yield code_id, list(of_code)


def _passages(ordered: Sequence[Labelled]) -> _Passages:
    distinct = sorted({(label.group, label.text) for label in ordered})
    texts = [text for _, text in distinct]
    number_of = {group: n for n, group in enumerate(sorted({group for group, _ in distinct}))}
    terms = repeated_terms(texts)
    return _Passages(
        row_of={passage: row for row, passage in enumerate(distinct)},
        groups=np.array([number_of[group] for group, _ in distinct], dtype=np.int64),
        counts=count_terms(texts, terms),
        terms=terms,
    )


def _learn(
    code_id: str, of_code: Sequence[Labelled], passages: _Passages, weighed: csr_matrix, seed: int
) -> CodeModel | TooFew:
    rows = np.array([passages.row_of[label.group, label.text] for label in of_code])
    labels = np.array([int(label.is_present) for label in of_code])
    groups = passages.groups[rows]

    def too_few(reason: str) -> TooFew:
        present = int(labels.sum())
        return TooFew(code_id, present, len(labels) - present, len(np.unique(groups)), reason)

    if reason := _shortage(of_code):
        return too_few(reason)
    folds = grouped_folds(labels, groups, seed)
    if not folds:
        return too_few("no division by group leaves both answers to learn from")
    scored = out_of_fold(passages.counts, passages.groups, rows, labels, folds)
    score = _score(of_code, labels, scored, len(folds))
    if reason := _chance(score):
        return too_few(reason)
    weights, intercept = fit(weighed[rows], labels)
    return _code_model(score, weights, intercept)


def _shortage(of_code: Sequence[Labelled]) -> str:
    """Return what is missing before a code can be learnt, empty where nothing is."""
    counts = {answer: sum(one.is_present is answer for one in of_code) for answer in (True, False)}
    if counts[True] < MIN_POSITIVES:
        return f"{counts[True]} present, and {MIN_POSITIVES} are needed"
    if counts[False] < MIN_NEGATIVES:
        return f"{counts[False]} absent, and {MIN_NEGATIVES} are needed"
    present, absent = (
        {label.group for label in of_code if label.is_present is answer} for answer in (True, False)
    )
    sources = sum(not group.startswith(EXAMPLE_GROUP) for group in present)
    if sources >= MIN_SOURCES or min(len(present), len(absent)) >= MIN_GROUPS:
        return ""
    return (
        f"present in {sources} sources, and {MIN_SOURCES} are needed; or, with examples, present "
        f"in {len(present)} groups and absent in {len(absent)}, and {MIN_GROUPS} are needed"
    )


def _score(of_code: Sequence[Labelled], labels: Ints, scored: Floats, fold_count: int) -> CodeScore:
    groups = {label.group for label in of_code}
    examples = sum(group.startswith(EXAMPLE_GROUP) for group in groups)
    threshold = best_threshold(scored, labels)
    return CodeScore(
        code_id=of_code[0].code_id,
        source_count=len(groups) - examples,
        example_count=examples,
        fold_count=fold_count,
        threshold=threshold,
        average_precision=average_precision(scored, labels),
        model=confusion_at(threshold, scored, labels),
    )


def _chance(score: CodeScore) -> str:
    """Return why a model is held back, empty where it is better than proposing everything."""
    share = score.always_no_average_precision
    found, precision = score.model.true_positive, score.model.precision_interval
    if precision and found >= MIN_FOUND and precision[0] > share:
        return ""
    return (
        f"on held-out groups {found} of {score.model.proposed_count} proposals were right, too "
        f"few to tell from the {share:.0%} that are right when every passage is proposed"
    )


def _code_model(score: CodeScore, weights: Floats, intercept: float) -> CodeModel:
    # Rounded so that the last bits of another processor's arithmetic change no hash.
    rounded = np.round(weights, DECIMALS)
    terms = np.flatnonzero(rounded)
    return CodeModel(
        score, round(intercept, DECIMALS), tuple(terms.tolist()), tuple(rounded[terms].tolist())
    )
