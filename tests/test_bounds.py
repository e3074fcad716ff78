"""Shapes that once took the square of a file's size are read, or refused, in the time it has.

All are read as a run reads files, in workers that are ended when the time is over: what grows with
the file needs about a second of the twenty that each has, what grows with its square needs minutes.
"""

import random
import unicodedata
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from pipeline.errors import DamagedFileError, TookTooLongError
from pipeline.extract import extract
from pipeline.extract.building import plain_block
from pipeline.extract.cleaning import clean, cleaned
from pipeline.extract.html_tags import MOST_ATTRIBUTES, check_attributes
from pipeline.extract.joining import joined_over_asides
from pipeline.limits import Limits
from pipeline.model.source import Source
from pipeline.reading import ReadingRequest, read_all

MARKS = "\u0301\u0323\u0327\u0344\u0f71\u0f72\u0f73\u0f75\u0f81\u302a\u05b7"


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 150), st.sampled_from(["a", "\u00fc", "\u1ea5", ""]))
def test_long_runs_of_marks_come_out_as_unicode_composes_them(seed: int, count: int, first: str):
    chosen = random.Random(seed).choices(MARKS, k=count)
    text = first + "".join(chosen) + "b"
    assert clean(text) == unicodedata.normalize("NFC", text)
    assert cleaned(text).text == clean(text)


SOUP = ["<p>", "</p>", "<b a=1>", "<!--", "-->", "<script>", "</script>", "<title>", "</title>"]
SOUP += ["<a b='", '<a b="', "'", '"', ">", "<", "/", "=", " ", "x", "</", "<textarea>", "<!d"]
SOUP += ["?", "!", "--", "</SCRIPT "]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(SOUP), max_size=12), st.sampled_from(['="v"', "='v'", "=v", ""]))
def test_an_element_of_too_many_attributes_is_told_wherever_the_parser_sees_it(
    soup: list[str], value: str
):
    assume(not {"<script>", "<!--", "</SCRIPT "} <= set(soup))
    before = "<html><body>" + "".join(soup)
    few = before + "<q " + " ".join(f"a{i}{value}" for i in range(20)) + ">hello</q>"
    root = html.document_fromstring(few)
    assume(any(len(node.attrib) >= 20 for node in root.iter(etree.Element)))
    many = before + "<q " + " ".join(f"a{i}{value}" for i in range(3000)) + ">hello</q>"
    with pytest.raises(DamagedFileError, match="attributes"):
        check_attributes(many, "page.html")


def test_elements_of_many_attributes_and_words_between_are_no_fault(tmp_path: Path):
    path = tmp_path / "page.html"
    one = "<p " + " ".join(f'a{i}="x > y"' for i in range(MOST_ATTRIBUTES)) + ">a < b</p>"
    path.write_text(one * 20 + "<!-- " + "<p " + "a " * 5000)
    assert extract(path, "x").text == "\n\n".join(20 * ["a < b"])
    path.write_text("<script>" + "<p " + "a " * 5000 + "</script><p>hello")
    assert extract(path, "x").text == "hello"


def test_a_page_with_too_many_attributes_is_refused_with_their_number(tmp_path: Path):
    path = tmp_path / "page.html"
    path.write_text("<p " + " ".join(f"a{i}=x" for i in range(200_000)) + ">hello</p>")
    with pytest.raises(DamagedFileError) as told:
        extract(path, "x")
    assert "200,000 attributes" in str(told.value) and told.value.remedy


MARKDOWN = ["[", "[a](", "![x]", "*a ", "**a_", "_a ", "`a", "[^", "\\", "|a", "<!--", "> ", "# "]
MARKDOWN += ["***", "*a* ", "**a *", "_a_a", "- ", "1. ", "[^1]: "]
AROUND = ["# a{}b", "# {}b", "# a{}", "{}a", "- a{}b", "a{}\n==="]
TAGS = ["<a", "<a ", "<!--", "<script>", '<a b="', "<a b='", "</a", "<"]
PIECES = ["<p>Yes.</p>", "<p><a href=x>The other page of it</a></p>", "<h3>a</h3><a href=x>b</a>"]
PIECES += ["<p><a href=x>b</a> c</p>", "<ul><li><a href=x>b</a></ul>", "<tr><td><a href=x>b</a>"]
PIECES += ["<div class=c><p>This site uses cookies.</p><button>b</button></div>", "<a href=x>b</a>"]
PIECES += ["<h2>Sources</h2><p>b</p>", "<article><p>b</article>", "<blockquote>b</blockquote>"]
HEADERS = ["Subject", "From", "To", "Date", "Content-Type", "X-Any"]
PARTS = ["=?utf-8?q?a?= ", "a@b.example, ", "(", "a*0=b; ", "<", '"']


