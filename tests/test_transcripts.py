"""Transcripts: cues come back as written, shapes are told apart, briefings keep their turns."""

import json
import tarfile
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import NoTextError, WrongFormatError
from pipeline.extract import extract
from pipeline.extract.cues import Cue, unrolled
from pipeline.extract.shapes import shape_of
from pipeline.extract.speakers import is_stage_direction, label_of
from pipeline.model.source import Source

WORDS = st.text("abcdefgh\u00e9\u05d0\U0001f600<&>'", min_size=1, max_size=8)
NAMES = st.sampled_from(["Ann Lee", "Lee, Ann", "SPEAKER_00", "\u00c9mile Roy", "O'Neill & Co"])
SPEECH = st.tuples(NAMES, st.lists(WORDS, min_size=1, max_size=6), st.integers(1, 90_000))
CONVERSATIONS = st.lists(SPEECH, min_size=1, max_size=12)


def clock(milliseconds: int, point: str) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{rest:03}"


def timed(conversation: list[tuple[str, list[str], int]]) -> list[tuple[str, str, int, int]]:
    cues, at = [], 0
    for name, words, length in conversation:
        cues.append((name, " ".join([f"w{len(cues)}", *words]), at, at + length))
        at += length
    return cues


def heard(source: Source) -> list[tuple[str, float, float]]:
    return [
        (source.text[place.start : place.end], *(place.seconds or ())) for place in source.places
    ]


def as_turns(cues: list[tuple[str, str, int, int]]) -> list[tuple[str, str]]:
    turns: list[tuple[str, str]] = []
    for name, words, *_ in cues:
        if turns and turns[-1][0] == name:
            turns[-1] = (name, f"{turns[-1][1]} {words}")
        else:
            turns.append((name, words))
    return turns


def said(source: Source) -> list[tuple[str, str]]:
    return [(turn.speaker, source.text[turn.start : turn.end]) for turn in source.turns]


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@settings(max_examples=250, deadline=None)
@given(CONVERSATIONS, st.booleans(), st.booleans())
def test_webvtt_gives_back_the_words_voices_and_times_that_were_written(
    tmp_path_factory: pytest.TempPathFactory, conversation, has_ids: bool, has_end: bool
):
    cues = timed(conversation)
    text = "WEBVTT\n\nNOTE\nnot read\n\n"
    for number, (name, words, start, end) in enumerate(cues):
        text += f"id/{number}-0\n" if has_ids else ""
        text += f"{clock(start, '.')} --> {clock(end, '.')} align:start line:0\n"
        text += f"<v.loud {escaped(name)}>{escaped(words)}{'</v>' if has_end else ''}\n\n"
    path = tmp_path_factory.mktemp("vtt") / "a.vtt"
    path.write_text(text, encoding="utf-8")
    source = extract(path, "x")
    assert said(source) == as_turns(cues)
    assert heard(source) == [(words, start / 1000, end / 1000) for _, words, start, end in cues]


SIGNS = st.lists(
    st.sampled_from(["if", "x", "<", "5", ">", "<5", "a<b", "<=", "<inaudible>", "<3", "<Ann>"]),
    min_size=1,
    max_size=8,
)


@settings(max_examples=250, deadline=None)
@given(SIGNS, st.sampled_from(["a.vtt", "a.srt"]), st.booleans())
def test_signs_that_make_no_tag_are_words(
    tmp_path_factory: pytest.TempPathFactory, signs: list[str], name: str, is_styled: bool
):
    said = " ".join(["then", *signs])
    words = f"<i>{said}</i>" if is_styled else said
    path = tmp_path_factory.mktemp("signs") / name
    path.write_text(
        "WEBVTT\n\n" * name.endswith("vtt") + f"00:00:01.000 --> 00:00:02.000\n{words}\n"
    )
    assert extract(path, "x").text == said


def test_tags_of_webvtt_are_no_words(tmp_path: Path):
    path = tmp_path / "a.vtt"
    path.write_text(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud Ann Lee>We<00:01.500><c.b.d> <b>moved</b></c> "
        "<lang en-GB>over</lang> <ruby>it<rt>no</rt></ruby> <u.x>if</u> x < 5 <b and c> d\n"
    )
    source = extract(path, "x")
    assert source.text == "We moved over it if x < 5 <b and c> d"
    assert [turn.speaker for turn in source.turns] == ["Ann Lee"]


