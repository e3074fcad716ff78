"""Text to weighted n-grams: words and pairs of words, with where they stand.

Terms are counted once per passage (1 + ln count), weighted by how few passages hold them
(smoothed idf) and scaled to length 1: Salton & Buckley (1988), "Term-weighting approaches
in automatic text retrieval", in scikit-learn's variant.

    >>> [term for term, _, _ in ngrams("We don't bluff.")]
    ['we', "don't", 'bluff', "we don't", "don't bluff"]
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MIN_PASSAGES = 2
MAX_TERMS = 50_000
MAX_WORD_LENGTH = 40
DECIMALS = 6

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Words of negation are left off the list on purpose: they change what a passage says.
_FUNCTION_WORDS = frozenset(
    """a about above after again against all also am among an and any are as at be because been
    before being below between both but by can could did do does doing down during each either
    else for from further had has have having he her here hers herself him himself his how i if
    in into is it it's its itself just may me might more most much must my myself of off on once
    only onto or other our ours ourselves out over own per rather same shall she should since so
    some such than that the their theirs them themselves then there these they this those though
    through thus to too toward towards under until up upon us very via was we were what when
    where whether which while who whom whose why will with within would yet you your yours
    yourself yourselves""".split()
)


def ngrams(text: str) -> list[tuple[str, int, int]]:
    """Return every word, then every pair of neighbours, as (term, start, end) in ``text``.

    Terms are lower case and NFC; offsets are code points of the text as given. Words longer
    than ``MAX_WORD_LENGTH`` are passed over: no language has them, damaged files do.
    """
    words = [
        (_term(match[0]), match.start(), match.end())
        for match in _WORD.finditer(text)
        if match.end() - match.start() <= MAX_WORD_LENGTH
    ]
    pairs = [
        (f"{first} {second}", start, end) for (first, start, _), (second, _, end) in pairwise(words)
    ]
    return words + pairs


def _term(word: str) -> str:
    lower = word.lower()
    return lower if lower.isascii() else unicodedata.normalize("NFC", lower.replace("’", "'"))


def _terms(text: str) -> list[str]:
    return [term for term, _, _ in ngrams(text)]


def is_function_only(term: str) -> bool:
    """Whether an n-gram holds only words such as *the* and *of*, which explain nothing."""
    return all(word in _FUNCTION_WORDS for word in term.split(" "))


def repeated_terms(texts: Iterable[str]) -> tuple[str, ...]:
    """Return, sorted, the terms that stand in at least ``MIN_PASSAGES`` of the texts."""
    passage_count: dict[str, int] = {}
    for text in texts:
        for term in set(_terms(text)):
            passage_count[term] = passage_count.get(term, 0) + 1
    return tuple(sorted(term for term, count in passage_count.items() if count >= MIN_PASSAGES))


def count_terms(texts: Sequence[str], vocabulary: Sequence[str]) -> csr_matrix:
    """Return how often each term of a vocabulary stands in each text: texts x terms."""
    if not (texts and vocabulary):
        return csr_matrix((len(texts), len(vocabulary)), dtype=np.int64)
    counts = CountVectorizer(analyzer=_terms, vocabulary=list(vocabulary)).transform(texts)
    counts.sort_indices()
    return counts


def choose_terms(counts: csr_matrix) -> tuple[Ints, Floats]:
    """Return the columns that are learnt from and their idf, both from these passages alone.

    Beyond ``MAX_TERMS`` the terms of the most passages are kept, ties in column order.
    """
    passage_count = np.bincount(counts.indices, minlength=counts.shape[1])
    order = np.argsort(-passage_count, kind="stable")[:MAX_TERMS]
    columns = np.sort(order[passage_count[order] >= MIN_PASSAGES])
    idf = np.log((1 + counts.shape[0]) / (1 + passage_count[columns])) + 1
    return columns, np.round(idf, DECIMALS)


def weigh(counts: csr_matrix, idf: Floats) -> csr_matrix:
    """Return counts as tf-idf, every row that is not empty of length 1."""
    weighed = counts.astype(np.float64)
    weighed.data = (1 + np.log(weighed.data)) * idf[weighed.indices]
    return normalize(weighed, copy=False) if weighed.nnz else weighed
