"""The traps that naive matching falls into, against the shipped codebook.

What the program can not do yet stands as a strict expected failure that says what is missing.
Numbers are those of corpus/README.md.
"""

from pathlib import Path

import pytest

from pipeline.codebooks import load_codebook
from pipeline.evidence.matrix import build_matrix
from pipeline.evidence.query import evaluate
from pipeline.evidence.weigh import weigh
from pipeline.extract import extract
from pipeline.language_model import find_model
from pipeline.model.coding import Coding
from pipeline.model.finding import CodeTerm, EvidenceMatrix, Finding, Query
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.model.study import Case, SourceEntry, SourceType, Study
from pipeline.segment import segment, sentences
from pipeline.study import load_study
from pipeline.tag.acronyms import acronyms_of
from pipeline.tag.cases import with_cases
from pipeline.tag.context import propose_in_context
from pipeline.tag.names import compile_names, unsettled
from pipeline.tag.parse import load_language
from pipeline.tag.rules import compile_tagger

ROOT = Path(__file__).parent.parent
BOOK = load_codebook(ROOT / "codebooks" / "deterrence.yaml")
STUDY = load_study(ROOT)
MODEL = find_model()
TAGGER = compile_tagger(BOOK, load_language(MODEL.folder if MODEL else None))
NAMES = compile_names(BOOK, TAGGER.nlp)


def coded(text: str) -> list[Coding]:
    """The codings of one sentence."""
    source = Source("s", text)
    whole = (Segment("s", 0, len(text), "sentence"),)
    return list(propose_in_context(TAGGER, NAMES, source, whole))


def codes(text: str) -> set[str]:
    return {coding.code_id for coding in coded(text)}


def asserted(text: str, code_id: str) -> set[str]:
    """How a sentence asserts a code: every departure from the plain case."""
    found = [coding for coding in coded(text) if coding.code_id == code_id]
    assert found, f"{code_id} is not proposed"
    return {departure for coding in found for departure in coding.assertion.departures}


def read(tmp_path: Path, name: str, text: str) -> Source:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return extract(path, "s")


def in_study(source: Source, **entry: object) -> tuple[Coding, ...]:
    """A source's codings under the shipped study's zones and roles."""
    described = SourceEntry("s", "corpus/s.txt", **entry)
    segments = segment(source, described, STUDY.zones)
    return propose_in_context(TAGGER, NAMES, source, segments)


@pytest.mark.parametrize(
    ("trap", "text", "never"),
    [
        (1, "Harsher sentencing was defended as deterrence by punishment.", "mech"),
        (1, "Prison terms serve the deterrence of repeat offenders.", "mech"),
        (2, "The depot failed its quality assurance inspection.", "mech.assurance"),
        (2, "Information assurance training is mandatory.", "mech.assurance"),
        (3, "The minister may exercise discretion.", "act.exercises"),
        (3, "Zapad was the largest exercise in years.", "act.exercises"),
        (5, "The Baltic Sea froze early.", "case.baltics"),
        (6, "Her business partners sold the firm.", "goal"),
        (6, "His tennis partner moved away.", "act"),
        (7, "They told us to wait.", "actor.us"),
        (7, "We had rigatoni in a Roman bar.", "case"),
        (8, "Our SC - I mean our supply command - had trucks.", "act"),
        (9, "The European Defence Agency (EDA) opened its call.", "act.transfer.grant"),
        (31, "A denial of service attack took the portal offline.", "mech.denial"),
        (31, "The ministry issued a denial of responsibility.", "mech.denial"),
    ],
)
def test_words_that_only_look_like_a_code_are_not_proposed(trap: int, text: str, never: str):
    assert not {one for one in codes(text) if one == never or one.startswith(f"{never}.")}


def test_3_an_adversarys_exercise_is_the_adversary():
    assert "actor.russia" in codes("Zapad was the largest exercise in years.")


def test_5_the_states_are_a_case_where_the_sea_is_none():
    assert "case.baltics" in codes("The Baltic states asked for more.")


@pytest.mark.parametrize(
    ("trap", "text", "code_id", "expected"),
    [
        (
            10,
            "Training in coalition strengthens deterrence not only here.",
            "eff.strengthens",
            set(),
        ),
        (
            10,
            "Nobody claimed that the courses deterred anyone.",
            "eff.strengthens",
            {"polarity: negated", "voice: reported"},
        ),
        (
            11,
            "I do not believe our exercises provoke anyone.",
            "eff.weakens",
            {"polarity: negated", "certainty: hedged"},
        ),
        (
            11,
            "We do not think that the drills provoke anybody.",
            "eff.weakens",
            {"polarity: negated", "certainty: hedged"},
        ),
        (
            13,
            "Moscow says that every joint exercise is a provocation.",
            "eff.weakens",
            {"voice: reported"},
        ),
        (
            14,
            "Security cooperation should strengthen deterrence.",
            "eff.strengthens",
            {"mood: prescription"},
        ),
        (
            16,
            "Overclassification used to be the worst of it.",
            "bar.info-sharing",
            {"time: historical"},
        ),
    ],
)
def test_an_assertion_says_how_the_words_are_meant(
    trap: int, text: str, code_id: str, expected: set[str]
):
    assert asserted(text, code_id) == expected


