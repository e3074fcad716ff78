"""The record as JSON Lines: to keep under version control, to send, to bring together.

One event a line, keys sorted, ordered by chain, so that a later export only adds lines.
Bringing together never decides: what two coders judged differently stays as both judged.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, select

from pipeline.errors import Fault
from pipeline.model.judgment import Link, canonical_json
from pipeline.store.record import FIRST, Record, as_link, own_sha256, store
from pipeline.store.schema import events

_MOST_CHARACTERS = 1_000_000
_LINK = TypeAdapter(Link)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How an import ended: events added, events known already, lines that were refused."""

    added: int
    known: int
    faults: tuple[Fault, ...]

    @property
    def summary(self) -> str:
        """Return the counts in a sentence."""
        refused = f", {len(self.faults):,} refused" if self.faults else ""
        return f"{self.added:,} events added, {self.known:,} known already{refused}"


def export_lines(record: Record) -> Iterator[str]:
    """Yield the record's events as JSON, by chain and place, without line ends."""
    for link in sorted(record.events(), key=lambda one: (one.chain_id, one.chain_seq)):
        content = asdict(link)
        yield canonical_json(content.pop("event") | content)


def import_lines(record: Record, lines: Iterable[str]) -> ImportReport:
    """Take in exported events, all in one transaction; what is known is not doubled.

    Of a chain that forks, or whose hashes do not hold, nothing is taken from that line on;
    other chains go in.
    """
    intake = _Intake()
    with record.engine.begin() as connection:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                intake.take(connection, number, line)
    return ImportReport(intake.added, intake.known, tuple(intake.faults))


@dataclass
class _Intake:
    """What an import has done so far."""

    added: int = 0
    known: int = 0
    faults: list[Fault] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)

    def take(self, connection: Connection, number: int, line: str) -> None:
        """Store one line's event, or note why not."""
        where = f"line {number}"
        link = _parsed(line)
        if link is None:
            self.faults.append(Fault(where, "is no event of a record"))
        elif link.chain_id not in self.closed:
            fault = self._fault(connection, link)
            if fault:
                self.closed.add(link.chain_id)
                self.faults.append(
                    Fault(where, f"{fault}; nothing of {link.chain_id} from here on")
                )

    def _fault(self, connection: Connection, link: Link) -> str:
        if own_sha256(link) != link.sha256:
            return "its hash does not hold: it was changed"
        stored = connection.execute(
            select(events).where(
                events.c.chain_id == link.chain_id, events.c.chain_seq == link.chain_seq
            )
        ).one_or_none()
        if stored is not None:
            if as_link(stored).sha256 != link.sha256:
                return f"the chain forks: {stored.sha256[:12]} here, {link.sha256[:12]} there"
            self.known += 1
            return ""
        if self._head(connection, link.chain_id) != (link.chain_seq - 1, link.prev_sha256):
            return "it does not follow from the last event known of its chain"
        if link.chain_id.partition("/")[0] != link.event.coder_id:
            return "its coder is not its chain's"
        if connection.execute(
            select(events.c.seq).where(events.c.event_id == link.event.event_id)
        ).first():
            return f"event {link.event.event_id} stands in another chain"
        store(connection, link)
        self.heads[link.chain_id] = (link.chain_seq, link.sha256)
        self.added += 1
        return ""

    def _head(self, connection: Connection, chain_id: str) -> tuple[int, str]:
        if chain_id not in self.heads:
            row = connection.execute(
                select(events.c.chain_seq, events.c.sha256)
                .where(events.c.chain_id == chain_id)
                .order_by(events.c.chain_seq.desc())
                .limit(1)
            ).one_or_none()
            self.heads[chain_id] = (row[0], row[1]) if row else (0, FIRST)
        return self.heads[chain_id]


def _parsed(line: str) -> Link | None:
    if len(line) > _MOST_CHARACTERS:
        return None
    try:
        content = json.loads(line)
        if not isinstance(content, dict):
            return None
        outer = ("chain_id", "chain_seq", "prev_sha256", "sha256", "schema")
        link = {name: content.pop(name) for name in outer if name in content}
        return _LINK.validate_python(link | {"event": content}, strict=False)
    except (ValueError, ValidationError, RecursionError):
        return None
