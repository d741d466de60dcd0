"""Signing by a phone as SIGEX offers it: a QR code, one call that waits for the scan, one that waits for the signature.

As with the service itself, a refusal is a `message` in an answer of status 200. Operations live in memory and end with
the program.
"""

import asyncio
import base64
import binascii
import io
import json
import secrets
import sqlite3
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

import qrcode
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from sandbox import switches

LIFE_SECONDS: Final = 300
MAX_OPERATIONS: Final = 500
MAX_DOCUMENTS: Final = 20
MAX_BODY: Final = 40 * 1024 * 1024
METHODS: Final = ("CMS_SIGN_ONLY", "CMS_WITH_DATA")
# With the switch «drop» each waiting call of an operation is cut so many times before it answers.
DROPS: Final = 2

EXPIRED: Final = "Срок действия процедуры подписания истек."
REFUSED: Final = "Пользователь отказался от подписания."
UNKNOWN: Final = "Процедура подписания не найдена."
USED: Final = "Данные для этой процедуры уже переданы."
MALFORMED: Final = "Некорректный запрос."
BUSY: Final = "Сервис временно недоступен, попробуйте позже."


@dataclass
class Operation:
    """One QR code. `secret` opens the vendor's addresses; people see only `id`."""

    id: str
    secret: str
    description: str
    created_at: float
    expires_at: float
    method: str = ""
    documents: list[dict[str, Any]] = field(default_factory=list)
    signed: list[dict[str, Any]] = field(default_factory=list)
    refused: bool = False
    drops: Counter[str] = field(default_factory=Counter)
    scanned: asyncio.Event = field(default_factory=asyncio.Event)
    finished: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def state(self) -> str:
        """preparing (no documents yet), waiting, scanned, signed, refused or expired."""
        if self.signed:
            return "signed"
        if self.refused:
            return "refused"
        if time.time() >= self.expires_at:
            return "expired"
        if self.scanned.is_set():
            return "scanned"
        return "waiting" if self.documents else "preparing"

    def scan(self) -> None:
        """The phone has read the code and taken the documents."""
        self.scanned.set()

    def refuse(self) -> None:
        """The person declines."""
        self.refused = True
        self._end()

    def expire(self) -> None:
        """The time is over, now."""
        self.expires_at = time.time()
        self._end()

    def finish(self, signatures: list[str]) -> None:
        """Keep one base64 CMS for each document; an operation signs once."""
        self.signed = [
            document | {"document": {"file": {"mime": "", "data": signature}}}
            for document, signature in zip(self.documents, signatures, strict=True)
        ]
        self._end()

    def _end(self) -> None:
        self.scanned.set()
        self.finished.set()


