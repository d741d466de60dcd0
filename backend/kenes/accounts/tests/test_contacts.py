"""Own e-mail and phone through the API: confirmed by a code, never a way to find out who is here."""

from collections.abc import Callable
from typing import Any

import pytest

from conftest import ApiClient
from kenes.accounts import services
from kenes.accounts.models import User
from kenes.accounts.testing import prove
from kenes.event_log.models import EventRow
from kenes.foundation import crypto
from kenes.foundation.values import PhoneNumber
from kenes.messaging.models import Message

from .conftest import PASSWORD, PHONE, digits_in, make_borrower, wrong

pytestmark = pytest.mark.django_db
EMAIL = "kairat@example.kz"
NEW_PHONE = "+77025550011"


def proven(client: Any) -> Any:
    prove(client)
    return client


def mailed(email: str = EMAIL) -> str:
    letters = Message.objects.filter(
        channel="email", address_hash=crypto.lookup_hash(email), kind="new_email"
    )
    return digits_in(letters.latest("created_at").body["text"])


def confirm(client: Any, what: str, code: str) -> Any:
    return client.call("post", f"/me/{what}/confirm/", {"code": code})


def test_an_address_counts_only_after_its_code(borrower: User, api_for: Any) -> None:
    client = api_for(borrower)
    assert client.call("post", "/me/email/", {"email": EMAIL}).json()["code"] == "auth.proof_required"
    proven(client)
    answer = client.call("post", "/me/email/", {"email": "Kairat@Example.kz"})
    assert (answer.status_code, answer.json()["masked_email"]) == (202, "k•••@example.kz")
    assert client.call("get", "/session/").json()["user"]["email"] is None
    assert confirm(client, "email", wrong(mailed())).json()["errors"][0]["tries_left"] == 2
    user = confirm(client, "email", mailed()).json()
    assert (user["email"], user["email_verified"]) == (EMAIL, True)
    assert EventRow.objects.filter(type="person.email_confirmed").count() == 1
    assert confirm(client, "email", mailed()).json()["code"] == "auth.code_expired"
    letter = Message.objects.get(kind="new_email")
    assert letter.sensitive
    assert "<!doctype html>" in letter.body["html"]


def test_the_address_before_is_told_of_the_change(manager: User, api_for: Any) -> None:
    client = proven(api_for(manager))
    client.call("post", "/me/email/", {"email": EMAIL})
    confirm(client, "email", mailed())
    notice = Message.objects.get(kind="account_notice")
    assert notice.address == "manager@example.com"
    answer = ApiClient().call(
        "post", "/auth/password/", {"email": "manager@example.com", "password": PASSWORD}
    )
    assert answer.status_code == 400
    answer = ApiClient().call("post", "/auth/password/", {"email": EMAIL, "password": PASSWORD})
    assert answer.json()["code"] == "auth.second_step_required"


def test_a_code_confirms_only_the_address_it_was_sent_to(borrower: User, api_for: Any) -> None:
    client = proven(api_for(borrower))
    client.call("post", "/me/email/", {"email": EMAIL})
    code = mailed()
    client.call("post", "/me/email/", {"email": "victim@example.kz"})
    assert confirm(client, "email", code).status_code == 400
    borrower.refresh_from_db()
    assert borrower.email is None


def test_a_taken_address_is_told_only_to_who_reads_its_mail(
    borrower: User, manager: User, api_for: Any
) -> None:
    client = proven(api_for(borrower))
    free = client.call("post", "/me/email/", {"email": EMAIL})
    taken = client.call("post", "/me/email/", {"email": "manager@example.com"})
    assert (free.status_code, set(free.json())) == (taken.status_code, set(taken.json()))
    answer = confirm(client, "email", mailed("manager@example.com"))
    assert (answer.status_code, answer.json()["code"]) == (409, "accounts.email_taken")


def test_an_address_that_somebody_only_wrote_down_goes_to_its_owner(borrower: User, api_for: Any) -> None:
    other = make_borrower("+77015550000")
    User.objects.filter(pk=other.pk).update(email=EMAIL)
    client = proven(api_for(borrower))
    client.call("post", "/me/email/", {"email": EMAIL})
    assert confirm(client, "email", mailed()).json()["email"] == EMAIL
    other.refresh_from_db()
    assert other.email is None


def test_an_unconfirmed_address_neither_signs_in_nor_recovers(
    manager: User, sms_count: Callable[[], int]
) -> None:
    User.objects.filter(pk=manager.pk).update(email_verified_at=None)
    body = {"email": "manager@example.com", "password": PASSWORD}
    assert ApiClient().call("post", "/auth/password/", body).json()["code"] == "auth.bad_credentials"
    assert ApiClient().call("post", "/auth/recovery/", {"email": body["email"]}).status_code == 202
    assert sms_count() == 0


def test_the_last_way_in_cannot_be_removed(borrower: User, manager: User, api_for: Any) -> None:
    client = proven(api_for(manager))
    assert client.call("delete", "/me/email/").json()["code"] == "auth.last_way_in"
    client = api_for(borrower)
    assert client.call("delete", "/me/email/").json()["code"] == "auth.proof_required"
    proven(client)
    client.call("post", "/me/email/", {"email": EMAIL})
    confirm(client, "email", mailed())
    assert client.call("delete", "/me/email/").json()["email"] is None
    assert Message.objects.filter(kind="account_notice").count() == 1


