"""Reference data, people and cases for the tests of cases."""

from collections.abc import Iterator
from datetime import date

import pytest

from kenes.accounts import services as account_services
from kenes.accounts.models import Role, User
from kenes.cases import testing
from kenes.foundation import clock
from kenes.foundation.actor import SystemActor

SYSTEM = SystemActor("test")
TODAY = date(2026, 11, 18)


@pytest.fixture
def reference(db: None) -> None:
    testing.load_reference_data()


@pytest.fixture
def today() -> Iterator[date]:
    with clock.demo_today(TODAY):
        yield TODAY


@pytest.fixture
def borrower(reference: None) -> User:
    return testing.make_borrower()


def make_staff(email: str, role: Role) -> User:
    return account_services.create_staff_account(
        actor=SYSTEM, email=email, full_name=f"{email.split('@')[0].title()} Ахметова", language="ru",
        password="a long staff password", roles=[role],
    )  # fmt: skip


@pytest.fixture
def manager(db: None) -> User:
    return make_staff("manager@example.com", Role.MANAGER)


@pytest.fixture
def other_manager(db: None) -> User:
    return make_staff("other@example.com", Role.MANAGER)


@pytest.fixture
def supervisor(db: None) -> User:
    return make_staff("supervisor@example.com", Role.SUPERVISOR)


@pytest.fixture
def admin(db: None) -> User:
    return make_staff("admin@example.com", Role.ADMIN)
