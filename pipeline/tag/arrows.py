"""Dependency arrows compiled to spaCy's matcher over parses."""

from collections.abc import Sequence
from typing import Any

from spacy.language import Language
from spacy.matcher import DependencyMatcher

from pipeline.model.codebook import Line
from pipeline.model.phrase import Arrows, parse_arrows
from pipeline.tag.phrases import Matchable, attributes, token_test

_RELATIONS = {"dobj": ["dobj", "nsubjpass", "pobj"]}


def compile_arrows(lines: Sequence[Line], nlp: Language) -> tuple[Matchable, ...]:
    """Return a matcher for lines of dependency arrows, which need a parser."""
    if not lines:
        return ()
    matcher = DependencyMatcher(nlp.vocab)
    needed = []
    for line in lines:
        arrows = parse_arrows(line.text)
        matcher.add(line.text, [_nodes(arrows)])
        tests = (
            token_test(word.alternatives)
            for word in (arrows.head, *(a.word for a in arrows.arrows))
        )
        needed.append(frozenset(test for test in tests if not test.is_open))
    return (Matchable(matcher, tuple(needed), needs_parse=True),)


def _nodes(arrows: Arrows) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = [{"RIGHT_ID": "0", "RIGHT_ATTRS": attributes(arrows.head)}]
    for number, arrow in enumerate(arrows.arrows, start=1):
        hung = attributes(arrow.word)
        if arrow.relations:
            relations = [r for name in arrow.relations for r in _RELATIONS.get(name, [name])]
            hung["DEP"] = {"IN": relations}
        nodes.append(
            {
                "LEFT_ID": str(arrow.parent),
                "REL_OP": ">>" if arrow.is_descendant else ">",
                "RIGHT_ID": str(number),
                "RIGHT_ATTRS": hung,
            }
        )
    return nodes
