"""Paragraphs made whole that a page's head, foot or note has cut in two. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.building import Block
from pipeline.extract.printed import chained, texts_of
from pipeline.model.place import Box


def joined_over_asides(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with paragraphs made whole that a page's head or foot cut in two.

    The second half begins with a small letter, the first ends without a sentence's end; what
    stood between them is kept after them.
    """
    joined: list[list[Block]] = []
    last = -1
    for block in blocks:
        if not block.is_aside and last >= 0 and _goes_on(joined[last], block):
            joined[last].append(block)
            continue
        joined.append([block])
        if not block.is_aside and block.kind not in ("footnote", "table", "caption"):
            last = len(joined) - 1
    return [_whole(parts) for parts in joined]


def _whole(parts: Sequence[Block]) -> Block:
    if len(parts) == 1:
        return parts[0]
    return replace(parts[0], lines=chained(*(part.lines for part in parts)))


def _goes_on(parts: Sequence[Block], second: Block) -> bool:
    first = parts[0]
    if second.kind != "body" or first.kind not in ("body", "list-item", "block-quotation"):
        return False
    if first.speaker != second.speaker:
        return False
    before = parts[-1].lines or first.lines
    end = "".join(texts_of(before[-1:])).rstrip()
    start = second.opening.lstrip()
    if end.endswith("-"):
        goes_on = start[:1].isalpha()
    else:
        goes_on = bool(end) and end[-1] not in '.?!:;"\u201d' and start[:1].islower()
    return goes_on and _are_of_like_width(before[-1].box, second.lines[0].box)


def _are_of_like_width(one: Box | None, other: Box | None) -> bool:
    """Whether two lines can be of one paragraph: the first is about as wide as the second."""
    if one is None or other is None:
        return True
    return one.x1 - one.x0 >= 0.75 * (other.x1 - other.x0)
