"""Who asks: roles proposed from labels and from questions, where the study names none.

>>> turns = (Turn(0, 4, "Q"), Turn(6, 12, "A"))
>>> [turn.proposed_role for turn in proposed_roles(turns, "Why?\\n\\nNobody.")]
['interviewer', '']
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from pipeline.model.zone import Turn

_ASKING = """
    q i int question questioner interviewer interviewerin frage intervieweur enqu\u00eateur
    enqu\u00eatrice pregunta entrevistador entrevistadora intervistatore intervistatrice
""".split()
_LEADING = "moderator facilitator moderatorin mod\u00e9rateur moderador moderadora".split()
_LABELS = dict.fromkeys(_ASKING, "interviewer") | dict.fromkeys(_LEADING, "moderator")
_QUESTION = re.compile(r"\?[\"')\]\u2019\u201d]*\s*\Z")
_SPEAKERS = range(2, 5)
_FEWEST_TURNS = 2


def proposed_roles(turns: Sequence[Turn], text: str) -> tuple[Turn, ...]:
    """Return the turns with a role proposed for whoever asks; a role that is there stays.

    A label says it (``Q``, ``INT``, ``Interviewer 2 (F)``, ``Moderator``). Where none does and
    two to four speak, it is the one most of whose turns end in a question mark and are shorter
    than the others', if there is exactly one such.
    """
    roles = {turn.speaker: _LABELS.get(_bare(turn.speaker), "") for turn in turns}
    if not any(roles.values()) and not any(turn.proposed_role for turn in turns):
        roles = _by_questions(turns, text)
    return tuple(
        replace(turn, proposed_role=roles[turn.speaker])
        if roles.get(turn.speaker) and not turn.proposed_role
        else turn
        for turn in turns
    )


def _bare(label: str) -> str:
    return re.sub(r"[\W\d_]+\Z", "", re.split(r" [(\[]", label.strip())[0]).casefold()


def _by_questions(turns: Sequence[Turn], text: str) -> dict[str, str]:
    said: dict[str, list[Turn]] = {}
    for turn in turns:
        if turn.speaker:
            said.setdefault(turn.speaker, []).append(turn)
    if len(said) not in _SPEAKERS:
        return {}
    asking = [speaker for speaker in said if _asks(speaker, said, text)]
    return {asking[0]: "interviewer"} if len(asking) == 1 else {}


def _asks(speaker: str, said: dict[str, list[Turn]], text: str) -> bool:
    own = said[speaker]
    others = [turn for name, those in said.items() if name != speaker for turn in those]
    questions = sum(
        bool(_QUESTION.search(text, max(one.start, one.end - 9), one.end)) for one in own
    )
    is_shorter = median(map(_length, own)) < median(map(_length, others))
    return len(own) >= _FEWEST_TURNS and 2 * questions > len(own) and is_shorter


def _length(turn: Turn) -> int:
    return turn.end - turn.start
