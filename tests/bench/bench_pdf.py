"""Speed and memory of reading PDFs, each against a reference in the same run.

    BACKING_TEST_DATA=FOLDER python tests/bench/bench_pdf.py [speed] [growth] [processes] [boxes]

speed      files of running text, whole (words, order, zones, reading text, map) against
           pdfplumber's extract_words alone and PDFium's raw text alone, in turns, medians
growth     a made file of 125, 500 and 2,000 dense pages: pages a second, memory at most
processes  two processes reading against one, beside what two counting loops reach
boxes      boxes of an excerpt asked from the file again, against the bytes of keeping them all
"""

import io
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
import pdfplumber
import pypdfium2 as pdfium
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from pipeline.extract import extract
from pipeline.extract.excerpt_boxes import excerpt_boxes
from pipeline.extract.file import File
from pipeline.extract.pdfium import open_pdfium

ROOT = Path(__file__).resolve().parent.parent.parent
LEAST_CHARACTERS = 1_000
ROUNDS = 5


def text_files() -> list[Path]:
    """PDFs of running text: 1,000 characters a page or more, no tables."""
    folder = Path(os.environ["BACKING_TEST_DATA"])
    found = []
    for path in sorted(
        [*folder.glob("pdf/*.pdf"), *folder.glob("maxqda/results/transcripts/*.pdf")]
    ):
        try:
            document = pdfium.PdfDocument(path)
        except pdfium.PdfiumError:
            continue
        count = sum(document[i].get_textpage().count_chars() for i in range(len(document)))
        if count / len(document) < LEAST_CHARACTERS:
            continue
        if not any(zone.kind == "table" for zone in extract(path, "x").zones):
            found.append(path)
    return found


def plumber_words(path: Path) -> None:
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_words()
            page.close()


def raw_text(path: Path) -> None:
    document = pdfium.PdfDocument(path)
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    document.close()


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def speed() -> None:
    print(f"{'file':44} pages  ours/s  plumber/s  pdfium/s  ours/plumber  ours/pdfium")
    to_plumber, to_raw = [], []
    for path in text_files():
        pages = len(pdfium.PdfDocument(path))
        rows = [
            (
                seconds(lambda path=path: extract(path, "x")),
                seconds(lambda path=path: plumber_words(path)),
                seconds(lambda path=path: raw_text(path)),
            )
            for _ in range(ROUNDS)
        ]
        ours, plumber, raw = (median(column) for column in zip(*rows, strict=True))
        to_plumber.append(plumber / ours)
        to_raw.append(raw / ours)
        print(
            f"{path.name[:44]:44} {pages:5}  {pages / ours:6.0f}  {pages / plumber:9.1f}  "
            f"{pages / raw:8.0f}  {plumber / ours:12.1f}  {raw / ours:11.2f}"
        )
    print(
        f"{len(to_plumber)} files: median {median(to_plumber):.1f} times pdfplumber "
        f"(least {min(to_plumber):.1f}), {median(to_raw):.2f} of PDFium's raw text"
    )


def made_pdf(pages: int) -> bytes:
    """A file of so many dense pages of shuffled words, with heads and page numbers."""
    words = (ROOT / "corpus" / "speech-vilnius.txt").read_text(encoding="utf-8").split()
    chance = random.Random(1)
    stream = io.BytesIO()
    drawn = canvas.Canvas(stream, pagesize=A4)
    for number in range(1, pages + 1):
        drawn.setFont("Times-Roman", 10)
        drawn.drawString(72, 810, "A long invented report")
        drawn.drawCentredString(297, 30, str(number))
        for row in range(58):
            line = ""
            while len(line) < 82:
                line += chance.choice(words) + " "
            drawn.drawString(72, 780 - 12.5 * row, line.strip())
        drawn.showPage()
    drawn.save()
    return stream.getvalue()


READ_ALONE = """
import resource, sys, time
from pathlib import Path
from pipeline.extract import extract
most = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
before, start = most(), time.perf_counter()
extract(Path(sys.argv[1]), "x")
print(time.perf_counter() - start, before, most())
"""


def growth() -> None:
    print("pages  seconds  pages/s  MB at start  MB at most")
    with tempfile.TemporaryDirectory() as folder:
        for pages in (125, 500, 2000):
            path = Path(folder) / f"{pages}.pdf"
            made = [sys.executable, __file__, "make", str(pages), str(path)]
            subprocess.run(made, check=True)
            command = [sys.executable, "-c", READ_ALONE, str(path)]
            told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            took, before, most = (float(word) for word in told.split())
            print(f"{pages:5}  {took:7.2f}  {pages / took:7.0f}  {before:11.0f}  {most:10.0f}")


def count_up(most: int) -> None:
    number = 0
    while number < most:
        number += 1


def read_often(path: str, times: int) -> None:
    for _ in range(times):
        extract(Path(path), "x")


def at_once(work: Callable[..., None], arguments: tuple[object, ...], processes: int) -> float:
    context = multiprocessing.get_context("fork")
    running = [context.Process(target=work, args=arguments) for _ in range(processes)]
    start = time.perf_counter()
    for process in running:
        process.start()
    for process in running:
        process.join()
    return time.perf_counter() - start


def processes() -> None:
    path = str(Path(os.environ["BACKING_TEST_DATA"]) / "pdf" / "federal-register-2020-17221.pdf")
    rows = []
    for _ in range(ROUNDS):
        loops = 2 * at_once(count_up, (20_000_000,), 1) / at_once(count_up, (20_000_000,), 2)
        reads = 2 * at_once(read_often, (path, 10), 1) / at_once(read_often, (path, 10), 2)
        rows.append((reads / loops, reads, loops))
    share, reads, loops = sorted(rows)[len(rows) // 2]
    print(f"two processes do {reads:.2f} times the work of one, two counting loops {loops:.2f}")
    print(
        f"share of what two loops reach: median {share:.2f}, best {max(row[0] for row in rows):.2f}"
    )


def boxes() -> None:
    path = ROOT / "corpus" / "report-littoral.pdf"
    source = extract(path, "x")
    file = File(path.name, path.read_bytes(), "x", source.file_sha256)
    again = median(seconds(lambda: excerpt_boxes(file, source, 900, 1_100)) for _ in range(50))
    with open_pdfium(file) as document:
        whole = np.concatenate([document.boxes(number) for number in range(document.page_count)])
    kept = zlib.compress(whole.tobytes())
    opened = median(
        seconds(lambda: np.frombuffer(zlib.decompress(kept), np.float32)) for _ in range(50)
    )
    print(f"an excerpt's boxes asked from the file again: {again * 1000:.1f} ms, 0 bytes kept")
    print(
        f"all boxes kept: {opened * 1000:.2f} ms, "
        f"{len(kept) / len(source.text):.1f} bytes a character"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["make"]:
        Path(sys.argv[3]).write_bytes(made_pdf(int(sys.argv[2])))
    else:
        for name in sys.argv[1:] or ["speed", "growth", "processes", "boxes"]:
            {"speed": speed, "growth": growth, "processes": processes, "boxes": boxes}[name]()
