"""Texts whose lines begin with labels and in which nobody speaks: they stay prose, all of them."""

import tarfile
from pathlib import Path

import docx
import pytest

from pipeline.extract import extract
from pipeline.extract.cleaning import clean

_SENTENCES = (
    "The bridge over the river was closed in spring.",
    "Three battalions cross it each year.",
    "Nobody had told the mayor, and the fuel was late.",
    "A second crossing is planned for the autumn.",
)


def entries(*labels: str, times: int = 2, end: str = ":", gap: str = "\n\n") -> str:
    """Each label in turn before a sentence, all of it so many times."""
    lines = [f"{label}{end} {_SENTENCES[n % 4]}" for n, label in enumerate(labels * times)]
    return gap.join(lines)


PROSE = {
    "memo": entries("Purpose", "Background", "Recommendation"),
    "memo of two parts": entries("Purpose", "Background"),
    "memo in capitals": entries("PURPOSE", "BACKGROUND", "DISCUSSION", "RECOMMENDATION"),
    "memo head": entries("TO", "FROM", "SUBJECT", "DATE", times=1, gap="\n")
    + "\n\n"
    + entries("TO", "FROM", "SUBJECT", "DATE", times=1, gap="\n"),
    "memo head with numbers": "MEMORANDUM FOR: The Director\nFROM: The Chief\n\n1. Purpose: x.\n\n"
    "2. Purpose: y.\n\nMEMORANDUM FOR: The Staff\nFROM: The Chief\n\nWe write again.",
    "letters": "Re: the bridge\nCc: Ann Lee\n\nDear all.\n\nRe: the fuel\nCc: Bob Ray\n\nDear all.",
    "messages": "From: Ann Lee\nTo: Bob Ray\nSent: Monday\nSubject: bridge\n\nWhy?\n\n"
    "From: Bob Ray\nTo: Ann Lee\nSent: Tuesday\nSubject: RE: bridge\n\nBecause.\n",
    "glossary": entries("Deterrence", "Assurance", "Escalation", "Posture", "Deterrence", times=1),
    "glossary of two": entries("Deterrence", "Assurance")
    + "\n\nIt is said that deterrence needs assurance, and that assurance needs deterrence.",
    "glossary of long terms": entries("Extended Deterrence", "Host Nation", "Burden Sharing"),
    "glossary of acronyms": entries("NATO", "EU", "UN", "OSCE"),
    "form": entries("Name", "Date", "Place", times=4, gap="\n"),
    "form of people": entries("First Name", "Home Town", "Next of Kin", times=3, gap="\n"),
    "minutes": entries("Action", "Decision", times=4),
    "minutes of items": "1. Bridge\n\nDecision: open it.\n\nAction: Ann Lee tells the mayor.\n\n"
    "2. Fuel\n\nDecision: buy it.\n\nAction: Bob Ray writes.\n\nAction: Ann Lee pays.",
    "recipe": "Soup\n\nServes: 4\nTime: 20 minutes\n\nBoil it.\n\nBread\n\nServes: 8\nBake it.",
    "citations": "John 3:16\nGod so loved the world.\n\nJohn 3:17\nGod sent his son.\n\n"
    "John 3:18\nHe who believes is not judged.",
    "citations of two books": "Genesis 1:01\nThe beginning.\n\nExodus 2:03\nShe took a basket.\n\n"
    "Genesis 3:08\nThey heard a voice.\n\nExodus 20:13\nYou shall not kill.",
    "citations in brackets": "John (3:16)\nGod so loved.\n\nMark (4:10)\nThey asked.\n\n"
    "John (5:01)\nA feast.",
    "clauses": entries("Section 3", "Section 4", "Section 5", end="."),
    "clauses with heads": entries("DEFINITIONS", "IN GENERAL", "EFFECTIVE DATE", end="."),
    "clauses of provisions": entries("General Provisions", "Director General", end="."),
    "clauses of two": entries("PURPOSE", "SCOPE", end="."),
    "notes": "**Note:** The bridge is closed.\n\n**Warning:** The river rises.\n\n"
    "**Note:** The ferry runs.\n\n**Warning:** It is slow.\n",
    "keys and values": "\n".join(f"Host: a{n}\nPort: {n}\nState: open" for n in range(5)),
    "keys with tabs": "\n".join(f"Unit:\tA{n}\nStrength:\t{n}00" for n in range(6)),
    "programme": "Opening  9:00\nWelcome by the mayor\nCoffee  10:30\nIn the hall\nTalk  11:00\n"
    "On bridges\nCoffee  12:30\nIn the hall\nTalk  13:00\nOn fuel",
    "programme first": "09:00 Opening: the mayor speaks\n10:30 Coffee: in the hall\n"
    "11:00 Talk: on bridges\n12:30 Coffee: in the hall\n13:00 Talk: on fuel",
    "programme in two lines": "Coffee\n10:30\nIn the hall\nTalk\n11:00\nOn bridges\nCoffee\n"
    "12:30\nIn the hall",
    "timetable": "Tallinn 10:30\nRiga 12:30\nTallinn 14:30\nRiga 16:30\nTallinn 18:30",
    "log of a day": "08:00 Watch: the gate opens.\n08:30 Patrol: nothing seen.\n09:00 Watch: rain\n"
    "09:30 Patrol: back.",
    "results": "Ann Lee  0:58\nTeam A\nBob Ray  1:02\nTeam B\nCy Oak  1:10\nTeam A",
    "programme with colons": "Opening: 9:00\nIn the hall\nTalk: 11:00\nOn bridges\nOpening: 12:40\n"
    "Again\nTalk: 13:05\nOn fuel",
    "tracks": "River Song  0:00\nNight March  2:15\nLong Way  5:31\nNo Bridge  8:02",
    "tracks in brackets": "River Song (0:00)\nNight March (2:15)\nLong Way (5:31)",
    "chapters": "0:00 Introduction\n2:15 The bridge\n5:31 Questions\n7:02 The bridge",
    "chapters with words": "0:04 Opening\nThe mayor speaks.\n2:15 Bridge\nIt is closed.\n"
    "5:31 Close\nAll leave.",
    "captions without speakers": "00:00:01.000 --> 00:00:03.000\nWe moved two battalions\n\n"
    "00:00:03.000 --> 00:00:05.000\nOver the river\n\n00:00:05.000 --> 00:00:07.000\nAt night",
    "captions in brackets": "[00:00:01] We moved two battalions\n[00:00:03] Over the river\n"
    "[00:00:05] At night",
    "log of a recording": "[00:01:02] Noise of a door.\n[00:02:03] Steps.\n[00:04:09] Noise.",
    "sentences with times": "He came in [00:01:15] and sat. She left [00:02:15].\n\n"
    "They met [00:03:11] at the gate.\n\nHe came in [00:04:15] again.",
    "scores": "Home 2:10\nAway 3:15\nHome 4:12\nAway 5:15",
    "questionnaire": entries("Question 1", "Question 2", "Question 3"),
    "requirements": entries("Finding", "Cause", "Effect", "Response", times=3),
    "register": entries("AGENCY", "ACTION", "SUMMARY", "DATES", "ADDRESSES"),
    "abstracts": entries("Objective", "Methods", "Results", "Conclusions"),
    "pros": entries("Pro", "Con", times=3),
    "pros in words": entries("Advantages", "Disadvantages", times=3),
    "strengths": entries("Strengths", "Weaknesses", "Opportunities", "Threats"),
    "german": entries("Datum", "Ort", "Betreff", times=3),
    "german of two": entries("Ziel", "Ergebnis", times=3),
    "french": entries("Objet", "Date", "Lieu", times=3),
    "spanish": entries("Fecha", "Asunto", "Lugar", times=3),
    "references": "Lee, Ann: Bridges of the North. 2001.\n\nRay, Bob: Fuel. 2002.\n\n"
    "Lee, Ann: Ferries. 2003.\n\nOak, Cy: Roads. 2004.\n\nRay, Bob: More fuel. 2005.\n\n"
    "Ash, Di: Rivers. 2006.\n\nElm, Flo: Ice. 2007.\n\nFir, Gus: Mud. 2008.",
    "countries": entries("Estonia", "Latvia", "Lithuania", times=2),
    "months": entries("January", "February", "March", times=2),
    "stages": entries("Step 1", "Step 2", times=3),
    "phases": entries("Phase One", "Phase Two", times=3),
    "codebook": entries("Code", "Definition", "Example", times=5),
    "vignettes": entries("Case A", "Case B", times=3),
    "lessons": entries("Observation", "Insight", times=4),
    "key points": entries("Key Point", "Evidence", times=4),
    "captions": entries("Figure 1", "Table 1", "Figure 2", "Table 2", times=2),
    "pictures": entries("Photo", "Source", times=4),
    "contacts": "Contact: Ann Lee\nPhone: 1\nEmail: a\n\nContact: Bob Ray\nPhone: 2\nEmail: b",
    "verdicts": entries("Claim", "Rating", times=4),
    "prices": "Low: 10\nHigh: 20\n\nLow: 11\nHigh: 21\n\nLow: 12\nHigh: 22",
    "weather": "Monday: rain.\nTuesday: sun.\nMonday: rain.\nTuesday: sun.",
}


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize("name", PROSE)
def test_a_text_in_which_nobody_speaks_keeps_its_labels(tmp_path: Path, name: str, suffix: str):
    path = tmp_path / f"a{suffix}"
    path.write_text(PROSE[name], encoding="utf-8")
    source = extract(path, "x")
    assert not source.turns, {turn.speaker for turn in source.turns}
    words = clean(PROSE[name].replace("**", "") if suffix == ".md" else PROSE[name]).split()
    if suffix == ".txt":
        assert clean(source.text).split() == words


