"""The stages in order; the only place where core and I/O meet.

    corpus/ ──extract──> Source ──segment──> Segment ──tag──> Coding (proposed)
    record.db ──fold──> Judgments ──apply──> Coding with state ──weigh──> EvidenceMatrix

Each stage is cached by what it read, so that touching one source does that source anew and
editing the codebook leaves the reading alone.
"""

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pydantic import TypeAdapter

from pipeline.cache import Cache, key_of, stage_sha256
from pipeline.codebooks import load_codebook
from pipeline.corpus import CorpusFile, corpus_files, with_entries
from pipeline.errors import ExtractionError
from pipeline.findings import load_findings
from pipeline.language_model import LanguageModel, find_model
from pipeline.limits import limits_of
from pipeline.marked import refusal
from pipeline.model.codebook import Codebook
from pipeline.model.finding import Finding
from pipeline.model.reading import ReadingPlan
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.model.study import Study, Unread
from pipeline.plans import key_parts, plan_of
from pipeline.reading import ReadingRequest, read_all
from pipeline.segment import segment
from pipeline.study import load_study
from pipeline.tag.names import AmbiguousNames, compile_names
from pipeline.tag.parse import Pipeline, load_language
from pipeline.tag.rules import Tagger, compile_tagger

Say = Callable[[str, int, int], None]
# The parts of the program that decide what a stage makes.
READING = ("model", "extract")
_SOURCE = TypeAdapter(Source)


@dataclass(frozen=True)
class Inputs:
    """What a study's folder holds, read and checked, before any source is opened."""

    folder: Path
    study: Study
    book: Codebook
    findings: tuple[Finding, ...]
    files: tuple[CorpusFile, ...]
    model: LanguageModel | None

    @cached_property
    def tagger(self) -> Tagger:
        """The codebook compiled; made when a sentence is asked about."""
        return self.tagger_of(None)

    def tagger_of(self, codes: Collection[str] | None) -> Tagger:
        """Return the rules of some codes compiled; of all of them where it is None."""
        return compile_tagger(self.book, self._nlp, codes)

    @cached_property
    def _nlp(self) -> Pipeline:
        return load_language(self.model.folder if self.model else None)

    @cached_property
    def cues(self) -> Tagger:
        """The codebook's cues alone, for which no language model is needed."""
        return compile_tagger(self.book, load_language(None), ())

    @cached_property
    def names(self) -> AmbiguousNames:
        """The codebook's ambiguous names, ready to be found; they need no language model."""
        return compile_names(self.book, load_language(None))


@dataclass(frozen=True)
class Corpus:
    """Every source that could be read, its segments, and the files that could not."""

    sources: tuple[Source, ...]
    segments: tuple[Segment, ...]
    unread: tuple[Unread, ...]

    @cached_property
    def by_id(self) -> dict[str, Source]:
        """The sources by their ids."""
        return {source.source_id: source for source in self.sources}

    @cached_property
    def segments_of(self) -> dict[str, tuple[Segment, ...]]:
        """The segments of each source in reading order."""
        gathered: dict[str, list[Segment]] = {source.source_id: [] for source in self.sources}
        for one in self.segments:
            gathered[one.source_id].append(one)
        return {source_id: tuple(those) for source_id, those in gathered.items()}

    @cached_property
    def segment_by_id(self) -> dict[str, Segment]:
        """The segments by their ids."""
        return {one.segment_id: one for one in self.segments}


def outputs_of(folder: Path) -> Path:
    """Return the folder that holds what can be rebuilt."""
    return folder / "outputs"


def read_inputs(folder: Path) -> Inputs:
    """Return the study in a folder with its codebook, findings and files.

    Raises
    ------
    StudyError, CodebookError
        With all faults of the first file that has any.
    """
    study = load_study(folder)
    book = load_codebook(folder / study.codebook_path)
    files = corpus_files(folder, study)
    study = with_entries(study, files)
    findings = (
        load_findings(folder / study.findings_path, book, study) if study.findings_path else ()
    )
    return Inputs(folder, study, book, findings, files, find_model())


def read_corpus(inputs: Inputs, cache: Cache, say: Say) -> Corpus:
    """Return the sources and their segments; a file that can not be read stops no other."""
    sources: list[Source] = []
    unread: list[Unread] = []
    for number, (file, found) in enumerate(_read(inputs, cache), start=1):
        say("reading", number, len(inputs.files))
        if isinstance(found, Source):
            sources.append(found)
        else:
            unread.append(Unread(file.entry.path, found.what, found.remedy))
    segments = [
        one
        for source in sources
        for one in segment(source, inputs.study.entry(source.source_id), inputs.study.zones)
    ]
    return Corpus(tuple(sources), tuple(segments), tuple(unread))


def _read(inputs: Inputs, cache: Cache) -> Iterator[tuple[CorpusFile, Source | ExtractionError]]:
    """Each file in the study's order: what is kept is taken, the others go to the workers."""
    plans = {file: plan_of(inputs.study, file.entry, os.environ) for file in inputs.files}
    keys = {file: _key(file, plan) for file, plan in plans.items() if file.sha256}
    kept = {file: cache.get("source", key, _SOURCE) for file, key in keys.items()}
    requests = [
        ReadingRequest(file.path, file.entry.source_id, plans[file])
        for file in keys
        if kept[file] is None
    ]
    fresh = read_all(requests, limits_of(os.environ))
    for file in inputs.files:
        if file not in keys:
            yield file, _absent(file)
            continue
        found = kept.pop(file)
        if found is None:
            found = _unless_changed(file, next(fresh))
            refused = refusal(inputs.study, found) if isinstance(found, Source) else None
            if isinstance(found, Source) and refused is None:
                cache.keep("source", keys[file], _SOURCE, found)
        else:
            refused = refusal(inputs.study, found)
            if refused is not None:
                cache.drop("source", keys[file])
        yield file, refused or found


def _key(file: CorpusFile, plan: ReadingPlan) -> str:
    version = stage_sha256(*READING)
    suffix = file.path.suffix.lower()
    return key_of(version, file.entry.source_id, file.sha256, suffix, *key_parts(plan, file.path))


def _unless_changed(file: CorpusFile, found: Source | ExtractionError) -> Source | ExtractionError:
    """What was read, if it is of the bytes that the run began with.

    With pseudonyms it goes on without their hash: whoever has the reading text could put names
    into it until the hash is met.
    """
    if not isinstance(found, Source):
        return found
    if found.file_sha256 == file.sha256:
        return replace(found, file_sha256="") if found.is_pseudonymised else found
    return ExtractionError(
        "changed while it was read", where=file.entry.path, remedy="Run once more when it is whole."
    )


def _absent(file: CorpusFile) -> ExtractionError:
    if not file.entry.is_listed or os.path.lexists(file.path):
        return ExtractionError(
            "is no file that can be opened here",
            where=file.entry.path,
            remedy="Look whether it is a file, may be read, is no link that leads out of the "
            "study, and has a name in UTF-8; or put a copy in its place.",
        )
    return ExtractionError(
        "the study lists this file and it is not there",
        where=file.entry.path,
        remedy="Put it back, or take its line out of study.yaml.",
    )


def quiet(what: str, done: int, total: int) -> None:
    """Say nothing of the progress."""
