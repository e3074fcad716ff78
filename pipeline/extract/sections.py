"""Sections known by their headings: references, contents, acronyms, abstract, methods. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.extract.building import Block
from pipeline.model.source import ZoneKind

_SECTIONS: tuple[tuple[ZoneKind, re.Pattern[str]], ...] = (
    ("references", re.compile(r"references|bibliography|works cited|notes|endnotes|sources")),
    ("contents", re.compile(r"(table of )?contents")),
    ("acronyms", re.compile(r"(list of )?(acronyms|abbreviations)( and \w+)?")),
    ("abstract", re.compile(r"abstract|summary")),
    (
        "methods",
        re.compile(r"(data and |approach and )?(methods?|methodology)( and (data|approach))?"),
    ),
)
_NUMBER = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[ivxlc]+\.|appendix \w+\.?)\s+", re.IGNORECASE)
_KEPT = frozenset({"heading", "running-head", "running-foot", "page-number", "marking", "footnote"})
_LONGEST_ABSTRACT = 400
_LEADERS = re.compile(r"(\.\s?){4,}\s*[\divxlc]+\s*$")


def section_of(heading: str) -> ZoneKind | None:
    """Return the kind of section a heading opens, None for any other.

    >>> section_of("7. References"), section_of("Deterrence")
    ('references', None)
    """
    plain = _NUMBER.sub("", heading.strip().strip(".:")).lower()
    return next((kind for kind, pattern in _SECTIONS if pattern.fullmatch(plain)), None)


def with_sections(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, those of a known section given its kind until the next heading."""
    section: ZoneKind | None = None
    words = 0
    for block in blocks:
        text = " ".join(line.text for line in block.lines).strip()
        if block.kind == "heading" and not block.is_aside:
            section = section_of(text)
            words = 0
            yield block
        elif _LEADERS.search(text) and not block.is_aside:
            yield replace(block, kind="contents", rule="section.leaders", confidence=0.9)
        elif section and block.kind not in _KEPT and not block.is_aside and not block.speaker:
            words += text.count(" ") + 1
            if section == "abstract" and words > _LONGEST_ABSTRACT:
                section = None
                yield block
                continue
            yield replace(block, kind=section, rule="section.heading", confidence=0.9)
        else:
            yield block
