"""How each source is to be read: what the study and the environment say of it."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from pipeline.model.judgment import canonical_json
from pipeline.model.reading import ReadingPlan
from pipeline.model.study import SourceEntry, Study
from pipeline.recogniser import find_recogniser

PASSWORD = "BACKING_PASSWORD"  # noqa: S105 - the variable's name


def plan_of(study: Study, entry: SourceEntry, environment: Mapping[str, str]) -> ReadingPlan:
    """Return how one source is read.

    Passwords are tried in this order: the one in the variable the study names for this source
    (``password_env``), the one the study holds (``password``), the one in ``BACKING_PASSWORD``.
    """
    named = environment.get(entry.password_env, "") if entry.password_env else ""
    given = (named, entry.password, environment.get(PASSWORD, ""))
    return ReadingPlan(
        passwords=tuple(dict.fromkeys(word for word in given if word)),
        pseudonyms=study.pseudonyms_of(entry),
        speakers=tuple(name for name, _ in entry.speakers),
        recogniser=find_recogniser(),
    )


def key_parts(plan: ReadingPlan, path: Path) -> tuple[object, ...]:
    """Return what of a plan decides the reading text of a file, for the key of a kept entry.

    Passwords are none of it: the right one opens a file to the same text whatever it is, and
    where none opens it nothing is kept.
    """
    return names_sha256(plan, path), plan.recogniser, plan.speakers


def names_sha256(plan: ReadingPlan, path: Path) -> str:
    """Return one hash over the pseudonyms and then the file, empty where there are none.

    A hash of the pseudonyms alone, kept beside the outputs, would let whoever has these try
    names until one fits. This one can be tried only with the file, which holds the names.
    """
    if not plan.pseudonyms:
        return ""
    pairs = canonical_json([list(pair) for pair in plan.pseudonyms]).encode()
    return hashlib.sha256(b"%d\n%s" % (len(pairs), pairs) + path.read_bytes()).hexdigest()
