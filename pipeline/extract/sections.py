"""Sections known by their headings: references, contents, acronyms, abstract, methods. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.extract.building import Block
from pipeline.model.zone import ZoneKind

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
_ACRONYM = re.compile(r"\s*([A-Z][A-Z/&.-]{1,9})\s*(?:=|\u2013|\||:|\s)\s*([A-Za-z].*)")
_LEAST_ACRONYMS = 4
_LEADERS = re.compile(r"(\.\s?){4,}\s*[\divxlc]+\s*$")


def section_of(heading: str) -> ZoneKind | None:
    """Return the kind of section a heading opens, None for any other.

    >>> section_of("7. References"), section_of("Deterrence")
    ('references', None)
    """
    plain = _NUMBER.sub("", heading.strip().strip(".:")).lower()
    return next((kind for kind, pattern in _SECTIONS if pattern.fullmatch(plain)), None)


def acronym_list(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the blocks of lists of acronyms without a heading: four rows or more, each of
    capitals, a sign or a gap, and words whose initials fit.
    """
    found: set[int] = set()
    run: list[int] = []
    for number, block in enumerate([*blocks, None]):
        if block is not None and block.is_aside:
            continue
        if block is not None and block.kind in ("body", "list-item", "table") and _spells(block):
            run.append(number)
            continue
        if len(run) >= _LEAST_ACRONYMS:
            found.update(run)
        run = []
    return frozenset(found)


def _spells(block: Block) -> bool:
    rows = [_ACRONYM.match(text) for text in block.texts]
    return bool(rows) and all(row is not None and _fits(row[1], row[2]) for row in rows)


def _fits(acronym: str, words: str) -> bool:
    letters = [char for char in acronym.lower() if char.isalpha()]
    initials = [word[0] for word in re.findall(r"\w+", words.lower())]
    return bool(initials) and initials[0] == letters[0] and set(letters) <= set("".join(initials))


def with_sections(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, those of a known section given its kind until the next heading."""
    listed = acronym_list(blocks)
    blocks = [
        replace(block, kind="acronyms", rule="section.acronym-rows", confidence=0.8)
        if number in listed
        else block
        for number, block in enumerate(blocks)
    ]
    section: ZoneKind | None = None
    words = 0
    for block in blocks:
        text = " ".join(block.texts).strip()
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
