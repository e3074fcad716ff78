"""The public summary's key findings get the codes that the study's own words call for."""

from pathlib import Path

import pytest
from real_data import real_data_folder

from pipeline.codebooks import load_codebook
from pipeline.extract import extract
from pipeline.language_model import find_model
from pipeline.model.study import SourceEntry, ZonePolicy
from pipeline.segment import segment
from pipeline.tag.parse import load_language
from pipeline.tag.propose import propose
from pipeline.tag.rules import compile_tagger

NAME = "public_summary_2025-06-17"
BOOK = load_codebook(Path(__file__).parent.parent / "codebooks" / "deterrence.yaml")
NO_ZONES = ZonePolicy(frozenset())
# The first words of a key finding's sentences, and what they must be proposed for together.
EXPECTED = [
    (("Many U.S. objectives",), {"goal.relationship"}),
    (("Even when deterrence", "Still, SC can play"), {"eff.supporting"}),
    (
        ("Areas for improvement",),
        {"bar.info-sharing", "bar.tech-release", "bar.workforce"},
    ),
    (
        ("The United States should not measure", "Other potential values"),
        {
            "eff.unmeasurable",
            "rec.focus",
            "goal.relationship",
            "goal.deny-rivals",
            "goal.institution-building",
        },
    ),
    (
        ("The U.S. should focus", "Drawing allies and partners"),
        {"rec.focus", "act.plans-integration", "goal.warfighting"},
    ),
    (
        ("The SC enterprise", "For example, the National Guard", "It enjoys particular"),
        {"act.reserve.other", "act.reserve.spp", "act.access", "goal.relationship"},
    ),
]


@pytest.fixture(scope="module", params=["with a model", "without"])
def proposed(request: pytest.FixtureRequest) -> dict[str, set[str]]:
    """The codes proposed for each sentence of the summary."""
    model = find_model() if request.param == "with a model" else None
    if request.param == "with a model" and model is None:
        pytest.skip("no English language model is installed")
    source = extract(real_data_folder() / "summary" / f"{NAME}.txt", NAME)
    segments = segment(source, SourceEntry(NAME, path="", is_listed=False), NO_ZONES)
    tagger = compile_tagger(BOOK, load_language(model.folder if model else None))
    found: dict[str, set[str]] = {source.quote(one.start, one.end): set() for one in segments}
    for coding in propose(tagger, source, segments):
        found[source.quote(coding.start, coding.end)].add(coding.code_id)
    return {text.removeprefix("- "): codes for text, codes in found.items()}


@pytest.mark.parametrize(("starts", "codes"), EXPECTED, ids=[e[0][0][:24] for e in EXPECTED])
def test_a_key_finding_gets_its_codes(
    proposed: dict[str, set[str]], starts: tuple[str, ...], codes: set[str]
):
    sentences = {
        start: [found for text, found in proposed.items() if text.startswith(start)]
        for start in starts
    }
    assert all(len(found) == 1 for found in sentences.values()), sentences
    assert codes <= set().union(*(found[0] for found in sentences.values()))


def test_one_sentence_names_the_three_barriers(proposed: dict[str, set[str]]):
    [codes] = [found for text, found in proposed.items() if text.startswith("Areas for")]
    assert {"bar.info-sharing", "bar.tech-release", "bar.workforce"} <= codes
