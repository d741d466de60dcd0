"""Reference data, a borrower's case and specialists for these tests."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest

from kenes.accounts.models import User
from kenes.cases import testing
from kenes.cases.models import Case
from kenes.cases.tests.people_of_cases import actor_of, specialist
from kenes.foundation import clock
from kenes.specialists import pages
from kenes.specialists.models import Host

TODAY = date(2026, 11, 18)
NOON = clock.datetime(2026, 11, 18, 12, 0, tzinfo=clock.ZoneInfo("Asia/Almaty"))


@pytest.fixture
def now() -> Iterator[None]:
    """A Wednesday at noon in Almaty."""
    with clock.frozen(NOON), clock.demo_today(TODAY):
        yield


@pytest.fixture
def borrower(db: None, now: None) -> User:
    testing.load_reference_data()
    return testing.make_borrower()


@pytest.fixture
def case(borrower: User) -> Case:
    # A story that a manager sorts: no letter is begun by itself.
    told = [{"kind": "COLLECTOR_CONTACT", "date": "2026-11-17", "text": "Звонили в выходной"}]
    return testing.make_case(borrower, events=told)


@pytest.fixture
def lawyer(db: None, now: None) -> User:
    return specialist("lawyer", "+77015550411", "lawyer@example.com")


def open_page(user: User, kind: str = "lawyer", **more: Any) -> Host:
    """A listed page with hours on every weekday from ten to one."""
    form = {
        "about": "", "languages": ("ru",), "city": "Алматы", "online": True, "works_since": 2015, "listed": True,
        "minutes": 45, "break_minutes": 15, "fee_tiyn": 0, "office": "", "link": "https://meet.example.com/1",
    }  # fmt: skip
    actor = actor_of(user)
    pages.write_page(actor=actor, kind=kind, form=pages.PageForm(**{**form, **more}))
    rules = [(day, time(10), time(13), date(2026, 1, 1), None) for day in range(5)]
    return pages.write_hours(actor=actor, kind=kind, rules=rules)
