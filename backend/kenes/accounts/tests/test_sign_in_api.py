"""Sign-in through the API: codes, passwords, limits, refusals."""

import base64
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from conftest import ApiClient
from kenes.accounts import services
from kenes.accounts.models import RoleGrant, User
from kenes.accounts.sessions import SessionStore
from kenes.event_log.models import EventRow
from kenes.foundation import crypto
from kenes.foundation.values import PhoneNumber

from .conftest import PHONE, SYSTEM, make_borrower, wrong

pytestmark = pytest.mark.django_db
NEW = "+77015559876"


def start(api: Any, phone: str = PHONE) -> Any:
    return api.call("post", "/auth/phone/", {"phone": phone})


def confirm(api: Any, code: str) -> Any:
    return api.call("post", "/auth/phone/confirm/", {"code": code})


def change_pending(api: Any, **values: Any) -> None:
    """Change the pending state in the session row, as time would."""
    session = SessionStore(api.cookies["sessionid"].value)
    session["account_login"]["state"]["stages"]["login_by_code"]["data"].update(
        {name: value for name, value in values.items() if name != "sent_at"}
    )
    if "sent_at" in values:
        session["kenes_sign_in_sent_at"] = values["sent_at"]
    session.save()


def test_a_new_number_signs_in_and_becomes_a_borrower(api: Any, last_code: Callable[..., str]) -> None:
    answer = start(api, "8 (701) 555-98-76")
    assert answer.status_code == 202
    assert answer.json() == {
        "masked_phone": PhoneNumber.parse(NEW).masked(),
        "masked_email": "",
        "expires_in_seconds": 180,
        "resend_after_seconds": 30,
    }
    user = User.objects.get()
    assert (user.phone, user.phone_verified_at, user.has_usable_password()) == (NEW, None, False)

    answer = confirm(api, last_code(NEW))

    assert answer.status_code == 200
    body = answer.json()
    assert body["authenticated"] is True
    assert body["user"]["roles"] == ["borrower"]
    assert body["user"]["has_iin"] is False
    assert api.call("get", "/session/").json()["user"]["id"] == str(user.pk)
    user.refresh_from_db()
    assert user.phone_verified_at is not None
    assert [row.type for row in EventRow.objects.order_by("seq")] == [
        "person.phone_confirmed",
        "person.role_granted",
        "person.signed_in",
    ]


def test_known_unknown_and_deactivated_numbers_get_the_same_answer(
    api: Any, borrower: User, sms_count: Callable[[], int]
) -> None:
    gone = make_borrower("+77015550000")
    services.deactivate(actor=SYSTEM, user_id=gone.pk)
    answers = [
        ApiClient().call("post", "/auth/phone/", {"phone": phone}) for phone in (PHONE, NEW, "+77015550000")
    ]
    assert [answer.status_code for answer in answers] == [202, 202, 202]
    shapes = [{**answer.json(), "masked_phone": ""} for answer in answers]
    assert shapes[0] == shapes[1] == shapes[2]
    assert sms_count() == 2  # nothing for the deactivated one


def test_the_answer_is_never_faster_than_the_floor(api: Any, borrower: User, settings: Any) -> None:
    settings.SIGN_IN_ANSWER_FLOOR_SECONDS = 0.25
    for phone in (PHONE, NEW):
        before = time.monotonic()
        assert start(ApiClient(), phone).status_code == 202
        assert 0.25 <= time.monotonic() - before < 0.6


def test_three_wrong_codes_end_the_attempt(api: Any, borrower: User, last_code: Callable[..., str]) -> None:
    start(api)
    code = last_code()
    for left in (2, 1):
        answer = confirm(api, wrong(code))
        assert answer.status_code == 400
        error = answer.json()["errors"][0]
        assert (error["pointer"], error["code"], error["tries_left"]) == ("/code", "incorrect_code", left)
    assert confirm(api, wrong(code)).json()["code"] == "auth.code_spent"
    answer = confirm(api, code)
    assert (answer.status_code, answer.json()["code"]) == (409, "auth.code_spent")
    assert api.call("get", "/session/").json()["authenticated"] is False
    start(api)
    assert confirm(api, last_code()).status_code == 200


