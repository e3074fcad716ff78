"""Each file is read by a worker that can not take the run down, whatever is in the file."""

import os
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import hostile
import pytest
from fuzz_extract import fuzz, seeds_of
from fuzz_seeds import made_seeds
from odd_worker import SLOW

from pipeline.commands import run
from pipeline.errors import (
    DamagedFileError,
    EmptyFileError,
    ExtractionError,
    NeededTooMuchMemoryError,
    PipelineError,
    ReaderCrashedError,
    ReaderFaultError,
    TooDemandingError,
    TookTooLongError,
    WrongFormatError,
)
from pipeline.limits import Limits, limits_of
from pipeline.model.reading import ReadingPlan
from pipeline.model.source import Source
from pipeline.newstudy import init
from pipeline.reader_process import size_by_ps, size_of
from pipeline.reading import ReadingRequest, read_all

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


def begun(request: ReadingRequest) -> list[float]:
    """When each reading of a file began, on the clock that all processes share."""
    lines = request.path.with_suffix(".begun").read_text(encoding="utf-8").splitlines()
    return [float(line) for line in lines]


def test_a_file_that_took_its_time_is_not_read_again_and_one_that_crashed_is_once(tmp_path: Path):
    requests = files(tmp_path, "hang", "abort", "plain")
    late, _, _ = odd(requests)
    assert [len(begun(one)) for one in requests] == [1, 2, 1]
    assert isinstance(late, TookTooLongError) and late.remedy.endswith("_PER_FILE=15")


@pytest.mark.skipif(os.name == "nt", reason="the clock of all processes is Linux's and macOS's")
def test_a_file_is_read_again_while_no_other_is_read(tmp_path: Path):
    requests = files(tmp_path, "abort", *["slow"] * 3)
    odd(requests, Limits(2, 60))
    again = begun(requests[0])[1]
    for other in requests[1:]:
        [began] = begun(other)
        assert not began <= again < began + SLOW


def test_the_words_of_a_refusal_are_bounded(tmp_path: Path):
    [found] = odd(files(tmp_path, "wordy"))
    assert isinstance(found, EmptyFileError) and len(found.what) == 2000


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


# Real files with bytes changed.


def test_changed_real_files_meet_no_fault_of_ours(data: Path, tmp_path: Path):
    seeds = [*seeds_of(data), *made_seeds(tmp_path)]
    report = fuzz(seeds, count=300, seed=1, keep=tmp_path, limits=Limits(2, 20))
    assert report.is_good, report.summary


@pytest.mark.long
def test_many_changed_real_files_meet_no_fault_of_ours(data: Path, tmp_path: Path):
    seeds = [*seeds_of(data), *made_seeds(tmp_path)]
    report = fuzz(seeds, count=20_000, seed=2, keep=tmp_path, minutes=10)
    assert report.is_good, report.summary
