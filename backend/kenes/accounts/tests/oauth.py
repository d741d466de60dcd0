"""Programs of partners and browsers for the tests of our OpenID Connect provider."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from authlib.integrations.httpx_client import OAuth2Client
from django.test import Client

from kenes.accounts import programs
from kenes.accounts.models import Organisation, Program, User
from kenes.foundation.actor import Actor

CALLBACK = "https://partner.example/return"
ALL = [
    "openid",
    "profile",
    "email",
    "profile:read",
    "cases:read",
    "documents:read",
    "law:read",
    "creditors:read",
]


@dataclass(frozen=True, slots=True)
class Partner:
    """A registered program with what its makers keep."""

    program: Program
    secret: str

    @property
    def client_id(self) -> str:
        return str(self.program.client_id)


def register(
    admin: User, *, kind: str = "confidential", grants: tuple[str, ...] = ("authorization_code", "refresh_token"),
    scopes: list[str] | None = None, redirect_uris: tuple[str, ...] = (CALLBACK,),
    organisation: Organisation | None = None,
) -> Partner:  # fmt: skip
    made = programs.register(
        actor=Actor(admin.pk, frozenset({"admin"}), frozenset({"oauth_client.edit"})),
        name="Partner", kind=kind, grants=list(grants), scope_codes=scopes or ALL,
        redirect_uris=list(redirect_uris), organisation_id=organisation.pk if organisation else None,
    )  # fmt: skip
    return Partner(made.program, made.client_secret)


class ThroughTestClient(httpx.BaseTransport):
    """Lets an HTTP library call the application without a server: each request goes to Django's test client."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        headers = {
            f"HTTP_{name.upper().replace('-', '_')}": value
            for name, value in request.headers.items()
            if name not in {"content-type", "content-length", "host"}
        }
        answer = Client(enforce_csrf_checks=True).generic(
            request.method, request.url.raw_path.decode(), request.read(),
            content_type=request.headers.get("content-type", ""), **headers,
        )  # fmt: skip
        return httpx.Response(answer.status_code, headers=dict(answer.headers), content=answer.content)


def client_of(partner: Partner, scope: str, **options: Any) -> OAuth2Client:
    """authlib as the partner's program: PKCE with S256."""
    method = "client_secret_basic" if partner.secret else "none"
    return OAuth2Client(
        client_id=partner.client_id, client_secret=partner.secret or None, scope=scope, redirect_uri=CALLBACK,
        token_endpoint="http://localhost:8080/identity/o/api/token", token_endpoint_auth_method=method,
        code_challenge_method="S256", transport=ThroughTestClient(), **options,
    )  # fmt: skip


VERIFIER = "a" * 20 + "0123456789" * 3


@dataclass
class Browser:
    """The browser of a signed-in person who meets the consent page."""

    user: User | None
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    def __post_init__(self) -> None:
        if self.user is not None:
            self.client.force_login(self.user)
        self.client.cookies["csrftoken"] = "a" * 32

    def authorize(self, url: str) -> str:
        """Where the authorisation address sends the browser."""
        parts = urlsplit(url)
        answer = self.client.get(f"{parts.path}?{parts.query}")
        assert answer.status_code == 302, answer.content
        return str(answer.headers["Location"])

    def decide(self, query: str, allow: bool = True) -> Any:
        return self.client.post(
            "/api/v1/oauth/authorization/", data={"query": query, "allow": allow},
            content_type="application/json", headers={"X-CSRFToken": "a" * 32},
        )  # fmt: skip

    def allow(self, url: str) -> str:
        """Go to the consent page and allow; where the browser goes then."""
        page = self.authorize(url)
        assert page.startswith("/oauth/consent?"), page
        answer = self.decide(urlsplit(page).query)
        assert answer.status_code == 200, answer.content
        return str(answer.json()["redirect_to"])


def params(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
