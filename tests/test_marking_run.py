"""What a study may hold and what its outputs may show, by handling markings, end to end."""

from pathlib import Path

import pytest

from pipeline.commands import init, run, verify
from pipeline.errors import MarkingError, StudyError
from pipeline.judging import record_of
from pipeline.model.judgment import Event, canonical_json
from pipeline.model.source import Source
from pipeline.study import load_study

SECRET_WORDS = "The third brigade leaves by the northern road"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    init(folder)
    (folder / "corpus" / "open.txt").write_text("Exercises reassure allies.\n")
    change(folder)
    return folder


def change(folder: Path, marking: str = "UNCLASSIFIED", source: str = "", scale: str = "") -> None:
    """Write a small study.yaml: its marking, one source beside what lies in corpus/, a scale."""
    lines = [
        "schema: backing-study/1",
        f"study: {{id: small, title: Small, marking: {marking}}}",
        "codebook: codebooks/deterrence.yaml",
        "cases: [{id: all, default: true}]",
        "source_types: [{id: paper}]",
        f"marking_scale: {{{scale}}}",
    ]
    if source:
        lines += ["sources:", f"- {{id: plan, path: corpus/plan.txt, title: On marks{source}}}"]
    (folder / "study.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_source_above_the_study_is_refused_and_stands_nowhere(study: Path):
    (study / "corpus" / "plan.txt").write_text(f"SECRET//NOFORN\n\n{SECRET_WORDS}.\n")
    report = run(study)
    assert report.counts.source_count == 1
    [told] = report.unread
    assert "corpus/plan.txt" in told and "is marked SECRET//NOFORN" in told
    assert "marking_override" in told
    assert SECRET_WORDS.encode() not in everything(study / "outputs")
    assert not verify(study).exit_status


def test_a_portion_mark_alone_is_enough_to_refuse(study: Path):
    (study / "corpus" / "notes.md").write_text(f"# Notes\n\n(U) Open.\n\n(C) {SECRET_WORDS}.\n")
    report = run(study)
    assert any("is marked CONFIDENTIAL" in told for told in report.unread)
    assert SECRET_WORDS.encode() not in everything(study / "outputs")


def test_what_the_study_may_no_longer_hold_leaves_the_cache(study: Path):
    (study / "corpus" / "plan.txt").write_text(f"CUI\n\n{SECRET_WORDS}.\n")
    change(study, "CUI")
    assert run(study).counts.source_count == 2
    assert SECRET_WORDS.encode() in everything(study / "outputs" / ".cache")
    change(study)
    assert run(study).counts.source_count == 1
    assert SECRET_WORDS.encode() not in everything(study / "outputs")


def test_a_person_answers_by_name_for_a_text_about_marks(study: Path):
    (study / "corpus" / "plan.txt").write_text(f"SECRET//NOFORN\n\n{SECRET_WORDS}.\n")
    change(study, source=", marking_override: {by: Ana Pop, reason: a manual on marks}")
    report = run(study)
    assert report.counts.source_count == 2 and not report.unread
    assert any("Ana Pop" in notice and "SECRET//NOFORN" in notice for notice in report.notices)
    page = (study / "outputs" / "report.html").read_text(encoding="utf-8")
    assert 'aria-label="Marking, top">SECRET//NOFORN<' in page
    open_page = (study / "outputs" / "text" / "open.html").read_text(encoding="utf-8")
    assert "SECRET" not in open_page
    assert "SECRET//NOFORN" in (study / "outputs" / "manifest.json").read_text(encoding="utf-8")


def test_outputs_can_be_held_to_a_level_and_still_verify(study: Path):
    (study / "corpus" / "plan.txt").write_text(f"CUI\n\n{SECRET_WORDS}. Exercises deter.\n")
    change(study, "CUI", ", type: paper")
    assert run(study).counts.source_count == 2
    report = run(study, marking="UNCLASSIFIED")
    assert report.counts.source_count == 1
    assert any("of 1 sources are above UNCLASSIFIED and left out" in one for one in report.notices)
    shown = b"".join(
        path.read_bytes()
        for path in (study / "outputs").rglob("*")
        if path.is_file() and ".cache" not in path.parts
    )
    assert SECRET_WORDS.encode() not in shown
    assert any("1 sources bear no marking and are shown: open." in one for one in report.notices)
    assert any("outputs/.cache, so hand on nothing of" in one for one in report.notices)
    assert b"On marks" not in shown, "what it is called may be marked too"
    assert not verify(study).exit_status
    with pytest.raises(MarkingError):
        run(study, marking="RATHER SECRET")


def test_more_sources_without_a_mark_than_are_named_are_told(study: Path):
    for number in range(21):
        (study / "corpus" / f"more{number:02}.txt").write_text("Exercises reassure allies.\n")
    change(study, "CUI")
    told = [one for one in run(study, marking="UNCLASSIFIED").notices if "no marking" in one]
    assert told[0].startswith("22 sources bear no marking") and "and 2 more. If one" in told[0]


def test_a_marking_without_a_level_is_a_fault_with_its_line(study: Path):
    change(study, "VERY SECRET", ", marking: HUSH")
    with pytest.raises(StudyError) as caught:
        load_study(study)
    told = [str(fault) for fault in caught.value.faults]
    assert sum("names no level" in fault for fault in told) == 2
    assert all(fault.startswith("study.yaml:") for fault in told)


def test_a_study_maps_the_names_of_another_scale(study: Path):
    (study / "corpus" / "plan.txt").write_text(f"{SECRET_WORDS}.\n")
    change(study, source=", marking: HUSH", scale="HUSH: SECRET")
    assert any("is marked SECRET" in told for told in run(study).unread)
    change(study, "HUSH", ", marking: HUSH", "HUSH: SECRET")
    assert run(study).counts.source_count == 2


def test_the_override_needs_a_name_and_a_reason(study: Path):
    for by, reason in (("", ""), (" ", "a manual"), ("Ana Pop", " ")):
        change(study, source=f", marking_override: {{by: '{by}', reason: '{reason}'}}")
        with pytest.raises(StudyError):
            load_study(study)


def test_a_level_is_mapped_to_no_other(study: Path):
    change(study, scale="Secret: UNCLASSIFIED")
    with pytest.raises(StudyError, match="a level of its own"):
        load_study(study)
    change(study, scale="SECRET: SECRET, NATO SECRET: TOP SECRET")
    assert load_study(study).marking_scale


def judged(folder: Path, source_id: str, *sentences: str) -> None:
    """Record that each sentence bears a code, on the text as it was read last."""
    text = (folder / "outputs" / "text" / f"{source_id}.txt").read_text(encoding="utf-8")
    with record_of(folder) as record:
        for words in sentences:
            start = text.index(words)
            end = start + len(words)
            event = Event(
                f"e{start}",
                "ana",
                "judged",
                source_id,
                f"{source_id}@{start}-{end}",
                "mech.denial",
                value="present",
                text_sha256=Source(source_id, text).text_sha256,
                body=canonical_json({"start": start, "end": end, "quotation": words}),
            )
            record.append([event])


def shown_words(folder: Path) -> bytes:
    return b"".join(
        path.read_bytes()
        for path in (folder / "outputs").rglob("*")
        if path.is_file() and ".cache" not in path.parts
    )


@pytest.fixture
def judged_study(study: Path) -> Path:
    """A study of one open and one controlled source, whose judged text has changed since."""
    path = study / "corpus" / "plan.txt"
    path.write_text(f"CUI\n\n{SECRET_WORDS}. The convoy waits at Anadyr until spring.\n")
    change(study, "CUI", ", type: paper")
    run(study)
    judged(study, "plan", f"{SECRET_WORDS}.", "The convoy waits at Anadyr until spring.")
    path.write_text(f"CUI\n\nOne more line here.\n\n{SECRET_WORDS}. The convoy left.\n")
    report = run(study)
    assert (report.counts.carried_count, report.counts.unplaced_count) == (1, 1)
    assert b"Anadyr" in shown_words(study)
    return study


def test_outputs_held_to_a_level_quote_no_judgment_on_what_is_above_it(judged_study: Path):
    run(judged_study, marking="UNCLASSIFIED")
    shown = shown_words(judged_study)
    assert SECRET_WORDS.encode() not in shown and b"Anadyr" not in shown
    assert not verify(judged_study).exit_status


def test_judgments_on_a_source_that_is_refused_are_listed_without_its_words(judged_study: Path):
    change(judged_study, "UNCLASSIFIED", ", type: paper")
    report = run(judged_study)
    assert report.counts.unplaced_count == 2, "none is lost"
    shown = everything(judged_study / "outputs")
    assert SECRET_WORDS.encode() not in shown and b"Anadyr" not in shown
    (judged_study / "corpus" / "plan.txt").unlink()
    change(judged_study)
    assert run(judged_study).counts.unplaced_count == 2
    assert b"Anadyr" not in everything(judged_study / "outputs")
