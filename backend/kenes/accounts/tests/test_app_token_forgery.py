"""Forged tokens of the app, tokens beside cookies, and the keys that sign them."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from kenes.accounts import token_keys, tokens
from kenes.accounts.models import User
from kenes.foundation import clock

from .app_client import ME, refresh, sign_in, who


@pytest.fixture
def signed_in(borrower: User, last_code: Callable[..., str]) -> dict[str, Any]:
    return sign_in(last_code)


def forged(access: str, **changes: Any) -> dict[str, str]:
    """Variants of a good token, by what was done to it."""
    claims = jwt.decode(access, options={"verify_signature": False}) | changes
    key = token_keys.signing_key(token_keys.APP)
    public = key.private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    head, _dot, _rest = access.partition(".")

    def hs256(header: dict[str, str]) -> str:
        parts = [
            base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
            for part in (header, claims)
        ]
        mac = hmac.new(public, ".".join(parts).encode(), hashlib.sha256).digest()
        return ".".join([*parts, base64.urlsafe_b64encode(mac).rstrip(b"=").decode()])

    def signed(**other: Any) -> str:
        return jwt.encode(claims | other, key.private, algorithm="RS256", headers={"kid": key.kid})

    def without(name: str) -> str:
        rest = {claim: value for claim, value in claims.items() if claim != name}
        return jwt.encode(rest, key.private, algorithm="RS256", headers={"kid": key.kid})

    return {
        "none": jwt.encode(claims, "", algorithm="none", headers={"kid": key.kid}),
        "public key as secret": hs256({"alg": "HS256", "typ": "JWT", "kid": key.kid}),
        "other key, our kid": jwt.encode(claims, stranger, algorithm="RS256", headers={"kid": key.kid}),
        "other key, other kid": jwt.encode(claims, stranger, algorithm="RS256", headers={"kid": "x"}),
        "our key, other kid": jwt.encode(claims, key.private, algorithm="RS256", headers={"kid": "x"}),
        "no kid": jwt.encode(claims, key.private, algorithm="RS256"),
        "kid is a path": jwt.encode(claims, key.private, algorithm="RS256", headers={"kid": "../app/keys"}),
        "PS256": jwt.encode(claims, key.private, algorithm="PS256", headers={"kid": key.kid}),
        "other issuer": signed(iss="https://evil.example"),
        "other audience": signed(aud="https://evil.example/api"),
        "ended": signed(exp=int(clock.now().timestamp()) - 5),
        "refresh as access": signed(token_use="refresh"),
        "somebody else": signed(sub="00000000-0000-4000-8000-000000000000"),
        "sid is no id": signed(sid="1 OR 1=1"),
        "no exp": without("exp"),
        "no sid": without("sid"),
        "no aud": without("aud"),
        "changed body": access[: len(head) + 5]
        + ("A" if access[len(head) + 5] != "A" else "B")
        + access[len(head) + 6 :],
        "cut": access[:-8],
        "not base64": "a.b.c",
        "dots": "..",
        "letters": "ключ.ключ.ключ",
    }


def test_forged_tokens_open_nothing(signed_in: dict[str, Any]) -> None:
    assert who(signed_in["access_token"]).status_code == 200
    for how, token in forged(signed_in["access_token"]).items():
        client = Client(enforce_csrf_checks=True)
        answer = client.get(ME, HTTP_AUTHORIZATION=f"Bearer {token}")
        assert answer.status_code == 401, how
        assert answer.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"', how
        assert tokens.decode(token, tokens.REFRESH) is None or how == "refresh as access", how


def test_an_access_token_is_no_refresh_token(signed_in: dict[str, Any]) -> None:
    assert refresh(signed_in["access_token"]).status_code == 401
    assert refresh(signed_in["refresh_token"]).status_code == 200


def test_the_key_of_id_tokens_signs_no_access_token(signed_in: dict[str, Any]) -> None:
    claims = jwt.decode(signed_in["access_token"], options={"verify_signature": False})
    other = token_keys.signing_key(token_keys.OIDC)
    token = jwt.encode(claims, other.private, algorithm="RS256", headers={"kid": other.kid})
    assert who(token).status_code == 401


def test_a_bad_token_never_falls_back_to_the_cookie(borrower: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(borrower)
    assert client.get(ME).json()["authenticated"] is True
    for header in ("Bearer nonsense", "bearer", "BEARER  a.b.c", "Bearer"):
        answer = client.get(ME, headers={"Authorization": header})
        assert answer.status_code == 401, header


def test_with_both_the_token_decides_and_only_then_csrf_is_not_asked(
    signed_in: dict[str, Any], borrower: User, manager: User
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(manager)
    bearer = {"Authorization": f"Bearer {signed_in['access_token']}"}
    assert client.get(ME, headers=bearer).json()["user"]["id"] == str(borrower.pk)
    kwargs: dict[str, Any] = {"data": {"language": "en"}, "content_type": "application/json"}
    assert client.patch("/api/v1/me/", headers=bearer, **kwargs).status_code == 200
    without = client.patch("/api/v1/me/", **kwargs)
    assert without.status_code == 403
    assert without.json()["code"] == "csrf_failed"
    borrower.refresh_from_db()
    manager.refresh_from_db()
    assert (borrower.language, manager.language) == ("en", "ru")
    assert client.get(ME).json()["user"]["id"] == str(manager.pk)


def test_a_fresh_proof_of_the_browser_does_not_count_for_a_token(
    signed_in: dict[str, Any], manager: User
) -> None:
    from kenes.accounts.testing import prove

    client = Client()
    client.force_login(manager)
    prove(client)
    answer = client.delete(
        "/api/v1/me/connections/1/", headers={"Authorization": f"Bearer {signed_in['access_token']}"}
    )
    assert answer.json()["code"] == "auth.proof_required"


def test_keys_rotate_without_ending_tokens(signed_in: dict[str, Any], settings: Any, tmp_path: Any) -> None:
    settings.TOKEN_KEY_DIR = tmp_path
    first = token_keys.signing_key(token_keys.APP)
    second = token_keys.rotate(token_keys.APP)
    assert token_keys.signing_key(token_keys.APP).kid == first.kid
    assert {key.kid for key in token_keys.keys(token_keys.APP)} == {first.kid, second.kid}
    third = token_keys.rotate(token_keys.APP, at_once=True)
    assert {key.kid for key in token_keys.keys(token_keys.APP)} == {third.kid}
    assert (tmp_path / "app" / "keys.json").stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "app").glob("*.pem"))


def test_production_makes_no_key_by_itself(settings: Any, tmp_path: Any) -> None:
    settings.TOKEN_KEY_DIR, settings.DEMO = tmp_path, False
    with pytest.raises(token_keys.TokenKeyError):
        token_keys.keys(token_keys.APP)
