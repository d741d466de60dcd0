"""Open sessions through the API: list, end one, end all, and what ends them at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache

from conftest import ApiClient
from kenes.accounts import live_sessions, services, user_agents
from kenes.accounts.models import Role, User
from kenes.accounts.testing import enrol, prove
from kenes.event_log.models import EventRow
from kenes.foundation import clock

from .conftest import PHONE, SYSTEM, make_borrower

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"


@pytest.fixture
def sign_in(borrower: User, last_code: Callable[..., str], settings: Any) -> Callable[..., ApiClient]:
    settings.ALLOWANCES = {**settings.ALLOWANCES, "number_minute": (100, 60)}

    def make(agent: str = CHROME) -> ApiClient:
        client = ApiClient(HTTP_USER_AGENT=agent)
        client.call("post", "/auth/phone/", {"phone": PHONE})
        assert client.call("post", "/auth/phone/confirm/", {"code": last_code()}).status_code == 200
        return client

    return make


def items(client: Any) -> list[dict[str, Any]]:
    return list(client.call("get", "/me/sessions/").json()["items"])


def is_in(client: Any) -> bool:
    return bool(client.call("get", "/session/").json()["authenticated"])


def test_the_list_names_devices_and_the_current_one(sign_in: Any) -> None:
    one, other = sign_in(), sign_in(IPHONE)
    shown = items(one)
    assert sorted((item["device"], item["is_current"]) for item in shown) == [
        ("Chrome, Windows", True),
        ("Safari, iPhone", False),
    ]
    assert {item["kind"] for item in shown} == {"browser"}
    assert {item["ip"] for item in shown} == {"127.0.0.1"}
    assert len(items(other)) == 2


def test_one_session_can_be_ended_from_another(sign_in: Any) -> None:
    one, other = sign_in(), sign_in(IPHONE)
    target = next(item["id"] for item in items(one) if not item["is_current"])
    assert one.call("delete", f"/me/sessions/{target}/").status_code == 204
    assert (is_in(one), is_in(other)) == (True, False)
    assert one.call("delete", f"/me/sessions/{target}/").status_code == 404
    for odd in ("0", "9" * 30, "x", "-1"):
        assert one.call("delete", f"/me/sessions/{odd}/").status_code == 404


def test_the_session_of_another_person_is_out_of_reach(sign_in: Any, api_for: Any) -> None:
    victim = sign_in()
    target = UserSession.objects.get().pk
    stranger = api_for(make_borrower("+77015550000"))
    assert stranger.call("delete", f"/me/sessions/{target}/").status_code == 404
    assert is_in(victim)
    assert items(stranger) == []


def test_all_other_sessions_can_be_ended(sign_in: Any) -> None:
    one, other = sign_in(), sign_in(IPHONE)
    prove(one)
    assert one.call("post", "/me/sessions/end-all/", {}).status_code == 204
    assert (is_in(one), is_in(other)) == (True, False)
    assert [item["is_current"] for item in items(one)] == [True]
    assert EventRow.objects.filter(type="person.sessions_ended").count() == 1


def test_all_sessions_can_be_ended_with_the_own_one(sign_in: Any) -> None:
    one, other = sign_in(), sign_in(IPHONE)
    prove(one)
    assert one.call("post", "/me/sessions/end-all/", {"keep_current": False}).status_code == 204
    assert (is_in(one), is_in(other)) == (False, False)
    assert not UserSession.objects.exists()


def test_ending_all_tells_who_keeps_tokens(borrower: User) -> None:
    told: list[tuple[Any, str]] = []
    live_sessions.on_end_all(lambda person_id, kept: told.append((person_id, kept)))
    try:
        live_sessions.end_all(user_id=borrower.pk)
    finally:
        live_sessions._handlers.pop()
    assert told == [(borrower.pk, "")]


def ways_to_lose_everything() -> list[Any]:
    return [
        pytest.param(lambda user: services.deactivate(actor=SYSTEM, user_id=user.pk), id="deactivated"),
        pytest.param(
            lambda user: services.revoke_role(actor=SYSTEM, user_id=user.pk, role=Role.MANAGER),
            id="role lost",
        ),
        pytest.param(lambda user: live_sessions.end_all(user_id=user.pk), id="ended"),
    ]


@pytest.mark.parametrize("lose", ways_to_lose_everything())
def test_every_door_closes_at_once(manager: User, api_for: Any, lose: Callable[[User], None]) -> None:
    client = api_for(manager)
    doors = [
        "/consents/",
        "/me/second-factors/",
        "/me/sessions/",
        "/auth/proof/",
        "/cases/",
        "/staff/managers/",
    ]
    assert {client.call("get", door).status_code for door in doors} == {200}
    lose(manager)
    assert {client.call("get", door).status_code for door in doors} == {401}
    assert not is_in(client)


def test_a_role_that_was_not_held_ends_nothing(manager: User, api_for: Any) -> None:
    client = api_for(manager)
    services.revoke_role(actor=SYSTEM, user_id=manager.pk, role=Role.ADMIN)
    assert is_in(client)


def test_use_is_noted_once_in_five_minutes_and_without_more_queries(
    sign_in: Any, django_assert_num_queries: Any
) -> None:
    client = sign_in()
    long_ago = clock.now() - timedelta(minutes=30)
    UserSession.objects.update(last_seen_at=long_ago)
    with django_assert_num_queries(4):  # session, person, roles, second factor: signed in just now
        client.call("get", "/session/")
    assert UserSession.objects.get().last_seen_at == long_ago
    cache.clear()
    with django_assert_num_queries(6):  # two more: is it over, and note its use
        client.call("get", "/session/")
    assert UserSession.objects.get().last_seen_at > long_ago + timedelta(minutes=20)
    with django_assert_num_queries(4):
        client.call("get", "/session/")


def test_the_list_costs_the_same_for_many_sessions(sign_in: Any, django_assert_num_queries: Any) -> None:
    clients = [sign_in() for _round in range(4)]
    with django_assert_num_queries(6):  # session, person, roles, person, list, which are alive
        assert len(items(clients[-1])) == 4


def test_trusted_browsers_can_be_forgotten(manager: User, api_for: Any) -> None:
    client = api_for(enrol(manager))
    answer = client.call("delete", "/me/trusted-devices/")
    assert answer.status_code == 204
    assert answer.cookies["kenes_trusted"]["max-age"] == 0


@pytest.mark.parametrize(
    ("header", "shown"),
    [
        (CHROME, "Chrome, Windows"),
        (IPHONE, "Safari, iPhone"),
        (CHROME + " YaBrowser/25.1", "Yandex Browser, Windows"),
        (CHROME + " Edg/142.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/142.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_devices_have_readable_names(header: str, shown: str) -> None:
    assert user_agents.describe(header) == shown
