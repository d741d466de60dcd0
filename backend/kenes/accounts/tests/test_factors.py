"""A person's own second factors through the API."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from conftest import ApiClient
from kenes.accounts.models import User
from kenes.accounts.sessions import SessionStore
from kenes.accounts.testing import TOTP_SECRET, enrol, prove
from kenes.event_log.models import EventRow
from kenes.messaging.models import Message

from .authenticator import app_code, wrong_app_code
from .conftest import PASSWORD

pytestmark = pytest.mark.django_db


def staff_client() -> ApiClient:
    client = ApiClient()
    client.call("post", "/auth/password/", {"email": "manager@example.com", "password": PASSWORD})
    return client


def start(client: Any) -> Any:
    return client.call("post", "/me/second-factors/totp/start/", {})


def confirm(client: Any, code: str) -> Any:
    return client.call("post", "/me/second-factors/totp/", {"code": code})


def test_setting_up_the_app_opens_the_rights_of_staff_and_ends_other_sessions(manager: User) -> None:
    client, other = staff_client(), staff_client()
    started = start(client).json()
    assert started["secret"] in started["otpauth_url"]
    assert "issuer=Kenes%20Hub" in started["otpauth_url"]
    assert started["qr_svg"].lstrip().startswith("<?xml") or "<svg" in started["qr_svg"]
    before = client.cookies["sessionid"].value
    answer = confirm(client, app_code(started["secret"]))
    assert answer.status_code == 200, answer.content
    assert len(set(answer.json()["recovery_codes"])) == 10
    user = client.call("get", "/session/").json()["user"]
    assert (user["held_back"], user["has_second_factor"]) == ("", True)
    assert client.cookies["sessionid"].value != before
    assert other.call("get", "/session/").json()["authenticated"] is False
    assert EventRow.objects.filter(type="person.second_factor_added").count() == 1
    letter = Message.objects.get(channel="email")
    assert letter.address == "manager@example.com"
    # The code that set the app up cannot sign in as well.
    again = staff_client()
    answer = again.call("post", "/auth/second-step/", {"code": app_code(started["secret"])})
    assert answer.status_code == 400


def test_a_borrower_may_but_need_not_have_one(borrower: User, api_for: Any) -> None:
    client = api_for(borrower)
    assert client.call("get", "/me/second-factors/").json() == {"items": [], "required": False}
    secret = start(client).json()["secret"]
    assert confirm(client, app_code(secret)).status_code == 200
    items = client.call("get", "/me/second-factors/").json()["items"]
    assert sorted(item["kind"] for item in items) == ["recovery_codes", "totp"]
    prove(client)
    totp = next(item["id"] for item in items if item["kind"] == "totp")
    assert client.call("delete", f"/me/second-factors/{totp}/").status_code == 204
    assert client.call("get", "/me/second-factors/").json()["items"] == []


def test_a_wrong_code_leaves_nothing_behind(manager: User) -> None:
    client = staff_client()
    secret = start(client).json()["secret"]
    answer = confirm(client, wrong_app_code(secret))
    assert answer.json()["errors"][0]["code"] == "incorrect_code"
    assert not Authenticator.objects.exists()
    assert confirm(client, app_code(secret)).status_code == 200


def test_setting_up_must_be_started_and_ends_by_itself(manager: User) -> None:
    client = staff_client()
    assert confirm(client, "123456").json()["code"] == "auth.factor_not_started"
    secret = start(client).json()["secret"]
    session = SessionStore(client.cookies["sessionid"].value)
    session["kenes_totp_started_at"] -= 901
    session.save()
    assert confirm(client, app_code(secret)).json()["code"] == "auth.factor_not_started"


def test_the_secret_of_another_browser_does_not_count(manager: User) -> None:
    client, other = staff_client(), staff_client()
    secret = start(other).json()["secret"]
    start(client)
    assert confirm(client, app_code(secret)).status_code == 400


def test_codes_cannot_be_guessed_while_setting_up(manager: User) -> None:
    client = staff_client()
    secret = start(client).json()["secret"]
    statuses = [confirm(client, wrong_app_code(secret)).status_code for _round in range(6)]
    assert statuses == [400] * 5 + [429]


def test_replacing_the_app_needs_a_proof_and_voids_the_old_one(manager: User, api_for: Any) -> None:
    client = api_for(manager)
    assert start(client).json()["code"] == "auth.proof_required"
    assert confirm(client, "123456").json()["code"] == "auth.proof_required"
    prove(client)
    secret = start(client).json()["secret"]
    assert confirm(client, app_code(secret)).status_code == 200
    other = staff_client()
    assert other.call("post", "/auth/second-step/", {"code": app_code(TOTP_SECRET)}).status_code == 400
    assert other.call("post", "/auth/second-step/", {"code": app_code(secret, 1)}).status_code == 200


def test_staff_cannot_remove_the_last_factor(manager: User, api_for: Any) -> None:
    client = api_for(manager)
    totp = client.call("get", "/me/second-factors/").json()["items"][0]["id"]
    assert client.call("delete", f"/me/second-factors/{totp}/").json()["code"] == "auth.proof_required"
    prove(client)
    answer = client.call("delete", f"/me/second-factors/{totp}/")
    assert (answer.status_code, answer.json()["code"]) == (409, "auth.last_factor")


def test_new_recovery_codes_void_the_old_ones(manager: User, api_for: Any) -> None:
    client = api_for(manager)
    path = "/me/second-factors/recovery-codes/"
    assert client.call("post", path, {}).json()["code"] == "auth.proof_required"
    prove(client)
    first = client.call("post", path, {}).json()["recovery_codes"]
    second = client.call("post", path, {}).json()["recovery_codes"]
    assert len(first) == len(second) == 10
    assert not set(first) & set(second)
    other = staff_client()
    assert other.call("post", "/auth/second-step/", {"code": first[0]}).status_code == 400
    assert other.call("post", "/auth/second-step/", {"code": second[0]}).status_code == 200


def test_recovery_codes_need_a_factor(borrower: User, api_for: Any) -> None:
    client = api_for(borrower)
    prove(client)
    answer = client.call("post", "/me/second-factors/recovery-codes/", {})
    assert (answer.status_code, answer.json()["code"]) == (409, "auth.no_second_factor")


def test_factors_can_be_named(manager: User, api_for: Any) -> None:
    client = api_for(manager)
    totp = client.call("get", "/me/second-factors/").json()["items"][0]["id"]
    answer = client.call("patch", f"/me/second-factors/{totp}/", {"name": " Мой  телефон "})
    assert answer.json()["name"] == "Мой телефон"
    assert client.call("patch", f"/me/second-factors/{totp}/", {"name": "\x00"}).status_code == 400


@pytest.mark.parametrize("factor_id", ["0", "99999999999999999999999", "x", "-1", "1.5", "%00"])
def test_ids_that_are_none_are_not_found(manager: User, api_for: Any, factor_id: str) -> None:
    client = api_for(manager)
    prove(client)
    assert client.call("delete", f"/me/second-factors/{factor_id}/").status_code == 404
    assert client.call("patch", f"/me/second-factors/{factor_id}/", {"name": "x"}).status_code == 404


def test_the_factor_of_another_person_is_out_of_reach(manager: User, borrower: User, api_for: Any) -> None:
    enrol(manager)
    foreign = Authenticator.objects.get(user=manager).pk
    client = api_for(borrower)
    prove(client)
    assert client.call("patch", f"/me/second-factors/{foreign}/", {"name": "x"}).status_code == 404
    assert client.call("delete", f"/me/second-factors/{foreign}/").status_code == 404
    assert Authenticator.objects.filter(pk=foreign).exists()
