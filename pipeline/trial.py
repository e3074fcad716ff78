"""A codebook tried on a study's sources before it is the study's: nothing is written there."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.cache import Cache
from pipeline.corpus import corpus_files, with_entries
from pipeline.language_model import find_model
from pipeline.model.codebook import Codebook
from pipeline.model.coding import Coding
from pipeline.model.segment import Segment
from pipeline.stages import Corpus, Inputs, Say, outputs_of, quiet, read_corpus
from pipeline.study import STUDY_FILE, load_study
from pipeline.tagging import tag_corpus

_CACHE = ".cache"


@dataclass(frozen=True)
class Trial:
    """What a codebook's rules propose in a study."""

    inputs: Inputs
    corpus: Corpus
    codings: tuple[Coding, ...]

    @cached_property
    def sentences(self) -> tuple[Segment, ...]:
        """The segments that rules are run on."""
        spoken = ("", self.inputs.book.language)
        return tuple(
            one
            for one in self.corpus.segments
            if one.standing != "excluded" and one.language in spoken
        )

    def words(self, segment_id: str) -> str:
        """Return a segment's words."""
        segment = self.corpus.segment_by_id[segment_id]
        return self.corpus.by_id[segment.source_id].quote(segment.start, segment.end)


def has_study(folder: Path) -> bool:
    """Whether a folder holds a study."""
    return (folder / STUDY_FILE).is_file()


def study_of(codebook: Path) -> Path:
    """Return the folder of the study that a codebook lies in; where there is none, this one."""
    here = codebook.resolve().parent
    return next((folder for folder in (here, here.parent) if has_study(folder)), Path())


def inputs_with(folder: Path, book: Codebook) -> Inputs:
    """Return a study's inputs with this codebook in place of its own, and no findings.

    Raises
    ------
    StudyError
        With all faults of the study, if it can not be used.
    """
    study = load_study(folder)
    files = corpus_files(folder, study)
    return Inputs(folder, with_entries(study, files), book, (), files, find_model())


def try_codebooks(folder: Path, books: Sequence[Codebook], say: Say = quiet) -> tuple[Trial, ...]:
    """Return what each codebook proposes in the same study, its sources read once."""
    cache = Cache(outputs_of(folder) / _CACHE, is_only_looked_at=True)
    trials: list[Trial] = []
    for book in books:
        inputs = inputs_with(folder, book)
        corpus = trials[0].corpus if trials else read_corpus(inputs, cache, say)
        trials.append(Trial(inputs, corpus, tag_corpus(inputs, corpus, cache, say)))
    return tuple(trials)
