"""Transcripts: cues there and back, a Word file of a meeting, real briefings."""

import os
import re
import tarfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract import extract
from pipeline.extract.shapes import transcript_of

WORDS = st.lists(st.from_regex(r"[A-Za-z]{2,9}", fullmatch=True), min_size=1, max_size=6)


@st.composite
def cues(draw: st.DrawFn) -> list[tuple[int, int, str, str]]:
    """Start and end in milliseconds, speaker and words of some cues that follow one another."""
    found, at = [], 0
    for number in range(draw(st.integers(2, 8))):
        start = at + draw(st.integers(0, 4_000_000))
        end = start + draw(st.integers(1, 9_000))
        speaker = draw(st.sampled_from(["Ann Lee", "Bob Ray", "Lee, Ann"]))
        found.append((start, end, speaker, f"{' '.join(draw(WORDS))} {number}."))
        at = end
    return found


def clock(milliseconds: int, point: str) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{rest:03}"


def comes_back(path: Path, expected: list[tuple[int, int, str, str]]) -> None:
    source = extract(path, "x")
    assert " ".join(source.text.split()) == " ".join(words for *_, words in expected)
    assert [place.seconds for place in source.places] == [
        (start / 1000, end / 1000) for start, end, *_ in expected
    ]
    said = {}
    for turn in source.turns:
        numbers = re.findall(r"\d+(?=\.)", source.text[turn.start : turn.end])
        said.update(dict.fromkeys(numbers, turn.speaker))
    assert said == {str(n): speaker for n, (_, _, speaker, _) in enumerate(expected)}


@settings(max_examples=200, deadline=None)
@given(cues())
def test_cues_of_webvtt_come_back_with_their_times_and_voices(
    tmp_path_factory: pytest.TempPathFactory, expected: list[tuple[int, int, str, str]]
):
    path = tmp_path_factory.mktemp("vtt") / "a.vtt"
    body = "\n\n".join(
        f"{clock(start, '.')} --> {clock(end, '.')} align:left\n<v {speaker}>{words}</v>"
        for start, end, speaker, words in expected
    )
    path.write_text(f"WEBVTT\n\nNOTE invented\n\n{body}\n")
    comes_back(path, expected)


@settings(max_examples=200, deadline=None)
@given(cues())
def test_cues_of_subrip_come_back_with_their_times(
    tmp_path_factory: pytest.TempPathFactory, expected: list[tuple[int, int, str, str]]
):
    path = tmp_path_factory.mktemp("srt") / "a.srt"
    path.write_text(
        "\n".join(
            f"{n}\n{clock(start, ',')} --> {clock(end, ',')}\n{words}\n"
            for n, (start, end, _, words) in enumerate(expected, start=1)
        )
    )
    source = extract(path, "x")
    assert " ".join(source.text.split()) == " ".join(words for *_, words in expected)
    assert [place.seconds for place in source.places] == [
        (start / 1000, end / 1000) for start, end, *_ in expected
    ]


def test_a_word_file_of_a_meeting_has_speakers_and_times(tmp_path: Path):
    document = docx.Document()
    for speaker, time, words in (
        ("Lee, Ann", "0:03", "We moved two battalions."),
        ("Ray, Bob", "0:09", "Why not three?"),
        ("Lee, Ann", "0:15", "The third had no bridge."),
    ):
        paragraph = document.add_paragraph(f"{speaker}   {time}")
        paragraph.add_run().add_break()
        paragraph.add_run(words)
    path = tmp_path / "meeting.docx"
    document.save(str(path))
    source = extract(path, "x")
    assert [turn.speaker for turn in source.turns] == ["Lee, Ann", "Ray, Bob", "Lee, Ann"]
    assert [place.seconds for place in source.places] == [(3, 9), (9, 15), (15, 15)]
    assert source.text.split("\n\n")[1] == "Why not three?"


@pytest.mark.parametrize(
    "lines",
    [
        ["Note: the bridge is shut.", "Warning: ice."],
        ["He came at 0:03", "and left at 0:09"],
        ["[00:00:03] door opens", "[00:00:09] door shuts"],
        ["1. First (10:30): tea", "words", "words"],
        [],
    ],
)
def test_other_texts_are_no_transcripts(lines: list[str]):
    assert transcript_of(lines) is None


def test_speakers_of_real_briefings_are_told(tmp_path: Path):
    folder = os.environ.get("BACKING_TEST_DATA", "")
    if not folder:
        if os.environ.get("CI") == "true":
            pytest.fail("CI must set BACKING_TEST_DATA")
        pytest.skip("BACKING_TEST_DATA names no folder of real documents")
    label = re.compile(
        r"^(?P<name>(?:(?:MS|MR|MRS|DR)\. [A-Z][A-Z\u2019'\-]+(?: [A-Z][A-Z\u2019'\-]+)*|"
        r"SECRETARY [A-Z]+|THE PRESIDENT|SENIOR ADMINISTRATION OFFICIAL|MODERATOR):|Q\s{2,})"
    )
    expected = read = files = 0
    with tarfile.open(Path(folder) / "briefings" / "white_house_deterrence.tar.xz") as archive:
        for member in archive:
            stream = archive.extractfile(member) if "press-briefings/" in member.name else None
            if stream is None:
                continue
            data = stream.read()
            names: list[str] = []
            for line in data.decode("utf-8").split("---", 2)[2].split("\n"):
                found = label.match(line.replace("\\", "").strip())
                name = found["name"].strip().rstrip(":") if found else ""
                if name and (not names or names[-1] != name):
                    names.append(name)
            path = tmp_path / "briefing.md"
            path.write_bytes(data)
            turns = len(extract(path, "x").turns)
            expected, read, files = expected + len(names), read + turns, files + 1
    assert files == 60
    assert abs(read - expected) <= 0.01 * expected, (read, expected)
