"""What is wrong in a findings file beyond its form: names of codes, cases, types, values."""

from collections.abc import Iterator

from pipeline.errors import Fault, did_you_mean
from pipeline.finding_form import FileForm, PartForm, QueryForm
from pipeline.model.codebook import DIMENSIONS, Codebook
from pipeline.model.finding import BEARINGS
from pipeline.model.study import Study
from pipeline.yaml_file import Key, YamlFile

ANY = "any"


def finding_faults(
    file: YamlFile, content: FileForm, book: Codebook, study: Study
) -> Iterator[Fault]:
    """Yield what is wrong in a findings file whose form is right."""
    wanted = content.codebook.partition("@")
    if wanted[0] != book.codebook_id or not book.version.startswith(wanted[2]):
        yield Fault(
            file.where(("codebook",)),
            f"written for {content.codebook!r}, not {book.name!r}",
            "Look the findings through and name the codebook they are for.",
        )
    parts: list[tuple[Key, PartForm]] = []
    for i, finding in enumerate(content.findings):
        parts.append((("findings", i), finding))
        parts += [(("findings", i, "parts", j), part) for j, part in enumerate(finding.parts)]
    ids = [part.id for _, part in parts]
    for number, (key, part) in enumerate(parts):
        if part.id in ids[:number]:
            yield Fault(file.where((*key, "id")), f"finding {part.id!r} stands twice")
        for other in part.rests_on:
            if other not in ids:
                yield Fault(
                    file.where((*key, "rests_on")),
                    f"{part.id} rests on {other!r}, which is no finding",
                    did_you_mean(other, ids),
                )
        yield from _names(file, (*key, "needs"), "cases", part.needs.cases, _cases(study))
        for bearing in BEARINGS:
            for j, query in enumerate(getattr(part, bearing)):
                yield from _query_faults(file, (*key, bearing, j), part.id, query, book, study)


def _query_faults(
    file: YamlFile, key: Key, finding_id: str, query: QueryForm, book: Codebook, study: Study
) -> Iterator[Fault]:
    if not query.any and not query.all:
        yield Fault(
            file.where(key),
            f"a query of {finding_id} names no code",
            "Give at least one under any or all.",
        )
    for name in ("any", "all", "none"):
        for i, term in enumerate(getattr(query, name)):
            yield from _term_faults(file.where((*key, name, i)), term.code, book)
            yield from _assertion_faults(file, (*key, name, i, "as"), term.asserted)
    yield from _assertion_faults(file, (*key, "as"), query.asserted)
    yield from _names(file, key, "cases", query.cases, _cases(study))
    types = [source_type.type_id for source_type in study.source_types]
    yield from _names(file, key, "source_types", query.source_types, types)


def _cases(study: Study) -> list[str]:
    return [name for c in study.cases for name in (c.case_id, c.code_id, *c.members) if name]


def _names(
    file: YamlFile, key: Key, field: str, written: list[str], known: list[str]
) -> Iterator[Fault]:
    for i, name in enumerate(written):
        if name not in known:
            hint = did_you_mean(name, known) or f"One of {', '.join(known)}."
            yield Fault(file.where((*key, field, i)), f"{name!r} is not declared in {field}", hint)


def _term_faults(where: str, written: str, book: Codebook) -> Iterator[Fault]:
    ids = list(book.by_id)
    stem = written.removesuffix(".*")
    if stem not in book.by_id:
        hint = did_you_mean(stem, ids) or f"The codes stand in {book.path}."
        yield Fault(where, f"code {written!r} is not in {book.name}", hint)
    elif stem == written and book.by_id[stem].kind == "group":
        yield Fault(where, f"{written!r} is a heading and has no codings", f"Write {written}.*")


def _assertion_faults(
    file: YamlFile, key: Key, values: dict[str, str | list[str]]
) -> Iterator[Fault]:
    for name, value in values.items():
        where = file.where((*key, name))
        known = next((v for d, v in DIMENSIONS.items() if d == name), ())
        if name == "speaker_role":
            continue
        if not known:
            names = [*DIMENSIONS, "speaker_role"]
            yield Fault(
                where,
                f"{name!r} is no dimension",
                did_you_mean(name, names) or f"One of {', '.join(names)}.",
            )
            continue
        for one in [value] if isinstance(value, str) else value:
            if one not in (*known, ANY):
                yield Fault(where, f"{one!r} is no value of {name}", f"One of {', '.join(known)}.")
