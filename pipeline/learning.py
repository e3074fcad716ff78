"""A study's classifier: what it learns from, and what it proposes."""

from collections.abc import Sequence

from pydantic import TypeAdapter

from pipeline.cache import Cache, key_of, stage_sha256
from pipeline.model.codebook import Codebook
from pipeline.model.coding import Coding
from pipeline.model.segment import Segment
from pipeline.review.adjudicate import Reviewed
from pipeline.stages import Corpus, Inputs
from pipeline.tag.classifier import Classifier, Labelled, example_labels, propose, train
from pipeline.tag.model_file import from_json, to_json
from pipeline.tag.proposals import ModelProposal
from pipeline.tagging import CODING

_TEXT = TypeAdapter(str)


def classifier_of(inputs: Inputs, corpus: Corpus, first: Reviewed, cache: Cache) -> Classifier:
    """Return the classifier that learnt from the codebook's examples and the judgments."""
    labelled = [
        *example_labels(inputs.book),
        *_labels(corpus, first.codings),
        *_silent_labels(inputs.book, corpus, first),
    ]
    key = key_of(
        stage_sha256(*CODING),
        inputs.study.seed,
        sorted((one.code_id, one.text, one.group, one.is_present) for one in labelled),
    )
    text = cache.get_or_make(
        "classifier", key, _TEXT, lambda: to_json(train(labelled, inputs.study.seed))
    )
    return from_json(text)


def _labels(corpus: Corpus, codings: Sequence[Coding]) -> list[Labelled]:
    """One label for each (segment, code) that coders settled on.

    What is inherited is none: the words that decided it stand in another sentence.
    """
    decided = {
        (coding.segment_id, coding.code_id): coding.is_confirmed
        for coding in codings
        if (coding.is_confirmed or coding.state == "rejected") and not coding.is_inherited
    }
    labels = []
    for (segment_id, code_id), is_present in sorted(decided.items()):
        segment = corpus.segment_by_id[segment_id]
        labels.append(Labelled(_text(corpus, segment), code_id, is_present, segment.source_id))
    return labels


def _silent_labels(book: Codebook, corpus: Corpus, first: Reviewed) -> list[Labelled]:
    """Every code absent from a segment read to its end, unless somebody found it there."""
    spoken = {
        (coding.segment_id, coding.code_id)
        for coding in first.codings
        if coding.state not in ("proposed", "stale")
    }
    labels = []
    for segment_id in sorted({segment_id for segment_id, _ in first.read}):
        segment = corpus.segment_by_id[segment_id]
        text = _text(corpus, segment)
        labels += [
            Labelled(text, code.code_id, False, segment.source_id)
            for code in book.codable
            if (segment_id, code.code_id) not in spoken
        ]
    return labels


def _text(corpus: Corpus, segment: Segment) -> str:
    return corpus.by_id[segment.source_id].quote(segment.start, segment.end)


def model_codings(
    inputs: Inputs, corpus: Corpus, codings: Sequence[Coding], classifier: Classifier
) -> list[Coding]:
    """Return what the classifier proposes for segments that nobody has judged for that code.

    A proposal that no word speaks for, only how common the code is, is left out: there is
    nothing to show a coder. It learnt from the codebook's language and is asked about no other.
    """
    judged = {(c.segment_id, c.code_id) for c in codings if c.state != "proposed"}
    spoken = ("", inputs.book.language)
    counted = [
        one for one in corpus.segments if one.standing == "counted" and one.language in spoken
    ]
    found = propose(classifier, [(segment, _text(corpus, segment)) for segment in counted])
    return [
        _model_coding(inputs.book, corpus, classifier, one)
        for one in found
        if one.words and (one.segment.segment_id, one.code_id) not in judged
    ]


def _model_coding(
    book: Codebook, corpus: Corpus, classifier: Classifier, proposal: ModelProposal
) -> Coding:
    segment = proposal.segment
    return Coding(
        source_id=segment.source_id,
        segment_id=segment.segment_id,
        start=segment.start,
        end=segment.end,
        code_id=proposal.code_id,
        coder=classifier.model_id,
        coder_kind="model",
        origin_id=classifier.model_id,
        origin_sha256=classifier.sha256,
        matched=proposal.matched,
        score=proposal.score,
        reason=", ".join(words for words, _ in proposal.words),
        speaker=segment.speaker,
        speaker_role=segment.speaker_role,
        zone=segment.zone,
        codebook_version=book.name,
        text_sha256=corpus.by_id[segment.source_id].text_sha256,
    )
