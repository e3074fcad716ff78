"""What an export is made of: everything that is rendered, gathered and settled beforehand.

Nothing in ``export`` decides anything. States, bearings, groups and flags come in here;
what goes out is the same content as tables, a workbook and pages.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.model.carrying import Carried, Unplaced
from pipeline.model.codebook import Codebook
from pipeline.model.coding import Coding
from pipeline.model.finding import EvidenceMatrix
from pipeline.model.marking import Marking
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.model.study import UNKNOWN_TYPE, SourceEntry, Study, Unread


@dataclass(frozen=True, slots=True)
class Flag:
    """A warning about a finding: its name, and in words why it was raised."""

    name: str
    explanation: str


@dataclass(frozen=True, slots=True)
class FindingNote:
    """How the evidence for one finding stands.

    Attributes
    ----------
    balance, balance_with_proposals
        ``supported``, ``contested``, ``contradicted`` or ``nothing``; on confirmed evidence,
        and with the proposals taken in.
    """

    finding_id: str
    balance: str
    flags: tuple[Flag, ...] = ()
    balance_with_proposals: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many segments of a source one coder has read to the end."""

    source_id: str
    coder_id: str
    segment_count: int


@dataclass(frozen=True)
class Bundle:
    """One run's content, ready to be rendered.

    Attributes
    ----------
    codings
        With their states applied, rejected and stale ones among them.
    groups
        For each source the sources that are one voice with it, the voice first; one that
        is not named speaks for itself.
    carried, unplaced
        Judgments made on an earlier reading text: found again, and waiting for a person.
    notices
        What a reader must know of this run: ``no language model: 31 rules are off``.
    language_model
        The model that rules of grammar ran with; empty where there was none.
    record_heads
        Pairs of chain and hash of its last event.
    marking
        The highest marking of what is shown; the study's own where nothing is marked.
    marked
        For each source how it is marked as a whole, None where it is not.
    versions
        Pairs of part and version, as they are printed under Methods.
    """

    study: Study
    codebook: Codebook
    sources: tuple[Source, ...]
    segments: tuple[Segment, ...]
    codings: tuple[Coding, ...]
    matrix: EvidenceMatrix
    notes: tuple[FindingNote, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    carried: tuple[Carried, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    notices: tuple[str, ...] = ()
    language_model: str = ""
    record_heads: tuple[tuple[str, str], ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    marking: str = ""
    marked: Mapping[str, Marking | None] = field(default_factory=dict)

    @cached_property
    def source_by_id(self) -> Mapping[str, Source]:
        """The sources that were read, by their ids."""
        return {source.source_id: source for source in self.sources}

    @cached_property
    def coding_by_id(self) -> Mapping[str, Coding]:
        """The codings by their ids."""
        return {coding.coding_id: coding for coding in self.codings}

    @cached_property
    def note_by_id(self) -> Mapping[str, FindingNote]:
        """What was noted about each finding."""
        return {note.finding_id: note for note in self.notes}

    @cached_property
    def finding_ids(self) -> frozenset[str]:
        """The findings that have a page; the heading over several parts has none."""
        return frozenset(finding.finding_id for finding in self.matrix.findings)

    @cached_property
    def segments_of(self) -> Mapping[str, tuple[Segment, ...]]:
        """The segments of each source in reading order; a source without any is left out."""
        gathered: defaultdict[str, list[Segment]] = defaultdict(list)
        for segment in sorted(self.segments):
            gathered[segment.source_id].append(segment)
        return {source_id: tuple(segments) for source_id, segments in gathered.items()}

    @cached_property
    def codings_of(self) -> Mapping[str, tuple[Coding, ...]]:
        """The codings of each source by place; a source without any is left out."""
        gathered: defaultdict[str, list[Coding]] = defaultdict(list)
        for coding in self.sorted_codings:
            gathered[coding.source_id].append(coding)
        return {source_id: tuple(codings) for source_id, codings in gathered.items()}

    @cached_property
    def coverage_of(self) -> Mapping[str, tuple[Coverage, ...]]:
        """Who has read how much of each source; a source nobody opened is left out."""
        gathered: defaultdict[str, list[Coverage]] = defaultdict(list)
        for row in sorted(self.coverage, key=lambda row: (row.source_id, row.coder_id)):
            gathered[row.source_id].append(row)
        return {source_id: tuple(rows) for source_id, rows in gathered.items()}

    @cached_property
    def read_shares(self) -> Mapping[str, float]:
        """How much of each source the coder who read most of it has read, 0 to 1."""
        shares = {}
        for source in self.sources:
            segments = self.segments_of.get(source.source_id, ())
            countable = sum(segment.standing == "counted" for segment in segments)
            rows = self.coverage_of.get(source.source_id, ())
            most = max((row.segment_count for row in rows), default=0)
            shares[source.source_id] = min(1.0, most / max(countable, 1))
        return shares

    @cached_property
    def sorted_codings(self) -> tuple[Coding, ...]:
        """All codings by source and place, the order of every table."""
        return tuple(
            sorted(
                self.codings, key=lambda c: (c.source_id, c.start, c.end, c.code_id, c.coding_id)
            )
        )

    def marking_of(self, source_id: str) -> str:
        """Return how a source is marked, the study's marking where it is not."""
        whole = self.marked.get(source_id)
        return str(whole) if whole else self.study.marking

    def entry(self, source_id: str) -> SourceEntry:
        """Return what the study says of a source; a bare entry where it says nothing."""
        return self.study.by_id.get(source_id) or SourceEntry(source_id, path="", is_listed=False)

    def title(self, source_id: str) -> str:
        """Return a source's title, its id where it has none."""
        return self.entry(source_id).title or source_id

    def code_label(self, code_id: str) -> str:
        """Return a code's label, its id where the codebook no longer has it."""
        code = self.codebook.by_id.get(code_id)
        return code.label if code else code_id

    def case_label(self, case_id: str) -> str:
        """Return a case's label, its id where the study gives none."""
        labels = {case.case_id: case.label for case in self.study.cases}
        return labels.get(case_id) or case_id or "no case"

    def type_label(self, type_id: str) -> str:
        """Return a source type's label, its id where the study gives none."""
        labels = {kind.type_id: kind.label for kind in self.study.source_types}
        label = "type not stated" if type_id in ("", UNKNOWN_TYPE) else type_id
        return labels.get(type_id) or label

    def words(self, coding: Coding) -> Source | None:
        """Return the source a coding can be quoted from, None where its text has changed."""
        source = self.source_by_id.get(coding.source_id)
        if source is None or coding.text_sha256 not in ("", source.text_sha256):
            return None
        return source if coding.end <= len(source.text) else None
