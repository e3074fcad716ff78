"""A study: its questions, cases, source types, sources, coders and what counts.

>>> Study(cases=(Case("baltics", members=("case.baltics.latvia",)),)).roll_up(
...     "case.baltics.latvia")
'baltics'
"""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from pipeline.model.zone import ZoneKind

UNKNOWN_TYPE = "unknown"


@dataclass(frozen=True, slots=True)
class Case:
    """What sources are about; ``members`` roll up to it, ``code_id`` is the code naming it."""

    case_id: str
    label: str = ""
    code_id: str = ""
    members: tuple[str, ...] = ()
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class SourceType:
    """A kind of source, a row of every matrix."""

    type_id: str
    label: str = ""
    voice: str = ""
    is_confidential: bool = False


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """What the study says of one source.

    Attributes
    ----------
    path
        Relative to the study's folder, with forward slashes.
    type_id
        ``unknown`` where the study does not list the file.
    speakers
        Pairs of speaker as the file names them and role.
    cites
        Sources it repeats: together they are one voice.
    interest
        What the source stands to gain, if anything.
    password_env
        The environment variable that holds the file's password.
    password
        The password itself, where the study file holds it; never printed or exported.
    marking_override
        Who answers for holding it above the study's marking, and why.
    is_listed
        False for a file found in ``corpus/`` that the study does not name.
    """

    source_id: str
    path: str
    title: str = ""
    type_id: str = UNKNOWN_TYPE
    date: str = ""
    case_id: str = ""
    marking: str = ""
    speakers: tuple[tuple[str, str], ...] = ()
    cites: tuple[str, ...] = ()
    restates: tuple[str, ...] = ()
    interest: str = ""
    is_listed: bool = True
    password_env: str = ""
    password: str = field(default="", repr=False)
    marking_override: tuple[str, str] | None = None

    def role_of(self, speaker: str) -> str:
        """Return the role of a speaker, empty where the study gives none.

        Capitals do not matter, nor whether the family name stands first.

        >>> SourceEntry("x", "x.txt", speakers=(("Ann Lee", "analyst"),)).role_of("LEE, Ann")
        'analyst'
        """
        return dict(self.speakers).get(speaker) or _roles(self.speakers).get(_plain(speaker), "")


@lru_cache(maxsize=256)
def _roles(speakers: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Roles by plain name; none for a name that two speakers of unlike roles come down to."""
    roles: dict[str, str] = {}
    for name, role in speakers:
        plain = _plain(name)
        roles[plain] = role if roles.get(plain, role) == role else ""
    return roles


def _plain(name: str) -> str:
    family, comma, given = name.partition(",")
    return " ".join((f"{given} {family}" if comma else name).casefold().split())


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that gave no text: what was wrong with it and what to do."""

    path: str
    what: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class CoderEntry:
    """A person who judges, and as what."""

    coder_id: str
    role: str = "coder"


@dataclass(frozen=True, slots=True)
class NamePair:
    """A name and what stands in its place: in one source, or in every confidential one."""

    name: str = field(repr=False)
    pseudonym: str
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class ZonePolicy:
    """Which zones and roles are never counted: kept on record, or read as context."""

    excluded: frozenset[ZoneKind] = frozenset()
    context: frozenset[ZoneKind] = frozenset()
    context_roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Study:
    """What study.yaml says, checked."""

    study_id: str = ""
    title: str = ""
    authority: str = ""
    marking: str = ""
    is_synthetic: bool = False
    questions: tuple[tuple[str, str], ...] = ()
    cases: tuple[Case, ...] = ()
    source_types: tuple[SourceType, ...] = ()
    sources: tuple[SourceEntry, ...] = ()
    coders: tuple[CoderEntry, ...] = ()
    zones: ZonePolicy = ZonePolicy()
    codebook_path: str = ""
    findings_path: str = ""
    seed: int = 0
    marking_scale: tuple[tuple[str, str], ...] = ()
    pseudonyms_path: str = ""
    pseudonyms: tuple[NamePair, ...] = field(default=(), repr=False)

    @cached_property
    def by_id(self) -> dict[str, SourceEntry]:
        """The sources by their ids."""
        return {entry.source_id: entry for entry in self.sources}

    @property
    def default_case(self) -> str:
        """The case of a source that names none."""
        return next((case.case_id for case in self.cases if case.is_default), "")

    def roll_up(self, case_id: str) -> str:
        """Return the declared case that ``case_id`` (a case, its code or a member) belongs to."""
        for case in self.cases:
            if case_id and case_id in (case.case_id, case.code_id, *case.members):
                return case.case_id
        return case_id

    def pseudonyms_of(self, entry: SourceEntry) -> tuple[tuple[str, str], ...]:
        """Return pairs of name and pseudonym for a source; those named for it alone first."""
        confidential = {one.type_id for one in self.source_types if one.is_confidential}
        own = [pair for pair in self.pseudonyms if pair.source_id == entry.source_id]
        shared = [pair for pair in self.pseudonyms if not pair.source_id]
        used = own + (shared if entry.type_id in confidential else [])
        return tuple((pair.name, pair.pseudonym) for pair in used)

    def entry(self, source_id: str) -> SourceEntry:
        """Return what the study says of a source.

        Raises
        ------
        KeyError
            If there is no such source.
        """
        return self.by_id[source_id]
