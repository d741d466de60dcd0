"""Attacks on signing in: enumeration, stuffing, fixation, login CSRF, pumping of messages."""

import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from conftest import ApiClient
from kenes.accounts import allowances, services
from kenes.accounts.models import User
from kenes.accounts.testing import TOTP_SECRET, enrol

from .authenticator import app_code
from .conftest import PASSWORD, PHONE

pytestmark = pytest.mark.django_db
EMAIL = "manager@example.com"


def by_password(client: Any, email: str, password: str) -> Any:
    return client.call("post", "/auth/password/", {"email": email, "password": password})


def test_unknown_numbers_take_as_long_as_known_ones(borrower: User, settings: Any) -> None:
    settings.SIGN_IN_ANSWER_FLOOR_SECONDS = 0.25
    settings.ADDRESS_LIMITS_FACTOR = 100
    settings.ALLOWANCES = {**settings.ALLOWANCES, "number_minute": (100, 60), "account_day": (100, 60)}
    took: dict[str, list[float]] = {"known": [], "unknown": []}
    for number in range(9):
        for kind, phone in (("known", PHONE), ("unknown", f"+7702555010{number}")):
            before = time.monotonic()
            assert ApiClient().call("post", "/auth/phone/", {"phone": phone}).status_code == 202
            took[kind].append(time.monotonic() - before)
    assert min(took["known"] + took["unknown"]) >= 0.25
    # The fastest answers show what the floor does; the medians may wait for a busy machine.
    assert abs(min(took["known"]) - min(took["unknown"])) < 0.05
    assert abs(statistics.median(took["known"]) - statistics.median(took["unknown"])) < 0.125


def test_unknown_addresses_cost_one_password_hash_like_known_ones(manager: User, settings: Any) -> None:
    """The median of the wrong passwords differs by less than half of one hash."""
    settings.ADDRESS_LIMITS_FACTOR = 100
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "1000/300s/key"}
    settings.ALLOWANCES = {**settings.ALLOWANCES, "password_tries": (100, 300)}
    took: dict[str, list[float]] = {EMAIL: [], "nobody@example.com": []}
    for _round in range(7):
        for email in took:
            before = time.monotonic()
            assert by_password(ApiClient(), email, "wrong password").status_code == 400
            took[email].append(time.monotonic() - before)
    known, unknown = (statistics.median(times) for times in took.values())
    assert abs(known - unknown) < max(known, unknown) / 2


def test_credential_stuffing_is_stopped_by_address_range_and_account(manager: User, settings: Any) -> None:
    settings.ADDRESS_LIMITS_FACTOR = 1
    settings.ALLOWANCES = {**settings.ALLOWANCES, "range_password": (15, 60)}
    statuses = [
        by_password(
            ApiClient(HTTP_X_FORWARDED_FOR=f"10.20.30.{n}"), f"leaked{n}@example.com", "leaked password"
        ).status_code
        for n in range(17)
    ]  # a new address of one range each time
    assert statuses == [400] * 15 + [429] * 2
    client = ApiClient(HTTP_X_FORWARDED_FOR="10.99.30.1")
    assert by_password(client, "leaked99@example.com", "leaked password").status_code == 400


def test_a_range_of_addresses_cannot_pump_messages(settings: Any, sms_count: Callable[[], int]) -> None:
    settings.ADDRESS_LIMITS_FACTOR = 1
    settings.ALLOWANCES = {**settings.ALLOWANCES, "range_day": (4, 86400)}

    def ask(address: str, last: int) -> int:
        client = ApiClient(HTTP_X_FORWARDED_FOR=address)
        return int(client.call("post", "/auth/phone/", {"phone": f"+7702555020{last}"}).status_code)

    assert [ask(f"10.20.30.{n}", n) for n in range(6)] == [202] * 4 + [429] * 2
    assert ask("10.20.31.1", 7) == 202
    assert [ask(f"2001:db8:1:1::{n}", n) for n in range(5)] == [202] * 4 + [429]
    assert ask("2001:db8:1:2::1", 8) == 202
    assert sms_count() == 10


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.20.30.40", "10.20.30.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("0.0.0.0", "0.0.0.0/24"),
        ("nothing", "nothing"),
    ],
)
def test_ranges_are_24_and_64_bits(address: str, network: str) -> None:
    assert allowances.network_of(address) == network


