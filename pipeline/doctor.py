"""What is installed, what is missing, and the command that adds it."""

import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from pipeline.language_model import ADD_COMMAND, find_model
from pipeline.recogniser import ADD_COMMAND as TESSERACT_COMMAND
from pipeline.recogniser import find_recogniser

_PARTS = (
    ("spacy", "rules"),
    ("scikit-learn", "the classifier"),
    ("pypdfium2", "PDF"),
    ("pdfplumber", "tables of PDFs"),
    ("py3langid", "the language of a source"),
    ("python-pptx", "PPTX"),
    ("striprtf", "RTF"),
    ("lxml", "DOCX, ODT, EPUB and HTML"),
    ("pandas", "tables"),
    ("XlsxWriter", "the workbook"),
    ("SQLAlchemy", "the coders' record"),
    ("starlette", "the reviewing page"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing the program uses.

    Attributes
    ----------
    found
        Its version, empty where it is missing.
    is_needed
        Whether nothing works without it.
    add_with
        The command that adds it, where it is missing.
    """

    name: str
    used_for: str
    found: str
    is_needed: bool = True
    add_with: str = ""


def examine() -> tuple[Part, ...]:
    """Return every part with what was found of it on this machine."""
    parts = [Part("Python", "everything", platform.python_version())]
    parts += [_installed(name, used_for) for name, used_for in _PARTS]
    model = find_model()
    known = (
        "" if model is None or model.is_known else ", not a model we know: look where it is from"
    )
    parts.append(
        Part(
            "English language model",
            "rules with parts of speech and dependencies",
            f"{model}{known}" if model else "",
            is_needed=False,
            add_with="" if model else ADD_COMMAND,
        )
    )
    recogniser = find_recogniser()
    parts.append(
        Part(
            "Tesseract",
            "scanned pages",
            recogniser,
            is_needed=False,
            add_with="" if recogniser else TESSERACT_COMMAND,
        )
    )
    return tuple(parts)


def _installed(name: str, used_for: str) -> Part:
    try:
        return Part(name, used_for, version(name))
    except PackageNotFoundError:
        return Part(name, used_for, "", add_with=f"pip install {name}")
