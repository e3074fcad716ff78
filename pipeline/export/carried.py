"""The table of judgments made on an earlier text or codebook: carried, or waiting for a person."""

from dataclasses import dataclass

from pipeline.export.bundle import Bundle
from pipeline.export.tables import Column
from pipeline.model.carrying import Excerpt, excerpt_of, span_of
from pipeline.model.judgment import Event

CARRIED_FILE = "carried.csv"
_OFFSET = "code points, end not inside"


@dataclass(frozen=True, slots=True)
class CarriedRow:
    """A judgment as it is stored, and where it stands now or why it waits."""

    origin: Event
    event: Event | None
    method: str = ""
    reason: str = ""
    note: str = ""

    @property
    def old(self) -> Excerpt:
        """Its words as the record holds them; the segment's place where it holds none."""
        start, end = span_of(self.origin.segment_id) or (0, 0)
        return excerpt_of(self.origin) or Excerpt(start, end, "")

    @property
    def new(self) -> Excerpt | None:
        """Its words in the text as it is read now, None where it was not placed."""
        return excerpt_of(self.event) if self.event else None


def carried_rows(bundle: Bundle) -> tuple[CarriedRow, ...]:
    """Return what was carried, then what waits, each in the order of the record."""
    carried = [
        CarriedRow(one.origin, one.event, one.method, "", one.note) for one in bundle.carried
    ]
    return (*carried, *(CarriedRow(one.event, None, "", one.reason) for one in bundle.unplaced))


def _new_code(row: CarriedRow) -> str:
    if row.event is None or row.event.code_id == row.origin.code_id:
        return ""
    return row.event.code_id


def _stored(column: str, name: str, kind: str, meaning: str) -> Column[CarriedRow]:
    return Column(column, kind, meaning, lambda row: getattr(row.origin, name))


CARRIED: tuple[Column[CarriedRow], ...] = (
    _stored(
        "event_id", "event_id", "id", "the event in the coders' record, which keeps it as made"
    ),
    _stored("source_id", "source_id", "id", "the source it was made on; see sources.csv"),
    _stored("code_id", "code_id", "id", "the code judged; empty for a segment read to its end"),
    Column(
        "new_code_id",
        "id",
        "the code it counts for now, where that has another id; empty where it waits",
        _new_code,
    ),
    _stored("coder", "coder_id", "id", "who judged"),
    _stored(
        "kind", "kind", "word", "judged, recoded, span_changed, segment_completed, memo_written"
    ),
    Column(
        "method",
        "word",
        "how it was found again: same words; same words, white space and hyphens apart; same "
        "words, marks apart; unique order; empty where it waits",
        lambda row: row.method,
    ),
    Column(
        "old_start",
        "integer",
        f"where its words began in the text it was made on; {_OFFSET}",
        lambda row: row.old.start,
    ),
    Column("old_end", "integer", f"where they ended; {_OFFSET}", lambda row: row.old.end),
    Column(
        "new_start",
        "integer",
        "where they begin in text/SOURCE_ID.txt; empty where it waits",
        lambda row: row.new.start if row.new else "",
    ),
    Column(
        "new_end",
        "integer",
        "where they end there; empty where it waits",
        lambda row: row.new.end if row.new else "",
    ),
    Column(
        "quotation_old", "text", "its words as the record holds them", lambda row: row.old.quotation
    ),
    Column(
        "quotation_new",
        "text",
        "the words at new_start to new_end; empty where it waits",
        lambda row: row.new.quotation if row.new else "",
    ),
    Column(
        "reason",
        "text",
        "why it waits for a person; empty where it was carried",
        lambda row: row.reason,
    ),
    Column(
        "note",
        "text",
        "what to look at though it was carried: verdicts of one coder on merged codes that differ",
        lambda row: row.note,
    ),
)
