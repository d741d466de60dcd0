"""Our OpenID Connect provider, used by a client library that is not ours (authlib)."""

from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.idp.oidc.models import Token
from authlib.common.security import generate_token
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.test import Client
from django.utils import timezone
from joserfc import jwk, jwt

from kenes.accounts import services
from kenes.accounts.models import Organisation, ProgramConsent, Role, User
from kenes.event_log.models import EventRow
from kenes.foundation.actor import SystemActor

from .conftest import PASSWORD
from .oauth import CALLBACK, Browser, Partner, client_of, params, register

SYSTEM = SystemActor("test")
AUTHORIZE = "http://localhost:8080/identity/o/authorize"
ISSUER = "http://localhost:8080"


@pytest.fixture
def admin(db: None) -> User:
    return services.create_staff_account(
        actor=SYSTEM, email="admin@example.com", full_name="Петров Андрей", language="ru", password=PASSWORD,
        roles=[Role.ADMIN],
    )  # fmt: skip


@pytest.fixture
def partner(admin: User) -> Partner:
    return register(admin)


def get_tokens(partner: Partner, user: User, scope: str = "openid profile cases:read") -> tuple[Any, Any]:
    """A whole code flow; the client and the tokens."""
    client = client_of(partner, scope)
    verifier = generate_token(64)
    url, state = client.create_authorization_url(AUTHORIZE, code_verifier=verifier)
    back = Browser(user).authorize(url)
    if back.startswith("/oauth/consent?"):
        back = Browser(user).allow(url)
    tokens = client.fetch_token(authorization_response=back, code_verifier=verifier, state=state)
    return client, tokens


def api(token: str, path: str = "/api/v1/session/", method: str = "get", **kwargs: Any) -> Any:
    return getattr(Client(), method)(path, headers={"Authorization": f"Bearer {token}"}, **kwargs)


def test_discovery_names_our_fixed_origin_whatever_host_is_asked(client: Client, db: None) -> None:
    found = client.get("/.well-known/openid-configuration", headers={"Host": "127.0.0.1"}).json()
    assert found["issuer"] == ISSUER
    addresses = [value for name, value in found.items() if name.endswith(("_endpoint", "_uri"))]
    assert len(addresses) == 6
    assert all(address.startswith(f"{ISSUER}/") for address in addresses)
    assert found["response_types_supported"] == ["code"]
    assert found["code_challenge_methods_supported"] == ["S256"]
    assert "device_authorization_endpoint" not in found


def test_code_flow_with_pkce_and_an_id_token_that_verifies(partner: Partner, borrower: User) -> None:
    User.objects.filter(pk=borrower.pk).update(
        full_name="Досымов Кайрат", email="k@example.com", email_verified_at=timezone.now()
    )
    client = client_of(partner, "openid profile email cases:read")
    verifier, nonce = generate_token(64), generate_token(16)
    url, state = client.create_authorization_url(AUTHORIZE, code_verifier=verifier, nonce=nonce)
    back = Browser(borrower).allow(url)
    assert back.startswith(f"{CALLBACK}?")
    assert params(back)["state"] == state
    assert params(back)["iss"] == ISSUER
    tokens = client.fetch_token(authorization_response=back, code_verifier=verifier, state=state)

    metadata = Client().get("/.well-known/openid-configuration").json()
    keys = jwk.KeySet.import_key_set(Client().get(metadata["jwks_uri"].removeprefix(ISSUER)).json())
    token = jwt.decode(tokens["id_token"], keys, algorithms=["RS256"])
    registry = jwt.JWTClaimsRegistry(
        iss={"essential": True, "value": metadata["issuer"]},
        aud={"essential": True, "value": partner.client_id},
        nonce={"essential": True, "value": nonce},
        exp={"essential": True},
    )
    registry.validate(token.claims)
    assert token.claims["name"] == "Досымов Кайрат"
    assert token.claims["email_verified"] is True
    assert str(borrower.pk) not in tokens["id_token"] and token.claims["sub"] != str(borrower.pk)
    info = client.get(metadata["userinfo_endpoint"]).json()
    assert info["sub"] == token.claims["sub"]
    assert set(info) == {"sub", "name", "locale", "email", "email_verified"}
    assert api(tokens["access_token"], "/api/v1/cases/").status_code == 200


