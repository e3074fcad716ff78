"""A codebook as it is printed for coders: what a page needs, and nothing that computes."""

from dataclasses import dataclass
from hashlib import sha256

Piece = tuple[str, bool]
# Words, and the code that they name where they name one.
Mention = tuple[str, str]
_LONGEST_NAME = 40


def anchor_of(code_id: str) -> str:
    """Return the name by which a link finds a code: letters, digits, at most 40, as Word asks.

    >>> anchor_of("bar.info-sharing")
    'c_bar_info__sharing'
    """
    name = "c_" + code_id.replace("-", "__").replace(".", "_")
    if len(name) <= _LONGEST_NAME:
        return name
    return f"{name[:31]}_{sha256(code_id.encode()).hexdigest()[:8]}"


@dataclass(frozen=True, slots=True)
class PrintedExample:
    """A sentence cut in pieces, those that a rule matched marked.

    Attributes
    ----------
    remark
        How it is asserted where it must be, why it is there, that it is beyond rules.
    """

    pieces: tuple[Piece, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class PrintedRule:
    """A rule in words."""

    rule_id: str
    lines: tuple[str, ...]
    restraints: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """A code or a heading.

    Attributes
    ----------
    level
        0 at the top of the hierarchy.
    restraints
        What holds all its rules back.
    watch
        Groups of assertion cues that a coder settles before the excerpt counts.
    """

    code_id: str
    label: str
    level: int
    is_heading: bool
    definition: str
    include_when: tuple[tuple[Mention, ...], ...] = ()
    exclude_when: tuple[tuple[Mention, ...], ...] = ()
    positive: tuple[PrintedExample, ...] = ()
    negative: tuple[PrintedExample, ...] = ()
    rules: tuple[PrintedRule, ...] = ()
    restraints: tuple[tuple[str, str], ...] = ()
    watch: tuple[str, ...] = ()
    carries_negation: bool = False
    was: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """The name by which a link finds it."""
        return anchor_of(self.code_id)


@dataclass(frozen=True, slots=True)
class PrintedCues:
    """A group of cues: what it sets, and its words by where they stand."""

    name: str
    value: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PrintedDimension:
    """One way in which a sentence asserts something, its values with the first for silence."""

    name: str
    question: str
    values: tuple[tuple[str, str], ...]
    cues: tuple[PrintedCues, ...] = ()


@dataclass(frozen=True)
class PrintedBook:
    """A codebook for coders."""

    title: str
    name: str
    codes: tuple[PrintedCode, ...]
    dimensions: tuple[PrintedDimension, ...]

    @property
    def code_count(self) -> int:
        """How many codes can be given."""
        return sum(not code.is_heading for code in self.codes)

    @property
    def chapters(self) -> tuple[tuple[PrintedCode, ...], ...]:
        """The codes in file order, a new chapter where one stands at the top."""
        chapters: list[list[PrintedCode]] = []
        for code in self.codes:
            if code.level == 0 or not chapters:
                chapters.append([])
            chapters[-1].append(code)
        return tuple(tuple(chapter) for chapter in chapters)
