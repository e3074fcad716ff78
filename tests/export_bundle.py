"""A made-up study for the tests of export: three sources, two findings, two cases."""

from dataclasses import replace

from toy_sources import INTERVIEW, memo, plan, segments_of, transcript
from toy_study import CODEBOOK, STUDY, codings

from pipeline.export.bundle import Bundle, Coverage, FindingNote, Flag
from pipeline.model.carrying import Carried, Unplaced
from pipeline.model.coding import Coding
from pipeline.model.finding import (
    Bearing,
    CodeTerm,
    Conflict,
    Evidence,
    EvidenceMatrix,
    Finding,
    Layer,
    MatrixRow,
    Needs,
    Query,
)
from pipeline.model.judgment import Event, canonical_json
from pipeline.model.study import Unread

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
NOTES = (
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
)


def matrix(made: tuple[Coding, ...]) -> EvidenceMatrix:
    """What bears on the two findings; the memo repeats the talk and is no second voice."""
    support, exercise, _, waiting, strengthens, hedged, _, coast, note, lunch, _ = made
    borne: tuple[tuple[str, Bearing, Coding, Layer], ...] = (
        ("F1a", "supports", support, "confirmed"),
        ("F1a", "supports", note, "confirmed"),
        ("F1a", "supports", waiting, "proposed"),
        ("F1a", "supports", coast, "proposed"),
        ("F1a", "contradicts", strengthens, "proposed"),
        ("F1a", "qualifies", hedged, "confirmed"),
        ("F2", "supports", lunch, "proposed"),
    )
    first, repeated, *rows = (_row(*one) for one in borne)
    widest, *evidence = (_evidence(*one) for one in borne)
    widest = replace(
        widest,
        companion_ids=(exercise.coding_id,),
        falls_with=("bar.stocks",),
        note="a limit stated for a named activity",
    )
    both: tuple[Bearing, ...] = ("supports", "contradicts")
    ids = (lunch.coding_id,)
    return EvidenceMatrix(
        FINDINGS,
        rows=(first, replace(repeated, source_count=0), *rows),
        evidence=(widest, *evidence),
        conflicts=(Conflict("F1a", lunch.source_id, lunch.start, lunch.end, both, ids),),
    )


def _evidence(finding_id: str, bearing: Bearing, one: Coding, layer: Layer) -> Evidence:
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
    )


def _row(finding_id: str, bearing: Bearing, one: Coding, layer: Layer) -> MatrixRow:
    return MatrixRow(
        finding_id,
        one.case_id,
        one.source_type,
        one.source_id,
        bearing,
        layer,
        1,
        1,
        (one.coding_id,),
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
        notes=NOTES,
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
