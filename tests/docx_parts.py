"""Word documents made of single parts, and what is read from them."""

import zipfile
from pathlib import Path

from source_invariants import holds

from pipeline.extract import extract
from pipeline.model.source import Source

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def part(name: str, inner: str) -> str:
    spaces = f'xmlns:w="{W}" xmlns:mc="{MC}" xmlns:m="{M}"'
    return f'<?xml version="1.0"?><w:{name} {spaces}>{inner}</w:{name}>'


def p(inner: str, style: str = "", more: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{inner}</w:p>"


def r(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(list_id: int, depth: int, text: str) -> str:
    number = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return f"<w:p><w:pPr>{number}</w:pPr>{r(text) if text else ''}</w:p>"


def row(*cells: str, look: str = "") -> str:
    return f"<w:tr><w:trPr>{look}</w:trPr>{''.join(cells)}</w:tr>"


def tc(inner: str, look: str = "") -> str:
    inside = inner if inner.startswith("<") else p(r(inner))
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{inside}</w:tc>"


def control(inner: str, look: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{look}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def style(name: str, inner: str = "", kind: str = "paragraph", based_on: str = "") -> str:
    parent = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    named = f'<w:name w:val="{name}"/>'
    style_id = name.replace(" ", "")
    return f'<w:style w:type="{kind}" w:styleId="{style_id}">{named}{parent}{inner}</w:style>'


def written(folder: Path, body: str, **parts: str) -> Path:
    path = folder / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", part("document", f"<w:body>{body}</w:body>"))
        for name, content in parts.items():
            package.writestr(f"word/{name}.xml", content)
    return path


def read(folder: Path, body: str, **parts: str) -> Source:
    source = extract(written(folder, body, **parts), "a")
    holds(source)
    return source


def told(source: Source) -> list[tuple[str, str]]:
    return [(zone.kind, zone.aside or source.text[zone.start : zone.end]) for zone in source.zones]


def lines(source: Source) -> list[str]:
    return source.text.split("\n\n")
