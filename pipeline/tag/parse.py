"""The language model, where one is installed: parts of speech and dependencies.

Everything but rules that ask for these works with spaCy's blank English.
"""

from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.model.codebook import Codebook
from pipeline.model.phrase import parse_phrase
from pipeline.tag.lexicon import plain_quotes

Pipeline = Language
_UNUSED = ["ner", "lemmatizer", "senter"]


def load_language(folder: Path | None) -> Language:
    """Return the pipeline in ``folder``, or blank English where there is none."""
    if folder is None:
        return spacy.blank("en")
    return spacy.load(folder, exclude=_UNUSED)


def can_parse(nlp: Language) -> bool:
    """Whether parts of speech and dependencies can be had."""
    return {"tagger", "parser"} <= set(nlp.pipe_names)


def tokenize(nlp: Language, text: str) -> Doc:
    """Return a sentence's tokens; a typographic apostrophe counts as a plain one.

    The text keeps its length, so offsets are those of the source.
    """
    return nlp.make_doc(plain_quotes(text))


def parse(nlp: Language, docs: Sequence[Doc]) -> list[Doc]:
    """Return the same sentences with parts of speech and dependencies.

    Raises
    ------
    ValueError
        If the pipeline has no parser: callers ask ``can_parse`` first.
    """
    if not can_parse(nlp):
        raise ValueError("no parser in this pipeline")
    return list(nlp.pipe(docs, batch_size=64))


def lines_switched_off(codebook: Codebook) -> tuple[tuple[str, int, str], ...]:
    """Return (rule id, line of the codebook, text) of everything that needs a parser."""
    off = []
    for code in codebook.codes:
        for rule in code.rules:
            off += [(rule.rule_id, line.line, line.text) for line in rule.dep]
            for line in (*rule.phrases, *rule.requires):
                if any(sequence.needs_parse for sequence in parse_phrase(line.text)):
                    off.append((rule.rule_id, line.line, line.text))
    return tuple(off)