@pytest.mark.xfail(strict=True, reason="'courses deter' without an object is proposed by no rule")
def test_10_a_negative_quantifier_over_a_bare_verb():
    assert "polarity: negated" in asserted("Nobody claimed that courses deter.", "eff.strengthens")


def test_12_a_hypothetical_is_conditional():
    text = "If the brigade were withdrawn, joint exercises would deter nobody."
    assert "certainty: conditional" in asserted(text, "act.exercises")


def test_15_a_sentence_of_aims_is_no_claim():
    text = "The project assessed the extent to which cooperation strengthens deterrence."
    assert "mood: inquiry" in asserted(text, "eff.strengthens")


def test_17_the_lesser_term_of_a_comparison_is_not_coded():
    assert "eff.weakens" not in codes("Others feared abandonment more than provocation.")


@pytest.mark.xfail(strict=True, reason="comparisons are not read: needs `than` on a parse")
def test_17_the_lesser_term_of_a_comparison_is_not_coded_beside_an_activity():
    text = "Others feared abandonment more than provocation by our exercises."
    assert "eff.weakens" not in codes(text)


def test_18_a_concession_is_not_asserted():
    text = "It is a reason to stay even if nobody is deterred by our joint exercises."
    assert asserted(text, "act.exercises") & {"certainty: conditional", "polarity: negated"}


def test_19_an_interviewers_question_is_context_and_never_evidence(tmp_path: Path):
    source = read(
        tmp_path,
        "s.vtt",
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Interviewer>Does it deter Russia?\n\n"
        "00:00:03.000 --> 00:00:04.000\n<v Official A>Our joint exercises deter nobody.\n",
    )
    codings = in_study(source, speakers=(("Interviewer", "interviewer"),))
    asked = [coding for coding in codings if coding.speaker == "Interviewer"]
    assert asked and all(coding.is_context for coding in asked)
    assert any(not coding.is_context for coding in codings)
    finding = Finding("X", "x", supports=(Query(any=(CodeTerm("eff", frozenset(BOOK.by_id)),)),))
    evidence, _ = evaluate(
        (finding,),
        codings,
        segment(
            source, SourceEntry("s", "s", speakers=(("Interviewer", "interviewer"),)), STUDY.zones
        ),
        one_source_study("s"),
    )
    assert {coding_id for one in evidence for coding_id in one.coding_ids}.isdisjoint(
        coding.coding_id for coding in asked
    )


@pytest.mark.parametrize(
    ("answer", "polarity", "certainty"),
    [
        ("No.", "negated", "asserted"),
        ("Not at all.", "negated", "asserted"),
        ("Exactly.", "affirmed", "asserted"),
        ("Absolutely, yes.", "affirmed", "asserted"),
        ("Perhaps.", "affirmed", "hedged"),
        ("I don\u2019t think so.", "negated", "hedged"),
    ],
)
def test_20_a_short_answer_proposes_the_questions_codes(
    tmp_path: Path, answer: str, polarity: str, certainty: str
):
    source = read(
        tmp_path,
        "s.vtt",
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Interviewer>Does it strengthen deterrence?\n\n"
        f"00:00:03.000 --> 00:00:04.000\n<v Official A>{answer}\n",
    )
    codings = in_study(source, speakers=(("Interviewer", "interviewer"),))
    [given] = [coding for coding in codings if coding.speaker == "Official A"]
    assert (given.code_id, given.is_inherited, given.is_context) == ("eff.strengthens", True, False)
    assert (given.assertion.polarity, given.assertion.certainty) == (polarity, certainty)
    assert given.assertion.mood == "statement"
    assert source.quote(given.start, given.end) == answer
    assert all(source.quote(a, b) in "Does it strengthen deterrence?" for a, b in given.matched)
    asked = [coding for coding in codings if coding.speaker == "Interviewer"]
    assert {(one.is_context, one.assertion.mood) for one in asked} == {(True, "question")}


def test_21_running_heads_that_repeat_a_word_count_nothing():
    source = extract(ROOT / "corpus" / "report-littoral.pdf", "s")
    heads = [zone for zone in source.zones if zone.kind == "running-head"]
    assert len(heads) >= 3
    assert all(zone.start == zone.end and zone.aside for zone in heads)


