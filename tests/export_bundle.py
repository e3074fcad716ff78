"""A made-up study for the tests of export: three sources, two findings, two cases.

The texts are invented, and hostile where a document can be: markup, formulas, emoji,
combining marks, writing from right to left.
"""

from dataclasses import replace

from pipeline.export.bundle import Bundle, Coverage, FindingNote, Flag
from pipeline.model.carrying import Carried, Unplaced
from pipeline.model.codebook import Code, Codebook, Line, Rule
from pipeline.model.coding import Assertion, Coding, Cue
from pipeline.model.finding import (
    CodeTerm,
    Conflict,
    Evidence,
    EvidenceMatrix,
    Finding,
    MatrixRow,
    Needs,
    Query,
)
from pipeline.model.judgment import Event, canonical_json
from pipeline.model.segment import Segment
from pipeline.model.source import Place, Source, Turn, Zone
from pipeline.model.study import (
    Case,
    SourceEntry,
    SourceType,
    Study,
    Unread,
    ZonePolicy,
)

INTERVIEW = (
    "Would you say that exercises deter on their own?",
    "No. Exercises by themselves can not shift the balance.",
    "What they do is make the reinforcing brigade usable.",
    "And the seminars?",
    "Without the brigade they deter nobody. =1+1 is still two, as we say here 👩‍👩‍👧.",
)
STRATEGY = (
    "1 Purpose",
    "The exercises of this year strengthened deterrence in the <script>alert('region')</script> "
    "and were noticed. Partners may see this differently.",
    "Cafe\u0301 talk ]]> & “quotes”: stocks remain short, and no seminar fills them. "
    "Joint readiness, where it was reached, changed what the other side foresaw.",
    "שלום: the coast is <b>not</b> defended by exercises.",
    "Sources: see annex.",
)
MEMO = (
    '=HYPERLINK("http://x","y") said the note. The interview was right: exercises alone '
    "shift little.",
    "@lunch -1 nothing of note.",
)

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


def _starts(parts: tuple[str, ...]) -> list[int]:
    starts, position = [], 0
    for part in parts:
        starts.append(position)
        position += len(part) + 1
    return starts


def transcript() -> Source:
    starts = _starts(INTERVIEW)
    who = ("Interviewer", "Official <A>", "Official <A>", "Interviewer", "Official <A>")
    ends = [start + len(part) for start, part in zip(starts, INTERVIEW, strict=True)]
    turns = ((0, 0), (1, 2), (3, 3), (4, 4))
    return Source(
        "D001",
        "\n".join(INTERVIEW),
        zones=tuple(Zone("body", s, e, "cue") for s, e in zip(starts, ends, strict=True)),
        places=tuple(
            Place(s, e, seconds=(n * 61.5, n * 61.5 + 60.0))
            for n, (s, e) in enumerate(zip(starts, ends, strict=True))
        ),
        turns=tuple(Turn(starts[a], ends[b], who[a]) for a, b in turns),
        extractor="transcript/vtt",
        file_sha256="ab" * 32,
    )


def plan() -> Source:
    starts = _starts(STRATEGY)
    ends = [start + len(part) for start, part in zip(starts, STRATEGY, strict=True)]
    kinds = ("heading", "body", "body", "body", "references")
    text = "\n".join(STRATEGY)
    turnover = text.index("Joint readiness")
    zones = [Zone(k, s, e, "r") for k, s, e in zip(kinds, starts, ends, strict=True)]
    zones.insert(0, Zone("running-head", 0, 0, "top", aside="Plan <head> 2024"))
    zones.insert(4, Zone("page-number", turnover, turnover, "foot", aside="xii"))
    return Source(
        "D 002",
        text,
        zones=tuple(zones),
        places=(Place(0, turnover, page=14, page_label="xii"), Place(turnover, len(text), page=15)),
        extractor="pdf/pdfplumber",
        file_sha256="cd" * 32,
        warnings=("two columns were read as one on page 14",),
    )


def memo() -> Source:
    return Source("D003", "\n".join(MEMO), extractor="text/plain", file_sha256="ef" * 32)


