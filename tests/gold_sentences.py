"""Real sentences drawn by lot, to be judged before the machine answers.

    BACKING_TEST_DATA=... PYTHONPATH=tests:. python tests/gold_sentences.py assertion OUT.tsv
    BACKING_TEST_DATA=... PYTHONPATH=tests:. python tests/gold_sentences.py cues OUT.tsv
    BACKING_TEST_DATA=... PYTHONPATH=tests:. python tests/gold_sentences.py codes OUT.tsv

``assertion`` draws sentences with a proposal of a theme code, one code each; ``cues`` draws
more of them among those with a word that may deny or report, of which chance gives few;
``codes`` draws
whole paragraphs that speak of the matter, by words no rule was asked for. Both draw from
documents set aside: a document is set aside by the hash of its name, so whoever writes rules
can tell, without a list, which ones to leave unread (``is_aside``). What is drawn is printed
with its words for the judge; what is kept in the repository is the hash of each sentence and
the judgment, since the documents are no part of it.
"""

import csv
import hashlib
import random
import re
import sys
import tarfile
import tempfile
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from pathlib import Path

from real_data import real_data_folder

from pipeline.codebooks import load_codebook
from pipeline.extract import extract
from pipeline.language_model import find_model
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.model.study import SourceEntry, ZonePolicy
from pipeline.segment import segment
from pipeline.tag.parse import load_language
from pipeline.tag.propose import propose
from pipeline.tag.rules import compile_tagger

SEED = 20261124
SPEECHES = 300
ASSERTION = {"briefings": 170, "strategies": 80, "speeches": 80}
PARAGRAPHS = {"briefings": 44, "strategies": 30, "speeches": 8}
CUES = {"denied": 110, "reported": 110}
MAY_BE = {
    "denied": re.compile(
        r"\b(?:not|no|never|none|nothing|nobody|neither|nor|without|lack\w*|fail\w*|cannot|hardly"
        r"|refus\w*|unable|absen\w+|stop\w*|end\w*|less|few\w*|little)\b|n[\u2019']t\b",
        re.I,
    ),
    "reported": re.compile(
        r"\b(?:sa(?:y|ys|id|ying)|tell\w*|told|according|believ\w+|claim\w*|argu\w+|think\w*"
        r"|thought|warn\w*|announc\w+|stat(?:es|ed)|note[sd]|report\w*|view\w*|ask\w*"
        r"|heard?|suggest\w*|accus\w+|describ\w+|call(?:s|ed))\b|[\u201c\"]",
        re.I,
    ),
}
KEPT = Path(__file__).parent / "gold" / "sentences"
STRATEGIES_ASIDE = frozenset({"1988_national_security_strategy", "2006_national_security_strategy"})
MATTER = re.compile(
    r"deter|alli(?:ance|es)|partner|securit|militar|defen[cs]e|aggress|sanction|NATO|weapon", re.I
)
_EXCLUDED = ZonePolicy(frozenset({"references", "contents", "acronyms", "footnote", "marking"}))


@dataclass(frozen=True)
class Document:
    """A real document: its group, name and file."""

    group: str
    name: str
    path: Path

    @property
    def is_aside(self) -> bool:
        """Whether it is set aside from all writing of rules: a third of them."""
        return is_aside(self.name)


def is_aside(name: str) -> bool:
    """Whether a document of this name (its stem) is set aside; of four strategies, two."""
    if name.endswith("national_security_strategy"):
        return name in STRATEGIES_ASIDE
    return hashlib.sha256(name.encode()).digest()[0] % 3 == 0


def documents(data: Path, unpacked: Path) -> list[Document]:
    """Return briefings, strategies and the first speeches (by hash of name), in order of name."""
    for name in ("briefings/white_house_deterrence", "speeches/un_general_debate_1500"):
        with tarfile.open(data / f"{name}.tar.xz") as archive:
            archive.extractall(unpacked / name.partition("/")[0], filter="data")
    found = [Document("strategies", p.stem, p) for p in sorted((data / "strategies").glob("*.txt"))]
    found += [_document("briefings", p) for p in sorted((unpacked / "briefings").rglob("*.md"))]
    speeches = [_document("speeches", p) for p in sorted((unpacked / "speeches").rglob("*.txt"))]
    speeches.sort(key=lambda one: hashlib.sha256(one.name.encode()).digest())
    return found + sorted(speeches[:SPEECHES], key=lambda one: one.name)


def _document(group: str, path: Path) -> Document:
    return Document(group, path.stem, path)


def read(document: Document) -> tuple[Source, tuple[Segment, ...]]:
    """Return a document's source and its sentences."""
    source = extract(document.path, document.name)
    return source, segment(source, SourceEntry(document.name, path="", is_listed=False), _EXCLUDED)