@pytest.mark.parametrize("heading", ["References", "Contents", "Acronyms"])
def test_22_lists_of_references_contents_and_acronyms_are_never_counted(
    tmp_path: Path, heading: str
):
    source = read(
        tmp_path,
        "s.md",
        f"# {heading}\n\nAuthor, A. (2014). Deterrence by denial in the Baltic states.\n",
    )
    assert in_study(source) == ()


def test_22_a_footnote_is_kept_and_not_counted(tmp_path: Path):
    source = read(tmp_path, "s.md", "Words.[^1]\n\n[^1]: Deterrence by denial, in a note.\n")
    assert in_study(source) == ()
    assert "Deterrence by denial, in a note." in source.text


def one_source_study(*source_ids: str, cites: dict[str, tuple[str, ...]] | None = None) -> Study:
    entries = tuple(
        SourceEntry(
            one,
            one,
            type_id="interview",
            case_id="here",
            cites=(cites or {}).get(one, ()),
            interest="sold it" if one == "seller" else "",
        )
        for one in source_ids
    )
    return Study(
        cases=(Case("here", is_default=True),),
        source_types=(SourceType("interview"),),
        sources=entries,
    )


def counted(study: Study, per_source: int = 1) -> tuple[EvidenceMatrix, list[Coding]]:
    """A matrix over accepted codings of one code, some in each source."""
    codings, segments = [], []
    for entry in study.sources:
        for number in range(per_source):
            one = Segment(entry.source_id, 10 * number, 10 * number + 8, "sentence", number)
            segments.append(one)
            codings.append(
                Coding(
                    entry.source_id,
                    one.segment_id,
                    one.start,
                    one.end,
                    "goal.relationship",
                    "ana",
                    "person",
                    state="accepted",
                    case_id="here",
                    source_type="interview",
                )
            )
    query = Query(any=(CodeTerm("goal.relationship", frozenset({"goal.relationship"})),))
    findings = (Finding("X", "Ties last.", supports=(query,)),)
    evidence, conflicts = evaluate(findings, codings, segments, study)
    return build_matrix(findings, evidence, conflicts, study), codings


def test_23_a_source_that_repeats_another_is_not_a_second_voice():
    matrix, _ = counted(one_source_study("interview", "memo", cites={"memo": ("interview",)}))
    assert [(row.source_id, row.source_count) for row in matrix.rows] == [
        ("interview", 1),
        ("memo", 0),
    ]


def test_24_one_source_speaking_often_is_one_source():
    matrix, _ = counted(one_source_study("interview"), per_source=9)
    [row] = matrix.rows
    assert (row.source_count, row.excerpt_count) == (1, 9)


def test_25_words_torn_at_a_lines_end_and_sentences_over_cues_are_whole(tmp_path: Path):
    torn = read(tmp_path, "s.txt", "They spoke of technology cooper-\nation and deter-\nrence.\n")
    assert torn.text == "They spoke of technology cooperation and deterrence."
    cues = read(
        tmp_path,
        "s.vtt",
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v A>We doubted that our\n\n"
        "00:00:02.000 --> 00:00:03.000\n<v A>exercises deter anyone.\n",
    )
    [one] = segment(cues, SourceEntry("s", "s"), STUDY.zones)
    assert cues.quote(one.start, one.end) == "We doubted that our exercises deter anyone."


@pytest.mark.parametrize(
    "text", ["U.S. forces left.", "See No. 5 of Art. 3 there.", "Gen. Smith spoke to Dr. Wu."]
)
def test_26_abbreviations_end_no_sentence(text: str):
    assert len(sentences(text)) == 1


def test_27_a_caption_error_is_proposed_all_the_same():
    assert "eff.strengthens" in codes("It strengthened deterrents because it was believable.")


def test_28_an_activity_named_a_sentence_before_is_offered_as_inherited(tmp_path: Path):
    source = read(
        tmp_path, "s.txt", "Interoperability is what we worked on. I have not seen any effect.\n"
    )
    [given] = [coding for coding in in_study(source) if coding.is_inherited]
    assert given.code_id == "act.interoperability"
    assert "not seen" in source.quote(given.start, given.end)
    assert [source.quote(a, b) for a, b in given.matched] == ["Interoperability"]
    assert given.reason == "named the sentence before" and given.state == "proposed"


