"""Options and fixtures that tests share."""

from pathlib import Path

import pytest
from real_data import real_data_folder


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden cases be written anew: ``pytest --regen``, then read the difference."""
    parser.addoption("--regen", action="store_true", help="write golden cases anew")


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real documents."""
    return real_data_folder()
