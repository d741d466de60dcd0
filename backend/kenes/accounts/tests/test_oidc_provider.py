"""Our OpenID Connect provider, used by a client library that is not ours (authlib)."""

import threading
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.idp.oidc.models import Token
from authlib.common.security import generate_token
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from joserfc import jwk, jwt

from kenes.accounts import program_tokens, services, token_keys
from kenes.accounts.models import Organisation, Program, ProgramConsent, Role, User
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


# --- attacks ---


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


@pytest.mark.parametrize("kind", ["confidential", "public"])
def test_pkce_missing_or_wrong_gives_nothing(admin: User, borrower: User, kind: str) -> None:
    one = register(admin, kind=kind)
    assert by_code(one, a_code(one, borrower), code_verifier="w" * 50).json()["error"] == "invalid_grant"
    assert by_code(one, a_code(one, borrower), code_verifier="").json()["error"] in {
        "invalid_grant", "invalid_request",
    }  # fmt: skip
    assert by_code(one, a_code(one, borrower)).status_code == 200
    for extra in (
        {},
        {"code_challenge": "v" * 50, "code_challenge_method": "plain"},
        {"code_challenge": "x" * 43},
    ):
        values = {
            "client_id": one.client_id,
            "redirect_uri": CALLBACK,
            "response_type": "code",
            "scope": "openid",
        }
        back = Browser(borrower).authorize(f"{AUTHORIZE}?{urlencode(values | extra)}")
        assert params(back)["error"] == "invalid_request", extra


def test_a_code_works_once_and_a_second_use_ends_what_it_gave(partner: Partner, borrower: User) -> None:
    code = a_code(partner, borrower)
    tokens = by_code(partner, code).json()
    assert api(tokens["access_token"], "/api/v1/cases/").status_code == 200
    assert by_code(partner, code).json()["error"] == "invalid_grant"
    assert api(tokens["access_token"], "/api/v1/cases/").status_code == 401
    assert EventRow.objects.filter(type="security.authorization_code_reused").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["code", "refresh"])
def test_parallel_exchanges_give_one_answer(partner: Partner, borrower: User, kind: str) -> None:
    code = a_code(partner, borrower)
    refresh = by_code(partner, code).json()["refresh_token"] if kind == "refresh" else ""
    answers: list[int] = []
    won: list[str] = []
    start = threading.Barrier(5)

    def run() -> None:
        start.wait()
        try:
            if refresh:
                answer = exchange(partner, grant_type="refresh_token", refresh_token=refresh)
            else:
                answer = by_code(partner, code)
            answers.append(answer.status_code)
            won.extend([answer.json()["access_token"]] if answer.status_code == 200 else [])
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 400, 400, 400, 400]
    # A code that comes twice ends what it gave; two refreshes at once leave the winner alone.
    assert api(won[0], "/api/v1/cases/").status_code == (200 if kind == "refresh" else 401)


def test_a_code_belongs_to_program_and_address(admin: User, partner: Partner, borrower: User) -> None:
    other = register(admin)
    assert by_code(other, a_code(partner, borrower)).json()["error"] == "invalid_grant"
    moved = by_code(partner, a_code(partner, borrower), redirect_uri="https://evil.example/")
    assert moved.json()["error"] in {"invalid_grant", "invalid_request", "mismatching_redirect_uri"}
    wrong = Partner(partner.program, "not the secret")
    assert by_code(wrong, a_code(partner, borrower)).status_code == 401


EVIL = [
    "https://evil.example/return", "https://partner.example/return/", "https://partner.example/return?x=1",
    "https://partner.example/return#x", "https://partner.example:444/return", "http://partner.example/return",
    "https://partner.example/return/../other", "https://partner.example@evil.example/return",
    "https://PARTNER.example/return", "//partner.example/return", "/return", "javascript:alert(1)", "",
    "https://partner.example/return%00", "https://partner.example/return\x00", "https://partner.example./return",
]  # fmt: skip


