"""Options that tests share."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden cases be written anew: ``pytest --regen``, then read the difference."""
    parser.addoption("--regen", action="store_true", help="write golden cases anew")
