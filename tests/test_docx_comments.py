"""Comments of Word documents stand apart, each with the place and the words it speaks of."""

from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx_parts import lines, p, part, r, read, row, tc, told
from hypothesis import given, settings
from hypothesis import strategies as st
from real_data import real_data_folder

from pipeline.extract import extract
from pipeline.model.source import Source


def begin(number: int) -> str:
    return f'<w:commentRangeStart w:id="{number}"/>'


def end(number: int) -> str:
    return f'<w:commentRangeEnd w:id="{number}"/>' + mark(number)


def mark(number: int) -> str:
    return f'<w:r><w:commentReference w:id="{number}"/></w:r>'


def comments(*texts: str, author: str = "Ana") -> str:
    one = '<w:comment w:id="{}" w:author="{}">{}</w:comment>'
    inner = "".join(one.format(n, author, p(r(text))) for n, text in enumerate(texts))
    return part("comments", inner)


def remarks(source: Source) -> list[tuple[str, str]]:
    """The text before the place of each comment, and what is kept of it."""
    return [
        (source.text[: zone.anchor] if zone.anchor >= 0 else "nowhere", zone.aside)
        for zone in source.zones
        if zone.kind == "comment"
    ]


def test_comments_that_a_library_makes_are_kept_with_their_words(tmp_path: Path):
    document = docx.Document()
    paragraph = document.add_paragraph("The third brigade ")
    run = paragraph.add_run("waited for a bridge")
    paragraph.add_run(" in spring.")
    document.add_comment(run, text="Who says so?", author="Ana")
    document.add_paragraph("Then it crossed.")
    document.save(str(tmp_path / "a.docx"))
    source = extract(tmp_path / "a.docx", "a")
    assert lines(source) == ["The third brigade waited for a bridge in spring.", "Then it crossed."]
    assert remarks(source) == [
        (
            "The third brigade waited for a bridge",
            "Ana on \u201cwaited for a bridge\u201d: Who says so?",
        )
    ]
    assert [zone.kind for zone in source.zones] == ["body", "comment", "body"]


def test_a_comment_over_paragraphs_and_cells_quotes_what_is_read_of_them(tmp_path: Path):
    body = (
        p(r("One ") + begin(0) + r("two") + "<w:del>" + r("gone") + "</w:del>")
        + p(r("hidden ", "<w:vanish/>") + r("three") + end(0) + r(" four"))
        + begin(1)
        + f"<w:tbl>{row(tc('five'), tc(p(r('six') + end(1))))}{row(tc('seven'))}</w:tbl>"
    )
    source = read(tmp_path, body, comments=comments("First.", "Second."))
    assert remarks(source) == [
        ("One two\n\nthree", "Ana on \u201ctwo three\u201d: First."),
        ("One two\n\nthree four\n\nfive | six", "Ana on \u201cfive six\u201d: Second."),
    ]
    assert [kind for kind, _ in told(source)] == "body body comment table comment table".split()


def test_a_long_stretch_is_quoted_by_its_beginning(tmp_path: Path):
    body = p(begin(0) + r("word " * 100) + end(0))
    [(_, said)] = remarks(read(tmp_path, body, comments=comments("So?")))
    assert said.startswith("Ana on \u201cword word") and said.endswith("word\u2026\u201d: So?")
    assert len(said) < 200


def test_comments_without_words_or_without_a_place_are_kept(tmp_path: Path):
    body = p(mark(0)) + p(r("Words.") + mark(1)) + p(f"<w:del>{r('out') + end(2)}</w:del>")
    said = comments("On a picture.", "Here.", "Deleted.", "Never there.", " ", author="")
    assert remarks(read(tmp_path, body, comments=said)) == [
        ("nowhere", "somebody: On a picture."),
        ("Words.", "somebody: Here."),
        ("nowhere", "somebody: Deleted."),
        ("nowhere", "somebody: Never there."),
    ]


def test_a_comment_on_a_note_stands_behind_the_note(tmp_path: Path):
    note = p(r("Of ") + begin(0) + r("three") + end(0) + r("."))
    source = read(
        tmp_path,
        p(r("Words.") + '<w:r><w:footnoteReference w:id="5"/></w:r>'),
        footnotes=part("footnotes", f'<w:footnote w:id="5">{note}</w:footnote>'),
        comments=comments("Four?"),
    )
    assert remarks(source) == [("Words.\n\nOf three", "Ana on \u201cthree\u201d: Four?")]


def test_a_comment_on_an_answer_keeps_its_place_when_the_label_goes(tmp_path: Path):
    said = [("Q", "Why?"), ("A", "No bridge."), ("Q", "When?"), ("A", "In spring.")]
    body = "".join(
        p(r(f"{who}: ") + begin(n) + r(words) + end(n)) for n, (who, words) in enumerate(said)
    )
    source = read(tmp_path, body, comments=comments("a", "b", "c", "d"))
    assert [turn.speaker for turn in source.turns] == ["Q", "A", "Q", "A"]
    assert [(before.split("\n\n")[-1], kept) for before, kept in remarks(source)] == [
        (words, f"Ana on \u201c{words}\u201d: {text}")
        for (_, words), text in zip(said, "abcd", strict=True)
    ]


@settings(max_examples=250, deadline=None)
@given(
    st.lists(st.text("abc", min_size=1, max_size=5), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=6),
)
def test_the_text_before_a_comments_place_ends_in_the_words_it_quotes(
    tmp_path_factory: pytest.TempPathFactory, words: list[str], ranges: list[tuple[int, int]]
):
    stretches = [tuple(sorted(n % len(words) for n in one)) for one in ranges]
    body = ""
    for place, word in enumerate(words):
        body += "".join(begin(n) for n, (first, _) in enumerate(stretches) if first == place)
        body += r(word)
        body += "".join(end(n) for n, (_, last) in enumerate(stretches) if last == place)
    folder = tmp_path_factory.mktemp("comments")
    source = read(folder, p(body), comments=comments(*["Why?"] * len(stretches)))
    kept = remarks(source)
    assert len(kept) == len(stretches)
    assert all(one[0] in two[0] for one, two in pairwise(kept)), "in the order of their places"
    quotes = sorted("".join(words[first : last + 1]) for first, last in stretches)
    assert sorted(said[len("Ana on \u201c") : -len("\u201d: Why?")] for _, said in kept) == quotes
    assert all(
        before.endswith(said[len("Ana on \u201c") : -len("\u201d: Why?")]) for before, said in kept
    )


@pytest.fixture(scope="module")
def office() -> Path:
    return real_data_folder() / "office"


def test_comments_of_a_real_document_speak_of_its_paragraphs(office: Path):
    source = extract(office / "docx_comments.docx", "a")
    assert [said.partition(" on ")[0] for _, said in remarks(source)] == [
        "John Reviewer",
        "Jane Editor",
        "somebody",
    ]
    assert all(before.endswith(".") for before, _ in remarks(source))
