"""Handling markings: how high a text is marked, and which restrictions it bears.

A guard-rail against mistakes, not a security control: only marks that are written are known.

    >>> parse_marking("SECRET//NF").exceeds(parse_marking("SECRET"))
    True
    >>> str(highest([parse_marking("(S//REL TO USA, GBR)"), parse_marking("TOP SECRET//ORCON")]))
    'TOP SECRET//ORCON'

Every part after ``//`` that is not known to be harmless is a restriction, so that an unknown
part raises a marking and never lowers it. The scales of others are mapped to the five levels
by ``marking_scale``; a study may map them otherwise.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from pipeline.errors import MarkingError
from pipeline.model.marking_scale import LETTERS, OWN, SCALE, TOLD, Level
from pipeline.model.marking_spelling import standard

_ALIASES = {"NF": "NOFORN", "OC": "ORCON", "PR": "PROPIN", "IMC": "IMCON", "FEDONLY": "FED ONLY"}
_OF_OTHERS = re.compile(r"[A-Z]{3} (?P<level>[A-Z ]+)")
_RELEASE = re.compile(r"REL(?:IDO| TO [A-Z]{3,4}(?:(?: AND |, ?| )[A-Z]{3,4})*)?")
_CATEGORY = re.compile(
    r"SP-[A-Z]{2,8}|PRVCY|CTI|EXPT|LEI|OPSEC|PHYS|CRIT|DCRIT|INTEL|ISVI|BUDG|HLTH|PROCURE|TAX"
)
_GROUPS = {"FVEY": frozenset({"AUS", "CAN", "GBR", "NZL"})}
_DATE = re.compile(r"\d{8}|(?:25|50)?X\d{1,2}|MR")
_SURE = re.compile(
    r"NOFORN|ORCON(?:-USGOV)?|IMCON|PROPIN|RSEN|FISA|LIMDIS|EXDIS|NODIS|FED ONLY|FEDCON|NOCON|"
    r"DL ONLY|DISPLAY ONLY .+|EYES ONLY|SI(?:-[A-Z0-9]+)*|TK(?:-[A-Z0-9]+)*|HCS(?:-[A-Z0-9]+)*|"
    r"SAR-.+|SAP|RD|FRD|CNWDI|TFNI|(?:RD|FRD)-[A-Z0-9 ]+|FGI(?: .+)?|ATOMAL|BOHEMIA|BALK"
)


@dataclass(frozen=True, slots=True)
class Marking:
    """One marking.

    Attributes
    ----------
    parts
        What follows the level, each under its full name, sorted: ``("NOFORN", "SI")``.
    text
        As written; empty for one that was put together from several.
    """

    level: Level
    parts: tuple[str, ...] = ()
    text: str = ""

    @property
    def restrictions(self) -> frozenset[str]:
        """The parts that narrow who may see it; all but releases, categories and dates."""
        return frozenset(part for part in self.parts if not _is_harmless(part))

    @property
    def unknown(self) -> frozenset[str]:
        """The restrictions that no list of ours holds."""
        return frozenset(part for part in self.restrictions if not _SURE.fullmatch(part))

    @property
    def rank(self) -> tuple[int, int, int]:
        """Where it stands among all: by level, then unknown parts, then restrictions."""
        return int(self.level), len(self.unknown), len(self.restrictions)

    @property
    def released_to(self) -> frozenset[str]:
        """The countries and groups beside the United States that it is released to."""
        told = (part for part in self.parts if part.startswith("REL TO ") and _is_harmless(part))
        named = {code for part in told for code in re.findall("[A-Z]{3,4}", part[7:])}
        groups = [_GROUPS[code] for code in named & _GROUPS.keys()]
        return frozenset(named.union(*groups) - {"USA", "AND", *_GROUPS})

    def exceeds(self, limit: "Marking") -> bool:
        """Whether it is higher than ``limit``, bears a restriction that ``limit`` lacks, or is
        not released to all to whom ``limit`` is.

        What does not exceed a marking never ranks above it.
        """
        withheld = limit.released_to - self.released_to if self.level else frozenset[str]()
        is_restricted = not self.restrictions <= limit.restrictions
        return self.level > limit.level or is_restricted or bool(withheld)

    def __str__(self) -> str:
        return "//".join((self.level.words, *self.parts))


def parse_marking(text: str, scale: Mapping[str, Level] = SCALE) -> Marking:
    """Return what a banner, a portion mark or a study's ``marking`` says.

    >>> parse_marking("(U//FOUO)").level.words, parse_marking("//GBR SECRET").level.words
    ('CUI', 'SECRET')

    Parameters
    ----------
    scale
        Names and their levels; those of a study come before the ones known here.

    Raises
    ------
    MarkingError
        If it names no level.
    """
    known = {**TOLD, **SCALE, **scale}
    plain = re.sub(r"\s+", " ", text.strip()).upper()
    plain = plain if plain in known else standard(plain)
    is_portion = plain.startswith("(") and plain.endswith(")")
    pieces = [piece.strip() for piece in (plain[1:-1] if is_portion else plain).split("//")]
    names = [piece for piece in pieces if piece]
    if names and _level(names[0], known, is_portion) is None:
        names[:1] = names[0].split("/")
    first = _level(names[0], known, is_portion) if names else None
    if first is None:
        raise MarkingError(
            f"{text!r} names no level of marking",
            remedy=f"Begin with one of {', '.join(OWN)}, or map it under marking_scale.",
        )
    level, parts = first, set[str]()
    for piece in names[1:]:
        raised = _level(piece, known, is_portion)
        level = level if raised is None else max(level, raised)
        parts |= set() if raised is not None else _parts(piece)
    return Marking(level, tuple(sorted(parts)), text.strip())


def _level(piece: str, known: Mapping[str, Level], is_portion: bool) -> Level | None:
    """The level a piece names: by its name, a portion's letters, or with another's country."""
    if piece in known:
        return known[piece]
    of_others = _OF_OTHERS.fullmatch(piece)
    name = of_others["level"] if of_others else piece
    if is_portion:
        name = LETTERS.get(name, name)
        return known.get(name)
    return known.get(name) if of_others and name in (*OWN, "RESTRICTED") else None


def _parts(piece: str) -> set[str]:
    """The parts in one piece between ``//``; a single ``/`` parts all but a release."""
    pieces = [piece] if piece.startswith("REL") else re.split(r"/|, ", piece)
    return {_ALIASES.get(part.strip(), part.strip()) for part in pieces if part.strip()}