def test_no_address_but_the_registered_one_is_ever_redirected_to(partner: Partner, borrower: User) -> None:
    challenge = {"code_challenge": create_s256_code_challenge("v" * 50), "code_challenge_method": "S256"}
    for address in EVIL:
        values = {
            "client_id": partner.client_id, "redirect_uri": address, "response_type": "code", "scope": "openid",
            **challenge,
        }  # fmt: skip
        query = urlencode(values)
        assert Browser(borrower).authorize(f"{AUTHORIZE}?{query}") == "/oauth/consent?error=bad_request", (
            address
        )
        assert Browser(borrower).decide(query).json()["code"] in {"oauth.bad_request", "validation"}, address
    good = urlencode(values | {"redirect_uri": CALLBACK})
    for trick in (
        f"{good}&redirect_uri=https://evil.example",
        f"client_id=x&{good}",
        f"{good}&state=1&state=2",
    ):
        assert Browser(borrower).authorize(f"{AUTHORIZE}?{trick}") == "/oauth/consent?error=bad_request", (
            trick
        )


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "code id_token"}, "unsupported_response_type"),
        ({"scope": "openid cases:write"}, "invalid_scope"),
        ({"scope": "openid everything"}, "invalid_scope"),
        ({"scope": ""}, "invalid_scope"),
    ],
)
def test_other_mistakes_are_told_to_the_program(
    partner: Partner, borrower: User, change: dict[str, str], error: str
) -> None:
    values = {
        "client_id": partner.client_id, "redirect_uri": CALLBACK, "response_type": "code", "scope": "openid",
        "state": "kept", "code_challenge": create_s256_code_challenge("v" * 50), "code_challenge_method": "S256",
    } | change  # fmt: skip
    back = Browser(borrower).authorize(f"{AUTHORIZE}?{urlencode(values)}")
    assert back.startswith(CALLBACK)
    assert params(back)["state"] == "kept"
    assert params(back)["error"] in {error, "unauthorized_client", "invalid_request"}


def test_a_program_without_the_scope_is_told_which(partner: Partner, borrower: User) -> None:
    _client, tokens = get_tokens(partner, borrower, "openid cases:read")
    denied = api(tokens["access_token"], "/api/v1/creditors/")
    assert denied.status_code == 403
    assert (denied.json()["code"], denied.json()["scope"]) == ("auth.scope_missing", "creditors:read")
    written = api(
        tokens["access_token"],
        "/api/v1/cases/",
        "post",
        data={"language": "ru"},
        content_type="application/json",
    )
    assert written.json()["scope"] == "cases:write"
    closed = api(tokens["access_token"], "/api/v1/me/programs/")
    assert (closed.status_code, closed.json()["scope"]) == (403, "")


def test_a_shut_out_program_gets_and_keeps_nothing(admin: User, partner: Partner, borrower: User) -> None:
    from kenes.accounts import programs
    from kenes.accounts.testing import an_actor

    _client, tokens = get_tokens(partner, borrower)
    code = a_code(partner, borrower)
    programs.revoke(actor=an_actor("admin", user_id=admin.pk), program_id=partner.program.pk)
    assert api(tokens["access_token"], "/api/v1/cases/").status_code == 401
    assert by_code(partner, code).status_code == 401
    refreshed = exchange(partner, grant_type="refresh_token", refresh_token=tokens["refresh_token"])
    assert refreshed.status_code == 401
    url, _state = client_of(partner, "openid").create_authorization_url(AUTHORIZE, code_verifier="v" * 50)
    assert Browser(borrower).authorize(url) == "/oauth/consent?error=bad_request"
    assert not ProgramConsent.objects.exists() and not Token.objects.exists()


def test_taking_the_consent_back_ends_the_tokens(partner: Partner, borrower: User) -> None:
    _client, tokens = get_tokens(partner, borrower)
    browser = Browser(borrower)
    listed = browser.client.get("/api/v1/me/programs/").json()["items"]
    assert [item["name"] for item in listed] == ["Partner"]
    address = f"/api/v1/me/programs/{listed[0]['id']}/"
    assert browser.client.delete(address, headers={"X-CSRFToken": "a" * 32}).status_code == 204
    assert api(tokens["access_token"], "/api/v1/cases/").status_code == 401
    assert browser.client.delete(address, headers={"X-CSRFToken": "a" * 32}).status_code == 404


