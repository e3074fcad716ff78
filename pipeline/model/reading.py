"""What the study asks of the reading of a source: passwords, pseudonyms, speakers, OCR.

>>> ReadingPlan(pseudonyms=(("Ana Pop", "Official A"),)).is_pseudonymised
True
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ReadingPlan:
    """How one file is to be read.

    Attributes
    ----------
    passwords
        Tried in order where a file asks for one; never printed, cached or exported.
    pseudonyms
        Pairs of name as the file writes it and what stands in its place in the reading text.
    speakers
        Who speaks in it as the study names them, pseudonyms put in.
    recogniser
        Name and version of the text recognition that pages without text are put through;
        empty where none is installed.
    """

    passwords: tuple[str, ...] = field(default=(), repr=False)
    pseudonyms: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    speakers: tuple[str, ...] = ()
    recogniser: str = ""

    @property
    def is_pseudonymised(self) -> bool:
        """Whether the reading text differs from the pages by names put in."""
        return bool(self.pseudonyms)


AS_IT_IS = ReadingPlan()
