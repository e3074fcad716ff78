"""Makes pipeline/extract/compounds.py: English compounds that are written with a hyphen.

    BACKING_TEST_DATA=FOLDER python tests/make_compounds.py

Counted in texts in the public domain: half of the briefings (drawn by the seed) and of the
strategies, and all United Nations speeches. The other half is kept for the measure in
tests/test_compounds.py. A word is taken if it stands three times or more with its hyphen, and
more often with it than without.
"""

import os
import random
import re
import tarfile
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "pipeline" / "extract" / "compounds.py"
WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
LEAST = 3
SEED = 3


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield name and words of all texts that may be counted."""
    for name in (
        "briefings/white_house_deterrence.tar.xz",
        "speeches/un_general_debate_1500.tar.xz",
    ):
        with tarfile.open(folder / name) as archive:
            for member in archive:
                stream = archive.extractfile(member) if member.isfile() else None
                if stream is not None:
                    yield f"{name[:4]}/{member.name}", stream.read().decode("utf-8", "replace")
    for path in sorted((folder / "strategies").glob("*.txt")):
        yield f"strategies/{path.name}", path.read_text(encoding="utf-8", errors="replace")


def parted(folder: Path) -> tuple[list[str], list[str]]:
    """Return the texts that are counted, and those kept for the measure."""
    found = sorted(texts(folder))
    own = [pair for pair in found if not pair[0].startswith("spee")]
    random.Random(SEED).shuffle(own)
    half = len(own) // 2
    speeches = [text for name, text in found if name.startswith("spee")]
    return [text for _, text in own[:half]] + speeches, [text for _, text in own[half:]]


def compounds(counted: list[str]) -> list[str]:
    """Return the compounds of some texts, sorted."""
    counts = Counter(word.lower() for text in counted for word in WORD.findall(text))
    return sorted(
        word
        for word, count in counts.items()
        if count >= LEAST
        and re.fullmatch(r"[a-z]{2,}-[a-z]{3,}", word)
        and count > counts[word.replace("-", "")]
    )


HEAD = '''"""Compounds that are written with a hyphen: made by tests/make_compounds.py, not by hand.

Counted in texts in the public domain (speeches and strategies of governments). A word torn at
a line's end after one of these first parts keeps its hyphen, where the document itself does
not say otherwise.
"""

COMPOUNDS = frozenset(
    """
'''
TAIL = '''
    """.split()
)
'''


def main() -> None:
    """Write the list."""
    counted, _ = parted(Path(os.environ["BACKING_TEST_DATA"]))
    lines = textwrap.wrap(
        " ".join(compounds(counted)), 96, break_on_hyphens=False, break_long_words=False
    )
    OUT.write_text(HEAD + "\n".join(lines) + TAIL, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
