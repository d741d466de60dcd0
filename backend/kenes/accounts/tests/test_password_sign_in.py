"""Sign-in with a password: same answers for everybody, and limits."""

from typing import Any

import pytest

from conftest import ApiClient
from kenes.accounts import services
from kenes.accounts.models import User

from .conftest import PASSWORD, SYSTEM

pytestmark = pytest.mark.django_db


def by_password(api: Any, email: str, password: str) -> Any:
    return api.call("post", "/auth/password/", {"email": email, "password": password})


def test_staff_sign_in_with_a_password(api: Any, manager: User) -> None:
    answer = by_password(api, "Manager@Example.com", PASSWORD)
    assert answer.status_code == 200
    assert answer.json()["user"]["roles"] == ["manager"]
    assert answer.json()["user"]["masked_phone"] == ""
    assert by_password(api, "manager@example.com", PASSWORD).json()["code"] == "auth.already_signed_in"


def test_wrong_passwords_unknown_and_deactivated_accounts_look_the_same(
    api: Any, manager: User, borrower: User
) -> None:
    User.objects.filter(pk=borrower.pk).update(email="borrower@example.com")
    tries = [
        ("manager@example.com", "wrong"),
        ("nobody@example.com", PASSWORD),
        ("borrower@example.com", "!"),
    ]
    bodies = [by_password(api, *pair).json() for pair in tries]
    services.deactivate(actor=SYSTEM, user_id=manager.pk)
    bodies.append(by_password(api, "manager@example.com", PASSWORD).json())
    assert {body["code"] for body in bodies} == {"auth.bad_credentials"}
    assert len({body["detail"] for body in bodies}) == 1
    assert api.call("get", "/session/").json()["authenticated"] is False


def test_passwords_cannot_be_tried_without_end(manager: User) -> None:
    for _round in range(5):
        assert by_password(ApiClient(), "manager@example.com", "wrong").status_code == 400
    answer = by_password(ApiClient(), "manager@example.com", PASSWORD)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_an_address_cannot_try_one_password_on_many_accounts(db: None, settings: Any) -> None:
    settings.ADDRESS_LIMITS_FACTOR = 1
    statuses = [by_password(ApiClient(), f"p{n}@example.com", "wrong").status_code for n in range(11)]
    assert statuses == [400] * 10 + [429]


def test_right_passwords_do_not_use_up_the_allowance(manager: User, settings: Any) -> None:
    settings.ADDRESS_LIMITS_FACTOR = 1
    assert {
        by_password(ApiClient(), "manager@example.com", PASSWORD).status_code for _round in range(12)
    } == {200}
