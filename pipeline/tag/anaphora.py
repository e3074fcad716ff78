"""Words by which a sentence speaks of what another one named: a pronoun, "these efforts".

Read by their words alone, so that no language model is needed; what they stand for is a
guess that a person decides on.

    >>> [speaks_of_before(one, ["joint exercises"]) for one in ("They deter nobody.", "It rained.")]
    [True, False]
"""

import re
from collections.abc import Sequence

_LEAD = (
    r"(?:(?:and|but|so|yet|still|now|then|also|today|however|therefore|thus|moreover|instead"
    r"|perhaps|nor|or|even|whether|because|if|when)\b,?\s+)*"
)
_VERB = (
    r"(?:['’](?:s|re|ll|ve|d))?\s+(?=(?:\w+ly\s+|also\s+|still\s+|not\s+|never\s+)?(?:is|are|was|were"
    r"|be|has|have|had|do|does|did|don['’]t|doesn['’]t|didn['’]t|will|would|can|could|may|might|must"
    r"|should|cannot|\w+ed|\w+s|make|help|give|show|work|cost|take|bring|keep|deter|need|serve)\b)"
)
_ASKED = (
    r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|may|might|must|should)"
    r"(?:n['’]t)?\s+"
)


def _subject_is(words: str) -> re.Pattern[str]:
    return re.compile(rf"{_LEAD}(?:(?:{words}){_VERB}|{_ASKED}(?:{words})\b)", re.I)


_SINGULAR = _subject_is("it|that")
_EITHER = _subject_is("this")
_PLURAL = _subject_is("they|these|those")
_EMPTY = re.compile(
    r"(?:\w+,?\s+){0,2}(?:it|this|that)"
    r"(?:['’]s|\s+(?:is|was|has been|would be|will be|may be|might be))"
    r"\s+(?:[\w'’]+\s+){0,4}?(?:that|to|why|who|time|how|what|because|said|stated|noted|argued)\b"
    r"|(?:\w+,?\s+){0,2}(?:is|was)\s+it\s+(?:\w+\s+)?(?:true|possible|right|fair|time|not|that|to)\b",
    re.I,
)
_PEOPLE = re.compile(
    rf"{_LEAD}they\s+(?:\w+ly\s+|also\s+|all\s+|both\s+)*(?:sa(?:y|id)|told|tell|think|thought|believed?"
    r"|confirm\w*|discuss\w*|agree\w*|reaffirm\w*|want\w*|know|knew|met|ask\w*|decid\w*|welcom\w*"
    r"|underscor\w*|emphasi\w*|express\w*|commit\w*|pledg\w*|condemn\w*|not\w+|hop\w+|felt|feel)\b",
    re.I,
)
_OF_THAT_KIND = re.compile(
    rf"{_LEAD}(?:this|these|those|such|all (?:of )?(?:this|these))\s+(?:\w+\s+){{0,2}}"
    r"(?:efforts?|actions?|measures?|steps?|programm?e?s?|activit(?:y|ies)|initiatives?|work|cooperation"
    r"|polic(?:y|ies)|assistance|support|investments?|deployments?|exercises?|training|courses?"
    r"|visits?|sales?|exchanges?|partnerships?)\b",
    re.I,
)
_NAMING = re.compile(
    rf"{_LEAD}(?:this|that)"
    r"(?:['’]s|\s+(?:is|was|has been))\s+(?:not\s+)?(?:a|an|the|another|one)\b",
    re.I,
)
_PLACE = re.compile(
    r"\b(?:there|it|its|they|their|them|local|both countries)\b|\bthe (?!united)(?:\w+ )?"
    r"(?:countr(?:y|ies)|states?|nations?|governments?|ministr(?:y|ies)|arm(?:y|ies)|armed forces"
    r"|forces|capitals?|officials?|public)\b",
    re.I,
)
_OBJECT = re.compile(r"(?:[^\s]+\s+){1,11}(?:it|them)\s*[.!?]?[\"”’)]*", re.I)
_SUBJECT = re.compile(rf"{_LEAD}(it|this|that|they|these|those)\b", re.I)


def speaks_of_before(text: str, words: Sequence[str]) -> bool:
    """Whether a sentence may speak of what these words of an earlier one name.

    "They" asks for words in the plural, "it" for some in the singular; "it is time to" speaks
    of nothing, and "they agreed" of people. An object at the end of a long sentence stands
    for something in it.
    """
    if _OF_THAT_KIND.match(text) or _OBJECT.fullmatch(text):
        return True
    plural = [word.endswith("s") and not word.endswith("ss") for word in words]
    if _EMPTY.match(text) or _PEOPLE.match(text):
        return False
    is_fit = (not all(plural) and _SINGULAR.match(text)) or (any(plural) and _PLURAL.match(text))
    return bool(is_fit or _EITHER.match(text))


def says_what_it_is(text: str) -> bool:
    """Whether a sentence names what was told before: "this is the economic side"."""
    return bool(_NAMING.match(text))


def speaks_of_place(text: str) -> bool:
    """Whether a sentence may speak of a country or place named before: there, its, the army."""
    return bool(_PLACE.search(text))


def has_object(text: str) -> bool:
    """Whether a sentence ends in a pronoun that is not its subject: "I have not seen it"."""
    return bool(_OBJECT.fullmatch(text)) and not subject(text)


def subject(text: str) -> str:
    """Return the pronoun a sentence begins with, in small letters; empty where there is none."""
    found = _SUBJECT.match(text)
    return found[1].lower() if found else ""
