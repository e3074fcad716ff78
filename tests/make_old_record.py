"""Makes tests/records/v1.db: a record as version 1 writes it, which every later one opens.

    python tests/make_old_record.py

Run once for each schema that is released; what it made is never made again.
"""

from pathlib import Path

from pipeline.model.judgment import EVENT_KINDS, Event
from pipeline.store.record import new_event_id, open_record
from pipeline.store.schema import SCHEMA_VERSION

FOLDER = Path(__file__).parent / "records"


def main() -> None:
    """Write one event of each kind for two invented coders."""
    path = FOLDER / f"v{SCHEMA_VERSION}.db"
    path.unlink(missing_ok=True)
    values = {"judged": "present", "recoded": "eff.none", "memo_written": "Look again."}
    with open_record(path, "invented") as record:
        for coder in ("ana", "ben"):
            ids: list[str] = []
            for number, kind in enumerate(EVENT_KINDS):
                ids.append(new_event_id(1_700_000_000_000 + number, coder.encode() * 4))
                event = Event(
                    ids[-1],
                    coder,
                    kind,
                    "talk",
                    "talk@0-24",
                    "act.exercises",
                    target_id=ids[0] if kind == "undone" else "",
                    value=values.get(kind, ""),
                    codebook_version="deterrence@0.2.0",
                    happened_at=f"2023-11-14T22:13:{20 + number}.000Z",
                    body='{"end":24,"quotation":"Un mot de c\u00f4t\u00e9, \U0001f600.","start":0}',
                )
                record.append([event])
    with open_record(path, "invented") as record, record.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA journal_mode=DELETE")


if __name__ == "__main__":
    main()
