"""Passkeys through the API, with a software authenticator: as second step, as the only login, and attacks on both."""

import copy
from typing import Any

import pytest

from conftest import ApiClient
from kenes.accounts import services
from kenes.accounts.models import User
from kenes.accounts.testing import TOTP_SECRET, enrol, prove

from .authenticator import RP_ID, SoftPasskey, app_code, b64
from .conftest import PASSWORD, SYSTEM

pytestmark = pytest.mark.django_db
EMAIL = "manager@example.com"


def first_step(client: Any) -> Any:
    return client.call("post", "/auth/password/", {"email": EMAIL, "password": PASSWORD})


def add(client: Any, key: SoftPasskey, name: str = "Phone") -> Any:
    options = client.call("get", "/me/second-factors/passkeys/").json()["options"]
    body = {"name": name, "credential": key.create(options)}
    return client.call("post", "/me/second-factors/passkeys/", body)


def sign_in(client: Any, key: SoftPasskey, **changes: Any) -> Any:
    options = client.call("get", "/auth/passkey/").json()["options"]
    return client.call("post", "/auth/passkey/", {"credential": key.get(options, **changes)})


@pytest.fixture
def key(manager: User) -> SoftPasskey:
    """A passkey that the manager has set up."""
    client, key = ApiClient(), SoftPasskey()
    assert first_step(client).status_code == 200
    answer = add(client, key)
    assert answer.status_code == 200, answer.content
    return key


def test_the_options_ask_for_a_key_of_this_site_that_checks_its_owner(api: Any, manager: User) -> None:
    first_step(api)
    options = api.call("get", "/me/second-factors/passkeys/").json()["options"]
    assert options["rp"] == {"id": RP_ID, "name": "Kenes Hub"}
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["user"]["name"] == EMAIL
    assert options["user"]["displayName"] == manager.full_name


def test_the_first_passkey_opens_the_rights_of_staff_and_brings_recovery_codes(
    api: Any, manager: User
) -> None:
    first_step(api)
    other = ApiClient()
    first_step(other)
    answer = add(api, SoftPasskey(), "Рабочий телефон").json()
    assert answer["item"]["name"] == "Рабочий телефон"
    assert answer["item"]["kind"] == "passkey"
    assert len(set(answer["recovery_codes"])) == 10
    assert api.call("get", "/session/").json()["user"]["held_back"] == ""
    assert other.call("get", "/session/").json()["authenticated"] is False


def test_a_passkey_is_enough_to_sign_in(api: Any, key: SoftPasskey, manager: User) -> None:
    api.call("get", "/auth/passkey/")
    before = api.cookies["sessionid"].value
    answer = sign_in(api, key)
    assert answer.status_code == 200, answer.content
    user = answer.json()["user"]
    assert (user["id"], user["held_back"], user["is_fresh"]) == (str(manager.pk), "", False)
    assert api.cookies["sessionid"].value != before
    assert sign_in_again(api) == "auth.already_signed_in"


def sign_in_again(client: Any) -> str:
    return str(client.call("get", "/auth/passkey/").json()["code"])


def test_a_passkey_passes_the_second_step(api: Any, key: SoftPasskey) -> None:
    assert first_step(api).json()["methods"] == ["passkey", "recovery_code"]
    options = api.call("get", "/auth/second-step/passkey/").json()["options"]
    assert [entry["id"] for entry in options["allowCredentials"]] == [b64(key.credential_id)]
    body = {"credential": key.get(options), "trust": True}
    answer = api.call("post", "/auth/second-step/passkey/", body)
    assert (answer.status_code, "kenes_trusted" in answer.cookies) == (200, True)


def test_an_answer_works_for_one_challenge_only(api: Any, key: SoftPasskey) -> None:
    options = api.call("get", "/auth/passkey/").json()["options"]
    credential = key.get(options)
    other = ApiClient()
    other.call("get", "/auth/passkey/")
    answer = other.call("post", "/auth/passkey/", {"credential": credential})
    assert (answer.status_code, answer.json()["code"]) == (400, "auth.passkey_refused")
    broken = copy.deepcopy(credential)
    broken["response"]["signature"] = b64(b"x" * 70)
    assert api.call("post", "/auth/passkey/", {"credential": broken}).status_code == 400
    # A failed try uses the challenge up.
    assert api.call("post", "/auth/passkey/", {"credential": credential}).status_code == 400
    assert sign_in(api, key).status_code == 200
    api.call("post", "/auth/logout/", {})
    assert api.call("post", "/auth/passkey/", {"credential": credential}).status_code == 400