@settings(max_examples=250, deadline=None)
@given(CONVERSATIONS, st.sampled_from(["\n", "\r\n"]))
def test_srt_gives_back_the_words_and_times_that_were_written(
    tmp_path_factory: pytest.TempPathFactory, conversation, line_end: str
):
    cues = timed(conversation)
    text = ""
    for number, (_, words, start, end) in enumerate(cues, start=1):
        text += f"{number}\n{clock(start, ',')} --> {clock(end, ',')}\n<i>{escaped(words)}</i>\n\n"
    path = tmp_path_factory.mktemp("srt") / "a.srt"
    path.write_text(text.replace("\n", line_end), encoding="utf-8", newline="")
    source = extract(path, "x")
    assert heard(source) == [(words, start / 1000, end / 1000) for _, words, start, end in cues]
    assert not source.turns


@settings(max_examples=250, deadline=None)
@given(st.lists(st.text("abc", min_size=2, max_size=9), min_size=5, max_size=20, unique=True))
def test_rolling_captions_say_each_line_once(lines: list[str]):
    shown = [lines[:1], *([one, two] for one, two in pairwise(lines))]
    cues = [Cue("\n".join(both), (n, n + 1)) for n, both in enumerate(shown)]
    assert [cue.text for cue in unrolled(cues)] == lines
    assert [cue.seconds for cue in unrolled(cues)] == [cue.seconds for cue in cues]


def test_three_captions_that_each_repeat_the_last_roll_and_three_equal_ones_do_not():
    rolling = [Cue(text, (n, n + 1)) for n, text in enumerate(["one", "one\ntwo", "two\nthree"])]
    assert [cue.text for cue in unrolled(rolling)] == ["one", "two", "three"]
    equal = [Cue("No.", (n, n + 1)) for n in range(3)]
    assert unrolled(equal) == equal


def test_a_word_said_twice_is_kept_where_captions_do_not_roll():
    cues = [Cue(text, (n, n + 1)) for n, text in enumerate(["No.", "No.", "Why?", "So it is."])]
    assert unrolled(cues) == cues


@pytest.mark.parametrize(
    ("lines", "shape"),
    [
        (["Ann Lee  0:03", "We moved.", "Bob Ray  0:09", "Why?"], "otter"),
        (["Lee, Ann   0:03", "We moved.", "Ray, Bob   1:00:09", "Why?"], "otter"),
        (["Ann Lee (00:03):", "We moved.", "Bob Ray (00:09):", "Why?"], "rev"),
        (["[00:00:03] Ann Lee: We moved.", "[00:00:09] Bob Ray: Why?"], "trint"),
        (["Ann Lee: [00:00:03] We moved.", "Bob Ray: [00:00:09] Why?"], "descript"),
        (["0:0:3.1 --> 0:0:6.4", "A B", "We.", "0:0:7.0 --> 0:0:8.0", "C D", "Why?"], "teams"),
        (["00:03.1 --> 00:06.4", "A B", "We.", "00:07.0 --> 00:08.0", "C D", "Why?"], "teams"),
        (["MS. DOE:  Hello.", "Q    Why?", "MS. DOE:  No.", "Q    Oh."], "label"),
        (["Senator REED. Why?", "Mr. Doe. No.", "Senator REED. Oh.", "Mr. Doe. Yes."], "label"),
        (["Q. Why?", "A. So.", "Q. Oh?", "A. Yes."], "label"),
        (["Lee, Ann", "0:03", "We moved.", "Ray, Bob", "0:09", "Why?"], "clock"),
        (["Opening", "9:00", "Coffee", "10:30", "Lunch", "12:00"], ""),
        (["Opening  9:00", "Coffee  10:30", "Lunch  12:00"], ""),
        (["1. First (10:30): tea", "words", "words"], ""),
        (["He came at 0:03", "and left at 0:09"], ""),
        (["[00:00:03] door opens", "[00:00:09] door shuts"], ""),
        ([], ""),
        (["A. Background", "Words.", "A. Methods", "Words.", "B. Results", "B. Rest"], ""),
        (["Note: closed.", "Warning: high water.", "Words."], ""),
        (["Dinner  8:30", "Breakfast  7:15", "Lunch  1:00"], ""),
        (["Note: one.", "Note: two.", "Note: three."], ""),
    ],
)
def test_a_shape_is_known_by_its_lines_or_not_at_all(lines: list[str], shape: str):
    found = shape_of(lines, [True] * len(lines))
    assert (found.name if found else "") == shape


