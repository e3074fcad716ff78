"""How high sources are marked, what a study may hold of them, and who answers for more."""

import pytest

from pipeline.marked import limit_of, marked, marking_of_all, override_notices, refusal, scale_of
from pipeline.model.marking_scale import Level
from pipeline.model.source import Source
from pipeline.model.study import SourceEntry, Study
from pipeline.model.zone import Zone


def source(mark: str = "", source_id: str = "plan") -> Source:
    """A source of one paragraph, with its portion mark."""
    words = "Exercises reassure."
    return Source(source_id, words, (Zone("body", 0, len(words), "t", marking=mark),))


def study(
    marking: str = "",
    scale: tuple[tuple[str, str], ...] = (),
    entry_marking: str = "",
    override: tuple[str, str] | None = None,
) -> Study:
    """A study of one source: its marking, its scale, what it says of the source."""
    given = SourceEntry("plan", "corpus/plan.txt", marking=entry_marking, marking_override=override)
    return Study(marking=marking, marking_scale=scale, sources=(given,))


PLAIN = source()
ANSWER = ("Ana Pop", "a manual")


def test_the_studys_own_names_come_before_the_known_ones_in_any_capitals():
    own = study(scale=(("hush", "SECRET"), ("SECRET", "CUI")))
    assert scale_of(own)["HUSH"] == Level.SECRET
    assert scale_of(own)["SECRET"] == Level.CUI
    assert scale_of(own)["CONFIDENTIAL"] == Level.CONFIDENTIAL


def test_a_study_that_says_nothing_holds_what_is_unclassified():
    assert str(limit_of(study())) == "UNCLASSIFIED"
    assert refusal(study(marking=""), PLAIN) is None
    told = refusal(study(marking=""), source("(CUI)"))
    assert told is not None and "this study holds UNCLASSIFIED at most" in told.what
    assert told.where == "corpus/plan.txt" and "marking_override" in told.remedy


@pytest.mark.parametrize(
    ("shown", "said", "expected"),
    [
        ("(CUI)", "SECRET", "SECRET"),
        ("(S)", "CUI", "SECRET"),
        ("(CUI)", "", "CUI"),
        ("", "CUI", "CUI"),
        ("", "", "None"),
    ],
)
def test_of_what_a_source_shows_and_the_study_says_the_higher_holds(
    shown: str, said: str, expected: str
):
    found = marked(study(marking="", entry_marking=said), source(shown))
    assert str(found.whole) == expected
    assert [span[:2] for span in found.spans] == ([(0, 19)] if shown else [])


def test_a_source_is_held_to_the_study_and_a_person_may_answer_for_it():
    one = source("(S)")
    assert refusal(study("SECRET"), one) is None
    assert refusal(study("CUI"), one) is not None
    answered = study("CUI", override=ANSWER)
    assert refusal(answered, one) is None
    [told] = override_notices(answered, [one])
    assert told == "plan is marked SECRET and held all the same: Ana Pop, 'a manual'"


def test_an_answer_that_was_not_needed_is_not_told():
    assert list(override_notices(study("SECRET", override=ANSWER), [source("(CUI)")])) == []
    assert list(override_notices(study("CUI", override=ANSWER), [PLAIN])) == []
    assert list(override_notices(study("CUI"), [source("(S)")])) == []


def test_all_are_marked_as_the_highest_is_and_as_the_study_where_none_is():
    entries = tuple(SourceEntry(name, f"corpus/{name}.txt") for name in "abc")
    of = Study(marking="CUI", sources=entries)
    low, high, plain = source("(CUI)", "a"), source("(S)", "b"), source("", "c")
    assert marking_of_all(of, [low, high, plain]) == "SECRET"
    assert marking_of_all(of, [plain]) == marking_of_all(of, []) == "CUI"