def shapes() -> Iterator[tuple[str, str]]:
    """Yield the ending and the text of files, some hundred thousand characters each."""
    for marks in ("\u0301", "\u0301\u0323", "\u0f73", "\u0301\u0323\u0327"):
        yield "txt", "a" + marks * (500_000 // len(marks)) + " words"
    for tag in TAGS:
        yield "html", "<p>words</p>" + tag * 200_000
    for piece in PIECES:
        yield "html", "<p>words</p>" + "<div>" * 150 + piece * (300_000 // len(piece))
    for begin in MARKDOWN:
        yield "md", begin * (300_000 // len(begin)) + "b"
    for text, filling in product(AROUND, " #-*\t"):
        yield "md", "Some words.\n\n" + text.format(filling * 200_000)
    for end in ("\\par ", "\\par\n\n", "\\line "):
        yield "rtf", "{\\rtf1 " + f"word {end}" * 60_000 + "}"
    yield "rtf", "{\\rtf1 Words. " + '{\\field{\\*\\fldinst{HYPERLINK "' * 20_000 + "}"
    for name, part in product(HEADERS, PARTS):
        yield "eml", f"Subject: a\n{name}: " + part * (400_000 // len(part)) + "\n\nWe waited.\n"


def test_no_shape_needs_more_time_than_a_file_has(tmp_path: Path):
    requests = []
    for number, (ending, text) in enumerate(shapes()):
        path = tmp_path / f"{number}.{ending}"
        path.write_text(text, encoding="utf-8")
        requests.append(ReadingRequest(path, f"{ending} {text[:30]!r}"))
    found = list(read_all(requests, Limits(workers=2, seconds=20)))
    late = [
        request.source_id
        for request, one in zip(requests, found, strict=True)
        if isinstance(one, TookTooLongError)
    ]
    assert len(found) > 90 and not late
    assert sum(isinstance(one, Source) for one in found) > 70


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("**bold *it* more**", "bold it more"),
        ("*a **b** c*", "a b c"),
        ("**a *b***", "a b"),
        ("***a** b*", "a b"),
        ("_snake_case_ x", "snake_case x"),
        ("__a b__ and snake_case_name", "a b and snake_case_name"),
        ("2*3*4 and 2**3 and 4**5", "2*3*4 and 2**3 and 4**5"),
        ("a * b * c", "a * b * c"),
        ("(*why*), **Note:** see[^1] [there](http://a.b)", "(why), Note: see there"),
        ("# Notes on C#", "Notes on C#"),
        ("## Closed ##", "Closed"),
        ("kept <!-- not --> too", "kept too"),
    ],
)
def test_marks_of_markdown_are_taken_out_and_its_words_kept(
    tmp_path: Path, marked: str, words: str
):
    path = tmp_path / "notes.md"
    path.write_text(marked, encoding="utf-8")
    assert extract(path, "x").text == words


def test_paragraphs_cut_by_heads_are_whole_however_often_they_were_cut():
    parts = [plain_block("body", f"part {number} goes", "x") for number in range(5)]
    heads = [plain_block("running-head", f"page {n}", "x", is_aside=True) for n in range(5)]
    end = plain_block("body", "on to its end.", "x")
    mixed = [block for pair in zip(parts, heads, strict=True) for block in pair]
    after = plain_block("body", "another one", "x")
    joined = joined_over_asides([*mixed, end, after])
    assert [line.text for line in joined[0].lines] == [
        *(f"part {number} goes" for number in range(5)),
        "on to its end.",
    ]
    assert joined[1:] == [*heads, after]
