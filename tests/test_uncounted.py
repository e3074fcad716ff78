"""What is read and never counted: heads, lists, notes by choice, and those who ask."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.codebooks import load_codebook
from pipeline.evidence.query import evaluate
from pipeline.model.coding import Coding
from pipeline.model.finding import CodeTerm, Finding, Query
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.model.study import Case, SourceEntry, Study, ZonePolicy
from pipeline.model.zone import Turn, Zone
from pipeline.segment import segment
from pipeline.tag.parse import load_language
from pipeline.tag.propose import propose
from pipeline.tag.rules import compile_tagger

BOOK = load_codebook(Path(__file__).parent.parent / "codebooks" / "deterrence.yaml")
TAGGER = compile_tagger(BOOK, load_language(None))
ENTRY = SourceEntry("s", "s", type_id="interview", case_id="here")
CLAIM = "Joint exercises deter nobody."
ANY = Query(any=(CodeTerm("*", frozenset(BOOK.by_id)),))
LISTS = ("running-head", "running-foot", "page-number", "contents", "references", "acronyms")


def evidence_of(codings: tuple[Coding, ...], segments: tuple[Segment, ...]) -> int:
    """How many excerpts bear on a finding that any code supports, were all accepted."""
    study = Study(cases=(Case("here", is_default=True),), sources=(ENTRY,))
    accepted = [replace(coding, state="accepted") for coding in codings]
    return len(evaluate((Finding("F", "f", supports=(ANY,)),), accepted, segments, study)[0])


def read(policy: ZonePolicy, kind="body", turn: Turn | None = None, entry: SourceEntry = ENTRY):
    zones = (Zone(kind, 0, len(CLAIM), "by hand"),)
    source = Source("s", CLAIM, zones, turns=(turn,) if turn else ())
    segments = segment(source, entry, policy)
    return propose(TAGGER, source, segments), segments


@pytest.mark.parametrize("kind", LISTS)
def test_what_is_excluded_is_coded_by_nobody_and_counts_nothing(kind):
    codings, segments = read(ZonePolicy(excluded=frozenset({kind})), kind)
    assert codings == () and [one.standing for one in segments] == ["excluded"]
    counted, segments = read(ZonePolicy(), kind)
    assert counted and evidence_of(counted, segments)


@pytest.mark.parametrize("kind", ["footnote", "table", "caption", "abstract", "methods"])
def test_what_is_context_is_coded_and_counts_nothing_even_accepted(kind):
    codings, segments = read(ZonePolicy(context=frozenset({kind})), kind)
    assert codings and all(coding.is_context for coding in codings)
    assert evidence_of(codings, segments) == 0


def test_footnotes_count_only_by_choice():
    for policy, count in (
        (ZonePolicy(excluded=frozenset({"footnote"})), 0),
        (ZonePolicy(context=frozenset({"footnote"})), 0),
        (ZonePolicy(), 1),
    ):
        assert evidence_of(*read(policy, "footnote")) == count


@pytest.mark.parametrize(
    ("role", "proposed", "count"),
    [("interviewer", "", 0), ("", "interviewer", 0), ("analyst", "interviewer", 1), ("", "", 1)],
)
def test_those_who_ask_are_context_and_the_studys_word_holds(role: str, proposed: str, count: int):
    """A proposed role can only take out; who the study gives another role is counted."""
    policy = ZonePolicy(context_roles=frozenset({"interviewer"}))
    entry = replace(ENTRY, speakers=(("A", role),) if role else ())
    codings, segments = read(policy, "body", Turn(0, len(CLAIM), "A", proposed), entry)
    assert codings and evidence_of(codings, segments) == count
