"""The coders' record: events appended in one transaction, each tied to the one before it.

One chain for each coder and device. SQLite here: write-ahead log, full sync, writers begin
IMMEDIATE. Hashes are made once and never again; later versions only add.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, Row, create_engine, func, insert, select, text
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from pipeline.errors import Fault, RecordError
from pipeline.model.judgment import Event, Link, link_sha256
from pipeline.store.migrations import migrate
from pipeline.store.schema import coders, devices, events

__all__ = ["Record", "new_event_id", "open_record", "utc_now"]
FIRST = "0" * 64
_SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "box sync")
_FIELDS = tuple(Event.__slots__)


def utc_now() -> str:
    """Return the time as the record writes it: UTC, milliseconds, always as wide."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def new_event_id(milliseconds: int, noise: bytes) -> str:
    """Return a UUID of version 7: a time and ten bytes of chance (RFC 9562, 5.7)."""
    value = bytearray(milliseconds.to_bytes(6, "big") + noise[:10])
    value[6] = 0x70 | value[6] & 0x0F
    value[8] = 0x80 | value[8] & 0x3F
    digits = value.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def open_record(path: Path, device_id: str) -> "Record":
    """Return the record in a file, made if there is none.

    Raises
    ------
    RecordError
        If the file is no record, is damaged, or is of a later version.
    """
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    sqlalchemy_event.listen(engine, "connect", _set_pragmas)
    sqlalchemy_event.listen(engine, "begin", _begin_immediate)
    try:
        migrate(engine, path)
    except DatabaseError as reason:
        raise RecordError(
            f"is no record that can be opened: {reason.orig}",
            where=path.name,
            remedy="Move it aside, put your copy back, or import an exported record.",
        ) from reason
    return Record(engine, device_id)


def _set_pragmas(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "fullfsync=1",
        "busy_timeout=10000",
        "foreign_keys=ON",
        "recursive_triggers=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def place_warnings(path: Path) -> tuple[Fault, ...]:
    """Return a warning where a folder that a service syncs holds the record."""
    parts = [part.lower() for part in path.resolve().parts]
    if not any(name in part for part in parts for name in _SYNCED):
        return ()
    what = "lies in a folder that a service copies while it is written to"
    return (Fault(path.name, what, "Keep the study elsewhere and send exports.", is_warning=True),)


class Record:
    """An open record; leave it with ``close`` or as a context manager."""

    def __init__(self, engine: Engine, device_id: str) -> None:
        self.engine = engine
        self.device_id = device_id

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()

    def append(self, new: Sequence[Event]) -> tuple[Link, ...]:
        """Store events in one transaction and return their links.

        An event that is known already is answered with the link it has.

        Raises
        ------
        RecordError
            If an event's id is known with another content.
        """
        with self.engine.begin() as connection:
            return tuple(self._append(connection, one) for one in new)

    def _append(self, connection: Connection, event: Event) -> Link:
        known = connection.execute(
            select(events).where(events.c.event_id == event.event_id)
        ).one_or_none()
        if known is not None:
            link = as_link(known)
            if link.event != event:
                raise RecordError(
                    f"event {event.event_id} is stored with another content",
                    remedy="Reload the page and decide again.",
                )
            return link
        chain_id = f"{event.coder_id}/{self.device_id}"
        seq, head = connection.execute(
            select(events.c.chain_seq, events.c.sha256)
            .where(events.c.chain_id == chain_id)
            .order_by(events.c.chain_seq.desc())
            .limit(1)
        ).one_or_none() or (0, FIRST)
        digest = link_sha256(event, chain_id, seq + 1, head)
        link = Link(event, chain_id, seq + 1, head, digest)
        store(connection, link)
        return link

    def events(self) -> tuple[Link, ...]:
        """Return every link in the order in which this record came to know them."""
        with self.engine.begin() as connection:
            rows = connection.execute(select(events).order_by(events.c.seq)).all()
        return tuple(as_link(row) for row in rows)

    def heads(self) -> dict[str, tuple[int, str]]:
        """Return number and hash of the last event of each chain."""
        last = (
            select(events.c.chain_id, func.max(events.c.chain_seq).label("n"))
            .group_by(events.c.chain_id)
            .subquery()
        )
        found = select(events.c.chain_id, events.c.chain_seq, events.c.sha256).join(
            last,
            (events.c.chain_id == last.c.chain_id) & (events.c.chain_seq == last.c.n),
        )
        with self.engine.begin() as connection:
            rows = connection.execute(found).all()
        return {chain: (seq, digest) for chain, seq, digest in sorted(tuple(row) for row in rows)}

    def verify(self) -> tuple[Fault, ...]:
        """Return what does not hold: the database itself, then every chain from its first event."""
        with self.engine.begin() as connection:
            told = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check"))]
        faults = [Fault("record.db", line) for line in told if line != "ok"]
        return (*faults, *_chain_faults(self.events()))


def _chain_faults(links: Sequence[Link]) -> Iterator[Fault]:
    heads: dict[str, tuple[int, str]] = {}
    for link in sorted(links, key=lambda one: (one.chain_id, one.chain_seq)):
        seq, head = heads.get(link.chain_id, (0, FIRST))
        where = f"chain {link.chain_id}, event {link.chain_seq}"
        if link.chain_seq != seq + 1:
            yield Fault(where, f"comes after event {seq}: some are missing")
        elif link.prev_sha256 != head:
            yield Fault(where, "does not follow from the event before it")
        elif own_sha256(link) != link.sha256:
            yield Fault(where, "has been changed since it was stored")
        heads[link.chain_id] = (link.chain_seq, link.sha256)


def own_sha256(link: Link) -> str:
    """Return the hash that a link's content gives."""
    return link_sha256(link.event, link.chain_id, link.chain_seq, link.prev_sha256, link.schema)


def store(connection: Connection, link: Link) -> None:
    """Insert one link, its coder and device."""
    coder_id, _, device_id = link.chain_id.partition("/")
    for table, name, value in (
        (coders, "coder_id", coder_id),
        (devices, "device_id", device_id),
    ):
        column = table.c[name]
        if connection.execute(select(column).where(column == value)).first() is None:
            connection.execute(insert(table).values({name: value}))
    values = {name: getattr(link.event, name) for name in _FIELDS}
    values |= {
        "chain_id": link.chain_id,
        "chain_seq": link.chain_seq,
        "schema": link.schema,
        "prev_sha256": link.prev_sha256,
        "sha256": link.sha256,
    }
    connection.execute(insert(events).values(values))


def as_link(row: Row[tuple[object, ...]]) -> Link:
    """Return a stored row as a link."""
    content = row._mapping
    event = Event(**{name: content[name] for name in _FIELDS})
    return Link(
        event,
        str(content["chain_id"]),
        int(content["chain_seq"]),
        str(content["prev_sha256"]),
        str(content["sha256"]),
        int(content["schema"]),
    )
