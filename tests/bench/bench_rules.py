"""Speed and memory of rules, each against a reference in the same run.

    BACKING_TEST_DATA=FOLDER python tests/bench/bench_rules.py [gaps] [growth] [codebook]
                                                               [processes] [retag]

gaps       500 made rules with gaps over half a million tokens of United Nations speeches,
           against one spaCy Matcher with the same patterns over every sentence, same matches
growth     the same rules over 1, 4 and 16 parts of text: tokens a second, memory at most
codebook   the deterrence codebook on sixty speeches and on the four strategies, assertion and
           all, against the full small pipeline over the same text
processes  two processes tagging against one, beside what two counting loops reach
retag      a study's codings kept, one code changed, against coding all of it
"""

import os
import random
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import spacy
from bench_pdf import at_once, count_up
from spacy.lang.en.stop_words import STOP_WORDS
from spacy.matcher import Matcher
from spacy.tokens import Doc

from pipeline.cache import Cache
from pipeline.codebooks import load_codebook
from pipeline.extract import extract
from pipeline.language_model import find_model
from pipeline.model.codebook import Code, Codebook, Line, Rule
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.model.study import SourceEntry, ZonePolicy
from pipeline.segment import segment, sentences
from pipeline.stages import Corpus, quiet, read_corpus, read_inputs
from pipeline.tag.parse import load_language, tokenize
from pipeline.tag.phrases import compile_phrases
from pipeline.tag.propose import propose
from pipeline.tag.rules import Tagger, compile_tagger, fire
from pipeline.tagging import tag_corpus

BOOK = Path(__file__).resolve().parent.parent.parent / "codebooks" / "deterrence.yaml"
RULES, TOKENS, ROUNDS, SEED = 500, 544_000, 3, 7
STUDY = """schema: backing-study/1
study: {id: bench, title: Bench}
codebook: codebooks/deterrence.yaml
cases:
- {id: cross, label: General, default: true}
source_types:
- {id: text, label: Texts}
"""
Held = set[tuple[int, str, int, int]]


def speeches() -> Iterator[str]:
    """Texts of the speeches, in order of name shuffled by the seed."""
    path = Path(os.environ["BACKING_TEST_DATA"]) / "speeches" / "un_general_debate_1500.tar.xz"
    with tarfile.open(path) as archive:
        files = sorted((m for m in archive.getmembers() if m.isfile()), key=lambda m: m.name)
        random.Random(SEED).shuffle(files)
        for member in files:
            stream = archive.extractfile(member)
            assert stream is not None
            yield stream.read().decode("utf-8", "replace")


def some_sentences(most_tokens: int) -> list[str]:
    """Sentences of whole paragraphs, about so many tokens of them (by words and marks)."""
    found: list[str] = []
    count = 0
    for text in speeches():
        for paragraph in re.split(r"\n\s*\n", text):
            for start, end in sentences(paragraph):
                found.append(paragraph[start:end])
                count += len(re.findall(r"\w+|[^\w\s]", found[-1]))
        if count >= most_tokens:
            break
    return found


def made_rules(texts: list[str]) -> Codebook:
    """Return 500 rules of four words and a gap, of words that the texts hold now and then."""
    counts = Counter(word for text in texts for word in re.findall(r"\b[a-z]{4,}\b", text))
    words = sorted(w for w, n in counts.items() if 20 <= n <= 2_000 and w not in STOP_WORDS)
    chance = random.Random(SEED)
    codes = []
    for number in range(RULES):
        a, b, c, d = chance.sample(words, 4)
        rule = Rule(f"r{number}", phrases=(Line(f"{a}|{b} ..3 {c}|{d}"),), sha256="x")
        codes.append(Code(f"c{number}", "", rules=(rule,)))
    return Codebook("made", "1.0.0", codes=tuple(codes))


def by_engine(tagger: Tagger, texts: list[str]) -> Held:
    return {
        (candidate.number, firing.rule.rule.rule_id, start, end)
        for candidate, firings in fire(tagger, texts)
        for firing in firings
        for start, end in firing.matched
    }


