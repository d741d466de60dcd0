"""The certification authority's desk: whom it gave keys, and revoking one of them."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from kzsign import certificates
from kzsign.testing import Identity
from kzsign.testing.store import KeptAuthority
from sandbox.ncalayer import json_object, refuse_other_sites
from sandbox.web.pages import Pages

SHOWN: Final = 50
# By the names of RFC 5280; a key on hold may come back, all others are gone for good.
REASONS: Final[dict[str, int | None]] = {
    "unspecified": None,
    "key_compromise": 1,
    "affiliation_changed": 3,
    "superseded": 4,
    "cessation_of_operation": 5,
    "certificate_hold": 6,
}


@dataclass(frozen=True, slots=True)
class Given:
    """A certificate as the desk shows it. `state`: good, revoked, expired."""

    serial: str
    name: str
    organisation: str
    role: str
    state: str
    until: float
    revoked_at: float | None


class EsignDesk:
    """The page and its JSON twin."""

    def __init__(self, pages: Pages, authority: KeptAuthority) -> None:
        self._pages = pages
        self._authority = authority

    def routes(self) -> list[Route]:
        """All addresses."""
        return [
            Route("/sandbox/esign/", self.desk, methods=["GET", "POST"]),
            Route("/sandbox/api/esign/", self.api_given),
            Route("/sandbox/api/esign/{serial}/revoke/", self.api_revoke, methods=["POST"]),
        ]

    async def desk(self, request: Request) -> Response:
        """The newest certificates; a form revokes one."""
        if request.method == "POST":
            refuse_other_sites(request)
            form = await request.form()
            reason = str(form.get("reason", ""))
            if reason not in REASONS:
                raise HTTPException(400, "unknown reason")
            await self._revoke(str(form.get("serial", "")), reason, None)
            return RedirectResponse("/sandbox/esign/", status_code=303)
        return self._pages.page(request, "esign.html", items=self._given(), reasons=list(REASONS))

    async def api_given(self, request: Request) -> Response:
        """`{"items": [{serial, name, organisation, role, state, until, revoked_at}]}`, newest first."""
        return _json({"items": [_item(one) for one in self._given()]})

    async def api_revoke(self, request: Request) -> Response:
        """Revoke: `{reason, at}`; `at` an ISO time, now when absent, so that a past revocation can be told."""
        refuse_other_sites(request)
        values = await json_object(request)
        reason = str(values.get("reason") or "unspecified")
        if reason not in REASONS:
            raise HTTPException(400, "unknown reason")
        await self._revoke(request.path_params["serial"], reason, _moment(values.get("at")))
        return await self.api_given(request)

    async def _revoke(self, serial: str, reason: str, at: datetime | None) -> None:
        identity = self._find(serial)
        when = at or datetime.now(UTC).replace(microsecond=0)
        await asyncio.to_thread(self._authority.revoke, identity, at=when, reason=REASONS[reason])

    def _find(self, serial: str) -> Identity:
        try:
            identity = self._authority.issued.get(int(serial, 16)) if len(serial) <= 40 else None
        except ValueError:
            identity = None
        if identity is None:
            raise HTTPException(404)
        return identity

    def _given(self) -> list[Given]:
        self._authority.catch_up()
        newest = list(self._authority.issued.values())[-SHOWN:]
        return [self._shown(one) for one in reversed(newest)]

    def _shown(self, identity: Identity) -> Given:
        read = certificates.read(identity.certificate)
        gone = self._authority.revocations.get(identity.serial)
        expired = identity.not_after < datetime.now(UTC)
        return Given(
            serial=f"{identity.serial:040x}",
            name=read.full_name,
            organisation=read.organisation,
            role=read.role,
            state="revoked" if gone else "expired" if expired else "good",
            until=identity.not_after.timestamp(),
            revoked_at=gone.at.timestamp() if gone else None,
        )


def _moment(text: object) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(str(text))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise HTTPException(400, "not a time") from None


def _item(one: Given) -> dict[str, Any]:
    def told(seconds: float | None) -> str | None:
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat()

    return {
        "serial": one.serial,
        "name": one.name,
        "organisation": one.organisation,
        "role": one.role,
        "state": one.state,
        "until": told(one.until),
        "revoked_at": told(one.revoked_at),
    }


def _json(values: dict[str, Any]) -> JSONResponse:
    return JSONResponse(values, headers={"Cache-Control": "no-store"})
