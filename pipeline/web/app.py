"""The reviewing page's routes: plain forms in, a redirect to the next card out.

Everything works without script; ``static/app.js`` only presses the same buttons by key. A
decision carries an id made with the page, so that sending it twice stores it once, and what
it saw, so that a stale tab is told instead of deciding.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from pipeline.commands import Decision, Desk
from pipeline.errors import OffsetError, PipelineError, ReviewError
from pipeline.web.guard import Guard, Keys

HERE = Path(__file__).parent
_TEMPLATES = Jinja2Templates(HERE / "templates")
_MOST_FIELDS = 20


def make_app(desk: Desk, keys: Keys) -> Starlette:
    """Return the application for one coder's desk."""
    pages = _Pages(desk, keys)
    return Starlette(
        routes=[
            Route("/", pages.card),
            Route("/judge", pages.act(desk.judge), methods=["POST"]),
            Route("/recode", pages.act(desk.recode), methods=["POST"]),
            Route("/add", pages.act(desk.judge_other), methods=["POST"]),
            Route("/nothing", pages.act(desk.complete), methods=["POST"]),
            Route("/memo", pages.act(desk.write_memo), methods=["POST"]),
            Route("/undo", pages.act(desk.undo), methods=["POST"]),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ],
        middleware=[Middleware(Guard, keys=keys)],
    )


class _Pages:
    """The handlers; they share a desk and the keys."""

    def __init__(self, desk: Desk, keys: Keys) -> None:
        self._desk = desk
        self._keys = keys

    async def card(self, request: Request) -> Response:
        """Show a proposal: the one asked for, the next after one put off, or the next."""
        asked = request.query_params
        view = await run_in_threadpool(self._desk.view, asked.get("at", ""), asked.get("after", ""))
        common = self._common(asked.get("said", ""))
        if view is None:
            return _TEMPLATES.TemplateResponse(
                request,
                "message.html",
                {
                    **common,
                    "heading": "Nothing is left to decide",
                    "message": "Every proposal for you is judged. Run backing run to see the "
                    "evidence.",
                    "role": "status",
                    "way_on": "Look again",
                },
            )
        codes = await run_in_threadpool(self._desk.codes)
        return _TEMPLATES.TemplateResponse(
            request, "card.html", {**common, "card": view, "codes": codes}
        )

    def act(self, decide: Callable[[Decision], str]) -> Callable[[Request], Awaitable[Response]]:
        """Return a handler that records one decision and goes on to where it leads."""

        async def handle(request: Request) -> Response:
            form = await request.form(max_fields=_MOST_FIELDS, max_files=0)
            if form.get("token") != self._keys.form:
                raise HTTPException(403, "That form is not of this page.")
            try:
                address = await run_in_threadpool(decide, _decision(form))
            except (ReviewError, OffsetError) as refusal:
                return self._refused(request, refusal)
            return RedirectResponse(address, 303)

        return handle

    def _refused(self, request: Request, refusal: PipelineError) -> Response:
        return _TEMPLATES.TemplateResponse(
            request,
            "message.html",
            {
                **self._common(""),
                "heading": "Not recorded",
                "message": str(refusal),
                "role": "alert",
                "way_on": "Go on with the next proposal",
            },
            status_code=409,
        )

    def _common(self, said: str) -> dict[str, object]:
        return {
            "study_title": self._desk.study_title,
            "coder_id": self._desk.coder_id,
            "left": self._desk.left,
            "status": self._desk.status(said),
            "token": self._keys.form,
            "event_id": self._desk.new_event_id(),
            "undoable": self._desk.undoable,
        }


def _decision(form: FormData) -> Decision:
    def text(name: str) -> str:
        value = form.get(name, "")
        return value if isinstance(value, str) else ""

    def number(name: str) -> int:
        value = text(name)
        return int(value) if value.isascii() and value.isdigit() and len(value) < 12 else -1

    return Decision(
        event_id=text("event_id"),
        segment_id=text("segment_id"),
        code_id=text("code_id"),
        verdict=text("verdict"),
        new_code_id=text("new_code_id"),
        target_id=text("target_id"),
        text=text("text"),
        start=number("start"),
        end=number("end"),
        quotation=text("quotation"),
        seen=text("seen"),
    )
