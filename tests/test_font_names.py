"""Names of fonts as files write them, each part of a font under a tag of its own."""

from pathlib import Path

from hostile import pdf, stream
from test_review_pdf import PROSE

from pipeline.extract import extract
from pipeline.model.source import Source

SHORT = "Ships of the north"


def merged(folder: Path, tags: list[str]) -> Source:
    """Pages put together from several files: each has its own part of one font, so tagged."""
    lines = [*PROSE * 3, "", SHORT, "", *PROSE * 3]
    drawn = "".join(f"({line}) Tj T* " for line in lines).encode()
    kids = " ".join(f"{3 * n + 3} 0 R" for n in range(len(tags))).encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(tags)),
    ]
    for number, tag in enumerate(tags):
        at = 3 * number + 3
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R"
            b"/Resources<</Font<</F %d 0 R>>>>>>" % (at + 1, at + 2),
            stream(b"BT /F 11 Tf 14 TL 72 700 Td " + drawn + b"ET"),
            f"<</Type/Font/Subtype/Type1/BaseFont/{tag}+Times-Roman>>".encode(),
        ]
    path = folder / "merged.pdf"
    path.write_bytes(pdf(*objects))
    return extract(path, "x")


def test_one_font_under_many_tags_is_one_font(tmp_path: Path):
    source = merged(tmp_path, [f"ABCDE{chr(65 + n)}" for n in range(12)])
    assert not [zone for zone in source.zones if zone.kind == "heading"]


def test_a_tag_that_reads_bold_makes_no_bold_type(tmp_path: Path):
    source = merged(tmp_path, ["ABCDEF"] * 8 + ["ABBOLD"])
    assert not [zone for zone in source.zones if zone.kind == "heading"]
