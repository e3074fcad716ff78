"""How each source is to be read: passwords in order, and written down nowhere."""

import shutil
from pathlib import Path

import pytest

from pipeline.commands import run
from pipeline.errors import (
    EncryptedFileError,
)
from pipeline.limits import limits_of
from pipeline.manifest import read_manifest
from pipeline.model.reading import ReadingPlan
from pipeline.model.study import SourceEntry, Study
from pipeline.newstudy import init
from pipeline.plans import key_parts, plan_of
from pipeline.reading import ReadingRequest, read_all
from pipeline.study import load_study
from pipeline.verify import verify

STUDY = """\
schema: backing-study/1
study: {id: s, title: Locked}
codebook: codebooks/first.yaml
cases: [{id: all, default: true}]
source_types: [{id: t}]
sources:
- {id: locked, path: corpus/locked.pdf, password_env: LOCKED_WORD, password: "in the file"}
- {id: plain, path: corpus/plain.pdf}
"""


def test_passwords_come_from_the_study_and_the_environment_in_order(tmp_path: Path):
    (tmp_path / "study.yaml").write_text(STUDY, encoding="utf-8")
    study = load_study(tmp_path)
    locked, plain = study.sources
    environment = {"LOCKED_WORD": "first", "BACKING_PASSWORD": "for all"}
    plan = plan_of(study, locked, environment)
    assert plan.passwords == ("first", "in the file", "for all")
    assert plan_of(study, plain, environment).passwords == ("for all",)
    assert plan_of(study, plain, {}).passwords == ()
    again = {"LOCKED_WORD": "in the file", "BACKING_PASSWORD": "in the file"}
    assert plan_of(study, locked, again).passwords == ("in the file",), "tried once"
    for shown in (repr(study), repr(plan), repr(ReadingRequest(tmp_path, "x", plan))):
        assert "in the file" not in shown and "for all" not in shown


def test_a_password_is_in_no_key_and_the_names_of_people_decide_it(tmp_path: Path):
    path = tmp_path / "x.txt"
    path.write_text("Ana said so.")
    entry = SourceEntry("x", "corpus/x.pdf")
    plain = plan_of(Study(), entry, {})
    locked = plan_of(Study(), entry, {"BACKING_PASSWORD": "word"})
    assert key_parts(plain, path) == key_parts(locked, path)
    assert key_parts(plain, path) != key_parts(ReadingPlan(pseudonyms=(("Ana", "A"),)), path)


def test_another_recogniser_and_another_file_make_another_key(tmp_path: Path):
    one, other = tmp_path / "a.txt", tmp_path / "b.txt"
    one.write_text("Ana said so.")
    other.write_text("Ana said nothing.")
    plain, named = ReadingPlan(), ReadingPlan(pseudonyms=(("Ana", "A"),))
    assert key_parts(plain, one) != key_parts(ReadingPlan(recogniser="tesseract 5"), one)
    assert key_parts(named, one) != key_parts(named, other), "no table of names is told by it"
    assert key_parts(plain, one) == key_parts(plain, other)


def test_a_file_that_asks_for_a_password_is_tried_anew_and_the_word_is_kept_nowhere(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("BACKING_DEVICE", "test")
    monkeypatch.delenv("BACKING_PASSWORD", raising=False)
    study = tmp_path / "study"
    init(study)
    shutil.copy(data / "pdf" / "password-example.pdf", study / "corpus" / "locked.pdf")
    assert not run(study).is_unchanged
    manifest = read_manifest(study / "outputs")
    assert manifest is not None and len(manifest.unread) == 1
    assert "password" in manifest.unread[0].what
    monkeypatch.setenv("BACKING_PASSWORD", "a-word-nobody-has")
    report = run(study)
    assert not report.is_unchanged, "tried anew, though no file has changed"
    held = [p for p in study.rglob("*") if p.is_file() and b"a-word-nobody" in p.read_bytes()]
    assert held == []


def test_a_password_opens_a_file_and_stands_in_nothing_that_is_written(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("BACKING_DEVICE", "test")
    study = tmp_path / "study"
    init(study)
    shutil.copy(data / "pdf" / "password-example.pdf", study / "corpus" / "one.pdf")
    shutil.copy(data / "pdf" / "libreoffice-writer-password.pdf", study / "corpus" / "two.pdf")
    monkeypatch.setenv("BACKING_PASSWORD", "test")
    [line] = run(study).unread
    assert "corpus/two.pdf" in line and "none of the 1 given" in line
    listed = (study / "study.yaml").read_text(encoding="utf-8")
    assert listed.count("sources: []") == 1
    entry = "sources:\n- {id: two, path: corpus/two.pdf, password_env: TWO_WORD}"
    (study / "study.yaml").write_text(listed.replace("sources: []", entry), encoding="utf-8")
    monkeypatch.setenv("TWO_WORD", "openpassword")
    report = run(study)
    assert report.unread == () and report.counts.source_count == 2
    assert run(study).is_unchanged
    assert verify(study).faults == ()
    held = [p for p in study.rglob("*") if p.is_file() and b"openpassword" in p.read_bytes()]
    assert held == []


def test_a_word_document_with_a_password_is_refused_by_its_cause(tmp_path: Path):
    path = tmp_path / "locked.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    [found] = read_all([ReadingRequest(path, "x")], limits_of({}))
    assert isinstance(found, EncryptedFileError)
