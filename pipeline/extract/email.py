"""E-mail: the plain part, else the HTML one; quoted replies told apart, attachments named."""

import email
import email.policy
from collections.abc import Iterator, Sequence
from email.message import EmailMessage

from pipeline.errors import DamagedFileError, WrongFormatError
from pipeline.extract.building import Block, build, marks_apart, plain_block
from pipeline.extract.cleaning import clean
from pipeline.extract.file import File
from pipeline.extract.html import page_blocks
from pipeline.extract.normalise import RawLine
from pipeline.extract.text import plain_blocks
from pipeline.model.source import Source

_HEADERS = ("From", "To", "Cc", "Date")
_MOST_PARTS = 500


def read(file: File) -> Source:
    """Return the Source of a message; what is attached is named and not read.

    Raises
    ------
    WrongFormatError, DamagedFileError
        If it has no header of a message, or can not be taken apart.
    """
    try:
        message = email.message_from_bytes(file.data, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        headers = [(name, str(message[name] or "")) for name in (*_HEADERS, "Subject")]
        content, is_html = _content(message)
        attached = list(_attached(message))
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as reason:
        raise DamagedFileError(
            f"can not be read as a message: {type(reason).__name__}",
            where=file.name,
            remedy="Save the message again.",
        ) from reason
    if not any(value for _, value in headers):
        raise WrongFormatError(
            "has no header of a message", where=file.name, remedy="Save the message as .eml."
        )
    said = page_blocks(content, file.name) if is_html else list(_paragraphs(content))
    return build(
        file,
        [*_headed(headers), *marks_apart(said)],
        extractor="eml",
        has_places=False,
        warnings=[f"attached and not read: {', '.join(attached)}"] if attached else [],
        proposals=[("title", headers[-1][1]), ("from", headers[0][1]), *_date(message)],
    )


def _date(message: EmailMessage) -> list[tuple[str, str]]:
    date = getattr(message["Date"], "datetime", None)
    return [("date", date.date().isoformat())] if date else []


def _headed(headers: Sequence[tuple[str, str]]) -> Iterator[Block]:
    for name, value in headers:
        if not clean(value):
            continue
        if name == "Subject":
            yield plain_block("heading", value, "eml.subject")
        else:
            yield plain_block("running-head", f"{name}: {value}", "eml.header", is_aside=True)


def _content(message: EmailMessage) -> tuple[str, bool]:
    """The words of a message and whether they are HTML."""
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return "", False
    content = body.get_content()
    return (content if isinstance(content, str) else ""), body.get_content_type() == "text/html"


def _attached(message: EmailMessage) -> Iterator[str]:
    for number, one in enumerate(message.iter_attachments()):
        if number < _MOST_PARTS:
            yield clean(one.get_filename() or one.get_content_type())[:120]


def _paragraphs(text: str) -> Iterator[Block]:
    """Paragraphs, those quoted from an earlier message as quotations."""
    plain: list[str] = []
    quoted: list[str] = []
    for line in [*text.replace("\r\n", "\n").split("\n"), ""]:
        if line.startswith(">"):
            yield from plain_blocks("\n".join(plain))
            plain = []
            quoted.append(line.lstrip("> "))
            continue
        if quoted:
            yield Block("block-quotation", tuple(map(RawLine, quoted)), "eml.quoted")
            quoted = []
        plain.append(line)
    yield from plain_blocks("\n".join(plain))
