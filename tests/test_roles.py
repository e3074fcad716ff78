"""Who asks is proposed where the study is silent, and then read as context."""

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.roles import proposed_roles
from pipeline.model.source import Source
from pipeline.model.study import SourceEntry, Study, ZonePolicy
from pipeline.model.zone import Turn, Zone
from pipeline.segment import segment
from pipeline.speaker_notices import speaker_notices


def talk(*said: tuple[str, str]) -> Source:
    text, zones, turns = "", [], []
    for speaker, words in said:
        text += "\n\n" if text else ""
        zones.append(Zone("body", len(text), len(text) + len(words), "t"))
        turns.append(Turn(len(text), len(text) + len(words), speaker))
        text += words
    return Source("x", text, tuple(zones), turns=tuple(turns))


def roles(*said: tuple[str, str]) -> dict[str, str]:
    source = talk(*said)
    return {t.speaker: t.proposed_role for t in proposed_roles(source.turns, source.text)}


def test_labels_say_who_asks():
    for label in ("Q", "I", "INT", "INTERVIEWER", "Interviewer", "Int.", "Q:"):
        assert roles((label, "So."), ("A", "Yes?"))[label] == "interviewer"
    for label in ("I1", "Interviewer 2", "Interviewer (Ann Lee)", "Interviewer [AL]", "Question"):
        assert roles((label, "So."), ("A", "Yes?"))[label] == "interviewer"
    for label in ("Interviewerin", "Enqu\u00eatrice", "Entrevistador", "Frage", "Intervistatrice"):
        assert roles((label, "So."), ("B", "Yes?"))[label] == "interviewer"
    for label in ("MODERATOR", "Moderator (F)", "Facilitator", "Moderatorin"):
        assert roles((label, "So."), ("A", "Yes."))[label] == "moderator"
    for label in ("Interviewee", "Int. Affairs", "Ann (Interviewer's sister)", "Ivan", "M"):
        assert roles((label, "So."), ("A", "Yes."))[label] == ""
    assert roles(("Q", "Why?"), ("A", "Why not?"))["A"] == ""


LEE = [("Lee", "Why?"), ("Pop", "Because they came late."), ("Lee", "Who?"), ("Pop", "All of us.")]


def test_who_mostly_asks_and_says_less_is_the_interviewer():
    assert roles(*LEE) == {"Lee": "interviewer", "Pop": ""}
    long = "We had thought about this for years, and then who would have believed it?"
    assert roles(("Lee", long), ("Pop", "No."), ("Lee", long), ("Pop", "No.")) == {
        "Lee": "",
        "Pop": "",
    }, "long turns are answers"
    assert set(roles(("A", "Why?"), ("B", "Who?"), ("A", "No?"), ("B", "So?")).values()) == {""}
    assert set(roles(*LEE, *((c, "Long as it is.") for c in "CDE")).values()) == {""}


def test_a_role_that_is_there_stays():
    turns = (Turn(0, 4, "Lee", "moderator"), Turn(6, 9, "Pop"))
    assert [t.proposed_role for t in proposed_roles(turns, "Why?\n\nNo.")] == ["moderator", ""]


@settings(max_examples=250, deadline=None)
@given(
    st.lists(st.tuples(st.text("QIab \n:", max_size=3), st.text("ab?\"' ", min_size=1)), max_size=9)
)
def test_proposals_change_nothing_but_the_role(said: list[tuple[str, str]]):
    source = talk(*said)
    found = proposed_roles(source.turns, source.text)
    bare = [(t.start, t.end, t.speaker) for t in found]
    assert bare == [(t.start, t.end, t.speaker) for t in source.turns]
    assert len({(t.speaker, t.proposed_role) for t in found}) == len({t.speaker for t in found})
    assert proposed_roles(found, source.text) == found


def proposed(*said: tuple[str, str]) -> Source:
    source = talk(*said)
    turns = proposed_roles(source.turns, source.text)
    return Source("x", source.text, source.zones, turns=turns)


POLICY = ZonePolicy(context_roles=frozenset({"interviewer"}))


def test_a_proposed_interviewer_is_context_and_the_studys_word_holds():
    source = proposed(*LEE)
    silent = segment(source, SourceEntry("x", "x.txt"), POLICY)
    assert [one.standing for one in silent] == ["context", "counted"] * 2
    assert {one.speaker_role for one in silent} == {""}
    told = SourceEntry("x", "x.txt", speakers=(("Lee", "official"),))
    assert {one.standing for one in segment(source, told, POLICY)} == {"counted"}
    assert {one.standing for one in segment(source, told, ZonePolicy())} == {"counted"}


def test_a_name_is_known_in_either_order_and_whatever_its_capitals():
    speakers = (("Ann Lee", "analyst"), ("Pop, Ana", "official"), ("A B", "x"), ("B, A", "y"))
    entry = SourceEntry("x", "x.txt", speakers=speakers)
    for name in ("Ann Lee", "Lee, Ann", "LEE, ANN", "ann  lee"):
        assert entry.role_of(name) == "analyst"
    assert entry.role_of("Ana Pop") == "official"
    assert entry.role_of("a b") == "", "two speakers of unlike roles come down to it"
    assert entry.role_of("A B") == "x" and entry.role_of("Lee") == ""


def test_the_run_names_the_line_to_add_as_yaml_that_says_the_same():
    odd = 'He: "no", {x} #1'
    source = proposed(("Q", "Why?"), (odd, "So."), ("No", "Never."), ("Ann Lee", "Well."))
    study = Study(sources=(SourceEntry("x", "x.txt", speakers=(("ann lee", "a"),)),), zones=POLICY)
    [line] = speaker_notices(study, [source])
    assert line.startswith("x: 3 speakers have no role")
    content = yaml.safe_load(line.partition("add: ")[2])
    assert content == {"speakers": {"Q": "interviewer", odd: "...", "No": "..."}}


def test_nothing_is_said_where_every_speaker_has_a_role_and_long_lists_are_bounded():
    source = proposed(("Lee", "So."))
    entry = SourceEntry("x", "x.txt", speakers=(("Lee", "a"),))
    assert not list(speaker_notices(Study(sources=(entry,)), [source]))
    many = [Source(f"s{n}", source.text, source.zones, turns=source.turns) for n in range(50)]
    study = Study(sources=tuple(SourceEntry(f"s{n}", "x.txt") for n in range(50)))
    assert len(list(speaker_notices(study, many))) == 21
    crowd = proposed(*((f"Speaker {n}", "So.") for n in range(40)))
    [line] = speaker_notices(Study(sources=(SourceEntry("x", "x.txt"),)), [crowd])
    assert "and 28 more" in line and len(line) < 600
