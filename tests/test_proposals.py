"""What files claim of themselves: brought to one form, shown as a claim, never believed."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.commands import init, run
from pipeline.corpus import lines_to_add
from pipeline.extract import extract
from pipeline.extract.proposals import proposals_of
from pipeline.model.source import Source
from pipeline.model.study import SourceEntry

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("D:20240502101500+02'00'", "2024-05-02"),
        ("D:20240502", "2024-05-02"),
        ("2024-05-02T10:15:00Z", "2024-05-02"),
        ("2024-02-29", "2024-02-29"),
        ("2023-02-29", ""),
        ("D:20241399", ""),
        ("12345678901", ""),
        ("2024-0502", ""),
        ("\u0662\u0660\u0662\u0664-\u0660\u0665-\u0660\u0662", ""),
        ("2024", ""),
        ("D:00000000", ""),
        ("next spring", ""),
    ],
)
def test_a_date_is_a_day_of_the_calendar_or_none(written: str, day: str):
    assert proposals_of([("CreationDate", written)]) == ((("date", day),) if day else ())


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Title", "Author", "date", "dc:language", "Producer"]) | st.text(),
            st.text(max_size=400) | st.dates().map("D:{:%Y%m%d}".format),
        )
    )
)
def test_proposals_are_known_names_each_once_and_bounded(pairs: list[tuple[str, str]]):
    found = dict(proposals_of(pairs))
    assert len(found) == len(proposals_of(pairs))
    assert set(found) <= {"title", "author", "date", "language", "subject"}
    assert all(0 < len(value) <= 200 for value in found.values())
    if "date" in found:
        assert date.fromisoformat(found["date"])


@settings(max_examples=300, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1),
    st.text(),
    st.text(),
)
def test_the_line_to_add_is_one_line_that_names_the_file_and_nothing_more(
    path: str, title: str, day: str
):
    source = Source("a", "Words.", proposals=(("date", day), ("title", title)))
    line = lines_to_add(SourceEntry("a", path, "a", case_id="c", is_listed=False), source)
    assert line.isprintable()
    [listed] = yaml.safe_load(line)
    assert listed["path"] == path
    assert set(listed) <= {"id", "path", "title", "date", "type", "case"}
    assert all(isinstance(value, str) for value in listed.values())


def test_a_claim_is_shown_to_be_looked_at_and_is_no_attribute(tmp_path: Path):
    study = tmp_path / "study"
    init(study)
    report_pdf = (ROOT / "corpus" / "report-littoral.pdf").read_bytes()
    (study / "corpus" / "new.pdf").write_bytes(report_pdf)
    claims = dict(extract(study / "corpus" / "new.pdf", "new").proposals)
    assert claims["title"]
    told = run(study).summary
    assert "what the files claim: look at them" in told and claims["title"] in told
    rows = (study / "outputs" / "sources.csv").read_text(encoding="utf-8").splitlines()
    [row] = [row for row in rows if row.startswith("new,")]
    assert claims["title"] not in row
