"""`backing run` on real folders: only what changed, every fault told, the same bytes anywhere."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from make_pictures import copy_study

from pipeline.commands import run, verify
from pipeline.manifest import read_manifest
from pipeline.newstudy import init

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def device(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKING_DEVICE", "test")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped study, run once; tests that change it copy it first."""
    os.environ["BACKING_DEVICE"] = "test"
    study = copy_study(tmp_path_factory.mktemp("shipped"))
    run(study)
    return study


@pytest.fixture
def study(shipped: Path, tmp_path: Path) -> Path:
    return shutil.copytree(shipped, tmp_path / "study")


def backing(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *words],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "BACKING_DEVICE": "test", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def hashes(out: Path) -> dict[str, str]:
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".cache" not in path.parts
    }


def test_the_shipped_study_holds_what_it_promises(shipped: Path):
    manifest = read_manifest(shipped / "outputs")
    assert manifest is not None
    counts = manifest.counts
    assert counts.source_count == 12 and not manifest.unread and not manifest.unlisted
    assert counts.disputed_count >= 2 and counts.confirmed_count >= 100
    assert counts.carried_count == counts.unplaced_count == 0
    card = (shipped / "outputs" / "classifier.md").read_text(encoding="utf-8")
    assert card.count("| act.") + card.count("| bar.") + card.count("| eff.") >= 8
    rows = (shipped / "outputs" / "codings.csv").read_text(encoding="utf-8").splitlines()
    assert sum(",model,tfidf-lr.v1," in row and ",proposed," in row for row in rows) >= 5


def test_verify_finds_every_quotation_of_the_shipped_study(shipped: Path):
    report = verify(shipped)
    assert report.faults == () and report.record_faults == ()
    assert report.quotation_count > 500 and report.event_count >= 280


def test_nothing_changed_does_nothing_and_says_so(study: Path):
    before = {path: path.stat().st_mtime_ns for path in (study / "outputs").rglob("*.html")}
    report = run(study)
    assert report.is_unchanged
    assert "Nothing has changed" in report.summary
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_touching_one_source_redoes_that_source_alone(study: Path):
    cache = study / "outputs" / ".cache"
    before = {path.name for path in (cache / "source").iterdir()}
    notes = study / "corpus" / "notes-baltics.md"
    notes.write_text(
        notes.read_text(encoding="utf-8") + "\nThe exercise deterred nobody.\n", encoding="utf-8"
    )
    report = run(study)
    after = {path.name for path in (cache / "source").iterdir()}
    assert not report.is_unchanged
    assert len(before - after) == len(after - before) == 1


def test_judgments_are_carried_past_a_new_first_line(study: Path):
    notes = study / "corpus" / "notes-baltics.md"
    notes.write_text(
        "# Notes\n\nA new first line.\n" + notes.read_text(encoding="utf-8"), encoding="utf-8"
    )
    report = run(study)
    assert report.counts.carried_count > 3 and report.counts.unplaced_count == 0
    assert "judgments carried to a changed text or code, 0 wait for a person" in report.summary
    assert verify(study).faults == ()


def test_an_output_that_was_altered_is_made_again(study: Path):
    page = study / "outputs" / "report.html"
    page.write_text("altered", encoding="utf-8")
    assert not run(study).is_unchanged
    assert "altered" not in page.read_text(encoding="utf-8")[:20]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("corpus/notes-romania.md", "Five days", "Six days"),
        ("outputs/codings.csv", "exercise", "exorcise"),
        ("outputs/text/notes-romania.txt", "Five days", "Six days"),
        ("outputs/findings/F1.html", "relationships", "relationshipz"),
    ],
)
def test_one_changed_character_is_named_and_the_status_is_4(
    study: Path, name: str, old: str, new: str
):
    path = study / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    report = verify(study)
    assert report.exit_status == 4
    assert any(Path(name).name in str(fault) for fault in report.faults), report.summary


def test_a_record_whose_end_is_cut_off_is_named(study: Path):
    (study / "record.db").unlink()
    report = verify(study)
    assert report.exit_status == 5
    assert "is missing" in report.summary


