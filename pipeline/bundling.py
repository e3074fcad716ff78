"""One run's content gathered for export: what is rendered, and what a reader must know of it."""

from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import replace

from pipeline.codebook_check import rules_off
from pipeline.evidence.duplicates import independence_groups
from pipeline.evidence.weigh import Weighing, weigh
from pipeline.export.bundle import Bundle, Coverage, FindingNote, Flag
from pipeline.export.carried import CARRIED_FILE
from pipeline.judging import RECORD, Judged
from pipeline.manifest import library_versions
from pipeline.marked import limit_of, marked, marking_of_all, override_notices
from pipeline.model.finding import EvidenceMatrix
from pipeline.model.marking import Marking
from pipeline.model.study import Study, Unread
from pipeline.stages import Corpus, Inputs
from pipeline.store.record import place_warnings

MODEL_CARD = "classifier.md"
_MOST_TOLD = 20


def notices_of(inputs: Inputs, corpus: Corpus, judged: Judged) -> Iterator[str]:
    """Yield what a reader must know of this run, one sentence each."""
    yield from override_notices(inputs.study, corpus.sources)
    yield from _language_notices(inputs, corpus)
    yield from (str(fault) for fault in place_warnings(inputs.folder / RECORD))
    holding = [entry.source_id for entry in inputs.study.sources if entry.password]
    if holding:
        yield (
            f"the study file itself holds the password of {', '.join(holding)}: whoever has the "
            "study has it. Name an environment variable in password_env instead"
        )
    yield from _model_notices(inputs)
    if judged.classifier.too_few:
        yield (
            f"the classifier learnt {len(judged.classifier.codes)} codes; for "
            f"{len(judged.classifier.too_few)} there are too few judgments: see {MODEL_CARD}"
        )
    if judged.reviewed.unplaced:
        yield (
            f"{len(judged.reviewed.unplaced)} judgments were made on words that have changed "
            f"since, or on a code that is gone or split; they count nowhere: see {CARRIED_FILE}"
        )
    differing = sum(bool(one.note) for one in judged.carried)
    if differing:
        yield (
            f"{differing:,} judgments of one coder on codes that were merged do not agree; "
            f"present on either counts as present: see the notes in {CARRIED_FILE}"
        )


def _model_notices(inputs: Inputs) -> Iterator[str]:
    """A language model that is missing and needed, or that we do not know."""
    yield from rules_off(inputs.book, inputs.model)
    if inputs.model and not inputs.model.is_known:
        yield (
            f"the language model {inputs.model} is not one we know by its hash: results may "
            "differ, and look where it is from"
        )


def _language_notices(inputs: Inputs, corpus: Corpus) -> Iterator[str]:
    """Sources and blocks that the codebook's rules were not run on."""
    own = ("", inputs.book.language)
    others = [
        f"{one.source_id} ({one.language})" for one in corpus.sources if one.language not in own
    ]
    if others:
        yield (
            f"{len(others)} sources are not in the codebook's language: {', '.join(others)}. They "
            "are read and shown; rules are not run on them, people can code them"
        )
    for source in corpus.sources:
        blocks = Counter(zone.language for zone in source.zones if zone.language not in own)
        if blocks and source.language in own:
            told = ", ".join(f"{count} in {name}" for name, count in sorted(blocks.items()))
            yield f"{source.source_id}: blocks that rules pass over for their language: {told}"


def bundle_of(
    inputs: Inputs,
    corpus: Corpus,
    judged: Judged,
    matrix: EvidenceMatrix,
    notices: tuple[str, ...],
) -> Bundle:
    """Return everything the export renders."""
    model = inputs.model
    return Bundle(
        study=inputs.study,
        codebook=inputs.book,
        sources=corpus.sources,
        segments=corpus.segments,
        codings=judged.codings,
        matrix=matrix,
        notes=tuple(_note(one) for one in weigh(matrix, judged.codings, inputs.study)),
        groups=_groups(inputs.study),
        unread=corpus.unread,
        coverage=tuple(_coverage(corpus, judged)),
        carried=judged.carried,
        unplaced=judged.reviewed.unplaced,
        notices=notices,
        language_model=str(model) if model else "",
        record_heads=tuple(sorted(judged.heads.items())),
        versions=tuple(sorted(library_versions().items())),
        marking=marking_of_all(inputs.study, corpus.sources),
        marked={source.source_id: marked(inputs.study, source).whole for source in corpus.sources},
    )


