"""The shipped study's record as it was made on the texts of the first extractor.

tests/records/first_extractor.jsonl judges the same words that pdfplumber's layout gave then;
since PDFium reads the PDFs, their texts differ, and every judgment must follow its words or wait.
"""

import csv
import json
import shutil
from pathlib import Path

import pytest
from make_pictures import copy_study

from pipeline.commands import run, verify
from pipeline.manifest import read_manifest

OLD = Path(__file__).parent / "records" / "first_extractor.jsonl"


def test_every_judgment_made_on_an_older_reading_is_carried_or_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("BACKING_DEVICE", "test")
    study = copy_study(tmp_path)
    shutil.copy(OLD, study / "record.jsonl")
    (study / "record.db").unlink(missing_ok=True)
    report = run(study)
    counts = report.counts
    with (study / "outputs" / "carried.csv").open(encoding="utf-8", newline="") as rows:
        table = list(csv.DictReader(rows))
    events = [json.loads(line) for line in OLD.read_text(encoding="utf-8").splitlines()]
    ids = {json.dumps(event) for event in events}
    assert len(ids) == len(events) == 281
    moved = [row for row in table if row["method"]]
    waiting = [row for row in table if not row["method"]]
    assert (len(moved), len(waiting)) == (counts.carried_count, counts.unplaced_count)
    assert counts.carried_count >= 50 and counts.unplaced_count <= 3
    assert all(row["quotation_new"] for row in moved)
    assert all(row["reason"] for row in waiting)
    manifest = read_manifest(study / "outputs")
    assert manifest is not None and counts.confirmed_count >= 210
    assert not verify(study).exit_status
