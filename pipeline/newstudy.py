"""A new study from the shipped templates, ready to run."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pipeline.errors import InputError

CODEBOOKS = ("deterrence.yaml", "deterrence.findings.yaml", "codebook.schema.json", "README.md")


def init(folder: Path) -> tuple[Path, ...]:
    """Make a study in ``folder`` and return the files written.

    Raises
    ------
    InputError
        If something stands there already that would be written over.
    """
    wanted = {folder / "study.yaml": files("pipeline") / "templates" / "study.yaml"}
    wanted |= {folder / "codebooks" / name: _codebook(name) for name in CODEBOOKS}
    wanted |= {folder / "corpus" / "README.md": files("pipeline") / "templates" / "corpus.md"}
    for path in wanted:
        if path.exists():
            raise InputError(
                "stands there already", where=str(path), remedy="Name an empty folder."
            )
    for path, template in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(template.read_bytes())
    return tuple(wanted)


def _codebook(name: str) -> Traversable:
    """The codebook in the installed package, or in the checkout it is built from."""
    shipped = files("pipeline") / "templates" / "codebooks" / name
    return shipped if shipped.is_file() else files("pipeline").joinpath("..", "codebooks", name)
