"""Pages that are pictures, read by Tesseract: words with boxes and confidence.

Tesseract is a program of its own, asked through its standard channels: a grey picture at 300
dots an inch goes in, a table of words comes out. What it reads is flagged, never corrected.
"""

import csv
import io
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from statistics import median

import numpy as np
from PIL import Image

from pipeline.extract.characters import Characters, PageShape

DOTS_PER_INCH = 300
_SECONDS = 180
_MOST_PIXELS = 60_000_000
_WORD_LEVEL = "5"


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word as recognised: its pixels on the picture, its line, and 0 to 1 how sure."""

    text: str
    left: int
    top: int
    width: int
    height: int
    line: tuple[str, ...]
    confidence: float


def dots_for(width: float, height: float) -> int:
    """Return at how many dots an inch a page of so many points is drawn to be recognised."""
    pixels = (width / 72 * DOTS_PER_INCH) * (height / 72 * DOTS_PER_INCH)
    if pixels <= _MOST_PIXELS:
        return DOTS_PER_INCH
    return max(int(DOTS_PER_INCH * (_MOST_PIXELS / pixels) ** 0.5), 1)


def recognised(picture: Image.Image, dots: int, shape: PageShape) -> Characters | None:
    """Return the characters of a page's picture, None where Tesseract does not answer.

    Letters share their word's box in equal parts, and stand as high as their line; type is as
    large as most lines of its paragraph are high.
    """
    stream = io.BytesIO()
    picture.convert("L").save(stream, "PPM")
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, the picture on its standard input
            ["tesseract", "-", "-", "--dpi", str(dots), "tsv"],  # noqa: S607 - found by PATH
            input=stream.getvalue(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode:
        return None
    words = list(words_of(done.stdout.decode("utf-8", "replace")))
    return characters_of(words, dots, shape)


def words_of(table: str) -> Iterator[ReadWord]:
    """Yield the words of Tesseract's table."""
    rows = csv.DictReader(io.StringIO(table, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in rows:
        text = (row.get("text") or "").strip()
        if row.get("level") != _WORD_LEVEL or not text:
            continue
        line = tuple(row[name] for name in ("block_num", "par_num", "line_num"))
        numbers = (int(row[name]) for name in ("left", "top", "width", "height"))
        left, top, width, height = numbers
        sure = min(max(float(row["conf"]) / 100, 0.0), 1.0)
        yield ReadWord(text, left, top, width, height, line, sure)


def characters_of(words: list[ReadWord], dots: int, shape: PageShape) -> Characters:
    """Return recognised words as a page's characters, upright on the page as it is shown."""
    width, height = shape.size
    scale = 72 / dots
    text: list[str] = []
    rows: list[tuple[float, float, float, float, float, float]] = []
    nothing = (0.0, 0.0, 0.0, 0.0, 1.0, 1.0)
    sizes = _sizes(words)
    for name, group in groupby(words, key=lambda word: word.line):
        line = list(group)
        top = min(word.top for word in line) * scale
        bottom = max(word.top + word.height for word in line) * scale
        size = sizes[name[:2]] * scale
        for number, word in enumerate(line):
            if text:
                text.append(" " if number else "\n")
                rows.append(nothing)
            step = word.width * scale / len(word.text)
            for place, letter in enumerate(word.text):
                x = word.left * scale + place * step
                text.append(letter)
                rows.append((x, height - bottom, x + step, height - top, size, word.confidence))
    table = np.array(rows, np.float32).reshape(-1, 6)
    whole = np.zeros(len(rows), np.int32)
    return Characters(
        "".join(text),
        table[:, :4],
        table[:, 4],
        whole,
        whole,
        ("recognised",),
        PageShape(0.0, 0.0, width, height),
        table[:, 5],
    )


def _sizes(words: list[ReadWord]) -> dict[tuple[str, ...], float]:
    """The usual height of a line in each paragraph, in pixels."""
    heights: dict[tuple[str, ...], list[int]] = {}
    for name, group in groupby(words, key=lambda word: word.line):
        line = list(group)
        top, bottom = min(w.top for w in line), max(w.top + w.height for w in line)
        heights.setdefault(name[:2], []).append(bottom - top)
    return {name: float(median(those)) for name, those in heights.items()}
