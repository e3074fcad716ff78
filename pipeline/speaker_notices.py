"""What a run says of speakers: who has no role in the study, and names that would show."""

import json
import re
from collections.abc import Iterator, Sequence

from pipeline.model.naming import bare
from pipeline.model.source import Source
from pipeline.model.study import SourceEntry, Study

_MOST_SOURCES = 20
_MOST_SPEAKERS = 12
_LONGEST = 60
_SHORTEST_PART = 3
_NOT_PLAIN = frozenset("y n yes no on off true false null".split())


def speaker_notices(study: Study, sources: Sequence[Source]) -> Iterator[str]:
    """Yield a line to add to study.yaml for each source whose speakers have no role."""
    lines = []
    for source in sources:
        proposed = _without_role(study.entry(source.source_id), source)
        if proposed:
            lines.append(f"{source.source_id}: {_line(proposed, study.zones.context_roles)}")
    yield from lines[:_MOST_SOURCES]
    if len(lines) > _MOST_SOURCES:
        yield f"{len(lines) - _MOST_SOURCES:,} more sources have speakers without a role"


def name_notices(study: Study) -> Iterator[str]:
    """Yield which sources with pseudonyms are called by a name: ids, paths, titles are exported."""
    called = [entry.source_id for entry in study.sources if _is_called_by_a_name(study, entry)]
    if called:
        yield (
            f"the id, path or title of {', '.join(called[:_MOST_SOURCES])} holds part of a name "
            "that has a pseudonym, and is exported: call the source and its file otherwise"
        )
    unlisted = [entry.source_id for entry in study.sources if not entry.is_listed]
    if study.pseudonyms and unlisted:
        yield (
            f"{', '.join(unlisted[:_MOST_SOURCES])}: not listed, so read and exported without "
            "pseudonyms: list each with its type, or take it out of corpus/"
        )


def _without_role(entry: SourceEntry, source: Source) -> dict[str, str]:
    return {
        turn.speaker: turn.proposed_role
        for turn in source.turns
        if turn.speaker and not entry.role_of(turn.speaker)
    }


def _line(proposed: dict[str, str], context_roles: frozenset[str]) -> str:
    count = len(proposed)
    pairs = [f"{_quoted(name)}: {role or '...'}" for name, role in proposed.items()]
    told = ", ".join(pairs[:_MOST_SPEAKERS])
    rest = f" and {count - _MOST_SPEAKERS:,} more" if count > _MOST_SPEAKERS else ""
    is_context = any(role in context_roles for role in proposed.values())
    effect = ", and what a proposed role says is read as context" if is_context else ""
    have = "speaker has" if count == 1 else "speakers have"
    return f"{count:,} {have} no role{effect}; add: speakers: {{{told}}}{rest}"


def _quoted(name: str) -> str:
    """A speaker's name as a key of YAML; a document's own may hold anything."""
    shown = "".join(c if c.isprintable() else " " for c in name[:_LONGEST])
    if re.fullmatch(r"[A-Za-z](?:[\w ]*\w)?", shown) and shown.casefold() not in _NOT_PLAIN:
        return shown
    return json.dumps(shown, ensure_ascii=False)


def _is_called_by_a_name(study: Study, entry: SourceEntry) -> bool:
    called = bare(f"{entry.source_id} {entry.path} {entry.title}".casefold())
    words = set(re.findall(r"[^\W\d_]+", called))
    return any(
        words & (_parts(name) - _parts(pseudonym)) for name, pseudonym in study.pseudonyms_of(entry)
    )


def _parts(name: str) -> set[str]:
    """The words of a name that may be one alone: not its particles, such as "van"."""
    name = bare(name)
    words = re.findall(r"[^\W\d_]+", name)
    found = (part for part in words if name.islower() or not part.islower())
    parts = {part.casefold() for part in found if len(part) >= _SHORTEST_PART}
    return parts | {name.casefold()}