def test_a_code_works_only_in_the_browser_that_asked(
    api: Any, borrower: User, last_code: Callable[..., str]
) -> None:
    start(api)
    other = ApiClient()
    assert confirm(other, last_code()).json()["code"] == "auth.code_expired"
    start(other, NEW)
    assert confirm(other, last_code(PHONE)).status_code == 400
    assert confirm(api, last_code(PHONE)).status_code == 200


def test_a_code_ends_after_three_minutes(api: Any, borrower: User, last_code: Callable[..., str]) -> None:
    start(api)
    change_pending(api, at=time.time() - 181)
    answer = confirm(api, last_code())
    assert (answer.status_code, answer.json()["code"]) == (409, "auth.code_expired")


def test_a_code_works_once(api: Any, borrower: User, last_code: Callable[..., str]) -> None:
    start(api)
    assert confirm(api, last_code()).status_code == 200
    assert confirm(api, last_code()).json()["code"] == "auth.already_signed_in"
    api.call("post", "/auth/logout/", {})
    assert confirm(api, last_code()).json()["code"] == "auth.code_expired"


def test_resend_waits_replaces_the_code_and_ends(
    api: Any, borrower: User, last_code: Callable[..., str]
) -> None:
    assert api.call("post", "/auth/phone/resend/", {}).json()["code"] == "auth.code_expired"
    start(api)
    first = last_code()
    early = api.call("post", "/auth/phone/resend/", {})
    assert early.status_code == 429
    assert 1 <= int(early["Retry-After"]) <= 30
    change_pending(api, sent_at=time.time() - 31)
    assert api.call("post", "/auth/phone/resend/", {}).status_code == 202
    second = last_code()
    if first != second:
        assert confirm(api, first).status_code == 400
    change_pending(api, sent_at=time.time() - 31)
    assert api.call("post", "/auth/phone/resend/", {}).status_code == 202
    change_pending(api, sent_at=time.time() - 31)
    answer = api.call("post", "/auth/phone/resend/", {})
    assert (answer.status_code, answer.json()["code"]) in {(429, "throttled"), (409, "auth.no_more_resends")}
    assert confirm(api, last_code()).status_code == 200


def test_the_resend_limit_has_its_own_code(api: Any, borrower: User, settings: Any) -> None:
    settings.ALLOWANCES = {**settings.ALLOWANCES, "number_minute": (100, 60)}
    start(api)
    for _round in range(2):
        change_pending(api, sent_at=time.time() - 31)
        assert api.call("post", "/auth/phone/resend/", {}).status_code == 202
    change_pending(api, sent_at=time.time() - 31)
    assert api.call("post", "/auth/phone/resend/", {}).json()["code"] == "auth.no_more_resends"


def test_the_fourth_code_in_a_minute_is_refused(
    api: Any, borrower: User, sms_count: Callable[[], int]
) -> None:
    for _round in range(3):
        assert start(ApiClient()).status_code == 202
    answer = start(ApiClient())
    assert (answer.status_code, answer.json()["code"]) == (429, "throttled")
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert sms_count() == 3
    assert start(ApiClient(), NEW).status_code == 202


def test_a_number_gets_no_more_codes_than_its_daily_cap(borrower: User, settings: Any) -> None:
    settings.ALLOWANCES = {
        **settings.ALLOWANCES,
        "number_minute": (100, 60),
        "number_day": (5, 86400),
    }
    settings.ADDRESS_LIMITS_FACTOR = 50  # raises the limits of addresses only
    assert [start(ApiClient()).status_code for _round in range(6)] == [202] * 5 + [429]


