"""Ordered lines of a page cut into paragraphs: at indents, wider gaps, other fonts. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np
import numpy.typing as npt

from pipeline.extract.characters import Flags, Floats
from pipeline.extract.lines import Lines
from pipeline.extract.zones import list_marker

_INDENT = 0.6
_SHORT = 3.0
_WIDER = 0.3
_LONG_LINE = 80
_LEAST_INDENTS = 3
_HALF_EMPTY = 0.4
_QUOTE_LEFT = 1.2
_QUOTE_RIGHT = 0.8
_SAME_LEFT = 3
_LEAST_QUOTED = 3
_HYPHENS = "-\u2010\u2011"
_CLOSERS = '"\u2019)]'
_ENDS = frozenset(".?!\u201d\u2026\u3002\uff01\uff1f")


@dataclass(frozen=True, slots=True)
class Columns:
    """For each line where its group begins and ends from side to side, shape (n,) each."""

    left: Floats
    right: Floats
    gap: Floats


def columns_of(lines: Lines, starts: npt.NDArray[np.int64]) -> Columns:
    """Return the edges and the usual gap of the group that each line stands in."""
    boxes = lines.boxes
    lengths = np.diff(np.append(starts, len(lines)))
    gaps = [*(boxes[1:, 1] - boxes[:-1, 3]).tolist(), 0.0]
    usual = np.array(
        [
            median(gaps[start : start + length - 1]) if length > 1 else 0.0
            for start, length in zip(starts.tolist(), lengths.tolist(), strict=True)
        ],
        np.float32,
    )
    return Columns(
        np.repeat(np.minimum.reduceat(boxes[:, 0], starts), lengths),
        np.repeat(np.maximum.reduceat(boxes[:, 2], starts), lengths),
        np.repeat(usual, lengths),
    )


def begins_paragraph(lines: Lines, starts: npt.NDArray[np.int64], columns: Columns) -> Flags:
    """Return which lines begin a paragraph, shape (n,).

    A line's end was meant where the next line's first word would still have fitted.
    """
    boxes, count = lines.boxes, len(lines)
    begins = np.zeros(count, np.bool_)
    begins[starts] = True
    if count < 2:
        return begins
    sizes = np.maximum(lines.sizes, 1)
    lengths = np.array([max(len(text), 1) for text in lines.texts], np.float32)
    first_word = np.array(
        [len(text) if (at := text.find(" ")) < 0 else at for text in lines.texts], np.float32
    )
    letter = (boxes[:, 2] - boxes[:, 0]) / lengths
    ends = np.array([text.rstrip(_CLOSERS)[-1:] in _ENDS for text in lines.texts])
    room = _room(lines, columns)
    indent = boxes[:, 0] - columns.left
    fits = room[:-1] > (first_word[1:] + 1.5) * letter[1:] + 0.5 * sizes[1:]
    is_indented = (indent[1:] > _INDENT * sizes[1:]) & (indent[:-1] <= _INDENT * sizes[1:])
    is_short = room[:-1] > _SHORT * sizes[1:]
    gap = boxes[1:, 1] - boxes[:-1, 3]
    is_wider = gap > columns.gap[1:] + _WIDER * sizes[1:]
    is_wider &= ~(lines.is_bold[1:] & lines.is_bold[:-1] & (gap < _WIDER * sizes[1:]))
    is_other = lines.is_bold[1:] != lines.is_bold[:-1]
    is_other &= is_short | (lengths[:-1] < _LONG_LINE)
    is_item = np.array([list_marker(text) for text in lines.texts]) | lines.has_glyph
    outdent = boxes[:-1, 0] - boxes[1:, 0]
    follows_item = (is_item[:-1] & (np.abs(outdent) < 3)) | (outdent > sizes[1:])
    middle = (boxes[:, 0] + boxes[:, 2]) / 2
    is_centred = (np.abs(np.diff(middle)) < sizes[1:]) & (np.abs(np.diff(boxes[:, 0])) > sizes[1:])
    is_marked = lines.begins_raised[1:]
    begins[1:] |= (
        is_wider
        | is_other
        | (is_item[1:] & (ends[:-1] | fits | is_indented | follows_item))
        | is_marked
    )
    is_outdented = (indent[:-1] > _INDENT * sizes[1:]) & (indent[1:] <= _INDENT * sizes[1:])
    if int((ends[:-1] & is_outdented).sum()) > int((ends[:-1] & is_indented).sum()):
        is_indented = is_outdented
    if _sets_indents(ends[:-1], is_indented, is_short):
        is_short = fits = room[:-1] > _HALF_EMPTY * (columns.right - columns.left)[:-1]
    begins[1:] |= (ends[:-1] & (is_short | is_indented)) | (fits & ~is_centred)
    begins[1:] &= is_wider | is_other | ~_is_torn(lines.texts)
    return begins


def _is_torn(texts: Sequence[str]) -> Flags:
    """Which lines but the last end within a word: nothing begins after them."""
    return np.array(
        [
            first[-2:-1].isalpha() and first[-1] in _HYPHENS and second[:1].isalpha()
            for first, second in pairwise(texts)
        ],
        np.bool_,
    )


def _room(lines: Lines, columns: Columns) -> Floats:
    """The space each line leaves at its right; in a block quotation, to its own edge."""
    boxes = lines.boxes
    set_in = is_set_in(lines, columns)
    goes_on = set_in[1:] & set_in[:-1] & (np.abs(np.diff(boxes[:, 0])) < _SAME_LEFT)
    begins = np.flatnonzero(np.concatenate([[True], ~goes_on]))
    lengths = np.diff(np.append(begins, len(lines)))
    own = np.repeat(np.maximum.reduceat(boxes[:, 2], begins), lengths)
    is_quoted = np.repeat(lengths >= _LEAST_QUOTED, lengths)
    return np.asarray(np.where(is_quoted, own, columns.right) - boxes[:, 2], np.float32)


def _sets_indents(ends: Flags, is_indented: Flags, is_short: Flags) -> bool:
    """Whether paragraphs of this page begin with an indent, so that a short line says little."""
    indented = int((ends & is_indented).sum())
    return indented >= _LEAST_INDENTS and indented > int((ends & is_short & ~is_indented).sum())


def is_set_in(lines: Lines, columns: Columns) -> Flags:
    """Return which lines stand in from both sides of their group, as block quotations do."""
    sizes = np.maximum(lines.sizes, 1)
    from_left = lines.boxes[:, 0] - columns.left > _QUOTE_LEFT * sizes
    return from_left & (columns.right - lines.boxes[:, 2] > _QUOTE_RIGHT * sizes)
