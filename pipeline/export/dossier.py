"""A page per finding: what speaks against it first, each excerpt with everything behind it."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.export.addresses import finding_file, text_href
from pipeline.export.bundle import Bundle, FindingNote
from pipeline.export.excerpts import Excerpt, Stretch, evidence_excerpt, place_words, stretches
from pipeline.export.grid import FindingBand, independent_count
from pipeline.export.pages import render
from pipeline.export.placement import Placement
from pipeline.model.finding import Bearing, Conflict, Evidence, Finding

ORDER: tuple[Bearing, ...] = ("contradicts", "qualifies", "supports")


@dataclass(frozen=True, slots=True)
class Item:
    """One excerpt on the page; ``begins`` are the runs that open with it, the widest first."""

    evidence: Evidence
    excerpt: Excerpt
    begins: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Section:
    """The excerpts of one bearing on this page, of how many in all."""

    bearing: Bearing
    items: tuple[Item, ...]
    excerpt_count: int
    page: int
    page_files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """One thing a finding asks for: how much, how much there is, and with the proposals."""

    what: str
    asked: int
    confirmed: int
    with_proposals: int

    @property
    def is_met(self) -> bool:
        """Whether confirmed evidence alone is enough."""
        return self.confirmed >= self.asked


@dataclass(frozen=True, slots=True)
class ConflictItem:
    """An excerpt held back because it bears on the finding in several ways."""

    conflict: Conflict
    words: tuple[Stretch, ...]
    place: str
    href: str


def finding_pages(
    bundle: Bundle, placement: Placement, band: FindingBand
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of one finding: the first page, then further pages of long bearings."""
    finding = band.finding
    finding_id = finding.finding_id
    shared = {
        "bundle": bundle,
        "finding": finding,
        "band": band,
        "note": finding_note(bundle, finding_id),
    }
    first = render(
        "finding.html",
        sections=tuple(section(bundle, placement, finding, bearing, 1) for bearing in ORDER),
        needs=needs(bundle, finding),
        conflicts=conflict_items(bundle, finding_id),
        is_first=True,
        **shared,
    )
    yield finding_file(finding_id), first
    for bearing in ORDER:
        for number in range(2, placement.page_count(finding_id, bearing) + 1):
            sections = (section(bundle, placement, finding, bearing, number),)
            nothing: dict[str, object] = {"needs": (), "conflicts": (), "is_first": False}
            page = render("finding.html", sections=sections, **nothing, **shared)
            yield finding_file(finding_id, bearing, number), page


def section(
    bundle: Bundle, placement: Placement, finding: Finding, bearing: Bearing, number: int
) -> Section:
    """Return one page's share of the excerpts of one bearing."""
    run = placement.runs.get((finding.finding_id, bearing), ())
    shown = placement.page(finding.finding_id, bearing, number)
    first = (number - 1) * placement.page_size
    begun = set(placement.anchors(run[first - 1])) if first else set()
    items = []
    for evidence in shown:
        anchors = placement.anchors(evidence)
        begins = tuple(anchor for anchor in anchors if anchor not in begun)
        begun = set(anchors)
        items.append(item(bundle, evidence, begins))
    pages = range(1, placement.page_count(finding.finding_id, bearing) + 1)
    files = tuple(finding_file(finding.finding_id, bearing, page) for page in pages)
    return Section(bearing, tuple(items), len(run), number, files)


def item(bundle: Bundle, evidence: Evidence, begins: tuple[str, ...] = ()) -> Item:
    """Return one excerpt with its words and the address of its words in the source."""
    href = text_href(evidence.source_id, evidence.coding_ids[0])
    return Item(evidence, evidence_excerpt(bundle, evidence), begins, href)


def needs(bundle: Bundle, finding: Finding) -> tuple[Need, ...]:
    """Return what a finding asks for and what supports it has, on the confirmed layer first."""
    rows = [
        row
        for row in bundle.matrix.rows
        if (row.finding_id, row.bearing) == (finding.finding_id, "supports")
    ]
    confirmed = [row for row in rows if row.review_state == "confirmed"]
    layers = (confirmed, rows)
    asked = []
    if finding.needs.source_count:
        have = [independent_count(bundle, own) for own in layers]
        asked.append(Need("independent sources", finding.needs.source_count, *have))
    if finding.needs.source_type_count:
        have = [len({row.source_type for row in own}) for own in layers]
        asked.append(Need("source types", finding.needs.source_type_count, *have))
    for case_id in finding.needs.cases:
        cases = [[row for row in own if row.case_id == case_id] for own in layers]
        have = [independent_count(bundle, own) for own in cases]
        asked.append(Need(f"source for {bundle.case_label(case_id)}", 1, *have))
    return tuple(asked)


def conflict_items(bundle: Bundle, finding_id: str = "") -> tuple[ConflictItem, ...]:
    """Return the conflicts of one finding, or of all."""
    return tuple(
        ConflictItem(
            conflict,
            stretches(source, conflict.start, conflict.end, ()),
            place_words(source, conflict.start, conflict.end),
            text_href(conflict.source_id, conflict.coding_ids[0]),
        )
        for conflict in bundle.matrix.conflicts
        if finding_id in ("", conflict.finding_id)
        for source in (bundle.source_by_id[conflict.source_id],)
    )


def finding_note(bundle: Bundle, finding_id: str) -> FindingNote:
    """Return what was noted about a finding; a note without flags where nothing was."""
    return bundle.note_by_id.get(finding_id) or FindingNote(finding_id, balance="not weighed")
