"""A reviewing page on a real port, for tests that drive it with a browser."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import uvicorn

from pipeline.commands import open_desk
from pipeline.web.app import make_app
from pipeline.web.guard import Keys


@contextlib.contextmanager
def reviewing(study: Path, coder_id: str) -> Iterator[Keys]:
    """Serve one coder's page on a free port until the block ends."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    keys = Keys(listening.getsockname()[1])
    app = make_app(open_desk(study, coder_id), keys)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield keys
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()
