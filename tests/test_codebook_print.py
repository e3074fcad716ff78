"""A codebook printed for coders: all of it there, nothing of it read as code, for everyone."""

import io
import os
import re
import shutil
import zipfile
from pathlib import Path

import docx
import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import etree, html
from playwright.sync_api import sync_playwright
from small_study import write_book
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.codebook_print import codebook_page, print_codebook, printed
from pipeline.codebooks import load_codebook
from pipeline.export.codebook_docx import codebook_docx
from pipeline.export.printed import PrintedCode
from pipeline.extract import extract

ROOT = Path(__file__).parent.parent
CHROMIUM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None and os.environ.get("CI") != "true", reason="Chromium is not installed"
)
ODD = """\
- id: odd
  label: Stocks & <b>parts</b>
  definition: "A <script>alert(1)</script> and a \\x07 bell, ]]> too."
  include_when: ['{{ book }} and {% raw %}']
  exclude_when: ['"quoted" & so']
  watch: []
  was: older
  carries_negation: true
  rules:
  - id: odd.one
    phrases: |
      short .. stock
      <i>
    requires: parts|<b>
    weak: true
  unless: stock photo
  examples:
    positive:
    - {text: Stocks & <parts> run short of stock., why: 'R&D <x>'}
    - {text: Nothing to see., hard: true}
    negative:
    - A short story.
"""


@pytest.fixture(scope="module")
def shipped():
    return printed(load_codebook(ROOT / "codebooks" / "deterrence.yaml"))


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    path = write_book(tmp_path_factory.mktemp("odd") / "odd.yaml", ODD)
    return printed(load_codebook(path))


def words_of(page: bytes) -> str:
    tree = html.fromstring(page)
    for node in tree.xpath("//style"):
        node.drop_tree()
    return " ".join(tree.text_content().split())


def words_of_docx(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(p.text for p in document.paragraphs), *cells]).split())


@pytest.mark.parametrize("made", [codebook_page, codebook_docx])
def test_everything_a_coder_needs_is_there(shipped, made):
    words = words_of(made(shipped)) if made is codebook_page else words_of_docx(made(shipped))
    book = load_codebook(ROOT / "codebooks" / "deterrence.yaml")
    for code in book.codes:
        for text in (code.label, code.code_id, code.definition, *code.include_when):
            assert " ".join(text.split()) in words, text
        for text in (*code.exclude_when, *(one.text for one in code.examples)):
            assert " ".join(text.split()) in words, text
    for rule in (rule for code in book.codes for rule in code.rules):
        assert rule.rule_id in words
    for value in ("affirmed", "conditional", "prospective", "inquiry", "reported"):
        assert value in words


def test_the_words_that_a_rule_matched_are_marked(shipped):
    tree = html.fromstring(codebook_page(shipped))
    [article] = tree.xpath("//article[@id='c_mech_denial']")
    assert "deterrence by denial" in [node.text for node in article.xpath(".//mark")]
    negative = [li for li in article.xpath(".//li") if "Not" in li.text_content()]
    assert not any(li.xpath(".//mark") for li in negative)


def test_a_code_that_another_names_is_one_click_away(shipped):
    tree = html.fromstring(codebook_page(shipped))
    [article] = tree.xpath("//article[@id='c_mech_denial']")
    leads = {link.text: link.get("href") for link in article.xpath(".//li/a")}
    assert leads["goal.deny-rivals"] == "#c_goal_deny__rivals"


def test_every_link_leads_somewhere_and_the_page_loads_nothing(shipped):
    page = codebook_page(shipped)
    tree = html.fromstring(page)
    names = set(tree.xpath("//@id"))
    assert {href.removeprefix("#") for href in tree.xpath("//@href")} <= names
    assert len(tree.xpath("//@id")) == len(names)
    assert not tree.xpath("//script | //link | //img | //@src")
    assert b"default-src 'none'" in page


