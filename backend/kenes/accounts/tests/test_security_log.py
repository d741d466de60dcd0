"""The security log: what is in it, who reads it, in which words, at what cost."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kenes.accounts import consents, event_labels, security_log, services
from kenes.accounts.models import ConsentText, Role, User
from kenes.event_log import events
from kenes.foundation import clock
from kenes.foundation.actor import Actor

from .conftest import PASSWORD, PHONE, SYSTEM, make_borrower

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(db: None) -> User:
    return services.create_staff_account(
        actor=SYSTEM, email="boss@example.com", full_name="Ахметова Динара", language="ru", password=PASSWORD,
        roles=[Role.SUPERVISOR],
    )  # fmt: skip


@pytest.fixture
def person(db: None) -> User:
    services.load_reference_data()
    user = make_borrower(PHONE)
    text = ConsentText.objects.filter(kind="personal_data", language="ru").latest("version")
    consents.accept(actor=Actor(user.pk), kind=text.kind, version=1, sha256=text.sha256, ip="", user_agent="")
    consents.withdraw(actor=Actor(user.pk), kind=text.kind, reason="личное слово")
    return user


def test_entries_say_who_did_what_to_whom_in_the_language_of_the_reader(
    boss: User, person: User, api_for: Any
) -> None:
    client = api_for(boss)
    items = client.call("get", "/security-log/?limit=100", accept_language="ru").json()["items"]
    titles = [item["title"] for item in items]
    assert titles[0] == "Согласие отозвано" and "Выдана роль" in titles
    withdrawn = items[0]
    assert withdrawn["details"] == ["Обработка персональных данных"]
    assert "личное слово" not in str(items)
    kazakh = client.call("get", "/security-log/?limit=1", accept_language="kk").json()["items"][0]
    assert kazakh["title"] == "Келісім қайтарып алынды"
    assert [item["at"] for item in items] == sorted((item["at"] for item in items), reverse=True)


def test_filters_narrow_and_wrong_ones_are_named(boss: User, person: User, api_for: Any) -> None:
    client = api_for(boss)

    def found(query: str) -> list[str]:
        return [item["type"] for item in client.call("get", f"/security-log/?{query}").json()["items"]]

    assert found("type=consent.withdrawn") == ["consent.withdrawn"]
    assert set(found(f"person_id={person.pk}")) >= {"consent.accepted", "person.phone_confirmed"}
    assert found(f"actor_id={person.pk}") == ["consent.withdrawn", "consent.accepted"]
    tomorrow = (clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert found(f"since={tomorrow}") == [] and len(found(f"until={tomorrow}")) >= 5
    for query in (
        "type=no.such",
        "actor_id=5",
        "since=yesterday",
        "sort=at",
        "type=%00",
        "type=case.submitted",
    ):
        assert client.call("get", f"/security-log/?{query}").status_code == 400, query


def test_pages_cost_the_same_and_lose_nothing(boss: User, person: User, api_for: Any) -> None:
    client, costs = api_for(boss), []
    whole = [item["id"] for item in client.call("get", "/security-log/?limit=100").json()["items"]]
    for limit in (1, 5):
        with CaptureQueriesContext(connection) as queries:
            client.call("get", f"/security-log/?limit={limit}")
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 14
    collected: list[str] = []
    cursor = ""
    while True:
        page = client.call("get", f"/security-log/?limit=2&cursor={cursor}").json()
        collected += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"] or ""
        if not cursor:
            break
    assert collected == whole


def test_everybody_reads_his_own_entries_and_nobody_elses(boss: User, person: User, api_for: Any) -> None:
    other = make_borrower("+77015550001")
    client = api_for(other)
    assert client.call("get", "/security-log/").status_code == 403
    own = client.call("get", "/me/security-log/", accept_language="ru").json()["items"]
    assert {item["type"] for item in own} == {"person.phone_confirmed", "person.role_granted"}
    assert {item["subject_label"] for item in own} == {"Вы"}
    mine = api_for(person).call("get", "/me/security-log/").json()["items"]
    assert "consent.withdrawn" in {item["type"] for item in mine}


def test_a_sign_in_and_a_lock_are_entries(api: Any, run_outbox: Any, last_code: Any, api_for: Any) -> None:
    person = make_borrower(PHONE)
    api.call("post", "/auth/phone/", {"phone": PHONE})
    code = last_code()
    for _try in range(3):
        api.call("post", "/auth/phone/confirm/", {"code": "000000" if code != "000000" else "111111"})
    run_outbox()
    own = api_for(person).call("get", "/me/security-log/", accept_language="ru").json()["items"]
    assert own[0]["type"] == "person.sign_in_locked"
    assert own[0]["details"] == ["код из SMS"]


def test_the_way_of_signing_in_is_written_down(api: Any, last_code: Any) -> None:
    make_borrower(PHONE)
    api.call("post", "/auth/phone/", {"phone": PHONE})
    assert api.call("post", "/auth/phone/confirm/", {"code": last_code()}).status_code == 200
    own = api.call("get", "/me/security-log/", accept_language="en").json()["items"]
    assert (own[0]["title"], own[0]["details"]) == ("Signed in", ["code from an SMS"])


def test_every_event_of_accounts_has_words() -> None:
    """A new event about people, rights or programs gets its words with it."""
    ours = [
        name for name, kind in events._types.items()
        if kind.__module__.startswith("kenes.accounts.") and name and not name.endswith(".event")
    ]  # fmt: skip
    missing = sorted(name for name in ours if name not in event_labels.TITLES)
    assert missing == []
    assert set(ours) <= set(security_log.types())


def test_the_kinds_of_entries_can_be_chosen_from(boss: User, api_for: Any) -> None:
    items = api_for(boss).call("get", "/security-log/types/", accept_language="ru").json()["items"]
    assert {"code": "consent.withdrawn", "label": "Согласие отозвано"} in items
    assert [item["label"] for item in items] == sorted(item["label"] for item in items)
