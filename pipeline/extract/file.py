"""A file as a reader is handed it: its bytes, its name and what the study asks of it."""

from dataclasses import dataclass

from pipeline.model.reading import AS_IT_IS, ReadingPlan


@dataclass(frozen=True, slots=True)
class File:
    """One file to be read.

    Attributes
    ----------
    name
        The file's own name, for messages.
    sha256
        Of ``data``.
    """

    name: str
    data: bytes
    source_id: str
    sha256: str
    plan: ReadingPlan = AS_IT_IS

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who speaks in it, as the study names them and as the file may write them.

        >>> plan = ReadingPlan(pseudonyms=(("Ana Pop", "Official A"),), speakers=("Official A",))
        >>> File("a.txt", b"", "x", "", plan).speakers
        ('Official A', 'Ana Pop')
        """
        written = list(self.plan.speakers)
        for name, pseudonym in self.plan.pseudonyms:
            written += [one.replace(pseudonym, name) for one in self.plan.speakers]
        return tuple(dict.fromkeys(written))
