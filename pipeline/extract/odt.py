"""OpenDocument text by its parts: body, notes, heads and feet apart, changes accepted."""

from collections.abc import Iterator

from lxml import etree

from pipeline.errors import EncryptedFileError
from pipeline.extract.building import Block, build, marks_apart, plain_block
from pipeline.extract.cleaning import clean
from pipeline.extract.file import File
from pipeline.extract.odt_body import OdtBody
from pipeline.extract.odt_lists import OdtLists
from pipeline.extract.odt_styles import OFFICE, STYLE, OdtStyles
from pipeline.extract.odt_words import OdtReader
from pipeline.extract.package import Package, open_package
from pipeline.extract.sections import with_sections
from pipeline.extract.turns import has_times, with_turns
from pipeline.model.source import Source
from pipeline.model.zone import ZoneKind

_MANIFEST = "META-INF/manifest.xml"


def read(file: File) -> Source:
    """Return the Source of an OpenDocument text.

    Tracked changes are read as accepted: what was deleted stands apart in such files. Hidden text
    is left out and counted.

    Raises
    ------
    EncryptedFileError, WrongFormatError, DamagedFileError
        If it needs a password, is no such document, or its parts can not be read.
    """
    with open_package(file, "OpenDocument text", "content.xml") as package:
        _check_unlocked(package, file.name)
        content = package.xml("content.xml")
        page_styles = _optional(package, "styles.xml")
        body = _body(OdtStyles.of(content, page_styles))
        root = content.find(f"{OFFICE}body")
        blocks = list(body.blocks(root)) if root is not None else []
        body.reader.remarks.close()
        margins = list(_margins(page_styles))
        proposals = list(_claims(package))
    apart = [*body.notes(), *body.unplaced()]
    blocks = with_turns(marks_apart(blocks), file.speakers)
    return build(
        file,
        list(with_sections([*margins, *blocks, *apart])),
        extractor="odt",
        has_places=has_times(blocks),
        warnings=list(_warnings(body)),
        proposals=proposals,
    )


def _body(styles: OdtStyles) -> OdtBody:
    return OdtBody(OdtReader(styles), OdtLists(styles))


def _optional(package: Package, part: str) -> etree._Element | None:
    return package.xml(part) if part in package.names else None


def _check_unlocked(package: Package, name: str) -> None:
    root = _optional(package, _MANIFEST)
    if root is not None and next(root.iter("{*}encryption-data"), None) is not None:
        raise EncryptedFileError(
            "asks for a password",
            where=name,
            remedy="Open it in the program that made it and save it without a password.",
        )


def _warnings(body: OdtBody) -> Iterator[str]:
    if body.reader.hidden_count:
        yield f"{body.reader.hidden_count} stretches of hidden text are left out"
    if body.object_count:
        yield (
            f"{body.object_count} embedded objects (formulas, charts, other documents) are not read"
        )


def _margins(page_styles: etree._Element | None) -> Iterator[Block]:
    """What stands above and below every page, each once: there a marking may stand alone."""
    if page_styles is None:
        return
    body = _body(OdtStyles.of(page_styles))
    seen: set[tuple[str, str]] = set()
    for master in page_styles.iter(f"{STYLE}master-page"):
        for node in master:
            is_foot = str(node.tag).startswith(f"{STYLE}footer")
            if not is_foot and not str(node.tag).startswith(f"{STYLE}header"):
                continue
            kind: ZoneKind = "running-foot" if is_foot else "running-head"
            for block in body.blocks(node):
                words = clean(" ".join(line.text for line in block.lines))
                if (kind, words) not in seen:
                    seen.add((kind, words))
                    is_number = not any(map(str.isalpha, words))
                    own: ZoneKind = "page-number" if is_number else kind
                    yield plain_block(own, words, "odt.margin", is_aside=True)


def _claims(package: Package) -> Iterator[tuple[str, str]]:
    root = _optional(package, "meta.xml")
    for node in root.iter() if root is not None else ():
        if isinstance(node.tag, str) and node.text:
            name = etree.QName(node).localname
            yield {"creation-date": "created"}.get(name, name), str(node.text)