class Sigex:
    """Addresses of the service under `/sandbox/sigex/`; the operations for the phone."""

    def __init__(self, connection: sqlite3.Connection, public_url: str, slow_seconds: float) -> None:
        self._connection = connection
        self._public_url = public_url
        self._slow_seconds = slow_seconds
        self._operations: dict[str, Operation] = {}

    def routes(self) -> list[Route]:
        """All addresses."""
        return [
            Route("/sandbox/sigex/api/egovQr", self.register, methods=["POST"]),
            Route("/sandbox/sigex/api/egovQr/{secret}/data", self.data, methods=["POST"]),
            Route("/sandbox/sigex/api/egovQr/{secret}/sign", self.sign, methods=["GET"]),
        ]

    def operations(self) -> list[Operation]:
        """Newest first, without those that ended by themselves long ago."""
        return sorted(self._operations.values(), key=lambda one: one.created_at, reverse=True)

    def find(self, operation_id: str) -> Operation | None:
        """The operation with this id."""
        return self._operations.get(operation_id)

    def forget(self) -> None:
        """End and forget every operation."""
        for one in self._operations.values():
            one.expire()
        self._operations.clear()

    async def register(self, request: Request) -> Any:
        """`{description}` for a QR code and the addresses of the two waiting calls."""
        failure = await self._failure()
        if failure is not None:
            return failure
        body = await _body(request)
        if body is None or not isinstance(body.get("description"), str):
            return _message(MALFORMED)
        self._forget_old()
        now = time.time()
        one = Operation(
            secrets.token_urlsafe(9),
            secrets.token_urlsafe(24),
            body["description"][:200],
            now,
            now + LIFE_SECONDS,
        )
        self._operations[one.id] = one
        own = f"{request.url.scheme}://{request.headers.get('host', request.url.netloc)}"
        page = f"{self._public_url or own}/sandbox/egov/{one.id}/"
        base = f"{own}/sandbox/sigex/api/egovQr/{one.secret}"
        return _answer(
            {
                "qrCode": await asyncio.to_thread(_picture, f"mobileSign:{page}"),
                "dataURL": f"{base}/data",
                "signURL": f"{base}/sign",
                "eGovMobileLaunchLink": page,
                "eGovBusinessLaunchLink": f"{page}?app=business",
                "expireAt": int(one.expires_at * 1000),
            }
        )

    async def data(self, request: Request) -> Any:
        """The documents; answers when the phone has read the code."""
        one = self._by_secret(request)
        body = await _body(request)
        failure = await self._failure()
        if failure is not None:
            return failure
        if one is None:
            return _message(UNKNOWN)
        documents = None if body is None else _documents(body)
        if body is None or documents is None:
            return _message(MALFORMED)
        if one.documents and (one.documents, one.method) != (documents, body["signMethod"]):
            return _message(USED)
        one.documents, one.method = documents, body["signMethod"]
        await _wait(request, one.scanned, one.expires_at)
        if not one.scanned.is_set() and one.state != "expired":
            return HangUp()
        return self._cut(one, "data") or self._refusal(one) or _answer({})

    async def sign(self, request: Request) -> Any:
        """Answers when the person has signed: the documents with base64 CMS in place of their data."""
        one = self._by_secret(request)
        failure = await self._failure()
        if failure is not None:
            return failure
        if one is None:
            return _message(UNKNOWN)
        if not one.documents:
            return _message(MALFORMED)
        await _wait(request, one.finished, one.expires_at)
        if not one.finished.is_set() and one.state != "expired":
            return HangUp()
        cut = self._cut(one, "sign") or self._refusal(one)
        return cut or _answer({"signMethod": one.method, "documentsToSign": one.signed})

    def _by_secret(self, request: Request) -> Operation | None:
        secret = request.path_params["secret"]
        return next((one for one in self._operations.values() if one.secret == secret), None)

    def _refusal(self, one: Operation) -> Any:
        match one.state:
            case "refused":
                return _message(REFUSED)
            case "expired":
                return _message(EXPIRED)
        return None

    async def _failure(self) -> Any:
        match switches.position(self._connection, "sigex"):
            case switches.Sigex.DOWN:
                return Response("<h1>502 Bad Gateway</h1>", 502, media_type="text/html")
            case switches.Sigex.ERROR:
                return _message(BUSY)
            case switches.Sigex.SLOW:
                await asyncio.sleep(self._slow_seconds)
        return None

    def _cut(self, one: Operation, call: str) -> Any:
        if switches.position(self._connection, "sigex") != switches.Sigex.DROP or one.drops[call] >= DROPS:
            return None
        one.drops[call] += 1
        return HangUp()

    def _forget_old(self) -> None:
        limit = time.time() - LIFE_SECONDS
        fresh = [one for one in self.operations() if one.expires_at > limit][: MAX_OPERATIONS - 1]
        self._operations = {one.id: one for one in fresh}


class HangUp:
    """A connection that ends in the middle of the answer, as when a line is lost."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"64")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})


async def _wait(request: Request, event: asyncio.Event, until: float) -> None:
    """Wait for the event, for the end of its time, or until whoever asked has hung up."""
    waiting = asyncio.create_task(event.wait()), asyncio.create_task(_hung_up(request))
    left = max(0.0, until - time.time())
    await asyncio.wait(waiting, timeout=left, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        continue


async def _body(request: Request) -> dict[str, Any] | None:
    raw = b""
    async for part in request.stream():
        raw += part
        if len(raw) > MAX_BODY:
            return None
    try:
        values = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None


def _documents(body: dict[str, Any]) -> list[dict[str, Any]] | None:
    """The documents of a call, or None when one of them is not as the service wants it."""
    documents = body.get("documentsToSign")
    if body.get("signMethod") not in METHODS or not isinstance(documents, list):
        return None
    if not 1 <= len(documents) <= MAX_DOCUMENTS or not all(_is_document(one) for one in documents):
        return None
    return documents


def _is_document(one: Any) -> bool:
    if not isinstance(one, dict) or not all(
        isinstance(one.get(f"name{code}"), str) for code in ("Ru", "Kz", "En")
    ):
        return False
    meta, document = one.get("meta", []), one.get("document")
    file = document.get("file") if isinstance(document, dict) else None
    if not isinstance(meta, list) or not all(_is_fact(fact) for fact in meta) or not isinstance(file, dict):
        return False
    return isinstance(file.get("mime"), str) and content_of(one) is not None


def _is_fact(fact: Any) -> bool:
    return isinstance(fact, dict) and all(isinstance(fact.get(name), str) for name in ("name", "value"))


def content_of(document: dict[str, Any]) -> bytes | None:
    """The bytes to sign, or None when they are not base64."""
    try:
        return base64.b64decode(document["document"]["file"]["data"], validate=True)
    except (KeyError, TypeError, binascii.Error, ValueError):
        return None


def _picture(text: str) -> str:
    """A QR code as the service sends it: a GIF in base64."""
    stream = io.BytesIO()
    qrcode.make(text, border=2, box_size=6).get_image().save(stream, format="GIF")
    return base64.b64encode(stream.getvalue()).decode()


def _answer(values: dict[str, Any]) -> Response:
    # The service escapes what HTML gives a meaning to.
    text = json.dumps(values, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Response(text, media_type="application/json", headers={"Cache-Control": "no-store"})


def _message(text: str) -> Response:
    return _answer({"message": text})
