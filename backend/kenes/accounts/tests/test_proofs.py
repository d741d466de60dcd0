"""Proof that it is still the same person, through the API."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession

from conftest import ApiClient
from kenes.accounts.models import OneTimeCode, User
from kenes.accounts.sessions import SessionStore
from kenes.accounts.testing import TOTP_SECRET
from kenes.foundation import clock

from .authenticator import SoftPasskey, app_code, wrong_app_code
from .conftest import PASSWORD, PHONE, wrong

pytestmark = pytest.mark.django_db


def ways(client: Any) -> Any:
    return client.call("get", "/auth/proof/").json()


def prove(client: Any, method: str, value: str) -> Any:
    return client.call("post", "/auth/proof/", {"method": method, "value": value})


def is_fresh(client: Any) -> bool:
    return bool(client.call("get", "/session/").json()["user"]["is_fresh"])


def test_each_person_has_the_ways_that_fit(
    borrower: User, manager: User, api_for: Any, settings: Any
) -> None:
    assert ways(api_for(borrower)) == {"methods": ["code"], "code_to": "+7 ••• ••• 12 34"}
    # A message is weaker than the factor somebody has chosen, so it is not offered beside it.
    assert ways(api_for(manager)) == {"methods": ["password", "totp"], "code_to": None}
    borrower.set_password("some password of his")
    borrower.save()
    assert ways(api_for(borrower))["methods"] == ["password", "code"]
    assert ApiClient().call("get", "/auth/proof/").status_code == 401


def test_a_password_opens_sensitive_steps_for_five_minutes(manager: User, api_for: Any) -> None:
    client = api_for(manager)
    assert client.call("post", "/me/sessions/end-all/", {}).json()["code"] == "auth.proof_required"
    before = client.cookies["sessionid"].value
    answer = prove(client, "password", PASSWORD)
    assert answer.status_code == 200
    assert is_fresh(client)
    # The key from before is worth nothing any more.
    assert client.cookies["sessionid"].value != before
    old = ApiClient()
    old.cookies["sessionid"] = before
    assert old.call("get", "/session/").json()["authenticated"] is False
    session = SessionStore(client.cookies["sessionid"].value)
    session["account_authentication_methods"][-1]["at"] = time.time() - 301
    session.save()
    assert not is_fresh(client)
    assert client.call("post", "/me/sessions/end-all/", {}).json()["code"] == "auth.proof_required"


def test_signing_in_is_not_a_proof(api: Any, borrower: User, last_code: Callable[..., str]) -> None:
    api.call("post", "/auth/phone/", {"phone": PHONE})
    api.call("post", "/auth/phone/confirm/", {"code": last_code()})
    assert not is_fresh(api)
    assert api.call("post", "/me/sessions/end-all/", {}).json()["code"] == "auth.proof_required"


def test_the_list_of_sessions_follows_the_new_key(
    api: Any, borrower: User, last_code: Callable[..., str]
) -> None:
    api.call("post", "/auth/phone/", {"phone": PHONE})
    api.call("post", "/auth/phone/confirm/", {"code": last_code()})
    api.call("post", "/auth/proof/code/", {})
    assert prove(api, "code", last_code()).status_code == 200
    assert UserSession.objects.get().session_key == api.cookies["sessionid"].value
    assert [item["is_current"] for item in api.call("get", "/me/sessions/").json()["items"]] == [True]


def test_a_wrong_password_is_a_field_error(manager: User, api_for: Any) -> None:
    answer = prove(api_for(manager), "password", "wrong")
    assert answer.status_code == 400
    assert (answer.json()["errors"][0]["pointer"], answer.json()["errors"][0]["code"]) == (
        "/value",
        "incorrect_password",
    )


def test_a_code_of_the_app_proves_once(manager: User, api_for: Any) -> None:
    client = api_for(manager)
    code = app_code(TOTP_SECRET)
    assert prove(client, "totp", wrong_app_code(TOTP_SECRET)).json()["errors"][0]["code"] == "incorrect_code"
    assert prove(client, "totp", code).status_code == 200
    assert prove(client, "totp", code).status_code == 400
    # Nor does a code that has proved something sign in.
    other = ApiClient()
    other.call("post", "/auth/password/", {"email": "manager@example.com", "password": PASSWORD})
    assert other.call("post", "/auth/second-step/", {"code": code}).status_code == 400


def test_a_code_by_sms_proves(borrower: User, api_for: Any, last_code: Callable[..., str]) -> None:
    client = api_for(borrower)
    answer = client.call("post", "/auth/proof/code/", {})
    assert answer.status_code == 202
    assert answer.json() == {
        "masked_phone": "+7 ••• ••• 12 34", "masked_email": "", "expires_in_seconds": 180, "resend_after_seconds": 30,
    }  # fmt: skip
    answer = prove(client, "code", wrong(last_code()))
    error = answer.json()["errors"][0]
    assert (error["pointer"], error["code"], error["tries_left"]) == ("/value", "incorrect_code", 2)
    assert prove(client, "code", last_code()).status_code == 200
    assert is_fresh(client)
    assert prove(client, "code", last_code()).json()["code"] == "auth.code_expired"


def test_a_sent_code_is_bound_to_the_browser_that_asked(
    borrower: User, api_for: Any, last_code: Callable[..., str]
) -> None:
    client, other = api_for(borrower), api_for(borrower)
    client.call("post", "/auth/proof/code/", {})
    assert prove(other, "code", last_code()).json()["code"] == "auth.code_expired"
    assert prove(client, "code", last_code()).status_code == 200


def test_a_sent_code_ends_by_tries_and_by_time(
    borrower: User, api_for: Any, last_code: Callable[..., str]
) -> None:
    client = api_for(borrower)
    client.call("post", "/auth/proof/code/", {})
    code = last_code()
    assert [prove(client, "code", wrong(code)).status_code for _round in range(3)] == [400, 400, 409]
    assert prove(client, "code", code).json()["code"] == "auth.code_spent"
    OneTimeCode.objects.update(resend_at=clock.now() - timedelta(seconds=1))
    assert client.call("post", "/auth/proof/code/", {}).status_code == 202
    OneTimeCode.objects.filter(closed_at__isnull=True).update(expires_at=clock.now() - timedelta(seconds=1))
    assert prove(client, "code", last_code()).json()["code"] == "auth.code_expired"


def test_ways_that_the_person_does_not_have_are_refused(borrower: User, manager: User, api_for: Any) -> None:
    assert prove(api_for(borrower), "totp", "123456").json()["code"] == "auth.proof_not_possible"
    assert prove(api_for(borrower), "password", "!").json()["code"] == "auth.proof_not_possible"
    client = api_for(manager)
    assert client.call("post", "/auth/proof/code/", {}).json()["code"] == "auth.proof_not_possible"
    assert client.call("get", "/auth/proof/passkey/").json()["code"] == "auth.proof_not_possible"
    assert prove(client, "voice", "x").status_code == 400


def test_a_passkey_proves(manager: User) -> None:
    client, key = ApiClient(), SoftPasskey()
    client.call("post", "/auth/password/", {"email": "manager@example.com", "password": PASSWORD})
    options = client.call("get", "/me/second-factors/passkeys/").json()["options"]
    client.call("post", "/me/second-factors/passkeys/", {"credential": key.create(options)})
    assert ways(client)["methods"] == ["password", "passkey"]
    options = client.call("get", "/auth/proof/passkey/").json()["options"]
    answer = client.call("post", "/auth/proof/passkey/", {"credential": key.get(options)})
    assert answer.status_code == 200, answer.content
    assert is_fresh(client)
    stranger = SoftPasskey()
    options = client.call("get", "/auth/proof/passkey/").json()["options"]
    stranger.user_handle = key.user_handle
    assert (
        client.call("post", "/auth/proof/passkey/", {"credential": stranger.get(options)}).status_code == 400
    )


def test_wrong_proofs_are_counted_together_with_those_of_the_second_step(manager: User, api_for: Any) -> None:
    client = api_for(manager)
    statuses = [prove(client, "password", "wrong").status_code for _round in range(3)]
    statuses += [prove(client, "totp", wrong_app_code(TOTP_SECRET)).status_code for _round in range(3)]
    assert statuses == [400] * 5 + [429]
    assert prove(client, "password", PASSWORD).status_code == 429


GARBAGE = [None, [], {}, {"method": "password"}, {"method": "password", "value": "\x00"}, {"method": "totp", "value": "\ud800"},
           {"method": ["code"], "value": "1"}, {"method": "code", "value": 5}, {"method": "code", "value": "9" * 300}]  # fmt: skip


@pytest.mark.parametrize("body", GARBAGE)
def test_odd_bodies_are_refused_not_crashes(borrower: User, api_for: Any, body: Any) -> None:
    assert api_for(borrower).call("post", "/auth/proof/", body).status_code in {400, 409, 415}
