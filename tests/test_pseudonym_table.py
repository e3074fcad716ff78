"""The table of pseudonyms: what it gives, and each fault of it with its line and no name."""

import re
from pathlib import Path

import pytest

from pipeline.errors import Fault
from pipeline.model.study import NamePair
from pipeline.pseudonym_table import read_pseudonyms

HEAD = "name,pseudonym,source_id\n"


def read(folder: Path, content: str) -> tuple[tuple[NamePair, ...], list[Fault]]:
    (folder / "names.csv").write_text(content, encoding="utf-8")
    return read_pseudonyms(folder, "names.csv", "study.yaml:4", frozenset({"talk", "visit"}))


def told(folder: Path, *rows: str) -> list[tuple[str, str]]:
    _, faults = read(folder, HEAD + "".join(f"{row}\n" for row in rows))
    assert all(fault.hint for fault in faults)
    return [(fault.where, fault.what) for fault in faults]


def test_names_are_composed_and_their_white_space_is_one_blank(tmp_path: Path):
    pairs, faults = read(tmp_path, HEAD + "  Zoe\u0308 \t Pop ,Official  A, talk \n")
    assert faults == []
    assert pairs == (NamePair("Zo\u00eb Pop", "Official A", "talk"),)


def test_a_table_without_sources_is_for_all(tmp_path: Path):
    pairs, faults = read(tmp_path, "pseudonym;name\nOfficial A;Ana Pop\n")
    assert (pairs, faults) == ((NamePair("Ana Pop", "Official A"),), [])


@pytest.mark.parametrize(
    "name", ["..\\names.csv", "../names.csv", "a/../../names.csv", "C:names.csv", "/names.csv"]
)
def test_a_table_outside_the_study_is_not_looked_for(tmp_path: Path, name: str):
    pairs, [fault] = read_pseudonyms(tmp_path, name, "study.yaml:4", frozenset())
    assert pairs == () and fault.where == "study.yaml:4"
    assert fault.what == f"pseudonyms {name!r} leads out of the study" and fault.hint


def test_columns_that_are_unknown_or_missing_are_told_and_no_row_is_read(tmp_path: Path):
    pairs, (unknown, missing) = read(tmp_path, "name,pseudonim\nAna Pop,Official A\n")
    assert pairs == () and unknown.where == missing.where == "names.csv:1"
    assert "not known" in unknown.what and "'pseudonym'" in unknown.hint
    assert missing.what == "has no column 'pseudonym'"
    _, [nameless] = read(tmp_path, "pseudonym\nOfficial A\n")
    assert nameless.what == "has no column 'name'"


@pytest.mark.parametrize(
    ("rows", "line", "what"),
    [
        (["Ana,A", "ANA,B"], 3, "the name of line 2 stands here again with another pseudonym"),
        (["Ana,A,talk", "Ana,B,talk"], 3, "the name of line 2 stands here again"),
        (["Ana,Anas friend", "Anas,B"], 2, "the pseudonym holds the name of line 3"),
        (["Ana,friend of ANA"], 2, "the pseudonym holds its own name"),
        (["...,A"], 2, "the name is empty"),
        (["Ana,"], 2, "the pseudonym is empty"),
        (["Ana,-A"], 2, "the pseudonym does not begin with a letter"),
        (["Ana,A,tlak"], 2, "source_id 'tlak' is no source of the study"),
        (["Ana,A,talk,more"], 2, "has more cells than the first row"),
    ],
)
def test_a_fault_is_told_by_its_line(tmp_path: Path, rows: list[str], line: int, what: str):
    [(where, found)] = told(tmp_path, *rows)
    assert where == f"names.csv:{line}" and what in found
    assert not re.search("ana", found, re.IGNORECASE)


@pytest.mark.parametrize(
    "rows",
    [
        ["Ana,A", "ana,A"],
        ["Ana,A,talk", "Ana,B,visit"],
        ["Ana,[A]", "Ben,(B)", "Eve,7"],
        ["Ana,Banana"],
        ["Ana,Ana2"],
    ],
    ids=["twice the same", "by source", "beginnings", "within a word", "with a digit"],
)
def test_what_is_no_fault_is_none(tmp_path: Path, rows: list[str]):
    assert told(tmp_path, *rows) == []
