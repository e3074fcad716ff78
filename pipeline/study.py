"""study.yaml (and sources.csv) to a Study: every fault at once, each with its line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pipeline.errors import Fault, MarkingError, StudyError
from pipeline.model.marking import OWN, SCALE, parse_marking
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
from pipeline.study_form import FileForm, SourceForm
from pipeline.yaml_file import YamlFile, did_you_mean, read_yaml, validated

__all__ = ["load_study"]
STUDY_FILE = "study.yaml"
_SOURCE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


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
    table = folder / SOURCES_FILE
    if table.is_file():
        sources, wheres, faults = read_sources(table)
        if content.sources:
            faults.append(
                Fault(
                    file.where(("sources",)),
                    f"sources stand here and in {SOURCES_FILE}",
                    "Keep one of the two lists.",
                )
            )
    else:
        sources, faults = content.sources, []
        wheres = [file.where(("sources", i)) for i in range(len(sources))]
    entries = tuple(_entry(source) for source in sources)
    study = _study(content, entries)
    faults += _faults(file, content, study, wheres)
    if content.pseudonyms:
        where = file.where(("pseudonyms",))
        pairs, wrong = read_pseudonyms(folder, content.pseudonyms, where, frozenset(study.by_id))
        study = _renamed(replace(study, pseudonyms_path=content.pseudonyms, pseudonyms=pairs))
        faults += wrong
    if faults:
        raise StudyError(tuple(faults))
    return study


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


def _faults(
    file: YamlFile, content: FileForm, study: Study, wheres: Sequence[str]
) -> Iterator[Fault]:
    defaults = [case.case_id for case in study.cases if case.is_default]
    if len(defaults) != 1:
        yield Fault(
            file.where(("cases",)),
            f"{len(defaults)} cases are marked default",
            "Mark exactly one: a source that names no case belongs to it.",
        )
    for name, ids in (
        ("cases", [c.id for c in content.cases]),
        ("source_types", [t.id for t in content.source_types]),
        ("coders", [c.id for c in content.coders]),
    ):
        for i, item in enumerate(ids):
            if item in ids[:i]:
                yield Fault(file.where((name, i)), f"{item!r} stands twice in {name}")
    yield from _marking_faults(file, study, wheres)
    seen: set[str] = set()
    for entry, where in zip(study.sources, wheres, strict=True):
        yield from _source_faults(entry, where, content, study)
        if entry.source_id.casefold() in seen:
            yield Fault(
                where,
                f"source {entry.source_id!r} stands twice",
                "Ids are unlike without regard to capitals.",
            )
        seen.add(entry.source_id.casefold())


def _marking_faults(file: YamlFile, study: Study, wheres: Sequence[str]) -> Iterator[Fault]:
    """Markings that name no level, of the study, of its own scale and of its sources."""
    for name, level in study.marking_scale:
        if level not in OWN:
            where = file.where(("marking_scale", name))
            hint = did_you_mean(level, list(OWN)) or f"One of {', '.join(OWN)}."
            yield Fault(where, f"{name!r} is mapped to {level!r}, which is no level", hint)
        elif name.upper() in OWN and name.upper() != level:
            where = file.where(("marking_scale", name))
            hint = "For one source a person may answer by name: marking_override."
            yield Fault(where, f"{name!r} is a level of its own and means no other", hint)
    own = {name.upper(): OWN[x] for name, x in study.marking_scale if x in OWN}
    scale = {**SCALE, **own}
    told = [(file.where(("study", "marking")), study.marking)]
    told += [(where, entry.marking) for entry, where in zip(study.sources, wheres, strict=True)]
    for where, marking in told:
        if not marking:
            continue
        try:
            parse_marking(marking, scale)
        except MarkingError as reason:
            yield Fault(where, reason.what, reason.remedy)


def _source_faults(
    entry: SourceEntry, where: str, content: FileForm, study: Study
) -> Iterator[Fault]:
    if not _SOURCE_ID.fullmatch(entry.source_id) or _RESERVED.fullmatch(entry.source_id):
        yield Fault(
            where,
            f"{entry.source_id!r} can not name a file",
            "Take letters, digits, points, dashes.",
        )
    path = PurePosixPath(entry.path)
    if path.is_absolute() or ".." in path.parts or "\\" in entry.path or ":" in entry.path:
        yield Fault(
            where,
            f"path {entry.path!r} leads out of the study",
            "Write it from the study's folder, with forward slashes.",
        )
    known_cases = [name for c in study.cases for name in (c.case_id, c.code_id, *c.members) if name]
    for value, known, what in (
        (entry.type_id, [t.type_id for t in study.source_types], "source type"),
        (entry.case_id, known_cases, "case"),
    ):
        if value not in known:
            yield Fault(
                where,
                f"{what} {value!r} is not declared",
                did_you_mean(value, known) or f"One of {', '.join(known)}.",
            )
    for _, role in entry.speakers:
        if role not in content.speaker_roles:
            yield Fault(
                where,
                f"speaker role {role!r} is not declared",
                did_you_mean(role, content.speaker_roles) or "Add it to speaker_roles.",
            )
    for cited in entry.cites:
        if cited not in study.by_id:
            yield Fault(
                where,
                f"cites {cited!r}, which is no source",
                did_you_mean(cited, list(study.by_id)),
            )