def test_a_time_alone_before_words_goes_on_with_the_speaker(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_text(
        "Ann Lee (00:00:03):\nWe moved.\n\n(00:00:09):\nIt rained.\n\n(00:12): All night.\n\n"
        "Bob Ray (00:00:20):\nWhy?\n\nAnn Lee (00:00:31):\nSo.\n"
    )
    source = extract(path, "x")
    assert said(source)[0] == ("Ann Lee", "We moved.\n\nIt rained.\n\nAll night.")
    assert [place.seconds for place in source.places][:3] == [(3, 9), (9, 12), (12, 20)]


def test_a_time_in_brackets_behind_one_label_is_no_part_of_the_name(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_text(
        "Speaker 1: So.\nSpeaker 2: Why?\nSpeaker 1 (00:01:10): It was.\nSpeaker 2 [1:15]: Oh.\n"
        "Speaker 1 (Ann, 00:01): No.\n"
    )
    source = extract(path, "x")
    assert [speaker for speaker, _ in said(source)][:4] == ["Speaker 1", "Speaker 2"] * 2
    assert [place.seconds for place in source.places][-1] == (75, 75)


def test_a_formal_label_is_known_again_where_its_colon_is_misprinted(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_text(
        "MS. DOE:  So.\n\nQ    Why?\n\nMS. DOE.  Thanks.\n\nQ    Who?\n\nMR. RAY:  We.\n\n"
        "MS. DOE:Well.\n\nMs. Doe. She left.\n\nMR. RAY:  No.\n\nMS. DOE; Yes.\n"
    )
    assert said(extract(path, "x")) == [
        ("MS. DOE", "So."),
        ("Q", "Why?"),
        ("MS. DOE", "Thanks."),
        ("Q", "Who?"),
        ("MR. RAY", "We."),
        ("MS. DOE", "Well.\n\nMs. Doe. She left."),
        ("MR. RAY", "No."),
        ("MS. DOE", "Yes."),
    ]


def test_names_of_letters_without_capitals_may_be_said_too(tmp_path: Path):
    one, two = "\u0623\u062d\u0645\u062f", "\u0644\u064a\u0644\u0649"
    path = tmp_path / "a.txt"
    path.write_text("\n".join([f"{one}: {two}", f"{two}: {one}"] * 3), encoding="utf-8")
    assert said(extract(path, "x")) == [(one, two), (two, one)] * 3


def test_who_goes_on_is_one_turn_with_a_zone_for_each_paragraph(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_text("Q    Why?\n\nQ    When?\n\nMS. DOE:  Soon.\n\nQ    Where?\n\nMS. DOE:  Here.")
    source = extract(path, "x")
    assert said(source)[:2] == [("Q", "Why?\n\nWhen?"), ("MS. DOE", "Soon.")]
    zones = [source.text[zone.start : zone.end] for zone in source.zones]
    assert zones == ["Why?", "When?", "Soon.", "Where?", "Here."]


def test_a_table_of_speakers_in_markdown_is_a_transcript(tmp_path: Path):
    path = tmp_path / "a.md"
    turns = [("Ann", "We moved."), ("Bob", "Why so?"), ("Ann", "It was late."), ("Bob", "I see.")]
    rows = ["Speaker | Words", "--- | ---", *(f"{name} | {words}" for name, words in turns)]
    path.write_text("\n".join(f"| {row} |" for row in rows))
    source = extract(path, "x")
    assert said(source) == turns
    assert source.text.startswith("Speaker | Words")


def test_times_that_stand_at_some_turns_only_lose_none_of_the_others(tmp_path: Path):
    turns = [
        ("Ann Lee", "[00:00:03] We moved."),
        ("Bob Ray", "Why?"),
        ("Ann Lee", "It was late."),
        ("Bob Ray", "[00:01:09] I see."),
        ("Cy Oak", "So do I."),
        ("Bob Ray", "Well."),
    ]
    path = tmp_path / "a.md"
    path.write_text("\n\n".join(f"**{name}:** {words}" for name, words in turns))
    source = extract(path, "x")
    assert said(source) == [(name, words.rpartition("] ")[2]) for name, words in turns]
    assert [place.seconds for place in source.places] == [(3, 69)] * 3 + [(69, 69)] * 3
    lines = [f"[00:0{n}:01] " * (n % 2 == 0) + f"{name}: w." for n, (name, _) in enumerate(turns)]
    path = tmp_path / "a.txt"
    path.write_text("\n\n".join(lines))
    assert [speaker for speaker, _ in said(extract(path, "x"))] == [name for name, _ in turns]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("MS. JEAN-PIERRE:  Okay.", "MS. JEAN-PIERRE"),
        ("MR.  KIRBY: Okay.", "MR. KIRBY"),
        ("DR. DOE (via translator):  Okay.", "DR. DOE (via translator)"),
        ("Lee, Ann: Okay.", "Lee, Ann"),
        ("\u00c9mile de Roy: Okay.", "\u00c9mile de Roy"),
        ("The CHAIRMAN. Okay.", "The CHAIRMAN"),
        ("Ms. DOE of New York. Okay.", "Ms. DOE of New York"),
        ("Q    (Off-mic.)", "Q"),
        ("At 10:30 we left.", ""),
        ("What I can say is: no.", ""),
        ("https://example.org", ""),
        ("A lot of them did.", ""),
    ],
)
def test_labels(text: str, speaker: str):
    found = label_of(text)
    assert (found.speaker if found else "") == speaker


def test_a_paragraph_in_brackets_is_a_stage_direction_and_a_bracket_in_speech_is_none():
    assert is_stage_direction("(Laughter.)") and is_stage_direction("[crosstalk 00:01:15]")
    assert not is_stage_direction("(Laughter.) Thank you.") and not is_stage_direction("(1)")


def test_a_sentence_of_a_timed_text_has_its_time(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_text("Ann Lee  0:03\nWe moved. It rained.\n\nBob Ray  1:00:09\nWhy?\n")
    source = extract(path, "x")
    start = source.text.index("It rained.")
    [place] = source.places_of(start, start + 10)
    assert place.seconds == (3.0, 3609.0)


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
    ("name", "text"),
    [
        ("a.json", "{"),
        ("a.json", "[1, 2]"),
        ("a.json", '{"segments": [{"start": "soon", "text": "Why?"}]}'),
        ("a.json", '{"segments": [{"start": -1, "end": 2, "text": "Why?"}]}'),
        ("a.json", "[" * 100_000),
        ("a.srt", "no times at all"),
    ],
)
def test_a_file_that_is_no_transcript_of_its_kind_is_refused_with_a_remedy(
    tmp_path: Path, name: str, text: str
):
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(WrongFormatError) as caught:
        extract(path, "x")
    assert caught.value.remedy


def whisper(tmp_path: Path, content: object) -> Source:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return extract(path, "x")


def test_a_segment_without_times_takes_them_from_those_beside_it(tmp_path: Path):
    segments = [
        {"start": None, "end": None, "text": "One."},
        {"start": 1.0, "end": 2.5, "text": "Two."},
        {"start": None, "end": None, "text": "Three."},
        {"start": 3.0, "end": None, "text": "Four."},
        {"start": 4.0, "text": "Five."},
        {"end": 7.0, "text": "Six."},
    ]
    source = whisper(tmp_path, {"segments": segments})
    assert heard(source) == [
        ("One.", 0.0, 1.0),
        ("Two.", 1.0, 2.5),
        ("Three.", 2.5, 3.0),
        ("Four.", 3.0, 4.0),
        ("Five.", 4.0, 4.0),
        ("Six.", 4.0, 7.0),
    ]
    [warning] = source.warnings
    assert warning.startswith("5 of 6 segments give no time")


def test_a_transcript_without_any_times_is_read_without_them(tmp_path: Path):
    source = whisper(tmp_path, {"segments": [{"text": "One."}, {"text": "Two."}]})
    assert source.text == "One. Two." and not source.places
    [warning] = source.warnings
    assert warning.startswith("2 of 2 segments give no time")


TIMES = st.none() | st.floats(0, 1e6).map(lambda second: round(second, 3))


@settings(max_examples=250, deadline=None)
@given(st.lists(st.tuples(TIMES, TIMES, NAMES | st.none()), min_size=1, max_size=9))
def test_any_times_are_read_and_none_runs_backwards(
    tmp_path_factory: pytest.TempPathFactory, told: list[tuple[float, float, str]]
):
    segments = [
        {"start": start, "end": end, "speaker": name, "text": f" w{number}"}
        for number, (start, end, name) in enumerate(told)
    ]
    source = whisper(tmp_path_factory.mktemp("json"), segments)
    assert source.text.split() == [f"w{number}" for number in range(len(told))]
    for number, (start, end, _) in enumerate(told if source.places else ()):
        at = source.text.index(f"w{number}")
        [place] = source.places_of(at, at + 2)
        first, last = place.seconds or (0, 0)
        assert first <= last
        assert start is None or first == start
        assert start is None or end is None or last == max(start, end)
    is_whole = all(start is not None and end is not None for start, end, _ in told)
    assert bool(source.warnings) != is_whole


def test_a_transcript_without_words_holds_no_text(tmp_path: Path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"segments": []}))
    with pytest.raises(NoTextError):
        extract(path, "x")


