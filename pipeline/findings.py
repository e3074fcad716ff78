"""A findings file to Findings: every fault at once, each with file, line and a hint."""

from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import CodebookError
from pipeline.finding_faults import ANY, finding_faults
from pipeline.finding_form import FileForm, FindingForm, PartForm, QueryForm, WithinForm
from pipeline.form_faults import validated
from pipeline.model.codebook import DIMENSIONS, Codebook
from pipeline.model.finding import BEARINGS, CodeTerm, Finding, Needs, Query
from pipeline.model.study import Study
from pipeline.yaml_file import Key, YamlFile, read_yaml

__all__ = ["load_findings"]


def load_findings(path: Path, book: Codebook, study: Study) -> tuple[Finding, ...]:
    """Return the findings in a file, one for each part, in file order.

    Raises
    ------
    CodebookError
        With everything that is wrong in the file, each with its line.
    """
    file = read_yaml(path, path.name, CodebookError)
    content = validated(file, FileForm, CodebookError)
    findings = tuple(_flat(file, content, book))
    faults = tuple(finding_faults(file, content, book, study))
    if faults:
        raise CodebookError(faults)
    return findings


def _flat(file: YamlFile, content: FileForm, book: Codebook) -> Iterator[Finding]:
    for i, finding in enumerate(content.findings):
        if not finding.parts:
            yield _finding(file, ("findings", i), finding, None, book)
        for j, part in enumerate(finding.parts):
            yield _finding(file, ("findings", i, "parts", j), part, finding, book)


def _finding(
    file: YamlFile, key: Key, part: PartForm, parent: FindingForm | None, book: Codebook
) -> Finding:
    supports, contradicts, qualifies = (
        tuple(
            _query(query, book, file.line((*key, bearing, i)))
            for i, query in enumerate(getattr(part, bearing))
        )
        for bearing in BEARINGS
    )
    return Finding(
        finding_id=part.id,
        statement=part.statement,
        parent_id=parent.id if parent else "",
        parent_statement=parent.statement if parent else "",
        kind=part.kind,
        wording=part.wording,
        rests_on=tuple(part.rests_on),
        supports=supports,
        contradicts=contradicts,
        qualifies=qualifies,
        needs=Needs(part.needs.sources, part.needs.source_types, tuple(part.needs.cases)),
        line=file.line((*key, "id")),
    )


def _query(query: QueryForm, book: Codebook, line: int) -> Query:
    within = query.within.sentences if isinstance(query.within, WithinForm) else query.within
    any_terms, all_terms, none_terms = (
        tuple(
            CodeTerm(term.code, _codes(term.code, book), _asserted(term.asserted)) for term in terms
        )
        for terms in (query.any, query.all, query.none)
    )
    return Query(
        any=any_terms,
        all=all_terms,
        none=none_terms,
        asserted=_asserted(query.asserted),
        within=within,
        cases=tuple(query.cases),
        source_types=tuple(query.source_types),
        note=query.note,
        line=line,
    )


def _codes(written: str, book: Codebook) -> frozenset[str]:
    if written.endswith(".*"):
        return book.descendants(written[:-2])
    return frozenset({written})


def _asserted(values: dict[str, str | list[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Lists stay lists, one value is a list of one, ``any`` is every value there is."""
    return tuple((name, _allowed(name, value)) for name, value in values.items())


def _allowed(name: str, value: str | list[str]) -> tuple[str, ...]:
    if value == ANY:
        return next((values for known, values in DIMENSIONS.items() if known == name), ())
    return (value,) if isinstance(value, str) else tuple(value)
