"""A codebook printed for coders: as a page for a browser, or for Word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.codebooks import load_codebook
from pipeline.errors import InputError
from pipeline.example_trial import proposed_in
from pipeline.export.codebook_docx import codebook_docx
from pipeline.export.pages import render
from pipeline.export.printed import (
    Mention,
    Piece,
    PrintedBook,
    PrintedCode,
    PrintedCues,
    PrintedDimension,
    PrintedExample,
    PrintedRule,
    anchor_of,
)
from pipeline.export.rule_words import code_restraints, phrase_words, rule_lines, rule_restraints
from pipeline.language_model import find_model
from pipeline.model.codebook import DIMENSIONS, Code, Codebook, CueGroup, Dimension, Example
from pipeline.tag.parse import load_language
from pipeline.tag.rules import Tagger, compile_tagger

_QUESTIONS: dict[Dimension, str] = {
    "polarity": "Does the sentence say that it is so, or that it is not?",
    "certainty": "How sure is it?",
    "time": "When does it hold?",
    "mood": "Is it a claim at all?",
    "voice": "Whose claim is it?",
}
_VALUES = {
    "affirmed": "what the code names is said to be there, to happen or to suffice",
    "negated": "it is said to be absent, ended, withheld or too weak",
    "asserted": "nothing softens it",
    "hedged": "the speaker softens it: may, perhaps, likely",
    "conditional": "a condition is stated or plainly meant",
    "current": "it holds now, or nothing is said of time",
    "historical": "it is over, or set in a time that is",
    "prospective": "it is still to come",
    "statement": "a claim of fact",
    "prescription": "what should be done",
    "question": "it asks",
    "inquiry": "what a study sets out to ask",
    "own": "of the author or speaker",
    "reported": "of someone else, told here",
}


def print_codebook(codebook: Path, outs: Sequence[Path]) -> tuple[Path, ...]:
    """Write a codebook for coders, by each name's ending as HTML or for Word.

    Raises
    ------
    CodebookError
        With every fault, if the codebook can not be used.
    InputError
        If a name ends in neither ``.html`` nor ``.docx``.
    """
    for out in outs:
        if out.suffix.lower() not in (".html", ".docx"):
            raise InputError(
                f"{out.suffix or 'no ending'!r} is no form a codebook is printed in",
                where=out.as_posix(),
                remedy="Give a name that ends in .html or .docx.",
            )
    book = printed(load_codebook(codebook))
    for out in outs:
        out.parent.mkdir(parents=True, exist_ok=True)
        is_word = out.suffix.lower() == ".docx"
        out.write_bytes(codebook_docx(book) if is_word else codebook_page(book))
    return tuple(outs)


def codebook_page(book: PrintedBook) -> bytes:
    """Return a codebook as one page that loads nothing."""
    return render("codebook.html", book=book, marking="")


def printed(book: Codebook) -> PrintedBook:
    """Return a codebook as it is printed, the words of its examples marked by its own rules."""
    model = find_model()
    tagger = compile_tagger(book, load_language(model.folder if model else None))
    return PrintedBook(
        title=book.title or book.codebook_id,
        name=book.name,
        codes=tuple(_code(tagger, code) for code in book.codes),
        dimensions=tuple(_dimension(name, book.cues) for name in DIMENSIONS),
    )


def _code(tagger: Tagger, code: Code) -> PrintedCode:
    return PrintedCode(
        code_id=code.code_id,
        label=code.label,
        level=code.code_id.count("."),
        is_heading=code.kind == "group",
        definition=code.definition,
        include_when=tuple(_mentions(one, tagger.codebook) for one in code.include_when),
        exclude_when=tuple(_mentions(one, tagger.codebook) for one in code.exclude_when),
        positive=tuple(_example(tagger, code, one) for one in code.examples if one.is_positive),
        negative=tuple(_example(tagger, code, one) for one in code.examples if not one.is_positive),
        rules=tuple(
            PrintedRule(rule.rule_id, tuple(rule_lines(rule)), rule_restraints(rule))
            for rule in code.rules
        ),
        restraints=code_restraints(code),
        watch=code.watch,
        carries_negation=code.carries_negation,
        was=code.was,
    )


def _mentions(text: str, book: Codebook) -> tuple[Mention, ...]:
    """A text cut at the ids of codes in it, so that each can lead to its code."""
    pieces = re.split(r"([a-z0-9-]+(?:\.[a-z0-9-]+)+)", text)
    return tuple((one, anchor_of(one) if one in book.by_id else "") for one in pieces if one)


def _example(tagger: Tagger, code: Code, example: Example) -> PrintedExample:
    remarks = [value for _, value in example.expect]
    remarks += [example.why] if example.why else []
    remarks += ["no rule finds it"] if example.is_hard and example.is_positive else []
    spans = {
        span
        for coding in proposed_in(tagger, example.text)
        if coding.code_id == code.code_id
        for span in coding.matched
    }
    return PrintedExample(tuple(_pieces(example.text, spans)), "; ".join(remarks))


def _pieces(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Piece]:
    at = 0
    for first, end in sorted(spans):
        start = max(first, at)
        if end <= at:
            continue
        if at < start:
            yield text[at:start], False
        yield text[start:end], True
        at = end
    if at < len(text):
        yield text[at:], False


def _dimension(name: Dimension, groups: Iterable[CueGroup]) -> PrintedDimension:
    return PrintedDimension(
        name,
        _QUESTIONS[name],
        tuple((value, _VALUES[value]) for value in DIMENSIONS[name]),
        tuple(_cues(group) for group in groups if group.dimension == name),
    )


def _cues(group: CueGroup) -> PrintedCues:
    told = [
        (said, "; ".join(phrase_words(line.text) for line in lines))
        for said, lines in (
            ("before what it governs", group.before),
            ("after what it governs", group.after),
            ("and not", group.pseudo),
        )
        if lines
    ]
    told += [("verbs of saying", ", ".join(group.verbs))] if group.verbs else []
    told += [("at the end", " ".join(group.ends_with))] if group.ends_with else []
    told += [("in quotation marks", "three words or more")] if group.quotes else []
    return PrintedCues(group.name, group.value, tuple(told))
