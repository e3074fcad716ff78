"""How each source is to be read: what the study and the environment say of it."""

from collections.abc import Mapping

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
        recogniser=find_recogniser(),
    )


def key_parts(plan: ReadingPlan) -> tuple[object, ...]:
    """Return what of a plan decides the reading text, for the key of a kept entry.

    Passwords are none of it: the right one opens a file to the same text whatever it is, and
    where none opens it nothing is kept.
    """
    return [list(pair) for pair in plan.pseudonyms], plan.recogniser