@pytest.mark.parametrize("how", ["deactivated", "epoch", "end all"])
def test_tokens_of_programs_end_with_the_person(partner: Partner, borrower: User, how: str) -> None:
    from kenes.accounts import live_sessions

    _client, tokens = get_tokens(partner, borrower)
    assert api(tokens["access_token"], "/api/v1/cases/").status_code == 200
    if how == "deactivated":
        User.objects.filter(pk=borrower.pk).update(is_active=False)
    elif how == "epoch":
        User.objects.filter(pk=borrower.pk).update(session_epoch=borrower.session_epoch + 1)
    else:
        live_sessions.end_all(user_id=borrower.pk)
    assert api(tokens["access_token"], "/api/v1/cases/").status_code == 401
    again = exchange(partner, grant_type="refresh_token", refresh_token=tokens["refresh_token"])
    assert again.json()["error"] == "invalid_grant"


def test_tokens_of_programs_open_nothing_that_lets_programs_in(partner: Partner, borrower: User) -> None:
    _client, tokens = get_tokens(partner, borrower)
    page = api(tokens["access_token"], "/api/v1/oauth/authorization/?client_id=x")
    assert page.json()["code"] == "auth.scope_missing"


def test_an_ended_token_is_removed_by_the_timer(partner: Partner, borrower: User) -> None:
    _client, tokens = get_tokens(partner, borrower)
    Token.objects.update(expires_at=timezone.now() - timezone.timedelta(seconds=1))
    assert api(tokens["access_token"], "/api/v1/cases/").status_code == 401
    assert program_tokens.remove_old() == 2


def test_id_tokens_of_before_a_rotation_still_verify(
    partner: Partner, borrower: User, settings: Any, tmp_path: Any
) -> None:
    settings.TOKEN_KEY_DIR = tmp_path
    _client, tokens = get_tokens(partner, borrower)
    token_keys.rotate(token_keys.OIDC)
    keys = Client().get("/.well-known/jwks.json").json()
    assert len(keys["keys"]) == 2
    assert all("d" not in key for key in keys["keys"])
    jwt.decode(tokens["id_token"], jwk.KeySet.import_key_set(keys), algorithms=["RS256"])


def test_broken_requests_of_programs_are_answered(partner: Partner) -> None:
    client = Client()
    for values in (
        {}, {"grant_type": "authorization_code"}, {"grant_type": "x", "client_id": "\x00"}, {"client_id": "\ud7ff"},
        {"grant_type": "refresh_token", "refresh_token": "\x00", "client_id": partner.client_id},
        {"grant_type": "password", "username": "a", "password": "b", "client_id": partner.client_id},
        {"grant_type": "urn:ietf:params:oauth:grant-type:device_code", "client_id": partner.client_id},
    ):  # fmt: skip
        answer = client.post("/identity/o/api/token", values)
        assert answer.status_code in {400, 401}, values
        assert "error" in answer.json()
    for header in ("Basic", "Basic !!!", "Basic //79", "Bearer x"):
        assert client.post("/identity/o/api/token", {}, headers={"Authorization": header}).status_code in {
            400,
            401,
        }
    assert client.get("/identity/o/api/token").status_code == 405
    for path in ("device/code", "revoke", "introspect"):
        answer = client.post(f"/identity/o/api/{path}", {"token": "x\x00", "client_id": "\x00"})
        assert answer.status_code in {400, 401, 404}, path
    assert client.get("/identity/o/logout?post_logout_redirect_uri=https://evil.example").status_code == 404
    assert Browser(None).authorize("/identity/o/authorize?client_id=%00&redirect_uri=%ff") == (
        "/oauth/consent?error=bad_request"
    )


def test_too_many_tries_are_slowed(partner: Partner, settings: Any) -> None:
    settings.ADDRESS_LIMITS_FACTOR = 1
    settings.ALLOWANCES = settings.ALLOWANCES | {"address_token": (3, 60)}
    cache.clear()
    wrong = Partner(partner.program, "guess")
    statuses = [exchange(wrong, grant_type="client_credentials").status_code for _try in range(4)]
    assert statuses == [401, 401, 401, 429]


def test_program_row_survives_and_lists(admin: User, partner: Partner) -> None:
    assert Program.objects.get().client.check_secret(partner.secret)
    assert partner.secret not in Program.objects.get().client.secret
