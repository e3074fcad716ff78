"""Any words in any part of a package, message or RTF: a Source that holds, or a told error."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from source_invariants import holds

from pipeline.errors import ExtractionError
from pipeline.extract import extract

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
ODT = (
    f'<o:document-content xmlns:o="{OFFICE}office:1.0" xmlns:t="{OFFICE}text:1.0" '
    f'xmlns:b="{OFFICE}table:1.0"><o:body><o:text>%s</o:text></o:body></o:document-content>'
)
CONTAINER = '<container><rootfiles><rootfile full-path="o"/></rootfiles></container>'
OPF = (
    '<package><manifest><item id="a" href="c" media-type="application/xhtml+xml"/></manifest>'
    '<spine><itemref idref="a"/></spine></package>'
)
TAGS = ["t:p", "t:h", "t:list", "t:list-item", "b:table", "b:table-row", "b:table-cell", "t:span"]
TAGS += ["t:note", "t:note-body", "t:note-citation", "o:annotation", "t:s", "t:tab", "t:line-break"]
TAGS += ["t:tracked-changes", "t:deletion", "t:soft-page-break", "b:covered-table-cell"]
HTML = ["<p>", "</p>", "<table>", "<tr>", "<td colspan=9>", "<th>", "</table>", "<ol>", "<li>"]
HTML += [
    "<div>",
    "</div>",
    "<sup>",
    "<a href='#n'>",
    "</a>",
    "<aside id=n>",
    "<br>",
    "<h2>",
    "&#0;",
]
WORDS = st.text("ab. 1|*\u00e9\u0301\u05d0\U0001f600", max_size=8)
RTF = ["{", "}", "\\par ", "\\'e9", "\\u233?", "\\cell ", "\\row ", "\\trowd ", "\\tab ", "\\bin3 "]
RTF += ["\\footnote ", "{\\*\\x ", "\\uc2 ", "\\u-10179?", "\\\\", "\\b ", "\\fonttbl ", "\n"]
MAIL = ["Subject: ", "From: ", "\n", "\n\n", "> ", "Content-Type: multipart/mixed; boundary=b\n"]
MAIL += ["--b\n", "--b--\n", "Content-Type: text/html\n", "Content-Type: message/rfc822\n", "-- \n"]
MAIL += ["Content-Transfer-Encoding: base64\n", "=?utf-8?q?a?=", "Date: 1 May 2024\n", "charset=x"]


def zipped(**parts: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for name, text in parts.items():
            package.writestr(name.replace("__", "/"), text.encode("utf-8", "replace"))
    return held.getvalue()


def trees(tags: list[str]) -> st.SearchStrategy[str]:
    def around(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        several = st.lists(inside, max_size=4).map("".join)
        number = st.sampled_from(["", ' b:number-columns-repeated="9"', ' t:outline-level="x"'])
        made = st.tuples(st.sampled_from(tags), number, several)
        return made.map(lambda one: f"<{one[0]}{one[1]}>{one[2]}</{one[0]}>")

    leaf = WORDS | WORDS.map(lambda words: f"<t:p>We {words}<t:s/>waited</t:p>")
    return st.recursive(leaf, around, max_leaves=12)


def of(pieces: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces) | WORDS, max_size=25).map("".join)


FILES = {
    ".odt": trees(TAGS).map(lambda inside: zipped(**{"content.xml": ODT % inside})),
    ".epub": of(HTML).map(
        lambda page: zipped(**{"META-INF__container.xml": CONTAINER}, o=OPF, c=page)
    ),
    ".html": of(HTML).map(str.encode),
    ".rtf": of(RTF).map(lambda codes: ("{\\rtf1 " + codes).encode("utf-8", "replace")),
    ".eml": of(MAIL).map(lambda text: ("Subject: a\n" + text).encode("utf-8", "replace")),
}


@pytest.mark.parametrize("suffix", FILES)
def test_any_parts_are_a_source_that_holds_or_a_told_error(
    tmp_path_factory: pytest.TempPathFactory, suffix: str
):
    path = tmp_path_factory.mktemp("any") / f"file{suffix}"

    @settings(max_examples=300, deadline=None)
    @given(FILES[suffix])
    def reads(data: bytes):
        path.write_bytes(data)
        try:
            source = extract(path, "x")
        except ExtractionError as error:
            assert error.exit_status == 3 and error.what and error.remedy
            return
        holds(source)

    reads()
