"""A PDF opened by PDFium, with a password where it asks for one."""

import pypdfium2 as pdfium

from pipeline.errors import DamagedFileError, EncryptedFileError
from pipeline.extract.file import File

_PASSWORD = 4


def opened(file: File) -> tuple[pdfium.PdfDocument, str]:
    """Return the document and the password that opened it, empty where none was asked for.

    Raises
    ------
    EncryptedFileError, DamagedFileError
        If no password opens it, or it can not be opened at all.
    """
    passwords: tuple[str | None, ...] = (None, *file.plan.passwords)
    for password in passwords:
        try:
            return pdfium.PdfDocument(file.data, password=password), password or ""
        except pdfium.PdfiumError as reason:
            if getattr(reason, "err_code", 0) != _PASSWORD and "assword" not in str(reason):
                raise DamagedFileError(
                    f"can not be opened as a PDF: {_cause(file.data)}",
                    where=file.name,
                    remedy="Get the file again; it may have broken off.",
                ) from reason
    raise EncryptedFileError(
        "asks for a password"
        if len(passwords) == 1
        else f"asks for a password, and none of the {len(passwords) - 1} given opens it",
        where=file.name,
        remedy="Name the environment variable that holds it as password_env of the source in "
        "study.yaml, set BACKING_PASSWORD, or save a copy without a password.",
    )


def _cause(data: bytes) -> str:
    if b"%%EOF" not in data[-2048:]:
        return "it has no end, so it seems to be cut off"
    return "its parts do not fit together"
