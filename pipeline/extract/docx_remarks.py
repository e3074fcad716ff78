"""Comments: what people wrote in the margin, who wrote it, and the words they speak of. Pure."""

from dataclasses import dataclass, field

from lxml import etree

from pipeline.extract.cleaning import clean
from pipeline.extract.docx_styles import W

_MOST_QUOTED = 160
_BEGIN, _END = f"{W}commentRangeStart", f"{W}commentRangeEnd"


@dataclass
class Remarks:
    """The words that each comment speaks of, gathered while the text is read.

    Of each at most the first 160 characters or so are kept.
    """

    quotes: dict[str, list[str]] = field(default_factory=dict)
    _open: dict[str, int] = field(default_factory=dict)

    def turn(self, node: etree._Element) -> bool:
        """Whether an element begins or ends what a comment speaks of; if so, remember it."""
        if node.tag not in (_BEGIN, _END):
            return False
        remark = str(node.get(f"{W}id"))
        if node.tag == _END:
            self.end(remark)
        else:
            self.begin(remark)
        return True

    def begin(self, remark: str) -> None:
        """Let a comment speak of the words that come now; it does so once."""
        if remark not in self.quotes:
            self.quotes[remark] = []
            self._open[remark] = 0

    def end(self, remark: str) -> None:
        """Let a comment speak of nothing more."""
        self._open.pop(remark, None)

    def close(self) -> None:
        """Let no comment speak of what comes now."""
        self._open.clear()

    def hear(self, text: str) -> None:
        """Put words into what is quoted by every comment that is open."""
        if not text:
            return
        for remark in list(self._open):
            self.quotes[remark].append(text[: _MOST_QUOTED + 1])
            self._open[remark] += len(text)
            if self._open[remark] > _MOST_QUOTED:
                del self._open[remark]

    def said(self, remark: str, author: str, text: str) -> str:
        """Return a comment as it is kept: who speaks of which words, and what is said."""
        quoted = clean("".join(self.quotes.get(remark, ())))
        if len(quoted) > _MOST_QUOTED:
            quoted = f"{quoted[:_MOST_QUOTED].rstrip()}\u2026"
        of = f" on \u201c{quoted}\u201d" if quoted else ""
        return f"{author}{of}: {text}"
