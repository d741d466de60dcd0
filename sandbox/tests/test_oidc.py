"""The outside login: the whole flow, and what it refuses."""

import base64
import hashlib
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import jwt
import pytest

from sandbox import oidc
from sandbox.testing import SandboxProcess

CALLBACK = "http://localhost:8080/accounts/oidc/sandbox/login/callback/"
VERIFIER = "v" * 50
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


def asked(**changes: str) -> dict[str, str]:
    values = {
        "client_id": oidc.CLIENT_ID,
        "redirect_uri": CALLBACK,
        "response_type": "code",
        "scope": "openid profile email",
        "state": "kept",
        "nonce": "once",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    return values | changes


def choose(sandbox: SandboxProcess, choice: str = "demo-arman", **more: str) -> dict[str, str]:
    answer = httpx.post(f"{sandbox.url}/sandbox/oidc/authorize", data=asked() | {"choice": choice} | more)
    assert answer.status_code == 303, answer.text
    assert answer.headers["Location"].startswith(f"{CALLBACK}?")
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def exchange(sandbox: SandboxProcess, code: str, **changes: str) -> httpx.Response:
    data = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": CALLBACK,
        "code_verifier": VERIFIER,
    }
    auth = (oidc.CLIENT_ID, changes.pop("secret", oidc.CLIENT_SECRET))
    return httpx.post(f"{sandbox.url}/sandbox/oidc/token", data=data | changes, auth=auth)


def test_the_flow_ends_with_a_signed_id_token(sandbox: SandboxProcess) -> None:
    base = f"{sandbox.url}/sandbox/oidc"
    found = httpx.get(f"{base}/.well-known/openid-configuration").json()
    assert found["issuer"] == base
    page = httpx.get(f"{found['authorization_endpoint']}?{urlencode(asked())}")
    assert page.status_code == 200 and "arman@mail.sandbox" in page.text
    assert "form-action 'self' http://localhost:8080" in page.headers["Content-Security-Policy"]
    back = choose(sandbox)
    assert back["state"] == "kept"
    tokens: dict[str, Any] = exchange(sandbox, back["code"]).json()
    keys = jwt.PyJWKSet.from_dict(httpx.get(found["jwks_uri"]).json())
    claims = jwt.decode(
        tokens["id_token"], keys.keys[0].key, algorithms=["RS256"], audience=oidc.CLIENT_ID, issuer=base
    )
    assert (claims["sub"], claims["nonce"], claims["email_verified"]) == ("demo-arman", "once", True)
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert httpx.get(found["userinfo_endpoint"], headers=bearer).json()["sub"] == "demo-arman"
    assert httpx.get(found["userinfo_endpoint"]).status_code == 401


def test_anybody_can_be_typed(sandbox: SandboxProcess) -> None:
    back = choose(sandbox, "typed", email="New.One@Mail.Sandbox", verified="on")
    claims = jwt.decode(
        exchange(sandbox, back["code"]).json()["id_token"], options={"verify_signature": False}
    )
    assert (claims["email"], claims["email_verified"]) == ("new.one@mail.sandbox", True)
    back = choose(sandbox, "typed", email="new.one@mail.sandbox")
    unverified = jwt.decode(
        exchange(sandbox, back["code"]).json()["id_token"], options={"verify_signature": False}
    )
    assert unverified["email_verified"] is False and unverified["sub"] == claims["sub"]
    wrong = httpx.post(
        f"{sandbox.url}/sandbox/oidc/authorize", data=asked() | {"choice": "typed", "email": "no"}
    )
    assert wrong.status_code == 400 and 'role="alert"' in wrong.text


def test_cancelling_goes_back_with_an_error(sandbox: SandboxProcess) -> None:
    assert choose(sandbox, "cancel") == {"error": "access_denied", "state": "kept"}


@pytest.mark.parametrize(
    "change",
    [
        {"code_verifier": "w" * 50},
        {"code_verifier": ""},
        {"redirect_uri": CALLBACK + "x"},
        {"grant_type": "x"},
    ],
)
def test_a_wrong_exchange_gets_nothing(sandbox: SandboxProcess, change: dict[str, str]) -> None:
    assert exchange(sandbox, choose(sandbox)["code"], **change).status_code == 400


def test_a_code_works_once_and_only_for_the_client(sandbox: SandboxProcess) -> None:
    code = choose(sandbox)["code"]
    assert exchange(sandbox, code, secret="guess").status_code == 401
    assert exchange(sandbox, code).status_code == 200
    assert exchange(sandbox, code).status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/accounts/oidc/sandbox/login/callback/",
        "http://localhost:8080/elsewhere/",
        "http://localhost:8080@evil.example/accounts/x/login/callback/",
        "javascript:alert(1)",
        "//evil.example/accounts/x/login/callback/",
        "",
    ],
)
def test_people_are_sent_to_the_product_only(sandbox: SandboxProcess, address: str) -> None:
    query = urlencode(asked(redirect_uri=address))
    assert httpx.get(f"{sandbox.url}/sandbox/oidc/authorize?{query}").status_code == 400
