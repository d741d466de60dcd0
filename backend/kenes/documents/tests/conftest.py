"""Reference data, people, a case whose letter is prepared, and the real converters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import redis
from django.conf import settings

from kenes.accounts import services as account_services
from kenes.accounts.models import Role, User
from kenes.accounts.testing import an_actor
from kenes.cases import testing as cases
from kenes.cases.models import Case
from kenes.creditors import services as creditor_services
from kenes.creditors.models import Creditor
from kenes.documents import services, testing
from kenes.documents.models import Document, DocumentPackage
from kenes.documents.packages import making as package_making
from kenes.files import services as files
from kenes.files.converter import Pool
from kenes.foundation import clock
from kenes.foundation.actor import SystemActor

TODAY = date(2026, 11, 18)
SYSTEM = SystemActor("test")


@pytest.fixture(scope="session")
def leases() -> Iterator[redis.Redis]:
    client = redis.Redis.from_url(settings.CACHES["default"]["LOCATION"])
    yield client
    for key in client.scan_iter("kenes:converter-test*"):
        client.delete(key)
    client.close()


@pytest.fixture(scope="session")
def converter(leases: redis.Redis) -> Pool:
    """The real LibreOffice pool that the test services run."""
    if not settings.CONVERTER_URLS:
        pytest.fail("CONVERTER_URLS names no converter: start the test services with one")
    return Pool(addresses=tuple(settings.CONVERTER_URLS), leases=leases, prefix="kenes:converter-test")


@pytest.fixture
def today() -> Iterator[date]:
    with clock.demo_today(TODAY):
        yield TODAY


@pytest.fixture
def reference(db: None) -> None:
    cases.load_reference_data()
    testing.load_reference_data()


@pytest.fixture
def borrower(reference: None) -> User:
    return cases.make_borrower()


@pytest.fixture
def stranger(reference: None) -> User:
    return cases.make_borrower(phone="+77015550000", iin="920803397822", name="Есенұлы Бақытжан")


def make_staff(email: str, role: Role) -> User:
    return account_services.create_staff_account(
        actor=SYSTEM, email=email, full_name="Ахметова Динара", language="ru",
        password="a long staff password", roles=[role],
    )  # fmt: skip


@pytest.fixture
def manager(db: None) -> User:
    return make_staff("manager@example.com", Role.MANAGER)


@pytest.fixture
def supervisor(db: None) -> User:
    return make_staff("supervisor@example.com", Role.SUPERVISOR)


@pytest.fixture
def case(borrower: User, today: date) -> Case:
    """Submitted; its letter is not prepared yet."""
    return cases.make_case(borrower)


@pytest.fixture
def letter(case: Case, run_outbox: Callable[[], int]) -> Document:
    """The Russian letter of the case, ready to sign."""
    run_outbox()
    return Document.objects.get(case=case, language="ru")


def sign_and_seal(document: Document, *, signed: bool = False) -> Document:
    """What `signing` does with a letter, without its codes and seal."""
    if not signed:
        services.mark_signed(actor=SYSTEM, document_id=document.pk, signed_at=clock.now())
    file = files.store(
        data=b"%PDF-1.7 sealed", name="sealed.pdf", mime="application/pdf", origin="generated",
        owner_kind="document", owner_id=document.pk,
    )  # fmt: skip
    sealed = services.attach_sealed(
        actor=SYSTEM, document_id=document.pk, file_id=file.pk, sha256=file.sha256
    )
    # As if its package could not be made: what is tested here leaves without one. See test_packages.
    for package in DocumentPackage.objects.filter(document=document):
        DocumentPackage.objects.filter(pk=package.pk).update(status="failed")
        package_making.let_leave(package_id=package.pk, version=package.version)
    return sealed


def confirm_address(creditor: Creditor, value: str = "letters@bank.example") -> None:
    staff = an_actor("supervisor", user_id=make_staff(f"a{value}", Role.SUPERVISOR).pk)
    creditor_services.add_address(actor=staff, creditor_id=creditor.pk, kind="email", value=value)
    address: Any = creditor.addresses.get(value=value)
    creditor_services.confirm_address(actor=staff, creditor_id=creditor.pk, address_id=address.pk)