def test_an_account_gets_no_more_codes_than_its_cap_over_all_ways(
    borrower: User, api_for: Any, settings: Any, sms_count: Callable[[], int]
) -> None:
    settings.ALLOWANCES = {**settings.ALLOWANCES, "account_day": (3, 86400), "number_minute": (100, 60)}
    assert ApiClient().call("post", "/auth/phone/", {"phone": PHONE}).status_code == 202
    assert api_for(borrower).call("post", "/auth/proof/code/", {}).status_code == 202
    assert ApiClient().call("post", "/auth/recovery/", {"phone": PHONE}).status_code == 202
    assert sms_count() == 3
    assert ApiClient().call("post", "/auth/phone/", {"phone": PHONE}).status_code == 429
    # Recovery never says it: it would tell that this number has an account.
    assert ApiClient().call("post", "/auth/recovery/", {"phone": PHONE}).status_code == 202
    assert sms_count() == 3


def test_a_session_key_given_by_an_attacker_is_worth_nothing(manager: User) -> None:
    """Fixation: the victim signs in with a key that the attacker knows, at every step of the way."""
    enrol(manager)
    attacker, victim = ApiClient(), ApiClient()
    attacker.call("get", "/auth/passkey/")  # makes an anonymous session
    planted = attacker.cookies["sessionid"].value
    victim.cookies["sessionid"] = planted
    assert by_password(victim, EMAIL, PASSWORD).status_code == 401
    assert victim.call("post", "/auth/second-step/", {"code": app_code(TOTP_SECRET)}).status_code == 200
    assert victim.cookies["sessionid"].value != planted
    assert not Session.objects.filter(pk=planted).exists()
    assert attacker.call("get", "/session/").json()["authenticated"] is False


def test_a_made_up_session_key_is_not_taken_over(borrower: User, last_code: Callable[..., str]) -> None:
    client = ApiClient()
    client.cookies["sessionid"] = "a" * 32
    client.call("post", "/auth/phone/", {"phone": PHONE})
    assert client.cookies["sessionid"].value != "a" * 32


def test_a_foreign_page_cannot_sign_a_visitor_in(manager: User) -> None:
    """Login CSRF: the token is needed even without a session, and a token without its cookie does not do."""
    for headers in ({}, {"X-CSRFToken": "b" * 32}):
        client = Client(enforce_csrf_checks=True, headers=headers)
        answer = client.post(
            "/api/v1/auth/password/", {"email": EMAIL, "password": PASSWORD}, content_type="application/json"
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
        assert "sessionid" not in answer.cookies


def test_a_pending_second_step_opens_nothing(manager: User) -> None:
    enrol(manager)
    client = ApiClient()
    by_password(client, EMAIL, PASSWORD)
    for path in ("/consents/", "/me/second-factors/", "/me/sessions/", "/auth/proof/", "/cases/"):
        assert client.call("get", path).status_code == 401
    assert client.call("post", "/me/second-factors/totp/start/", {}).status_code == 401


def test_codes_and_secrets_are_not_in_the_log(
    borrower: User, manager: User, last_code: Callable[..., str], caplog: Any
) -> None:
    enrol(manager)
    client = ApiClient()
    client.call("post", "/auth/phone/", {"phone": PHONE})
    client.call("post", "/auth/phone/confirm/", {"code": "000000"})
    other = ApiClient()
    by_password(other, EMAIL, PASSWORD)
    other.call("post", "/auth/second-step/", {"code": "000000"})
    for secret in (last_code(), PASSWORD, PHONE, EMAIL, TOTP_SECRET):
        assert secret not in caplog.text


def test_a_service_account_cannot_be_signed_in(api: Any) -> None:
    user = User.objects.create_user(EMAIL, PASSWORD, is_service=True, email_verified_at=services.clock.now())
    assert by_password(api, EMAIL, PASSWORD).json()["code"] == "auth.bad_credentials"
    assert user.has_usable_password()
