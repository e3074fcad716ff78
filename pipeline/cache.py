"""What stages have made before, kept under outputs/.cache by what it was made from.

A key is the hash of everything that decides the content, so an entry is right or absent.
JSON checked on reading, never pickle; deleting the folder costs time and nothing else.
"""

import functools
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from pipeline.manifest import library_versions
from pipeline.model.judgment import canonical_json

Made = TypeVar("Made")


def key_of(*parts: object) -> str:
    """Return the hash of strings, numbers and lists of them."""
    return hashlib.sha256(canonical_json(list(parts)).encode()).hexdigest()


@functools.cache
def program_sha256(*parts: str) -> str:
    """Return the hash of the program's own files that a stage is made of: its version."""
    root = Path(__file__).parent
    digest = hashlib.sha256()
    for part in parts:
        for path in sorted(
            (root / part).rglob("*.py") if (root / part).is_dir() else [root / part]
        ):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0")
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


@functools.cache
def stage_sha256(*parts: str) -> str:
    """Return the hash of what a stage is: its own files, and the libraries it may call."""
    return key_of(program_sha256(*parts), library_versions())


class Cache:
    """A folder of entries; ``prune`` deletes those this run did not use.

    One that is only looked at gives what is there and changes nothing.
    """

    def __init__(self, folder: Path, *, is_only_looked_at: bool = False) -> None:
        self._folder = folder
        self._is_only_looked_at = is_only_looked_at
        self._used: set[str] = set()

    def get_or_make(
        self, kind: str, key: str, adapter: TypeAdapter[Any], make: Callable[[], Made]
    ) -> Made:
        """Return the entry of that key, made and kept if it is not there or can not be read."""
        kept: Made | None = self.get(kind, key, adapter)
        if kept is not None:
            return kept
        made = make()
        self.keep(kind, key, adapter, made)
        return made

    def get(self, kind: str, key: str, adapter: TypeAdapter[Any]) -> Any:  # noqa: ANN401
        """Return the entry of that key, None if it is not there or can not be read."""
        path = self._path(kind, key)
        if not path.is_file():
            return None
        try:
            return adapter.validate_json(path.read_bytes())
        except ValidationError:
            self.drop(kind, key)
            return None

    def keep(self, kind: str, key: str, adapter: TypeAdapter[Any], made: object) -> None:
        """Write an entry, whole or not at all."""
        if self._is_only_looked_at:
            return
        path = self._path(kind, key)
        path.parent.mkdir(parents=True, exist_ok=True)
        waiting = path.with_suffix(f".{os.getpid()}.tmp")
        waiting.write_bytes(adapter.dump_json(made))
        waiting.replace(path)

    def drop(self, kind: str, key: str) -> None:
        """Delete an entry that may no longer be held."""
        if self._is_only_looked_at:
            return
        self._path(kind, key).unlink(missing_ok=True)

    def spare(self, kind: str, key: str) -> None:
        """Let an entry stand that this run had no need to read."""
        self._path(kind, key)

    def prune(self) -> None:
        """Delete every entry that was not asked for, so that the folder stays bounded."""
        for path in self._folder.glob("*/*"):
            if path.name not in self._used:
                path.unlink()

    def _path(self, kind: str, key: str) -> Path:
        name = f"{key}.json"
        self._used.add(name)
        return self._folder / kind / name
