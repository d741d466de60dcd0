"""Lists at size: the plans use the indexes, whoever asks, and the number of queries does not grow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kenes.accounts.models import User
from kenes.accounts.selectors import actor_for
from kenes.cases import testing
from kenes.cases.lists import listing
from kenes.cases.lists.list_filters import Filters
from kenes.foundation import pagination

pytestmark = [pytest.mark.django_db, pytest.mark.soak]
SIZE = 20_000


@pytest.fixture
def full(reference: None, staff: Callable[..., User]) -> dict[str, User]:
    people = {"supervisor": staff("supervisor"), "manager": staff("manager"), "other": staff("manager")}
    testing.bulk_cases(SIZE)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return people


def plan(person: User, sort: str, **filters: Any) -> str:
    queryset = listing.ordered(listing.cases(actor=actor_for(person), filters=Filters(**filters)), sort)
    with CaptureQueriesContext(connection) as captured:
        pagination.page(
            queryset,
            key=listing.SORTS[sort],
            limit=25,
            joined=lambda picked: listing.with_people(picked, sort),
        )
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + captured.captured_queries[-1]["sql"])
        return "\n".join(row[0] for row in cursor.fetchall())


def test_lists_read_by_index(full: dict[str, User]) -> None:
    slow = []
    for role in ("supervisor", "manager"):
        for sort in listing.SORTS:
            for filters in (
                {},
                {"status": ["triage"]},
                {"assignee": "none"},
                {"query": "KH-2007-000123"},
                {"query": "Ахметов"},
            ):
                found = plan(full[role], sort, **filters)
                if "Seq Scan on cases_case" in found:
                    slow.append((role, sort, filters, found))
    assert not slow, "\n\n".join(f"{role} {sort} {filters}\n{found}" for role, sort, filters, found in slow)


def test_a_page_costs_the_same_however_many_cases(
    full: dict[str, User], browser: Callable[[User], Any]
) -> None:
    client, counts = browser(full["supervisor"]), []
    for limit in (1, 100):
        with CaptureQueriesContext(connection) as captured:
            assert len(client.get(f"/cases/?limit={limit}").json()["items"]) == limit
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 10
