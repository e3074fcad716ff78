"""How a run ended: what was read, what was made, and where, for the terminal."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import printable
from pipeline.export import CARRIED_FILE
from pipeline.manifest import Counts, Manifest
from pipeline.stages import outputs_of


@dataclass(frozen=True)
class RunReport:
    """How a run ended: what was read, what was made, where."""

    is_unchanged: bool
    counts: Counts
    unread: tuple[str, ...]
    unlisted: tuple[str, ...]
    notices: tuple[str, ...]
    carried: str
    matrix: str
    report: str

    @property
    def summary(self) -> str:
        """Return the last words of a run, for the terminal."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        counts = self.counts
        if self.is_unchanged:
            yield "Nothing has changed since the last run."
        yield (
            f"{counts.source_count:,} sources read, {counts.segment_count:,} segments, "
            f"{counts.counted_segment_count:,} of them counted as evidence"
        )
        yield (
            f"{counts.coding_count:,} codings: {counts.confirmed_count:,} confirmed, "
            f"{counts.proposed_count:,} proposed, {counts.rejected_count:,} rejected, "
            f"{counts.disputed_count:,} disputed"
        )
        if counts.carried_count or counts.unplaced_count:
            yield (
                f"{counts.carried_count:,} judgments carried to a changed text or code, "
                f"{counts.unplaced_count:,} wait for a person: {self.carried}"
            )
        if self.unread:
            yield f"{len(self.unread):,} files could not be read:"
            yield from (f"  {line}" for line in self.unread)
        if self.unlisted:
            yield (
                f"{len(self.unlisted):,} files are not listed; add to study.yaml under sources "
                "(titles and dates are what the files claim: look at them):"
            )
            yield from (f"  {line}" for line in self.unlisted)
        yield from (f"Note: {notice}" for notice in self.notices)
        yield f"Matrix: {self.matrix}"
        yield f"Report: {self.report}"


def report_of(folder: Path, manifest: Manifest, *, is_unchanged: bool) -> RunReport:
    """Return how the run ended whose manifest this is."""
    out = outputs_of(folder)
    return RunReport(
        is_unchanged=is_unchanged,
        counts=manifest.counts,
        unread=tuple(
            printable(f"{one.path}: {one.what}." + (f" {one.remedy}" if one.remedy else ""))
            for one in manifest.unread
        ),
        unlisted=manifest.unlisted,
        notices=manifest.notices,
        carried=(out / CARRIED_FILE).as_posix(),
        matrix=(out / "evidence_matrix.xlsx").as_posix(),
        report=(out / "report.html").as_posix(),
    )
