"""How much one file may take, as the environment says."""

import pytest

from pipeline.errors import (
    InputError,
)
from pipeline.limits import limits_of


@pytest.mark.parametrize("name", ["BACKING_WORKERS", "BACKING_SECONDS_PER_FILE"])
@pytest.mark.parametrize("value", ["0", "-1", "two", "1.5", "\u0665"])
def test_a_limit_that_is_no_number_is_told(name: str, value: str):
    with pytest.raises(InputError, match=name) as caught:
        limits_of({name: value})
    assert caught.value.remedy


def test_limits_are_as_the_environment_says():
    usual = limits_of({})
    assert 1 <= usual.workers <= 4 and usual.seconds == 120
    assert limits_of({"BACKING_WORKERS": "7"}).workers == 7
    assert limits_of({"BACKING_MEMORY_MB": "100"}).memory_bytes == 100_000_000


def test_a_file_has_two_seconds_more_for_each_megabyte():
    limits = limits_of({"BACKING_SECONDS_PER_FILE": "30"})
    assert [limits.seconds_for(size) for size in (0, 1_000_000, 50_000_000)] == [30, 32, 130]


@pytest.mark.parametrize("value", ["", "  ", " 7 "])
def test_white_space_around_a_limit_is_nothing_and_nothing_is_the_usual(value: str):
    expected = int(value) if value.strip() else limits_of({}).workers
    assert limits_of({"BACKING_WORKERS": value}).workers == expected