def test_a_folder_of_broken_files_gets_a_message_each_and_the_rest_is_done(
    tmp_path: Path, data: Path
):
    study = tmp_path / "study"
    init(study)
    corpus = study / "corpus"
    shutil.copy(data / "pdf" / "password-example.pdf", corpus / "locked.pdf")
    whole = (data / "pdf" / "pdflatex-4-pages.pdf").read_bytes()
    (corpus / "broken-off.pdf").write_bytes(whole[: len(whole) // 3])
    (corpus / "empty.txt").write_bytes(b"")
    with zipfile.ZipFile(corpus / "zip.docx", "w") as package:
        package.writestr("a.txt", "no Word document")
    (corpus / "nothing.vtt").write_bytes(b"")
    (corpus / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (corpus / "good.txt").write_text("The exercise deterred them.", encoding="utf-8")
    done = backing("run", cwd=study)
    assert done.returncode == 3, done.stderr
    for name, what in {
        "locked.pdf": "asks for a password",
        "broken-off.pdf": "opened",
        "empty.txt": "the file is empty",
        "zip.docx": "no Word document",
        "nothing.vtt": "the file is empty",
        "binary.txt": "binary data",
    }.items():
        line = next(line for line in done.stdout.splitlines() if f"corpus/{name}:" in line)
        assert what in line, line
    assert "1 sources read" in done.stdout
    assert "- {id: good, path: 'corpus/good.txt', type: ..., case: cross}" in done.stdout
    assert "Traceback" not in done.stderr
    assert verify(study).faults == ()


def test_an_empty_study_runs_and_verifies(tmp_path: Path):
    init(tmp_path / "study")
    report = run(tmp_path / "study")
    assert report.counts.source_count == 0
    assert verify(tmp_path / "study").exit_status == 0


def test_same_inputs_same_bytes_in_another_folder_process_zone_and_order(
    shipped: Path, tmp_path: Path
):
    other = tmp_path / "a longer name \u00e9"
    other.mkdir()
    for name in ("record.jsonl", "study.yaml", "corpus", "codebooks"):
        source = ROOT / name
        if source.is_dir():
            (other / name).mkdir()
            for path in sorted(source.iterdir(), reverse=True):
                shutil.copy(path, other / name)
        else:
            shutil.copy(source, other / name)
    done = backing(
        "run",
        "--study",
        str(other),
        cwd=tmp_path,
        PYTHONHASHSEED="4242",
        TZ="Asia/Kolkata",
        LC_ALL="C",
        BACKING_DEVICE="elsewhere",
    )
    assert done.returncode == 0, done.stderr
    assert hashes(other / "outputs") == hashes(shipped / "outputs")


def test_without_a_language_model_the_run_says_so_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("pipeline.language_model.PACKAGES", ())
    study = tmp_path / "study"
    init(study)
    (study / "corpus" / "good.txt").write_text("Deterrence by denial.", encoding="utf-8")
    report = run(study)
    assert any("no English language model" in notice for notice in report.notices)
    assert any("pip install 'backing[parse]'" in notice for notice in report.notices)
    page = (study / "outputs" / "report.html").read_text(encoding="utf-8")
    assert "no English language model" in page
    assert report.counts.coding_count > 0


def test_a_model_we_do_not_know_gets_a_visible_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from pipeline.language_model import find_model

    if find_model() is None:
        pytest.skip("no language model is installed: pip install 'backing[parse]'")
    monkeypatch.setattr("pipeline.language_model.KNOWN", {})
    init(tmp_path / "study")
    (tmp_path / "study" / "corpus" / "good.txt").write_text("They deter.", encoding="utf-8")
    report = run(tmp_path / "study")
    assert any("not one we know" in notice for notice in report.notices)
    manifest = read_manifest(tmp_path / "study" / "outputs")
    assert manifest is not None and len(manifest.language_model_sha256) == 64


def test_the_manifest_names_inputs_versions_and_heads(shipped: Path):
    manifest = json.loads((shipped / "outputs" / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["record_heads"]) == {"ana/invented", "ben/invented", "chloe/invented"}
    assert {"spacy", "scikit-learn", "pandas", "pdfplumber", "python"} <= set(manifest["versions"])
    assert len(manifest["inputs"]) == 12
    assert manifest["codebook"] == "deterrence@0.3.0"
