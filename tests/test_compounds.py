"""Words torn at line ends, measured on texts that the list of compounds was not made from."""

import random
from collections import Counter
from pathlib import Path

import pytest
from make_compounds import WORD, compounds, parted

from pipeline.extract.compounds import COMPOUNDS
from pipeline.extract.hyphens import Words


@pytest.fixture(scope="module")
def halves(data: Path) -> tuple[list[str], list[str]]:
    return parted(data)


def test_the_list_is_what_its_script_makes(halves: tuple[list[str], list[str]]):
    assert sorted(COMPOUNDS) == compounds(halves[0])


def test_few_words_stay_torn_and_few_compounds_are_lost(halves: tuple[list[str], list[str]]):
    torn = left = kept = lost = 0
    chance = random.Random(1)
    for text in halves[1]:
        words = WORD.findall(text)
        known = Words()
        counts = Counter(word.lower() for word in words)
        object.__setattr__(known, "counts", counts)
        for word in words:
            if chance.random() > 0.08:
                continue
            own = word.lower()
            counts[own] -= 1
            first, _, second = word.partition("-")
            if word.count("-") == 1 and len(first) > 1 and len(second) > 2:
                kept += 1
                lost += known.joins(first, second)
            elif not second and len(word) >= 7:
                at = chance.randint(3, len(word) - 3)
                torn += 1
                left += not known.joins(word[:at], word[at:])
            counts[own] += 1
    print(f"{left} of {torn} words stay torn, {lost} of {kept} compounds are lost")
    assert torn > 5_000 and kept > 200
    assert left / torn < 0.004
    assert lost / kept < 0.15
