"""The names of levels: those of handling marks in full, in letters, and as a study may say them."""

from collections.abc import Mapping
from enum import IntEnum


class Level(IntEnum):
    """The five levels in their order; what is public is unclassified."""

    UNCLASSIFIED = 0
    CUI = 1
    CONFIDENTIAL = 2
    SECRET = 3
    TOP_SECRET = 4

    @property
    def words(self) -> str:
        """The level as it is printed: ``TOP SECRET``."""
        return self.name.replace("_", " ")


OWN = {level.words: level for level in Level}
# What a line alone may say. Restricted information of others is kept as confidential.
SCALE: Mapping[str, Level] = OWN | {
    "CONTROLLED": Level.CUI,
    "CONTROLLED UNCLASSIFIED INFORMATION": Level.CUI,
    "FOR OFFICIAL USE ONLY": Level.CUI,
    "FOUO": Level.CUI,
    "SBU": Level.CUI,
    "SENSITIVE BUT UNCLASSIFIED": Level.CUI,
    "LIMITED OFFICIAL USE": Level.CUI,
    "LIMITED OFFICIAL USE ONLY": Level.CUI,
    "LES": Level.CUI,
    "LAW ENFORCEMENT SENSITIVE": Level.CUI,
    "OFFICIAL-SENSITIVE": Level.CUI,
    "NATO UNCLASSIFIED": Level.CUI,
    "NATO RESTRICTED": Level.CONFIDENTIAL,
    "NATO CONFIDENTIAL": Level.CONFIDENTIAL,
    "NATO SECRET": Level.SECRET,
    "COSMIC TOP SECRET": Level.TOP_SECRET,
    "RESTREINT UE": Level.CONFIDENTIAL,
    "RESTREINT UE/EU RESTRICTED": Level.CONFIDENTIAL,
    "CONFIDENTIEL UE/EU CONFIDENTIAL": Level.CONFIDENTIAL,
    "SECRET UE/EU SECRET": Level.SECRET,
    "TRÈS SECRET UE/EU TOP SECRET": Level.TOP_SECRET,
    "TRES SECRET UE/EU TOP SECRET": Level.TOP_SECRET,
}
# What a study may say of a source, too common as a line of its own to be looked for.
TOLD: Mapping[str, Level] = {
    "PUBLIC": Level.UNCLASSIFIED,
    "PUBLIC RELEASE": Level.UNCLASSIFIED,
    "APPROVED FOR PUBLIC RELEASE": Level.UNCLASSIFIED,
    "DISTRIBUTION STATEMENT A": Level.UNCLASSIFIED,
    **{f"DISTRIBUTION STATEMENT {letter}": Level.CUI for letter in "BCDEFX"},
    "OFFICIAL": Level.CUI,
    "RESTRICTED": Level.CONFIDENTIAL,
    "EU RESTRICTED": Level.CONFIDENTIAL,
    "EU CONFIDENTIAL": Level.CONFIDENTIAL,
    "EU SECRET": Level.SECRET,
    "EU TOP SECRET": Level.TOP_SECRET,
}
LETTERS: Mapping[str, str] = {
    "U": "UNCLASSIFIED",
    "C": "CONFIDENTIAL",
    "S": "SECRET",
    "TS": "TOP SECRET",
    "R": "RESTRICTED",
    "CUI": "CUI",
    "FOUO": "FOUO",
    "SBU": "SBU",
    "LES": "LES",
    "LOU": "LIMITED OFFICIAL USE",
    "NU": "NATO UNCLASSIFIED",
    "NR": "NATO RESTRICTED",
    "NC": "NATO CONFIDENTIAL",
    "NS": "NATO SECRET",
    "CTS": "COSMIC TOP SECRET",
}
