"""A classifier as text and back: canonical JSON, every number checked, nothing executed.

>>> from pipeline.tag.classifier import train
>>> from_json(to_json(train([], seed=0))) == train([], seed=0)
True
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from math import isfinite
from typing import Literal, TypeVar

from pydantic import TypeAdapter, ValidationError

from pipeline.errors import InputError
from pipeline.model.judgment import canonical_json
from pipeline.tag.folds import MIN_THRESHOLD
from pipeline.tag.learned import MODEL_ID, Classifier, CodeModel
from pipeline.tag.tfidf import MAX_TERMS

MAX_CHARACTERS = 100_000_000
MAX_CODES = 2_000
_MAX_NUMBER = 1e6
_MAX_COUNT = 10**9
Ordered = TypeVar("Ordered", str, int)
_REMEDY = "Make it anew with `backing train`."


@dataclass(frozen=True, slots=True)
class _ModelFile:
    format: Literal["backing-classifier"]
    schema: Literal[1]
    sha256: str
    classifier: Classifier


_FILE = TypeAdapter(_ModelFile)


def to_json(classifier: Classifier) -> str:
    """Return the classifier as one line of JSON with sorted keys, its hash in it.

    Raises
    ------
    InputError
        If that is more than ``from_json`` would read.
    """
    file = _ModelFile("backing-classifier", 1, classifier.sha256, classifier)
    text = canonical_json(asdict(file)) + "\n"
    _check_size(text)
    return text


def from_json(text: str) -> Classifier:
    """Return the classifier that ``to_json`` wrote; it proposes exactly the same.

    Raises
    ------
    InputError
        If the text is too long, is no such JSON, holds a number outside its bounds, or is not
        what ``to_json`` wrote, the hash included.
    """
    _check_size(text)
    try:
        file = _FILE.validate_json(text, strict=True)
    except ValidationError as reason:
        first = reason.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise InputError(
            f"this is no classifier as this version writes it: {first['msg']}",
            where=place,
            remedy=_REMEDY,
        ) from reason
    for fault in _faults(file.classifier):
        raise InputError(f"the classifier can not be used: {fault}", remedy=_REMEDY)
    if to_json(file.classifier) != text:
        raise InputError(
            f"the classifier {file.sha256[:12]!r} was changed since it was written", remedy=_REMEDY
        )
    return file.classifier


def _check_size(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            f"a classifier of {len(text):,} characters is longer than the {MAX_CHARACTERS:,} "
            "that are read",
            remedy="Train on fewer codes at a time.",
        )


def _faults(classifier: Classifier) -> Iterator[str]:
    """Yield what is out of bounds; later checks rely on the earlier ones."""
    size = len(classifier.vocabulary)
    if classifier.model_id != MODEL_ID:
        yield f"it is a {classifier.model_id!r}, and this version reads {MODEL_ID!r}"
    if size > MAX_TERMS or len(classifier.codes) > MAX_CODES:
        yield f"{size:,} terms and {len(classifier.codes):,} codes are more than are read"
    if len(classifier.idf) != size or not _are_sorted(classifier.vocabulary):
        yield "vocabulary and idf do not go together"
    if not all(1 <= idf <= _MAX_NUMBER for idf in classifier.idf):
        yield "an idf is not a number from 1 up"
    if not _are_sorted([code.code_id for code in classifier.codes]):
        yield "its codes are not in order"
    for code in classifier.codes:
        yield from _code_faults(code, size)


def _code_faults(code: CodeModel, size: int) -> Iterator[str]:
    score = code.score
    if len(code.terms) != len(code.weights) or not _are_sorted(code.terms):
        yield f"terms and weights of {code.code_id!r} do not go together"
    if code.terms and not 0 <= code.terms[0] <= code.terms[-1] < size:
        yield f"{code.code_id!r} has weights for terms that are not in the vocabulary"
    if not all(isfinite(n) and abs(n) <= _MAX_NUMBER for n in (code.intercept, *code.weights)):
        yield f"a weight of {code.code_id!r} is no usable number"
    if not (MIN_THRESHOLD <= score.threshold < 1 and 0 <= score.average_precision <= 1):
        yield f"threshold or average precision of {code.code_id!r} is out of bounds"
    counts = (*asdict(score.model).values(), score.source_count, score.example_count)
    if not (all(0 <= count <= _MAX_COUNT for count in counts) and any(counts[:4])):
        yield f"a count of {code.code_id!r} is out of bounds"


def _are_sorted(values: Sequence[Ordered]) -> bool:
    return all(first < second for first, second in pairwise(values))
