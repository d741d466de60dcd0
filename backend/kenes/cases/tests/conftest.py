"""Reference data, people and cases for the tests of cases."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from kenes.accounts import services as account_services
from kenes.accounts.models import Role, User
from kenes.cases import testing
from kenes.cases.lists import jobs
from kenes.cases.models import WORKING, ListJob
from kenes.foundation import clock
from kenes.foundation.actor import SystemActor
from kenes.outbox.models import OutboxRow

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


@pytest.fixture
def run_jobs() -> Callable[[], int]:
    """Only long work is run here: letters of the cases need templates that belong to an app above."""

    def run() -> int:
        pieces = 0
        while (job := ListJob.objects.filter(state__in=WORKING).first()) is not None:
            waiting = OutboxRow.objects.filter(handler=jobs.HANDLER, payload__step=job.step)
            assert waiting.filter(payload__job_id=str(job.pk)).exists()
            jobs.run_piece({"job_id": str(job.pk), "step": job.step})
            pieces += 1
        return pieces

    return run
