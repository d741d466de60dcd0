"""The Mobizon protocol over HTTP: `/service/{module}/{method}`.

As at the vendor every answer is HTTP 200 with `{"code", "data", "message"}`, also a refusal.
"""

import asyncio
import re
import sqlite3
import time
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from sandbox import sms, switches
from sandbox.callbacks import SmsCallbacks, timestamp
from sandbox.settings import Settings
from sandbox.store import count

MAX_TEXT_CHARACTERS: Final = 1500
MAX_IDS: Final = 100


class Code(IntEnum):
    """Answer codes of the vendor."""

    OK = 0
    VALIDATION = 1
    NOT_FOUND = 2
    NO_MODULE = 4
    NO_METHOD = 5
    BAD_KEY = 8
    MISSING_PARAMETER = 11
    BAD_PARAMETER = 12
    BLOCKED = 14
    OPERATION = 15
    RATE_LIMIT = 30


class Mobizon:
    """Answers the calls of the product's SMS adapter."""

    def __init__(self, connection: sqlite3.Connection, settings: Settings, callbacks: SmsCallbacks) -> None:
        self._connection = connection
        self._settings = settings
        self._callbacks = callbacks

    async def endpoint(self, request: Request) -> Response:
        """One call: GET or POST with form fields, parameters in PHP array style."""
        switch = switches.position(self._connection, "sms")
        if switch == switches.Sms.DOWN:
            return HTMLResponse("<h1>502 Bad Gateway</h1>", status_code=502)
        form = await request.form() if request.method == "POST" else {}
        fields = dict(request.query_params) | {
            key: value for key, value in form.items() if isinstance(value, str)
        }
        key = fields.get("apiKey", "")
        if not key or key.startswith("wrong"):
            return _answer(Code.BAD_KEY, message="Authorization error: wrong API key")
        if switch == switches.Sms.RATE_LIMIT:
            return _answer(Code.RATE_LIMIT, message="Too many requests")
        if switch == switches.Sms.BLOCKED:
            return _answer(Code.BLOCKED, message="Account is blocked")
        module = request.path_params["module"].lower()
        method = request.path_params["method"].lower()
        return await self._dispatch(module, method, fields)

    async def _dispatch(self, module: str, method: str, fields: Mapping[str, str]) -> Response:
        match module, method:
            case "message", "sendsmsmessage":
                return await self._send(fields)
            case "message", "getsmsstatus":
                return self._statuses(fields)
            case "message", "list":
                return self._list(fields)
            case "user", "getownbalance":
                left = f"{sms.balance(self._connection):.4f}"
                return _answer(Code.OK, {"balance": left, "currency": "KZT"})
            case (("message" | "user"), _):
                return _answer(Code.NO_METHOD, message=f"Unknown API method: {method}")
        return _answer(Code.NO_MODULE, message=f"Unknown API module: {module}")

    async def _send(self, fields: Mapping[str, str]) -> Response:
        recipient, text = fields.get("recipient", ""), fields.get("text", "")
        problems = _problems(recipient, text)
        if problems:
            return _answer(Code.VALIDATION, problems, "Validation error")
        refusal = self._magic_refusal(recipient, text)
        if refusal is not None:
            return refusal
        row = sms.add(self._connection, recipient=recipient, sender=fields.get("from", ""), text=text)
        self._callbacks.start(row["id"], recipient)
        if sms.outcome_for(recipient).webhook == "before_reply":
            await self._callbacks.report_now(row["id"])
        hangs = sms.magic(recipient) == "12" and count(self._connection, f"hang:{text}") == 1
        if hangs or switches.position(self._connection, "sms") == switches.Sms.SLOW:
            await asyncio.sleep(self._settings.slow_seconds)
        waits = row["status"] == "NEW"
        data = {
            "campaignId": str(row["campaign_id"]),
            "messageId": str(row["id"]),
            "status": 1 if waits else 2,
        }
        return _answer(Code.OK, data)

    def _magic_refusal(self, recipient: str, text: str) -> JSONResponse | None:
        match sms.magic(recipient):
            case "05" if count(self._connection, f"rate:{recipient}:{text}") <= 2:
                return _answer(Code.RATE_LIMIT, message="Too many requests")
            case "06":
                return _answer(Code.BAD_KEY, message="Authorization error: wrong API key")
            case "14":
                return _answer(Code.OPERATION, message="Insufficient balance")
        return None

    def _statuses(self, fields: Mapping[str, str]) -> JSONResponse:
        ids = _ids(fields)
        if not ids:
            return _answer(Code.NOT_FOUND, message="No message identifiers given")
        if len(ids) > MAX_IDS:
            return _answer(Code.BAD_PARAMETER, message="Too many identifiers")
        rows = [row for one in ids if (row := sms.get(self._connection, one)) is not None]
        return _answer(Code.OK, [_status_item(row) for row in rows])

    def _list(self, fields: Mapping[str, str]) -> JSONResponse:
        size = _number(fields.get("pagination[pageSize]", ""), 25)
        page = _number(fields.get("pagination[currentPage]", ""), 0)
        if size not in (25, 50, 100):
            return _answer(Code.BAD_PARAMETER, message="pageSize must be 25, 50 or 100")
        rows = sms.search(
            self._connection,
            to=re.sub(r"\D", "", fields.get("criteria[to]", "")),
            text=fields.get("criteria[text]"),
            created_from=_moment(fields.get("criteria[campaignCreateTsFrom]", "")),
            limit=size,
            offset=page * size,
        )
        items = [_list_item(row) for row in rows]
        return _answer(Code.OK, {"items": items, "totalItemCount": len(items)})


def _answer(code: Code, data: object = None, message: str = "") -> JSONResponse:
    return JSONResponse({"code": int(code), "data": data, "message": message})


def _problems(recipient: str, text: str) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not re.fullmatch(r"\d{10,15}", recipient, re.ASCII):
        problems["recipient"] = "Wrong phone number"
    if not text.strip():
        problems["text"] = "Message text is empty"
    elif len(text) > MAX_TEXT_CHARACTERS:
        problems["text"] = "Message text is too long"
    return problems


def _ids(fields: Mapping[str, str]) -> list[int]:
    texts = [value for key, value in fields.items() if re.fullmatch(r"ids(\[\d*\])?", key)]
    return [int(part) for text in texts for part in text.split(",") if part.strip().isdigit()]


def _number(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() else default


def _moment(text: str) -> float:
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC).timestamp()
    except ValueError:
        return 0.0


def _status_item(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "status": row["status"],
        "segNum": row["segments"],
        "startSendTs": None if row["status"] == "NEW" else timestamp(row["created_at"]),
        "statusUpdateTs": timestamp(row["status_at"]),
    }


def _list_item(row: sqlite3.Row) -> dict[str, Any]:
    return _status_item(row) | {
        "campaignId": row["campaign_id"],
        "from": row["sender"],
        "to": row["recipient"],
        "text": row["text"],
        "segUserBuy": f"{sms.PRICE_PER_SEGMENT:.4f}",
        "uuid": str(uuid.uuid5(uuid.NAMESPACE_OID, str(row["id"]))),
        "operatorName": "Sandbox",
        "countryA2": "KZ",
        "queryTs": timestamp(time.time()),
    }
