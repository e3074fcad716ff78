"""What made this run: inputs, codebook, versions, seed; and the hash of everything it wrote."""

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from pipeline import __version__
from pipeline.model.judgment import canonical_json
from pipeline.model.study import Unread

MANIFEST = "manifest.json"
_LIBRARIES = (
    "lxml",
    "numpy",
    "pandas",
    "pdfminer.six",
    "pdfplumber",
    "pillow",
    "py3langid",
    "pydantic",
    "pypdfium2",
    "python-pptx",
    "scikit-learn",
    "scipy",
    "spacy",
    "striprtf",
)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a run made, in numbers.

    Attributes
    ----------
    carried_count, unplaced_count
        Judgments made on an earlier reading text: found again in the new one, and those
        that count nowhere and wait for a person.
    """

    source_count: int
    segment_count: int
    counted_segment_count: int
    coding_count: int
    confirmed_count: int
    proposed_count: int
    rejected_count: int
    disputed_count: int
    carried_count: int
    unplaced_count: int
    pseudonymised_source_count: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """One run, as ``outputs/manifest.json`` tells it.

    Attributes
    ----------
    marking
        The highest of all that the outputs quote.
    inputs_sha256
        Of everything the outputs depend on: equal means a new run would write the same.
    inputs, outputs
        Hash of each file by its path within the study, or within ``outputs``.
    record_heads
        The last event's hash of every chain of the coders' record.
    """

    backing_version: str
    study_id: str
    marking: str
    inputs_sha256: str
    inputs: dict[str, str]
    codebook: str
    codebook_sha256: str
    language_model: str
    language_model_sha256: str
    versions: dict[str, str]
    seed: int
    record_heads: dict[str, str]
    counts: Counts
    unread: tuple[Unread, ...]
    unlisted: tuple[str, ...]
    notices: tuple[str, ...]
    outputs: dict[str, str]


def library_versions() -> dict[str, str]:
    """Return the versions that a result can depend on."""
    versions = {name: version(name) for name in _LIBRARIES}
    return versions | {"python": platform.python_version(), "backing": __version__}


def inputs_sha256(parts: Mapping[str, object]) -> str:
    """Return one hash over everything the outputs depend on."""
    return hashlib.sha256(canonical_json(dict(parts)).encode()).hexdigest()


def output_hashes(out: Path) -> dict[str, str]:
    """Return the hash of every file in ``outputs`` but caches, the manifest and its README."""
    hashes = {}
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.is_file() and not name.startswith(".") and name not in (MANIFEST, "README.md"):
            hashes[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return hashes


def write_manifest(out: Path, manifest: Manifest) -> Path:
    """Write the manifest as indented JSON with sorted keys."""
    text = json.dumps(asdict(manifest), indent=1, sort_keys=True, ensure_ascii=False)
    path = out / MANIFEST
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    return path


def read_manifest(out: Path) -> Manifest | None:
    """Return the manifest of the last run, None where there is none that this version reads."""
    path = out / MANIFEST
    if not path.is_file():
        return None
    try:
        return TypeAdapter(Manifest).validate_json(path.read_bytes())
    except ValidationError:
        return None