def test_28_a_pronoun_stands_for_the_activity_named_before(tmp_path: Path):
    source = read(
        tmp_path,
        "s.txt",
        "We ran interoperability work for years. In Bucharest I have not seen it.\n",
    )
    last = [c for c in in_study(source) if "Bucharest" in source.quote(c.start, c.end)]
    found = {(coding.code_id, coding.is_inherited) for coding in last}
    assert {("act.interoperability", True), ("case.romania", False)} <= found


def test_29_a_case_named_in_the_sentence_wins_over_the_sources():
    text = "On the Baltic side, by contrast, officials in the Baltic states share."
    entry = SourceEntry("s", "s", case_id="romania", type_id="field-note")
    placed = with_cases(coded(text), STUDY, entry)
    assert {coding.case_id for coding in placed} == {"baltics"}


def test_29_a_contrast_switches_the_case():
    text = "On the Baltic side, by contrast, sharing is no longer the problem."
    entry = SourceEntry("s", "s", case_id="romania", type_id="field-note")
    assert {coding.case_id for coding in with_cases(coded(text), STUDY, entry)} == {"baltics"}


def test_29_a_case_carries_on_until_another_is_named(tmp_path: Path):
    source = read(
        tmp_path,
        "s.txt",
        "In Bucharest our joint exercises go well. There, joint exercises strengthen deterrence. "
        "On the Baltic side, by contrast, joint exercises deter nobody. "
        "Their joint exercises provoke. "
        "Elsewhere their joint exercises strengthen deterrence.\n",
    )
    entry = SourceEntry("s", "s", case_id="cross", type_id="field-note")
    placed = with_cases(in_study(source), STUDY, entry)
    cases = [placed_case for _, placed_case in sorted({(c.start, c.case_id) for c in placed})]
    assert cases == ["romania", "romania", "baltics", "baltics", "cross"]


@pytest.mark.parametrize(
    "text",
    [
        "Missiles are meant to deny a landing its objectives.",
        "The programme aims to deny an attacker a quick victory.",
    ],
)
def test_30_a_purpose_is_a_mechanism_and_no_effect(text: str):
    found = codes(text)
    assert "mech.denial" in found
    assert not {one for one in found if one.startswith("eff.")}


def test_32_a_row_of_a_table_is_context_and_no_evidence(tmp_path: Path):
    source = read(tmp_path, "s.md", "| Instrument | Lead |\n|---|---|\n| IMET courses | State |\n")
    codings = in_study(source)
    assert codings and all(coding.is_context for coding in codings)
    assert "act.education" in {coding.code_id for coding in codings}


def test_33_a_source_with_an_interest_is_flagged_beside_the_finding():
    study = one_source_study("seller")
    matrix, codings = counted(study)
    [weighing] = weigh(matrix, codings, study)
    assert "interested_source" in {flag.name for flag in weighing.flags}


def ambiguous(text: str) -> list[str]:
    """The names in a text that may be two things, where nothing in it is coded for them."""
    source = Source("s", text)
    whole = (Segment("s", 0, len(text), "sentence"),)
    codings = propose_in_context(TAGGER, NAMES, source, whole)
    return [name for _, name in unsettled(NAMES, source, whole, codings)]


def test_4_an_ambiguous_place_is_flagged():
    assert ambiguous("The Georgia Guard trained in Georgia.") == ["Georgia"]
    assert ambiguous("Moscow, Idaho, has a good university.") == ["Moscow, Idaho"]
    assert "actor.russia" not in codes("Moscow, Idaho, has a good university.")
    assert ambiguous("Moscow noticed the rotation.") == []
    [given] = [one for one in coded("Washington pays for it.") if one.code_id == "actor.us"]
    assert given.reason == "ambiguous: Washington may name something else"
    [given] = coded("The United States, that is Washington, pays.")
    assert given.reason == ""


def test_8_an_acronym_defined_in_the_source_is_resolved(tmp_path: Path):
    source = read(
        tmp_path,
        "s.txt",
        "Security cooperation (SC) has limits.\n\nSC alone can not deter anyone.\n",
    )
    assert acronyms_of(source.text).meanings == {"SC": ("Security cooperation",)}
    office = read(
        tmp_path,
        "s.txt",
        "The security cooperation office (SCO) is small.\n\nThe SCO rewrote it.\n",
    )
    matched = [office.quote(a, b) for one in in_study(office) for a, b in one.matched]
    assert matched == ["security cooperation office", "SCO"]


def test_8_an_acronym_with_two_senses_is_resolved_as_neither(tmp_path: Path):
    source = read(
        tmp_path,
        "s.txt",
        "Security cooperation (SC) has limits.\n\nOur SC - I mean our supply command - had trucks."
        "\n\nSC alone can not deter anyone.\n",
    )
    codings = in_study(source)
    assert all("SC" not in source.quote(a, b) for one in codings for a, b in one.matched)
