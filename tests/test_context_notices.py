"""What a run tells of codings that their own sentence does not settle."""

from pathlib import Path

from pipeline.codebooks import load_codebook
from pipeline.context_notices import context_notices
from pipeline.model.segment import Segment
from pipeline.model.source import Source
from pipeline.segment import sentences
from pipeline.stages import Corpus
from pipeline.tag.context import propose_in_context
from pipeline.tag.names import compile_names
from pipeline.tag.parse import load_language
from pipeline.tag.rules import compile_tagger

BOOK = load_codebook(Path(__file__).parent.parent / "codebooks" / "deterrence.yaml")


def told(text: str) -> list[str]:
    nlp = load_language(None)
    tagger, names = compile_tagger(BOOK, nlp), compile_names(BOOK, nlp)
    source = Source("s", text)
    segments = tuple(Segment("s", a, b, "sentence") for a, b in sentences(text))
    codings = propose_in_context(tagger, names, source, segments)
    return list(context_notices(names, Corpus((source,), segments, ()), codings))


def test_nothing_is_told_where_every_sentence_speaks_for_itself():
    assert told("Joint exercises deter nobody in Romania.") == []


def test_what_is_inherited_is_counted_and_said_to_count_nowhere():
    [notice] = told("We ran joint exercises. They did not deter anyone.")
    assert notice.startswith("1 proposals are inherited") and "0 of them a person" in notice


def test_an_acronym_of_two_senses_and_names_of_two_things_are_told_of_by_source():
    notices = told(
        "Security cooperation (SC) is old. Our SC - I mean our supply command - had trucks. "
        "Georgia is far. The Georgia Guard came. Washington pays."
    )
    assert notices == [
        "1 proposals rest on a name or an acronym that may mean something else, and say so: s (1)",
        "s: SC is defined as 'Security cooperation' and as 'supply command'; rules read it as "
        "neither",
        "s: ambiguous names that no code is proposed for, with the sentences that hold them: "
        "Georgia (2)",
    ]
