"""Files as a corpus has them: names no terminal should see, links, and what changes meanwhile."""

import os
import time
from pathlib import Path

import pytest

from pipeline.cache import Cache
from pipeline.commands import init, run, verify
from pipeline.corpus import free_id
from pipeline.model.source import Source
from pipeline.running import RunReport
from pipeline.stages import quiet, read_corpus, read_inputs

HEAD = """\
schema: backing-study/1
study: {id: small, title: Small}
codebook: codebooks/deterrence.yaml
cases: [{id: all, default: true}]
source_types: [{id: paper}]
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    init(folder)
    (folder / "study.yaml").write_text(HEAD, encoding="utf-8")
    (folder / "corpus" / "open.txt").write_text("Exercises reassure allies.\n")
    return folder


def listed(study: Path, path: str) -> RunReport:
    lines = f"{HEAD}sources:\n- {{id: one, path: {path}}}\n"
    (study / "study.yaml").write_text(lines, encoding="utf-8")
    report = run(study)
    assert report.counts.source_count == 1, "the neighbour is read"
    assert not verify(study).exit_status
    return report


def test_a_name_that_is_no_utf_8_ends_no_run(study: Path):
    path = os.fsencode(study / "corpus") + b"/\xff\x1b.txt"
    try:
        Path(os.fsdecode(path)).write_text("Exercises deter.")
    except OSError:
        pytest.skip("this system has no such names")
    report = run(study)
    [told] = report.unread
    assert report.counts.source_count == 1 and "name in UTF-8" in told and "\\xff" in told


def test_a_name_steers_no_terminal_and_breaks_no_line(study: Path):
    (study / "corpus" / "a\x1b[2J\n9 sources read.pdf").write_text("junk")
    report = run(study)
    [told] = report.unread
    assert "a [2J 9 sources read.pdf: is no PDF" in told
    assert all(line.isprintable() for line in report.summary.split("\n"))
    assert not any(line.startswith("9 sources") for line in report.summary.split("\n"))


def test_a_listed_link_that_leads_out_of_the_study_is_not_read(study: Path):
    outside = study.parent / "private.txt"
    outside.write_text("The third brigade leaves.")
    (study / "corpus" / "one.txt").symlink_to(outside)
    [told] = listed(study, "corpus/one.txt").unread
    assert "link that leads out of the study" in told
    assert not any(
        b"third brigade" in path.read_bytes()
        for path in (study / "outputs").rglob("*")
        if path.is_file()
    )


def test_a_link_within_the_study_is_read_and_so_is_a_corpus_that_is_a_link(study: Path):
    (study / "corpus").rename(study.parent / "share")
    (study / "corpus").symlink_to(study.parent / "share")
    (study / "corpus" / "one.txt").symlink_to(study / "corpus" / "open.txt")
    lines = f"{HEAD}sources:\n- {{id: one, path: corpus/one.txt}}\n"
    (study / "study.yaml").write_text(lines, encoding="utf-8")
    assert run(study).counts.source_count == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_what_is_no_file_is_told_and_its_neighbour_is_read(study: Path):
    os.mkfifo(study / "corpus" / "pipe.pdf")
    (study / "corpus" / "folder.pdf").mkdir()
    for name in ("pipe.pdf", "folder.pdf"):
        [told] = listed(study, f"corpus/{name}").unread
        assert "no file that can be opened" in told
    [told] = listed(study, f"corpus/{'a' * 300}.txt").unread
    assert "not there" in told


def test_a_file_that_changed_since_the_run_began_is_not_kept_as_what_it_was(study: Path):
    inputs = read_inputs(study)
    cache = Cache(study / "outputs" / ".cache")
    (study / "corpus" / "open.txt").write_text("The third brigade leaves.\n")
    corpus = read_corpus(inputs, cache, quiet)
    assert not corpus.sources and corpus.unread[0].what == "changed while it was read"
    (study / "corpus" / "open.txt").write_text("Exercises reassure allies.\n")
    [source] = read_corpus(read_inputs(study), cache, quiet).sources
    assert isinstance(source, Source) and source.text == "Exercises reassure allies."


def test_ten_thousand_files_are_called_in_a_moment():
    began = time.monotonic()
    taken: set[str] = set()
    for number in range(10_000):
        taken.add(free_id(Path(f"corpus/talk-{number}.txt"), taken))
    assert len(taken) == 10_000 and time.monotonic() - began < 5