def _is_harmless(part: str) -> bool:
    return any(kind.fullmatch(part) for kind in (_RELEASE, _CATEGORY, _DATE))


def highest(markings: Iterable[Marking]) -> Marking | None:
    """Return the marking that none exceeds: one of those given, else all of theirs in one.

    The highest level with every restriction; a release stays where all have it. None for none.
    """
    given = sorted(set(markings), key=lambda one: (one.rank, one.parts, one.text))
    if not given:
        return None
    top = given[-1]
    if not any(one.exceeds(top) for one in given):
        return top
    shared = frozenset.intersection(*(frozenset(one.parts) for one in given))
    restrictions = frozenset[str]().union(*(one.restrictions for one in given))
    return Marking(top.level, tuple(sorted(shared | restrictions)))


@dataclass(frozen=True, slots=True)
class Marked:
    """How one source is marked: as a whole, and its paragraphs that bear a mark of their own.

    Attributes
    ----------
    whole
        None where neither the file nor the study says anything.
    spans
        Start, end and own marking of paragraphs, in order; all others are marked as the whole.
        Two that follow on each other lie two characters apart.
    """

    whole: Marking | None
    spans: tuple[tuple[int, int, Marking], ...] = ()

    def at(self, start: int, end: int) -> Marking | None:
        """Return the highest marking of the paragraphs that ``[start, end)`` touches."""
        touched = [span for span in self.spans if span[0] < end and span[1] > start]
        gaps = [two[0] - one[1] for one, two in pairwise(touched)]
        if not touched or touched[0][0] > start or touched[-1][1] < end or max(gaps, default=0) > 2:
            return self.whole
        return highest(marking for _, _, marking in touched)
