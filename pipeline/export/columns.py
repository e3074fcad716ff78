"""The columns of every table. Other programs read them: a change is announced in the changelog."""

from pipeline.export.tables import (
    CodingRow,
    Column,
    SourceRow,
    TotalRow,
    cue_cell,
    matched_cell,
)
from pipeline.model.finding import MatrixRow

_OFFSET = "half-open range of Unicode code points into text/SOURCE_ID.txt"
_STATES = "proposed, waiting, accepted, rejected, disputed, settled or stale"


def _of(name: str, kind: str, meaning: str) -> Column[CodingRow]:
    return Column(name, kind, meaning, lambda row: getattr(row.coding, name))


def _asserted(name: str, meaning: str) -> Column[CodingRow]:
    return Column(name, "word", meaning, lambda row: getattr(row.coding.assertion, name))


CODINGS: tuple[Column[CodingRow], ...] = (
    _of("coding_id", "id", "made of segment, code, coder and origin; the same in every run"),
    _of("source_id", "id", "the source quoted; see sources.csv"),
    _of("segment_id", "id", "the segment that was judged: SOURCE@START-END"),
    _of("start", "integer", f"where the excerpt begins; {_OFFSET}"),
    _of("end", "integer", f"where the excerpt ends, not inside it; {_OFFSET}"),
    Column(
        "page",
        "integer",
        "page as a reader counts, from 1, where the excerpt begins; empty without pages",
        lambda row: row.place.page or "",
    ),
    Column(
        "page_label",
        "text",
        "what is printed as that page's number",
        lambda row: row.place.page_label,
    ),
    Column(
        "quotation",
        "text",
        "the words at start to end; empty where the text has changed since (state stale)",
        lambda row: row.quotation,
    ),
    _of("code_id", "id", "the code applied; its dots are the codebook's hierarchy"),
    _of("coder", "id", "who applied it: a person, rules, or a model"),
    _of("coder_kind", "word", "person, rule or model"),
    _of("origin_id", "id", "the rule or model; empty for a person"),
    _of("origin_sha256", "hash", "content of that rule or model when it fired"),
    Column(
        "matched_words",
        "text",
        "words that made a machine propose it, joined by ' | '; of what is inherited they stand "
        "before the excerpt",
        matched_cell,
    ),
    _of("score", "number", "a model's probability, 0 to 1; 1 for rules and persons"),
    _asserted("polarity", "affirmed or negated"),
    _asserted("certainty", "asserted, hedged or conditional"),
    _asserted("time", "current, historical or prospective"),
    _asserted("mood", "statement, prescription, question or inquiry"),
    _asserted("voice", "own or reported"),
    Column(
        "cues",
        "text",
        "the words an assertion rests on: VALUE: WORDS, by WHO SAYS IT (where one is named), "
        "over: THE STRETCH IT GOVERNS; joined by ' | '",
        cue_cell,
    ),
    _asserted(
        "method",
        "how the reach of cues was found: parse, by grammar; clause, by words and the ends of "
        "clauses; sentence, where no rule gave words",
    ),
    _of(
        "is_inherited",
        "boolean",
        "whether an earlier sentence's words speak for it; it counts only once confirmed",
    ),
    _of("speaker", "text", "who speaks, as the file writes it; empty where nobody does"),
    _of("speaker_role", "word", "the role the study gives that speaker"),
    _of("case_id", "id", "the excerpt's own case if it names or inherits one, else its source's"),
    _of("source_type", "id", "the source's type as the study has it"),
    _of("zone", "word", "what the block is: body, heading, footnote ..."),
    _of("state", "word", f"{_STATES}; accepted and settled are confirmed"),
    _of("decided_by", "list", "coders whose judgments made the state"),
    _of("decided_at", "time", "UTC, the newest of those judgments; empty where there is none"),
    _of("codebook_version", "text", "the codebook it was applied under: NAME@VERSION"),
    _of("text_sha256", "hash", "of the reading text that the offsets count in"),
)


def _entry(name: str, kind: str, meaning: str, field: str = "") -> Column[SourceRow]:
    return Column(name, kind, meaning, lambda row: getattr(row.entry, field or name))


