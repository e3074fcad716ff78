"""Who speaks, from labels at the beginning of lines. Pure.

What looks like a label is found here; ``conversation`` says which are believed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.extract.conversation import believed

TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_WORD = r"[^\W_][\w.'\u2019&-]*"
_LABEL = re.compile(
    rf"\s*(?P<name>{_WORD}(?:,?[ \u00a0]+(?:[|/][ \u00a0]+)?{_WORD}){{0,7}}"
    rf"(?:[ \u00a0]+(?![(\[]{TIME}[)\]])(?:\([^()\n]{{1,90}}\)|\[[^\[\]\n]{{1,90}}\])){{0,2}})"
    rf"(?:\s?[(\[](?P<time>{TIME})[)\]])?"
    r"(?:\s?(?::(?=\s|$)|\uff1a)|\t+(?=\S+\s+\S))\s*"
)
_BRACKETED = re.compile(r"\s*\[(?P<name>speaker[ _]?\w{1,3})\]:?\s+", re.IGNORECASE)
_QUESTION = re.compile(
    r"\s*(?P<name>Q|A)(?:[.:]?(?:\s{2,}|\t)|[.:]\s+|\s+[-\u2013\u2014]{1,2}\s+)(?=\S)"
)
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
_ALONE = re.compile(
    r"\s*(?P<name>(?:interviewer|interviewee|respondent|participant)(?:[ _]?\d{1,3})?"
    r"|(?:speaker|person)[ _]?\d{1,3})\s*$",
    re.IGNORECASE,
)
_LONGEST_ALONE = 60
_ELIDED = re.compile(r"[dl]['\u2019](?=[^\W\d_])", re.IGNORECASE)
_SMALL_WORDS = frozenset(
    "of de del den der des van von vom zu zum zur ter la le les du di da dal das do dos e y al el"
    " bin ibn for and the".split()
)
_DIRECTION = re.compile(r"[(\[*](?P<words>[^()\[\]*\n]{2,160})[)\]*]\.?")
_TERMINAL = re.compile(r"[.?!:\u2014\u2026-][\"\u201d\u2019')\]]*\s*$")
_HOUR = re.compile(rf"\s*{TIME}\s*")
_FORMAL = re.compile(r"[A-Z][A-Z.'\u2019-]+(?: [A-Z][A-Z.'\u2019-]+)+")
_PLAIN_WORD = re.compile(r"[^\W\d_]+")


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
    found = _label_in(text)
    if found is None:
        return None
    name = " ".join(found["name"].split())
    time = found.groupdict().get("time")
    return Head(name, found.end(), seconds_of(time) if time else None) if is_name(name) else None


def _label_in(text: str) -> re.Match[str] | None:
    """The first way to set a label that a line has, of those whose signs stand in it."""
    found = _QUESTION.match(text) if "Q" in text or "A" in text else None
    if not found and (":" in text or "\uff1a" in text or "\t" in text):
        found = _LABEL.match(text)
    if not found and "[" in text:
        found = _BRACKETED.match(text)
    if not found and "." in text:
        found = _HEARING.match(text)
    return found or (_ALONE.match(text) if len(text) < _LONGEST_ALONE else None)


def seconds_of(time: str) -> float:
    """Return the seconds of a printed time.

    >>> seconds_of("1:02:03.5"), seconds_of("0:03")
    (3723.5, 3.0)
    """
    total = 0.0
    for part in time.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return round(total, 3)


def is_name(name: str) -> bool:
    """Whether words can be a name: each begins with no small letter, or all are small, two.

    >>> is_name("Jean-Luc d'\u00c9t\u00e9"), is_name("We moved two battalions")
    (True, False)
    """
    bare = re.split(r" [(\[]", name)[0]
    words = [_ELIDED.sub("", word) for word in bare.split() if word not in _SMALL_WORDS]
    small = sum(word[0].islower() for word in words)
    if not words or not any(char.isalpha() for char in name) or len(bare) > 60 or words[0] == "BY":
        return False
    return not small or (small == len(words) <= 2)


def heads(
    lines: Sequence[str],
    opening: Sequence[bool],
    names: Sequence[str] = (),
    timed: Mapping[int, Head] = MappingProxyType({}),
) -> dict[int, Head]:
    """Return the speaker's label of each line that has one; none if this is no conversation.

    Parameters
    ----------
    opening
        For each line whether it begins a paragraph. Within one, a label that ends in a full
        stop counts only after a sentence's end or on an indented line.
    names
        Speakers the study names: each label that is one of them is believed.
    timed
        Heads with times that are believed already; labels may stand between them.
    """
    found = _candidates(lines, opening, pattern_of(names))
    first = min(timed, default=0)
    found = {number: head for number, head in found.items() if number > first or not timed}
    found = dict(sorted({**found, **timed}.items()))
    told = {head.speaker for head in timed.values()}
    told |= labels_among(found.values(), names)
    labels = [head.speaker for head in found.values() if head.speaker]
    speakers = told | believed(labels, sum(opening), lambda: _small_words(lines, found))
    heads = {number: head for number, head in found.items() if head.speaker in speakers}
    return heads | _misprinted(lines, opening, heads)


def _misprinted(
    lines: Sequence[str], opening: Sequence[bool], heads: Mapping[int, Head]
) -> dict[int, Head]:
    """Paragraphs that begin with a believed name in capitals and another sign than its colon."""
    names = {head.speaker for head in heads.values() if _FORMAL.fullmatch(head.speaker)}
    if not names:
        return {}
    ways = "|".join(r"\s+".join(map(re.escape, name.split())) for name in sorted(names))
    pattern = re.compile(rf"\s*(?P<name>{ways})(?:[.;]\s+|\s?:)(?=\S)")
    found = {number: pattern.match(lines[number]) for number, opens in enumerate(opening) if opens}
    return {
        number: Head(" ".join(match["name"].split()), match.end())
        for number, match in found.items()
        if match and number not in heads
    }


def _candidates(
    lines: Sequence[str], opening: Sequence[bool], named: re.Pattern[str] | None
) -> dict[int, Head]:
    found = {}
    for number, line in enumerate(lines):
        head = _candidate(line, opening[number], named)
        if head is None:
            continue
        is_stopped = line[: head.end].rstrip().endswith(".")
        is_set_off = opening[number] or line[:2].isspace() or _TERMINAL.search(lines[number - 1])
        if not is_stopped or is_set_off:
            found[number] = head
    return found


def _candidate(line: str, is_opening: bool, named: re.Pattern[str] | None) -> Head | None:
    told = named.match(line) if named else None
    if told:
        return Head(" ".join(told["name"].split()), told.end())
    bare = _BARE_QUESTION.match(line) if is_opening else None
    head = label_of(line) or (Head("Q", bare.end()) if bare else None)
    is_hour = head is not None and _HOUR.fullmatch(line, head.end)
    return None if is_hour else head


def pattern_of(names: Sequence[str]) -> re.Pattern[str] | None:
    """Return a pattern of lines that begin with one of the names, None without names."""
    longest_first = sorted(filter(None, map(str.strip, names)), key=len, reverse=True)
    if not longest_first:
        return None
    ways = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)
    return re.compile(
        rf"\s*(?P<name>{ways})(?:\s?:(?=\s|$)|\uff1a|\.(?=\s)|\s[\u2013\u2014](?=\s)|\t+|\s*$)\s*",
        re.IGNORECASE,
    )


def labels_among(heads: Iterable[Head | None], names: Sequence[str]) -> set[str]:
    """Return the labels that are one of some names, whatever their capitals and blanks."""
    known = {" ".join(name.split()).casefold() for name in names}
    return {head.speaker for head in heads if head and head.speaker.casefold() in known}


def _small_words(lines: Sequence[str], found: Mapping[int, Head]) -> frozenset[str]:
    """Words that stand in small letters in what is said behind labels or without them."""
    said = (line[found[n].end :] if n in found else line for n, line in enumerate(lines))
    words: set[str] = set()
    for line in said:
        words.update(_PLAIN_WORD.findall(line))
    return frozenset(filter(str.islower, words))
