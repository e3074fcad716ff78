"""Who speaks, from labels at the beginning of paragraphs. Pure.

A label counts only if it, or its counterpart, comes back: "Note: ..." once is no speaker.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_LABEL = re.compile(
    r"(?P<name>(?:[A-Z][\w.'\u2019-]*|[QA])(?: (?:[A-Z0-9][\w.'\u2019-]*|of|de|van)){0,4}"
    r"(?: \([^()]{1,40}\))?)(?P<mark>:|\.(?= ))\s+"
)
_HEARING = re.compile(
    r"(?P<name>(?:Senator|Representative|Secretary|General|Admiral|Ambassador|Chairman|Chairwoman|"
    r"Mr\.|Ms\.|Mrs\.|Dr\.|The) [A-Z][A-Z'\u2019-]{1,}(?: [A-Z]{2,})*(?: of [A-Z][a-z]+)?)"
    r"(?P<mark>\.)\s+"
)
_QUESTION = re.compile(r"(?P<name>Q|A)(?P<mark>\s{2,}|\t|:\s+|\.\s+)")
_PERSON = re.compile(
    r"(?:Q|A|MR|MS|MRS|DR)\b|(?:SENATOR|SECRETARY|GENERAL|ADMIRAL|AMBASSADOR|THE|PRESIDENT|MODERATOR|"
    r"INTERVIEWER|OPERATOR)\b|.*\bOFFICIAL\b"
)
_LEAST = 2
_LEAST_PERSONS = 4


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph and who says it; no speaker where none is named."""

    speaker: str
    text: str


def label_of(text: str) -> tuple[str, int]:
    """Return the label a paragraph begins with and where the words begin; empty if none.

    >>> label_of("MS. DOE:  Good afternoon."), label_of("Q    Thank you.")
    (('MS. DOE', 10), ('Q', 5))
    """
    question = _QUESTION.match(text)
    if question:
        return question["name"], question.end()
    hearing = _HEARING.match(text)
    if hearing:
        return hearing["name"].strip(), hearing.end()
    label = _LABEL.match(text)
    if label and (label["mark"] == ":" or label["name"].isupper()):
        return label["name"].strip(), label.end()
    return "", 0


def names_speaker(text: str) -> bool:
    """Whether a line begins as hearings and briefings name who speaks.

    >>> names_speaker("Senator REED. Thank you."), names_speaker("MS. DOE:  Good afternoon.")
    (True, True)
    >>> names_speaker("Mr. Reed. He left."), names_speaker("Note: nothing.")
    (False, False)
    """
    label, _ = label_of(text)
    return bool(label) and bool(_HEARING.match(text) or _PERSON.match(label))


def split_turns(paragraphs: Sequence[str]) -> tuple[Said, ...]:
    """Return the paragraphs with their speakers; one without a label goes on with the last.

    Labels are believed only if at least two different ones come back, or Q and A stand there.
    """
    labels = Counter(label for label, _ in map(label_of, paragraphs) if label)
    speakers = {label for label, count in labels.items() if count >= _LEAST}
    if len(speakers) < _LEAST or not _is_dialogue(paragraphs, speakers):
        return tuple(Said("", text) for text in paragraphs)
    said: list[Said] = []
    speaker = ""
    for text in paragraphs:
        label, start = label_of(text)
        if label in labels and (label in speakers or speaker):
            speaker = label
            said.append(Said(speaker, text[start:]))
        else:
            said.append(Said(speaker, text))
    return tuple(said)


def _is_dialogue(paragraphs: Sequence[str], speakers: set[str]) -> bool:
    """Whether labelled paragraphs are a good part of all, or name people where statements
    are long.
    """
    labels = [label for text in paragraphs if (label := label_of(text)[0]) in speakers]
    if len(labels) * 5 >= len(paragraphs):
        return True
    persons = [label for label in labels if _PERSON.match(label)]
    return len(persons) >= _LEAST_PERSONS and len(set(persons)) >= _LEAST