def sentence_sha256(text: str) -> str:
    """Return what a sentence is known by: its hash, white space being one blank."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def hits(documents: list[Document]) -> dict[str, list[list[list[str]]]]:
    """Return by group, for each sentence with proposals of theme codes, a row for each of them."""
    book = load_codebook(Path("codebooks/deterrence.yaml"))
    themes = {code.code_id for code in book.codable if code.kind in {"theme", "method"}}
    model = find_model()
    tagger = compile_tagger(book, load_language(model.folder if model else None))
    found: dict[str, list[list[list[str]]]] = {}
    for document in documents:
        source, segments = read(document)
        by_segment: dict[str, list[list[str]]] = {}
        for coding in propose(tagger, source, segments):
            if coding.code_id in themes:
                spans = ";".join(
                    f"{a - coding.start}-{b - coding.start}" for a, b in coding.matched
                )
                text = source.quote(coding.start, coding.end)
                row = [document.name, sentence_sha256(text), coding.code_id, spans, text]
                by_segment.setdefault(coding.segment_id, []).append(row)
        found.setdefault(document.group, []).extend(r for _, r in sorted(by_segment.items()))
    return found


def assertion_rows(aside: list[Document]) -> Iterator[list[str]]:
    """Yield one row a sentence drawn: document, hash, code, matched words, text."""
    chance = random.Random(SEED)
    found = hits(aside)
    for group, wanted in ASSERTION.items():
        drawn = [chance.choice(rows) for rows in found[group]]
        yield from chance.sample(drawn, min(wanted, len(drawn)))


def cue_rows(aside: list[Document]) -> Iterator[list[str]]:
    """Yield rows as above, of sentences with a word that may deny or report, none drawn above."""
    chance = random.Random(SEED + 1)
    taken = {row[1] for row in assertion_rows(aside)}
    every = [rows for group in hits(aside).values() for rows in group]
    for kind, wanted in CUES.items():
        drawn = [
            chance.choice(rows)
            for rows in every
            if rows[0][1] not in taken and MAY_BE[kind].search(rows[0][4])
        ]
        chosen = chance.sample(drawn, min(wanted, len(drawn)))
        print(f"{kind}: {len(chosen)} of {len(drawn)}", file=sys.stderr)
        taken |= {row[1] for row in chosen}
        yield from chosen


def is_matter(paragraph: str) -> bool:
    """Whether two different words of the matter stand in a paragraph."""
    return len({word.lower() for word in MATTER.findall(paragraph)}) > 1


def code_rows(
    aside: list[Document], seed: int = SEED, taken: Container[tuple[str, str]] = ()
) -> Iterator[list[str]]:
    """Yield one row a sentence of the paragraphs drawn: document, paragraph, hash, text."""
    chance = random.Random(seed)
    for group, wanted in PARAGRAPHS.items():
        blocks = []
        for document in (one for one in aside if one.group == group):
            source, segments = read(document)
            paragraphs: dict[int, list[Segment]] = {}
            for one in segments:
                if one.standing == "counted" and one.zone in {"body", "list-item"}:
                    paragraphs.setdefault(one.block, []).append(one)
            for number, sentences in paragraphs.items():
                texts = [source.quote(s.start, s.end) for s in sentences]
                is_new = (document.name, str(number)) not in taken
                if is_new and 3 <= len(texts) <= 9 and is_matter(" ".join(texts)):
                    blocks.append((document.name, str(number), texts))
        for name, number, texts in chance.sample(blocks, min(wanted, len(blocks))):
            for text in texts:
                yield [name, number, sentence_sha256(text), text]


def code_rows_anew(aside: list[Document]) -> Iterator[list[str]]:
    """Yield rows of paragraphs that were not drawn the first time."""
    taken = {(row[0], row[1]) for row in code_rows(aside)}
    yield from code_rows(aside, SEED + 2, taken)


def assertion_rows_anew(aside: list[Document]) -> Iterator[list[str]]:
    """Yield 120 sentences by chance and 110 with a word that may deny, 110 that may report.

    None stands in the files kept before, whatever rules proposed a code for it then.
    """
    chance = random.Random(SEED + 3)
    taken = {
        line.split("\t")[1]
        for name in ("assertion.tsv", "cues.tsv")
        for line in (KEPT / name).read_text(encoding="utf-8").splitlines()
    }
    every = [rows for group in hits(aside).values() for rows in group]
    for pattern, wanted in ((None, 120), (MAY_BE["denied"], 110), (MAY_BE["reported"], 110)):
        drawn = [
            chance.choice(rows)
            for rows in every
            if rows[0][1] not in taken and (pattern is None or pattern.search(rows[0][4]))
        ]
        chosen = chance.sample(drawn, min(wanted, len(drawn)))
        print(f"{len(chosen)} of {len(drawn)}", file=sys.stderr)
        taken |= {row[1] for row in chosen}
        yield from chosen


KINDS: dict[str, Callable[[list[Document]], Iterator[list[str]]]] = {
    "assertion": assertion_rows,
    "cues": cue_rows,
    "codes": code_rows,
    "assertion-anew": assertion_rows_anew,
    "codes-anew": code_rows_anew,
}


def main(kind: str, out: Path) -> None:
    """Write the rows of one kind for a judge."""
    with tempfile.TemporaryDirectory() as folder:
        aside = [one for one in documents(real_data_folder(), Path(folder)) if one.is_aside]
        rows = KINDS[kind](aside)
        with out.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter="\t", lineterminator="\n")
            for number, row in enumerate(rows, start=1):
                cells = [" ".join(cell.split()) if "\n" in cell else cell for cell in row]
                writer.writerow([str(number), *cells])


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
