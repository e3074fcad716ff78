"""The coders' record brought to the proposals: states, a classifier, cases."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter

from pipeline.cache import Cache, key_of, program_sha256
from pipeline.errors import RecordError
from pipeline.model.carrying import Carried, Unplaced, with_names, without_words
from pipeline.model.codebook import Codebook
from pipeline.model.coding import Coding
from pipeline.model.judgment import Event
from pipeline.model.naming import Names
from pipeline.model.segment import Segment
from pipeline.model.study import Study
from pipeline.review.adjudicate import Judgments, Reviewed, apply, fold
from pipeline.review.carry import Carrying, carry
from pipeline.stages import Corpus, Inputs
from pipeline.store.device import device_id
from pipeline.store.exchange import import_lines
from pipeline.store.record import Record, open_record
from pipeline.tag.cases import with_cases
from pipeline.tag.classifier import Classifier, Labelled, example_labels, propose, train
from pipeline.tag.model_file import from_json, to_json
from pipeline.tag.proposals import ModelProposal
from pipeline.tag.rules import with_assertion

RECORD = "record.db"
RECORD_LINES = "record.jsonl"
_TEXT = TypeAdapter(str)


@dataclass(frozen=True)
class Judged:
    """Every coding with its state and case, and what stands behind them.

    Attributes
    ----------
    events
        As they stand on the sources read now; those in ``carried`` were made on other texts.
    """

    reviewed: Reviewed
    codings: tuple[Coding, ...]
    classifier: Classifier
    judgments: Judgments
    events: tuple[Event, ...]
    carried: tuple[Carried, ...]
    heads: dict[str, str]


def record_of(folder: Path) -> Record:
    """Return the study's record, made if there is none; the caller closes it."""
    return open_record(folder / RECORD, device_id())


def take_in_lines(folder: Path, record: Record) -> int:
    """Import ``record.jsonl`` beside the study, if there is one; return how many were new.

    Raises
    ------
    RecordError
        If a line of it does not hold; nothing that was recorded before is touched.
    """
    path = folder / RECORD_LINES
    if not path.is_file():
        return 0
    with path.open(encoding="utf-8") as lines:
        report = import_lines(record, lines)
    if report.faults:
        raise RecordError(
            "\n".join(str(fault) for fault in report.faults),
            where=RECORD_LINES,
            remedy=f"{report.summary}. Put back the file as it was exported.",
        )
    return report.added


def renamed(study: Study, events: Sequence[Event]) -> list[Event]:
    """Return events with pseudonyms in their words where their source is read with them.

    What was judged before there were pseudonyms holds names; the record keeps it as it was
    made, and nothing that is made of it does.
    """
    if not study.pseudonyms:
        return list(events)
    every = Names.of((pair.name, pair.pseudonym) for pair in study.pseudonyms)
    by_source = {one.source_id: Names.of(study.pseudonyms_of(one)) for one in study.sources}
    return [with_names(one, by_source.get(one.source_id, every)) for one in events]


def carry_to(study: Study, corpus: Corpus, events: Sequence[Event]) -> Carrying:
    """Return the record's events as they stand on the sources read now, names replaced in them."""
    return carry(renamed(study, events), corpus.by_id, corpus.segments_of)


def judge(
    inputs: Inputs, corpus: Corpus, proposals: Sequence[Coding], record: Record, cache: Cache
) -> Judged:
    """Return the codings as the coders' judgments leave them.

    What was judged on another reading text is carried to this one where its words are found.
    Where the source is not there, nothing says how its words are marked or whose names they
    hold: its judgments are listed without them.
    The classifier learns from what they decided on the rules' proposals; what it proposes
    is then judged in the same way.
    """
    carrying = carry_to(inputs.study, corpus, [link.event for link in record.events()])
    judgments = fold(carrying.events)
    first = _apply(judgments, proposals, inputs.book, corpus)
    classifier = _classifier(inputs, corpus, first, cache)
    learned = _model_codings(inputs, corpus, first.codings, classifier)
    reviewed = _apply(judgments, [*proposals, *learned], inputs.book, corpus)
    codings = [
        coding
        if coding.coder_kind == "rule"
        else with_assertion(inputs.tagger, corpus.by_id[coding.source_id], coding)
        for coding in reviewed.codings
    ]
    unplaced = tuple(
        one if one.event.source_id in corpus.by_id else without_words(one)
        for one in _unplaced(carrying, reviewed)
    )
    waiting = {one.event.event_id for one in unplaced}
    return Judged(
        replace(reviewed, unplaced=unplaced),
        _placed(inputs, codings),
        classifier,
        judgments,
        carrying.events,
        tuple(one for one in carrying.carried if one.event.event_id not in waiting),
        {chain: head for chain, (_, head) in sorted(record.heads().items())},
    )


def _unplaced(carrying: Carrying, reviewed: Reviewed) -> tuple[Unplaced, ...]:
    """What was not placed on the text, then what the codebook has no code for."""
    known = {one.event.event_id for one in carrying.unplaced}
    stored = {one.event.event_id: one.origin for one in carrying.carried}
    return carrying.unplaced + tuple(
        replace(one, event=stored.get(one.event.event_id, one.event))
        for one in reviewed.unplaced
        if one.event.event_id not in known
    )


def _apply(
    judgments: Judgments, proposals: Sequence[Coding], book: Codebook, corpus: Corpus
) -> Reviewed:
    texts = {source.source_id: source.text_sha256 for source in corpus.sources}
    return apply(judgments, proposals, corpus.segment_by_id, texts, book)


def _classifier(inputs: Inputs, corpus: Corpus, first: Reviewed, cache: Cache) -> Classifier:
    labelled = [
        *example_labels(inputs.book),
        *_labels(corpus, first.codings),
        *_silent_labels(inputs.book, corpus, first),
    ]
    key = key_of(
        program_sha256("model", "tag"),
        inputs.study.seed,
        sorted((one.code_id, one.text, one.group, one.is_present) for one in labelled),
    )
    text = cache.get_or_make(
        "classifier", key, _TEXT, lambda: to_json(train(labelled, inputs.study.seed))
    )
    return from_json(text)


def _labels(corpus: Corpus, codings: Sequence[Coding]) -> list[Labelled]:
    """One label for each (segment, code) that coders settled on."""
    decided = {
        (coding.segment_id, coding.code_id): coding.is_confirmed
        for coding in codings
        if coding.is_confirmed or coding.state == "rejected"
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


def _model_codings(
    inputs: Inputs, corpus: Corpus, codings: Sequence[Coding], classifier: Classifier
) -> list[Coding]:
    """What the classifier proposes for segments that nobody has judged for that code.

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


def _placed(inputs: Inputs, codings: Sequence[Coding]) -> tuple[Coding, ...]:
    by_source: dict[str, list[Coding]] = {}
    for coding in codings:
        by_source.setdefault(coding.source_id, []).append(coding)
    return tuple(
        coding
        for source_id, of_source in by_source.items()
        for coding in with_cases(of_source, inputs.study, inputs.study.entry(source_id))
    )