def test_two_programs_know_one_person_by_different_numbers(admin: User, borrower: User) -> None:
    subjects = set()
    for _number in range(2):
        client, _tokens = get_tokens(register(admin), borrower, "openid")
        subjects.add(client.get(f"{ISSUER}/identity/o/api/userinfo").json()["sub"])
    assert len(subjects) == 2


def test_tokens_are_kept_as_hashes_only(partner: Partner, borrower: User) -> None:
    _client, tokens = get_tokens(partner, borrower)
    stored = {token.hash for token in Token.objects.all()}
    assert len(stored) == 2
    assert not stored & {tokens["access_token"], tokens["refresh_token"]}
    assert all(token.expires_at is not None for token in Token.objects.all())


def test_consent_is_remembered_for_the_same_scopes_and_asked_for_more(
    partner: Partner, borrower: User
) -> None:
    get_tokens(partner, borrower, "openid cases:read")
    challenge = {"code_challenge": create_s256_code_challenge("v" * 50), "code_challenge_method": "S256"}

    def ask(scope: str, **more: str) -> str:
        values = {
            "client_id": partner.client_id, "redirect_uri": CALLBACK, "response_type": "code", "scope": scope,
            "state": "s", **challenge, **more,
        }  # fmt: skip
        return Browser(borrower).authorize(f"{AUTHORIZE}?{urlencode(values)}")

    assert "code" in params(ask("openid cases:read"))
    assert "code" in params(ask("cases:read"))
    more = ask("openid documents:read")
    assert more.startswith("/oauth/consent?")
    page = Browser(borrower).client.get(f"/api/v1/oauth/authorization/?{more.partition('?')[2]}").json()
    assert {scope["code"]: scope["new"] for scope in page["scopes"]} == {
        "openid": False,
        "documents:read": True,
    }
    assert page["client"]["name"] == "Partner"
    assert ask("openid", prompt="consent").startswith("/oauth/consent?")
    assert params(ask("openid documents:read", prompt="none"))["error"] == "consent_required"
    assert "code" in params(ask("openid", prompt="none"))


def test_signed_out_people_come_back_after_sign_in(partner: Partner, borrower: User) -> None:
    url, _state = client_of(partner, "openid").create_authorization_url(AUTHORIZE, code_verifier="v" * 50)
    target = Browser(None).authorize(url)
    assert target.startswith("/sign-in?next=%2Fidentity%2Fo%2Fauthorize%3F")
    assert Browser(borrower).allow(f"http://localhost:8080{params(target)['next']}").startswith(CALLBACK)
    silent = Browser(None).authorize(f"{url}&prompt=none")
    assert params(silent)["error"] == "login_required"


def test_who_denies_sends_back_an_error_and_nothing_is_remembered(partner: Partner, borrower: User) -> None:
    url, state = client_of(partner, "openid").create_authorization_url(AUTHORIZE, code_verifier="v" * 50)
    page = Browser(borrower).authorize(url)
    answer = Browser(borrower).decide(page.partition("?")[2], allow=False).json()["redirect_to"]
    assert params(answer) == {"error": "access_denied", "state": state}
    assert not ProgramConsent.objects.exists()


def test_prompt_login_asks_for_a_fresh_proof(partner: Partner, borrower: User) -> None:
    from kenes.accounts.testing import prove

    url, _state = client_of(partner, "openid").create_authorization_url(
        AUTHORIZE, code_verifier="v" * 50, prompt="login"
    )
    browser = Browser(borrower)
    query = browser.authorize(url).partition("?")[2]
    assert browser.decide(query).json()["code"] == "auth.proof_required"
    prove(browser.client)
    assert browser.decide(query).status_code == 200


# --- refresh, revocation, introspection, client credentials ---