# How often each speaks, counted in the files' own lines; one who goes on is counted once.
BRIEFINGS = {
    "2021-12-17-background-press-call": {
        "SENIOR ADMINISTRATION OFFICIAL": 5,
        "MODERATOR": 4,
        "Q": 4,
    },
    "2022-05-20-press-gaggle": {"Q": 67, "MR. SULLIVAN": 50, "MS. JEAN-PIERRE": 28},
    "2022-06-29-on-the-record": {
        "ASSISTANT SECRETARY WALLANDER": 8,
        "Q": 8,
        "MR. KIRBY": 5,
        "MODERATOR": 2,
    },
    # one turn there is printed "MR. KIRBY.  Thanks, Karine."
    "2023-01-12-press-briefing": {"Q": 139, "MS. JEAN-PIERRE": 119, "MR. KIRBY": 33},
    "2023-03-13-press-gaggle": {
        "Q": 46,
        "MS. JEAN-PIERRE": 28,
        "MR. SULLIVAN": 19,
        "MR. SULLIVCAN": 1,
    },
    "2023-04-24-press-briefing": {
        "Q": 34,
        "MR. SULLIVAN": 23,
        "MS. JEAN-PIERRE": 18,
        "MS. DALTON": 5,
    },
    "2023-11-09-background-press-call": {
        "Q": 25,
        "SENIOR ADMINISTRATION OFFICIAL": 23,
        "MODERATOR": 15,
    },
    "2024-07-05-background-press-call": {
        "MODERATOR": 11,
        "SENIOR ADMINISTRATION OFFICIAL": 10,
        "Q": 9,
    },
    "2024-07-08-press-briefing": {"Q": 225, "MS. JEAN-PIERRE": 197, "MR. KIRBY": 62, "AIDE": 1},
    "2024-11-21-press-briefing": {"MS. JEAN-PIERRE": 98, "Q": 96, "AIDE": 1},
}


