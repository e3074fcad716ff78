"""What can be wrong in study.yaml once it has the form of one: names without a meaning."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from pipeline.errors import Fault, MarkingError, did_you_mean
from pipeline.model.marking import parse_marking
from pipeline.model.marking_scale import OWN, SCALE
from pipeline.model.study import SourceEntry, Study
from pipeline.study_form import FileForm
from pipeline.yaml_file import YamlFile

_SOURCE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def study_faults(
    file: YamlFile, content: FileForm, study: Study, wheres: Sequence[str]
) -> Iterator[Fault]:
    """Yield everything that is wrong in a study that has the form of one.

    Parameters
    ----------
    wheres
        Where each source is listed.
    """
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
    yield from _name_faults(entry, where, content, study)


def _name_faults(
    entry: SourceEntry, where: str, content: FileForm, study: Study
) -> Iterator[Fault]:
    """Names a source uses that the study does not declare."""
    types = [one.type_id for one in study.source_types]
    cases = [name for c in study.cases for name in (c.case_id, c.code_id, *c.members) if name]
    for value, known, what in (
        (entry.type_id, types, "source type"),
        (entry.case_id, cases, "case"),
    ):
        if value not in known:
            hint = did_you_mean(value, known) or f"One of {', '.join(known)}."
            yield Fault(where, f"{what} {value!r} is not declared", hint)
    roles = content.speaker_roles
    for role in (role for _, role in entry.speakers if role not in roles):
        hint = did_you_mean(role, roles) or "Add it to speaker_roles."
        yield Fault(where, f"speaker role {role!r} is not declared", hint)
    for cited in (cited for cited in entry.cites if cited not in study.by_id):
        hint = did_you_mean(cited, list(study.by_id))
        yield Fault(where, f"cites {cited!r}, which is no source", hint)
