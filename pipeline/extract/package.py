"""ZIP packages (DOCX, ODT, EPUB, PPTX) opened with bounds: what a file claims is not believed.

Parts are inflated up to a limit each and in all, XML is parsed without entities, document types
or network.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from pipeline.errors import DamagedFileError, WrongFormatError
from pipeline.extract.file import File

# What a damaged ZIP file makes the standard reader raise.
ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    ValueError,
    RuntimeError,
    OverflowError,
    OSError,
)
_MOST_PART = 64 * 1024 * 1024
_MOST_ALL = 256 * 1024 * 1024
_MOST_ENTRIES = 20_000


class Package:
    """An open package; parts are asked for by name."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        self._inflated = 0
        self.names = frozenset(archive.namelist())

    def bytes(self, part: str) -> bytes:
        """Return a part inflated.

        Raises
        ------
        DamagedFileError
            If it is larger than a part may be, or all parts together are.
        """
        with self._archive.open(part) as stream:
            data = stream.read(_MOST_PART + 1)
        self._inflated += len(data)
        if len(data) > _MOST_PART or self._inflated > _MOST_ALL:
            raise DamagedFileError(
                f"{part} is larger than {_MOST_PART:,} bytes when unpacked, or all of it than "
                f"{_MOST_ALL:,}",
                where=self._name,
                remedy="Open it in the program that made it and save it anew.",
            )
        return data

    def xml(self, part: str) -> etree._Element:
        """Return a part parsed.

        Raises
        ------
        DamagedFileError
            If it is no XML, or declares a document type.
        """
        return parsed(self.bytes(part), part, self._name)


def parsed(data: bytes, part: str, name: str) -> etree._Element:
    """Return XML parsed without entities, document types or network.

    Raises
    ------
    DamagedFileError
        If it is no XML, or declares a document type.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as reason:
        raise DamagedFileError(
            f"{part} is no XML: {reason.msg}",
            where=name,
            remedy="Open it in the program that made it and save it.",
        ) from reason
    if root.getroottree().docinfo.internalDTD is not None:
        raise DamagedFileError(
            f"{part} declares a document type, as no such file does",
            where=name,
            remedy="Do not trust this file.",
        )
    return root


@contextmanager
def open_package(file: File, kind: str, needed: str) -> Iterator[Package]:
    """Open a package that must hold a part.

    Parameters
    ----------
    kind
        What the file should be, for messages: ``Word document``.

    Raises
    ------
    WrongFormatError, DamagedFileError
        If it is no such file, or can not be unpacked.
    """
    if file.data[:2] != b"PK":
        raise WrongFormatError(
            f"is no {kind}", where=file.name, remedy="Give it the ending of its kind."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            package = Package(archive, file.name)
            fault = _fault_of(archive.namelist())
            if fault:
                raise DamagedFileError(
                    fault,
                    where=file.name,
                    remedy="Open it in the program that made it and save it anew.",
                )
            if needed not in package.names:
                raise WrongFormatError(
                    f"is a ZIP file and no {kind}",
                    where=file.name,
                    remedy="Unpack it, or give it the ending of its kind.",
                )
            yield package
    except ZIP_FAULTS as reason:
        raise DamagedFileError(
            f"can not be unpacked: {reason}", where=file.name, remedy="Get the file again."
        ) from reason


def _fault_of(names: list[str]) -> str:
    """What is wrong with the names of the parts, empty where nothing is."""
    if len(names) > _MOST_ENTRIES:
        return f"holds {len(names):,} parts, more than {_MOST_ENTRIES:,}"
    if len(set(names)) < len(names):
        return "holds two parts of one name, so that nobody knows which is meant"
    outside = [name for name in names if name.startswith("/") or ".." in name.split("/")]
    return f"holds a part named {outside[0]!r}, outside of itself" if outside else ""
