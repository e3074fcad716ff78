"""study.yaml (and sources.csv) to a Study: every fault at once, each with its line."""

from dataclasses import replace
from pathlib import Path

from pipeline.errors import Fault, StudyError
from pipeline.form_faults import validated
from pipeline.model.naming import Names
from pipeline.model.study import (
    UNKNOWN_TYPE,
    Case,
    CoderEntry,
    SourceEntry,
    SourceType,
    Study,
    ZonePolicy,
)
from pipeline.pseudonym_table import read_pseudonyms
from pipeline.sources_table import SOURCES_FILE, read_sources
from pipeline.study_faults import study_faults
from pipeline.study_form import FileForm, SourceForm
from pipeline.yaml_file import YamlFile, read_yaml

__all__ = ["load_study"]
STUDY_FILE = "study.yaml"


def load_study(folder: Path) -> Study:
    """Return the study in a folder; ``sources.csv`` beside the file stands for its list.

    Raises
    ------
    StudyError
        With everything that is wrong in both files, each with its line.
    """
    if not (folder / STUDY_FILE).is_file():
        hint = "Name the study's folder with --study, or make one: backing init DIR"
        raise StudyError((Fault(STUDY_FILE, f"is not in {folder.as_posix()!r}", hint),))
    file = read_yaml(folder / STUDY_FILE, STUDY_FILE, StudyError)
    content = validated(file, FileForm, StudyError)
    sources, wheres, faults = _listed(folder, file, content)
    entries = tuple(_entry(source) for source in sources)
    study = _study(content, entries)
    faults += study_faults(file, content, study, wheres)
    if content.pseudonyms:
        where = file.where(("pseudonyms",))
        pairs, wrong = read_pseudonyms(folder, content.pseudonyms, where, frozenset(study.by_id))
        study = _renamed(replace(study, pseudonyms_path=content.pseudonyms, pseudonyms=pairs))
        faults += wrong
    if faults:
        raise StudyError(tuple(faults))
    return study


def _listed(
    folder: Path, file: YamlFile, content: FileForm
) -> tuple[list[SourceForm], list[str], list[Fault]]:
    """The sources of the table, else of the file; where each stands; what is wrong."""
    table = folder / SOURCES_FILE
    if not table.is_file():
        own = content.sources
        return own, [file.where(("sources", i)) for i in range(len(own))], []
    sources, wheres, faults = read_sources(table)
    if content.sources:
        what = f"sources stand here and in {SOURCES_FILE}"
        faults.append(Fault(file.where(("sources",)), what, "Keep one of the two lists."))
    return sources, wheres, faults


def _study(content: FileForm, entries: tuple[SourceEntry, ...]) -> Study:
    types = [SourceType(t.id, t.label, t.voice, t.confidential) for t in content.source_types]
    if all(t.type_id != UNKNOWN_TYPE for t in types):
        types.append(SourceType(UNKNOWN_TYPE, "Unknown type"))
    zones = content.zones
    cases = tuple(
        Case(c.id, c.label or c.id, c.code, tuple(c.members), c.default) for c in content.cases
    )
    default = next((case.case_id for case in cases if case.is_default), "")
    return Study(
        study_id=content.study.id,
        title=content.study.title,
        authority=content.study.authority,
        marking=content.study.marking,
        is_synthetic=content.study.synthetic,
        questions=tuple((question.id, question.text) for question in content.questions),
        cases=cases,
        source_types=tuple(types),
        sources=tuple(_with_case(entry, default) for entry in entries),
        coders=tuple(CoderEntry(coder.id, coder.role) for coder in content.coders),
        zones=ZonePolicy(
            frozenset(zones.exclude), frozenset(zones.context_only), frozenset(zones.context_roles)
        ),
        codebook_path=content.codebook,
        findings_path=content.findings,
        seed=content.seed,
        marking_scale=tuple(sorted(content.marking_scale.items())),
    )


def _renamed(study: Study) -> Study:
    """The study with pseudonyms in what it says of sources that are read with them.

    Titles, speakers and interests are exported, and a speaker's role is looked up by the
    label of the reading text.
    """
    return replace(study, sources=tuple(_entry_renamed(study, one) for one in study.sources))


def _entry_renamed(study: Study, entry: SourceEntry) -> SourceEntry:
    names = Names.of(study.pseudonyms_of(entry))
    override = entry.marking_override
    return replace(
        entry,
        title=names.put_in(entry.title),
        interest=names.put_in(entry.interest),
        marking_override=override and (override[0], names.put_in(override[1])),
        speakers=tuple((names.put_in(name), role) for name, role in entry.speakers),
    )


def _with_case(entry: SourceEntry, default: str) -> SourceEntry:
    return entry if entry.case_id else replace(entry, case_id=default)


def _entry(source: SourceForm) -> SourceEntry:
    return SourceEntry(
        source_id=source.id,
        path=source.path,
        title=source.title or source.id,
        type_id=source.type,
        date=source.date,
        case_id=source.case,
        marking=source.marking,
        speakers=tuple(sorted(source.speakers.items())),
        cites=tuple(source.cites),
        restates=tuple(source.restates),
        interest=source.interest,
        password_env=source.password_env,
        password=source.password,
        marking_override=(source.marking_override.by, source.marking_override.reason)
        if source.marking_override
        else None,
    )
