"""What a run says of speakers without a role, and of names that a path or a title shows."""

import pytest

from pipeline.model.source import Source
from pipeline.model.study import NamePair, SourceEntry, SourceType, Study, ZonePolicy
from pipeline.model.zone import Turn
from pipeline.speaker_notices import name_notices, speaker_notices

POLICY = ZonePolicy(frozenset(), context_roles=frozenset({"interviewer"}))


def line_of(*turns: tuple[str, str]) -> str:
    """The line told of a source in which these speak, each with the role proposed."""
    source = Source("x", "So.", turns=tuple(Turn(0, 3, name, role) for name, role in turns))
    study = Study(sources=(SourceEntry("x", "x.txt"),), zones=POLICY)
    return "".join(speaker_notices(study, [source]))


def called(entry: SourceEntry, *pairs: tuple[str, str]) -> bool:
    """Whether it is told that a confidential source is called by one of these names."""
    study = Study(
        sources=(entry,),
        source_types=(SourceType("talk", is_confidential=True),),
        pseudonyms=tuple(NamePair(name, pseudonym) for name, pseudonym in pairs),
    )
    told = list(name_notices(study))
    assert not told or f"of {entry.source_id} holds part of a name" in told[0]
    return bool(told)


def test_one_speaker_has_and_two_speakers_have_no_role():
    assert line_of(("Lee", "")) == "x: 1 speaker has no role; add: speakers: {Lee: ...}"
    assert line_of(("Lee", ""), ("Ann", ""), ("Lee", "")).startswith("x: 2 speakers have no role;")


def test_what_no_one_says_and_what_is_said_without_a_name_needs_no_role():
    assert line_of(("", "")) == ""
    assert line_of(("", ""), ("Lee", "")).startswith("x: 1 speaker has")


def test_what_a_proposed_role_does_is_told_where_it_does_something():
    effect = "and what a proposed role says is read as context"
    assert effect in line_of(("Lee", "interviewer"), ("Ann", ""))
    assert effect not in line_of(("Lee", "official"), ("Ann", ""))


@pytest.mark.parametrize("name", ["No", "null", "Lee: x", "O\u2019Brien", "7", "(Lee)"])
def test_a_name_that_yaml_would_read_as_something_else_is_quoted(name: str):
    assert f'{{"{name}": ...}}' in line_of((name, ""))


def test_what_can_not_be_printed_is_a_blank():
    assert "{Lee x: ...}" in line_of(("Lee\u2028x", ""))
    assert '{" x": ...}' in line_of(("\x1bx", ""))


def test_a_name_of_any_length_is_shown_in_part():
    assert f"{{{'L' * 60}: ...}}" in line_of(("L" * 500, ""))


@pytest.mark.parametrize(
    "entry",
    [
        SourceEntry("quintrell", "corpus/a.txt", type_id="talk"),
        SourceEntry("a", "corpus/Quintrell/a.txt", type_id="talk"),
        SourceEntry("a", "corpus/a.txt", title="Talk with QUINTRELL", type_id="talk"),
    ],
    ids=["id", "path", "title"],
)
def test_a_name_in_what_a_source_is_called_by_is_told(entry: SourceEntry):
    assert called(entry, ("Mihaela Quintrell", "Official A"))
    assert not called(entry, ("Mihaela Brzak", "Official A"))


@pytest.mark.parametrize(
    ("title", "name", "pseudonym", "is_told"),
    [
        ("An official speaks", "Official Brzak", "Official B", False),
        ("A word of the van", "Jan van Brzak", "Officer B", False),
        ("A word of Jan", "Jan van Brzak", "Officer B", True),
        ("A word of Jan", "Jan", "Officer B", True),
        ("A word of Jan", "jan brzak", "Officer B", True),
        ("Brzaks speak", "Brzak", "Officer B", False),
        ("Talk (Brzak, 2)", "Jan Brzak", "Officer B", True),
    ],
)
def test_a_word_that_is_no_name_is_not_taken_for_one(
    title: str, name: str, pseudonym: str, is_told: bool
):
    entry = SourceEntry("a", "corpus/a.txt", title=title, type_id="talk")
    assert called(entry, (name, pseudonym)) == is_told
