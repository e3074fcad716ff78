"""Each file is read by a worker that can not take the run down, whatever is in the file."""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import hostile
import pytest
from fuzz_extract import fuzz, seeds_of

from pipeline.commands import extract_files, run
from pipeline.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    ExtractionError,
    InputError,
    NeededTooMuchMemoryError,
    PipelineError,
    ReaderCrashedError,
    ReaderFaultError,
    TooDemandingError,
    TookTooLongError,
    WrongFormatError,
)
from pipeline.limits import Limits, limits_of
from pipeline.manifest import read_manifest
from pipeline.model.reading import ReadingPlan
from pipeline.model.source import Source
from pipeline.model.study import SourceEntry, Study
from pipeline.newstudy import init
from pipeline.plans import key_parts, plan_of
from pipeline.reader_process import size_by_ps, size_of
from pipeline.reading import ReadingRequest, read_all
from pipeline.study import load_study
from pipeline.verify import verify

ROOT = Path(__file__).parent.parent
HAS_PROC = Path("/proc/self/stat").exists()
LIMITS = Limits(workers=2, seconds=3, memory_bytes=600_000_000)


def children() -> set[int]:
    """The processes this one has started and that are still there."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            found.add(int(path.parent.name))
    return found


@pytest.fixture(autouse=True)
def none_left() -> Iterator[None]:
    before = children()
    yield
    assert not children() - before, "a worker was left over"


def files(folder: Path, *texts: str) -> list[ReadingRequest]:
    requests = []
    for number, text in enumerate(texts):
        path = folder / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        requests.append(ReadingRequest(path, f"s{number}"))
    return requests


def odd(requests: list[ReadingRequest], limits: Limits = LIMITS) -> list[Source | ExtractionError]:
    return list(read_all(requests, limits, "odd_worker"))


def test_results_come_in_the_order_asked_whatever_is_ready_first(tmp_path: Path):
    sizes = random.Random(7).choices([10, 300_000, 1_000_000], k=12)
    requests = files(tmp_path, *(f"Words {n}. " * (size // 9 + 1) for n, size in enumerate(sizes)))
    found = list(read_all(requests, limits_of({})))
    assert [one.source_id for one in found if isinstance(one, Source)] == [
        f"s{number}" for number in range(12)
    ]


@pytest.mark.parametrize(
    ("does", "error", "says"),
    [
        ("hang", TookTooLongError, "was not read within 3 seconds"),
        ("busy", TookTooLongError, "was not read within 3 seconds"),
        ("abort", ReaderCrashedError, "again when read alone (SIGABRT)"),
        ("segfault", ReaderCrashedError, "again when read alone (SIGSEGV)"),
        ("leave", ReaderCrashedError, "again when read alone (exit status 0)"),
        ("killed", NeededTooMuchMemoryError, "within 600 MB of memory"),
        ("greedy", NeededTooMuchMemoryError, "within 600 MB of memory"),
        ("fault", ReaderFaultError, "a fault of this program: KeyError"),
        ("surrogate", ReaderFaultError, "a fault of this program"),
        ("lie", ReaderFaultError, "an answer about another source"),
        ("refuse", EmptyFileError, "is empty  [31m"),
    ],
)
def test_one_file_ends_its_worker_and_the_others_are_read(
    tmp_path: Path, does: str, error: type[ExtractionError], says: str
):
    if os.name == "nt" and does in {"abort", "segfault", "killed", "greedy"}:
        pytest.skip("Windows has other ways for a process to end, and no limit of memory")
    started = time.monotonic()
    first, second, third, fourth, fifth = odd(files(tmp_path, "a", "b", does, "c", "d"))
    assert time.monotonic() - started < 15
    assert all(isinstance(one, Source) for one in (first, second, fourth, fifth))
    assert type(third) is error
    assert says in third.what
    assert third.where == "2.txt"
    assert third.remedy
    assert third.exit_status == 3


def test_a_file_read_after_a_greedy_one_is_not_blamed(tmp_path: Path):
    limits = Limits(workers=1, seconds=20, memory_bytes=600_000_000)
    found = odd(files(tmp_path, *["hoarding"] * 5, "plain"), limits)
    assert all(isinstance(one, Source) for one in found), found


def test_what_a_reader_prints_or_reads_gets_into_no_answer(tmp_path: Path):
    [found, after] = odd(files(tmp_path, "print", "after"), Limits(1, 20))
    assert isinstance(found, Source) and found.text == "print"
    assert isinstance(after, Source) and after.text == "after"


def test_the_traceback_of_a_fault_is_kept_and_its_words_are_in_no_message(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level("DEBUG", logger="pipeline"):
        [found] = odd(files(tmp_path, "fault of secret words"))
    assert isinstance(found, ReaderFaultError)
    assert "secret" not in str(found) and "please report it" in str(found).lower()
    assert "odd_worker.py" in caplog.text


def test_a_plan_goes_to_the_worker_whole(tmp_path: Path):
    path = files(tmp_path, "password")[0].path
    plan = ReadingPlan(passwords=("o\u0308pe\u4e16n", "a\nb"))
    [found] = odd([ReadingRequest(path, "x", plan)])
    assert isinstance(found, Source) and found.text == repr(plan.passwords)


def test_stopping_early_ends_the_workers_at_once(tmp_path: Path):
    reading = read_all(files(tmp_path, "a", *["hang"] * 6), Limits(2, 600), "odd_worker")
    assert isinstance(next(reading), Source)
    started = time.monotonic()
    reading.close()
    assert time.monotonic() - started < 10


def test_a_worker_that_can_not_start_is_told_once_and_blames_no_file(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    with pytest.raises(PipelineError, match="could not be started") as caught:
        list(read_all(files(tmp_path, "a", "b"), LIMITS, "no_such_module"))
    assert not isinstance(caught.value, ExtractionError)
    assert "no_such_module" in capfd.readouterr().err


def test_a_file_that_went_away_and_one_that_may_not_be_read_are_told(tmp_path: Path):
    there, gone, folder = files(tmp_path, "Words.", "x", "x")
    gone.path.unlink()
    folder.path.unlink()
    folder.path.mkdir()
    read, absent, closed = read_all([there, gone, folder], LIMITS)
    assert isinstance(read, Source)
    assert isinstance(absent, ExtractionError) and "No such file" in absent.what
    assert isinstance(closed, ExtractionError) and closed.where == "2.txt"


@pytest.mark.skipif(not HAS_PROC, reason="needs /proc to compare with")
def test_the_size_of_a_process_is_told_by_proc_and_by_ps():
    size, resident = size_of(os.getpid())
    assert size >= resident > 10_000_000
    if shutil.which("ps"):
        assert abs(size_by_ps(os.getpid()) - resident) < 50_000_000
    assert size_of(2**22 + 1) == (0, 0)


@pytest.mark.parametrize("name", ["BACKING_WORKERS", "BACKING_SECONDS_PER_FILE"])
@pytest.mark.parametrize("value", ["0", "-1", "two", "1.5", "\u0665"])
def test_a_limit_that_is_no_number_is_told(name: str, value: str):
    with pytest.raises(InputError, match=name) as caught:
        limits_of({name: value})
    assert caught.value.remedy


def test_limits_are_as_the_environment_says():
    usual = limits_of({})
    assert 1 <= usual.workers <= 4 and usual.seconds == 120
    assert limits_of({"BACKING_WORKERS": "7"}).workers == 7
    assert limits_of({"BACKING_MEMORY_MB": "100"}).memory_bytes == 100_000_000


def test_a_run_is_told_its_limits_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("BACKING_DEVICE", "test")
    monkeypatch.setenv("BACKING_MEMORY_MB", "300")
    init(tmp_path / "study")
    corpus = tmp_path / "study" / "corpus"
    (corpus / "good.txt").write_text("The exercise deterred them.", encoding="utf-8")
    (corpus / "large.txt").write_text("word " * 5_000_000, encoding="utf-8")
    report = run(tmp_path / "study")
    assert report.counts.source_count == 1
    [line] = report.unread
    assert "corpus/large.txt: could not be read within 300 MB of memory" in line
    assert "BACKING_MEMORY_MB=600" in line


@pytest.mark.skipif(os.name == "nt", reason="on Windows time alone is bounded")
def test_where_the_system_keeps_no_limit_the_worker_is_watched(tmp_path: Path):
    requests = files(tmp_path, "swelling", "plain")
    limits = Limits(workers=1, seconds=20, memory_bytes=200_000_000)
    swollen, plain = read_all(requests, limits, "unlimited_worker")
    assert isinstance(swollen, NeededTooMuchMemoryError)
    assert isinstance(plain, Source)


# Hostile files, read together with good ones between them.

REFUSALS: dict[str, tuple[type[ExtractionError], ...]] = {
    "inflating.pdf": (ExtractionError,),
    "circular.pdf": (),
    "counting.pdf": (),
    "deep-lists.pdf": (DamagedFileError, ReaderCrashedError),
    "slow-font.pdf": (ExtractionError,),
    "vast-page.pdf": (ExtractionError,),
    "page-named.pdf": (WrongFormatError,),
    "many-pages.pdf": (ExtractionError,),
    "empty.pdf": (EmptyFileError,),
    "blank.txt": (EmptyFileError,),
    "zip-bomb.docx": (DamagedFileError, TooDemandingError),
    "lying.docx": (DamagedFileError,),
    "laughs.docx": (DamagedFileError,),
    "outside.docx": (DamagedFileError,),
    "nested.docx": (DamagedFileError,),
    "many-parts.docx": (ExtractionError,),
    "shallow.docx": (),
    "nothing.txt": (WrongFormatError,),
    "nought.vtt": (WrongFormatError,),
    "long.vtt": (TooDemandingError,),
}
MUST_REFUSE = frozenset(
    "page-named.pdf empty.pdf blank.txt zip-bomb.docx lying.docx laughs.docx outside.docx "
    "nested.docx many-parts.docx nothing.txt nought.vtt".split()
)
MUST_READ = frozenset({"shallow.docx", "circular.pdf", "counting.pdf", "deep-states.pdf"})


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Source | ExtractionError]:
    folder = tmp_path_factory.mktemp("hostile")
    good = folder / "good.txt"
    good.write_text("The exercise deterred nobody.", encoding="utf-8")
    requests = []
    for name, make in hostile.all_hostile().items():
        (folder / name).write_bytes(make())
        requests.append(ReadingRequest(folder / name, name))
        requests.append(ReadingRequest(good, f"good after {name}"))
    found = dict(zip([one.source_id for one in requests], _watched(requests), strict=True))
    shutil.rmtree(folder)
    return found


def _watched(requests: list[ReadingRequest]) -> list[Source | ExtractionError]:
    """Read them, and see that this process stays small meanwhile."""
    peak = Path("/proc/self/status")
    reset = Path("/proc/self/clear_refs")
    if HAS_PROC:
        reset.write_text("5")
    before = _peak(peak)
    found = list(read_all(requests, LIMITS))
    assert _peak(peak) - before < 300_000, "kilobytes, in the process that must not die"
    return found


def _peak(status: Path) -> int:
    if not HAS_PROC:
        return 0
    [line] = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1])


@pytest.mark.parametrize("name", list(hostile.all_hostile()))
def test_a_hostile_file_is_read_or_refused_and_its_neighbour_is_read(
    name: str, told: dict[str, Source | ExtractionError]
):
    neighbour = told[f"good after {name}"]
    assert isinstance(neighbour, Source) and neighbour.text == "The exercise deterred nobody."
    found = told[name]
    if isinstance(found, Source):
        assert name not in MUST_REFUSE
        return
    assert name not in MUST_READ, found
    assert isinstance(found, REFUSALS.get(name, (ExtractionError,)))
    assert not isinstance(found, ReaderFaultError), found
    assert found.what and found.where == name and found.remedy


def test_no_entity_brings_in_words_from_elsewhere(told: dict[str, Source | ExtractionError]):
    for name in ("laughs.docx", "outside.docx", "laughs.html"):
        found = told[name]
        assert isinstance(found, ExtractionError) or "haha" not in found.text


def test_a_real_pdf_cut_off_anywhere_is_read_or_refused(data: Path, tmp_path: Path):
    whole = (data / "pdf" / "pdflatex-4-pages.pdf").read_bytes()
    requests = []
    for number in range(1, 40):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(whole[: len(whole) * number // 40])
        requests.append(ReadingRequest(path, f"s{number}"))
    for found in read_all(requests, limits_of({})):
        assert isinstance(found, Source | DamagedFileError), found


@pytest.fixture(scope="module")
def data() -> Path:
    folder = os.environ.get("BACKING_TEST_DATA", "")
    if not folder:
        if os.environ.get("CI") == "true":
            pytest.fail("CI must set BACKING_TEST_DATA")
        pytest.skip("BACKING_TEST_DATA names no folder of real documents")
    return Path(folder)


# Passwords.

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
    [found] = read_all([ReadingRequest(path, "x")], LIMITS)
    assert isinstance(found, EncryptedFileError)


# The faces.


def test_extracting_files_goes_on_past_what_can_not_be_read(tmp_path: Path):
    (tmp_path / "a.txt").write_text("Words.", encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(hostile.all_hostile()["page-named.pdf"]())
    report = extract_files([tmp_path / name for name in ("b.pdf", "no.txt", "a.txt")], tmp_path)
    assert [path.name for path in report.written] == ["a.txt", "a.json"]
    assert len(report.unread) == 2


def test_a_script_without_a_guard_may_run_a_study(tmp_path: Path):
    (tmp_path / "a.txt").write_text("Words.", encoding="utf-8")
    script = tmp_path / "script.py"
    script.write_text(
        "from pathlib import Path\nfrom pipeline.commands import extract_files\n"
        "print(extract_files([Path('a.txt')], Path('out')).unread)\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, script.name],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("()\n", "")


# Real files with bytes changed.


def test_changed_real_files_meet_no_fault_of_ours(data: Path, tmp_path: Path):
    report = fuzz(seeds_of(data), count=300, seed=1, keep=tmp_path, limits=Limits(2, 20))
    assert report.is_good, report.summary


@pytest.mark.long
def test_many_changed_real_files_meet_no_fault_of_ours(data: Path, tmp_path: Path):
    report = fuzz(seeds_of(data), count=20_000, seed=2, keep=tmp_path, minutes=10)
    assert report.is_good, report.summary