@pytest.mark.parametrize(
    "origin",
    [
        "http://localhost:3000",
        "https://evil.example",
        "http://sub.localhost:8080",
        "http://localhost:8080.evil",
    ],
)
def test_answers_given_to_another_site_are_refused(api: Any, key: SoftPasskey, origin: str) -> None:
    key.origin = origin
    assert sign_in(api, key).json()["code"] == "auth.passkey_refused"


def test_a_key_that_did_not_check_its_owner_is_refused(api: Any, key: SoftPasskey) -> None:
    key.verified = False
    assert sign_in(api, key).status_code == 400


def test_a_key_made_without_checking_its_owner_is_not_kept(api: Any, manager: User) -> None:
    first_step(api)
    assert add(api, SoftPasskey(verified=False)).json()["code"] == "auth.passkey_refused"
    assert api.call("get", "/me/second-factors/").json()["items"] == []


def test_the_key_of_another_person_does_not_pass(api: Any, key: SoftPasskey) -> None:
    stranger, client = SoftPasskey(), ApiClient()
    user = services.create_staff_account(
        actor=SYSTEM, email="other@example.com", full_name="Other", language="ru", password=PASSWORD,
        roles=["manager"],
    )  # fmt: skip
    client.call("post", "/auth/password/", {"email": "other@example.com", "password": PASSWORD})
    add(client, stranger)
    first_step(api)
    options = api.call("get", "/auth/second-step/passkey/").json()["options"]
    answer = api.call("post", "/auth/second-step/passkey/", {"credential": stranger.get(options)})
    assert answer.json()["code"] == "auth.passkey_refused"
    # A handle that names the other person does not make a key his.
    other = b64(user.pk.hex.encode())
    assert sign_in(ApiClient(), key, userHandle=other).status_code == 400


def test_a_closed_account_cannot_use_its_key(api: Any, key: SoftPasskey, manager: User) -> None:
    User.objects.filter(pk=manager.pk).update(is_active=False)
    assert sign_in(api, key).json()["code"] == "auth.passkey_refused"


def test_a_copied_key_is_noticed_by_its_counter(api: Any, manager: User) -> None:
    key, client = SoftPasskey(counter=5), ApiClient()
    first_step(client)
    add(client, key)
    clone = copy.copy(key)
    assert sign_in(api, key).status_code == 200
    assert sign_in(ApiClient(), clone).status_code == 400


def test_more_keys_need_a_proof_and_the_same_key_is_not_offered_twice(api: Any, manager: User) -> None:
    first_step(api)
    key = SoftPasskey()
    add(api, key)
    assert api.call("get", "/me/second-factors/passkeys/").json()["code"] == "auth.proof_required"
    prove(api)
    options = api.call("get", "/me/second-factors/passkeys/").json()["options"]
    assert [entry["id"] for entry in options["excludeCredentials"]] == [b64(key.credential_id)]
    body = {"credential": SoftPasskey().create(options)}
    answer = api.call("post", "/me/second-factors/passkeys/", body).json()
    assert answer["recovery_codes"] is None


def test_a_passkey_and_an_app_can_stand_side_by_side(api: Any, key: SoftPasskey, manager: User) -> None:
    enrol(manager)
    assert first_step(api).json()["methods"] == ["totp", "passkey", "recovery_code"]
    answer = api.call("post", "/auth/second-step/", {"code": app_code(TOTP_SECRET)})
    assert answer.status_code == 200


CREDENTIALS = [{"id": 1}, {"id": "a", "rawId": "a"}, {"id": "a", "rawId": "a", "type": "public-key", "response": {}},
               {"id": "a", "rawId": "a", "type": "public-key", "response": {"clientDataJSON": "!!", "attestationObject": "oA"}},
               {"id": "a" * 5000, "rawId": "\x00", "type": [], "response": {"attestationObject": {"a": 1}}}]  # fmt: skip


@pytest.mark.parametrize("credential", CREDENTIALS)
def test_odd_credentials_are_refused_not_crashes(api: Any, manager: User, credential: Any) -> None:
    first_step(api)
    api.call("get", "/me/second-factors/passkeys/")
    answer = api.call("post", "/me/second-factors/passkeys/", {"credential": credential})
    assert answer.status_code == 400
    client = ApiClient()
    client.call("get", "/auth/passkey/")
    assert client.call("post", "/auth/passkey/", {"credential": credential}).status_code == 400
