"""Makes record.jsonl of the shipped study from tests/corpus_text/judgments.txt.

    python tests/make_record.py [STUDY]

The events are those that the reviewing page would have stored: made on the sources as they
are read now, in chains of three invented coders, at invented times.
"""

import hashlib
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.cache import Cache
from pipeline.model.judgment import Event, canonical_json
from pipeline.model.segment import Segment
from pipeline.stages import Corpus, quiet, read_corpus, read_inputs
from pipeline.store.exchange import export_lines
from pipeline.store.record import new_event_id, open_record

ROOT = Path(__file__).resolve().parent.parent
LINES = Path(__file__).parent / "corpus_text" / "judgments.txt"
BEGIN = datetime(2024, 11, 4, 9, 0, tzinfo=UTC)
VERDICTS = {"+": "present", "-": "absent", "?": "unsure"}
FORM = re.compile(
    r"(?P<coder>\w+) (?P<mark>[-+?=>~]) (?P<rest>[^|]*)\| (?P<words>[^|]+?)"
    r"(?: \| (?P<memo>.*))?"
)


@dataclass(frozen=True, slots=True)
class Maker:
    """What an event needs beside its line."""

    corpus: Corpus
    codebook: str

    def events(self) -> Iterator[Event]:
        """Yield the events of all lines in order."""
        last: dict[str, str] = {}
        lines = [one for one in LINES.read_text(encoding="utf-8").splitlines() if one[:1] != "#"]
        for number, line in enumerate(lines):
            time = BEGIN + timedelta(seconds=37 * number)
            noise = hashlib.sha256(f"{number} {line}".encode()).digest()
            event_id = new_event_id(int(time.timestamp() * 1000), noise)
            coder = line.split()[0]
            when = time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
            if line.endswith(" z"):
                event = Event(
                    event_id,
                    coder,
                    "undone",
                    target_id=last[coder],
                    happened_at=when,
                    codebook_version=self.codebook,
                )
            else:
                event = self.event(line, event_id, when)
            last[coder] = event_id
            yield event

    def event(self, line: str, event_id: str, when: str) -> Event:
        """Return the event of one line."""
        found = FORM.fullmatch(line)
        if not found:
            raise SystemExit(f"no judgment: {line!r}")
        *codes, source_id = found["rest"].split()
        source = self.corpus.by_id[source_id]
        segment = self.segment(source_id, found["words"])
        mark = found["mark"]
        kind, value = {
            "=": ("segment_completed", ""),
            "~": ("memo_written", found["memo"] or ""),
            ">": ("recoded", "".join(codes[1:])),
        }.get(mark, ("judged", VERDICTS.get(mark, "")))
        words = source.quote(segment.start, segment.end)
        return Event(
            event_id=event_id,
            coder_id=found["coder"],
            kind=kind,
            source_id=source_id,
            segment_id=segment.segment_id,
            code_id=codes[0] if codes and codes[0] != "-" else "",
            value=value,
            codebook_version=self.codebook,
            text_sha256=source.text_sha256,
            happened_at=when,
            body=canonical_json({"start": segment.start, "end": segment.end, "quotation": words}),
        )

    def segment(self, source_id: str, words: str) -> Segment:
        """Return the one segment of a source that holds some words."""
        source = self.corpus.by_id[source_id]
        holding = [
            one
            for one in self.corpus.segments_of[source_id]
            if words in source.quote(one.start, one.end)
        ]
        if len(holding) != 1:
            raise SystemExit(f"{source_id}: {len(holding)} segments hold {words!r}")
        return holding[0]


def make(study: Path) -> str:
    """Return the record as JSON Lines."""
    inputs = read_inputs(study)
    with tempfile.TemporaryDirectory() as folder:
        corpus = read_corpus(inputs, Cache(Path(folder) / "cache"), quiet)
        events = list(Maker(corpus, inputs.book.name).events())
        with open_record(Path(folder) / "record.db", "invented") as record:
            record.append(events)
            return "".join(f"{line}\n" for line in export_lines(record))


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    (folder / "record.jsonl").write_text(make(folder), encoding="utf-8", newline="\n")
