"""E-mail: the plain part, else the HTML one; quoted replies told apart, attachments named."""

import email
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from email.policy import EmailPolicy

from pipeline.errors import DamagedFileError, WrongFormatError
from pipeline.extract.building import Block, build, plain_block
from pipeline.extract.cleaning import clean
from pipeline.extract.file import File
from pipeline.extract.html import page_blocks
from pipeline.extract.normalise import RawLine
from pipeline.extract.text import decode, plain_blocks
from pipeline.model.source import Source

_HEADERS = ("From", "To", "Cc", "Date")
_MOST_SIGNED = 12
_MOST_PARTS = 500
# Taking a header apart takes the square of its length: 15 s for one of 480,000 characters.
_MOST_HEADER = 8_000
_CUT = " [cut short]"
_FAULTS = (ValueError, LookupError, AttributeError, TypeError, RecursionError, OverflowError)


class _ShortHeaders(EmailPolicy):
    """The standard policy, with headers cut where no written one goes on."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Return the name and the value of one header, as short as may be."""
        name, value = super().header_source_parse(sourcelines)
        return name, value if len(value) <= _MOST_HEADER else value[:_MOST_HEADER] + _CUT


def read(file: File) -> Source:
    """Return the Source of a message; what is attached is named and not read.

    Raises
    ------
    WrongFormatError, DamagedFileError
        If it has no header of a message, or can not be taken apart.
    """
    try:
        message = email.message_from_bytes(file.data, policy=_ShortHeaders())
        assert isinstance(message, EmailMessage)
        headers = [(name, _header(message, name)) for name in (*_HEADERS, "Subject")]
        content, is_html, warnings = _content(message, file.name)
        attached = list(_attached(message))
    except _FAULTS as reason:
        raise DamagedFileError(
            f"can not be read as a message: {type(reason).__name__}",
            where=file.name,
            remedy="Save the message again.",
        ) from reason
    if not any(value for _, value in headers):
        raise WrongFormatError(
            "has no header of a message", where=file.name, remedy="Save the message as .eml."
        )
    warnings += [f"the header {name} is not read whole" for name in _cut(message, headers)]
    if attached:
        warnings.append(f"attached and not read: {', '.join(attached)}")
    said = page_blocks(content, file.name) if is_html else list(_paragraphs(content))
    return build(
        file,
        [*_headed(headers), *said],
        extractor="eml",
        has_places=False,
        warnings=warnings,
        proposals=[("title", headers[-1][1]), ("from", headers[0][1]), *_date(message)],
    )


def _header(message: EmailMessage, name: str) -> str:
    """What a header says, nothing where it is built so that it can not be taken apart."""
    try:
        return str(message[name] or "")
    except _FAULTS:
        return ""


def _cut(message: EmailMessage, headers: Sequence[tuple[str, str]]) -> list[str]:
    """The headers of which not all is read."""
    given = dict(message.raw_items())
    return [
        name
        for name, value in headers
        if str(given.get(name, "")).endswith(_CUT) or (name in given and not value.strip())
    ]


def _date(message: EmailMessage) -> list[tuple[str, str]]:
    try:
        date = getattr(message["Date"], "datetime", None)
    except _FAULTS:
        return []
    return [("date", date.date().isoformat())] if date else []


def _headed(headers: Sequence[tuple[str, str]]) -> Iterator[Block]:
    for name, value in headers:
        if not clean(value):
            continue
        if name == "Subject":
            yield plain_block("heading", value, "eml.subject")
        else:
            yield plain_block("running-head", f"{name}: {value}", "eml.header", is_aside=True)


def _content(message: EmailMessage, name: str) -> tuple[str, bool, list[str]]:
    """The words of a message, whether they are HTML, and what a person should know of them."""
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return "", False, []
    is_html = body.get_content_type() == "text/html"
    warnings: list[str] = []
    try:
        content = body.get_content()
    except LookupError:
        data = body.get_payload(decode=True)
        content, told = decode(data if isinstance(data, bytes) else b"", name)
        warnings = ["names a character set that is not known", *told]
    return (content if isinstance(content, str) else ""), is_html, warnings


def _attached(message: EmailMessage) -> Iterator[str]:
    for number, one in enumerate(message.iter_attachments()):
        if number < _MOST_PARTS:
            yield clean(one.get_filename() or one.get_content_type())[:120]


def _paragraphs(text: str) -> Iterator[Block]:
    """Paragraphs, those quoted from an earlier message as quotations, a signature aside."""
    plain: list[str] = []
    quoted: list[str] = []
    said, signature = _signed(text.replace("\r\n", "\n"))
    for line in [*said.split("\n"), ""]:
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
    if signature:
        yield plain_block("running-foot", signature, "eml.signature", is_aside=True)


def _signed(text: str) -> tuple[str, str]:
    """A message and the signature under its line of two dashes (RFC 3676, 4.3), if it has one."""
    said, _, signature = text.rpartition("\n-- \n")
    is_one = said and signature.strip() and signature.count("\n") <= _MOST_SIGNED
    return (said, signature.strip()) if is_one and "\n>" not in signature else (text, "")
