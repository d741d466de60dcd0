"""A partner's program (authlib) and a browser (httpx) against the application running on a real port."""

from typing import Any

import httpx
import pytest
from authlib.common.security import generate_token
from authlib.integrations.httpx_client import OAuth2Client
from django.conf import settings as django_settings
from django.test import Client
from joserfc import jwk, jwt

from kenes.accounts import services
from kenes.accounts.models import Role, User
from kenes.foundation.actor import SystemActor

from .conftest import PASSWORD, PHONE, make_borrower
from .oauth import CALLBACK, Partner, params, register

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def issuer(live_server: Any, settings: Any) -> str:
    settings.PUBLIC_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    return str(live_server.url)


@pytest.fixture
def person() -> User:
    return make_borrower(PHONE)


@pytest.fixture
def partner() -> Partner:
    admin = services.create_staff_account(
        actor=SystemActor("test"), email="admin@example.com", full_name="Петров Андрей", language="ru",
        password=PASSWORD, roles=[Role.ADMIN],
    )  # fmt: skip
    return register(admin)


def browser_of(person: User, issuer: str) -> httpx.Client:
    """A browser in which the person has signed in."""
    signed_in = Client()
    signed_in.force_login(person)
    name = django_settings.SESSION_COOKIE_NAME
    cookies = {name: signed_in.cookies[name].value, "csrftoken": "a" * 32}
    return httpx.Client(base_url=issuer, cookies=cookies, headers={"X-CSRFToken": "a" * 32})


def test_the_whole_life_of_a_program(issuer: str, person: User, partner: Partner) -> None:
    metadata = httpx.get(f"{issuer}/.well-known/openid-configuration").json()
    assert metadata["issuer"] == issuer
    program = OAuth2Client(
        client_id=partner.client_id, client_secret=partner.secret, scope="openid profile cases:read",
        redirect_uri=CALLBACK, token_endpoint=metadata["token_endpoint"], code_challenge_method="S256",
    )  # fmt: skip
    verifier, nonce = generate_token(64), generate_token(16)
    url, state = program.create_authorization_url(
        metadata["authorization_endpoint"], code_verifier=verifier, nonce=nonce
    )
    with browser_of(person, issuer) as browser:
        consent = browser.get(url).headers["Location"]
        assert consent.startswith("/oauth/consent?")
        query = consent.partition("?")[2]
        assert browser.get(f"/api/v1/oauth/authorization/?{query}").json()["client"]["name"] == "Partner"
        decided = browser.post("/api/v1/oauth/authorization/", json={"query": query, "allow": True})
        back = decided.json()["redirect_to"]
    assert params(back)["iss"] == issuer

    tokens = program.fetch_token(authorization_response=back, code_verifier=verifier, state=state)
    keys = jwk.KeySet.import_key_set(httpx.get(metadata["jwks_uri"]).json())
    claims = jwt.decode(tokens["id_token"], keys, algorithms=["RS256"]).claims
    assert (claims["iss"], claims["aud"], claims["nonce"]) == (issuer, partner.client_id, nonce)
    assert program.get(metadata["userinfo_endpoint"]).json()["sub"] == claims["sub"]
    assert program.get(f"{issuer}/api/v1/cases/").status_code == 200
    assert program.get(f"{issuer}/api/v1/creditors/").json()["code"] == "auth.scope_missing"

    first = tokens["refresh_token"]
    renewed = program.refresh_token(metadata["token_endpoint"], refresh_token=first)
    assert renewed["refresh_token"] != first
    assert program.get(f"{issuer}/api/v1/cases/").status_code == 200
    about = program.introspect_token(metadata["introspection_endpoint"], token=renewed["access_token"])
    assert about.json()["active"] is True
    program.revoke_token(metadata["revocation_endpoint"], token=renewed["access_token"])
    bearer = {"Authorization": f"Bearer {renewed['access_token']}"}
    assert httpx.get(f"{issuer}/api/v1/cases/", headers=bearer).status_code == 401
