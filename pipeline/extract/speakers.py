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
_QUESTION = re.compile(r"(?P<name>Q|A)(?P<mark>\s{2,}|\t|:\s+|\.\s+)")
_LEAST = 2


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
    label = _LABEL.match(text)
    if label and (label["mark"] == ":" or label["name"].isupper()):
        return label["name"].strip(), label.end()
    return "", 0


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
    """Whether labelled paragraphs are a good part of all."""
    labelled = sum(label_of(text)[0] in speakers for text in paragraphs)
    return labelled * 5 >= len(paragraphs)
