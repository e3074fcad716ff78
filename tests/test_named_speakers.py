"""Speakers whom study.yaml names: their labels are believed even where nobody else's would be."""

from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract import extract
from pipeline.model.reading import ReadingPlan
from pipeline.model.source import Source
from pipeline.model.study import NamePair, SourceEntry, SourceType, Study
from pipeline.plans import key_parts, plan_of

MEMO = "Note: the bridge is closed.\n\nAnn Lee: I saw it.\n\nAll of it.\n\nPlace: the river."


def plan(*speakers: str) -> ReadingPlan:
    entry = SourceEntry("x", "x.txt", speakers=tuple((name, "official") for name in speakers))
    return plan_of(Study(sources=(entry,)), entry, {})


def said(source: Source) -> list[tuple[str, str]]:
    return [(turn.speaker, source.text[turn.start : turn.end]) for turn in source.turns]


def written(tmp_path: Path, text: str, name: str = "x.txt") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_name_the_study_gives_is_believed_where_it_stands_once(tmp_path: Path):
    path = written(tmp_path, MEMO)
    assert not extract(path, "x").turns
    source = extract(path, "x", plan("Ann Lee"))
    assert said(source) == [("Ann Lee", "I saw it.\n\nAll of it.\n\nPlace: the river.")]
    assert source.text.startswith("Note: the bridge is closed.")


@pytest.mark.parametrize("name", ["Note", "the man from next door", "Lee (Ann), Lt. Col., ret'd"])
def test_a_name_may_look_like_none(tmp_path: Path, name: str):
    path = written(tmp_path, f"Words.\n\n{name}: I saw it.")
    assert said(extract(path, "x", plan(name))) == [(name, "I saw it.")]


def test_names_hold_in_captions_markdown_and_word_files(tmp_path: Path):
    vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\nNote: we moved.\n\n00:03.000 --> 00:04.000\nWhy?\n"
    assert said(extract(written(tmp_path, vtt, "x.vtt"), "x")) == []
    source = extract(written(tmp_path, vtt, "x.vtt"), "x", plan("Note"))
    assert said(source) == [("Note", "we moved. Why?")]
    source = extract(written(tmp_path, "Words.\n\n**Ann:** So.\n", "x.md"), "x", plan("Ann"))
    assert said(source) == [("Ann", "So.")]
    document = docx.Document()
    document.add_paragraph("Ann:\tSo.")
    document.save(str(tmp_path / "x.docx"))
    assert said(extract(tmp_path / "x.docx", "x", plan("Ann"))) == [("Ann", "So.")]


def test_names_take_no_belief_from_others(tmp_path: Path):
    path = written(tmp_path, "Q. Why?\n\nA. So.\n\nQ. Who?\n\nA. He.\n\nMr. Doe: I object.")
    everybody = [("Q", "Why?"), ("A", "So."), ("Q", "Who?"), ("A", "He."), ("Mr. Doe", "I object.")]
    assert said(extract(path, "x", plan("Q", "Mr. Doe"))) == everybody


def test_a_pseudonym_in_the_study_is_a_name_in_the_file(tmp_path: Path):
    path = written(tmp_path, "Words.\n\nAna Pop (minister): I saw it.")
    entry = SourceEntry(
        "x", "x.txt", type_id="t", speakers=(("Official A (minister)", "official"),)
    )
    study = Study(
        source_types=(SourceType("t", is_confidential=True),),
        sources=(entry,),
        pseudonyms=(NamePair("Ana Pop", "Official A"),),
    )
    source = extract(path, "x", plan_of(study, entry, {}))
    assert said(source) == [("Official A (minister)", "I saw it.")]
    assert entry.role_of(source.turns[0].speaker) == "official"


def test_names_decide_the_key_of_what_is_kept_and_roles_do_not(tmp_path: Path):
    path = written(tmp_path, MEMO)
    assert key_parts(plan(), path) != key_parts(plan("Ann Lee"), path)
    entry = SourceEntry("x", "x.txt", speakers=(("Ann Lee", "analyst"),))
    other = plan_of(Study(sources=(entry,)), entry, {})
    assert key_parts(plan("Ann Lee"), path) == key_parts(other, path)


@settings(max_examples=250, deadline=None)
@given(st.text("aB .*+([\\^$|é-", min_size=1, max_size=12).filter(str.strip), st.booleans())
def test_any_name_is_looked_for_as_it_is_written(
    tmp_path_factory: pytest.TempPathFactory, name: str, is_once: bool
):
    label = " ".join(name.split())
    text = f"{label}: w1" if is_once else f"{label}: w1\n\n{label.upper()}: w2"
    source = extract(written(tmp_path_factory.mktemp("any"), text), "x", plan(name))
    assert source.text == ("w1" if is_once else "w1\n\nw2")


@pytest.mark.parametrize(
    "form", ["{}\n{}", "{}\n\n{}", "{} \u2014 {}", "{}. {}", "{}\t{}", "{}:{}"]
)
def test_named_speakers_may_stand_alone_or_before_a_dash(tmp_path: Path, form: str):
    talk = [("Ann Lee", "We moved."), ("Bob Ray", "Why so?"), ("Ann Lee", "It was late.")]
    text = "\n\n".join(form.format(name, words) for name, words in talk)
    source = extract(written(tmp_path, text), "x", plan("Ann Lee", "Bob Ray"))
    assert said(source) == (talk if form != "{}:{}" else [])
