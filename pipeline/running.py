"""`backing run`: the whole way for a study, of which only what has changed is done."""

import shutil
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from pipeline import __version__
from pipeline.bundling import MODEL_CARD, bundle_of, notices_of, within
from pipeline.cache import Cache, program_sha256
from pipeline.context_notices import context_notices
from pipeline.corpus import lines_to_add
from pipeline.evidence.matrix import build_matrix
from pipeline.evidence.query import evaluate
from pipeline.export import export_all
from pipeline.judging import Judged, judge, record_of, take_in_lines
from pipeline.manifest import (
    Counts,
    Manifest,
    inputs_sha256,
    library_versions,
    output_hashes,
    read_manifest,
    write_manifest,
)
from pipeline.marked import marking_of_all, scale_of
from pipeline.model.finding import EvidenceMatrix
from pipeline.model.marking import parse_marking
from pipeline.model.reading import ReadingPlan
from pipeline.plans import names_sha256
from pipeline.run_report import RunReport, report_of
from pipeline.sources_table import SOURCES_FILE
from pipeline.speaker_notices import name_notices, speaker_notices
from pipeline.stages import Corpus, Inputs, Say, outputs_of, quiet, read_corpus, read_inputs
from pipeline.study import STUDY_FILE
from pipeline.tag.evaluate import model_card
from pipeline.tagging import tag_corpus

CACHE = ".cache"
_KEPT = frozenset({CACHE, "README.md", ".gitignore"})


def run(folder: Path, say: Say = quiet, marking: str = "") -> RunReport:
    """Do the whole way for a study: read, code, weigh, export; only what changed.

    Parameters
    ----------
    marking
        The highest that the outputs may show; empty for all that the study holds.

    Raises
    ------
    StudyError, CodebookError
        If the study or its codebook can not be used.
    MarkingError
        If ``marking`` names no level.
    RecordError
        If the coders' record does not hold together.
    """
    inputs = read_inputs(folder)
    limit = parse_marking(marking, scale_of(inputs.study)) if marking else None
    out = outputs_of(folder)
    with record_of(folder) as record:
        take_in_lines(folder, record)
        heads = {chain: head for chain, (_, head) in sorted(record.heads().items())}
        digest = _digest(inputs, heads, marking)
        last = read_manifest(out)
        if last and _stands(last, digest, out):
            return report_of(folder, last, is_unchanged=True)
        cache = Cache(out / CACHE)
        corpus = read_corpus(inputs, cache, say)
        proposals = tag_corpus(inputs, corpus, cache, say)
        judged = judge(inputs, corpus, proposals, record, cache)
    inputs, corpus, judged, left_out = within(inputs, corpus, judged, limit)
    matrix = _matrix(inputs, corpus, judged)
    notices = (
        *notices_of(inputs, corpus, judged),
        *context_notices(inputs.names, corpus, judged.codings),
        *left_out,
        *name_notices(inputs.study),
        *speaker_notices(inputs.study, corpus.sources),
    )
    _clear(out)
    export_all(bundle_of(inputs, corpus, judged, matrix, notices), out)
    (out / MODEL_CARD).write_text(model_card(judged.classifier), encoding="utf-8", newline="\n")
    manifest = _manifest(inputs, corpus, judged, notices, digest)
    write_manifest(out, replace(manifest, outputs=output_hashes(out)))
    cache.prune()
    return report_of(folder, manifest, is_unchanged=False)


def _stands(last: Manifest, digest: str, out: Path) -> bool:
    """Whether the outputs are what these inputs give, untouched.

    What could not be read is tried anew every time: a password or more memory may be there now.
    """
    is_same = last.inputs_sha256 == digest and last.outputs == output_hashes(out)
    return is_same and not last.unread


def _digest(inputs: Inputs, heads: dict[str, str], marking: str) -> str:
    """Everything the outputs depend on, in one hash."""
    return inputs_sha256(
        {
            "program": program_sha256("."),
            "versions": library_versions(),
            "study": [_content(inputs.folder / name) for name in _files(inputs)],
            "files": {file.entry.path: file.sha256 for file in inputs.files},
            "model": inputs.model.sha256 if inputs.model else "",
            "record": heads,
            "marking": marking,
            "names": _names(inputs),
        }
    )


def _files(inputs: Inputs) -> tuple[str, ...]:
    study = inputs.study
    return (STUDY_FILE, SOURCES_FILE, study.codebook_path, study.findings_path)


def _names(inputs: Inputs) -> list[str]:
    """What pseudonyms change, without a hash that they could be guessed by."""
    study = inputs.study
    return [
        names_sha256(ReadingPlan(pseudonyms=study.pseudonyms_of(file.entry)), file.path)
        for file in inputs.files
        if file.sha256
    ]


def _content(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _matrix(inputs: Inputs, corpus: Corpus, judged: Judged) -> EvidenceMatrix:
    evidence, conflicts = evaluate(inputs.findings, judged.codings, corpus.segments, inputs.study)
    return build_matrix(inputs.findings, evidence, conflicts, inputs.study)


def _clear(out: Path) -> None:
    """Delete what an earlier run left, so that nothing stale stands beside the new."""
    if not out.is_dir():
        return
    for path in sorted(out.iterdir()):
        if path.name in _KEPT:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _manifest(
    inputs: Inputs, corpus: Corpus, judged: Judged, notices: tuple[str, ...], digest: str
) -> Manifest:
    model = inputs.model
    return Manifest(
        backing_version=__version__,
        study_id=inputs.study.study_id,
        marking=marking_of_all(inputs.study, corpus.sources),
        inputs_sha256=digest,
        inputs={
            file.entry.path: "" if inputs.study.pseudonyms_of(file.entry) else file.sha256
            for file in inputs.files
        },
        codebook=inputs.book.name,
        codebook_sha256=inputs.book.sha256,
        language_model=f"{model.name} {model.version}" if model else "",
        language_model_sha256=model.sha256 if model else "",
        versions=library_versions(),
        seed=inputs.study.seed,
        record_heads=judged.heads,
        counts=_counts(corpus, judged),
        unread=corpus.unread,
        unlisted=tuple(
            lines_to_add(entry, corpus.by_id.get(entry.source_id))
            for entry in inputs.study.sources
            if not entry.is_listed
        ),
        notices=notices,
        outputs={},
    )


def _counts(corpus: Corpus, judged: Judged) -> Counts:
    states = [coding.state for coding in judged.codings]
    return Counts(
        source_count=len(corpus.sources),
        segment_count=len(corpus.segments),
        counted_segment_count=sum(one.standing == "counted" for one in corpus.segments),
        coding_count=len(states),
        confirmed_count=sum(coding.is_confirmed for coding in judged.codings),
        proposed_count=states.count("proposed") + states.count("waiting"),
        rejected_count=states.count("rejected"),
        disputed_count=states.count("disputed"),
        carried_count=len(judged.carried),
        unplaced_count=len(judged.reviewed.unplaced),
        pseudonymised_source_count=sum(one.is_pseudonymised for one in corpus.sources),
    )
