"""The folder of real documents and data sets, which is no part of the repository."""

import os
from pathlib import Path

import pytest


def real_data_folder() -> Path:
    """The folder; a test that needs it is left out where there is none, and fails in CI."""
    folder = os.environ.get("BACKING_TEST_DATA", "")
    if not folder:
        reason = "BACKING_TEST_DATA names no folder of real documents"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return Path(folder)
