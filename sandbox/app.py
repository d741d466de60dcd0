"""Puts the parts together: vendor protocols, pages, the mail server and the timeline."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kzsign.testing.store import open_authority
from sandbox import switches
from sandbox.authenticator import Authenticator
from sandbox.callbacks import SmsCallbacks
from sandbox.egov import Egov
from sandbox.esign import Esign
from sandbox.esign_page import EsignDesk
from sandbox.keys import Keyring
from sandbox.mobizon import Mobizon
from sandbox.ncalayer import NcaLayer
from sandbox.oidc import OidcProvider
from sandbox.settings import Settings
from sandbox.sigex import Sigex
from sandbox.smtp import MailServer
from sandbox.store import open_store
from sandbox.timeline import Timeline
from sandbox.web.api import Api
from sandbox.web.pages import Pages


def create_app(settings: Settings) -> Starlette:
    """The whole sandbox as one application; its lifespan runs the mail server and the timeline."""
    connection = open_store(settings.state_dir)
    timeline = Timeline(connection)
    callbacks = SmsCallbacks(connection, settings, timeline)
    mobizon = Mobizon(connection, settings, callbacks)
    mail_server = MailServer(connection, settings)

    async def apply_switches(values: dict[str, str]) -> None:
        switches.move(connection, values)
        await mail_server.follow_switch()

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with _running(connection, timeline, mail_server):
            yield

    pages = Pages(connection, apply_switches)
    # Its certificates lead to the services below; one object, so that OCSP knows what was issued a moment ago.
    authority = open_authority(
        settings.esign_dir or settings.state_dir / "esign",
        address=f"http://{settings.host}:{settings.http_port}/sandbox/esign",
    )
    keyring = Keyring(authority)
    sigex = Sigex(connection, settings.public_url, settings.slow_seconds)

    async def restored() -> None:
        sigex.forget()
        await mail_server.follow_switch()

    api = Api(connection, apply_switches, restored)

    async def missing(request: Request, problem: Exception) -> Response:
        if request.url.path.startswith(("/sandbox/api/", "/service/")):
            status = problem.status_code if isinstance(problem, HTTPException) else 404
            return JSONResponse({"detail": str(problem)}, status_code=status)
        return await pages.not_found(request, problem)

    service = [
        Route("/service/{module}/{method}", mobizon.endpoint, methods=["GET", "POST"]),
        Route("/service/{module}/{method}/", mobizon.endpoint, methods=["GET", "POST"]),
    ]
    own = [*Authenticator(pages).routes(), *OidcProvider(pages, settings.state_dir).routes()]
    signing = [
        *NcaLayer(pages, keyring, settings.public_url).routes(),
        *sigex.routes(),
        *EsignDesk(pages, authority).routes(),
        *Esign(connection, authority, settings.slow_seconds).routes(),
        *Egov(pages, keyring, sigex).routes(),
    ]
    static = Mount("/sandbox/static", StaticFiles(directory=Path(__file__).parent / "web" / "static"))
    return Starlette(
        routes=[Route("/", _to_home), *service, *api.routes(), *pages.routes(), *own, *signing, static],
        exception_handlers={404: missing, 403: missing, 400: missing},
        lifespan=lifespan,
    )


@contextlib.asynccontextmanager
async def _running(
    connection: sqlite3.Connection, timeline: Timeline, mail_server: MailServer
) -> AsyncIterator[None]:
    steps = asyncio.create_task(timeline.run())
    await mail_server.follow_switch()
    try:
        yield
    finally:
        await mail_server.close()
        steps.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await steps
        connection.close()


async def _to_home(request: Request) -> Response:
    return RedirectResponse("/sandbox/")
