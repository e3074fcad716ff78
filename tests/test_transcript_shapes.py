"""Each shape of a transcript in plain text, there and back: speakers, words, and their times."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract import extract
from pipeline.model.source import Source

PEOPLE = ("Ann Lee", "Bob Ray", "Jos\u00e9 de la Cruz", "Speaker 3", "\u674e\u660e")
OFFICIALS = ("Senator REED", "Mr. Doe", "The CHAIRMAN", "Dr. Ernst of Iowa", "General MILLEY")
WORDS = st.lists(st.text("abc\u00e9\u05d0\U0001f600", min_size=1, max_size=6), max_size=7)
Said = list[tuple[str, str, int]]


@st.composite
def conversations(draw: st.DrawFn, names: tuple[str, ...]) -> Said:
    """Who says what from which second on; the first two speak in turns, then anybody.

    So two thirds of what is said are of people who speak again, as labels without times need.
    """
    others = draw(st.lists(st.sampled_from(names), max_size=8))
    said, at = [], draw(st.integers(0, 29))
    for number, name in enumerate([*names[:2] * 3, *others]):
        words = " ".join([f"w{number}x", *draw(WORDS)])
        said.append((name, f"{words}.", at))
        at += draw(st.integers(1, 4000))
    return said


@st.composite
def layouts(draw: st.DrawFn) -> Callable[[list[str]], bytes]:
    """How a program writes paragraphs: line ends, a mark at the beginning, blank lines, blanks."""
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    between = draw(st.sampled_from(["\n", "\n\n", "\n \t\n", "\n\n\n"]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    margin = draw(st.sampled_from(["", "  ", "\t", "\u00a0"]))

    def write(paragraphs: list[str]) -> bytes:
        text = between.join(margin + one.replace("\n", f"\n{margin}") for one in paragraphs)
        return text.replace("\n", end).encode(encoding)

    return write


def clock(second: int, *, is_long: bool) -> str:
    hours, minutes = second // 3600, second // 60 % 60
    if is_long or hours:
        return f"{hours:02}:{minutes:02}:{second % 60:02}"
    return f"{minutes}:{second % 60:02}"


TIMED = {
    "otter": "{name}  {time}\n{words}",
    "teams-docx": "{name}   {time}\n{words}",
    "rev": "{name} ({time}):\n{words}",
    "rev-colon": "{name}: ({time})\n{words}",
    "colon-time": "{name}: {time}\n{words}",
    "rev-line": "{name} ({time}): {words}",
    "trint": "[{time}] {name}: {words}",
    "express-scribe": "{time} {name}: {words}",
    "trint-span": "[{time} - {after}] {name}: {words}",
    "descript": "{name}: [{time}] {words}",
    "inline": "{name} [{time}] {words}",
    "teams": "{time} --> {after}\n{name}\n{words}",
    "clock": "{name}\n{time}\n{words}",
    "word": "{time} {name}\n{words}",
    "happy-scribe": "[{time}] - {name}\n{words}",
    "columns": "{time}\t{name}\t{words}",
    "columns-behind": "{name}\t{time}\t{words}",
}
LABELLED = {
    "colon": "{name}: {words}",
    "french": "{name} :\u00a0{words}",
    "tab": "{name}:\t{words}",
    "own-line": "{name}:\n{words}",
    "wide": "{name}:    {words}",
    "full-width": "{name}\uff1a{words}",
}


def read(folder: Path, data: bytes) -> Source:
    path = folder / "a.txt"
    path.write_bytes(data)
    return extract(path, "x")


def turns(source: Source) -> list[tuple[str, list[str]]]:
    return [(turn.speaker, source.text[turn.start : turn.end].split()) for turn in source.turns]


def joined(said: Said) -> list[tuple[str, list[str]]]:
    """What one says in a row is one turn."""
    found: list[tuple[str, list[str]]] = []
    for name, words, _ in said:
        if not found or found[-1][0] != name:
            found.append((name, []))
        found[-1][1].extend(words.split())
    return found


@pytest.mark.parametrize("shape", TIMED)
@settings(max_examples=200, deadline=None)
@given(conversations(PEOPLE), layouts(), st.booleans())
def test_a_shape_with_times_comes_back(
    tmp_path_factory: pytest.TempPathFactory, shape: str, said: Said, write, is_long: bool
):
    paragraphs = [
        TIMED[shape].format(
            name=name,
            words=words,
            time=clock(at, is_long=is_long),
            after=clock(at + 1, is_long=is_long),
        )
        for name, words, at in said
    ]
    source = read(tmp_path_factory.mktemp("timed"), write(paragraphs))
    assert turns(source) == joined(said)
    for number, (_, _, at) in enumerate(said):
        start = source.text.index(f"w{number}x")
        [place] = source.places_of(start, start + 2)
        following = said[number + 1][2] if number + 1 < len(said) else at
        assert place.seconds == (at, following)


@pytest.mark.parametrize("shape", LABELLED)
@settings(max_examples=200, deadline=None)
@given(conversations(PEOPLE), layouts())
def test_a_shape_with_labels_comes_back(
    tmp_path_factory: pytest.TempPathFactory, shape: str, said: Said, write
):
    paragraphs = [LABELLED[shape].format(name=name, words=words) for name, words, _ in said]
    source = read(tmp_path_factory.mktemp("labels"), write(paragraphs))
    assert turns(source) == joined(said)
    assert source.text.split() == [word for _, words, _ in said for word in words.split()]


@settings(max_examples=250, deadline=None)
@given(conversations(OFFICIALS), layouts())
def test_a_hearing_comes_back(tmp_path_factory: pytest.TempPathFactory, said: Said, write):
    paragraphs = [f"{name}. {words}" for name, words, _ in said]
    source = read(tmp_path_factory.mktemp("hearing"), write(paragraphs))
    assert turns(source) == joined(said)


@settings(max_examples=250, deadline=None)
@given(
    conversations(("Q", "A")),
    layouts(),
    st.sampled_from(["{}. {}", "{}: {}", "{}    {}", "{}\t{}", "{} \u2014 {}", "{}.\t{}"]),
)
def test_questions_and_answers_come_back_and_who_asks_is_proposed(
    tmp_path_factory: pytest.TempPathFactory, said: Said, write, form: str
):
    paragraphs = [form.format(name, words) for name, words, _ in said]
    source = read(tmp_path_factory.mktemp("questions"), write(paragraphs))
    assert turns(source) == joined(said)
    roles = {turn.speaker: turn.proposed_role for turn in source.turns}
    assert roles == {"Q": "interviewer", "A": ""}


@settings(max_examples=250, deadline=None)
@given(conversations(("I", "B", "B2")), layouts())
def test_times_that_end_a_turn_come_back(
    tmp_path_factory: pytest.TempPathFactory, said: Said, write
):
    paragraphs = [f"{name}: {words} #{clock(at + 1, is_long=True)}-0#" for name, words, at in said]
    source = read(tmp_path_factory.mktemp("f4"), write(paragraphs))
    assert turns(source) == joined(said)
    ends = [at + 1.0 for _, _, at in said]
    for number, (start, end) in enumerate(zip([0.0, *ends], ends, strict=False)):
        at = source.text.index(f"w{number}x")
        [place] = source.places_of(at, at + 2)
        assert place.seconds == (start, end)


@settings(max_examples=200, deadline=None)
@given(
    conversations(PEOPLE),
    st.sampled_from(["<p>{}</p>", "<p><b>{0}</b>{1}</p>", "<div>{}</div>", "{}<br><br>"]),
)
def test_labels_in_a_page_come_back(
    tmp_path_factory: pytest.TempPathFactory, said: Said, form: str
):
    parts = [
        form.format(f"{name}:", f" {words}") if "{0}" in form else form.format(f"{name}: {words}")
        for name, words, _ in said
    ]
    path = tmp_path_factory.mktemp("page") / "a.html"
    path.write_text(f"<html><body>{''.join(parts)}</body></html>", encoding="utf-8")
    assert turns(extract(path, "x")) == joined(said)


@settings(max_examples=200, deadline=None)
@given(conversations(PEOPLE), st.sampled_from(["bold", "plain", "table"]))
def test_labels_in_a_word_file_come_back(
    tmp_path_factory: pytest.TempPathFactory, said: Said, form: str
):
    document = docx.Document()
    table = document.add_table(rows=0, cols=2) if form == "table" else None
    for name, words, _ in said:
        if table is not None:
            one, two = table.add_row().cells
            one.text, two.text = name, f"so it was {words}"
            continue
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{name}:").bold = form == "bold"
        paragraph.add_run(f" so it was {words}")
    path = tmp_path_factory.mktemp("word") / "a.docx"
    document.save(str(path))
    told = [(name, f"so it was {words}", at) for name, words, at in said]
    assert turns(extract(path, "x")) == joined(told)
