"""Starts the pages for the command line: the one place that knows both."""

import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from pipeline.commands import open_desk
from pipeline.errors import MissingPartError
from pipeline.web.app import make_app
from pipeline.web.guard import Keys

LOOPBACK = "127.0.0.1"


def serve(
    folder: Path, coder_id: str, port: int, *, opens_browser: bool, say: Callable[[str], None]
) -> None:
    """Serve the reviewing page to this machine until it is interrupted.

    Raises
    ------
    MissingPartError
        If the port is taken.
    """
    desk = open_desk(folder, coder_id)
    listening = socket.socket()
    try:
        listening.bind((LOOPBACK, port))
    except OSError as reason:
        raise MissingPartError(
            f"port {port} can not be had: {reason.strerror}", remedy="Leave --port away."
        ) from reason
    keys = Keys(listening.getsockname()[1])
    say(f"Reviewing as {coder_id}: {keys.address}")
    say("The address works once. Ctrl+C ends; every decision is kept as it is made.")
    if opens_browser:
        webbrowser.open(keys.address)
    config = uvicorn.Config(make_app(desk, keys), log_level="warning", server_header=False)
    uvicorn.Server(config).run(sockets=[listening])