def segments_of(source: Source) -> tuple[Segment, ...]:
    """One segment per sentence, by the plainest of rules."""
    segments, start, block = [], 0, 0
    for position, character in enumerate(source.text):
        ends = character == "\n" or source.text[position : position + 2] in (". ", "? ")
        if ends or position == len(source.text) - 1:
            stop = position if character == "\n" else position + 1
            if stop > start:
                segments.append(Segment(source.source_id, start, stop, "sentence", block))
            start = position + (1 if character == "\n" else 2)
            block += character == "\n"
    return tuple(segments)


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


ACCEPTED = {
    "state": "accepted",
    "decided_by": ("c1", "c2"),
    "decided_at": "2026-01-02T03:04:05.000Z",
}


def codings() -> tuple[Coding, ...]:
    talk, strategy, note = transcript(), plan(), memo()
    themselves = talk.text.index("by themselves")
    negation = talk.text.index("can not")
    cue = Cue("polarity", "negated", negation, negation + 7, negation, negation + 25)
    official = {"speaker": "Official <A>", "speaker_role": "host-nation-official"}
    return (
        coding(
            talk,
            INTERVIEW[1][4:],
            "eff.supporting",
            matched=((themselves, themselves + 13),),
            assertion=Assertion(polarity="negated", cues=(cue,)),
            **ACCEPTED,
            **official,
        ),
        coding(talk, INTERVIEW[1][4:], "act.exercise", reason="weak", origin_id="r-3", **official),
        coding(
            talk,
            "themselves can not shift the balance.\nWhat they do",
            "bar.stocks",
            coder="c2",
            coder_kind="person",
            origin_id="",
            state="disputed",
            **official,
        ),
        coding(
            talk, INTERVIEW[4], "eff.supporting", state="waiting", decided_by=("c1",), **official
        ),
        coding(
            strategy,
            STRATEGY[1][: STRATEGY[1].index(" Partners")],
            "eff.strengthens",
            coder="model",
            coder_kind="model",
            origin_id="lr-1",
            score=0.8314,
            reason="strengthened, region",
        ),
        coding(
            strategy,
            "Partners may see this differently.",
            "eff.supporting",
            assertion=Assertion(certainty="hedged"),
            **(ACCEPTED | {"state": "settled"}),
        ),
        coding(
            strategy,
            "Cafe\u0301 talk ]]> & “quotes”: stocks remain short",
            "bar.stocks",
            state="rejected",
        ),
        coding(
            strategy,
            "שלום: the coast is <b>not</b> defended by exercises.",
            "eff.supporting",
            assertion=Assertion(polarity="negated", voice="reported"),
        ),
        coding(note, MEMO[0], "eff.supporting", **ACCEPTED),
        coding(
            note,
            "@lunch -1 nothing of note.",
            "bar.stocks",
            coder="c1",
            coder_kind="person",
            origin_id="",
        ),
        coding(note, "nothing of note", "act.exercise", state="stale", text_sha256="00" * 32),
    )


FINDINGS = (
    Finding(
        "F1a",
        "Exercises alone do not shift the balance <at all>.",
        parent_id="F1",
        parent_statement="Exercises work as part of something larger.",
        supports=(
            Query(
                any=(CodeTerm("eff.supporting", frozenset({"eff.supporting"})),),
                note="a limit stated for a named activity",
            ),
        ),
        contradicts=(
            Query(
                any=(CodeTerm("eff.strengthens", frozenset({"eff.strengthens"})),),
                within="paragraph",
            ),
        ),
        needs=Needs(2, 2, ("north", "south")),
    ),
    Finding(
        "F2",
        "Stocks should be filled first.",
        kind="normative",
        wording="hedged",
        rests_on=("F1a", "F1"),
    ),
)