def by_matcher(matcher: Matcher, docs: list[Doc]) -> Held:
    names = matcher.vocab.strings
    held: Held = set()
    for number, doc in enumerate(docs):
        held |= {(number, names[rule], start, end) for rule, start, end in matcher(doc)}
    return held


def outermost(held: Held) -> Held:
    """Leave out matches inside longer ones of the same rule and sentence."""
    spans: dict[tuple[int, str], set[tuple[int, int]]] = {}
    for number, rule, start, end in held:
        spans.setdefault((number, rule), set()).add((start, end))
    return {
        (*key, a, b)
        for key, found in spans.items()
        for a, b in found
        if not any((a, b) != (c, d) and c <= a and b <= d for c, d in found)
    }


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def gaps() -> None:
    nlp = spacy.blank("en")
    texts = some_sentences(TOKENS)
    book = made_rules(texts)
    docs = [tokenize(nlp, text) for text in texts]
    tokens = sum(map(len, docs))
    matcher = Matcher(nlp.vocab, validate=False)
    for code in book.codes:
        for made in compile_phrases(code.rules[0].phrases, nlp):
            _, patterns = made.matcher.get("phrase")
            matcher.add(code.rules[0].rule_id, patterns)
    own = median(
        seconds(lambda: by_engine(compile_tagger(book, spacy.blank("en")), texts))
        for _ in range(ROUNDS)
    )
    cut = seconds(lambda: [tokenize(spacy.blank("en"), text) for text in texts[:1]])
    cut = median(seconds(lambda: [nlp.make_doc(text) for text in texts]) for _ in range(ROUNDS))
    split = seconds(lambda: [sentences(text) for text in texts])
    naive = seconds(lambda: by_matcher(matcher, docs))
    held, wanted = by_engine(compile_tagger(book, nlp), texts), outermost(by_matcher(matcher, docs))
    assert held == wanted, (len(held), len(wanted))
    print(
        f"{len(texts):,} sentences, {tokens:,} tokens, {RULES} rules, {len(held):,} matches, same"
    )
    print(f"engine, compiled and run from text: {tokens / own:,.0f} tokens a second (median)")
    print(f"one Matcher over sentences cut before: {tokens / naive:,.0f}; {naive / own:,.0f} times")
    print(f"cutting into tokens alone: {tokens / cut:,.0f}; into sentences: {tokens / split:,.0f}")
    print(f"sentences cut and rules run: {tokens / (own + split):,.0f}")


GROWTH = """
import resource, sys, time
sys.path.insert(0, {here!r})
from bench_rules import compile_tagger, made_rules, some_sentences, speeches, by_engine, sentences
import spacy, re
book = made_rules(some_sentences(100_000))
tagger = compile_tagger(book, spacy.blank("en"))
start, count = time.perf_counter(), 0
for number, text in enumerate(speeches()):
    if number == {parts} * 75:
        break
    found = [p[a:b] for p in re.split(r"\\n\\s*\\n", text) for a, b in sentences(p)]
    by_engine(tagger, found)
    count += len(text.split())
took = time.perf_counter() - start
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{{number:>5,}} speeches: {{count / took:,.0f}} words a second, at most {{most:.0f}} MB")
"""


def growth() -> None:
    for parts in (1, 4, 16):
        code = GROWTH.format(here=str(Path(__file__).parent), parts=parts)
        subprocess.run([sys.executable, "-c", code], check=True)


def read_sources(paths: list[Path]) -> list[tuple[Source, tuple[Segment, ...]]]:
    read = []
    for path in paths:
        source = extract(path, path.stem)
        entry = SourceEntry(path.stem, path="", is_listed=False)
        read.append((source, segment(source, entry, ZonePolicy())))
    return read


def codebook() -> None:
    model = find_model()
    assert model is not None, "the language model is not installed"
    full = spacy.load(model.folder)
    tagger = compile_tagger(load_codebook(BOOK), load_language(model.folder))
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, text in zip(range(60), speeches(), strict=False):
            paths.append(Path(folder) / f"speech-{number}.txt")
            paths[-1].write_text(text, encoding="utf-8")
        data = Path(os.environ["BACKING_TEST_DATA"])
        for name, files in (
            ("sixty speeches", paths),
            ("four strategies", sorted((data / "strategies").glob("*.txt"))),
        ):
            _against_full(name, read_sources(files), tagger, full)


