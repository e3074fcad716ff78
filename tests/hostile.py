"""Files made to do harm, each by a few lines: what a reader has to survive.

``all_hostile()`` names them; each is made when its function is called.
"""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable

Make = Callable[[], bytes]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BODY = f'<w:document xmlns:w="{WORD}"><w:body>%s</w:body></w:document>'
_TEXT = b"BT /F 12 Tf 72 700 Td (The exercise deterred nobody.) Tj ET"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def pdf(*objects: bytes) -> bytes:
    """A PDF of numbered objects with a table of their places; the first is its root."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n" % size
        + rows
        + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    )


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n" % (len(data), entries) + data + b"\nendstream"


def page(entries: bytes = b"", box: bytes = b"[0 0 612 792]", contents: bytes = b"4 0 R") -> bytes:
    names = b"<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>"
    head = b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents %s" % (box, contents)
    return head + b"/Resources%s%s>>" % (names, entries)


def one_page(
    text: bytes = _TEXT,
    *more: bytes,
    entries: bytes = b"",
    box: bytes = b"[0 0 612 792]",
    tree: bytes = b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    font: bytes = _FONT,
) -> bytes:
    catalog = b"<</Type/Catalog/Pages 2 0 R>>"
    return pdf(catalog, tree, page(entries, box), stream(text), font, *more)


def inflating_pdf(size: int = 1_000_000_000) -> bytes:
    """2 KB that inflate to a gigabyte of blanks, packed twice."""
    packer = zlib.compressobj(9)
    blanks = b" " * 1_000_000
    once = b"".join(packer.compress(blanks) for _ in range(size // len(blanks))) + packer.flush()
    packed = stream(zlib.compress(once, 9), b"/Filter[/FlateDecode/FlateDecode]")
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", tree, page(), packed, _FONT)


def many_pages_pdf(count: int = 5000) -> bytes:
    kids = b" ".join(b"%d 0 R" % (number + 5) for number in range(1, count + 1))
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return one_page(_TEXT, *[page()] * count, tree=tree)


def cmap_font() -> tuple[bytes, bytes]:
    """A font whose table of characters claims every code a thousand times, and calls itself."""
    ranges = b"100 beginbfrange\n" + b"<0000> <ffff> <0000>\n" * 100 + b"endbfrange\n"
    table = b"/Again usecmap\nbegincmap\n1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    table += ranges * 10 + b"endcmap"
    font = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[7 0 R]"
    font += b"/ToUnicode 6 0 R>>"
    return font, stream(table, b"/UseCMap 6 0 R")


def hostile_pdfs() -> dict[str, Make]:
    font, table = cmap_font()
    below = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<<>>>>"
    forms = b"<</Length 5/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"
    return {
        "inflating.pdf": inflating_pdf,
        "circular.pdf": lambda: one_page(tree=b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>"),
        "counting.pdf": lambda: one_page(tree=b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"),
        "vast-page.pdf": lambda: one_page(box=b"[0 0 1e30 1e30]"),
        "not-a-number.pdf": lambda: one_page(box=b"[0 0 nan 1" + b"0" * 400 + b"]"),
        "many-pages.pdf": many_pages_pdf,
        "deep-lists.pdf": lambda: one_page(entries=b"/Deep" + b"[" * 50_000 + b"]" * 50_000),
        "deep-entries.pdf": lambda: one_page(
            entries=b"/D" + b"<</D" * 50_000 + b" 1" + b">>" * 50_000
        ),
        "deep-states.pdf": lambda: one_page(b"q " * 200_000 + _TEXT),
        "own-form.pdf": lambda: one_page(_TEXT + b" /X Do", forms + b">>stream\n/X Do\nendstream"),
        "slow-font.pdf": lambda: one_page(b"BT /F 9 Tf <00410042> Tj ET", table, below, font=font),
        "crowded-line.pdf": lambda: one_page(b"BT /F 1 Tf 0 0 Td " + b"(ab) Tj " * 60_000 + b"ET"),
        "page-named.pdf": lambda: b"<!doctype html><html><body><p>No PDF at all.</p></body></html>",
        "wrong-end.pdf": lambda: one_page()[:-40] + b"startxref\n99999999999999999999\n%%EOF",
    }


def package(parts: Iterable[tuple[str, str | bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def word(document: str | bytes) -> bytes:
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return package([("[Content_Types].xml", types), ("word/document.xml", document)])


def laughs(levels: int = 12) -> str:
    """An entity of entities of entities: a billion laughs."""
    lines = ["<!ENTITY e0 'ha'>"]
    lines += [f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, levels)]
    text = f"<w:p><w:r><w:t>&e{levels - 1};</w:t></w:r></w:p>"
    return f"<!DOCTYPE d [{''.join(lines)}]>" + _BODY % text


def lying_package() -> bytes:
    """A part that says it is 10 bytes long and unpacks to 200 MB."""
    whole = bytearray(word(b"<a>" + b" " * 200_000_000 + b"</a>"))
    real = (200_000_007).to_bytes(4, "little")
    return bytes(whole.replace(real, (10).to_bytes(4, "little")))


def hostile_packages() -> dict[str, Make]:
    outside = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    run = "<w:p><w:r><w:t>%s</w:t></w:r></w:p>"
    deep = "<w:ins>" * 100_000 + run % "deep" + "</w:ins>" * 100_000
    return {
        "zip-bomb.docx": lambda: word(b"<a>" + b" " * 500_000_000 + b"</a>"),
        "lying.docx": lying_package,
        "laughs.docx": lambda: word(laughs()),
        "outside.docx": lambda: word(outside + _BODY % (run % "&x;")),
        "nested.docx": lambda: word(_BODY % deep),
        "shallow.docx": lambda: word(_BODY % ("<w:ins>" * 200 + run % "words" + "</w:ins>" * 200)),
        "many-parts.docx": lambda: package((f"word/{n}.xml", "") for n in range(40_000)),
        "nested.html": lambda: b"<div>" * 100_000 + b"words" + b"</div>" * 100_000,
        "attributes.html": lambda: (
            b"<p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">words"
        ),
        "laughs.html": lambda: laughs().encode(),
    }


def long_cues(count: int = 800_000) -> bytes:
    """A recording of nine days: 45 MB."""
    cue = "{0:02d}:{1:02d}:{2:02d}.000 --> {0:02d}:{1:02d}:{2:02d}.900\n<v Ana>Word {3} of it.\n\n"
    cues = (cue.format(n // 3600, n // 60 % 60, n % 60, n) for n in range(count))
    return ("WEBVTT\n\n" + "".join(cues)).encode()


def hostile_texts() -> dict[str, Make]:
    return {
        "long.vtt": long_cues,
        "one-line.txt": lambda: b"The exercise deterred nobody and it went on. " * 400_000,
        "one-word.txt": lambda: b"a" * 20_000_000,
        "stars.md": lambda: b"*" * 300_000,
        "brackets.md": lambda: b"[" * 100_000 + b"](" * 100_000,
        "nothing.txt": lambda: b"\0" * 5_000_000,
        "nought.vtt": lambda: b"WEBVTT\n\n" + b"\0" * 100_000,
        "quotes.md": lambda: b"> " * 200_000 + b"words",
        "arrows.vtt": lambda: b"WEBVTT\n\n" + b"00:00:01.000 --> " * 100_000,
        "accents.txt": lambda: b"e" + "\u0301".encode() * 500_000,
        "empty.pdf": lambda: b"",
        "blank.txt": lambda: b" \n" * 1_000_000,
    }


def all_hostile() -> dict[str, Make]:
    return hostile_pdfs() | hostile_packages() | hostile_texts()
