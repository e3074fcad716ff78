"""How a codebook's rules do on sentences: which never hold, hold everywhere, or add nothing.

None of this says that a rule is wrong. It says where a person should look.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.model.codebook import Code, Codebook, Rule
from pipeline.model.coding import Coding


@dataclass(frozen=True, slots=True)
class RuleHits:
    """A rule, in how many sentences it holds, and their share of all."""

    rule_id: str
    code_id: str
    line: int
    hit_count: int
    share: float


@dataclass(frozen=True, slots=True)
class Shadowed:
    """A rule each of whose sentences other rules of its code propose as well."""

    rule_id: str
    code_id: str
    line: int
    hit_count: int
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two codes proposed for the same sentences.

    Attributes
    ----------
    share
        Of the sentences with either code, those with both, 0 to 1.
    segment_id
        One of the sentences with both.
    """

    code_id: str
    other_id: str
    common_count: int
    share: float
    segment_id: str


def rule_hits(
    book: Codebook, codings: Sequence[Coding], sentence_count: int
) -> tuple[RuleHits, ...]:
    """Return each rule with its sentences counted, in the order of the codebook."""
    hits = _segments_by_rule(codings)
    return tuple(
        RuleHits(
            rule.rule_id,
            code.code_id,
            rule.line,
            len(hits[rule.rule_id]),
            len(hits[rule.rule_id]) / sentence_count if sentence_count else 0.0,
        )
        for code, rule in _rules(book)
    )


def shadowed_rules(book: Codebook, codings: Sequence[Coding]) -> tuple[Shadowed, ...]:
    """Return the rules that could go without a sentence being lost here, each taken alone.

    Those with the most sentences come first: of one with a single sentence little is known.
    """
    hits = _segments_by_rule(codings)
    found = []
    for code, rule in _rules(book):
        own = hits[rule.rule_id]
        others = [one.rule_id for one in code.rules if one is not rule]
        by = tuple(name for name in others if own & hits[name])
        if own and own <= set().union(*(hits[name] for name in by)):
            found.append(Shadowed(rule.rule_id, code.code_id, rule.line, len(own), by))
    return tuple(sorted(found, key=lambda one: -one.hit_count))


def same_rules(book: Codebook) -> tuple[tuple[str, ...], ...]:
    """Return rules of the same content, whatever their order of lines, in groups."""
    groups: dict[object, list[str]] = defaultdict(list)
    for code, rule in _rules(book):
        groups[_content(code, rule)].append(rule.rule_id)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def overlaps(codings: Sequence[Coding], *, least_common: int = 2) -> tuple[Overlap, ...]:
    """Return pairs of codes with sentences in common, the largest share first.

    A code and one that stands under it are no pair.
    """
    places: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for coding in codings:
        places[coding.code_id][coding.segment_id] = None
    found = [
        one
        for (code, own), (other, theirs) in combinations(sorted(places.items()), 2)
        if not _is_under(code, other)
        for one in _overlap(code, own, other, theirs)
        if one.common_count >= least_common
    ]
    return tuple(sorted(found, key=lambda one: (-one.share, one.code_id, one.other_id)))


def _overlap(
    code: str, own: Mapping[str, None], other: str, theirs: Mapping[str, None]
) -> Iterator[Overlap]:
    common = [segment_id for segment_id in own if segment_id in theirs]
    if common:
        share = len(common) / len(own.keys() | theirs.keys())
        yield Overlap(code, other, len(common), share, common[0])


def _is_under(code_id: str, other_id: str) -> bool:
    return code_id.startswith(f"{other_id}.") or other_id.startswith(f"{code_id}.")


def _rules(book: Codebook) -> Iterator[tuple[Code, Rule]]:
    for code in book.codable:
        for rule in code.rules:
            yield code, rule


def _segments_by_rule(codings: Sequence[Coding]) -> defaultdict[str, set[str]]:
    hits: defaultdict[str, set[str]] = defaultdict(set)
    for coding in codings:
        hits[coding.origin_id].add(coding.segment_id)
    return hits


def _content(code: Code, rule: Rule) -> object:
    blocks = (rule.phrases, rule.dep, rule.token, rule.requires, code.unless, code.unless_near)
    return tuple(frozenset(line.text for line in block) for block in blocks)
