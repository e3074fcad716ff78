"""Numbered, additive changes of the record's tables; stored events are never touched.

Version 1 is the schema itself, so there is nothing to bring up to date yet.
"""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, select

from pipeline.errors import RecordError
from pipeline.store.schema import SCHEMA_VERSION, create, meta


def migrate(engine: Engine, path: Path) -> None:
    """Bring a database to this version's schema, an empty one to begin with.

    Raises
    ------
    RecordError
        If the file is of a later version, or is some other program's database.
    """
    with engine.begin() as connection:
        found = version(connection, path)
        if found == 0:
            create(connection)
    if found > SCHEMA_VERSION:
        raise RecordError(
            f"is of version {found}, this program knows {SCHEMA_VERSION}",
            where=path.name,
            remedy="Update Backing: pip install --upgrade backing",
        )


def version(connection: Connection, path: Path) -> int:
    """Return the schema's version, 0 for an empty database."""
    names = inspect(connection).get_table_names()
    if not names:
        return 0
    if "meta" not in names or "event" not in names:
        raise RecordError(
            "is a database of something else", where=path.name, remedy="Move it aside."
        )
    row = connection.execute(select(meta.c.value).where(meta.c.name == "schema_version")).first()
    return int(row[0]) if row else 0
