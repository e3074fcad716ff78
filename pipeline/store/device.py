"""Which device this is: kept beside the program's settings, outside any record.

A record copied to another machine must go on under another name, or the copies would grow
two different events at one place of a chain.
"""

import os
import re
import secrets
import sys
from pathlib import Path

from pipeline.errors import RecordError


def device_id() -> str:
    """Return this device's id, made at random when first asked for.

    Raises
    ------
    RecordError
        If BACKING_DEVICE holds anything but letters, digits and dashes.
    """
    given = os.environ.get("BACKING_DEVICE", "")
    if given:
        return _checked(given, "BACKING_DEVICE")
    path = _settings() / "device"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_hex(6), encoding="ascii")
    return _checked(path.read_text(encoding="ascii").strip(), str(path))


def _checked(value: str, where: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9-]{1,64}", value):
        raise RecordError(
            f"{value!r} can not name a device", where=where, remedy="Letters, digits and dashes."
        )
    return value


def _settings() -> Path:
    """The folder of the program's settings on this system."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", Path.home())) / "backing"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "backing"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "backing"
