"""Who speaks, from labels at the beginning of lines. Pure.

A label is believed only if it comes back, or is dressed as those are that do ("AIDE:" among
"MS. DOE:"): "Note: ..." once is no speaker.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = r"[^\W_][\w.'\u2019&-]*"
_LABEL = re.compile(
    rf"\s*(?P<name>{_WORD}(?:,?[ \u00a0]+{_WORD}){{0,5}}(?:[ \u00a0]+\([^()\n]{{1,40}}\))?)"
    r"\s?:(?=\s|$)\s*"
)
_QUESTION = re.compile(r"\s*(?P<name>Q|A)(?:[.:]?(?:\s{2,}|\t)|[.:]\s+)(?=\S)")
_BARE_QUESTION = re.compile(r"\s*(?P<name>Q)\s+(?=\S)")
_TITLES = (
    r"Senator|Representative|Congress(?:wo)?man|Chair(?:wo)?man|Chair|Secretary|Ambassador"
    r"|General|Admiral|Colonel|Captain|Commander|Director|Judge|Governor|Mayor|President"
    r"|(?:Mr|Mrs|Ms|Dr|Gen|Adm|Sen|Rep|Col|Capt|Lt|Amb|Gov|Hon)\.|Miss"
)
_HEARING = re.compile(
    r"\s*(?P<name>(?:(?:Under|Deputy|Assistant|Vice|Lieutenant|Rear|Major|Brigadier) )?"
    rf"(?:{_TITLES})(?: [A-Z]\.)*(?: [A-Z][\w'\u2019-]+){{1,3}}(?: of [A-Z]\w+(?: [A-Z]\w+)?)?"
    r"|The (?:Chair(?:wo)?man|Chair|Clerk|Witness|[A-Z]{4,}(?: [A-Z]+){0,2})"
    r"|[A-Z]{3,}(?:[ -][A-Z'\u2019]{2,}){0,3})"
    r"(?: \[[^\]\n]{1,30}\])?\.\s+(?=\S)"
)
_SMALL_WORDS = frozenset("of de del der van von la le di da al el bin ibn for and the".split())
_DIRECTION = re.compile(r"[(\[*](?P<words>[^()\[\]*\n]{2,160})[)\]*]\.?")
_COURT = re.compile(r"(?:THE|MR\.|MRS\.|MS\.|DR\.) [A-Z'\u2019-]{3,}$")
_TERMINAL = re.compile(r"[.?!:\u2014\u2026-][\"\u201d\u2019')\]]*\s*$")
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on a line before a speaker's words.

    Attributes
    ----------
    speaker
        As the file names it; empty where only a time stands there.
    end
        Where the words begin in the line.
    at
        The time it gives, in seconds.
    """

    speaker: str
    end: int
    at: float | None = None


def is_stage_direction(text: str) -> bool:
    """Whether all of a paragraph tells what is done or heard, not what is said.

    >>> is_stage_direction("(Laughter.)"), is_stage_direction("[crosstalk]")
    (True, True)
    """
    found = _DIRECTION.fullmatch(text.strip())
    return bool(found and any(char.isalpha() for char in found["words"]))


def label_of(text: str) -> Head | None:
    """Return the label a line begins with, before it is known whether it is a speaker.

    >>> label_of("MS. DOE:  Good afternoon."), label_of("Q    Thank you.")
    (Head(speaker='MS. DOE', end=10, at=None), Head(speaker='Q', end=5, at=None))
    """
    found = _QUESTION.match(text) or _LABEL.match(text) or _HEARING.match(text)
    if found is None:
        return None
    name = " ".join(found["name"].split())
    return Head(name, found.end()) if _is_name(name) else None


def _is_name(name: str) -> bool:
    """Whether words can be a name: each begins with no small letter, or all are small, two."""
    words = [word for word in name.partition(" (")[0].split() if word not in _SMALL_WORDS]
    small = sum(word[0].islower() for word in words)
    if not words or not any(char.isalpha() for char in name) or len(name) > 60 or words[0] == "BY":
        return False
    return not small or (small == len(words) <= 2)


def heads(lines: Sequence[str], opening: Sequence[bool]) -> dict[int, Head]:
    """Return the speaker's label of each line that has one; none if this is no conversation.

    Parameters
    ----------
    opening
        For each line whether it begins a paragraph. Within one, a label that ends in a full
        stop counts only after a sentence's end or on an indented line.
    """
    found = _candidates(lines, opening)
    counts = Counter(head.speaker for head in found.values())
    speakers = _believed(counts, sum(opening))
    if not speakers or not _is_conversation(speakers, counts, sum(opening)):
        return {}
    return {number: head for number, head in found.items() if head.speaker in speakers}


def _candidates(lines: Sequence[str], opening: Sequence[bool]) -> dict[int, Head]:
    found = {}
    for number, line in enumerate(lines):
        bare = _BARE_QUESTION.match(line) if opening[number] else None
        head = label_of(line) or (Head("Q", bare.end()) if bare else None)
        if head is None:
            continue
        is_stopped = line[: head.end].rstrip().endswith(".")
        is_set_off = opening[number] or line[:2].isspace() or _TERMINAL.search(lines[number - 1])
        if not is_stopped or is_set_off:
            found[number] = head
    return found


def _believed(counts: Counter[str], paragraphs: int) -> frozenset[str]:
    """Names that come back, and those dressed in capitals like them.

    Names in small letters must stand before half of the paragraphs.
    """
    recurring = {name for name, count in counts.items() if count >= _LEAST}
    small = {name for name in recurring if name[0].islower()}
    if sum(counts[name] for name in small) * 2 < paragraphs:
        recurring -= small
    if "Q" not in recurring:
        recurring.discard("A")
    if {"Q", "A"} <= recurring:
        recurring |= {name for name in counts if _COURT.match(name)}
    formal = [name for name in recurring if _is_formal(name)]
    if not formal or len(formal) * 2 < len(recurring - {"Q", "A"}):
        return frozenset(recurring)
    families = {name.split()[-1] for name in formal}
    return frozenset(recurring | {name for name in counts if _is_formal(name) or name in families})


def _is_formal(name: str) -> bool:
    """Whether a name is set in capitals and can be nothing else: "MS. DOE", "AIDE"."""
    is_capital = name.isupper() and sum(map(str.isalpha, name)) > 2
    return is_capital and (" " in name or name in _PARTS)


_PARTS = frozenset(
    "AIDE MODERATOR OPERATOR INTERVIEWER INTERVIEWEE INTERPRETER TRANSLATOR SPEAKER PARTICIPANT "
    "RESPONDENT QUESTION QUESTIONER ANSWER REPORTER VOICE STAFF AUDIENCE HOST GUEST WITNESS "
    "COURT CLERK COUNSEL CHAIRMAN CHAIRWOMAN CHAIR PARTICIPANTS".split()
)


def _is_conversation(speakers: frozenset[str], counts: Counter[str], paragraphs: int) -> bool:
    """Whether two or more speak, in a good part of the paragraphs.

    Long statements come between formal labels, fewer between plain ones.
    """
    labelled = sum(counts[name] for name in speakers)
    if len(speakers) < _LEAST:
        return False
    is_formal = any(map(_is_formal, speakers))
    return labelled * (25 if is_formal else 5) >= paragraphs
