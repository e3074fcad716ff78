"""Notes, comments and boxes of RTF back in their places: signs in the words become marks. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.extract.building import Block, plain_block
from pipeline.extract.cleaning import clean
from pipeline.extract.normalise import RawLine
from pipeline.extract.rtf_groups import without_signs
from pipeline.extract.text import plain_blocks


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a note, a comment or a box, and who says them."""

    kind: str
    words: str
    author: str = ""


@dataclass
class PlacedApart:
    """Puts boxes and comments behind the blocks they stand in; notes come last."""

    said: Sequence[Said]
    _told: set[int] = field(default_factory=set)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Yield blocks with marks where signs stood, and what stands apart at them behind each."""
        for block in blocks:
            lines = [_marked(line) for line in block.lines]
            if any(clean(line.text) for line, _ in lines):
                yield replace(block, lines=tuple(line for line, _ in lines))
            yield from self._at([number for _, numbers in lines for number in numbers])

    def left(self) -> Iterator[Block]:
        """Yield the notes, footnotes first, then whatever had no place."""
        kinds = ("footnote", "endnote", "box", "comment")
        for kind in kinds:
            for number, one in enumerate(self.said):
                if one.kind == kind and number not in self._told:
                    yield from self._block(number)

    def _at(self, numbers: Iterable[int]) -> Iterator[Block]:
        for number in numbers:
            is_new = number < len(self.said) and number not in self._told
            if is_new and self.said[number].kind in ("box", "comment"):
                yield from self._block(number)

    def _block(self, number: int) -> Iterator[Block]:
        self._told.add(number)
        one = self.said[number]
        words = without_signs(one.words)[0]
        if not clean(words):
            return
        if one.kind == "box":
            yield from plain_blocks("\n\n".join(words.splitlines()))
        elif one.kind == "comment":
            said = f"{one.author or 'somebody'}: {clean(words)}"
            yield plain_block("comment", said, "rtf.comment", is_aside=True, note=str(number))
        else:
            yield plain_block("footnote", clean(words), f"rtf.{one.kind}", note=str(number))


def _marked(line: RawLine) -> tuple[RawLine, list[int]]:
    """A line without its signs, which are marks now, and their numbers."""
    text, found = without_signs(line.text)
    marks = tuple((at, str(number)) for at, number in found)
    return replace(line, text=text, note_marks=marks), [number for _, number in found]
