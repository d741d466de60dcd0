"""Recovery by a code to e-mail or phone, through the API: what it does, and that it tells nothing about people."""

import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client

from conftest import ApiClient
from kenes.accounts import services
from kenes.accounts.models import OneTimeCode, User
from kenes.accounts.sessions import SessionStore
from kenes.accounts.testing import enrol
from kenes.event_log.models import EventRow
from kenes.foundation import crypto
from kenes.foundation.values import PhoneNumber
from kenes.messaging.models import Message

from .conftest import PASSWORD, PHONE, SYSTEM, digits_in, wrong

pytestmark = pytest.mark.django_db
EMAIL = "manager@example.com"
NEW_PASSWORD = "four quiet rivers meet"
UNKNOWN = "+77015550099"


def start(client: Any, **to: str) -> Any:
    return client.call("post", "/auth/recovery/", to)


def confirm(client: Any, code: str, password: str = NEW_PASSWORD) -> Any:
    return client.call("post", "/auth/recovery/confirm/", {"code": code, "password": password})


def mailed(email: str = EMAIL) -> str:
    letters = Message.objects.filter(channel="email", address_hash=crypto.lookup_hash(email), kind="recovery")
    return digits_in(letters.latest("created_at").body["text"])


def by_password(client: Any, password: str, email: str = EMAIL) -> Any:
    return client.call("post", "/auth/password/", {"email": email, "password": password})


def resend(client: Any) -> Any:
    return client.call("post", "/auth/recovery/resend/", {})


def pass_time(client: Any, seconds: int) -> None:
    """Let time pass for the attempt of this browser and for the codes."""
    session = SessionStore(client.cookies["sessionid"].value)
    session["kenes_recovery"]["sent_at"] -= seconds
    session.save()
    back = timedelta(seconds=seconds)
    OneTimeCode.objects.update(resend_at=F("resend_at") - back, expires_at=F("expires_at") - back)


def test_a_code_by_mail_sets_a_new_password_and_ends_every_session(
    api: Any, manager: User, api_for: Any
) -> None:
    open_session = api_for(manager)
    answer = start(api, email="Manager@Example.com")
    assert answer.status_code == 202
    assert answer.json() == {
        "masked_phone": "", "masked_email": "m•••@example.com", "expires_in_seconds": 600, "resend_after_seconds": 30,
    }  # fmt: skip
    assert confirm(api, mailed()).status_code == 204
    assert api.call("get", "/session/").json()["authenticated"] is False
    assert open_session.call("get", "/consents/").status_code == 401
    assert by_password(ApiClient(), PASSWORD).status_code == 400
    answer = by_password(ApiClient(), NEW_PASSWORD)
    # The second factor is not recovered with the password.
    assert (answer.status_code, answer.json()["code"]) == (401, "auth.second_step_required")
    event = EventRow.objects.get(type="person.password_changed")
    assert event.data["way"] == "recovery"
    assert confirm(api, mailed()).json()["code"] == "auth.code_expired"


def test_a_code_by_phone_sets_a_new_password(api: Any, borrower: User, last_code: Callable[..., str]) -> None:
    assert start(api, phone="8 701 555 12 34").json()["masked_phone"] == "+7 ••• ••• 12 34"
    assert confirm(api, last_code()).status_code == 204
    borrower.refresh_from_db()
    assert borrower.check_password(NEW_PASSWORD)


def test_unconfirmed_addresses_and_closed_accounts_get_nothing(
    api: Any, manager: User, borrower: User, sms_count: Callable[[], int]
) -> None:
    User.objects.filter(pk=manager.pk).update(email_verified_at=None)
    assert start(api, email=EMAIL).status_code == 202
    services.deactivate(actor=SYSTEM, user_id=borrower.pk)
    assert start(ApiClient(), phone=PHONE).status_code == 202
    services.ensure_account(phone=PhoneNumber.parse(UNKNOWN), language="ru")
    assert start(ApiClient(), phone=UNKNOWN).status_code == 202
    assert sms_count() == 0
    assert OneTimeCode.objects.count() == 0


def story(client: ApiClient, to: dict[str, str]) -> list[tuple[int, Any]]:
    """Every answer that somebody gets who does not know the code, without what he typed himself."""
    answers = [start(client, **to)]
    answers += [confirm(client, "000000", "short"), confirm(client, "000000"), confirm(client, "000000")]
    answers += [resend(client), confirm(client, "000000"), confirm(client, "000000")]
    for _round in range(3):
        pass_time(client, 31)
        answers += [resend(client), confirm(client, "000000")]
    pass_time(client, 601)
    answers += [confirm(client, "000000")]
    own = {"masked_phone", "masked_email", "instance", "retry_after"}
    return [
        (answer.status_code, {key: value for key, value in answer.json().items() if key not in own})
        for answer in answers
    ]


@pytest.mark.parametrize(
    ("known", "unknown"),
    [({"phone": PHONE}, {"phone": UNKNOWN}), ({"email": EMAIL}, {"email": "nobody@example.com"})],
)
def test_unknown_people_get_the_same_answers_at_every_step(
    known: dict[str, str],
    unknown: dict[str, str],
    borrower: User,
    manager: User,
    settings: Any,
    monkeypatch: Any,
) -> None:
    settings.ALLOWANCES = {**settings.ALLOWANCES, "number_minute": (100, 60)}
    monkeypatch.setattr("secrets.randbelow", lambda _limit: 654321)  # never the code that is tried
    first, second = story(ApiClient(), known), story(ApiClient(), unknown)
    statuses = [status for status, _body in first]
    assert statuses == [202, 400, 400, 400, 429, 409, 409, 202, 400, 202, 400, 409, 400, 409]
    assert first == second


