"""E-mail: subject, quotations, attachments named, and no header that loses a message."""

from email.message import EmailMessage
from pathlib import Path

from test_formats import told

from pipeline.extract import extract


def message(**more: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = "Ana Pop <ana@invented.example>", "Ben"
    made["Date"], made["Subject"] = "Thu, 02 May 2024 10:15:00 +0000", "Bridges"
    for name, value in more.items():
        made[name] = value
    return made


def test_a_message_has_its_subject_its_quotations_and_its_attachments_named(tmp_path: Path):
    made = message()
    made.set_content("We waited.\n\nBen wrote:\n> Why not three?\n> You had fuel.\n\nNo bridge.\n")
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="map.pdf")
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(made))
    source = extract(path, "a")
    kinds = told(source)
    assert ("heading", "Bridges") in kinds
    assert ("block-quotation", "Why not three? You had fuel.") in kinds
    assert ("body", "We waited.") in kinds and ("body", "No bridge.") in kinds
    assert any(kind == "running-head" and "ana@invented" in words for kind, words in kinds)
    assert source.warnings == ("attached and not read: map.pdf",)
    assert dict(source.proposals)["date"] == "2024-05-02"


def test_one_odd_header_or_character_set_does_not_lose_a_message(tmp_path: Path):
    path = tmp_path / "a.eml"
    path.write_bytes(
        b"From: " + b"(" * 30_000 + b"\nSubject: Bridges\nDate: " + b"1" * 30_000 + b"\n"
        b"Content-Type: text/plain; charset=x-none\n\nWe waited in T\xe2rgu.\n"
    )
    source = extract(path, "a")
    kinds = told(source)
    assert ("heading", "Bridges") in kinds and ("body", "We waited in T\u00e2rgu.") in kinds
    assert source.warnings == (
        "names a character set that is not known",
        "not UTF-8: read as Windows-1252, look at accented letters",
        "the header From is not read whole",
        "the header Date is not read whole",
    )


def test_a_message_with_an_empty_header_has_no_warning(tmp_path: Path):
    path = tmp_path / "a.eml"
    path.write_bytes(b"From: ana@invented.example\nSubject: Bridges\n\nWe waited.\n")
    assert extract(path, "a").warnings == ()


def test_a_message_in_html_alone_is_read_as_a_page(tmp_path: Path):
    made = message()
    made.set_content("<html><body><p>We waited.</p><script>x()</script></body></html>", "html")
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(made))
    assert ("body", "We waited.") in told(extract(path, "a"))


def test_a_zone_of_time_beyond_all_numbers_loses_no_message(tmp_path: Path):
    path = tmp_path / "a.eml"
    path.write_text(f"From: a@example.org\nDate: Wed, 6 Mar 2024 09:00 +{'9' * 60}\n\nIt holds.\n")
    assert extract(path, "x").text.endswith("It holds.")
