"""Tables that people keep: read as spreadsheets write them, refused with the line where not."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import StudyError
from pipeline.newstudy import init
from pipeline.pseudonym_table import read_pseudonyms
from pipeline.study import load_study
from pipeline.table_file import read_table

HEAD = "name,pseudonym\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_as_spreadsheets_write_it(tmp_path: Path, encoding: str, delimiter: str):
    rows = ["name,pseudonym", "Zo\u00eb,Official A", "", '"P\u00e9rez\nAna",B']
    path = tmp_path / "names.csv"
    path.write_bytes("\r\n".join(rows).replace(",", delimiter).encode(encoding))
    table = read_table(path, "names.csv")
    assert table.faults == () and table.columns == ("name", "pseudonym")
    assert table.rows == (
        (2, {"name": "Zo\u00eb", "pseudonym": "Official A"}),
        (5, {"name": "P\u00e9rez\nAna", "pseudonym": "B"}),
    )


FAULTY = [
    (HEAD.encode() + b"Ana,A\nBo\0b,B\n", 3, "a null character"),
    (HEAD.encode() + b"Ana,A\n" + b"x" * 140_000 + b",B\nCy,C\n", 3, "can not be read as a table"),
    (HEAD.encode() + b'Ana,A\n"Bob,B\nCy,C\n', 3, "a quotation mark that is not closed"),
    (HEAD.encode() + b'Ana,"A', 2, "a quotation mark that is not closed"),
    (HEAD.encode() + b'"', 2, "a quotation mark that is not closed"),
    (HEAD.encode() + b"Ana,A\nBo\x81b\xff,B\n", 3, "is not UTF-8"),
    (HEAD.encode() + "Ana,A\nP\u00e9rez,B\n".encode("latin-1"), 3, "is not UTF-8"),
    (HEAD.encode() + "Ana,A\nSt\u0103nescu,B\n".encode("cp1250"), 3, "is not UTF-8"),
    (HEAD.encode() + b"Ana,A\nBo\x03,B\n", 3, "a control character"),
    (HEAD.encode("utf-16") + b"x", 1, "is no UTF-16 throughout"),
    (HEAD.encode("utf-16") + b"\x00\xd8x\x00", 1, "is no UTF-16 throughout"),
    (b"", 1, "has no column 'name'"),
    (b"\0", 1, ""),
]


@pytest.mark.parametrize(("data", "line", "what"), FAULTY, ids=[what for _, _, what in FAULTY])
def test_what_can_not_be_read_for_certain_is_a_fault_with_its_line(
    tmp_path: Path, data: bytes, line: int, what: str
):
    (tmp_path / "names.csv").write_bytes(data)
    pairs, faults = read_pseudonyms(tmp_path, "names.csv", "study.yaml:4", frozenset())
    assert pairs == () and faults[0].where == f"names.csv:{line}"
    assert what in faults[0].what and faults[0].hint
    assert not any(name in str(fault) for fault in faults for name in ("Ana", "Bob", "Cy"))


def test_faults_of_sources_csv_are_told_as_those_of_the_study(tmp_path: Path):
    folder = tmp_path / "study"
    init(folder)
    text = (folder / "study.yaml").read_text(encoding="utf-8")
    (folder / "study.yaml").write_text(text.replace("sources: []\n", ""), encoding="utf-8")
    for data, line in (
        (b"id,path\na,corpus/a.txt\nb,\0\n", 3),
        (b'id,path\n"a,corpus/a.txt\n', 2),
        (b"id,path\na,corpus/\x81.txt\n", 2),
    ):
        (folder / "sources.csv").write_bytes(data)
        with pytest.raises(StudyError) as caught:
            load_study(folder)
        assert f"sources.csv:{line}" in [fault.where for fault in caught.value.faults]


ODD = st.text('a,;"\n\r\t\0\x03\ufffd\u00e9', max_size=40).map(str.encode)


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=80) | ODD)
def test_any_bytes_are_a_table_or_told(tmp_path_factory: pytest.TempPathFactory, data: bytes):
    path = tmp_path_factory.mktemp("any") / "names.csv"
    path.write_bytes(data)
    table = read_table(path, "names.csv")
    assert all(fault.where.startswith("names.csv:") for fault in table.faults)
    assert all(set(table.columns) <= set(row) for _, row in table.rows)
