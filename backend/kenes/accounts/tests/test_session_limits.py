"""Sessions end without use and after their time; those of staff sooner."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client

from kenes.accounts.models import User
from kenes.accounts.testing import enrol
from kenes.foundation import clock

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def session_of(user: User, *, idle: timedelta, age: timedelta) -> Client:
    client = Client()
    client.force_login(enrol(user))
    key = client.cookies["sessionid"].value
    UserSession.objects.filter(session_key=key).delete()
    row = UserSession.objects.create(user=user, session_key=key, ip="203.0.113.7", user_agent="phone")
    now = clock.now()
    UserSession.objects.filter(pk=row.pk).update(last_seen_at=now - idle, created_at=now - age)
    cache.clear()
    return client


@pytest.mark.parametrize(
    ("who", "idle", "age", "lives"),
    [
        ("manager", HOUR * 0.9, HOUR * 11, True),
        ("manager", HOUR * 1.1, HOUR * 2, False),
        ("manager", HOUR * 0.1, HOUR * 13, False),
        ("borrower", HOUR * 30, DAY * 5, True),
        ("borrower", DAY * 15, DAY * 16, False),
        ("borrower", HOUR, DAY * 31, False),
    ],
)
def test_a_session_opens_only_within_its_limits(
    who: str, idle: timedelta, age: timedelta, lives: bool, request: pytest.FixtureRequest
) -> None:
    client = session_of(request.getfixturevalue(who), idle=idle, age=age)
    statuses = [client.get("/api/v1/consents/").status_code for _ in range(2)]
    assert statuses == [200 if lives else 401] * 2
    assert UserSession.objects.exists() is lives


def test_use_is_noted_without_a_write_per_request(borrower: User, django_assert_max_num_queries: Any) -> None:
    client = session_of(borrower, idle=HOUR, age=HOUR * 3)
    client.get("/api/v1/consents/")
    noted = UserSession.objects.get().last_seen_at
    assert clock.now() - noted < timedelta(minutes=1)
    client.get("/api/v1/consents/")
    assert UserSession.objects.get().last_seen_at == noted