def test_what_a_codebook_says_is_never_markup(odd):
    tree = html.fromstring(codebook_page(odd))
    assert not tree.xpath("//script") and not tree.xpath("//article//b[text()='parts']")
    words = words_of(codebook_page(odd))
    for text in ("Stocks & <b>parts</b>", "<script>alert(1)</script>", "{{ book }} and {% raw %}"):
        assert text in words
    assert "“short” … up to 3 words … “stock”" in words and "“<i>”" in words
    assert "Only if the sentence also has: “parts/<b>”" in words
    assert "no rule finds it" in words and "Was older." in words


def test_the_document_is_well_formed_and_read_by_ours_and_by_others(odd, tmp_path: Path):
    content = codebook_docx(odd)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            etree.fromstring(package.read(name))
    words = words_of_docx(content)
    assert "Stocks & <b>parts</b>" in words and "alert(1)" in words
    styles = [p.style.name for p in docx.Document(io.BytesIO(content)).paragraphs]
    assert {"Heading 1", "Heading 3", "List Bullet", "Example", "toc 1"} <= set(styles)
    path = tmp_path / "odd.docx"
    path.write_bytes(content)
    assert "run short of stock." in extract(path, "odd").text


def test_links_of_the_document_lead_to_bookmarks(shipped):
    with zipfile.ZipFile(io.BytesIO(codebook_docx(shipped))) as package:
        document = package.read("word/document.xml").decode()
    anchors = set(re.findall(r'w:anchor="([^"]+)"', document))
    names = re.findall(r'w:bookmarkStart w:id="(\d+)" w:name="([^"]+)"', document)
    assert anchors <= {name for _, name in names}
    assert len({number for number, _ in names}) == len(names)
    assert all(len(name) <= 40 for _, name in names), "Word's bound on bookmarks"


def test_names_of_links_are_short_and_each_code_has_its_own():
    ids = ["a.b", "a-b", "ab", "x" * 60 + ".a", "x" * 60 + ".b"]
    names = [PrintedCode(one, "L", 0, False, "D").anchor for one in ids]
    assert len(set(names)) == len(ids)
    assert all(re.fullmatch(r"\w{1,40}", name) for name in names)


def test_the_same_codebook_gives_the_same_bytes(odd):
    assert codebook_docx(odd) == codebook_docx(odd)
    assert codebook_page(odd) == codebook_page(odd)


def test_the_command_writes_what_the_name_asks_for(tmp_path: Path):
    book = write_book(tmp_path / "odd.yaml", ODD)
    outs = [tmp_path / "new" / "odd.html", tmp_path / "odd.DOCX"]
    words = ["codebook", "print", str(book), "--out", str(outs[0]), "--out", str(outs[1])]
    done = CliRunner().invoke(app, words)
    assert done.stdout.split() == [path.as_posix() for path in outs]
    assert outs[0].read_bytes().startswith(b"<!DOCTYPE html>")
    assert outs[1].read_bytes().startswith(b"PK")
    refused = CliRunner().invoke(app, ["codebook", "print", str(book), "--out", "odd.pdf"])
    assert "'.pdf' is no form" in str(refused.exception)


@needs_chromium
def test_the_page_fits_and_has_no_known_barrier(shipped, tmp_path: Path):
    path = tmp_path / "codebook.html"
    path.write_bytes(codebook_page(shipped))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for width in (1920, 1280, 768, 400):
            page = browser.new_page(viewport={"width": width, "height": 900})
            page.goto(path.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        for scheme in ("light", "dark"):
            page = browser.new_context(color_scheme=scheme, bypass_csp=True).new_page()
            page.goto(path.as_uri())
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
        browser.close()


def test_print_codebook_writes_nothing_if_a_name_is_wrong(tmp_path: Path):
    book = write_book(tmp_path / "odd.yaml", ODD)
    with pytest.raises(Exception, match="no ending"):
        print_codebook(book, [tmp_path / "a.html", tmp_path / "b"])
    assert not (tmp_path / "a.html").exists()
