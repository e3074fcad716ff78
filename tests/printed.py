"""Pages of running text, and what the PDF reader says of them."""

from collections import deque

from sheet import Sheet

from pipeline.extract.building import Block, build
from pipeline.extract.characters import Characters
from pipeline.extract.file import File
from pipeline.extract.flow import Flow, Page, flow_of
from pipeline.extract.layout import layout_of
from pipeline.model.source import Source

PROSE = (
    "the brigade arrived in the port before the first snow fell and the mayor met it with bread "
    "while engineers measured bridges that would carry heavy lorries to the northern border and "
    "officers asked farmers about fields where tents could stand until the barracks were built "
).split()


def prose(width: int, count: int, start: int = 0) -> list[str]:
    """Lines of running text, each filled to a width in letters; the words go round."""
    made: list[str] = []
    words, number = "", start
    while len(made) < count:
        word = PROSE[number % len(PROSE)]
        if len(words) + len(word) + 1 > width:
            made.append(words)
            words = ""
        words = f"{words} {word}".strip()
        number += 1
    return made


def read(*pages: Sheet | Characters) -> Flow:
    made = [page.characters() if isinstance(page, Sheet) else page for page in pages]
    return flow_of(deque(Page(number + 1, layout_of(page)) for number, page in enumerate(made)))


def text_of(block: Block) -> str:
    return " ".join(line.text.strip() for line in block.lines)


def told(flow: Flow) -> list[tuple[str, str]]:
    """The blocks of the flow, asides left out: kind and text."""
    return [(block.kind, text_of(block)) for block in flow.blocks if not block.is_aside]


def kinds(flow: Flow, kind: str) -> list[str]:
    return [text_of(block) for block in flow.blocks if block.kind == kind]


def words_of(flow: Flow) -> list[str]:
    return " ".join(text for _, text in told(flow)).split()


def source_of(*pages: Sheet) -> Source:
    file = File("page.pdf", b"", "x", "")
    return build(file, read(*pages).blocks, extractor="pdf/pdfium", has_places=True)


def lines_of(page: Sheet | Characters) -> list[str]:
    made = page.characters() if isinstance(page, Sheet) else page
    return [text.strip() for text in layout_of(made).lines.texts]
