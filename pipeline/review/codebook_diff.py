"""Two versions of a codebook compared: codes, their meaning, rules by content, cues."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.model.codebook import Code, Codebook, CueGroup, Example, Rule
from pipeline.review.lineage import Lineage, lineage_of

_MEANING = ("kind", "label", "definition", "include_when", "exclude_when", "carries_negation")
_BLOCKS = ("phrases", "dep", "token", "requires")
_CUES = ("before", "after", "pseudo", "verbs", "ends_at", "ends_with", "quotes", "max_tokens")
Level = Literal["first", "middle", "last", "none"]
_LEVELS: tuple[Level, ...] = ("first", "middle", "last", "none")


@dataclass(frozen=True, slots=True)
class Became:
    """Codes of the old version and what they are in the new one."""

    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A field that is not what it was: what was taken out of it and what was put in."""

    name: str
    field: str
    taken: tuple[str, ...]
    put: tuple[str, ...]


@dataclass(frozen=True)
class CodebookDiff:
    """What is not the same in two versions.

    Attributes
    ----------
    meanings
        Fields of codes that say what they mean, and their examples.
    rules
        Fields of rules whose content is not the same; ``unless`` is the code's and decides
        for each of its rules.
    rules_renamed
        Rules that have the same content under another id.
    """

    old: str
    new: str
    codes_added: tuple[str, ...] = ()
    codes_removed: tuple[str, ...] = ()
    codes_renamed: tuple[Became, ...] = ()
    codes_merged: tuple[Became, ...] = ()
    codes_split: tuple[Became, ...] = ()
    meanings: tuple[Change, ...] = ()
    rules_added: tuple[str, ...] = ()
    rules_removed: tuple[str, ...] = ()
    rules_renamed: tuple[Became, ...] = ()
    rules: tuple[Change, ...] = ()
    cues: tuple[Change, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing but perhaps remarks and order has changed."""
        return self.asks_for == "none"

    @property
    def asks_for(self) -> Level:
        """Return which number of the version this change must raise."""
        if self.codes_removed or self.codes_merged or self.codes_split:
            return "first"
        if self.codes_added or self.codes_renamed or self.cues or self._rules_differ:
            return "middle"
        return "last" if self.meanings else "none"

    @property
    def _rules_differ(self) -> bool:
        return bool(self.rules or self.rules_added or self.rules_removed or self.rules_renamed)


def diff_codebooks(old: Codebook, new: Codebook) -> CodebookDiff:
    """Return what changed from one version of a codebook to another."""
    line = lineage_of(new)
    renamed, merged, split = _became(old, new, line)
    moved = {one.old[0]: one.new[0] for one in renamed}
    added, removed, same_rules = _rule_ids(old, new)
    found = CodebookDiff(
        old=old.name,
        new=new.name,
        codes_added=tuple(
            code.code_id
            for code in new.codes
            if not line.forebears(code.code_id) & old.by_id.keys()
        ),
        codes_removed=tuple(one for one in old.by_id if not line.heirs(one)),
        codes_renamed=renamed,
        codes_merged=merged,
        codes_split=split,
        meanings=tuple(_meanings(old, new, moved)),
        rules_added=added,
        rules_removed=removed,
        rules_renamed=same_rules,
        rules=tuple(_rule_changes(old, new, moved)),
        cues=tuple(_cue_changes(old, new)),
    )
    return replace(found, notices=tuple(_notices(found, old, new)))


def _became(
    old: Codebook, new: Codebook, line: Lineage
) -> tuple[tuple[Became, ...], tuple[Became, ...], tuple[Became, ...]]:
    """Renames, merges and splits of ids that the old version has and the new one has not."""
    gone = [one for one in old.by_id if one not in new.by_id and line.heirs(one)]
    split = [Became((one,), line.heirs(one)) for one in gone if len(line.heirs(one)) > 1]
    single = dict.fromkeys(line.heirs(one)[0] for one in gone if len(line.heirs(one)) == 1)
    renamed: list[Became] = []
    merged: list[Became] = []
    for heir in single:
        before = tuple(one for one in old.by_id if one in line.forebears(heir))
        (renamed if len(before) == 1 else merged).append(Became(before, (heir,)))
    return tuple(renamed), tuple(merged), tuple(split)


def _meanings(old: Codebook, new: Codebook, moved: dict[str, str]) -> Iterator[Change]:
    for before in old.codes:
        after = new.by_id.get(moved.get(before.code_id, before.code_id))
        if after is None:
            continue
        for name in _MEANING:
            yield from _change(after.code_id, name, getattr(before, name), getattr(after, name))
        yield from _change(after.code_id, "watch", before.watch, after.watch)
        yield from _change(
            after.code_id, "examples", _examples(before.examples), _examples(after.examples)
        )


def _examples(examples: Iterable[Example]) -> tuple[str, ...]:
    return tuple(f"{'yes' if one.is_positive else 'no'}: {one.text}" for one in examples)


def _rules(book: Codebook) -> dict[str, tuple[Code, Rule]]:
    return {rule.rule_id: (code, rule) for code in book.codes for rule in code.rules}


def _rule_ids(
    old: Codebook, new: Codebook
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Became, ...]]:
    """Rules that came, that went, and that are the same under another id."""
    before, after = _rules(old), _rules(new)
    came = {name: rule.sha256 for name, (_, rule) in after.items() if name not in before}
    went = {rule.sha256: name for name, (_, rule) in before.items() if name not in after}
    renamed = {name: went[sha] for name, sha in came.items() if sha in went}
    return (
        tuple(name for name in came if name not in renamed),
        tuple(name for name in went.values() if name not in renamed.values()),
        tuple(Became((was,), (name,)) for name, was in renamed.items()),
    )


def _rule_changes(old: Codebook, new: Codebook, moved: dict[str, str]) -> Iterator[Change]:
    before = _rules(old)
    for name, (code, rule) in _rules(new).items():
        if name not in before:
            continue
        old_code, old_rule = before[name]
        here = moved.get(old_code.code_id, old_code.code_id)
        yield from _change(name, "code", here, code.code_id)
        if old_rule.sha256 != rule.sha256:
            for block in _BLOCKS:
                yield from _change(name, block, getattr(old_rule, block), getattr(rule, block))
            yield from _change(name, "weak", old_rule.is_weak, rule.is_weak)
            yield from _change(name, "unless", old_code.unless, code.unless)
            yield from _change(name, "unless_near", old_code.unless_near, code.unless_near)
        yield from _change(name, "examples", _examples(old_rule.examples), _examples(rule.examples))


def _cue_changes(old: Codebook, new: Codebook) -> Iterator[Change]:
    before = {group.name: group for group in old.cues}
    after = {group.name: group for group in new.cues}
    for name in dict.fromkeys((*before, *after)):
        one, other = before.get(name), after.get(name)
        yield from _change(name, "sets", _sets(one), _sets(other))
        for field_name in _CUES:
            yield from _change(
                name, field_name, getattr(one, field_name, ()), getattr(other, field_name, ())
            )


def _sets(group: CueGroup | None) -> tuple[str, ...]:
    return (f"{group.dimension}: {group.value}",) if group else ()


def _change(name: str, field_name: str, before: object, after: object) -> Iterator[Change]:
    """What is in one and not in the other; the order of a list says nothing."""
    one, other = Counter(_texts(before)), Counter(_texts(after))
    taken, put = tuple((one - other).elements()), tuple((other - one).elements())
    if taken or put:
        yield Change(name, field_name, taken, put)


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return tuple(str(getattr(part, "text", part)) for part in value)
    return (str(value),) if value else ()


def _forgotten(old: Codebook, line: Lineage) -> Iterator[str]:
    """Ids that a code had twice ago: a code that takes its place has to name them as well."""
    for code in old.codes:
        heirs = line.heirs(code.code_id)
        lost = [one for one in code.was if not line.heirs(one)]
        if lost and heirs and heirs != (code.code_id,):
            yield (
                f"{code.code_id!r} was {', '.join(lost)} before: name it too under was: of "
                f"{', '.join(heirs)}, or judgments on it are lost"
            )
        elif lost and heirs:
            yield f"{code.code_id!r} no longer says that it was {', '.join(lost)}"


def _notices(found: CodebookDiff, old: Codebook, new: Codebook) -> Iterator[str]:
    if old.codebook_id != new.codebook_id:
        yield f"these are two codebooks: {old.codebook_id!r} and {new.codebook_id!r}"
        return
    numbers = [tuple(map(int, book.version.split("."))) for book in (old, new)]
    raised = next((_LEVELS[i] for i in range(3) if numbers[0][i] != numbers[1][i]), _LEVELS[-1])
    yield from _forgotten(old, lineage_of(new))
    if numbers[1] < numbers[0]:
        yield f"the new version {new.version} is below the old one {old.version}"
    elif _LEVELS.index(raised) > _LEVELS.index(found.asks_for):
        yield (
            f"this change asks for the {found.asks_for} number of the version to be raised, since "
            f"codings cite it; it went from {old.version} to {new.version}"
        )
