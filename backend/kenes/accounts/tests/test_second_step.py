"""The second step of signing in, through the API: codes, recovery codes, replay, limits, trusted devices."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.sessions.models import Session

from conftest import ApiClient
from kenes.accounts import live_sessions, services
from kenes.accounts.models import TrustedDevice, User
from kenes.accounts.sessions import SessionStore
from kenes.accounts.testing import TOTP_SECRET, enrol

from .authenticator import app_code, wrong_app_code
from .conftest import PASSWORD, SYSTEM

pytestmark = pytest.mark.django_db
EMAIL = "manager@example.com"


def first_step(client: Any, email: str = EMAIL) -> Any:
    return client.call("post", "/auth/password/", {"email": email, "password": PASSWORD})


def second_step(client: Any, code: str, *, trust: bool = False) -> Any:
    return client.call("post", "/auth/second-step/", {"code": code, "trust": trust})


@pytest.fixture
def enrolled(manager: User) -> User:
    return enrol(manager)


def test_a_code_of_the_app_finishes_the_sign_in(api: Any, enrolled: User) -> None:
    answer = first_step(api)
    assert (answer.status_code, answer.json()["code"]) == (401, "auth.second_step_required")
    assert answer.json()["methods"] == ["totp"]
    assert api.call("get", "/session/").json()["authenticated"] is False
    before = api.cookies["sessionid"].value
    answer = second_step(api, app_code(TOTP_SECRET))
    assert answer.status_code == 200
    user = answer.json()["user"]
    assert (user["held_back"], user["has_second_factor"], user["is_fresh"]) == ("", True, False)
    assert "staff.area" in user["abilities"]
    assert api.cookies["sessionid"].value != before
    assert not Session.objects.filter(pk=before).exists()
    assert second_step(api, app_code(TOTP_SECRET, 1)).json()["code"] == "auth.already_signed_in"


def test_staff_without_a_factor_are_held_back(api: Any, manager: User) -> None:
    body = first_step(api).json()
    assert body["user"]["held_back"] == "second_factor"
    assert body["user"]["abilities"] == []
    assert api.call("get", "/consents/").json()["code"] == "auth.second_factor_required"
    assert api.call("get", "/me/second-factors/").json() == {"items": [], "required": True}


@pytest.mark.parametrize("step", [-1, 0, 1])
def test_a_used_code_never_opens_again(enrolled: User, step: int) -> None:
    code = app_code(TOTP_SECRET, step)
    one, other = ApiClient(), ApiClient()
    first_step(one)
    first_step(other)
    assert second_step(one, code).status_code == 200
    answer = second_step(other, code)
    assert answer.status_code == 400
    error = answer.json()["errors"][0]
    assert (error["pointer"], error["code"]) == ("/code", "incorrect_code")


def test_a_used_code_stays_used_when_the_cache_has_forgotten(enrolled: User) -> None:
    from django.core.cache import cache

    code = app_code(TOTP_SECRET, 1)
    one, other = ApiClient(), ApiClient()
    first_step(one)
    assert second_step(one, code).status_code == 200
    cache.clear()
    first_step(other)
    assert second_step(other, code).status_code == 400


def test_codes_outside_the_tolerance_are_wrong(api: Any, enrolled: User) -> None:
    first_step(api)
    for step in (-2, 2):
        assert second_step(api, app_code(TOTP_SECRET, step)).status_code == 400
    assert second_step(api, app_code(TOTP_SECRET)).status_code == 200


def test_a_recovery_code_works_once(enrolled: User) -> None:
    code = RecoveryCodes.activate(enrolled).generate_codes()[3]
    one, other = ApiClient(), ApiClient()
    assert first_step(one).json()["methods"] == ["totp", "recovery_code"]
    assert second_step(one, code).status_code == 200
    first_step(other)
    assert second_step(other, code).status_code == 400
    items = one.call("get", "/me/second-factors/").json()["items"]
    assert [item["codes_left"] for item in items if item["kind"] == "recovery_codes"] == [9]


def test_without_a_first_step_there_is_no_second(api: Any, enrolled: User) -> None:
    answer = second_step(api, app_code(TOTP_SECRET))
    assert (answer.status_code, answer.json()["code"]) == (409, "auth.second_step_expired")
    assert api.call("get", "/auth/second-step/passkey/").json()["code"] == "auth.second_step_expired"


def test_the_first_step_ends_after_a_quarter_of_an_hour(api: Any, enrolled: User) -> None:
    first_step(api)
    session = SessionStore(api.cookies["sessionid"].value)
    session["account_login"]["initiated_at"] = time.time() - 901
    session.save()
    assert second_step(api, app_code(TOTP_SECRET)).json()["code"] == "auth.second_step_expired"


def test_somebody_deactivated_between_the_steps_stays_outside(api: Any, enrolled: User) -> None:
    first_step(api)
    services.deactivate(actor=SYSTEM, user_id=enrolled.pk)
    assert second_step(api, app_code(TOTP_SECRET)).json()["code"] == "auth.second_step_expired"
    assert api.call("get", "/session/").json()["authenticated"] is False


def test_wrong_codes_are_counted_per_person_over_all_browsers(enrolled: User) -> None:
    wrong = wrong_app_code(TOTP_SECRET)
    statuses = []
    for _round in range(6):
        client = ApiClient()
        first_step(client)
        statuses.append(second_step(client, wrong).status_code)
    assert statuses == [400] * 5 + [429]
    client = ApiClient()
    first_step(client)
    answer = second_step(client, app_code(TOTP_SECRET))
    assert (answer.status_code, answer.json()["code"]) == (429, "throttled")
    assert 1 <= int(answer["Retry-After"]) <= 300


def test_right_codes_do_not_use_up_the_tries(enrolled: User, settings: Any) -> None:
    settings.ALLOWANCES = {**settings.ALLOWANCES, "factor_tries": (1, 300)}
    for step in (-1, 0, 1):
        client = ApiClient()
        first_step(client)
        assert second_step(client, app_code(TOTP_SECRET, step)).status_code == 200


def test_a_trusted_browser_is_not_asked_until_it_is_forgotten(api: Any, enrolled: User) -> None:
    first_step(api)
    answer = second_step(api, app_code(TOTP_SECRET), trust=True)
    cookie = answer.cookies["kenes_trusted"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie.value not in TrustedDevice.objects.get().token_hash
    api.call("post", "/auth/logout/", {})
    assert first_step(api).status_code == 200
    live_sessions.end_all(user_id=enrolled.pk)
    assert TrustedDevice.objects.count() == 0
    assert first_step(api).status_code == 401


def test_a_trust_ends_with_its_time(api: Any, enrolled: User) -> None:
    first_step(api)
    second_step(api, app_code(TOTP_SECRET), trust=True)
    api.call("post", "/auth/logout/", {})
    TrustedDevice.objects.update(expires_at=enrolled.created_at)
    assert first_step(api).status_code == 401


def test_the_cookie_of_another_person_is_worth_nothing(api: Any, enrolled: User) -> None:
    other = services.create_staff_account(
        actor=SYSTEM, email="other@example.com", full_name="Other", language="ru", password=PASSWORD,
        roles=["manager"],
    )  # fmt: skip
    enrol(other)
    first_step(api, "other@example.com")
    assert second_step(api, app_code(TOTP_SECRET), trust=True).status_code == 200
    api.call("post", "/auth/logout/", {})
    assert first_step(api, EMAIL).status_code == 401
    assert first_step(api, "other@example.com").status_code == 200


def test_one_browser_can_be_trusted_by_two_people(api: Any, enrolled: User) -> None:
    enrol(
        services.create_staff_account(
            actor=SYSTEM, email="other@example.com", full_name="Other", language="ru", password=PASSWORD,
            roles=["manager"],
        )
    )  # fmt: skip
    for email in (EMAIL, "other@example.com"):
        first_step(api, email)
        second_step(api, app_code(TOTP_SECRET), trust=True)
        api.call("post", "/auth/logout/", {})
    for email in (EMAIL, "other@example.com"):
        assert first_step(api, email).status_code == 200
        api.call("post", "/auth/logout/", {})


def test_the_secret_is_stored_encrypted(enrolled: User) -> None:
    RecoveryCodes.activate(enrolled)
    stored = {row.type: row.data for row in Authenticator.objects.filter(user=enrolled)}
    assert TOTP_SECRET not in str(stored["totp"])
    assert len(stored["recovery_codes"]["seed"]) > 100


GARBAGE = [None, [], "x", {}, {"code": None}, {"code": "\x00"}, {"code": "1" * 500}, {"code": 123456},
           {"code": "123456", "trust": "perhaps"}, {"code": "１２３４５６"}, {"code": "\ud800"}, {"credential": None},
           {"credential": {}}, {"credential": {"id": 1}}, {"credential": {"response": []}}, {"credential": {"response": {"userHandle": "!"}}},
           {"credential": {"id": "a", "rawId": "a", "type": "public-key", "response": {"clientDataJSON": "e30"}}}]  # fmt: skip


@pytest.mark.parametrize("path", ["second-step", "second-step/passkey", "passkey"])
def test_odd_bodies_are_refused_not_crashes(api: Any, enrolled: User, path: str, settings: Any) -> None:
    settings.ALLOWANCES = {
        **settings.ALLOWANCES,
        "factor_tries": (1000, 300),
        "factor_tries_hour": (1000, 300),
    }
    first_step(api)
    for body in GARBAGE:
        answer = api.call("post", f"/auth/{path}/", body)
        assert answer.status_code in {400, 415}, (body, answer.content)
        assert answer["Content-Type"] == "application/problem+json"


def test_sign_in_steps_need_the_csrf_token(enrolled: User) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    for path in ("second-step", "second-step/passkey", "passkey"):
        answer = client.post(f"/api/v1/auth/{path}/", {}, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
