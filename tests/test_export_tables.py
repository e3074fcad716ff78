"""Tables: what is written comes back, and only what may be summed is summed."""

import csv
import io

import pytest
from export_bundle import provisional_bundle, toy_bundle
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.export import columns, tables
from pipeline.export.tables import Column, csv_bytes

CODINGS_CONTRACT = (
    "coding_id source_id segment_id start end page page_label quotation code_id coder coder_kind "
    "origin_id origin_sha256 matched_words score polarity certainty time mood voice cues method "
    "is_inherited speaker speaker_role case_id source_type zone state decided_by decided_at "
    "codebook_version text_sha256"
).split()
MATRIX_CONTRACT = (
    "finding_id case_id source_type source_id bearing review_state source_count excerpt_count "
    "coding_ids"
).split()
BUNDLE = toy_bundle()


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def codings() -> list[dict[str, str]]:
    return read(csv_bytes(columns.CODINGS, tables.coding_rows(BUNDLE)))


def test_codings_and_matrix_have_the_columns_others_rely_on():
    assert [column.name for column in columns.CODINGS] == CODINGS_CONTRACT
    assert [column.name for column in columns.MATRIX] == MATRIX_CONTRACT


@pytest.mark.parametrize(
    "table", [columns.CODINGS, columns.SOURCES, columns.MATRIX, columns.TOTALS]
)
def test_every_column_is_explained(table):
    described = read(tables.dictionary_bytes(table))
    assert [row["column"] for row in described] == [column.name for column in table]
    assert all(row["kind"] and row["meaning"] for row in described)


def test_a_quotation_comes_back_from_the_file_as_its_source_has_it():
    for row in codings():
        source = BUNDLE.source_by_id[row["source_id"]]
        if row["state"] == "stale":
            assert row["quotation"] == ""
        else:
            assert row["quotation"] == source.quote(int(row["start"]), int(row["end"]))


def test_a_file_has_no_mark_at_its_beginning_and_plain_line_ends():
    content = csv_bytes(columns.CODINGS, tables.coding_rows(BUNDLE))
    assert content.startswith(b"coding_id,")
    assert b"\r" not in content
    assert content.endswith(b"\n")


def test_a_leading_equals_sign_is_data_and_stays():
    quotations = [row["quotation"] for row in codings()]
    assert any(quotation.startswith("=HYPERLINK(") for quotation in quotations)


def test_lists_words_and_truths_have_their_forms():
    row = next(row for row in codings() if row["matched_words"])
    assert row["matched_words"] == "by themselves"
    assert row["cues"] == "negated: can not, over: can not shift the balance"
    assert row["decided_by"] == "c1;c2"
    assert row["is_inherited"] == "false"
    assert row["score"] == "1.0000"


def test_pages_are_given_as_counted_and_as_printed():
    row = next(row for row in codings() if row["code_id"] == "eff.strengthens")
    assert (row["page"], row["page_label"]) == ("14", "xii")
    assert next(row for row in codings() if row["source_id"] == "D001")["page"] == ""


def test_every_source_stands_in_the_table_with_the_reason_where_it_was_not_read():
    rows = {
        row["source_id"]: row
        for row in read(csv_bytes(columns.SOURCES, tables.source_rows(BUNDLE)))
    }
    assert set(rows) == {"D001", "D 002", "D003", "D004"}
    assert rows["D004"]["is_extracted"] == "false"
    assert rows["D004"]["problem"] == "the file asks for a password"
    assert rows["D001"]["read_share"] == "1.0000"
    assert rows["D 002"]["page_count"] == "2"


@pytest.mark.parametrize("bundle", [toy_bundle(), provisional_bundle()], ids=["toy", "provisional"])
def test_totals_of_one_case_and_layer_equal_the_sum_of_its_rows(bundle):
    for total in tables.total_rows(bundle):
        if total.scope != "case" or total.review_state == "either":
            continue
        rows = [
            row
            for row in bundle.matrix.rows
            if (row.finding_id, row.case_id, row.bearing, row.review_state)
            == (total.finding_id, total.case_id, total.bearing, total.review_state)
        ]
        assert total.source_count == sum(row.source_count for row in rows)
        assert total.raw_source_count == len(rows)


def test_a_source_in_two_layers_is_one_source_in_the_total_of_both():
    totals = {
        row.review_state: row
        for row in tables.total_rows(BUNDLE)
        if (row.finding_id, row.scope, row.bearing) == ("F1a", "all", "supports")
    }
    assert totals["confirmed"].source_count == 1
    assert totals["proposed"].source_count == 2
    assert totals["either"].source_count == 2
    assert totals["either"].raw_source_count == 3


@settings(max_examples=200)
@given(st.lists(st.text(), min_size=1, max_size=5))
def test_any_text_comes_back_from_a_table_as_it_went_in(texts):
    table = (Column("text", "text", "any", lambda text: text), Column("n", "integer", "any", len))
    back = read(csv_bytes(table, texts))
    assert [row["text"] for row in back] == texts
