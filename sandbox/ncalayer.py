"""NCALayer as a web page meets it: a websocket that signs with keys of the demonstration's own authority.

The real program listens on the visitor's own machine and shows a window with his keys. Here a page for people says which
key answers; the choice is kept in a cookie, so each browser has its own.
"""

import asyncio
import json
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.key_choice import Choice, Who, WrongChoiceError
from sandbox.keys import Keyring
from sandbox.ncalayer_calls import Calls
from sandbox.web.pages import Pages

VERSION: Final = "1.4"
COOKIE: Final = "sandbox_ncalayer"
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})
# A document of 25 MB in base64 and what stands round it.
MAX_MESSAGE: Final = 40 * 1024 * 1024


class NcaLayer:
    """The websocket, the page of keys and its JSON twin."""

    def __init__(self, pages: Pages, keyring: Keyring, public_url: str) -> None:
        self._pages = pages
        self._keyring = keyring
        self._calls = Calls(keyring)
        self._public_url = public_url

    def routes(self) -> list[BaseRoute]:
        """All addresses; page and websocket share one."""
        return [
            WebSocketRoute("/sandbox/ncalayer/", self.socket),
            Route("/sandbox/ncalayer/", self.page, methods=["GET", "POST"]),
            Route("/sandbox/api/ncalayer/", self.api, methods=["GET", "POST"]),
        ]

    async def socket(self, socket: WebSocket) -> None:
        """One page: greeting, then answers in the order of the questions, one at a time."""
        choice = chosen(socket)
        if choice.who is Who.OFF or not _is_product(socket, self._public_url):
            await socket.close()
            return
        await socket.accept()
        try:
            await socket.send_json({"result": {"version": VERSION}})
            while True:
                message = await socket.receive_text()
                answer = await asyncio.to_thread(self._calls.answer, message, choice)
                await socket.send_text(json.dumps(answer, ensure_ascii=False))
        except (WebSocketDisconnect, KeyError):
            # The page left, or sent bytes, which the real program does not understand either.
            return

    async def page(self, request: Request) -> Response:
        """See and choose the key of this browser."""
        if request.method == "GET":
            return self._page(request, chosen(request))
        refuse_other_sites(request)
        form = dict(await request.form())
        try:
            choice = Choice.parse(form)
        except WrongChoiceError as problem:
            return self._page(request, _as_typed(form), wrong=str(problem))
        response = RedirectResponse("/sandbox/ncalayer/?applied=1", status_code=303)
        return keep(response, COOKIE, choice)

    async def api(self, request: Request) -> Response:
        """Read or make the choice of this browser: `{choice, iin, bin, name, organisation}`."""
        if request.method == "GET":
            return _json(chosen(request))
        refuse_other_sites(request)
        try:
            choice = Choice.parse(await json_object(request))
        except WrongChoiceError as problem:
            return JSONResponse({"detail": f"wrong {problem}"}, 400)
        return keep(_json(choice), COOKIE, choice)

    def _page(self, request: Request, shown: Choice, *, wrong: str = "") -> Response:
        return self._pages.page(
            request,
            "ncalayer.html",
            status=400 if wrong else 200,
            kinds=list(Who),
            shown=shown,
            people=self._keyring.people(),
            applied="applied" in request.query_params,
            wrong=wrong,
        )


def chosen(connection: HTTPConnection) -> Choice:
    """The choice of a browser: of its cookie, else of `?choice=` in the address, else the ordinary one."""
    kept = connection.cookies.get(COOKIE)
    if kept:
        return Choice.from_cookie(kept)
    try:
        return Choice.parse(connection.query_params)
    except WrongChoiceError:
        return Choice()


def keep(response: Response, cookie: str, choice: Choice) -> Response:
    """Let the browser remember the choice for the sandbox."""
    response.set_cookie(cookie, choice.as_cookie(), path="/sandbox/", samesite="lax", httponly=True)
    return response


def refuse_other_sites(request: Request) -> None:
    """Only pages of this origin change anything here; raises HTTPException 403."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise HTTPException(403)


async def json_object(request: Request) -> dict[str, Any]:
    """The body of a script's call; raises HTTPException 400 when it is no JSON object."""
    try:
        values = json.loads(await request.body())
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise HTTPException(400, "a JSON object is expected")
    return values


def _is_product(socket: WebSocket, public_url: str) -> bool:
    """Whether the page that opened the socket is the product's: its public address, this origin or this machine."""
    origin = socket.headers.get("origin", "")
    try:
        page, own = urlsplit(origin), urlsplit(f"//{socket.headers.get('host', '')}")
        names = page.hostname or "", own.hostname or ""
    except ValueError:
        return False
    if page.scheme not in {"http", "https"}:
        return False
    public = urlsplit(public_url)
    if public_url and (page.scheme, page.netloc) == (public.scheme, public.netloc):
        return True
    return page.netloc == own.netloc or (names[0] in _LOCAL and names[1] in _LOCAL)


def _as_typed(form: dict[str, Any]) -> Choice:
    """What somebody typed, right or wrong, to be shown again."""
    who = str(form.get("choice", ""))
    typed = {name: str(form.get(name, ""))[:200] for name in ("iin", "bin", "name", "organisation")}
    return Choice(Who(who) if who in list(Who) else Who.ASKED, **typed)


def _json(choice: Choice) -> JSONResponse:
    kinds = [str(one) for one in Who]
    return JSONResponse(choice.as_json() | {"choices": kinds}, headers={"Cache-Control": "no-store"})