@pytest.mark.parametrize(
    "rows",
    [
        [("Country", "Year", "Number")] + [("Estonia", "2021", "7"), ("Latvia", "2022", "9")] * 3,
        [("Country", "Number")] + [("Estonia", "7 ships"), ("Latvia", "9 ships")] * 3,
        [("Field", "Answer")] + [("Name", "Ann Lee of the town"), ("Date", "The first of May")] * 3,
        [("Time", "Item")] + [("9:00", "Coffee in the hall"), ("9:30", "A talk on bridges")] * 3,
    ],
)
def test_a_table_of_data_stays_a_table(tmp_path: Path, rows: list[tuple[str, ...]]):
    document = docx.Document()
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    path = tmp_path / "a.docx"
    document.save(str(path))
    source = extract(path, "x")
    assert not source.turns
    assert {zone.kind for zone in source.zones} == {"table"}


def test_nobody_speaks_in_strategies_a_summary_office_files_and_a_gazette(data: Path):
    paths = [
        *data.glob("strategies/*.txt"),
        *data.glob("summary/*.txt"),
        *data.glob("office/*.docx"),
        data / "pdf" / "federal-register-2020-17221.pdf",
    ]
    assert len(paths) > 10
    assert {path.name: extract(path, "x").turns for path in paths if extract(path, "x").turns} == {}


def test_nobody_answers_in_every_25th_speech_of_a_general_debate(data: Path, tmp_path: Path):
    found, count = {}, 0
    with tarfile.open(data / "speeches" / "un_general_debate_1500.tar.xz") as archive:
        for number, member in enumerate(archive):
            stream = archive.extractfile(member) if number % 25 == 0 else None
            if stream is None or not member.name.endswith(".txt"):
                continue
            path = tmp_path / Path(member.name).name
            path.write_bytes(stream.read())
            count += 1
            if turns := extract(path, "x").turns:
                found[path.name] = turns
    assert count > 50 and found == {}
