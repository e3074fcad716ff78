"""Who may speak to the reviewing page: this machine, this browser, this page.

There is no login: an address with a one-time start token is printed, and exchanged for a
cookie that scripts can not read. Every request must name the host and port it came to;
every change must come from this page.
"""

import hmac
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass
class Keys:
    """The start token, which works once, and the session it is exchanged for."""

    port: int
    start: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    form: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def cookie(self) -> str:
        """The cookie's name, by port, so that two studies at once do not mix."""
        return f"backing_{self.port}"

    @property
    def hosts(self) -> frozenset[str]:
        """The names under which this server answers."""
        return frozenset({f"127.0.0.1:{self.port}", f"localhost:{self.port}"})

    @property
    def address(self) -> str:
        """Where to begin."""
        return f"http://127.0.0.1:{self.port}/start?token={self.start}"


class Guard(BaseHTTPMiddleware):
    """Refuses foreign hosts (421), strangers and foreign origins (403)."""

    def __init__(self, app: ASGIApp, keys: Keys) -> None:
        super().__init__(app)
        self.keys = keys

    async def dispatch(
        self, request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        """Answer the request, or say why not; every answer carries the security headers."""
        response = self._refusal(request) or await call_next(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    def _refusal(self, request: Request) -> Response | None:
        host = request.headers.get("host", "")
        if host not in self.keys.hosts:
            return PlainTextResponse("This server does not answer to that name.", 421)
        if request.url.path == "/start":
            return self._start(request)
        cookie = request.cookies.get(self.keys.cookie, "")
        if not hmac.compare_digest(cookie, self.keys.session):
            return PlainTextResponse(
                "Open the address that `backing review` printed; it works once.", 403
            )
        if request.method != "GET" and not _is_from_here(request, host):
            return PlainTextResponse("That did not come from this page.", 403)
        return None

    def _start(self, request: Request) -> Response:
        token = request.query_params.get("token", "")
        if not self.keys.start or not hmac.compare_digest(token, self.keys.start):
            return PlainTextResponse("That start token is used up or not ours.", 403)
        self.keys.start = ""
        response = RedirectResponse("/", 303)
        response.set_cookie(self.keys.cookie, self.keys.session, httponly=True, samesite="strict")
        return response


def _is_from_here(request: Request, host: str) -> bool:
    site = request.headers.get("sec-fetch-site", "same-origin")
    return request.headers.get("origin") == f"http://{host}" and site == "same-origin"
