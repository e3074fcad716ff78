"""The record: only added to, whole after a kill, the same wherever it is brought together."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import RecordError
from pipeline.model.judgment import EVENT_KINDS, Event
from pipeline.store.exchange import export_lines, import_lines
from pipeline.store.record import new_event_id, open_record, place_warnings, utc_now

HERE = Path(__file__).parent


def an_event(number: int, coder: str = "ana", **more: str) -> Event:
    noise = number.to_bytes(10, "big")
    return Event(
        new_event_id(number, noise),
        coder,
        "judged",
        "s",
        "s@0-5",
        "act",
        value="present",
        happened_at="2024-11-04T09:00:00.000Z",
        **more,
    )


def test_events_come_back_as_they_were_given_in_order(tmp_path: Path):
    with open_record(tmp_path / "record.db", "d1") as record:
        given_events = [an_event(i, body='{"quotation":"e\u0301 \U0001f600"}') for i in range(5)]
        record.append(given_events[:2])
        record.append(given_events[2:])
        assert [link.event for link in record.events()] == given_events
        assert [link.chain_seq for link in record.events()] == [1, 2, 3, 4, 5]
        assert record.verify() == ()


def test_the_same_event_twice_is_stored_once_and_another_content_is_refused(tmp_path: Path):
    with open_record(tmp_path / "record.db", "d1") as record:
        first = record.append([an_event(1)])
        assert record.append([an_event(1)]) == first
        with pytest.raises(RecordError, match="another content"):
            record.append([an_event(2), an_event(1, target_id="x")])
        assert len(record.events()) == 1, "a refused batch leaves nothing behind"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET value = 'absent'",
        "DELETE FROM event",
        "INSERT OR REPLACE INTO event SELECT * FROM event LIMIT 1",
        "INSERT OR REPLACE INTO event SELECT seq + 9, event_id || 'x', chain_id, chain_seq, schema,"
        " coder_id, kind, source_id, segment_id, code_id, target_id, value, shown,"
        " codebook_version, text_sha256, happened_at, body, prev_sha256, sha256 FROM event LIMIT 1",
        "REPLACE INTO event SELECT * FROM event",
    ],
)
def test_the_database_itself_refuses_every_change(tmp_path: Path, statement: str):
    path = tmp_path / "record.db"
    with open_record(path, "d1") as record:
        record.append([an_event(1), an_event(2)])
    connection = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="only added to"):
        connection.execute(statement)
    connection.close()
    with open_record(path, "d1") as record:
        assert len(record.events()) == 2
        assert record.verify() == ()


def test_a_change_past_the_triggers_is_found(tmp_path: Path):
    path = tmp_path / "record.db"
    with open_record(path, "d1") as record:
        record.append([an_event(1), an_event(2), an_event(3)])
    connection = sqlite3.connect(path)
    connection.execute("DROP TRIGGER event_is_never_changed")
    connection.execute("UPDATE event SET value = 'absent' WHERE chain_seq = 2")
    connection.commit()
    connection.close()
    with open_record(path, "d1") as record:
        assert [fault.what for fault in record.verify()] == ["has been changed since it was stored"]


def test_the_record_is_synced_to_the_disk_at_every_commit(tmp_path: Path):
    with open_record(tmp_path / "record.db", "d1") as record, record.engine.connect() as connection:
        for pragma, value in {"synchronous": 2, "journal_mode": "wal", "foreign_keys": 1}.items():
            found = connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
            assert found == value, pragma


def test_a_file_that_is_no_record_is_told_and_left_alone(tmp_path: Path):
    path = tmp_path / "record.db"
    path.write_bytes(b"not a database at all, but long enough to be looked at" * 20)
    before = path.read_bytes()
    with pytest.raises(RecordError, match="no record that can be opened"):
        open_record(path, "d1")
    assert path.read_bytes() == before
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE things (a)")
    connection.commit()
    connection.close()
    with pytest.raises(RecordError, match="database of something else"):
        open_record(other, "d1")


def test_a_record_of_a_later_version_is_not_touched(tmp_path: Path):
    path = tmp_path / "record.db"
    open_record(path, "d1").close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE meta SET value = '99' WHERE name = 'schema_version'")
    connection.commit()
    connection.close()
    with pytest.raises(RecordError, match="version 99"):
        open_record(path, "d1")


def test_a_synced_folder_gets_a_warning(tmp_path: Path):
    assert place_warnings(tmp_path / "OneDrive - Team" / "record.db")
    assert not place_warnings(tmp_path / "record.db")


@pytest.mark.parametrize("version", sorted(HERE.glob("records/*.db")), ids=lambda path: path.name)
def test_every_old_record_opens_verifies_and_is_added_to(tmp_path: Path, version: Path):
    path = tmp_path / "record.db"
    shutil.copy(version, path)
    with open_record(path, "d9") as record:
        assert record.verify() == ()
        before = record.events()
        assert {link.event.kind for link in before} == set(EVENT_KINDS)
        record.append([an_event(7_000_000)])
        assert record.events()[: len(before)] == before
        assert record.verify() == ()


def test_event_ids_sort_by_time_and_are_uuids_of_version_7():
    first, second = new_event_id(1, bytes(10)), new_event_id(2, bytes(10))
    assert first < second
    assert first[14] == "7" and first[19] in "89ab" and len(first) == 36
    assert len(utc_now()) == len("2024-11-04T09:00:00.000Z")


coders = st.sampled_from(["ana", "ben"])
histories = st.lists(
    st.tuples(coders, st.sampled_from(["d1", "d2"]), st.text(max_size=8)), max_size=12
)


@settings(max_examples=200, deadline=None)
@given(histories)
def test_bringing_together_is_the_same_in_any_order_and_twice_adds_nothing(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[str, str, str]]
):
    folder = tmp_path_factory.mktemp("merge")
    exports = {}
    for device in ("d1", "d2"):
        with open_record(folder / f"{device}.db", device) as record:
            record.append(
                [
                    an_event(n, coder, target_id=text.encode("utf-8", "replace").decode())
                    for n, (coder, at, text) in enumerate(history)
                    if at == device
                ]
            )
            exports[device] = list(export_lines(record))
    merged = []
    for order in (["d1", "d2"], ["d2", "d1"]):
        with open_record(folder / f"{'-'.join(order)}.db", "d3") as record:
            for device in order:
                report = import_lines(record, exports[device])
                assert report.faults == ()
            again = import_lines(record, exports["d1"])
            assert (again.added, again.known) == (0, len(exports["d1"]))
            assert record.verify() == ()
            merged.append(list(export_lines(record)))
    assert merged[0] == merged[1]
    assert len(merged[0]) == len(history)


def lines_of(tmp_path: Path, count: int = 6) -> list[str]:
    with open_record(tmp_path / "from.db", "d1") as record:
        record.append([an_event(i) for i in range(count)])
        record.append([an_event(100 + i, "ben") for i in range(2)])
        return list(export_lines(record))


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (lambda line: line.replace('"present"', '"absent"'), "its hash does not hold"),
        (lambda line: line[:40], "no event of a record"),
        (lambda line: "[" * 5000, "no event of a record"),
        (lambda line: '{"chain_id": 1}', "no event of a record"),
    ],
)
def test_a_spoiled_line_is_told_and_the_other_chain_goes_in(tmp_path: Path, spoil, what: str):
    lines = lines_of(tmp_path)
    lines[2] = spoil(lines[2])
    with open_record(tmp_path / "to.db", "d2") as record:
        report = import_lines(record, lines)
        assert any(what in fault.what and fault.where == "line 3" for fault in report.faults)
        chains = {link.chain_id for link in record.events()}
        assert chains == {"ana/d1", "ben/d1"}
        assert report.added == 4
        assert record.verify() == ()


def test_a_fork_is_told_and_neither_side_is_lost(tmp_path: Path):
    lines = lines_of(tmp_path, 3)
    with open_record(tmp_path / "copy.db", "d1") as record:
        import_lines(record, lines)
        record.append([an_event(50)])
        mine = record.events()
        with open_record(tmp_path / "from.db", "d1") as other:
            other.append([an_event(60)])
            report = import_lines(record, list(export_lines(other)))
        assert len(report.faults) == 1 and "forks" in report.faults[0].what
        assert record.events() == mine


WRITER = """
import sys
from pathlib import Path
from pipeline.model.judgment import Event
from pipeline.store.record import new_event_id, open_record
import secrets, time
with open_record(Path(sys.argv[1]), sys.argv[2]) as record:
    while True:
        event_id = new_event_id(time.time_ns() // 1_000_000, secrets.token_bytes(10))
        record.append([Event(event_id, "ana", "judged", value="present")])
        print(event_id, flush=True)
"""


def kill_writers(folder: Path, rounds: int, seed: int) -> tuple[int, int]:
    """Kill two writers at random moments; return acknowledged and stored events."""
    chance = random.Random(seed)
    path = folder / "record.db"
    open_record(path, "d0").close()
    told: set[str] = set()
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    for _ in range(rounds):
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", WRITER, str(path), f"d{n}"],
                stdout=subprocess.PIPE,
                text=True,
                env=environment,
            )
            for n in (1, 2)
        ]
        lines = [writer.stdout.readline() for writer in writers]
        time.sleep(chance.uniform(0.0, 0.25))
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
        for writer, line in zip(writers, lines, strict=True):
            rest = writer.stdout.read()
            told |= {one for one in (line + rest).splitlines() if len(one) == 36}
            writer.wait()
    with open_record(path, "d0") as record:
        assert record.verify() == ()
        stored = {link.event.event_id for link in record.events()}
    assert told <= stored, f"{len(told - stored)} acknowledged events are lost"
    return len(told), len(stored)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
def test_nothing_acknowledged_is_lost_when_writers_are_killed(tmp_path: Path):
    told, stored = kill_writers(tmp_path, rounds=12, seed=7)
    assert 2 * 12 <= told <= stored, "each writer is heard once before it is killed"


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
def test_nothing_acknowledged_is_lost_in_three_hundred_rounds(tmp_path: Path):
    told, stored = kill_writers(tmp_path, rounds=300, seed=8)
    assert 2 * 300 <= told <= stored
    print(f"\n600 kills, {told:,} acknowledged, {stored:,} stored, 0 lost")


def test_exported_lines_are_sorted_json_without_the_local_order(tmp_path: Path):
    for line in lines_of(tmp_path):
        content = json.loads(line)
        assert list(content) == sorted(content)
        assert "seq" not in content
