"""In which language a source and its blocks are written.

A block that is plainly English by words other languages hardly have is told without a model;
others of 200 letters or more by py3langid, restricted to some forty languages
(unrestricted, "The ministers met in Tallinn." is Dutch). Shorter ones have their source's
language, and are told together when that is looked for: an interview may hold no long block.

Lui and Baldwin (2012), langid.py: An off-the-shelf language identification tool.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from pipeline.model.source import Source

ENGLISH = "en"
_LANGUAGES = (
    "en bg cs da de el es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv "
    "ar be bs fa he is ja ka ko mk no nb nn ru sq sr tr uk zh"
).split()
# Not "is", "of", "was", "had" (Dutch), "to" (Polish), "for" (Danish), "also" (German), "more"
# (Croatian), "most" (Hungarian): they made English of those.
_ENGLISH_WORDS = frozenset(
    "the and that with which this has were been their they from would our its you your these those "
    "what when where who how because about between through should could other than there them into "
    "his she while each both during within against have".split()
)
_WORD = re.compile(r"\w+")
_ACCENTED = re.compile(r"[^\W\d_a-zA-Z]")
_PROSE = frozenset({"body", "list-item", "block-quotation"})
_LEAST_LETTERS = 200
_SAMPLE = 600
_PLAIN_SHARE = 0.07
_BARE_SHARE = 0.03


@cache
def _identifier() -> LanguageIdentifier:
    whole = LanguageIdentifier.from_model_file(MODEL_FILE)
    whole.set_languages([one for one in _LANGUAGES if one in whole.labels])
    # What is made anew holds our languages alone, and lets the tables of 140 go.
    return LanguageIdentifier(
        whole.nb_ptc,
        whole.nb_pc,
        whole.nb_classes,
        whole.tk_nextmove,
        whole.tk_output,
        tk_row=whole.tk_row,
    )


def language_of(text: str) -> str:
    """Return the language of a stretch as ISO 639-1, empty where it is too short to tell.

    >>> language_of("Too short.")
    ''
    """
    sample = text[:_SAMPLE]
    if len(sample) < _LEAST_LETTERS or sum(map(str.isalpha, sample)) < _LEAST_LETTERS:
        return ""
    if _is_plainly_english(sample):
        return ENGLISH
    return str(_identifier().classify(sample)[0])


def _is_plainly_english(sample: str) -> bool:
    """Whether its small words say so, or fewer of them where no letter has an accent."""
    found = sum(word in _ENGLISH_WORDS for word in _WORD.findall(sample.lower()))
    share = found / (sample.count(" ") + 1)
    return share > _PLAIN_SHARE or (share > _BARE_SHARE and not _ACCENTED.search(sample))


def with_language(source: Source) -> Source:
    """Return the source with its language, and that of each block where it differs."""
    texts = [source.text[zone.start : zone.end] for zone in source.zones]
    told = [language_of(text) for text in texts]
    most = _most(source, texts, told)
    zones = tuple(
        replace(zone, language=language) if language and language != most else zone
        for zone, language in zip(source.zones, told, strict=True)
    )
    return replace(source, language=most, zones=zones)


def _most(source: Source, texts: Sequence[str], told: Sequence[str]) -> str:
    """The language of most letters: of long blocks, and of short prose as if it were one."""
    letters: Counter[str] = Counter()
    for text, language in zip(texts, told, strict=True):
        letters[language] += len(text) if language else 0
    short = " ".join(
        text
        for zone, text, language in zip(source.zones, texts, told, strict=True)
        if not language and zone.kind in _PROSE and text
    )
    letters[language_of(short)] += len(short)
    del letters[""]
    return letters.most_common(1)[0][0] if letters else language_of(source.text)
