"""Attacks on our OpenID Connect provider: codes, addresses, scopes, ended people and programs, broken requests."""

import threading
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from allauth.idp.oidc.models import Token
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from joserfc import jwk, jwt

from conftest import ApiClient
from kenes.accounts import program_tokens, token_keys
from kenes.accounts.models import Program, ProgramConsent, User
from kenes.accounts.testing import enrol
from kenes.event_log.models import EventRow

from . import test_oidc_provider as provider
from .oauth import CALLBACK, Browser, Partner, client_of, params, register
from .test_oidc_provider import AUTHORIZE, a_code, api, by_code, exchange, get_tokens

admin, partner = provider.admin, provider.partner


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


def test_a_program_that_staff_let_in_sees_nothing_of_other_people(admin: User, partner: Partner) -> None:
    """The lender's address book and other people's cases are work of the platform, not the administrator's to give."""
    _client, tokens = get_tokens(partner, enrol(admin), "openid cases:read creditors:read")
    own = ApiClient()
    own.force_login(admin)
    creditor = f"/creditors/{uuid4()}/"
    assert own.call("get", creditor).status_code == 404
    assert api(tokens["access_token"], f"/api/v1{creditor}").status_code == 403
    assert api(tokens["access_token"], "/api/v1/cases/").json()["items"] == []


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
