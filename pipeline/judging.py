"""The coders' record brought to the proposals: states, a classifier, cases."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.cache import Cache
from pipeline.errors import RecordError
from pipeline.learning import classifier_of, model_codings
from pipeline.model.carrying import Carried, Unplaced, with_names, without_words
from pipeline.model.codebook import Codebook
from pipeline.model.coding import Coding
from pipeline.model.judgment import Event
from pipeline.model.naming import Names
from pipeline.model.study import Study
from pipeline.review.adjudicate import Reviewed, apply
from pipeline.review.carry import Carrying, carry
from pipeline.review.follow import follow
from pipeline.review.judgments import Judgments, fold
from pipeline.review.lineage import lineage_of
from pipeline.stages import Corpus, Inputs
from pipeline.store.device import device_id
from pipeline.store.exchange import import_lines
from pipeline.store.record import Record, open_record
from pipeline.tag.cases import with_cases
from pipeline.tag.classifier import Classifier
from pipeline.tag.propose import with_assertion

RECORD = "record.db"
RECORD_LINES = "record.jsonl"


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


def brought_to(inputs: Inputs, corpus: Corpus, events: Sequence[Event]) -> Carrying:
    """Return the record's events as they stand on the sources and the codes of now."""
    return follow(carry_to(inputs.study, corpus, events), lineage_of(inputs.book))


def judge(
    inputs: Inputs, corpus: Corpus, proposals: Sequence[Coding], record: Record, cache: Cache
) -> Judged:
    """Return the codings as the coders' judgments leave them.

    What was judged on another reading text is carried to this one where its words are found,
    and what was judged on a code that has another id now, to that code.
    Where the source is not there, nothing says how its words are marked or whose names they
    hold: its judgments are listed without them.
    The classifier learns from what they decided on the rules' proposals; what it proposes
    is then judged in the same way.
    """
    carrying = brought_to(inputs, corpus, [link.event for link in record.events()])
    judgments = fold(carrying.events)
    first = _apply(judgments, proposals, inputs.book, corpus)
    classifier = classifier_of(inputs, corpus, first, cache)
    learned = model_codings(inputs, corpus, first.codings, classifier)
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


def _placed(inputs: Inputs, codings: Sequence[Coding]) -> tuple[Coding, ...]:
    by_source: dict[str, list[Coding]] = {}
    for coding in codings:
        by_source.setdefault(coding.source_id, []).append(coding)
    return tuple(
        coding
        for source_id, of_source in by_source.items()
        for coding in with_cases(of_source, inputs.study, inputs.study.entry(source_id))
    )
