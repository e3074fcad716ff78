"""Where things stand in the output folder, and the links that lead there.

    >>> finding_file("F2a"), finding_file("F2a", "supports", 2)
    ('F2a.html', 'F2a.supports-2.html')
    >>> text_href("notes/day 1", "b3")
    'text/notes%252Fday%25201.html#b3'

File names keep letters, digits and ``. _ -``; every other character is written as in an
address, so that an id can name no other folder and two ids never share a file.
"""

import re
from urllib.parse import quote

from pipeline.model.finding import Bearing, Evidence, Layer

EXCERPTS_PER_PAGE = 500
_UNSAFE = re.compile(r"[^\w.-]|^\.")


def file_stem(name: str) -> str:
    """Return a file name, without its ending, for an id whatever characters it holds."""
    return _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), name)


def text_href(source_id: str, anchor: str = "") -> str:
    """Return the address of a source's page, seen from the output folder."""
    address = f"text/{quote(file_stem(source_id))}.html"
    return f"{address}#{anchor}" if anchor else address


def finding_file(finding_id: str, bearing: Bearing | None = None, page: int = 1) -> str:
    """Return the file of a finding, or of a further page of its excerpts of one bearing."""
    stem = file_stem(finding_id)
    return f"{stem}.html" if page == 1 else f"{stem}.{bearing}-{page}.html"


def finding_href(
    finding_id: str, anchor: str = "", bearing: Bearing | None = None, page: int = 1
) -> str:
    """Return the address of a finding's page, seen from the output folder."""
    address = f"findings/{quote(finding_file(finding_id, bearing, page))}"
    return f"{address}#{anchor}" if anchor else address


def group_anchor(bearing: Bearing, layer: Layer, *place: str | None) -> str:
    """Return the id of a run of excerpts; ``place`` is case, source type, source; None is all.

    >>> group_anchor("supports", "confirmed", "baltics", None, "D 1")
    'supports.confirmed.baltics._.D~201'
    """
    return ".".join((bearing, layer, *map(_anchor_part, place)))


def _anchor_part(name: str | None) -> str:
    if name is None:
        return "_"
    return file_stem(name).replace(".", "%2E").replace("%", "~") or "~"


def finding_anchor(finding_id: str) -> str:
    """Return the id of a finding's summary in the report."""
    return f"finding-{_anchor_part(finding_id)}"


def excerpt_anchor(evidence: Evidence) -> str:
    """Return the id of one excerpt on its finding's page."""
    return f"e-{evidence.coding_ids[0]}"
