"""Transcripts to blocks: turns with their times, stage directions and credits aside. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.extract.building import Block, plain_block
from pipeline.extract.normalise import RawLine
from pipeline.extract.shapes import Transcript, transcript_of

_DIRECTION = re.compile(
    r"[(\[]\s*(?:laugh(?:s|ter|ing)?|applause|inaudible|unintelligible|crosstalk|cross-talk|"
    r"pause|silence|music|off[- ]?mic|cheers|no response|end of|break|recess|whereupon|"
    r"video|audio|phone|coughs?|sighs?|noise|gavel)\b[^()\[\]]{0,60}[)\]]\.?",
    re.IGNORECASE,
)


def transcript_blocks(lines: Sequence[str]) -> list[Block]:
    """Return the blocks of a transcript in a known shape; nothing for any other text."""
    found = transcript_of(lines)
    return list(_blocks(found)) if found else []


def _blocks(found: Transcript) -> Iterator[Block]:
    rule = f"transcript.{found.shape}"
    for line in found.before:
        yield plain_block("running-head", line, "transcript.before", is_aside=True)
    for one in found.utterances:
        raws = [RawLine(line, seconds=one.seconds) for line in one.lines]
        for raw in raws:
            yield Block("body", (raw,), rule, speaker=one.speaker)
    for line in found.credits:
        yield plain_block("running-foot", line, "transcript.credit", is_aside=True)


def directions_apart(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks, stage directions of a transcript ("(Laughter.)") set aside.

    Only where somebody speaks: in other texts brackets are words.
    """
    kept = list(blocks)
    if not any(block.speaker for block in kept):
        return kept
    return [_aside(block) if _is_direction(block) else block for block in kept]


def _is_direction(block: Block) -> bool:
    text = " ".join(line.text.strip() for line in block.lines)
    return not block.is_aside and bool(_DIRECTION.fullmatch(text))


def _aside(block: Block) -> Block:
    return Block("stage-direction", block.lines, "transcript.direction", 0.9, is_aside=True)
