"""What a classifier proposes for segments, with the words that speak for it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix

from pipeline.errors import OffsetError
from pipeline.model.segment import Segment
from pipeline.tag.folds import scores
from pipeline.tag.learned import Classifier, CodeModel
from pipeline.tag.tfidf import DECIMALS, count_terms, is_function_only, ngrams, weigh

SHOWN_TERMS = 5
Span = tuple[int, int]
Word = tuple[str, float]


@dataclass(frozen=True, slots=True)
class ModelProposal:
    """A code that the classifier proposes for a segment, and the words that moved it.

    Attributes
    ----------
    score
        0 to 1; it orders proposals and is not a calibrated probability.
    words
        At most ``SHOWN_TERMS`` n-grams that spoke for the code, each with its part of the
        score (log odds), the largest first; n-grams of function words are left out.
    explained
        The share, 0 to 1, of all that spoke for the code that ``words`` make up.
    matched
        Where those words stand in the source: sorted spans that do not overlap.
    """

    segment: Segment
    code_id: str
    score: float
    words: tuple[tuple[str, float], ...]
    explained: float
    matched: tuple[tuple[int, int], ...]


def propose(
    classifier: Classifier, segments: Sequence[tuple[Segment, str]]
) -> tuple[ModelProposal, ...]:
    """Return a proposal for each score that reaches its code's threshold.

    In the order of the segments, then of code ids. Segments in excluded zones are passed
    over, as rules do.

    Parameters
    ----------
    segments
        Each with its text as its source quotes it.

    Raises
    ------
    OffsetError
        If a text is not as long as its segment: its words would be marked in a wrong place.
    """
    read = [(segment, text) for segment, text in segments if segment.standing != "excluded"]
    for segment, text in read:
        if len(text) != segment.end - segment.start:
            raise OffsetError(
                f"a text of {len(text):,} characters was given for {segment.segment_id!r}",
                where=segment.source_id,
                remedy="The source was read anew since. Run `backing run`, then look again.",
            )
    if not (read and classifier.codes):
        return ()
    weighed = weigh(
        count_terms([text for _, text in read], classifier.vocabulary), np.array(classifier.idf)
    )
    intercepts = np.array([code.intercept for code in classifier.codes])
    scored = scores(weighed, classifier.weights, intercepts)
    proposals = []
    for column, code in enumerate(classifier.codes):
        rows = np.flatnonzero(scored[:, column] >= code.score.threshold)
        parts = _contributions(weighed[rows], classifier.vocabulary, code)
        for row, for_code in zip(rows.tolist(), parts, strict=True):
            score = float(scored[row, column])
            proposals.append((row, _proposal(*read[row], code.code_id, score, for_code)))
    # A stable sort: within a segment the codes keep their order.
    proposals.sort(key=lambda numbered: numbered[0])
    return tuple(proposal for _, proposal in proposals)


def _contributions(
    weighed: csr_matrix, vocabulary: Sequence[str], code: CodeModel
) -> Iterator[list[Word]]:
    """Yield, for each row, the terms that spoke for the code, the strongest first."""
    weights = np.zeros(len(vocabulary))
    weights[list(code.terms)] = code.weights
    amounts = weighed.data * weights[weighed.indices]
    for start, end in pairwise(weighed.indptr.tolist()):
        pairs = zip(weighed.indices[start:end].tolist(), amounts[start:end].tolist(), strict=True)
        spoke = [(vocabulary[term], amount) for term, amount in pairs if amount > 0]
        yield sorted(spoke, key=lambda word: (-word[1], word[0]))


def _proposal(
    segment: Segment, text: str, code_id: str, score: float, for_code: Sequence[Word]
) -> ModelProposal:
    shown = [word for word in for_code if not is_function_only(word[0])][:SHOWN_TERMS]
    total = sum(amount for _, amount in for_code)
    terms = {term for term, _ in shown}
    spans = [
        (segment.start + start, segment.start + end)
        for term, start, end in ngrams(text)
        if term in terms
    ]
    return ModelProposal(
        segment=segment,
        code_id=code_id,
        score=score,
        words=tuple((term, round(amount, DECIMALS)) for term, amount in shown),
        explained=round(sum(amount for _, amount in shown) / total, DECIMALS) if total else 0.0,
        matched=_merged(spans),
    )


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