def _against_full(
    name: str,
    sources: list[tuple[Source, tuple[Segment, ...]]],
    tagger: Tagger,
    full: spacy.language.Language,
) -> None:
    texts = [source.quote(one.start, one.end) for source, found in sources for one in found]
    tokens = sum(len(full.make_doc(text)) for text in texts)
    propose(tagger, *sources[0])
    made = [one for source, found in sources for one in propose(tagger, source, found)]
    own = median(
        seconds(lambda: [propose(tagger, source, found) for source, found in sources])
        for _ in range(ROUNDS)
    )
    whole = seconds(lambda: list(full.pipe(texts, batch_size=64)))
    hit = len({one.segment_id for one in made})
    parsed = len({one.segment_id for one in made if one.assertion.method == "parse"})
    print(f"{name}: {len(texts):,} sentences, {tokens:,} tokens, {len(made):,} codings")
    print(
        f"  sentences with a coding {hit / len(texts):.1%}, "
        f"with an assertion read on a parse {parsed / len(texts):.1%}"
    )
    print(
        f"  engine {tokens / own:,.0f} tokens a second, full small pipeline "
        f"{tokens / whole:,.0f}: {whole / own:.1f} times"
    )


def tag_often(texts: list[str], times: int) -> None:
    tagger = compile_tagger(made_rules(texts), spacy.blank("en"))
    for _ in range(times):
        by_engine(tagger, texts)


def processes() -> None:
    texts = some_sentences(100_000)
    rows = []
    for _ in range(5):
        loops = 2 * at_once(count_up, (20_000_000,), 1) / at_once(count_up, (20_000_000,), 2)
        tags = 2 * at_once(tag_often, (texts, 12), 1) / at_once(tag_often, (texts, 12), 2)
        rows.append((tags / loops, tags, loops))
    share, tags, loops = sorted(rows)[len(rows) // 2]
    print(f"two processes do {tags:.2f} times the work of one, two counting loops {loops:.2f}")
    print(f"share of what two loops reach: median {share:.2f}")


def retag() -> None:
    """Code two strategies' worth of sources, then again with one rule of one code changed."""
    data = Path(os.environ["BACKING_TEST_DATA"])
    with tempfile.TemporaryDirectory() as folder:
        study = Path(folder)
        shutil.copytree(BOOK.parent, study / "codebooks")
        (study / "corpus").mkdir()
        for path in sorted((data / "strategies").glob("*.txt")):
            shutil.copy(path, study / "corpus")
        for number, text in zip(range(60), speeches(), strict=False):
            (study / "corpus" / f"speech-{number}.txt").write_text(text, encoding="utf-8")
        (study / "study.yaml").write_text(STUDY, encoding="utf-8")
        corpus = read_corpus(read_inputs(study), Cache(study / "cache"), quiet)
        whole = _timed_tagging(study, corpus)
        book = study / "codebooks" / "deterrence.yaml"
        content = book.read_text(encoding="utf-8")
        changed = content.replace("      overflight\n", "      overflight right\n")
        assert changed != content
        book.write_text(changed, encoding="utf-8")
        again = _timed_tagging(study, corpus)
        kept = _timed_tagging(study, corpus)
    print(f"{len(corpus.sources)} sources, {len(corpus.segments):,} sentences coded: {whole:.2f} s")
    print(f"one code changed: {again:.2f} s, {again / whole:.3f} of it; none: {kept:.2f} s")


def _timed_tagging(study: Path, corpus: Corpus) -> float:
    inputs = read_inputs(study)
    return seconds(lambda: tag_corpus(inputs, corpus, Cache(study / "cache"), quiet))


if __name__ == "__main__":
    every = {
        "gaps": gaps,
        "growth": growth,
        "codebook": codebook,
        "processes": processes,
        "retag": retag,
    }
    for name in sys.argv[1:] or every:
        every[name]()
