"""Packages made to do harm: refused with a reason, soon, and no word lost in silence."""

import io
import warnings
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import DamagedFileError, ExtractionError, WrongFormatError
from pipeline.extract import extract

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
DOCUMENT = "word/document.xml"
WORDS = "<w:p><w:r><w:t>Words that can be read.</w:t></w:r></w:p>"
BILLION = "<!ENTITY e0 'lol'>" + "".join(
    f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 9)
)


def document(inner: str) -> str:
    return f'<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{inner}</w:body></w:document>'


def package(*parts: tuple[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, content in parts:
            archive.writestr(name, content)
    return stream.getvalue()


def typed(document_type: str, encoding: str = "utf-8", before: str = "") -> bytes:
    head = f"<?xml version='1.0' encoding='{encoding}'?>{before}"
    text = head + document_type + document(WORDS.replace("Words", "&e; words"))
    return text.encode(encoding)


PADDING = f"<!--{' ' * 5000}-->"
ENTITY = "<!DOCTYPE a [<!ENTITY e 'said'>]>"
LOCAL_FILE = "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>"
HOSTILE = {
    "a document type": package((DOCUMENT, typed(ENTITY))),
    "one behind a long comment": package((DOCUMENT, typed(ENTITY, before=PADDING))),
    "one in UTF-16": package((DOCUMENT, typed(ENTITY, "utf-16"))),
    "a file of this machine": package((DOCUMENT, typed(LOCAL_FILE, before=PADDING))),
    "entities of entities": package((DOCUMENT, typed(f"<!DOCTYPE a [{BILLION}]>"))),
    "two parts of one name": package(
        (DOCUMENT, document(WORDS)), (DOCUMENT, document(WORDS.replace("Words", "Others")))
    ),
    "a name that climbs out": package(("../../a.xml", "<a/>"), (DOCUMENT, document(WORDS))),
    "a name from the root": package(("/etc/a.xml", "<a/>"), (DOCUMENT, document(WORDS))),
    "too many parts": package(
        *((f"word/{n}", "") for n in range(20_001)), (DOCUMENT, document(WORDS))
    ),
    "a part that swells": package((DOCUMENT, b"<a>" + b" " * 70_000_000)),
    "elements a thousand deep": package((DOCUMENT, "<a>" * 1000 + "</a>" * 1000)),
    "styles that are no XML": package((DOCUMENT, document(WORDS)), ("word/styles.xml", "<a")),
}


def read(folder: Path, data: bytes) -> str:
    path = folder / "a.docx"
    path.write_bytes(data)
    return extract(path, "a").text


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_package_is_refused_with_a_reason(tmp_path: Path, name: str):
    with pytest.raises(DamagedFileError) as caught:
        read(tmp_path, HOSTILE[name])
    assert caught.value.where == "a.docx" and caught.value.remedy


def test_parts_that_swell_together_are_refused(tmp_path: Path):
    blanks = f"<b>{' ' * 9_000_000}</b>"
    heads = [(f"word/header{n}.xml", f"<a>{blanks * 7}</a>") for n in range(9)]
    with pytest.raises(DamagedFileError):
        read(tmp_path, package((DOCUMENT, document(WORDS)), *heads))


@pytest.mark.parametrize("data", [b"<html><p>Words.</p></html>", package(("content.xml", "<a/>"))])
def test_another_format_under_this_name_is_told(tmp_path: Path, data: bytes):
    with pytest.raises(WrongFormatError):
        read(tmp_path, data)


@pytest.mark.parametrize("flip", range(0, 400, 7))
def test_a_flipped_byte_gives_the_words_or_a_reason(tmp_path: Path, flip: int):
    data = bytearray(package((DOCUMENT, document(WORDS))))
    data[flip % len(data)] ^= 0xFF
    try:
        assert read(tmp_path, bytes(data))
    except ExtractionError as error:
        assert error.what and error.remedy


@pytest.mark.parametrize(
    ("opening", "closing", "depth"),
    [
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 120),
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 80),
        ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>", 80),
    ],
)
def test_words_deep_inside_are_read_once(tmp_path: Path, opening: str, closing: str, depth: int):
    text = read(tmp_path, package((DOCUMENT, document(opening * depth + WORDS + closing * depth))))
    assert text == "Words that can be read."


def test_a_text_box_in_a_cell_is_read_once(tmp_path: Path):
    box = f"<w:txbxContent>{WORDS}</w:txbxContent>"
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    held = f"<w:p><w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r></w:p>"
    table = f"<w:tbl><w:tr><w:tc>{held}</w:tc></w:tr></w:tbl>"
    assert read(tmp_path, package((DOCUMENT, document(table)))) == "Words that can be read."
