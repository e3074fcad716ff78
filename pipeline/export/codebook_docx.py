"""A codebook for Word: parts of a package, the same bytes for the same codebook."""

import io
import re
import zipfile

from pipeline.export.pages import render
from pipeline.export.printed import PrintedBook

# Each part of the package with the template that makes it.
_PARTS = {
    "[Content_Types].xml": "docx/content_types.xml",
    "_rels/.rels": "docx/rels.xml",
    "docProps/core.xml": "docx/core.xml",
    "word/document.xml": "docx/document.xml",
    "word/_rels/document.xml.rels": "docx/document_rels.xml",
    "word/styles.xml": "docx/styles.xml",
    "word/numbering.xml": "docx/numbering.xml",
    "word/settings.xml": "docx/settings.xml",
    "word/footer1.xml": "docx/footer.xml",
}
_EPOCH = (1980, 1, 1, 0, 0, 0)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def codebook_docx(book: PrintedBook) -> bytes:
    """Return a codebook as a document for Word, with headings, links and a footer."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, template in _PARTS.items():
            part = _NOT_XML.sub(" ", render(template, book=book).decode())
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, part.encode())
    return written.getvalue()
