"""Tokens of the app: what they open, what ends them, and what forged ones are worth."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from kenes.accounts import live_sessions, services
from kenes.accounts.models import AppSignIn, User
from kenes.accounts.testing import TOTP_SECRET, enrol
from kenes.event_log.models import EventRow
from kenes.foundation.actor import SystemActor

from .app_client import APP, call, refresh, sign_in, who
from .conftest import PASSWORD, PHONE


@pytest.fixture
def signed_in(borrower: User, last_code: Callable[..., str]) -> dict[str, Any]:
    return sign_in(last_code)


def test_an_unknown_number_gets_the_same_answer_and_an_account(
    borrower: User, last_code: Callable[..., str]
) -> None:
    known = call(f"{APP}/auth/code/request", {"phone": PHONE})
    unknown = call(f"{APP}/auth/code/request", {"phone": "+77019998877"})
    assert known.status_code == unknown.status_code == 401
    assert known.json()["data"] == unknown.json()["data"]
    done = call(
        f"{APP}/auth/code/confirm",
        {"code": last_code("+77019998877")},
        session=unknown.json()["meta"]["session_token"],
    )
    assert who(done.json()["meta"]["access_token"]).json()["user"]["roles"] == ["borrower"]


def test_the_access_token_opens_the_api_without_cookie_and_csrf(
    signed_in: dict[str, Any], borrower: User
) -> None:
    answer = who(signed_in["access_token"])
    assert answer.json()["user"]["id"] == str(borrower.pk)
    assert django_settings.SESSION_COOKIE_NAME not in answer.cookies
    changed = call("/api/v1/me/", {"language": "kk"}, method="patch", bearer=signed_in["access_token"])
    assert changed.status_code == 200, changed.content
    borrower.refresh_from_db()
    assert borrower.language == "kk"


def test_limits_of_codes_hold_for_the_app_too(db: None) -> None:
    statuses = [call(f"{APP}/auth/code/request", {"phone": PHONE}).status_code for _try in range(4)]
    assert statuses == [401, 401, 401, 429]


def test_three_wrong_codes_end_the_attempt(borrower: User, last_code: Callable[..., str]) -> None:
    session = call(f"{APP}/auth/code/request", {"phone": PHONE}).json()["meta"]["session_token"]
    right = last_code()
    wrong = f"{(int(right) + 1) % 1000000:06d}"
    answers = [call(f"{APP}/auth/code/confirm", {"code": wrong}, session=session) for _try in range(3)]
    assert [answer.json()["code"] for answer in answers] == ["validation", "validation", "auth.code_spent"]
    assert call(f"{APP}/auth/code/confirm", {"code": right}, session=session).status_code == 409


def test_staff_need_the_second_step_before_there_is_a_token(manager: User) -> None:
    enrol(manager)
    first = call(f"{APP}/auth/login", {"email": manager.email, "password": PASSWORD})
    assert first.status_code == 401
    assert "access_token" not in first.json()["meta"]
    session = first.json()["meta"]["session_token"]
    wrong = call(f"{APP}/auth/2fa/authenticate", {"code": "000000"}, session=session)
    assert wrong.status_code == 400
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(TOTP_SECRET, counter))
    done = call(f"{APP}/auth/2fa/authenticate", {"code": code}, session=session)
    assert done.status_code == 200, done.content
    staff = who(done.json()["meta"]["access_token"]).json()["user"]
    assert "manager" in staff["roles"]


def test_staff_without_a_second_factor_get_a_token_that_opens_nothing_of_work(manager: User) -> None:
    done = call(f"{APP}/auth/login", {"email": manager.email, "password": PASSWORD}).json()["meta"]
    answer = call("/api/v1/staff/managers/", method="get", bearer=done["access_token"])
    assert answer.json()["code"] == "auth.second_factor_required"


def test_sign_out_ends_both_tokens(signed_in: dict[str, Any]) -> None:
    assert call("/api/v1/auth/logout/", bearer=signed_in["access_token"]).status_code == 204
    assert who(signed_in["access_token"]).status_code == 401
    assert refresh(signed_in["refresh_token"]).status_code == 401


def test_deactivation_ends_both_tokens(signed_in: dict[str, Any], borrower: User) -> None:
    User.objects.filter(pk=borrower.pk).update(is_active=False)
    assert who(signed_in["access_token"]).status_code == 401
    assert refresh(signed_in["refresh_token"]).status_code == 401


def test_a_raised_epoch_ends_both_tokens(signed_in: dict[str, Any], borrower: User) -> None:
    """What the loss of a role and a changed password do."""
    User.objects.filter(pk=borrower.pk).update(session_epoch=borrower.session_epoch + 1)
    assert who(signed_in["access_token"]).status_code == 401
    assert refresh(signed_in["refresh_token"]).status_code == 401


def test_end_all_ends_tokens_at_once(signed_in: dict[str, Any], borrower: User) -> None:
    live_sessions.end_all(user_id=borrower.pk)
    assert not AppSignIn.objects.exists()
    assert who(signed_in["access_token"]).status_code == 401


def test_an_ended_access_token_is_refused_and_refresh_gives_a_new_one(
    settings: Any, borrower: User, last_code: Callable[..., str]
) -> None:
    settings.APP_ACCESS_SECONDS = -1
    meta = sign_in(last_code)
    assert who(meta["access_token"]).status_code == 401
    settings.APP_ACCESS_SECONDS = 300
    renewed = refresh(meta["refresh_token"]).json()["data"]
    assert who(renewed["access_token"]).status_code == 200


def test_a_sign_in_of_three_months_ends(signed_in: dict[str, Any], settings: Any) -> None:
    settings.APP_SIGN_IN_SECONDS = 0
    assert refresh(signed_in["refresh_token"]).status_code == 401
    assert who(signed_in["access_token"]).status_code == 401


def test_replaying_a_refresh_token_kills_the_family_and_is_recorded(
    signed_in: dict[str, Any], borrower: User, settings: Any
) -> None:
    settings.APP_REFRESH_GRACE_SECONDS = 0
    second = refresh(signed_in["refresh_token"]).json()["data"]
    third = refresh(second["refresh_token"]).json()["data"]
    assert who(third["access_token"]).status_code == 200
    assert refresh(signed_in["refresh_token"]).status_code == 401
    assert who(third["access_token"]).status_code == 401
    assert refresh(third["refresh_token"]).status_code == 401
    assert not Session.objects.exists()
    event = EventRow.objects.get(type="security.refresh_token_reused")
    assert event.data == {"person_id": str(borrower.pk), "client_id": ""}


def test_an_older_token_is_theft_also_within_the_grace(signed_in: dict[str, Any]) -> None:
    """Only the token that was exchanged last can be a second request at the same moment."""
    second = refresh(signed_in["refresh_token"]).json()["data"]
    third = refresh(second["refresh_token"]).json()["data"]
    assert refresh(signed_in["refresh_token"]).status_code == 401
    assert who(third["access_token"]).status_code == 401


@pytest.mark.django_db(transaction=True)
def test_of_parallel_refreshes_exactly_one_wins_and_the_family_lives(
    borrower: User, last_code: Callable[..., str]
) -> None:
    token = sign_in(last_code)["refresh_token"]
    answers: list[Any] = []
    start = threading.Barrier(6)

    def run() -> None:
        start.wait()
        try:
            answers.append(refresh(token))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {
        "auth.refresh_raced"
    }
    won = next(answer for answer in answers if answer.status_code == 200).json()["data"]
    assert who(won["access_token"]).status_code == 200
    assert refresh(won["refresh_token"]).status_code == 200


def test_own_password_change_by_token_keeps_this_sign_in(signed_in: dict[str, Any], borrower: User) -> None:
    """The session gets a new key; the tokens follow it."""
    family = AppSignIn.objects.get()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kenes.accounts.proofs.is_fresh", lambda request: True)
        answer = call(
            "/api/v1/me/password/", {"password": "a new long password 77"}, bearer=signed_in["access_token"]
        )
    assert answer.status_code == 204, answer.content
    assert AppSignIn.objects.get().session_key != family.session_key
    assert who(signed_in["access_token"]).status_code == 200
    assert refresh(signed_in["refresh_token"]).status_code == 200


def test_broken_bodies_of_the_app_are_answered(db: None) -> None:
    client = Client()
    for body in (
        b"{",
        b"[]",
        b'"x"',
        b"\xff",
        b'{"refresh_token": 1}',
        b'{"refresh_token": "\\u0000"}',
        b"[" * 20000,
    ):
        answer = client.post(f"{APP}/tokens/refresh", data=body, content_type="application/json")
        assert answer.status_code in {400, 401}, body[:30]
    assert client.get(f"{APP}/tokens/refresh").status_code == 405
    for closed in (
        "auth/signup",
        "auth/password/request",
        "account/email",
        "account/phone",
        "auth/reauthenticate",
    ):
        assert client.post(f"{APP}/{closed}").status_code == 404


def test_deactivation_by_the_service(signed_in: dict[str, Any], borrower: User) -> None:
    services.deactivate(actor=SystemActor("test"), user_id=borrower.pk)
    assert who(signed_in["access_token"]).status_code == 401
