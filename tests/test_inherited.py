"""Inherited codings downstream: what the classifier, pages, tables and cases make of them."""

from dataclasses import replace
from pathlib import Path

from pipeline.cache import Cache
from pipeline.export.phrasing import origin_words
from pipeline.learning import classifier_of
from pipeline.model.codebook import Code, Codebook
from pipeline.model.coding import Coding
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.model.study import Case, SourceEntry, Study
from pipeline.review.adjudicate import Reviewed
from pipeline.review.judgments import fold
from pipeline.review.queue import queue
from pipeline.stages import Corpus, Inputs
from pipeline.tag.cases import with_cases

BOOK = Codebook("b", "1.0.0", codes=(Code("act", "Activity"), Code("case.north", "North")))
STUDY = Study(
    cases=(Case("north", code_id="case.north"), Case("south", code_id="case.south")),
    sources=(SourceEntry("s", "s", case_id="south"),),
)
TEXTS = tuple(f"Number {n} speaks of {'drills' if n % 2 else 'rain'}." for n in range(24))


def coding(start: int = 0, code_id: str = "act", **changes: object) -> Coding:
    given = {"origin_id": "r", "reason": "named the sentence before", "is_inherited": True}
    return Coding(
        "s", f"s@{start}-{start + 9}", start, start + 9, code_id, "rules", "rule", **given | changes
    )


def kept_after(tmp_path: Path, *more: Coding) -> int:
    """How many unlike sets of labels were learnt from, each kept once in the folder's cache."""
    segments, codings, at = [], [], 0
    for number, text in enumerate(TEXTS):
        one = Segment("s", at, at + len(text), "sentence", number)
        segments.append(one)
        state = "accepted" if number % 2 else "rejected"
        codings.append(
            Coding("s", one.segment_id, one.start, one.end, "act", "rules", "rule", state=state)
        )
        at = one.end + 1
    source = Source("s", " ".join(TEXTS))
    corpus = Corpus((source,), tuple(segments), ())
    inputs = Inputs(tmp_path, STUDY, BOOK, (), (), None)
    first = Reviewed((*codings[:-2], *more), (), frozenset())
    classifier_of(inputs, corpus, first, Cache(tmp_path))
    return sum(path.is_file() for path in tmp_path.rglob("*"))


def test_the_classifier_learns_nothing_from_what_another_sentence_says(tmp_path: Path):
    last = f"s@{len(' '.join(TEXTS)) - len(TEXTS[-1])}-{len(' '.join(TEXTS))}"
    there = replace(coding(), segment_id=last, state="accepted")
    alone = kept_after(tmp_path)
    assert kept_after(tmp_path, there) == alone
    assert kept_after(tmp_path, replace(there, is_inherited=False)) == alone + 1


def test_a_coder_is_asked_for_it_and_told_what_it_is():
    [card] = queue((coding(),), fold(()), "ana")
    assert card.proposals == (coding(),)
    assert origin_words(coding()) == "inherited, rule r, named the sentence before"
    assert origin_words(coding(is_inherited=False, reason="weak")) == "rule r, a weak ground"


def test_an_excerpt_has_the_case_it_inherits_unless_its_own_words_name_one():
    def case_of(*codings: Coding) -> set[str]:
        placed = with_cases(codings, STUDY, STUDY.entry("s"))
        return {one.case_id for one in placed if one.code_id == "act"}

    north, south = coding(code_id="case.north"), coding(code_id="case.south", is_inherited=False)
    assert case_of(coding()) == {"south"}
    assert case_of(coding(), north) == {"north"}
    assert case_of(coding(), coding(code_id="case.north", state="rejected")) == {"south"}
    assert case_of(coding(), north, south) == {"south"}
