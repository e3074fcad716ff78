"""Read real files with bytes changed, many thousands of them, and count what came of it.

    python tests/fuzz_extract.py --data FOLDER --count 20000 --minutes 10 --keep failing/

Each input is made from a real one by a seeded generator: bytes set, cut, doubled, moved,
numbers made large, parts of other files put in; in packages the parts are changed, not what
packs them. Ends with counts: read, refused by class, and what must be nought: exceptions
that are none of ours, hangs, deaths. Inputs that brought those about are kept.
"""

import argparse
import io
import random
import shutil
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fuzz_seeds import made_seeds

from pipeline.errors import (
    ExtractionError,
    NeededTooMuchMemoryError,
    ReaderCrashedError,
    ReaderFaultError,
    TookTooLongError,
)
from pipeline.limits import Limits
from pipeline.model.source import Source
from pipeline.reading import ReadingRequest, read_all

FOLDERS = ("pdf", "office", "transcripts", "maxqda", "summary")
KINDS = frozenset(
    ".pdf .docx .html .htm .md .txt .vtt .srt .odt .odp .pptx .epub .rtf .eml .json".split()
)
PACKED = frozenset({".docx", ".odt", ".odp", ".pptx", ".epub"})
MOST_BYTES = 600_000
BATCH = 500
LIMITS = Limits(workers=2, seconds=20, memory_bytes=1_000_000_000)
TOKENS = (
    *(b"0", b"-1", b"1e30", b"4294967295", b"99999999999999999999", b"nan", b"null", b"true"),
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"<", b">", b"<<", b">>", b"[", b"]", b"("),
    *(b"endobj", b"endstream", b"stream\n", b"1 0 R", b"/Kids", b"/Count", b"/Length", b"/Filter"),
    *(b"&e;", b"<!DOCTYPE a>", b"<w:p>", b"</w:p>", b"<div>", b"-->", b"00:00:01.000", b"|", b"#"),
)


@dataclass
class FuzzReport:
    """What came of so many inputs."""

    seconds: float = 0.0
    count: int = 0
    read: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)
    slowest: float = 0.0

    @property
    def is_good(self) -> bool:
        return not self.bad

    @property
    def summary(self) -> str:
        names = {
            "exceptions not ours": ReaderFaultError,
            "hangs": TookTooLongError,
            "deaths": ReaderCrashedError,
            "memory": NeededTooMuchMemoryError,
        }
        kinds = {kind.__name__ for kind in names.values()}
        lines = [
            f"{self.count:,} inputs in {self.seconds:,.0f} s "
            f"({self.count / max(self.seconds, 0.001):,.0f} a second)",
            f"read: {self.read:,}",
            *(f"refused, {n}: {c:,}" for n, c in self.refused.most_common() if n not in kinds),
            *(f"{said}: {self.refused[kind.__name__]:,}" for said, kind in names.items()),
        ]
        return "\n".join(lines + self.bad[:40])


def seeds_of(data: Path) -> list[Path]:
    """The real files that are not too large to be read many times over."""
    cases = (Path(__file__).parent / "extract_cases").glob("*/input.*")
    real = (path for name in FOLDERS for path in (data / name).rglob("*"))
    return sorted(
        path
        for path in (*real, *cases)
        if path.suffix.lower() in KINDS and path.is_file() and path.stat().st_size <= MOST_BYTES
    )


