"""A study of the three toy sources, its codebook, and what was coded and decided in them."""

from collections.abc import Iterator
from dataclasses import replace

from toy_sources import INTERVIEW, MEMO, STRATEGY, memo, plan, transcript

from pipeline.model.codebook import Code, Codebook, Line, Rule
from pipeline.model.coding import Assertion, Coding, Cue
from pipeline.model.source import Source
from pipeline.model.study import Case, SourceEntry, SourceType, Study, ZonePolicy

CODEBOOK = Codebook(
    "toy",
    "0.1.0",
    title="A toy codebook",
    codes=(
        Code("eff", "Effects", kind="group"),
        Code(
            "eff.supporting",
            "Works only as support",
            rules=(Rule("r-1", (Line("by themselves"),)),),
        ),
        Code(
            "eff.strengthens",
            "Strengthens <deterrence>",
            rules=(Rule("r-2", dep=(Line("x >dobj y"),)),),
        ),
        Code("act.exercise", "Exercise", rules=(Rule("r-3", (Line("exercise*"),), is_weak=True),)),
        Code("bar.stocks", "Short stocks & parts", rules=(Rule("r-4", (Line("stocks"),)),)),
    ),
    sha256="c0de" * 16,
)
STUDY = Study(
    "toy",
    "Exercises and deterrence <a toy>",
    authority="Section 0, title none",
    marking="UNCLASSIFIED // TOY",
    is_synthetic=True,
    cases=(
        Case("north", "Northern coast", members=("north.bay",)),
        Case("south", "Southern plain"),
        Case("cross", "Cross-case", is_default=True),
    ),
    source_types=(
        SourceType("interview", "Interview by the team"),
        SourceType("strategy", "Official strategy"),
        SourceType("field-note", "Field note"),
    ),
    sources=(
        SourceEntry(
            "D001",
            "corpus/talk.vtt",
            "Interview 1",
            "interview",
            "2024-09-12",
            "north",
            speakers=(("Interviewer", "interviewer"), ("Official <A>", "host-nation-official")),
        ),
        SourceEntry(
            "D 002",
            "corpus/plan.pdf",
            "Plan & <outlook>",
            "strategy",
            "2024-03-01",
            "south",
            interest="wrote the plan itself",
        ),
        SourceEntry(
            "D003",
            "corpus/memo.txt",
            "=Trip memo",
            "field-note",
            "2024-10-04",
            "north",
            cites=("D001",),
        ),
        SourceEntry("D004", "corpus/locked.pdf", "Locked", "strategy", case_id="north"),
    ),
    zones=ZonePolicy(excluded=frozenset({"references"}), context_roles=frozenset({"interviewer"})),
)


def coding(source: Source, words: str, code_id: str, **changes) -> Coding:
    """A rule's proposal on the first place where the words stand."""
    start = source.text.index(words)
    entry = STUDY.entry(source.source_id)
    made = Coding(
        source.source_id,
        f"{source.source_id}@{start}-{start + len(words)}",
        start,
        start + len(words),
        code_id,
        "rules",
        "rule",
        origin_id="r-1",
        origin_sha256="aa" * 32,
        case_id=entry.case_id,
        source_type=entry.type_id,
        codebook_version=CODEBOOK.name,
        text_sha256=source.text_sha256,
    )
    return replace(made, **changes)


BY_A_PERSON = {"coder_kind": "person", "origin_id": ""}
ACCEPTED = {
    "state": "accepted",
    "decided_by": ("c1", "c2"),
    "decided_at": "2026-01-02T03:04:05.000Z",
}


def codings() -> tuple[Coding, ...]:
    """Every state, coder and assertion once, in the order of the sources."""
    return (*_of_the_talk(), *_of_the_plan(), *_of_the_memo())


def _of_the_talk() -> Iterator[Coding]:
    talk = transcript()
    official = {"speaker": "Official <A>", "speaker_role": "host-nation-official"}
    themselves = talk.text.index("by themselves")
    negation = talk.text.index("can not")
    cue = Cue("polarity", "negated", negation, negation + 7, negation, negation + 25)
    negated = {
        "matched": ((themselves, themselves + 13),),
        "assertion": Assertion(polarity="negated", cues=(cue,)),
    }
    answer = INTERVIEW[1][4:]
    yield coding(talk, answer, "eff.supporting", **negated, **ACCEPTED, **official)
    yield coding(talk, answer, "act.exercise", reason="weak", origin_id="r-3", **official)
    over_two = "themselves can not shift the balance.\nWhat they do"
    disputed = {"coder": "c2", "state": "disputed", **BY_A_PERSON}
    yield coding(talk, over_two, "bar.stocks", **disputed, **official)
    waiting = {"state": "waiting", "decided_by": ("c1",)}
    yield coding(talk, INTERVIEW[4], "eff.supporting", **waiting, **official)


def _of_the_plan() -> Iterator[Coding]:
    strategy = plan()
    learnt = {"coder": "model", "coder_kind": "model", "origin_id": "lr-1", "score": 0.8314}
    first = STRATEGY[1][: STRATEGY[1].index(" Partners")]
    because = "strengthened, region"
    yield coding(strategy, first, "eff.strengthens", reason=because, **learnt)
    settled = ACCEPTED | {"state": "settled", "assertion": Assertion(certainty="hedged")}
    yield coding(strategy, "Partners may see this differently.", "eff.supporting", **settled)
    stocks = "Cafe\u0301 talk ]]> & “quotes”: stocks remain short"
    yield coding(strategy, stocks, "bar.stocks", state="rejected")
    reported = Assertion(polarity="negated", voice="reported")
    yield coding(strategy, STRATEGY[3], "eff.supporting", assertion=reported)


def _of_the_memo() -> Iterator[Coding]:
    note = memo()
    yield coding(note, MEMO[0], "eff.supporting", **ACCEPTED)
    yield coding(note, MEMO[1], "bar.stocks", coder="c1", **BY_A_PERSON)
    earlier = {"state": "stale", "text_sha256": "00" * 32}
    yield coding(note, "nothing of note", "act.exercise", **earlier)
