"""Paragraphs made whole that a page's head, foot or note has cut in two. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.building import Block
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
    return replace(parts[0], lines=tuple(line for part in parts for line in part.lines))


def _goes_on(parts: Sequence[Block], second: Block) -> bool:
    first = parts[0]
    if second.kind != "body" or first.kind not in ("body", "list-item", "block-quotation"):
        return False
    if first.speaker != second.speaker:
        return False
    before = parts[-1].lines or first.lines
    end = before[-1].text.rstrip() if before else ""
    start = second.lines[0].text.lstrip() if second.lines else ""
    if not _are_of_like_width(before[-1].box, second.lines[0].box):
        return False
    if end.endswith("-"):
        return start[:1].isalpha()
    return bool(end) and end[-1] not in '.?!:;"\u201d' and start[:1].islower()


def _are_of_like_width(one: Box | None, other: Box | None) -> bool:
    """Whether two lines can be of one paragraph: the first is about as wide as the second."""
    if one is None or other is None:
        return True
    return one.x1 - one.x0 >= 0.75 * (other.x1 - other.x0)
