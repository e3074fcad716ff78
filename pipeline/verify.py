"""Proof that every quotation stands in its source, read anew from the researcher's file.

Checked: the sources' files against the manifest and, read again, against the reading text;
every quotation in codings.csv, carried.csv, the pages and the workbook against that text;
every file of the outputs against the manifest; every chain of the coders' record.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.corpus import CorpusFile, corpus_files
from pipeline.errors import ExtractionError, Fault, InputError, OffsetError, RecordError
from pipeline.judging import RECORD, record_of
from pipeline.limits import limits_of
from pipeline.manifest import MANIFEST, Manifest, output_hashes, read_manifest
from pipeline.model.study import Study
from pipeline.plans import plan_of
from pipeline.quotations import quotations, workbook_rows
from pipeline.reading import ReadingRequest, read_all
from pipeline.stages import outputs_of
from pipeline.study import load_study

_WORKBOOK = "evidence_matrix.xlsx"


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What was checked and what does not hold; quotations and the record apart."""

    quotation_count: int
    source_count: int
    file_count: int
    event_count: int
    faults: tuple[Fault, ...]
    record_faults: tuple[Fault, ...]

    @property
    def exit_status(self) -> int:
        """0 if all holds, else that of a quotation, else that of the record."""
        if self.faults:
            return OffsetError.exit_status
        return RecordError.exit_status if self.record_faults else 0

    @property
    def summary(self) -> str:
        """Return what was checked, each fault on a line of its own."""
        told = [str(fault) for fault in (*self.faults, *self.record_faults)]
        verdict = "All of it holds." if not told else f"{len(told):,} do not hold:"
        return "\n".join(
            [
                f"{self.quotation_count:,} quotations in {self.source_count:,} sources, "
                f"{self.file_count:,} files of outputs, {self.event_count:,} events of the record.",
                verdict,
                *told,
            ]
        )


def verify(folder: Path) -> VerifyReport:
    """Check a study's outputs against its sources and its record.

    Raises
    ------
    InputError
        If there are no outputs to verify.
    """
    out = outputs_of(folder)
    manifest = read_manifest(out)
    if manifest is None:
        raise InputError(
            "there is no manifest to verify against",
            where=str(out / MANIFEST),
            remedy="Run `backing run` first.",
        )
    faults: list[Fault] = []
    texts = dict(_texts(folder, manifest, faults))
    faults += _file_faults(out, manifest)
    checked = 0
    for one in quotations(out):
        if isinstance(one, Fault):
            faults.append(one)
            continue
        where, source_id, start, end, found = one
        checked += 1
        text = texts.get(source_id)
        expected = None if text is None else text[start:end]
        if expected != found:
            what = f"{source_id}[{start}:{end}] is {_short(expected)}, not {_short(found)}"
            faults.append(Fault(where, what))
    faults += _workbook_faults(out, texts)
    events, record_faults = _record(folder, manifest)
    return VerifyReport(
        checked, len(texts), len(manifest.outputs), events, tuple(faults), tuple(record_faults)
    )


def _hashes(study: Study, file: CorpusFile) -> tuple[str, ...]:
    """What the manifest may say of a file: nothing where it is read with pseudonyms."""
    return ("",) if study.pseudonyms_of(file.entry) else (file.sha256,)


def _short(text: str | None) -> str:
    if text is None:
        return "nothing that can be read"
    return repr(text if len(text) <= 80 else text[:77] + "...")


def _texts(folder: Path, manifest: Manifest, faults: list[Fault]) -> Iterator[tuple[str, str]]:
    """Read each source anew; note where file or text differ from what the run saw."""
    unread = {one.path for one in manifest.unread}
    study = load_study(folder)
    files = [file for file in corpus_files(folder, study) if file.entry.path not in unread]
    read = read_all(
        [
            ReadingRequest(file.path, file.entry.source_id, plan_of(study, file.entry, os.environ))
            for file in files
        ],
        limits_of(os.environ),
    )
    for file, found in zip(files, read, strict=True):
        if manifest.inputs.get(file.entry.path) not in _hashes(study, file):
            faults.append(
                Fault(file.entry.path, "is not the file the last run read", "Run `backing run`.")
            )
        if isinstance(found, ExtractionError):
            faults.append(Fault(file.entry.path, f"can not be read any more: {found}"))
            continue
        faults += _text_faults(outputs_of(folder), file, found.text)
        yield file.entry.source_id, found.text


def _text_faults(out: Path, file: CorpusFile, text: str) -> list[Fault]:
    path = out / "text" / f"{file.entry.source_id}.txt"
    if path.is_file() and path.read_bytes() == text.encode():
        return []
    return [
        Fault(path.relative_to(out).as_posix(), f"is not the reading text of {file.entry.path}")
    ]


def _file_faults(out: Path, manifest: Manifest) -> list[Fault]:
    now = output_hashes(out)
    names = sorted(now.keys() | manifest.outputs.keys())
    return [
        Fault(name, "is missing" if name not in now else "is not what the last run wrote")
        for name in names
        if now.get(name) != manifest.outputs.get(name)
    ]


def _workbook_faults(out: Path, texts: Mapping[str, str]) -> list[Fault]:
    """Quotations of the workbook's sheets, found by their column heads."""
    faults = []
    path = out / _WORKBOOK
    if not path.is_file():
        return []
    for sheet, number, row in workbook_rows(path):
        text = texts.get(row.get("source_id", ""))
        if text is None or not row.get("start") or "quotation" not in row:
            continue
        expected = text[int(row["start"]) : int(row["end"])]
        if row["quotation"] != expected and not row["quotation"].startswith(expected[:32000]):
            faults.append(
                Fault(
                    f"{_WORKBOOK}, {sheet}, row {number}",
                    f"is {_short(expected)}, not {_short(row['quotation'])}",
                )
            )
    return faults


def _record(folder: Path, manifest: Manifest) -> tuple[int, list[Fault]]:
    if not (folder / RECORD).is_file():
        return 0, [Fault(RECORD, "is missing")] if manifest.record_heads else []
    with record_of(folder) as record:
        faults = list(record.verify())
        links = record.events()
        heads = {link.sha256 for link in links}
    faults += [
        Fault(RECORD, f"no longer holds event {head[:12]} of chain {chain!r}")
        for chain, head in sorted(manifest.record_heads.items())
        if head not in heads
    ]
    return len(links), faults