def test_ten_press_briefings_have_the_turns_that_stand_in_them(data: Path, tmp_path: Path):
    found = {}
    with tarfile.open(data / "briefings" / "white_house_deterrence.tar.xz") as archive:
        for member in archive:
            name = next((one for one in BRIEFINGS if f"press-briefings/{one}" in member.name), "")
            stream = archive.extractfile(member) if name else None
            if stream is None:
                continue
            path = tmp_path / f"{name}.md"
            path.write_bytes(stream.read())
            counts: dict[str, int] = {}
            for turn in extract(path, "x").turns:
                counts[turn.speaker] = counts.get(turn.speaker, 0) + 1
            found[name] = counts
    assert found == BRIEFINGS


def test_seven_interviews_printed_by_maxqda_have_two_speakers(data: Path):
    folder = data / "maxqda" / "results" / "transcripts"
    turns = {path.stem: extract(path, "x").turns for path in sorted(folder.glob("P*.pdf"))}
    speakers = {turn.speaker for those in turns.values() for turn in those}
    misspelt = "Particpant"  # once in P5, where it parts two turns of the interviewer
    assert speakers == {"Dan", "Participant", misspelt}
    counts = {name: len(those) for name, those in turns.items()}
    assert counts == {"P1": 92, "P2": 159, "P3": 121, "P4": 107, "P5": 133, "P6": 97, "P7": 104}


def test_the_voices_of_the_w3c_examples(data: Path):
    folder = data / "transcripts"
    one, two = (extract(folder / f"webvtt_example_0{n}.vtt", "x") for n in (1, 2))
    assert {turn.speaker for turn in one.turns} == {"Roger Bingham", "Neil deGrasse Tyson"}
    assert said(two) == [
        ("Esme", "It\u2019s a blue apple tree!"),
        ("Mary", "No way!"),
        ("Esme", "Hee!"),
        ("Mary", "That\u2019s awesome!"),
    ]
    assert two.text.endswith("Sur les playground, ici \u00e0 Montpellier")
