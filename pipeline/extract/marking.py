"""Handling markings as files write them: banners, portion marks, blocks, stamps. Pure.

A guard-rail, not a security control. Only what stands where a mark stands is taken for one,
in capitals; a level's word in prose never is. On 1,835 public texts no portion mark and no
banner was a false alarm; words about the terms of a talk were, in 24, so that these only
ask a person.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.extract.banners import banner_of
from pipeline.extract.marking_blocks import (
    is_cleared,
    is_stamped_over,
    statement_letter,
    with_blocks,
)
from pipeline.extract.portion_marks import ONE_MARK
from pipeline.model.marking import Marking, highest, parse_marking
from pipeline.model.marking_scale import SCALE, Level
from pipeline.model.source import Source
from pipeline.model.zone import Zone

_TERMS = re.compile(
    r"not for attribution|off[- ]the[- ]record|on (?:deep )?background"
    r"(?! (?:checks?|noise|information|investigations?|materials?|music|screening|papers?)\b)|"
    r"Chatham House Rules?|embargoed until(?: (?:\d[\w:.,]*|noon|midnight|"
    r"GMT|UTC|CET|E[SD]T|[ap]\.?m\.?|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*,?)){0,6}",
    re.IGNORECASE,
)
# One of these stands in each of the terms.
_TERM_WORDS = ("attribution", "record", "background", "chatham", "embargoed")


def with_markings(source: Source) -> Source:
    """Return the source with its marks on record: per paragraph, and the highest of all.

    Blocks that say how the source is marked become zones of kind ``marking``, which are no
    evidence; words about the terms of a talk are noted on their paragraph and set no level.
    What contradicts itself is a warning to a person.
    """
    zones = tuple(_with_terms(source.text, zone) for zone in _with_rules(source))
    found = replace(source, zones=zones)
    top = marking_of(found)
    return replace(
        found,
        marking=str(top) if top else "",
        warnings=(*source.warnings, *_warnings(found)),
    )


def marking_of(source: Source, scale: Mapping[str, Level] = SCALE) -> Marking | None:
    """Return the highest marking on record in a source; None where there is none.

    Parameters
    ----------
    scale
        Names of other scales and their levels, as a study maps them.
    """
    found = [*_whole_marks(source, scale), *(m for _, m in portions(source, scale))]
    if any(zone.rule == "marking.authority" for zone in source.zones):
        found.append(Marking(_classified(found), text="authority block"))
    return highest(found)


def portions(
    source: Source, scale: Mapping[str, Level] = SCALE
) -> tuple[tuple[Zone, Marking], ...]:
    """Return the zones that bear a portion mark, each with the highest of its marks."""
    found = []
    for zone in source.zones:
        top = highest(parse_marking(mark, scale) for mark in ONE_MARK.findall(zone.marking))
        if top:
            found.append((zone, top))
    return tuple(found)


def _classified(found: Sequence[Marking]) -> Level:
    """An authority block says that a text is classified and not how high: then the highest."""
    top = max((one.level for one in found), default=Level.UNCLASSIFIED)
    return top if top >= Level.CONFIDENTIAL else Level.TOP_SECRET


def _whole_marks(source: Source, scale: Mapping[str, Level]) -> Iterator[Marking]:
    """Yield what banners, blocks, statements and stamps say of the whole source."""
    for zone in source.zones:
        words = _words(source.text, zone)
        if zone.rule == "marking.cui":
            yield Marking(Level.CUI, text="Controlled by")
        elif zone.rule == "marking.stamp" and is_cleared(zone.marking):
            yield Marking(Level.UNCLASSIFIED, text=zone.marking)
        elif zone.rule == "marking.distribution":
            letter = statement_letter(words) or "A"
            yield parse_marking(f"DISTRIBUTION STATEMENT {letter}", scale)
        elif zone.rule == "marking.banner":
            yield parse_marking(banner_of(zone, words) or words, scale)
        elif zone.rule == "marking.portion":
            yield from (parse_marking(mark, scale) for mark in ONE_MARK.findall(words))


def _words(text: str, zone: Zone) -> str:
    return zone.aside or text[zone.start : zone.end]


def _with_rules(source: Source) -> list[Zone]:
    """The zones, those that say how the source is marked under a rule of their own."""
    words = [_words(source.text, zone) for zone in source.zones]
    zones = [
        replace(zone, kind="marking", rule="marking.banner")
        if zone.kind != "marking" and banner_of(zone, said)
        else zone
        for zone, said in zip(source.zones, words, strict=True)
    ]
    return with_blocks(zones, words)


def _with_terms(text: str, zone: Zone) -> Zone:
    """Note the terms that a talk was held on; a person decides what follows from them."""
    words = _words(text, zone)
    plain = words.casefold()
    if zone.kind == "marking" or not any(word in plain for word in _TERM_WORDS):
        return zone
    said = dict.fromkeys(match[0] for match in _TERMS.finditer(words))
    if not said:
        return zone
    marks = [*([zone.marking] if zone.marking else []), *said]
    return replace(zone, marking="; ".join(marks))


def _warnings(source: Source) -> Iterator[str]:
    banners = highest(_whole_marks(replace(source, zones=_no_portions(source.zones)), SCALE))
    portion = highest(marking for _, marking in portions(source))
    if banners and portion and portion.exceeds(banners):
        yield (
            f"a paragraph is marked {portion}, above the {banners} of the whole: "
            "a person must look at the marks"
        )
    if any(zone.rule == "marking.authority" for zone in source.zones):
        told = highest([one for one in (banners, portion) if one])
        if told is None or told.level < Level.CONFIDENTIAL:
            yield (
                "a block says by whom it was classified and no mark says how high: "
                "taken as TOP SECRET"
            )
    terms = dict.fromkeys(
        term[0]
        for zone in source.zones
        if zone.kind != "marking"
        for term in _TERMS.finditer(zone.marking)
    )
    if terms:
        yield (f"speaks of terms of use ({', '.join(terms)}): a person decides what may be quoted")
    if is_stamped_over(source):
        yield "a clearance stamp seems to stand over other words: look at the first page's title"


def _no_portions(zones: Sequence[Zone]) -> tuple[Zone, ...]:
    return tuple(zone for zone in zones if zone.rule != "marking.portion")
