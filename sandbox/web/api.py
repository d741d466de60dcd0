"""JSON twins of the pages, for scripts and tests."""

import json
import re
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import mail, sms, switches
from sandbox.store import clear
from sandbox.web.pages import ApplySwitches, attachment_response, source_response


class Api:
    """Addresses under `/sandbox/api/`."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        apply_switches: ApplySwitches,
        restored: Callable[[], Awaitable[None]],
    ) -> None:
        self._connection = connection
        self._apply_switches = apply_switches
        self._restored = restored

    def routes(self) -> list[Route]:
        """All addresses."""
        return [
            Route("/sandbox/api/health/", self.health),
            Route("/sandbox/api/sms/", self.sms),
            Route("/sandbox/api/mail/", self.mail),
            Route("/sandbox/api/mail/{mail_id:int}.eml", self.source),
            Route("/sandbox/api/mail/{mail_id:int}/attachments/{index:int}", self.attachment),
            Route("/sandbox/api/mail/{mail_id:int}/", self.letter),
            Route("/sandbox/api/switches/", self.switches, methods=["GET", "POST"]),
            Route("/sandbox/api/reset/", self.reset, methods=["POST"]),
        ]

    async def health(self, request: Request) -> Response:
        """Whether the program is up."""
        return JSONResponse({"status": "ok"})

    async def sms(self, request: Request) -> Response:
        """Messages newest first; `to` is a whole number."""
        to = re.sub(r"[^0-9]", "", request.query_params.get("to", ""))
        rows = sms.inbox(self._connection, to) if to else sms.search(self._connection)
        return JSONResponse({"items": [_sms_item(row) for row in rows]})

    async def mail(self, request: Request) -> Response:
        """Letters newest first, by address and by Message-ID."""
        rows = mail.search(
            self._connection,
            to=request.query_params.get("to", "").strip(),
            message_id=request.query_params.get("message_id", "").strip(),
        )
        return JSONResponse({"items": [_mail_item(row) for row in rows]})

    async def letter(self, request: Request) -> Response:
        """One letter with its headers and bodies."""
        mail_id = request.path_params["mail_id"]
        row, raw = mail.get(self._connection, mail_id), mail.raw(self._connection, mail_id)
        if row is None or raw is None:
            raise HTTPException(404)
        letter = mail.parse(raw)
        headers = [{"name": name, "value": value} for name, value in letter.headers]
        bodies = {"headers": headers, "text": letter.text, "html": letter.html}
        return JSONResponse(_mail_item(row) | bodies)

    async def source(self, request: Request) -> Response:
        """The letter as it came over the wire."""
        return source_response(self._connection, request.path_params["mail_id"])

    async def attachment(self, request: Request) -> Response:
        """One decoded file."""
        params = request.path_params
        return attachment_response(self._connection, params["mail_id"], params["index"])

    async def switches(self, request: Request) -> Response:
        """Read or move the switches: `{"smtp": "down", "sms": "ok"}`."""
        if request.method == "POST":
            values = await _string_map(request)
            try:
                await self._apply_switches(values)
            except switches.UnknownSwitchError as problem:
                return JSONResponse({"detail": f"unknown switch or position: {problem}"}, 400)
        choices = {name: [str(one) for one in kind] for name, kind in switches.CHOICES.items()}
        return JSONResponse(switches.positions(self._connection) | {"choices": choices})

    async def reset(self, request: Request) -> Response:
        """Forget all messages and put every switch back."""
        clear(self._connection)
        await self._restored()
        return JSONResponse({"status": "ok"})


def _mail_item(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "to": row["recipients"] or "",
        "from": row["header_from"],
        "envelope_from": row["envelope_from"],
        "subject": row["subject"],
        "message_id": row["message_id"],
        "received_at": _moment(row["received_at"]),
        "size": row["size"],
        "is_repeat": bool(row["earlier_copies"]),
        "attachments": json.loads(row["attachments"]),
    }


async def _string_map(request: Request) -> dict[str, str]:
    try:
        values = json.loads(await request.body())
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise HTTPException(400, "a JSON object is expected")
    return {str(name): str(value) for name, value in values.items()}


def _sms_item(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "to": f"+{row['recipient']}",
        "from": row["sender"],
        "text": row["text"],
        "code": sms.code_in(row["text"]),
        "status": row["status"],
        "segments": row["segments"],
        "price": row["price"],
        "created_at": _moment(row["created_at"]),
        "status_at": _moment(row["status_at"]),
    }


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
