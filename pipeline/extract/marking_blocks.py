"""The blocks that say how a whole file is marked: CUI, authority, distribution, clearance. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.cleaning import clean
from pipeline.model.source import Source
from pipeline.model.zone import Zone

_STAMP = re.compile(
    r"CLEARED(?: (?:For Open|for open|FOR OPEN) P\w+)?|For Open P\w+|"
    r".*OFFICE OF (?:PREPUBLICATION|REVIEW).*|.*SECURITY REVIEW\W*|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{1,2}, \d{4}(?: .{0,60})?"
)
_CLEARED = re.compile(r"\bCLEARED\W+(?:For|FOR|for) (?:Open|OPEN|open) P\w+")
_DATE = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{1,2}, \d{4}")
_LONGEST = 200
_STAMP_WORDS = re.compile(r"\bCLEARED\b|For Open Publication|PREPUBLICATION AND SECURITY REVIEW")
_IN_STAMPS = ("CLEARED", "For Open", "PREPUBLICATION")
_FIRST = 12
_CUI_FIELD = re.compile(
    r"(?:^|\s)(Controlled [Bb]y|CONTROLLED BY|(?:CUI )?[Cc]ategor(?:y|ies)|CUI CATEGORY|"
    r"(?:(?:Limited )?[Dd]istribution|LDC|Distribution/Dissemination|"
    r"Limited Dissemination)(?: [Cc]ontrols?)?|POC) ?:"
)
_CUI_LEADS = frozenset({"controlled by", "cui category", "cui categories"})
_AUTHORITY_FIELD = re.compile(
    r"(?:^|\s)(Classified [Bb]y|CLASSIFIED BY|Derived [Ff]rom|DERIVED FROM|"
    r"Declassify [Oo]n|DECLASSIFY ON|Reason|REASON) ?:"
)
_AUTHORITY_LEADS = frozenset({"classified by", "derived from", "declassify on"})
_DISTRIBUTION = re.compile(
    r"(?:DISTRIBUTION STATEMENT|[Dd]istribution [Ss]tatement) "
    r"(?P<letter>[A-FX])(?:[.:;,]|\s+[-\u2013]|$)"
)
_RELEASED = re.compile(
    r"(?:APPROVED FOR PUBLIC RELEASE|Approved for [Pp]ublic [Rr]elease)(?:[.;:,]|$)"
)


def is_stamp(text: str) -> bool:
    """Whether a line is one of a clearance stamp's."""
    return bool(_STAMP.fullmatch(clean(text)))


def with_blocks(zones: Sequence[Zone], words: Sequence[str]) -> list[Zone]:
    """Return the zones, those of a block of marks as kind ``marking`` under the block's rule.

    Parameters
    ----------
    words
        What stands in each zone, whether in the reading text or aside.
    """
    told = [_with_statement(zone, said) for zone, said in zip(zones, words, strict=True)]
    told = _with_fields(told, words, _CUI_FIELD, _CUI_LEADS, "marking.cui")
    told = _with_fields(told, words, _AUTHORITY_FIELD, _AUTHORITY_LEADS, "marking.authority")
    return _with_stamp(told, words)


def _with_statement(zone: Zone, words: str) -> Zone:
    is_short = len(words) <= 2 * _LONGEST
    if statement_letter(words) or (is_short and _RELEASED.match(words)):
        return replace(zone, kind="marking", rule="marking.distribution")
    return zone


def statement_letter(words: str) -> str:
    """Return the letter of the distribution statement that a block is; empty if it is none."""
    found = _DISTRIBUTION.match(words)
    return found["letter"] if found else ""


@dataclass(frozen=True, slots=True)
class _Field:
    number: int
    name: str
    leads: bool


def _with_fields(
    zones: Sequence[Zone],
    words: Sequence[str],
    pattern: re.Pattern[str],
    leads: frozenset[str],
    rule: str,
) -> list[Zone]:
    """Zones that begin with a field, where two fields stand in one or in neighbours."""
    fields = [
        _Field(number, clean(name).lower(), clean(name).lower() in leads)
        for number, text in enumerate(words)
        if pattern.match(text)
        for name in pattern.findall(text[:600])
    ]
    block = {
        one.number
        for one in fields
        for other in fields
        if one.name != other.name
        and abs(one.number - other.number) <= 2
        and (one.leads or other.leads)
    }
    return [
        replace(zone, kind="marking", rule=rule) if number in block else zone
        for number, zone in enumerate(zones)
    ]


def _with_stamp(zones: Sequence[Zone], words: Sequence[str]) -> list[Zone]:
    """The lines of a clearance stamp under one rule, each with the words of all of them."""
    lines = [n for n, zone in enumerate(zones) if zone.rule == "marking.stamp"]
    if not lines:
        lines = _stamp_lines(words)
    stamp = " ".join(words[n] for n in lines)
    return [
        replace(zone, kind="marking", rule="marking.stamp", marking=stamp) if n in lines else zone
        for n, zone in enumerate(zones)
    ]


def _stamp_lines(words: Sequence[str]) -> list[int]:
    """Where a stamp stands among the first blocks of a file without pages."""
    for first, text in enumerate(words[:_FIRST]):
        if text.strip("#* ") and "CLEARED" not in text:
            continue
        short = [
            len(line) <= _LONGEST // 2 and is_stamp(line)
            for line in words[first + 1 : first + _FIRST]
        ]
        rest = next((n for n, is_line in enumerate(short) if not is_line), len(short))
        together = " ".join(words[first : first + 1 + rest]).lstrip("#* ")
        if len(text) <= _LONGEST and _CLEARED.match(together):
            return list(range(first, first + 1 + rest))
    return []


def cleared_on(source: Source) -> str:
    """Return the date of the source's clearance stamp as printed; empty where there is none."""
    for zone in source.zones:
        date = _DATE.search(zone.marking) if zone.rule == "marking.stamp" else None
        if date:
            return date[0]
    return ""


def is_cleared(stamp: str) -> bool:
    """Whether the words of a stamp clear a text for the public."""
    return bool(_CLEARED.search(stamp))


def is_stamped_over(source: Source) -> bool:
    """Whether words of a clearance stamp stand among others at the beginning."""
    if not any(word in source.text for word in _IN_STAMPS):
        return False
    first = [zone for zone in source.zones if zone.kind != "marking"][:_FIRST]
    return any(_STAMP_WORDS.search(source.text, zone.start, zone.end) for zone in first)
