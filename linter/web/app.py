"""The web application: its addresses, and what each of them answers."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import cache
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from linter.files import Source
from linter.lint import Job
from linter.render.entry import Entry
from linter.resources import resource_folder
from linter.web import pages
from linter.web.apart import Apart, Judging
from linter.web.desk import Desk, Item, new_token
from linter.web.guard import Address, Guard
from linter.web.judging import Judged
from linter.web.uploads import Limits, Refused, received

if TYPE_CHECKING:
    from linter.render.entry import Lang

_STATIC = {
    "page.css": ("page.css", "text/css"),
    "web.css": ("static/web.css", "text/css"),
    "web.js": ("static/web.js", "text/javascript"),
}
_SECONDS_BETWEEN_CLEANINGS = 20
_TOKEN = re.compile(r"[\w-]{22}", re.ASCII)


class Site:
    """The page of one server: its desk, and how files on it are judged."""

    def __init__(self, job: Job, address: Address, limits: Limits, jobs: int, apart: Judging) -> None:
        self._job = job
        self._lang: Lang = job.settings.lang
        self._cookie = f"gongkai-{address.port}"
        self._desk = Desk(limits)
        self._apart = apart
        self._threads = ThreadPoolExecutor(jobs, "judging")
        self._judging: set[asyncio.Future[None]] = set()

    @asynccontextmanager
    async def life(self, app: Starlette) -> AsyncIterator[None]:
        """From start to end of the server: at the end nothing is left."""
        cleaning = asyncio.create_task(self._clean())
        try:
            yield
        finally:
            cleaning.cancel()
            self._apart.close()
            self._threads.shutdown(wait=False, cancel_futures=True)
            self._desk.clear()

    def routes(self) -> list[Route]:
        """Every address."""
        return [
            Route("/", self.desk, methods=["GET"]),
            Route("/files", self.states, methods=["GET"]),
            Route("/files", self.upload, methods=["POST"]),
            Route("/clear", self.clear, methods=["POST"]),
            Route("/files/{token}", self.result, methods=["GET"]),
            Route("/files/{token}/remove", self.remove, methods=["POST"]),
            Route("/files/{token}/{kind}", self.download, methods=["GET"]),
            Route("/static/{name}", static, methods=["GET"]),
        ]

    async def desk(self, request: Request) -> Response:
        """The page where files are dropped."""
        owner = self._owner(request)
        response = HTMLResponse(pages.desk_page(self._desk.of(owner or ""), self._desk.limits, self._lang))
        return response if owner else self._known(response, new_token())

    async def states(self, request: Request) -> Response:
        """How far the files of this browser are: for the script."""
        return JSONResponse([self._state(item) for item in self._desk.of(self._owner(request) or "")])

    async def upload(self, request: Request) -> Response:
        """Files taken in; they are judged after the answer."""
        owner = self._owner(request)
        known = owner or new_token()
        try:
            items = await self._taken(request, known)
        except Refused as refused:
            response: Response
            if _wants_json(request):
                response = JSONResponse({"reason": pages.refusal(refused, self._lang)}, refused.status)
            else:
                response = HTMLResponse(pages.refused_page(refused, self._lang), refused.status)
            # The rest of the request is not read.
            response.headers["connection"] = "close"
            return response
        for item in items:
            self._judge(item)
        if _wants_json(request):
            response = JSONResponse([self._state(item) for item in items], 201)
        else:
            response = RedirectResponse(f"/files/{items[0].token}" if len(items) == 1 else "/", 303)
        return response if owner else self._known(response, known)

    async def result(self, request: Request) -> Response:
        """What came of one file."""
        item = self._item(request)
        if item is None:
            return self._gone()
        return HTMLResponse(pages.result_page(item, self._desk.of(item.owner), self._lang))

    async def download(self, request: Request) -> Response:
        """A file to save; never shown by the browser as a page of ours."""
        item = self._item(request)
        copy = item.copy(request.path_params["kind"]) if item else None
        if copy is None:
            return self._gone()
        name = quote(copy.name, safe="")
        disposition = f"attachment; filename=\"download\"; filename*=UTF-8''{name}"
        return Response(
            copy.data, media_type="application/octet-stream", headers={"content-disposition": disposition}
        )

    async def remove(self, request: Request) -> Response:
        """One file let go."""
        self._desk.remove(request.path_params["token"])
        return RedirectResponse("/", 303)

    async def clear(self, request: Request) -> Response:
        """Every file of this browser let go."""
        for item in self._desk.of(self._owner(request) or ""):
            self._desk.remove(item.token)
        return RedirectResponse("/", 303)

    async def lost(self, request: Request, fault: Exception) -> Response:
        """An address that is none of these."""
        return self._gone()

    async def _taken(self, request: Request, owner: str) -> list[Item]:
        """The files of the request, laid on the desk. Raises Refused."""
        headers = request.headers
        with self._desk.arriving() as room:
            uploads = await received(
                headers.get("content-type", ""),
                headers.get("content-length"),
                request.stream(),
                self._desk.limits,
                room.take,
            )
        if not uploads:
            raise Refused(400, "refused_none")
        return self._desk.put(owner, uploads)

    def _judge(self, item: Item) -> None:
        """Have `item` judged when a process is free."""

        def work() -> None:
            # Whoever has removed a file meanwhile does not wait for it.
            if self._desk.holds(item):
                item.state = "reading"
                item.settle(self._judged(Source(item.name, item.data)))

        judged = asyncio.get_running_loop().run_in_executor(self._threads, work)
        self._judging.add(judged)
        judged.add_done_callback(self._judging.discard)

    def _judged(self, source: Source) -> Judged:
        try:
            return self._apart.judge(self._job, source)
        except Exception as fault:
            # Such as no process to be had: said at the file, or its page would wait for ever.
            return Judged(Entry(source.path, reason=f"{type(fault).__name__}: {fault}"))

    async def _clean(self) -> None:
        while True:
            await asyncio.sleep(_SECONDS_BETWEEN_CLEANINGS)
            self._desk.expire(monotonic())

    def _item(self, request: Request) -> Item | None:
        return self._desk.find(request.path_params["token"])

    def _state(self, item: Item) -> dict[str, str]:
        return {
            "token": item.token,
            "name": item.name,
            "state": item.state,
            "said": pages.said_of(item, self._lang),
            "row": pages.row(item, self._lang),
        }

    def _owner(self, request: Request) -> str | None:
        """The name that this server gave the browser."""
        value = request.cookies.get(self._cookie, "")
        return value if _TOKEN.fullmatch(value) else None

    def _known(self, response: Response, owner: str) -> Response:
        # Not "strict": who comes back from another page keeps the list. Requests that write must come
        # from our own pages in any case.
        response.set_cookie(self._cookie, owner, httponly=True, samesite="lax")
        return response

    def _gone(self) -> Response:
        return HTMLResponse(pages.gone_page(self._lang), 404)


def make_app(
    job: Job,
    address: Address,
    limits: Limits = Limits(),  # noqa: B008
    jobs: int = 1,
    apart: Judging | None = None,
) -> Starlette:
    """The application for a server at `address`, which judges up to `jobs` files at a time."""
    site = Site(job, address, limits, jobs, apart or Apart(limits.seconds))
    return Starlette(
        routes=site.routes(),
        middleware=[Middleware(Guard, address=address)],
        exception_handlers={404: site.lost, 405: site.lost},
        lifespan=site.life,
    )


async def static(request: Request) -> Response:
    """A style sheet or script: one of those listed, not a path."""
    found = _STATIC.get(request.path_params["name"])
    if found is None:
        return Response(status_code=404)
    path, kind = found
    return Response(_content(path), media_type=kind)


@cache
def _content(path: str) -> bytes:
    return (resource_folder("templates") / path).read_bytes()


def _wants_json(request: Request) -> bool:
    return request.headers.get("accept", "").startswith("application/json")
