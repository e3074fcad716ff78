"""Sentences that pages and workbook share: who, why, how sure.

>>> count_words(1, "source"), count_words(2100, "source")
('1 source', '2,100 sources')
"""

from pipeline.export.bundle import Bundle
from pipeline.export.grid import SIGNS, Tally
from pipeline.model.coding import Coding
from pipeline.model.finding import Asserted, CodeTerm, Finding, Query


def count_words(count: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun, in the right number."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def state_words(coding: Coding) -> str:
    """Return the state of a coding and who made it so."""
    people = " by " + ", ".join(coding.decided_by) if coding.decided_by else ""
    match coding.state:
        case "proposed":
            return "proposed, not judged by a person"
        case "waiting":
            return f"judged{people}, waiting for a second coder"
        case "stale":
            return f"stale: its ground has changed since it was judged{people}"
        case state:
            return f"{state}{people}"


def origin_words(coding: Coding) -> str:
    """Return who or what applied a code, and on what ground."""
    if coding.coder_kind == "person":
        return f"applied by {coding.coder}"
    if coding.coder_kind == "rule":
        told = coding.reason.replace("weak", "a weak ground", 1)
        ground = f", {told}" if told else ""
        return f"{'inherited, ' * coding.is_inherited}rule {coding.origin_id}{ground}"
    moved = f", moved by: {coding.reason}" if coding.reason else ""
    return f"model {coding.origin_id or coding.coder}, score {coding.score:.2f}{moved}"


def tally_words(tally: Tally) -> str:
    """Return a tally for a cell of plain text: ``3 ✓``, or ``2 of 3 ✓`` where one repeats."""
    return f"{tally_number(tally)} {SIGNS[tally.bearing]}"


def tally_number(tally: Tally) -> str:
    """Return independent sources, and of how many where some repeat others."""
    if tally.independent_count == tally.source_count:
        return f"{tally.independent_count:,}"
    return f"{tally.independent_count:,} of {tally.source_count:,}"


def tally_sentence(tally: Tally) -> str:
    """Return a tally in full, for those who hear the page or point at the number."""
    return (
        f"{count_words(tally.independent_count, 'independent source')} of "
        f"{tally.source_count:,} {tally.bearing} ({tally.layer}), "
        f"{count_words(tally.excerpt_count, 'excerpt')}"
    )


def needs_words(finding: Finding, bundle: Bundle) -> str:
    """Return the least evidence a finding asks for; empty where it asks for none."""
    needs = finding.needs
    parts = []
    if needs.source_count:
        parts.append(count_words(needs.source_count, "independent source"))
    if needs.source_type_count:
        parts.append(count_words(needs.source_type_count, "source type"))
    if needs.cases:
        parts.append("a source for " + ", ".join(bundle.case_label(i) for i in needs.cases))
    return "; ".join(parts)


def query_words(query: Query) -> str:
    """Return a query in words: what must be found near what."""
    parts = []
    if query.any:
        parts.append("any of " + _term_words(query.any))
    if query.all:
        parts.append("all of " + _term_words(query.all))
    if query.none:
        parts.append("none of " + _term_words(query.none))
    if query.asserted:
        parts.append("asserted as " + _asserted_words(query.asserted))
    if query.cases:
        parts.append("cases " + ", ".join(query.cases))
    if query.source_types:
        parts.append("source types " + ", ".join(query.source_types))
    scope = f"{query.within} sentences" if isinstance(query.within, int) else query.within
    return "; ".join(parts) + f"; within one {scope}" * (query.within != "excerpt")


def _term_words(terms: tuple[CodeTerm, ...]) -> str:
    return ", ".join(
        term.written + (f" ({_asserted_words(term.asserted)})" if term.asserted else "")
        for term in terms
    )


def _asserted_words(asserted: Asserted) -> str:
    return ", ".join(f"{dimension} {' or '.join(values)}" for dimension, values in asserted)
