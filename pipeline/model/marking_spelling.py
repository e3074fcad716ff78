"""Banners as people type them: letters set apart, parts without strokes; read as ``//`` is.

    >>> standard("S E C R E T - NOFORN"), standard("TOP SECRET SI NF")
    ('SECRET//NOFORN', 'TOP SECRET//SI//NF')

Only caveats that are known follow a level without strokes: a word that is none leaves all as it
was, so that ``SECRET GARDEN`` is no marking.
"""

import re

from pipeline.model.marking_scale import SCALE

_BY_WORDS = (
    *("NOFORN", "NF", "ORCON-USGOV", "ORCON", "OC", "NOCON", "IMCON", "PROPIN", "RSEN", "FISA"),
    *("LIMDIS", "EXDIS", "NODIS", "STADIS", "NOCONTRACT", "WNINTEL", "FED ONLY", "FEDCON"),
    *("DL ONLY", "EXCLUSIVELY EYES ONLY", "EYES ONLY", "SENSITIVE", "COMINT", "TALENT KEYHOLE"),
    *("UMBRA", "CNWDI", "RD", "FRD", "RESTRICTED DATA", "FORMERLY RESTRICTED DATA", "TFNI"),
    *("ATOMAL", "BOHEMIA", "SAP", "FGI", "RELIDO", "FOUO", "FOR OFFICIAL USE ONLY", "SBU"),
    *("LES", "LAW ENFORCEMENT SENSITIVE", "CUI"),
)


def _spaced(words: str) -> str:
    """The pattern of words whose letters are set apart: ``S E C R E T``."""
    return r"\s+".join(re.escape(letter) for letter in words if not letter.isspace())


def _any_of(words: tuple[str, ...]) -> str:
    longest = sorted(words, key=len, reverse=True)
    return "|".join(f"{re.escape(one)}|{_spaced(one)}" for one in longest)


_NAMES = tuple(SCALE)
LEVEL_NAMES = f"(?:{_any_of(_NAMES)})"
SPACED_NAMES = f"(?:{'|'.join(_spaced(one) for one in sorted(_NAMES, key=len, reverse=True))})"
_CAVEAT = (
    rf"(?:{_any_of(_BY_WORDS)}|(?:SI|TK|HCS)(?:-[A-Z0-9]+)*|SAR-[A-Z0-9]+|"
    r"REL(?:EASABLE)? TO [A-Z]{3,4}(?:(?: AND |, ?| )[A-Z]{3,4}(?![A-Z]))*)(?![A-Z0-9])"
)
_BETWEEN = r"(?:\s*(?:[-\u2013\u2014,]|/(?: ?/)?)\s*|\s+)"
CAVEATS = rf"(?:{_BETWEEN}{_CAVEAT})"
_ONE = re.compile(rf"{_BETWEEN}(?P<caveat>{_CAVEAT})")
_LOOSE = re.compile(rf"(?P<level>{LEVEL_NAMES})(?P<caveats>{CAVEATS}+)(?=\s*(?://|$))")
_CLOSED = {one.replace(" ", ""): one for one in (*_NAMES, *_BY_WORDS)}
_SET_APART = re.compile(
    rf"(?<![^\s/])(?:{'|'.join(map(_spaced, sorted(_CLOSED, key=len, reverse=True)))})(?![^\s/])"
)


def standard(mark: str) -> str:
    """Return a marking with its letters together and ``//`` between its parts.

    Parameters
    ----------
    mark
        In capitals.
    """
    together = _SET_APART.sub(lambda found: _closed(found[0]), mark.replace("/ /", "//"))
    loose = _LOOSE.match(together)
    if loose is None:
        return together
    caveats = [found["caveat"] for found in _ONE.finditer(loose["caveats"])]
    return "//".join((loose["level"], *caveats)) + together[loose.end() :]


def _closed(letters: str) -> str:
    return _CLOSED["".join(letters.split())]
