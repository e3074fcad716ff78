"""Raw characters to clean text with the way back: NFC, ligatures, white space. Pure.

>>> cleaned("de\\ufb01ne  softly").text
'define softly'
>>> cleaned("de\\ufb01ne").steps
((0, 2, 0, 2), (2, 4, 2, 3), (4, 6, 3, 5))
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
_DROPPED_CLASS = "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b\ufeff\ufffe\uffff]"
_DROPPED = re.compile(_DROPPED_CLASS)
_SPACES = re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\x85]+")
# Signs that are NFC and stay so beside one another: ASCII, Latin, dashes and quotation marks.
PLAIN_CLASS = "[!-~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e]"
_PLAIN = re.compile(f"{PLAIN_CLASS}++(?: {PLAIN_CLASS}++)*+")
_LIGATURE_TABLE = str.maketrans(_LIGATURES)

# One more than Unicode's stream-safe format allows on one letter (UAX #15).
_MANY_MARKS = 31

Step = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Clean text and the steps back: (start, end, raw start, raw end) of each stretch.

    Stretches of equal length on both sides answer character to character.
    """

    text: str
    steps: tuple[Step, ...]


def clean(text: str) -> str:
    """Return a stretch of text in NFC with ligatures undone and white space single.

    >>> clean("de\\ufb01ne  soft\\u00adly\\r\\n")
    'define softly'
    """
    if _PLAIN.fullmatch(text):
        return text
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = _DROPPED.sub("", text.translate(_LIGATURE_TABLE))
    return _composed(_SPACES.sub(" ", text)).strip()


def cleaned(text: str) -> Cleaned:
    """Return the same text as ``clean`` with the way back to the raw characters."""
    if _PLAIN.fullmatch(text) or (text and clean(text) == text):
        return Cleaned(text, ((0, len(text), 0, len(text)),))
    out: list[str] = []
    steps: list[Step] = []
    position = 0
    waiting: tuple[int, int] | None = None
    for piece, raw_start, raw_end in _pieces(text):
        if piece == " ":
            waiting = waiting or ((raw_start, raw_end) if out else None)
            continue
        if waiting:
            out.append(" ")
            _step(steps, (position, position + 1, *waiting))
            position += 1
            waiting = None
        out.append(piece)
        _step(steps, (position, position + len(piece), raw_start, raw_end))
        position += len(piece)
    return Cleaned("".join(out), tuple(steps))


def _step(steps: list[Step], step: Step) -> None:
    """Lengthen the last stretch where both answer character to character, else begin one."""
    if steps:
        start, end, raw_start, raw_end = steps[-1]
        if (
            (end, raw_end) == (step[0], step[2])
            and end - start == raw_end - raw_start
            and step[1] - step[0] == step[3] - step[2]
        ):
            steps[-1] = (start, step[1], raw_start, step[3])
            return
    steps.append(step)


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield clean characters with the raw range each came from; white space as one blank."""
    cluster: list[str] = []
    begin, end = 0, 0
    for position, char in enumerate(text):
        if _DROPPED.match(char):
            continue
        if cluster and not _SPACES.match(char) and _joins_before(char):
            cluster.append(char)
            end = position + 1
            continue
        if cluster:
            yield _composed("".join(cluster)), begin, end
            cluster = []
        if _SPACES.match(char):
            yield " ", position, position + 1
        else:
            plain = _LIGATURES.get(char, char)
            cluster = [plain.encode("utf-8", "replace").decode("utf-8")]
            begin, end = position, position + 1
    if cluster:
        yield _composed("".join(cluster)), begin, end


def _composed(text: str) -> str:
    """The text in NFC, in time that grows with its length.

    ``unicodedata`` puts the marks on one letter in order by insertion, which takes the square
    of their number. A long run is therefore sorted first, as Unicode's canonical ordering says
    (stable, by combining class), which changes nothing of the result.
    """
    return unicodedata.normalize("NFC", _long_runs().sub(_in_order, text))


def _in_order(run: re.Match[str]) -> str:
    apart = "".join(unicodedata.normalize("NFD", mark) for mark in run[0])
    return "".join(sorted(apart, key=unicodedata.combining))


@cache
def _long_runs() -> re.Pattern[str]:
    """Runs of more marks on one letter than any writing sets."""
    return re.compile(f"[{''.join(sorted(_marks()))}]{{{_MANY_MARKS},}}")


@cache
def _marks() -> frozenset[str]:
    """Characters that are marks, or come apart into marks only."""
    codes = map(chr, range(0x300, 0x20000))
    return frozenset(
        char for char in codes if unicodedata.combining(unicodedata.normalize("NFD", char)[0])
    )


def _joins_before(char: str) -> bool:
    """Whether a character may compose or reorder with the one before it."""
    return char > "\u02ff" and (unicodedata.combining(char) > 0 or char in _composing())


@cache
def _composing() -> frozenset[str]:
    """Characters that some composition has in second place, or that come apart into marks."""
    found = {chr(code) for code in range(0x1161, 0x11C3)} | _marks()
    for code in range(0xA0, 0x30000):
        parts = unicodedata.decomposition(chr(code))
        if parts and parts[0] != "<":
            found.update(chr(int(part, 16)) for part in parts.split()[1:])
    return frozenset(found)
