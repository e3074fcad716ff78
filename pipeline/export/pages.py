"""The one way from a template to a page: everything that is not a template's own is escaped.

Pages carry their style and no script, and ask the browser to load nothing at all, so that
they open from any folder, without a network, as they were made.
"""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.export import phrasing
from pipeline.export.addresses import excerpt_anchor, finding_anchor, finding_href, text_href
from pipeline.export.excerpts import cue_notes, matched_words, place_words, speaker_words
from pipeline.export.grid import SIGNS

BEARING_TITLES = {
    "contradicts": "Against it",
    "qualifies": "Qualifying it",
    "supports": "For it",
}


def render(template: str, **content: object) -> bytes:
    """Return a page as UTF-8."""
    return _environment().get_template(template).render(content).encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.export"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["count"] = phrasing.count_words
    environment.globals.update(
        bearing_titles=BEARING_TITLES,
        cue_notes=cue_notes,
        excerpt_anchor=excerpt_anchor,
        finding_anchor=finding_anchor,
        finding_href=finding_href,
        matched_words=matched_words,
        needs_words=phrasing.needs_words,
        origin_words=phrasing.origin_words,
        place_words=place_words,
        query_words=phrasing.query_words,
        signs=SIGNS,
        speaker_words=speaker_words,
        state_words=phrasing.state_words,
        tally_number=phrasing.tally_number,
        tally_sentence=phrasing.tally_sentence,
        text_href=text_href,
    )
    return environment