def test_an_address_asks_for_no_more_codes_than_its_cap(db: None, settings: Any) -> None:
    settings.ALLOWANCES = {**settings.ALLOWANCES, "address_day": (2, 86400)}
    settings.ADDRESS_LIMITS_FACTOR = 1
    numbers = [f"+7701555010{last}" for last in range(3)]
    assert [start(ApiClient(), number).status_code for number in numbers] == [202, 202, 429]
    assert User.objects.count() == 2


def test_the_address_behind_our_proxy_counts_not_a_forged_one(db: None, settings: Any) -> None:
    settings.ALLOWANCES = {**settings.ALLOWANCES, "address_minute": (1, 60)}
    settings.ADDRESS_LIMITS_FACTOR = 1
    client = ApiClient()

    def ask(last: int, forwarded: str) -> int:
        headers = {"X-Forwarded-For": forwarded}
        return int(
            client.call("post", "/auth/phone/", {"phone": f"+7701555020{last}"}, **headers).status_code
        )

    assert ask(1, "9.9.9.9, 10.0.0.1") == 202
    assert ask(2, "8.8.8.8, 10.0.0.1") == 429
    assert ask(3, "10.0.0.2") == 202
    assert ask(4, "not an address, \x01") == 202
    assert ask(5, "nor is this") == 429  # everything unreadable shares one limit


@pytest.mark.parametrize(
    "phone", ["+12025550123", "+79161234567", "+77", "77012345", "", "abc", "+7601234567"]
)
def test_only_mobile_numbers_of_kazakhstan_get_codes(
    api: Any, phone: str, sms_count: Callable[[], int]
) -> None:
    answer = start(api, phone)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/phone"
    assert sms_count() == 0
    assert User.objects.count() == 0


GARBAGE = [None, [], "x", 5, {}, {"phone": None}, {"phone": 7}, {"phone": "\x00+77015551234"}, {"phone": ["+77015551234"]},
           {"phone": {"a": 1}}, {"code": "\x00"}, {"code": 123456}, {"code": None}, {"code": "1" * 5000},
           {"code": "１２３４５６"}, {"email": "a@b.kz"}, {"email": "a@b.kz", "password": None},
           {"email": "a\x00@b.kz", "password": "x"}, {"email": "a@b.kz", "password": "\x00" * 10},
           {"email": "a@b.kz", "password": "\ud800"}, {"phone": "\ud800"}, {"unknown": 1}]  # fmt: skip


@pytest.mark.parametrize("path", ["phone", "phone/resend", "phone/confirm", "password", "logout"])
@pytest.mark.parametrize("pending", [False, True])
def test_odd_bodies_are_refused_not_crashes(api: Any, path: str, pending: bool) -> None:
    if pending:
        start(api)
    for body in GARBAGE:
        answer = api.call("post", f"/auth/{path}/", body)
        assert answer.status_code in {204, 400, 409, 429}, (path, body, answer.content)
        if answer.status_code != 204:
            assert answer["Content-Type"] == "application/problem+json"


def test_the_session_costs_four_queries(borrower: User, api_for: Any, django_assert_num_queries: Any) -> None:
    client = api_for(borrower)
    with django_assert_num_queries(4):  # session, person, roles, second factor
        body = client.call("get", "/session/").json()
    assert set(body) == {
        "authenticated", "user", "viewing", "sign_in", "demo", "today", "verify_limit_bytes",
    }  # fmt: skip
    assert body["user"]["masked_phone"].endswith("34")
    with django_assert_num_queries(0):
        assert ApiClient().call("get", "/session/").json()["user"] is None


def test_broken_session_cookies_are_nobody(api: Any, last_code: Callable[..., str]) -> None:
    for value in ("x", "\x01", "z" * 400, "a" * 32):
        client = ApiClient()
        client.cookies["sessionid"] = value
        assert client.call("get", "/session/").json()["authenticated"] is False
        assert confirm(client, "123456").json()["code"] == "auth.code_expired"


