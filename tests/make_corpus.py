"""Makes the invented sources in corpus/ from tests/corpus_text/, the same bytes every time.

    python tests/make_corpus.py [FOLDER]

PDFs by reportlab, the DOCX by python-docx, WebVTT with cues that split sentences, and the
plain ones as they stand.
"""

import io
import sys
import textwrap
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
from corpus_pdf import Design, make_pdf

TEXTS = Path(__file__).parent / "corpus_text"
ROOT = Path(__file__).parent.parent
LITTORAL = {0: "Deterrence on the Littoral", 1: "Institute of Invented Studies, Working Paper 7"}
PDFS = {
    "strategy-partnership": Design(
        1,
        lambda page: "UNCLASSIFIED",
        lambda page: f"Regional Partnership Strategy   {page}",
        (2,),
        has_stamp=True,
    ),
    "report-littoral": Design(2, lambda page: LITTORAL[page % 2], str, (1, 3)),
    "article-danube": Design(
        1, lambda page: "Invented Quarterly 14 (2024)", lambda page: str(40 + page), (1,)
    ),
}
COPIES = {
    "notes-romania.md": "notes-romania.md",
    "notes-baltics.md": "notes-baltics.md",
    "published-riga.html": "published-riga.html",
    "published-iasi.html": "published-iasi.html",
}


def make(folder: Path) -> None:
    """Write all twelve sources."""
    folder.mkdir(parents=True, exist_ok=True)
    for stem, design in PDFS.items():
        make_pdf(read(f"{stem}.txt"), folder / f"{stem}.pdf", design)
    for stem in ("interview-narva", "interview-tulcea"):
        write(folder / f"{stem}.vtt", "".join(vtt(read(f"{stem}.txt"))))
    for stem in ("speech-vilnius", "speech-galati"):
        write(folder / f"{stem}.txt", wrapped(read(f"{stem}.txt")))
    for source, target in COPIES.items():
        write(folder / target, read(source))
    (folder / "interview-bucharest.docx").write_bytes(word(read("interview-bucharest.txt")))


def read(name: str) -> str:
    """Return one text, line ends as they are in the repository."""
    return (TEXTS / name).read_text(encoding="utf-8")


def write(path: Path, text: str) -> None:
    """Write text with plain line ends on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")


def wrapped(text: str) -> str:
    """Set a speech in lines of 72, breaking hyphenated words at their hyphen."""
    return "\n\n".join(textwrap.fill(part, 72) for part in text.split("\n\n")) + "\n"


def vtt(text: str) -> Iterator[str]:
    """Yield cues of at most sixteen words, timed as people speak."""
    yield "WEBVTT - SYNTHETIC transcript, invented for demonstration\n\n"
    yield "NOTE\nNo real person, office or event. Speaker labels are pseudonyms.\n\n"
    clock = 4.0
    number = 0
    for line in filter(None, text.splitlines()):
        speaker, _, said = line.partition(": ")
        words = said.split()
        for start in range(0, len(words), 16):
            number += 1
            part = words[start : start + 16]
            end = clock + 0.4 * len(part)
            yield f"{number}\n{stamp(clock)} --> {stamp(end)}\n"
            yield f"<v {speaker}>{' '.join(part)}</v>\n\n"
            clock = end + 0.2
        clock += 0.8


def stamp(seconds: float) -> str:
    """Return a time as WebVTT writes it."""
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}.{thousandths:03d}"


def word(text: str) -> bytes:
    """Return the interview as a Word document, its ZIP written with fixed times."""
    document = docx.Document()
    document.add_heading("Interview, Bucharest (SYNTHETIC)", level=1)
    document.add_paragraph("Invented for demonstration. No real person, office or event.")
    document.add_paragraph("The person interviewed is called Embassy official C, a pseudonym.")
    for paragraph in text.strip().split("\n\n"):
        label, _, said = paragraph.partition(" ")
        added = document.add_paragraph()
        added.add_run(label).bold = True
        added.add_run(f" {said}")
    stream = io.BytesIO()
    document.save(stream)
    return with_fixed_times(stream.getvalue())


def with_fixed_times(package: bytes) -> bytes:
    """Return a ZIP with the same entries, sorted, all of one time."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in sorted(old.namelist()):
            entry = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return stream.getvalue()


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "corpus")
