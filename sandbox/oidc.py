"""An OpenID Connect provider for demonstrations and tests: the visitor says who he is, nothing is checked.

Authorization code with PKCE (S256) and nonce, RS256 with an own key, discovery, userinfo. One client is known. Codes
work once and for a minute; they and the tokens live in memory and end with the program.
"""

import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode, urlsplit, urlunsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.web.pages import Pages

CLIENT_ID: Final = "kenes"
CLIENT_SECRET: Final = "kenes-sandbox-secret"  # noqa: S105  (known to everybody on purpose)
CODE_SECONDS: Final = 60
TOKEN_SECONDS: Final = 300
_ASKED: Final = (
    "client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "code_challenge",
    "code_challenge_method",
)  # fmt: skip
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody whom the provider knows."""

    sub: str
    name: str
    email: str
    verified: bool

    def claims(self) -> dict[str, Any]:
        """What the provider says about him."""
        return {
            "sub": self.sub,
            "name": self.name,
            "email": self.email,
            "email_verified": self.verified,
        }


PEOPLE: Final = (
    Visitor("demo-arman", "Сейткали Арман", "arman@mail.sandbox", verified=True),
    Visitor("demo-aliya", "Нурланова Алия", "aliya@mail.sandbox", verified=True),
    Visitor("demo-oleg", "Белов Олег", "oleg@mail.sandbox", verified=False),
    Visitor("demo-manager1", "Ахметова Динара", "manager1@kenes.sandbox", verified=True),
)


@dataclass(frozen=True, slots=True)
class _Granted:
    visitor: Visitor
    redirect_uri: str
    nonce: str
    challenge: str
    until: float


class OidcProvider:
    """Addresses under `/sandbox/oidc/`."""

    def __init__(self, pages: Pages, state_dir: Path) -> None:
        self._pages = pages
        self._key_file = state_dir / "oidc-key.pem"
        self._codes: dict[str, _Granted] = {}
        self._tokens: dict[str, tuple[Visitor, float]] = {}

    def routes(self) -> list[Route]:
        """All addresses."""
        return [
            Route("/sandbox/oidc/.well-known/openid-configuration", self.configuration),
            Route("/sandbox/oidc/jwks.json", self.jwks),
            Route("/sandbox/oidc/authorize", self.authorize, methods=["GET", "POST"]),
            Route("/sandbox/oidc/token", self.token, methods=["POST"]),
            Route("/sandbox/oidc/userinfo", self.userinfo, methods=["GET", "POST"]),
        ]

    async def configuration(self, request: Request) -> Response:
        """Discovery."""
        issuer = _issuer(request)
        return JSONResponse(
            {
                "issuer": issuer,
                "authorization_endpoint": f"{issuer}/authorize",
                "token_endpoint": f"{issuer}/token",
                "userinfo_endpoint": f"{issuer}/userinfo",
                "jwks_uri": f"{issuer}/jwks.json",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
                "scopes_supported": ["openid", "profile", "email"],
            }
        )

    async def jwks(self, request: Request) -> Response:
        """The public key."""
        return JSONResponse({"keys": [self._public_jwk()]})

    async def authorize(self, request: Request) -> Response:
        """The page where the visitor says who he is; its answer goes back to the product."""
        form = await request.form() if request.method == "POST" else None
        values = form if form is not None else request.query_params
        asked = {name: str(values.get(name, "")) for name in _ASKED}
        target = asked["redirect_uri"]
        if asked["client_id"] != CLIENT_ID or not _may_return_to(target, request):
            raise HTTPException(400)
        if asked["response_type"] != "code" or "openid" not in asked["scope"].split():
            return _back(target, {"error": "invalid_request", "state": asked["state"]})
        if asked["code_challenge"] and asked["code_challenge_method"] != "S256":
            return _back(target, {"error": "invalid_request", "state": asked["state"]})
        if form is None:
            return self._page(request, asked, wrong=False)
        if form.get("choice") == "cancel":
            return _back(target, {"error": "access_denied", "state": asked["state"]})
        visitor = _chosen(
            str(form.get("choice", "")), str(form.get("email", "")), verified="verified" in form
        )
        if visitor is None:
            return self._page(request, asked, wrong=True)
        code = secrets.token_urlsafe(32)
        self._forget_old()
        self._codes[code] = _Granted(
            visitor, target, asked["nonce"], asked["code_challenge"], time.time() + CODE_SECONDS
        )
        return _back(target, {"code": code, "state": asked["state"]})

    async def token(self, request: Request) -> Response:
        """A code for an ID token and an access token."""
        form = await request.form()
        if not _is_our_client(request, str(form.get("client_id", "")), str(form.get("client_secret", ""))):
            return JSONResponse({"error": "invalid_client"}, 401)
        granted = self._codes.pop(str(form.get("code", "")), None)
        if (
            form.get("grant_type") != "authorization_code"
            or granted is None
            or granted.until < time.time()
            or granted.redirect_uri != form.get("redirect_uri")
            or not _verifies(granted.challenge, str(form.get("code_verifier", "")))
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        access_token = secrets.token_urlsafe(32)
        self._tokens[access_token] = granted.visitor, time.time() + TOKEN_SECONDS
        answer = {
            "access_token": access_token,
            "token_type": "Bearer",
            "expires_in": TOKEN_SECONDS,
            "id_token": self._id_token(_issuer(request), granted),
        }
        return JSONResponse(answer, headers={"Cache-Control": "no-store"})

    async def userinfo(self, request: Request) -> Response:
        """Claims of whoever the access token belongs to."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        visitor, until = self._tokens.get(token, (None, 0.0))
        if visitor is None or until < time.time():
            return JSONResponse({"error": "invalid_token"}, 401)
        return JSONResponse(visitor.claims())

    def _page(self, request: Request, asked: dict[str, str], *, wrong: bool) -> Response:
        response = self._pages.page(
            request, "oidc.html", status=400 if wrong else 200, people=PEOPLE, asked=asked, wrong=wrong
        )
        # The answer to the form is a redirect to the product, which may stand on another origin.
        target = urlsplit(asked["redirect_uri"])
        policy = response.headers["Content-Security-Policy"]
        response.headers["Content-Security-Policy"] = policy.replace(
            "form-action 'self'", f"form-action 'self' {target.scheme}://{target.netloc}"
        )
        return response

    def _id_token(self, issuer: str, granted: _Granted) -> str:
        now = int(time.time())
        claims = granted.visitor.claims() | {
            "iss": issuer,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + TOKEN_SECONDS,
        }
        if granted.nonce:
            claims["nonce"] = granted.nonce
        headers = {"kid": self._public_jwk()["kid"]}
        return jwt.encode(claims, self._key(), algorithm="RS256", headers=headers)

    def _public_jwk(self) -> dict[str, Any]:
        public: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(self._key().public_key(), as_dict=True)
        kid = hashlib.sha256(str(public["n"]).encode()).hexdigest()[:16]
        return public | {"kid": kid, "use": "sig", "alg": "RS256"}

    def _key(self) -> rsa.RSAPrivateKey:
        if not self._key_file.exists():
            made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
            pem = made.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            self._key_file.touch(mode=0o600)
            self._key_file.write_bytes(pem)
        key = serialization.load_pem_private_key(self._key_file.read_bytes(), None)
        assert isinstance(key, rsa.RSAPrivateKey)
        return key

    def _forget_old(self) -> None:
        now = time.time()
        self._codes = {code: one for code, one in self._codes.items() if one.until > now}
        self._tokens = {token: one for token, one in self._tokens.items() if one[1] > now}