def changed(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """The bytes with one to eight changes."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        at, length = chance.randrange(len(out) + 1), chance.choice((1, 2, 4, 16, 200, 4000))
        piece = bytes(out[at : at + length])
        match chance.randrange(8):
            case 0:
                out[at : at + length] = chance.randbytes(min(length, 16))
            case 1:
                del out[at : at + length]
            case 2:
                out[at:at] = piece * chance.choice((1, 2, 50))
            case 3:
                out[at : at + 1] = chance.choice(TOKENS)
            case 4:
                out[at:at] = chance.choice(TOKENS) * chance.choice((1, 3, 1000))
            case 5:
                other = chance.choice(others)
                start = chance.randrange(len(other) + 1)
                out[at:at] = other[start : start + length]
            case 6:
                del out[at + (len(out) - at) // chance.choice((1, 2, 8)) :]
            case _:
                if out:
                    out[at % len(out)] ^= 1 << chance.randrange(8)
    return bytes(out)


def changed_pdf(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """A change inside one packed stream, packed anew: else nearly all changes stop at zlib."""
    begins = [i for i in range(len(data) - 8) if data.startswith(b"stream", i)]
    chance.shuffle(begins)
    for begin in begins[:8]:
        start = begin + (8 if data[begin + 6 : begin + 8] == b"\r\n" else 7)
        end = data.find(b"endstream", start)
        try:
            plain = zlib.decompressobj().decompress(data[start:end], 4_000_000)
        except zlib.error:
            continue
        return data[:start] + zlib.compress(changed(plain, chance, others)) + data[end:]
    return changed(data, chance, others)


def changed_package(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """A package with one part changed."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
            names = before.namelist()
            parts = [name for name in names if name.endswith((".xml", ".html", ".xhtml"))]
            chosen = chance.choice(parts or names)
            for name in names:
                part = before.read(name)
                after.writestr(name, changed(part, chance, others) if name == chosen else part)
    except (zipfile.BadZipFile, OSError):
        return changed(data, chance, others)
    return out.getvalue()


def inputs(seeds: Sequence[Path], seed: int) -> Iterator[tuple[str, bytes]]:
    """Endings and bytes without end, the same ones for the same seed and files.

    Kinds take turns by chance, PDF three times as often; of a kind, small files come oftener.
    """
    chance = random.Random(seed)
    real = [path.read_bytes() for path in seeds]
    of_kind: dict[str, list[int]] = {}
    for number, path in enumerate(seeds):
        of_kind.setdefault(path.suffix.lower(), []).append(number)
    kinds = [kind for kind in of_kind for _ in range(3 if kind == ".pdf" else 1)]
    while True:
        suffix = chance.choice(kinds)
        weights = [(2000 + len(real[number])) ** -1.5 for number in of_kind[suffix]]
        at = chance.choices(of_kind[suffix], weights)[0]
        change = changed
        if chance.random() < 0.5:
            change = {".pdf": changed_pdf}.get(suffix, change)
            change = changed_package if suffix in PACKED else change
        if chance.random() < 0.02:
            suffix = chance.choice(sorted(KINDS))
        yield suffix, change(real[at], chance, real)


def fuzz(
    seeds: Sequence[Path],
    count: int,
    seed: int,
    keep: Path,
    limits: Limits = LIMITS,
    minutes: float = 60,
    says: bool = False,
) -> FuzzReport:
    """Read so many changed files, for so many minutes at most."""
    report = FuzzReport()
    made = inputs(seeds, seed)
    started = time.monotonic()
    while report.count < count and time.monotonic() - started < minutes * 60:
        with tempfile.TemporaryDirectory() as folder:
            requests = []
            for number in range(report.count, min(report.count + BATCH, count)):
                suffix, data = next(made)
                path = Path(folder) / f"{number:07}{suffix}"
                path.write_bytes(data)
                requests.append(ReadingRequest(path, f"s{number}"))
            _count(requests, report, keep, limits)
        report.seconds = time.monotonic() - started
        if says:
            print(f"{report.count:,} of {count:,}, {len(report.bad)} bad", file=sys.stderr)
    return report


def _count(requests: list[ReadingRequest], report: FuzzReport, keep: Path, limits: Limits) -> None:
    for request, found in zip(requests, read_all(requests, limits), strict=True):
        report.count += 1
        fault = _fault_of(found)
        if isinstance(found, ExtractionError):
            report.refused[type(found).__name__] += 1
        else:
            report.read += 1
        if fault:
            report.bad.append(f"{request.path.name}: {fault}")
            keep.mkdir(parents=True, exist_ok=True)
            shutil.copy(request.path, keep)


def _fault_of(found: Source | ExtractionError) -> str:
    """What must not be, empty where all is as it should."""
    if isinstance(found, ReaderFaultError | ReaderCrashedError | TookTooLongError):
        return f"{type(found).__name__}: {found.what}"
    if isinstance(found, NeededTooMuchMemoryError):
        return ""
    if isinstance(found, ExtractionError):
        return "" if found.what and found.remedy else "a message that does not say what to do"
    spans = [(one.start, one.end) for one in (*found.zones, *found.places, *found.turns)]
    is_inside = all(0 <= start <= end <= len(found.text) for start, end in spans)
    return "" if is_inside and found.text.strip() else "offsets outside the text, or no text"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of real files")
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kind", default="", help="only files of this ending: .pdf")
    parser.add_argument("--keep", type=Path, default=Path("failing"), help="for bad inputs")
    given = parser.parse_args()
    limits = Limits(given.workers, LIMITS.seconds, LIMITS.memory_bytes)
    with tempfile.TemporaryDirectory() as folder:
        found = [*seeds_of(given.data), *made_seeds(Path(folder))]
        seeds = [path for path in found if path.suffix.lower().endswith(given.kind)]
        if not seeds:
            kinds = ", ".join(sorted({path.suffix.lower() for path in found}))
            parser.error(f"no file ends in {given.kind}; there are {kinds}")
        report = fuzz(seeds, given.count, given.seed, given.keep, limits, given.minutes, says=True)
    print(report.summary)
    sys.exit(0 if report.is_good else 1)


if __name__ == "__main__":
    main()