def test_a_new_number_is_confirmed_and_marked_as_new(
    borrower: User, api_for: Any, last_code: Callable[..., str]
) -> None:
    client = api_for(borrower)
    assert client.call("post", "/me/phone/", {"phone": NEW_PHONE}).json()["code"] == "auth.proof_required"
    proven(client)
    assert client.call("post", "/me/phone/", {"phone": "8 702 555 00 11"}).status_code == 202
    borrower.refresh_from_db()
    assert borrower.phone == PHONE
    answer = confirm(client, "phone", last_code(NEW_PHONE)).json()
    assert answer["masked_phone"] == PhoneNumber.parse(NEW_PHONE).masked()
    assert answer["phone_changed_at"] is not None
    borrower.refresh_from_db()
    assert borrower.phone_changed_at is not None
    assert borrower.phone_hash == crypto.lookup_hash(NEW_PHONE)
    assert EventRow.objects.filter(type="person.phone_changed").count() == 1
    api = ApiClient()
    api.call("post", "/auth/phone/", {"phone": NEW_PHONE})
    body = api.call("post", "/auth/phone/confirm/", {"code": last_code(NEW_PHONE)}).json()
    assert body["user"]["id"] == str(borrower.pk)


def test_the_same_number_again_is_not_a_change(
    borrower: User, api_for: Any, last_code: Callable[..., str]
) -> None:
    client = proven(api_for(borrower))
    client.call("post", "/me/phone/", {"phone": PHONE})
    assert confirm(client, "phone", last_code()).json()["phone_changed_at"] is None


def test_the_first_number_of_staff_is_no_change_and_no_role(
    manager: User, api_for: Any, last_code: Callable[..., str]
) -> None:
    client = proven(api_for(manager))
    client.call("post", "/me/phone/", {"phone": NEW_PHONE})
    user = confirm(client, "phone", last_code(NEW_PHONE)).json()
    assert (user["phone_changed_at"], user["roles"]) == (None, ["manager"])


def test_a_taken_number_is_told_only_to_who_has_it(
    borrower: User, api_for: Any, last_code: Callable[..., str]
) -> None:
    make_borrower(NEW_PHONE)
    client = proven(api_for(borrower))
    answer = client.call("post", "/me/phone/", {"phone": NEW_PHONE})
    assert answer.status_code == 202
    answer = confirm(client, "phone", last_code(NEW_PHONE))
    assert (answer.status_code, answer.json()["code"]) == (409, "accounts.phone_taken")
    borrower.refresh_from_db()
    assert borrower.phone == PHONE


def test_a_number_that_nobody_ever_confirmed_is_free(
    borrower: User, api_for: Any, last_code: Callable[..., str]
) -> None:
    services.ensure_account(phone=PhoneNumber.parse(NEW_PHONE), language="ru")
    client = proven(api_for(borrower))
    client.call("post", "/me/phone/", {"phone": NEW_PHONE})
    assert confirm(client, "phone", last_code(NEW_PHONE)).status_code == 200


def test_codes_for_new_numbers_have_the_caps_of_all_codes(
    borrower: User, api_for: Any, settings: Any, sms_count: Callable[[], int]
) -> None:
    settings.ALLOWANCES = {**settings.ALLOWANCES, "account_day": (3, 86400)}
    client = proven(api_for(borrower))
    statuses = [client.call("post", "/me/phone/", {"phone": f"+7702555000{n}"}).status_code for n in range(5)]
    assert statuses == [202, 202, 202, 429, 429]
    assert sms_count() == 3


@pytest.mark.parametrize("what", ["email", "phone"])
@pytest.mark.parametrize(
    "body",
    [None, [], {}, {"email": "имя@b.kz"}, {"email": "a\x00@b.kz"}, {"email": 5}, {"phone": "+12025550123"}, {"phone": "\ud800"},
     {"code": "\x00"}, {"code": "1" * 400}, {"email": "a" * 300 + "@b.kz"}],
)  # fmt: skip
def test_odd_bodies_are_refused_not_crashes(borrower: User, api_for: Any, what: str, body: Any) -> None:
    client = proven(api_for(borrower))
    assert client.call("post", f"/me/{what}/", body).status_code in {400, 415}
    assert client.call("post", f"/me/{what}/confirm/", body).status_code in {400, 409, 415}


def test_an_account_without_any_proof_may_add_its_first_number(
    db: None, api_for: Any, last_code: Any
) -> None:
    """It came by an outside login alone: nothing of it could be asked for."""
    visitor = User.objects.create_user("", None)
    User.objects.filter(pk=visitor.pk).update(email=None)
    client = api_for(User.objects.get(pk=visitor.pk))
    assert client.call("post", "/me/phone/", {"phone": NEW_PHONE}).status_code == 202
    assert client.call("post", "/me/email/", {"email": EMAIL}).json()["code"] == "auth.proof_required"
    assert confirm(client, "phone", last_code(NEW_PHONE)).status_code == 200
    assert client.call("get", "/session/").json()["user"]["roles"] == ["borrower"]
    assert client.call("post", "/me/phone/", {"phone": PHONE}).json()["code"] == "auth.proof_required"
