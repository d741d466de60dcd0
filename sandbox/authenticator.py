"""An authenticator app for demonstration staff: time-based codes (RFC 6238) of secrets that anybody can compute."""

import base64
import hashlib
import hmac
import re
import time
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.web.pages import Pages

STAFF: Final = (
    "manager1@kenes.sandbox",
    "manager2@kenes.sandbox",
    "supervisor@kenes.sandbox",
    "editor@kenes.sandbox",
    "admin@kenes.sandbox",
)
STEP_SECONDS: Final = 30
_DEMO_EMAIL: Final = re.compile(r"[a-z0-9._+-]{1,64}@kenes\.sandbox")


@dataclass(frozen=True, slots=True)
class Shown:
    """A code on the screen and how long it stays there."""

    email: str
    code: str
    seconds_left: int

    def as_json(self) -> dict[str, Any]:
        """The row as scripts get it."""
        return {"email": self.email, "code": self.code, "seconds_left": self.seconds_left}


def secret_of(email: str) -> str:
    """The shared secret of a demonstration person in base32; the product gives its demo staff the same."""
    # SHA-1 as a way to get 20 bytes out of a public sentence: there is nothing to protect here.
    digest = hashlib.sha1(f"kenes-demo-totp:{email}".encode(), usedforsecurity=False).digest()
    return base64.b32encode(digest).decode()


def code_at(secret: str, moment: float) -> str:
    """Six digits of RFC 6238 (SHA-1, 30 seconds) for a base32 secret."""
    counter = int(moment // STEP_SECONDS).to_bytes(8, "big")
    digest = hmac.new(base64.b32decode(secret), counter, "sha1").digest()
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def shown(emails: tuple[str, ...], moment: float | None = None) -> list[Shown]:
    """Codes of these people now."""
    now = time.time() if moment is None else moment
    left = STEP_SECONDS - int(now) % STEP_SECONDS
    return [Shown(email, code_at(secret_of(email), now), left) for email in emails]


class Authenticator:
    """The page and its JSON twin."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def routes(self) -> list[Route]:
        """Both addresses."""
        return [
            Route("/sandbox/authenticator/", self.page),
            Route("/sandbox/api/authenticator/", self.api),
        ]

    async def page(self, request: Request) -> Response:
        """Codes of the demo staff, or of the one address in `?email=`."""
        people = _asked(request)
        if people is None:
            return self._pages.page(
                request, "authenticator.html", status=400, items=shown(STAFF), source="", wrong=True
            )
        source = f"?email={quote(people[0])}" if request.query_params.get("email") else ""
        return self._pages.page(
            request, "authenticator.html", items=shown(people), source=source, wrong=False
        )

    async def api(self, request: Request) -> Response:
        """`{"items": [{email, code, seconds_left}]}`; 400 for an address that is not of the demonstration."""
        people = _asked(request)
        if people is None:
            return JSONResponse({"detail": "an address @kenes.sandbox is expected"}, 400)
        answer = {"items": [one.as_json() for one in shown(people)]}
        return JSONResponse(answer, headers={"Cache-Control": "no-store"})


def _asked(request: Request) -> tuple[str, ...] | None:
    """The people of the request, or None when the address is not one of the demonstration."""
    email = request.query_params.get("email", "").strip().lower()
    if not email:
        return STAFF
    return (email,) if _DEMO_EMAIL.fullmatch(email) else None
