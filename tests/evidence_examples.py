"""The worked examples of finding queries (finding_queries.yaml) as sources, codings, findings.

A blank line ends a paragraph, a line "Name:" begins a turn, a sentence ends at . ? or !.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from pipeline.model.coding import Assertion, Coding
from pipeline.model.finding import BEARINGS, CodeTerm, Conflict, Evidence, Finding, Needs, Query
from pipeline.model.segment import Segment
from pipeline.model.study import Case, SourceEntry, SourceType, Study

FILE = yaml.safe_load((Path(__file__).parent / "finding_queries.yaml").read_text("utf-8"))
CASES = (*(Case(case_id, members=tuple(members)) for case_id, members in FILE["cases"].items()),)
TYPES = ("strategy", "speech", "published-interview", "interview", "literature", "field-note")
DIMENSIONS = ("polarity", "certainty", "time", "mood", "voice")


@dataclass(frozen=True)
class Example:
    """One example, built, with what must come out of it."""

    example_id: str
    wanted: dict
    texts: dict[str, str]
    study: Study
    segments: tuple[Segment, ...]
    codings: tuple[Coding, ...]
    findings: tuple[Finding, ...]

    def quotation(self, found: Evidence | Conflict) -> dict[str, str]:
        """The excerpt as the file writes it."""
        return {found.source_id: self.texts[found.source_id][found.start : found.end]}

    @property
    def expected(self) -> dict[str, dict]:
        """What must come out, by part."""
        wanted = self.wanted["expect"]
        return wanted if "parts" in self.wanted["finding"] else {"X": wanted}


def examples() -> tuple[Example, ...]:
    return tuple(_example(wanted) for wanted in FILE["examples"])


def sentences(source_id: str, text: str) -> Iterator[Segment]:
    turn = -1
    for block, paragraph in enumerate(re.finditer(r"\S(?:.|\n(?!\n))*", text)):
        position = paragraph.start()
        if name := re.match(r"\w+:\n", paragraph.group()):
            turn, position = turn + 1, position + name.end()
        for found in re.finditer(r"\S[^.?!]*[.?!]*", text[position : paragraph.end()]):
            start = position + found.start()
            yield Segment(
                source_id, start, start + len(found.group()), "sentence", block=block, turn=turn
            )


def study_of(sources: dict[str, dict]) -> Study:
    return Study(
        cases=tuple(
            Case(case.case_id, members=case.members, is_default=case.case_id == "cross")
            for case in CASES
        ),
        source_types=tuple(SourceType(type_id) for type_id in TYPES),
        sources=tuple(
            SourceEntry(source_id, "", type_id=source["type"], case_id=source["case"])
            for source_id, source in sources.items()
        ),
    )


def _example(wanted: dict) -> Example:
    texts = {source_id: source["text"] for source_id, source in wanted["sources"].items()}
    codings = tuple(
        _coding(number, given, texts[given["source"]], wanted["sources"][given["source"]])
        for number, given in enumerate(wanted["codings"])
    )
    used = {coding.code_id for coding in codings}
    parts = wanted["finding"].get("parts", [wanted["finding"]])
    return Example(
        wanted["id"],
        wanted,
        texts,
        study_of(wanted["sources"]),
        tuple(segment for i, text in texts.items() for segment in sentences(i, text)),
        codings,
        tuple(_finding(part, wanted["finding"]["id"], used) for part in parts),
    )


def _coding(number: int, given: dict, text: str, source: dict) -> Coding:
    assert text.count(given["quote"]) == 1, given
    start = text.index(given["quote"])
    end = start + len(given["quote"])
    kind = given.get("coder_kind", "person")
    return Coding(
        given["source"],
        f"{given['source']}@{start}-{end}",
        start,
        end,
        given["code"],
        given.get("coder", f"coder-{number}"),
        kind,
        origin_id="rule" if kind == "rule" else "",
        assertion=Assertion(**{d: given[d] for d in DIMENSIONS if d in given}),
        is_context=given.get("context_only", False),
        speaker_role=given.get("speaker_role", ""),
        case_id=given.get("case", source["case"]),
        source_type=source["type"],
        state=given.get("state", "accepted"),
    )


def _finding(part: dict, finding_id: str, used: set[str]) -> Finding:
    needs = part.get("needs", {})
    return Finding(
        part["id"],
        f"statement of {part['id']}",
        parent_id="" if part["id"] == finding_id else finding_id,
        kind=part["kind"],
        wording=part["wording"],
        rests_on=tuple(part.get("rests_on", ())),
        needs=Needs(
            needs.get("sources", 0), needs.get("source_types", 0), tuple(needs.get("cases", ()))
        ),
        **{
            bearing: tuple(_query(query, used) for query in part.get(bearing, ()))
            for bearing in BEARINGS
        },
    )


def _query(given: dict, used: set[str]) -> Query:
    within = given.get("within", "excerpt")
    return Query(
        *(tuple(_term(t, used) for t in given.get(name, ())) for name in ("any", "all", "none")),
        asserted=_asserted(given.get("as", {})),
        within=within["sentences"] if isinstance(within, dict) else within,
        cases=tuple(given.get("cases", ())),
        source_types=tuple(given.get("source_types", ())),
    )


def _term(given: str | dict, used: set[str]) -> CodeTerm:
    code, asserted = (given, {}) if isinstance(given, str) else (given["code"], given["as"])
    stem = code.removesuffix(".*")
    ids = {code} if stem == code else {i for i in used if i == stem or i.startswith(stem + ".")}
    return CodeTerm(code, frozenset(ids), _asserted(asserted))


def _asserted(given: dict) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (name, tuple(value) if isinstance(value, list) else (value,))
        for name, value in given.items()
    )
