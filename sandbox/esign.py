"""The certification authority's services: OCSP, time stamps, lists of revoked certificates, certificates of authorities.

They serve the demonstration's own authority and speak as the national one does: the digest and the policy of a request
choose between the GOST and the RSA time-stamping authority, and of a certificate that was never issued OCSP says
«on hold since 1970».
"""

import asyncio
import base64
import binascii
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from typing import Final
from urllib.parse import unquote_to_bytes

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kzsign.asn1 import Asn1Error
from kzsign.testing import Status, crl, ocsp_answer, time_stamp
from kzsign.testing.ocsp import ocsp_error
from kzsign.testing.store import KeptAuthority
from kzsign.testing.timestamps import granted, refused
from sandbox import esign_requests, switches
from sandbox.esign_requests import OcspQuestion

MAX_REQUEST: Final = 64 * 1024
FULL_LIST_LIFE: Final = timedelta(days=1)
DELTA_LIFE: Final = timedelta(hours=4)
UNAUTHORIZED, TRY_LATER, MALFORMED = 6, 3, 1
BAD_ALGORITHM, BAD_REQUEST, BAD_POLICY, SYSTEM_FAILURE = 0, 2, 15, 25
_PAGE: Final = "<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>"


class Esign:
    """Addresses under `/sandbox/esign/`; switches `ocsp`, `tsp` and `crl` make them fail."""

    def __init__(self, connection: sqlite3.Connection, authority: KeptAuthority, slow_seconds: float) -> None:
        self._connection = connection
        self._authority = authority
        self._slow_seconds = slow_seconds
        # Family to the list in force and the time it was made.
        self._lists: dict[str, tuple[datetime, bytes]] = {}

    def routes(self) -> list[Route]:
        """All addresses."""
        return [
            Route("/sandbox/esign/ocsp/", self.ocsp, methods=["POST"]),
            Route("/sandbox/esign/ocsp/{question:path}", self.ocsp_get),
            Route("/sandbox/esign/tsp/", self.tsp, methods=["POST"]),
            Route("/sandbox/esign/crl/nca_d_{family}.crl", self.delta),
            Route("/sandbox/esign/crl/nca_{family}.crl", self.full),
            Route("/sandbox/esign/crl/root_{family}.crl", self.of_root),
            Route("/sandbox/esign/cert/{name}.cer", self.certificate),
        ]

    async def ocsp(self, request: Request) -> Response:
        """A question in the body."""
        return await self._ocsp(await _body(request))

    async def ocsp_get(self, request: Request) -> Response:
        """A question in the address, as base64 (RFC 6960, A.1)."""
        try:
            question = base64.b64decode(unquote_to_bytes(request.path_params["question"]), validate=True)
        except (binascii.Error, ValueError):
            question = b""
        return await self._ocsp(question)

    async def _ocsp(self, body: bytes) -> Response:
        position = switches.position(self._connection, "ocsp")
        if position == "down":
            return Response(_PAGE, 503, media_type="text/html")
        if position == "slow":
            await asyncio.sleep(self._slow_seconds)
        answer = await run_in_threadpool(self._answer, body, position)
        return Response(answer, media_type="application/ocsp-response")

    def _answer(self, body: bytes, position: str) -> bytes:
        if position == "try_later":
            return ocsp_error(TRY_LATER)
        try:
            question = esign_requests.ocsp(body)
        except Asn1Error:
            return ocsp_error(MALFORMED)
        family = esign_requests.family_of(question, self._authority)
        if family is None:
            return ocsp_error(UNAUTHORIZED)
        now = datetime.now(UTC) - (timedelta(days=30) if position == "stale" else timedelta())
        statuses = [self._status(one, question, position, now) for one in question.serials]
        return ocsp_answer(
            statuses,
            issuer=self._authority.issuer_of(family),
            responder=self._authority.responder_of(family),
            at=now,
            nonce=question.nonce,
        )

    def _status(self, serial: int, question: OcspQuestion, position: str, now: datetime) -> Status:
        said = Status(serial, "unknown") if position == "unknown" else self._authority.status(serial)
        end = now + timedelta(days=1) if position == "stale" else None
        return replace(said, cert_id=question.cert_ids[serial], this_update=now, next_update=end)

    async def tsp(self, request: Request) -> Response:
        """A time stamp."""
        position = switches.position(self._connection, "tsp")
        if position == "down":
            return Response(_PAGE, 503, media_type="text/html")
        if position == "slow":
            await asyncio.sleep(self._slow_seconds)
        body = await _body(request)
        answer = await run_in_threadpool(self._stamp, body, position)
        return Response(answer, media_type="application/timestamp-reply")

    def _stamp(self, body: bytes, position: str) -> bytes:
        if position == "refusing":
            return refused(SYSTEM_FAILURE, "system failure")
        try:
            wanted = esign_requests.time_stamp(body)
        except Asn1Error:
            return refused(BAD_REQUEST, "bad request")
        if wanted.digest_family is None:
            return refused(BAD_ALGORITHM, "unrecognized algorithm")
        family = esign_requests.FAMILY_OF_POLICY.get(wanted.policy) if wanted.policy else wanted.digest_family
        if family is None:
            return refused(BAD_POLICY, "unaccepted policy")
        token = time_stamp(
            b"",
            self._authority.tsa_of(family),
            imprint=wanted.imprint,
            imprint_algorithm=wanted.imprint_algorithm,
            nonce=wanted.nonce,
            policy=wanted.policy,
            with_certificate=wanted.wants_certificate,
        )
        return granted(token)

    async def full(self, request: Request) -> Response:
        """The whole list of one issuing authority; a new one when a day has passed."""
        return await self._listed(request, lambda family: self._full(family)[1])

    def _full(self, family: str) -> tuple[datetime, bytes]:
        now = datetime.now(UTC).replace(microsecond=0)
        made, known = self._lists.get(family, (now, b""))
        if known and now - made < FULL_LIST_LIFE:
            return made, known
        gone = self._authority.revoked_of(family)
        issuer = self._authority.issuer_of(family)
        fresh = crl(issuer, gone, number=_number(now), at=now, next_update=now + 2 * FULL_LIST_LIFE)
        self._lists[family] = (now, fresh)
        return now, fresh

    async def delta(self, request: Request) -> Response:
        """What was revoked since the whole list was made."""
        return await self._listed(request, self._delta)

    def _delta(self, family: str) -> bytes:
        made, _ = self._full(family)
        now = datetime.now(UTC).replace(microsecond=0)
        return crl(
            self._authority.issuer_of(family),
            self._authority.revoked_of(family),
            number=max(_number(now), _number(made) + 1),
            base=_number(made),
            at=now,
            next_update=now + DELTA_LIFE,
        )

    async def of_root(self, request: Request) -> Response:
        """The list of one root: none of its authorities is revoked."""
        return await self._listed(request, self._root)

    def _root(self, family: str) -> bytes:
        issuer = self._authority.issuer_of(family).issuer
        now = datetime.now(UTC).replace(microsecond=0)
        assert issuer is not None, "issuing authorities stand below roots"
        return crl(issuer, number=_number(now), at=now, next_update=now + timedelta(days=180))

    async def _listed(self, request: Request, make: Callable[[str], bytes]) -> Response:
        position = switches.position(self._connection, "crl")
        if position == "down":
            return Response(_PAGE, 503, media_type="text/html")
        if position == "slow":
            await asyncio.sleep(self._slow_seconds)
        family = request.path_params["family"]
        if family not in esign_requests.FAMILIES:
            return Response("not found", 404)
        body = await run_in_threadpool(make, family)
        return _unless_known(request, body, "application/pkix-crl")

    async def certificate(self, request: Request) -> Response:
        """A root or issuing authority's certificate: `root_gost`, `nca_rsa` and so on."""
        kind, _, family = request.path_params["name"].partition("_")
        if kind not in ("root", "nca") or family not in esign_requests.FAMILIES:
            return Response("not found", 404)
        issuing = self._authority.issuer_of(family)
        shown = issuing if kind == "nca" else issuing.issuer
        assert shown is not None, "issuing authorities stand below roots"
        return _unless_known(request, shown.certificate, "application/pkix-cert")


def _number(moment: datetime) -> int:
    """Numbers of lists grow with time, also over a restart."""
    return int(moment.timestamp())


def _unless_known(request: Request, body: bytes, media_type: str) -> Response:
    """304 when the caller has this very body."""
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Last-Modified": format_datetime(datetime.now(UTC), usegmt=True)}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


async def _body(request: Request) -> bytes:
    """The body; a longer one is cut, and then not understood."""
    received = b""
    async for piece in request.stream():
        received += piece
        if len(received) > MAX_REQUEST:
            return b""
    return received