def test_refresh_rotates_and_a_replay_ends_the_family(
    partner: Partner, borrower: User, settings: Any
) -> None:
    settings.APP_REFRESH_GRACE_SECONDS = 0
    client, tokens = get_tokens(partner, borrower)
    first = dict(tokens)
    second = dict(
        client.refresh_token(client.metadata["token_endpoint"], refresh_token=first["refresh_token"])
    )
    assert second["refresh_token"] != first["refresh_token"]
    assert api(second["access_token"]).status_code == 403  # without profile:read
    assert api(second["access_token"], "/api/v1/cases/").status_code == 200
    replay = exchange(partner, grant_type="refresh_token", refresh_token=first["refresh_token"])
    assert (replay.status_code, replay.json()["error"]) == (400, "invalid_grant")
    assert api(second["access_token"], "/api/v1/cases/").status_code == 401
    after = exchange(partner, grant_type="refresh_token", refresh_token=second["refresh_token"])
    assert after.status_code == 400
    event = EventRow.objects.get(type="security.refresh_token_reused")
    assert event.data == {"person_id": str(borrower.pk), "client_id": partner.client_id}


def test_refresh_gives_no_more_than_was_allowed(partner: Partner, borrower: User) -> None:
    _client, tokens = get_tokens(partner, borrower, "openid cases:read")
    more = exchange(
        partner,
        grant_type="refresh_token",
        refresh_token=tokens["refresh_token"],
        scope="openid documents:read",
    )
    assert more.status_code in {400, 401}
    assert more.json()["error"] == "invalid_scope"


def test_revocation_ends_a_token(partner: Partner, borrower: User) -> None:
    client, tokens = get_tokens(partner, borrower)
    assert api(tokens["access_token"], "/api/v1/cases/").status_code == 200
    client.revoke_token(f"{ISSUER}/identity/o/api/revoke", token=tokens["access_token"])
    assert api(tokens["access_token"], "/api/v1/cases/").status_code == 401


def test_introspection_answers_only_about_own_tokens(admin: User, partner: Partner, borrower: User) -> None:
    client, tokens = get_tokens(partner, borrower)
    address = f"{ISSUER}/identity/o/api/introspect"
    own = client.introspect_token(address, token=tokens["access_token"]).json()
    assert own["active"] is True
    assert set(own["scope"].split()) == {"openid", "profile", "cases:read"}
    other = client_of(register(admin), "openid")
    assert other.introspect_token(address, token=tokens["access_token"]).json() == {"active": False}


def a_bank(name: str = "Банк") -> Organisation:
    return Organisation.objects.create(kind="creditor", name=name, checked_at=timezone.now())


def test_client_credentials_act_as_the_service_account_of_the_organisation(admin: User) -> None:
    bank = a_bank()
    by_itself = register(admin, grants=("client_credentials",), redirect_uris=(), organisation=bank)
    client = client_of(by_itself, "cases:read creditors:read profile:read")
    token = client.fetch_token(grant_type="client_credentials")["access_token"]
    session = api(token).json()
    assert session["user"]["roles"] == ["creditor_officer"]
    assert api(token, "/api/v1/cases/").json()["items"] == []
    by_itself.program.refresh_from_db()
    assert by_itself.program.service_user is not None and by_itself.program.service_user.is_service
    assert by_itself.program.last_used_at is not None
    Organisation.objects.filter(pk=bank.pk).update(closed_at=timezone.now())
    assert api(token, "/api/v1/cases/").status_code in {200, 401, 403}


def test_nobody_signs_in_as_a_service_account(admin: User) -> None:
    register(admin, grants=("client_credentials",), redirect_uris=(), organisation=a_bank())
    service = User.objects.get(is_service=True)
    assert not service.has_usable_password() or not service.check_password("!")
    assert service.email is None and service.phone is None


# --- what the tests of attacks use too ---


def exchange(partner: Partner, **values: str) -> Any:
    import base64

    basic = base64.b64encode(f"{partner.client_id}:{partner.secret}".encode()).decode()
    headers = {"Authorization": f"Basic {basic}"} if partner.secret else {}
    if not partner.secret:
        values["client_id"] = partner.client_id
    return Client().post("/identity/o/api/token", values, headers=headers)


def a_code(partner: Partner, user: User, verifier: str = "v" * 50) -> str:
    url, _state = client_of(partner, "openid cases:read").create_authorization_url(
        AUTHORIZE, code_verifier=verifier
    )
    back = Browser(user).authorize(url)
    if back.startswith("/oauth/consent?"):
        back = Browser(user).allow(url)
    return params(back)["code"]


def by_code(partner: Partner, code: str, **changes: str) -> Any:
    values = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK, "code_verifier": "v" * 50,
    } | changes  # fmt: skip
    return exchange(partner, **{name: value for name, value in values.items() if value})