def matrix(made: tuple[Coding, ...]) -> EvidenceMatrix:
    support, exercise, _, waiting, strengthens, hedged, _, coast, note, lunch, _ = made

    def evidence(finding_id, bearing, one, layer, **more) -> Evidence:
        return Evidence(
            finding_id,
            bearing,
            one.source_id,
            one.start,
            one.end,
            one.case_id,
            one.source_type,
            layer,
            (one.coding_id,),
            **more,
        )

    def row(finding_id, bearing, one, layer, counts=1, excerpts=1) -> MatrixRow:
        return MatrixRow(
            finding_id,
            one.case_id,
            one.source_type,
            one.source_id,
            bearing,
            layer,
            counts,
            excerpts,
            (one.coding_id,),
        )

    return EvidenceMatrix(
        FINDINGS,
        rows=(
            row("F1a", "supports", support, "confirmed"),
            row("F1a", "supports", note, "confirmed", counts=0),
            row("F1a", "supports", waiting, "proposed"),
            row("F1a", "supports", coast, "proposed"),
            row("F1a", "contradicts", strengthens, "proposed"),
            row("F1a", "qualifies", hedged, "confirmed"),
            row("F2", "supports", lunch, "proposed"),
        ),
        evidence=(
            evidence(
                "F1a",
                "supports",
                support,
                "confirmed",
                companion_ids=(exercise.coding_id,),
                falls_with=("bar.stocks",),
                note="a limit stated for a named activity",
            ),
            evidence("F1a", "supports", note, "confirmed"),
            evidence("F1a", "supports", waiting, "proposed"),
            evidence("F1a", "supports", coast, "proposed"),
            evidence("F1a", "contradicts", strengthens, "proposed"),
            evidence("F1a", "qualifies", hedged, "confirmed"),
            evidence("F2", "supports", lunch, "proposed"),
        ),
        conflicts=(
            Conflict(
                "F1a",
                lunch.source_id,
                lunch.start,
                lunch.end,
                ("supports", "contradicts"),
                (lunch.coding_id,),
            ),
        ),
    )


def judged(event_id: str, words: str, start: int) -> Event:
    """A judgment made on an earlier reading of the interview."""
    end = start + len(words)
    body = canonical_json({"start": start, "end": end, "quotation": words})
    segment_id = f"D001@{start}-{end}"
    return Event(
        event_id, "c1", "judged", "D001", segment_id, "act.exercise", value="present", body=body
    )


def carried() -> Carried:
    """One that was found again, word for word."""
    words = INTERVIEW[3]
    now = transcript().text.index(words)
    return Carried(judged("e1", words, now), judged("e1", words, now + 5), "same words")


def toy_bundle() -> Bundle:
    """The study, with one file that could not be read."""
    sources = (transcript(), plan(), memo())
    made = codings()
    segments = tuple(one for source in sources for one in segments_of(source))
    talk_count = len(segments_of(sources[0]))
    return Bundle(
        STUDY,
        CODEBOOK,
        sources,
        segments,
        made,
        matrix(made),
        notes=(
            FindingNote(
                "F1a",
                "supported",
                (
                    Flag("below_needs", "1 of 2 independent sources"),
                    Flag("single_source", "one voice: <Interview 1>"),
                ),
                "contested",
            ),
            FindingNote("F2", "nothing", (Flag("only_machine", "nobody has confirmed any of it"),)),
        ),
        groups={"D001": ("D001", "D003"), "D003": ("D001", "D003")},
        unread=(Unread("corpus/locked.pdf", "the file asks for a password", "Save an open copy."),),
        coverage=(Coverage("D001", "c1", talk_count), Coverage("D 002", "c1", 2)),
        carried=(carried(),),
        unplaced=(
            Unplaced(judged("e2", "gone =1+1 <b>", 7), "its words are not in the text any more"),
        ),
        notices=("no language model: 1 rule is off",),
        record_heads=(("c1-desk", "9f" * 32),),
        versions=(("backing", "0.1.0"), ("python", "3.11")),
    )


def provisional_bundle() -> Bundle:
    """The same before anybody has judged anything."""
    bundle = toy_bundle()
    made = tuple(
        replace(one, state="proposed", decided_by=(), decided_at="") for one in bundle.codings
    )
    rows: dict[tuple[str, str, str], MatrixRow] = {}
    for row in bundle.matrix.rows:
        key = (row.finding_id, row.bearing, row.source_id)
        before = rows.get(key)
        rows[key] = replace(
            row,
            review_state="proposed",
            excerpt_count=row.excerpt_count + (before.excerpt_count if before else 0),
            coding_ids=((before.coding_ids if before else ()) + row.coding_ids),
        )
    evidence = tuple(replace(one, layer="proposed") for one in bundle.matrix.evidence)
    return replace(
        bundle,
        codings=made,
        matrix=replace(bundle.matrix, rows=tuple(rows.values()), evidence=evidence),
        notes=tuple(replace(note, balance="nothing") for note in bundle.notes),
        coverage=(),
        record_heads=(),
        carried=(),
        unplaced=(),
    )