def _issuer(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers.get('host', request.url.netloc)}/sandbox/oidc"


def _may_return_to(address: str, request: Request) -> bool:
    """Only to the login of the product on this machine or behind the same name: this page must not send people away."""
    try:
        target = urlsplit(address)
        host = target.hostname or ""
    except ValueError:
        return False
    own = urlsplit(f"//{request.headers.get('host', '')}").hostname
    return (
        target.scheme in {"http", "https"}
        and target.username is None
        and (host in _LOCAL or host == own)
        and target.path.startswith("/accounts/")
        and target.path.endswith("/login/callback/")
        and not target.query
        and not target.fragment
        and address.isascii()
        and address.isprintable()
    )


def _chosen(choice: str, email: str, *, verified: bool) -> Visitor | None:
    """The person of the list, or one made of a typed address; None for something that is no address."""
    known = next((person for person in PEOPLE if person.sub == choice), None)
    if known is not None:
        return known
    address = email.strip().lower()
    name, at, domain = address.partition("@")
    if not name or not at or "." not in domain or len(address) > 254 or not address.isascii():
        return None
    sub = "typed-" + hashlib.sha256(address.encode()).hexdigest()[:24]
    return Visitor(sub, name.replace(".", " ").title(), address, verified)


def _is_our_client(request: Request, client_id: str, secret: str) -> bool:
    scheme, _separator, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            client_id, _separator, secret = base64.b64decode(encoded).decode().partition(":")
        except ValueError:
            return False
    return client_id == CLIENT_ID and hmac.compare_digest(secret.encode(), CLIENT_SECRET.encode())


def _verifies(challenge: str, verifier: str) -> bool:
    if not challenge:
        return not verifier
    digest = hashlib.sha256(verifier.encode()).digest()
    made = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return hmac.compare_digest(made.encode(), challenge.encode())


def _back(target: str, values: dict[str, str]) -> Response:
    query = urlencode({name: value for name, value in values.items() if value})
    return RedirectResponse(urlunsplit(urlsplit(target)._replace(query=query)), status_code=303)