def test_sign_in_needs_the_csrf_token(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    for path in ("phone", "phone/resend", "phone/confirm", "password"):
        answer = client.post(f"/api/v1/auth/{path}/", {}, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")


def test_signing_in_changes_the_session_key(api: Any, borrower: User, last_code: Callable[..., str]) -> None:
    start(api)
    before = api.cookies["sessionid"].value
    confirm(api, last_code())
    assert api.cookies["sessionid"].value != before
    assert not Session.objects.filter(pk=before).exists()


def test_session_rows_show_neither_code_nor_number(
    api: Any, borrower: User, last_code: Callable[..., str]
) -> None:
    start(api)
    stored = Session.objects.get(pk=api.cookies["sessionid"].value).session_data
    raw = base64.b64decode(stored)
    assert PHONE.encode() not in raw
    assert last_code().encode() not in raw
    assert last_code().encode() in crypto.decrypt(raw)


def test_signing_out_ends_the_session(api: Any, borrower: User, last_code: Callable[..., str]) -> None:
    start(api)
    confirm(api, last_code())
    old = ApiClient()
    old.cookies["sessionid"] = api.cookies["sessionid"].value
    assert old.call("get", "/consents/").status_code == 200
    assert api.call("post", "/auth/logout/", {}).status_code == 204
    assert old.call("get", "/consents/").status_code == 401
    assert api.call("get", "/consents/").status_code == 401
    assert api.call("post", "/auth/logout/", {}).status_code == 204


def test_a_deactivated_person_is_signed_out_at_once(borrower: User, api_for: Any) -> None:
    client = api_for(borrower)
    assert client.call("get", "/consents/").status_code == 200
    services.deactivate(actor=SYSTEM, user_id=borrower.pk)
    assert client.call("get", "/consents/").status_code == 401
    assert client.call("get", "/session/").json()["authenticated"] is False


def test_a_person_deactivated_while_the_code_travels_cannot_use_it(
    api: Any, borrower: User, last_code: Callable[..., str]
) -> None:
    start(api)
    services.deactivate(actor=SYSTEM, user_id=borrower.pk)
    assert confirm(api, last_code()).json()["code"] == "auth.code_expired"
    assert api.call("get", "/session/").json()["authenticated"] is False


def test_the_profile_takes_a_language_but_no_email(borrower: User, api_for: Any) -> None:
    client = api_for(borrower)
    answer = client.call("patch", "/me/", {"language": "kk"})
    assert (answer.status_code, answer.json()["language"]) == (200, "kk")
    assert client.call("patch", "/me/", {"language": "de"}).json()["errors"][0]["pointer"] == "/language"
    for body in ({"roles": ["admin"]}, {"email": "some@example.com"}, {"email_verified_at": "2026-01-01"}):
        assert client.call("patch", "/me/", body).json()["errors"][0]["code"] == "unknown_field"
    for body in GARBAGE:
        assert client.call("patch", "/me/", body).status_code in {200, 400}
    assert RoleGrant.objects.filter(user=borrower).count() == 1
    borrower.refresh_from_db()
    assert borrower.email is None


CLOSED = ["auth/code/request", "auth/code/confirm", "auth/code/resend", "auth/login", "auth/signup",
          "auth/password/request", "auth/password/reset", "auth/phone/verify", "account/phone", "account/email",
          "auth/email/verify", "auth/2fa/authenticate", "auth/2fa/reauthenticate", "auth/reauthenticate",
          "account/authenticators", "account/authenticators/totp", "account/authenticators/recovery-codes",
          "account/authenticators/webauthn", "auth/webauthn/login", "account/password/change", "auth/sessions"]  # fmt: skip


@pytest.mark.parametrize("path", CLOSED)
def test_ways_around_our_limits_are_closed(manager: User, path: str) -> None:
    client = Client()
    for _round in range(2):
        for method in (client.get, client.post):
            answer = method(f"/_allauth/browser/v1/{path}", {}, content_type="application/json")
            assert answer.status_code == 404
        client.force_login(manager)


def test_the_open_part_of_allauth_answers(db: None) -> None:
    client = Client()
    assert client.get("/_allauth/browser/v1/config").status_code == 200
    assert client.get("/_allauth/browser/v1/auth/session").status_code == 401
