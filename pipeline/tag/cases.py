"""Which case an excerpt speaks of: the one it names, else its source's."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.model.coding import Coding
from pipeline.model.study import SourceEntry, Study


def with_cases(codings: Sequence[Coding], study: Study, entry: SourceEntry) -> tuple[Coding, ...]:
    """Return the codings of one source with their case and source type.

    A sentence that names exactly one declared case (by a code of that case or a member)
    belongs to it; one that names none belongs to the one it inherits, if it does (``tag.context``);
    any other, and one that names several, to its source's.
    """
    named = _named(codings, study)
    return tuple(
        replace(
            coding,
            case_id=named.get(coding.segment_id, entry.case_id),
            source_type=entry.type_id,
        )
        for coding in codings
    )


def _named(codings: Sequence[Coding], study: Study) -> Mapping[str, str]:
    case_codes = {code for case in study.cases for code in (case.code_id, *case.members) if code}
    own: dict[str, set[str]] = {}
    inherited: dict[str, set[str]] = {}
    for coding in codings:
        if coding.code_id in case_codes and coding.state != "rejected":
            named = inherited if coding.is_inherited else own
            named.setdefault(coding.segment_id, set()).add(study.roll_up(coding.code_id))
    return {segment: min(cases) for segment, cases in (inherited | own).items() if len(cases) == 1}
