"""What is learnt from judgments, as data: labels in; weights, scores and reasons out."""

import hashlib
from dataclasses import asdict, dataclass
from functools import cached_property
from math import sqrt

import numpy as np
from scipy.sparse import csr_matrix

from pipeline.model.judgment import canonical_json

MODEL_ID = "tfidf-lr.v1"
EXAMPLE_GROUP = "example:"
_Z95 = 1.959963984540054

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True, order=True)
class Labelled:
    """One judgment as training data.

    Attributes
    ----------
    group
        What is never divided between learning and testing: the source's id, or the id
        shared by sources that repeat one another; ``example:CODE:NUMBER`` for an example of
        the codebook.
    """

    text: str
    code_id: str
    is_present: bool
    group: str


@dataclass(frozen=True, slots=True)
class TooFew:
    """A code that is not proposed, and why: its judgments do not carry a model."""

    code_id: str
    positive_count: int
    negative_count: int
    group_count: int
    reason: str


@dataclass(frozen=True, slots=True)
class Confusion:
    """What was proposed against what coders said; figures are None where they are 0/0."""

    true_positive: int
    false_positive: int
    false_negative: int
    true_negative: int

    @property
    def proposed_count(self) -> int:
        """How many passages were proposed."""
        return self.true_positive + self.false_positive

    @property
    def positive_count(self) -> int:
        """How many passages hold the code by the coders' judgment."""
        return self.true_positive + self.false_negative

    @property
    def negative_count(self) -> int:
        """How many passages do not hold it."""
        return self.false_positive + self.true_negative

    @property
    def precision(self) -> float | None:
        """Share of the proposals that are right."""
        return _share(self.true_positive, self.proposed_count)

    @property
    def recall(self) -> float | None:
        """Share of the code's passages that were proposed."""
        return _share(self.true_positive, self.positive_count)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; 0 where nothing is proposed."""
        return _share(2 * self.true_positive, self.proposed_count + self.positive_count)

    @property
    def accuracy(self) -> float | None:
        """Share of the passages told right, which a rare code makes high for any model."""
        right = self.true_positive + self.true_negative
        return _share(right, self.positive_count + self.negative_count)

    @property
    def precision_interval(self) -> Interval | None:
        """Wilson's 95 % interval of the precision."""
        return wilson_interval(self.true_positive, self.proposed_count)

    @property
    def recall_interval(self) -> Interval | None:
        """Wilson's 95 % interval of the recall."""
        return wilson_interval(self.true_positive, self.positive_count)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def wilson_interval(success_count: int, count: int) -> Interval | None:
    """Return the 95 % score interval of a share, None for a share of nothing.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical
    inference. Journal of the American Statistical Association 22, 209-212.
    """
    if not count:
        return None
    share = success_count / count
    middle = share + _Z95**2 / (2 * count)
    reach = _Z95 * sqrt(share * (1 - share) / count + _Z95**2 / (4 * count**2))
    below = (middle - reach) / (1 + _Z95**2 / count)
    above = (middle + reach) / (1 + _Z95**2 / count)
    # At 0 and 1 the formula is exact on paper only.
    return (below if success_count else 0.0, above if success_count < count else 1.0)


@dataclass(frozen=True, slots=True)
class CodeScore:
    """What a code's model is worth on held-out groups, beside never proposing it.

    Attributes
    ----------
    source_count, example_count
        Groups that are sources and that are codebook examples; together ``group_count``.
    threshold
        Tuned on the same folds, which flatters ``model`` a little.
    """

    code_id: str
    source_count: int
    example_count: int
    fold_count: int
    threshold: float
    average_precision: float
    model: Confusion

    @property
    def group_count(self) -> int:
        """How many groups could be held out."""
        return self.source_count + self.example_count

    @property
    def always_no(self) -> Confusion:
        """The same judgments against a model that never proposes the code."""
        return Confusion(0, 0, self.model.positive_count, self.model.negative_count)

    @property
    def always_no_average_precision(self) -> float:
        """The share of positives, which is what any order without knowledge gets."""
        return self.model.positive_count / (self.model.positive_count + self.model.negative_count)


@dataclass(frozen=True, slots=True)
class CodeModel:
    """The weights of one code; ``terms`` are places in the classifier's vocabulary."""

    score: CodeScore
    intercept: float
    terms: tuple[int, ...]
    weights: tuple[float, ...]

    @property
    def code_id(self) -> str:
        """The code it proposes."""
        return self.score.code_id


@dataclass(frozen=True)
class Classifier:
    """What was learnt: a cache of judgments and seed that can be made anew at any time.

    Attributes
    ----------
    idf
        One per term of the vocabulary.
    labelled_sha256
        Of the training data, to tell whether judgments were added since.
    versions
        Pairs of library and version that fitted it.
    """

    vocabulary: tuple[str, ...]
    idf: tuple[float, ...]
    codes: tuple[CodeModel, ...]
    too_few: tuple[TooFew, ...]
    label_count: int
    source_count: int
    example_count: int
    seed: int
    labelled_sha256: str
    versions: tuple[tuple[str, str], ...]
    model_id: str = MODEL_ID

    @cached_property
    def sha256(self) -> str:
        """Hash of everything in it: the same hash proposes the same."""
        return hashlib.sha256(canonical_json(asdict(self)).encode()).hexdigest()

    @cached_property
    def weights(self) -> csr_matrix:
        """The weights of all codes: terms x codes."""
        rows = [term for code in self.codes for term in code.terms]
        columns = np.repeat(np.arange(len(self.codes)), [len(code.terms) for code in self.codes])
        values = [weight for code in self.codes for weight in code.weights]
        return csr_matrix((values, (rows, columns)), shape=(len(self.vocabulary), len(self.codes)))
