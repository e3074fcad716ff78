"""The PDF reader against ten pages of files that no page judged before came from.

Measured once on unseen pages, the reader was not changed for them. No figure may fall more than
MARGIN below what was measured; ``python tests/test_gold_second.py`` prints the table.
Four pages of the first sample were judged twice, and tell how far judges agree.
"""

from collections.abc import Callable

import pytest
from gold.encode import PAGES, SECOND, TWICE, GoldPage, read_page
from test_gold_pages import (
    Figures,
    Reading,
    all_figures,
    figures,
    mean_f1,
    mean_order,
    report,
    weighted_zones,
)

MARGIN = 0.005
MEASURED = [(mean_f1, 0.9930), (mean_order, 0.9770), (weighted_zones, 0.9648)]
AGREED = [(mean_f1, 1.0), (mean_order, 1.0), (weighted_zones, 0.9991)]


def words_of(page: GoldPage) -> Reading:
    """A judged page as if it had been read."""
    return Reading(tuple((word, b.zone) for b in page.blocks for word in b.digests), ())


def judges() -> dict[str, Figures]:
    """The second judge's pages measured by the first's."""
    return {
        path.stem: figures(read_page(PAGES / path.name), words_of(read_page(path)))
        for path in sorted(TWICE.glob("*.txt"))
    }


@pytest.fixture(scope="module")
def found() -> dict[str, Figures]:
    return all_figures(sorted(SECOND.glob("*.txt")))


@pytest.mark.parametrize(("figure", "measured"), MEASURED)
def test_unseen_pages_are_read_as_well_as_when_they_were_measured(
    found: dict[str, Figures], figure: Callable[[dict[str, Figures]], float], measured: float
):
    assert figure(found) >= measured - MARGIN, report(found)


@pytest.mark.parametrize(("figure", "measured"), AGREED)
def test_two_judges_agree_as_far_as_is_told(
    figure: Callable[[dict[str, Figures]], float], measured: float
):
    assert figure(judges()) >= measured - MARGIN, report(judges())


if __name__ == "__main__":
    print(report(all_figures(sorted(SECOND.glob("*.txt")))))
    print("\nthe second judge by the first's pages")
    print(report(judges()))
