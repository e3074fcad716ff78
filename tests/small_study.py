"""A study of two texts and a small codebook, written into a folder."""

from pathlib import Path

STUDY = """\
schema: backing-study/1
study: {id: small, title: A small study}
codebook: codebooks/small.yaml
cases:
- {id: all, default: true}
source_types:
- {id: speech}
coders:
- {id: ana}
- {id: ben}
sources:
- {id: first, path: corpus/first.txt, type: speech}
- {id: second, path: corpus/second.txt, type: speech}
"""
HEAD = "schema: backing-codebook/1\ncodebook: {id: small, title: Small, version: 1.0.0}\ncodes:\n"
TEXTS = {
    "first.txt": (
        "The staff is too small. The staff left in spring. They deny the enemy an easy victory. "
        "The staff shares its data with allies. Nothing else was said about it.\n"
    ),
    "second.txt": (
        "The allies share data with the staff. A victory was denied them. The weather was fine. "
        "It rained on the coast.\n"
    ),
}


def code(code_id: str, *rules: tuple[str, str], more: str = "") -> str:
    """A code as it stands in a codebook file; rules are pairs of id and phrases."""
    lines = [
        f"- id: {code_id}",
        f"  label: Label of {code_id}",
        f"  definition: What {code_id} is.",
    ]
    lines += [line for line in more.splitlines() if line]
    lines += ["  rules:"] if rules else []
    for rule_id, phrases in rules:
        lines += [f"  - id: {rule_id}", "    phrases: |"]
        lines += [f"      {phrase}" for phrase in phrases.split("; ")]
    return "\n".join(lines) + "\n"


def write_book(path: Path, *codes: str, version: str = "1.0.0") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD.replace("1.0.0", version) + "".join(codes), encoding="utf-8")
    return path


def write_study(folder: Path, *codes: str) -> Path:
    """Write the study with these codes and return its codebook's path."""
    (folder / "corpus").mkdir(parents=True)
    (folder / "study.yaml").write_text(STUDY, encoding="utf-8")
    for name, text in TEXTS.items():
        (folder / "corpus" / name).write_text(text, encoding="utf-8")
    return write_book(folder / "codebooks" / "small.yaml", *codes)


def content_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