SOURCES: tuple[Column[SourceRow], ...] = (
    _entry("source_id", "id", "the study's name for it; empty for an unlisted file not read"),
    _entry("path", "text", "the file, relative to the study's folder"),
    _entry("title", "text", "as the study has it"),
    _entry("source_type", "id", "type in the study; unknown where it does not say", "type_id"),
    _entry("date", "text", "as the study has it"),
    _entry("case_id", "id", "what the source is about"),
    _entry("marking", "text", "protective marking, as the study has it"),
    _entry("interest", "text", "what the source stands to gain, if anything"),
    _entry("cites", "list", "sources it repeats: together they are one voice"),
    _entry("restates", "list", "findings it states itself, and is not counted for"),
    _entry("is_listed", "boolean", "whether the study names the file"),
    Column(
        "is_extracted",
        "boolean",
        "whether its text could be read",
        lambda row: row.source is not None,
    ),
    Column("problem", "text", "why it could not be read", lambda row: row.problem),
    Column(
        "extractor", "text", "what read it", lambda row: row.source.extractor if row.source else ""
    ),
    Column(
        "page_count",
        "integer",
        "pages with text; empty where the format has none",
        lambda row: len({p.page for p in row.source.places if p.page}) or "" if row.source else "",
    ),
    Column(
        "character_count",
        "integer",
        "Unicode code points of the reading text",
        lambda row: len(row.source.text) if row.source else "",
    ),
    Column(
        "segment_count",
        "integer",
        "segments that are counted as evidence",
        lambda row: sum(
            segment.standing == "counted"
            for segment in row.bundle.segments_of.get(row.entry.source_id, ())
        ),
    ),
    Column("coding_count", "integer", "codings on it, in any state", lambda row: len(row.codings)),
    Column(
        "confirmed_count",
        "integer",
        "codings accepted or settled",
        lambda row: sum(coding.is_confirmed for coding in row.codings),
    ),
    Column(
        "read_share",
        "number",
        "share of its counted segments read by the coder who read most, 0 to 1",
        lambda row: row.bundle.read_shares.get(row.entry.source_id, 0.0),
    ),
    Column(
        "read_by",
        "list",
        "coders who read in it, with the segments each read: CODER=COUNT",
        lambda row: tuple(f"{c.coder_id}={c.segment_count}" for c in row.coverage),
    ),
    Column(
        "warnings",
        "list",
        "what a person should look at",
        lambda row: row.source.warnings if row.source else (),
    ),
    Column(
        "file_sha256",
        "hash",
        "of the file's bytes; empty where names in it were replaced",
        lambda row: row.source.file_sha256 if row.source else "",
    ),
    Column(
        "text_sha256",
        "hash",
        "of text/SOURCE_ID.txt",
        lambda row: row.source.text_sha256 if row.source else "",
    ),
)


def _cell(name: str, kind: str, meaning: str) -> Column[MatrixRow]:
    return Column(name, kind, meaning, lambda row: getattr(row, name))


MATRIX: tuple[Column[MatrixRow], ...] = (
    _cell("finding_id", "id", "the finding, or the part of one"),
    _cell("case_id", "id", "the case, members rolled up to it"),
    _cell("source_type", "id", "the source's type"),
    _cell("source_id", "id", "the source; see sources.csv"),
    _cell("bearing", "word", "supports, contradicts or qualifies"),
    _cell("review_state", "word", "confirmed (accepted or settled by people) or proposed"),
    _cell(
        "source_count",
        "integer",
        "1 where the source speaks for its group of dependent sources in this finding, case, "
        "bearing and state, 0 where it repeats another. Summing within those four gives "
        "independent sources; over cases, types or states it does not: see evidence_totals.csv",
    ),
    _cell("excerpt_count", "integer", "excerpts of that source"),
    _cell("coding_ids", "list", "the codings counted; see codings.csv"),
)


def _total(name: str, kind: str, meaning: str) -> Column[TotalRow]:
    return Column(name, kind, meaning, lambda row: getattr(row, name))


TOTALS: tuple[Column[TotalRow], ...] = (
    _total("finding_id", "id", "the finding, or the part of one"),
    _total("scope", "word", "all, case or source_type: what the count is over"),
    _total("case_id", "id", "the case, where scope is case"),
    _total("source_type", "id", "the source type, where scope is source_type"),
    _total("bearing", "word", "supports, contradicts or qualifies"),
    _total("review_state", "word", "confirmed, proposed or either"),
    _total("source_count", "integer", "independent voices among the sources counted, each once"),
    _total("raw_source_count", "integer", "sources, those that repeat another among them"),
    _total("excerpt_count", "integer", "excerpts"),
)
