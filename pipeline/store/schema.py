"""The record's tables: an append-only log of events, and small tables beside it.

Every column is Text or Integer, so that SQLite can hold the tables strict and PostgreSQL
can hold the same ones. That nothing is changed or deleted is kept by the database itself.
"""

from sqlalchemy import Column, Connection, Index, Integer, MetaData, Table, Text, UniqueConstraint

SCHEMA_VERSION = 1
metadata = MetaData()


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


events = Table(
    "event",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("event_id", Text, nullable=False, unique=True),
    Column("chain_id", Text, nullable=False),
    Column("chain_seq", Integer, nullable=False),
    Column("schema", Integer, nullable=False),
    Column("coder_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    _text("source_id"),
    _text("segment_id"),
    _text("code_id"),
    _text("target_id"),
    _text("value"),
    _text("shown"),
    _text("codebook_version"),
    _text("text_sha256"),
    _text("happened_at"),
    _text("body"),
    Column("prev_sha256", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    UniqueConstraint("chain_id", "chain_seq"),
    sqlite_strict=True,
)
Index(
    "event_place", *(events.c[n] for n in ("source_id", "segment_id", "code_id", "coder_id", "seq"))
)
Index(
    "event_target",
    events.c.target_id,
    sqlite_where=events.c.target_id != "",
    postgresql_where=events.c.target_id != "",
)
coders = Table("coder", metadata, Column("coder_id", Text, primary_key=True), sqlite_strict=True)
devices = Table("device", metadata, Column("device_id", Text, primary_key=True), sqlite_strict=True)
assignments = Table(
    "assignment",
    metadata,
    Column("source_id", Text, primary_key=True),
    Column("coder_id", Text, primary_key=True),
    sqlite_strict=True,
)
meta = Table(
    "meta", metadata, Column("name", Text, primary_key=True), _text("value"), sqlite_strict=True
)

_REFUSE = "BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END"
_TRIGGERS = (
    "CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event",
    "CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event",
    # INSERT OR REPLACE deletes past the trigger above; this one stops it before it does.
    "CREATE TRIGGER event_is_never_replaced BEFORE INSERT ON event "
    "WHEN EXISTS (SELECT 1 FROM event WHERE seq = NEW.seq OR event_id = NEW.event_id "
    "OR (chain_id = NEW.chain_id AND chain_seq = NEW.chain_seq))",
)


def create(connection: Connection) -> None:
    """Make all tables, indexes and triggers in an empty database."""
    metadata.create_all(connection)
    if connection.dialect.name == "sqlite":
        for trigger in _TRIGGERS:
            connection.exec_driver_sql(f"{trigger} {_REFUSE}")
    connection.execute(meta.insert().values(name="schema_version", value=str(SCHEMA_VERSION)))
