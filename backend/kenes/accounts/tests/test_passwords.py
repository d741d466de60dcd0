"""What makes a password good, and changing one's own through the API."""

from typing import Any

import pytest

from conftest import PRODUCT_HASHERS, ApiClient
from kenes.accounts import password_rules
from kenes.accounts.models import TrustedDevice, User
from kenes.accounts.testing import prove
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.messaging.models import Message

from .conftest import PASSWORD


@pytest.mark.parametrize(
    "password",
    ["1234567890", "qwertyuiop", "QWERTYUIOP", "Йцукенгшщз", "Пароль12345", "password 123", "ｐａｓｓｗｏｒｄ１２３",
     "aaaaaaaaaaaa", "abcabcabcabc", "Kenes-Hub-2026", "Кеңес 2026!!!"],
)  # fmt: skip
def test_common_passwords_are_found_in_every_form(password: str) -> None:
    assert password_rules.is_common(password)


@pytest.mark.parametrize(
    "password",
    ["four quiet rivers meet", "арман қоңыр бұлт 7", "00000000000000000001x", "correcthorsebatterystaple7z"],
)
def test_unusual_passwords_pass_whatever_they_are_made_of(password: str) -> None:
    password_rules.require_good(password)


def test_digits_alone_are_fine_when_nobody_uses_them() -> None:
    password_rules.require_good("739105528416")


def test_the_list_is_long_and_in_normal_form() -> None:
    import gzip

    with gzip.open(password_rules._LIST, "rt", encoding="utf-8") as lines:
        entries = [line.rstrip("\n") for line in lines]
    assert len(entries) > 100_000
    assert entries == sorted(set(entries))
    assert all(password_rules.normal_form(entry) == entry and len(entry) >= 10 for entry in entries[::50])


def set_password(client: Any, password: str) -> Any:
    return client.call("post", "/me/password/", {"password": password})


@pytest.mark.django_db
def test_a_new_password_needs_a_proof_and_ends_other_sessions(manager: User, api_for: Any) -> None:
    client, other = api_for(manager), api_for(manager)
    assert set_password(client, "four quiet rivers meet").json()["code"] == "auth.proof_required"
    prove(client)
    TrustedDevice.objects.create(user=manager, token_hash="x", expires_at=clock.now())
    assert set_password(client, "four quiet rivers meet").status_code == 204
    assert client.call("get", "/session/").json()["authenticated"] is True
    assert other.call("get", "/session/").json()["authenticated"] is False
    assert not TrustedDevice.objects.exists()
    assert EventRow.objects.get(type="person.password_changed").data["way"] == "own"
    assert Message.objects.get(kind="account_notice").address == "manager@example.com"
    body = {"email": "manager@example.com", "password": PASSWORD}
    assert ApiClient().call("post", "/auth/password/", body).status_code == 400


@pytest.mark.django_db
def test_outside_tests_passwords_are_hashed_slowly(manager: User, api_for: Any, settings: Any) -> None:
    """Other tests use a quick hasher (conftest.py); here those of the product. OWASP wants 600 000 rounds."""
    settings.PASSWORD_HASHERS = PRODUCT_HASHERS
    client = api_for(manager)
    prove(client)
    assert set_password(client, "four quiet rivers meet").status_code == 204
    manager.refresh_from_db()
    algorithm, rounds, _salt, _hash = manager.password.split("$")
    assert algorithm == "pbkdf2_sha256" and int(rounds) >= 600_000
    assert manager.check_password("four quiet rivers meet")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("password", "reason"),
    [("nine char", "too_short"), ("password123", "too_common"), ("manager@example.com", "too_similar"), ("Динара Ахметова", "too_similar")],
)  # fmt: skip
def test_a_weak_password_is_refused_with_its_reason(
    manager: User, api_for: Any, password: str, reason: str
) -> None:
    client = api_for(manager)
    prove(client)
    answer = set_password(client, password)
    assert answer.status_code == 400
    assert (answer.json()["errors"][0]["pointer"], answer.json()["errors"][0]["code"]) == (
        "/password",
        reason,
    )
    manager.refresh_from_db()
    assert manager.check_password(PASSWORD)


@pytest.mark.django_db
def test_a_borrower_may_have_a_password_too(borrower: User, api_for: Any) -> None:
    client = api_for(borrower)
    prove(client)
    assert set_password(client, "four quiet rivers meet").status_code == 204
    assert client.call("get", "/session/").json()["user"]["has_password"] is True
