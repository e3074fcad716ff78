"""What every Source keeps, and how a golden case keeps one."""

import unicodedata
from itertools import pairwise

from pipeline.model.source import Source


def told(source: Source) -> str:
    """A source as a golden case keeps it: each zone with its words, then turns and places."""
    lines = []
    for zone in source.zones:
        words = source.text[zone.start : zone.end] or f"({zone.aside})"
        page = f" p{zone.page}" if zone.page else ""
        lines.append(f"[{zone.kind}{page} {zone.rule}] {words}")
    for turn in source.turns:
        lines.append(f"<{turn.speaker}> {source.text[turn.start : turn.end]}")
    for place in source.places[:4]:
        if place.seconds:
            lines.append(
                f"{place.seconds[0]:.3f}-{place.seconds[1]:.3f} "
                f"{source.text[place.start : place.end]}"
            )
    lines += [f"! {warning}" for warning in source.warnings]
    return "\n".join(lines) + "\n"


def holds(source: Source) -> None:
    """What every Source keeps, whatever it was read from."""
    text = source.text
    assert text and text == text.strip()
    assert unicodedata.is_normalized("NFC", text)
    assert not set(text) & {"\r", "\0", "\u00ad"}
    text.encode("utf-8")
    flow = [zone for zone in source.zones if zone.end > zone.start]
    assert all(one.end <= two.start for one, two in pairwise(flow))
    covered = {i for zone in flow for i in range(zone.start, zone.end)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)
    for spans in (source.places, source.turns, source.runs):
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert all(one.end <= two.start for one, two in pairwise(spans))
    mapped = {i for run in source.runs for i in range(run.start, run.end)}
    put_in = {text[i] for i in range(len(text)) if i not in mapped}
    assert all(char.isspace() or char == "|" for char in put_in), "total"
    assert all(one.raw_end <= two.raw_start for one, two in pairwise(source.runs)), "monotone"
    assert all(run.raw_start < run.raw_end for run in source.runs)