def test_unknown_people_get_their_answer_in_the_same_time(borrower: User, settings: Any) -> None:
    """The floor hides the work; calls of both kinds are mixed, so that a busy machine hits both."""
    settings.SIGN_IN_ANSWER_FLOOR_SECONDS = 0.25
    settings.ADDRESS_LIMITS_FACTOR = 100
    settings.ALLOWANCES = {
        **settings.ALLOWANCES,
        "number_minute": (100, 60),
        "number_day": (100, 60),
        "account_day": (100, 60),
    }
    took: dict[str, list[float]] = {PHONE: [], UNKNOWN: []}
    for _round in range(9):
        for phone in took:
            client = ApiClient()
            before = time.monotonic()
            assert start(client, phone=phone).status_code == 202
            assert confirm(client, "000000").status_code == 400
            took[phone].append(time.monotonic() - before)
    assert min(took[PHONE] + took[UNKNOWN]) >= 0.5
    assert abs(min(took[PHONE]) - min(took[UNKNOWN])) < 0.05
    assert abs(statistics.median(took[PHONE]) - statistics.median(took[UNKNOWN])) < 0.125


def test_a_withheld_code_looks_like_an_unknown_person(
    api: Any, borrower: User, settings: Any, sms_count: Callable[[], int]
) -> None:
    settings.ALLOWANCES = {**settings.ALLOWANCES, "account_day": (0, 86400)}
    assert start(api, phone=PHONE).status_code == 202
    assert sms_count() == 0
    assert confirm(api, "000000").json()["errors"][0]["tries_left"] == 2


def test_a_code_works_only_in_the_browser_that_asked(
    api: Any, borrower: User, last_code: Callable[..., str]
) -> None:
    start(api, phone=PHONE)
    other = ApiClient()
    assert confirm(other, last_code()).json()["code"] == "auth.code_expired"
    start(other, phone=UNKNOWN)
    assert confirm(other, last_code()).status_code == 400
    assert confirm(api, last_code()).status_code == 204


def test_a_code_ends_by_time_and_by_tries(api: Any, borrower: User, last_code: Callable[..., str]) -> None:
    start(api, phone=PHONE)
    code = last_code()
    pass_time(api, 181)
    assert confirm(api, code).json()["code"] == "auth.code_expired"
    start(api, phone=PHONE)
    code = last_code()
    assert [confirm(api, wrong(code)).status_code for _round in range(3)] == [400, 400, 409]
    assert confirm(api, code).json()["code"] == "auth.code_spent"


def test_a_weak_password_is_refused_and_leaves_the_code(api: Any, manager: User) -> None:
    start(api, email=EMAIL)
    code = mailed()
    for password, reason in (
        ("short", "too_short"), ("password123", "too_common"), ("manager@example", "too_similar"),
        ("Ахметова Динара", "too_similar"),
    ):  # fmt: skip
        answer = confirm(api, code, password)
        assert answer.status_code == 400
        assert (answer.json()["errors"][0]["pointer"], answer.json()["errors"][0]["code"]) == (
            "/password",
            reason,
        )
    assert confirm(api, code).status_code == 204


def test_the_name_of_a_person_is_not_told_without_the_code(api: Any, manager: User) -> None:
    start(api, email=EMAIL)
    answer = confirm(api, wrong(mailed()), "Ахметова Динара")
    assert answer.json()["errors"][0]["pointer"] == "/code"


def test_recovery_shares_the_caps_of_a_number_with_sign_in(
    borrower: User, sms_count: Callable[[], int]
) -> None:
    for _round in range(2):
        assert start(ApiClient(), phone=PHONE).status_code == 202
    assert ApiClient().call("post", "/auth/phone/", {"phone": PHONE}).status_code == 202
    assert start(ApiClient(), phone=PHONE).status_code == 429
    assert sms_count() == 3


def test_the_second_factor_still_guards_after_recovery(api: Any, manager: User) -> None:
    enrol(manager)
    start(api, email=EMAIL)
    confirm(api, mailed())
    assert by_password(api, NEW_PASSWORD).json()["code"] == "auth.second_step_required"


def test_somebody_signed_in_is_told_so(borrower: User, api_for: Any) -> None:
    assert start(api_for(borrower), phone=PHONE).json()["code"] == "auth.already_signed_in"


@pytest.mark.parametrize(
    "body",
    [{}, {"email": "a@b.kz", "phone": PHONE}, {"email": None}, {"email": "a\x00@b.kz"}, {"email": "имя@b.kz"},
     {"phone": "+12025550123"}, {"phone": "\ud800"}, {"phone": 5}, None, []],
)  # fmt: skip
def test_odd_bodies_are_refused_not_crashes(api: Any, db: None, body: Any) -> None:
    assert api.call("post", "/auth/recovery/", body).status_code in {400, 415}
    assert api.call("post", "/auth/recovery/confirm/", body).status_code in {400, 415}


def test_recovery_needs_the_csrf_token(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    for path in ("recovery", "recovery/resend", "recovery/confirm"):
        answer = client.post(f"/api/v1/auth/{path}/", {}, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