def _note(weighing: Weighing) -> FindingNote:
    return FindingNote(
        weighing.finding_id,
        weighing.balance,
        tuple(Flag(flag.name, flag.explanation) for flag in weighing.flags),
        weighing.balance_with_proposals,
    )


def _groups(study: Study) -> dict[str, tuple[str, ...]]:
    """The sources that are one voice with each source, the voice first."""
    voices = independence_groups(study)
    members: dict[str, list[str]] = {}
    for source_id, voice in voices.items():
        members.setdefault(voice, []).append(source_id)
    return {
        source_id: tuple(sorted(members[voice], key=lambda member: (member != voice, member)))
        for source_id, voice in voices.items()
    }


def _coverage(corpus: Corpus, judged: Judged) -> Iterator[Coverage]:
    """How many counted segments of each source each coder has read to the end."""
    read = Counter(
        (corpus.segment_by_id[segment_id].source_id, coder_id)
        for segment_id, coder_id in judged.reviewed.read
        if segment_id in corpus.segment_by_id
        and corpus.segment_by_id[segment_id].standing == "counted"
    )
    for (source_id, coder_id), count in sorted(read.items()):
        yield Coverage(source_id, coder_id, count)


def within(
    inputs: Inputs, corpus: Corpus, judged: Judged, limit: Marking | None
) -> tuple[Inputs, Corpus, Judged, tuple[str, ...]]:
    """Return what an export may show, and what was left out in words.

    A source that holds a paragraph above the limit is left out whole, with its codings and
    with what was judged on an earlier text of it, and with what the study calls it.
    """
    study = inputs.study
    if limit is None:
        return inputs, corpus, judged, ()
    above = {
        source.source_id: whole
        for source in corpus.sources
        if (whole := marked(study, source).whole) is not None and whole.exceeds(limit)
    }
    unmarked = tuple(_unmarked(study, corpus, limit))
    if not above:
        return inputs, corpus, judged, unmarked
    kept = _judged_on(judged, above)
    unread = tuple(
        Unread(study.entry(source_id).path, f"is marked {whole}, above the {limit} of this export")
        for source_id, whole in above.items()
    )
    left = len(judged.codings) - len(kept.codings)
    told = (
        f"{left:,} codings of {len(above):,} sources are above {limit} and left out; what was read "
        "of them stays in outputs/.cache, so hand on nothing of that folder"
    )
    shown = replace(
        corpus,
        sources=tuple(one for one in corpus.sources if one.source_id not in above),
        segments=tuple(one for one in corpus.segments if one.source_id not in above),
        unread=(*corpus.unread, *unread),
    )
    called = tuple(
        replace(one, title="", interest="", speakers=()) if one.source_id in above else one
        for one in study.sources
    )
    return replace(inputs, study=replace(study, sources=called)), shown, kept, (told, *unmarked)


def _unmarked(study: Study, corpus: Corpus, limit: Marking) -> Iterator[str]:
    """Yield which sources are shown for want of a mark, where the study may hold more."""
    bare = [one.source_id for one in corpus.sources if marked(study, one).whole is None]
    if bare and limit_of(study).exceeds(limit):
        more = f" and {len(bare) - _MOST_TOLD:,} more" if len(bare) > _MOST_TOLD else ""
        yield (
            f"{len(bare):,} sources bear no marking and are shown: "
            f"{', '.join(bare[:_MOST_TOLD])}{more}. "
            "If one is above the limit, say so in study.yaml: marking"
        )


def _judged_on(judged: Judged, above: Container[str]) -> Judged:
    """What was judged, without what stands or stood in the sources above a limit."""
    unplaced = judged.reviewed.unplaced
    return replace(
        judged,
        codings=tuple(one for one in judged.codings if one.source_id not in above),
        carried=tuple(one for one in judged.carried if one.event.source_id not in above),
        reviewed=replace(
            judged.reviewed,
            unplaced=tuple(one for one in unplaced if one.event.source_id not in above),
        ),
    )
