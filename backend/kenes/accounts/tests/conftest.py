"""People and codes for the tests of accounts."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from kenes.accounts import services
from kenes.accounts.models import Role, User
from kenes.foundation import crypto
from kenes.foundation.actor import SystemActor
from kenes.foundation.values import PhoneNumber
from kenes.messaging.models import Message

PHONE = "+77015551234"
IIN = "870419390122"
OTHER_IIN = "920803397822"
PASSWORD = "a long staff password"
SYSTEM = SystemActor("test")


@pytest.fixture(autouse=True)
def _no_waiting(settings: Any) -> None:
    """The answer floor is tested by itself; elsewhere it would only slow the tests down."""
    settings.SIGN_IN_ANSWER_FLOOR_SECONDS = 0.0


@pytest.fixture(autouse=True)
def _one_origin(settings: Any) -> None:
    """Passkeys, issuers and callbacks belong to one origin, whatever address the stack beside has."""
    settings.PUBLIC_URL = "http://localhost:8080"
    settings.CSRF_TRUSTED_ORIGINS = ["http://localhost:8080"]


@pytest.fixture
def borrower(db: None) -> User:
    return make_borrower(PHONE)


@pytest.fixture
def manager(db: None) -> User:
    return services.create_staff_account(
        actor=SYSTEM, email="manager@example.com", full_name="Ахметова Динара", language="ru", password=PASSWORD,
        roles=[Role.MANAGER],
    )  # fmt: skip


@pytest.fixture
def last_code() -> Callable[..., str]:
    """The digits of the newest SMS to a number."""

    def read(phone: str = PHONE) -> str:
        sent = Message.objects.filter(address_hash=crypto.lookup_hash(phone))
        message = sent.order_by("-created_at").first()
        assert message is not None
        return digits_in(message.body["text"])

    return read


@pytest.fixture
def sms_count() -> Callable[[], int]:
    return lambda: Message.objects.count()


def make_borrower(phone: str) -> User:
    user = services.ensure_account(phone=PhoneNumber.parse(phone), language="ru")
    assert user is not None
    services.confirm_phone(user_id=user.pk)
    return User.objects.get(pk=user.pk)


def digits_in(text: str) -> str:
    found = re.search(r"\b\d{6}\b", text)
    assert found is not None
    return found[0]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"
